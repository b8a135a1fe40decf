"""What a check found: the node, what is wrong with it, and the words behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal

import pyoxigraph as ox

from kg.rdf.namespaces import PREFIXES, term

Kind = Literal["shape", "term", "evidence", "identity", "logic"]
KINDS: tuple[Kind, ...] = ("shape", "term", "evidence", "identity", "logic")
"""The checks, in the order in which they run."""
_LABELS = tuple(map(term, ("rdfs:label", "skos:prefLabel", "dcterms:title")))
_PASSAGES = tuple(map(term, ("wm:evidence", "wm:segment", "wm:mentionedIn", "wm:describedIn")))
_EXACT, _ACCOUNT, _TENURE = term("wm:exact"), term("wm:account"), term("wm:tenure")
_SHOWN = 3


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong.

    `node` is an IRI (or what stands in its place), `message` says what is expected, `path` is the property as a
    prefixed name or "", `value` the value at fault or "". `label` and `evidence` (the words of at most three passages)
    are the graph's own, for people.
    """

    kind: Kind
    node: str
    message: str
    path: str = ""
    value: str = ""
    label: str = ""
    evidence: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The finding as a JSON object."""
        return asdict(self) | {"evidence": list(self.evidence)}


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, sorted; `ran` names the checks that were made, `left_out` those that were not, with the reason."""

    findings: tuple[Finding, ...]
    ran: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    triples: int = 0


def short(iri: str) -> str:
    """An IRI as a prefixed name where a prefix fits."""
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def told(findings: Iterable[Finding], graph: ox.Store) -> Iterator[Finding]:
    """The findings with their nodes' labels and passages from the graph."""
    for found in findings:
        try:
            node = ox.NamedNode(found.node)
        except ValueError:
            yield found
            continue
        label = next((each.value for name in _LABELS for each in _values(graph, node, name)), "")
        words = tuple(" ".join(each.split()) for each in _words(graph, node))[:_SHOWN]
        yield Finding(found.kind, found.node, found.message, found.path, found.value, label, words)


def _values(graph: ox.Store, node: ox.NamedNode, name: ox.NamedNode) -> list[ox.NamedNode | ox.Literal]:
    found = {quad.object for quad in graph.quads_for_pattern(node, name, None, None)}
    return sorted((each for each in found if isinstance(each, ox.NamedNode | ox.Literal)), key=str)


def _words(graph: ox.Store, node: ox.NamedNode) -> list[str]:
    """The words of a passage, or of the passages of a node, or of its accounts or tenures."""
    if own := _values(graph, node, _EXACT):
        return [each.value for each in own]
    passages = [each for name in _PASSAGES for each in _values(graph, node, name)]
    if not passages:
        parts = [part for name in (_ACCOUNT, _TENURE) for part in _values(graph, node, name)]
        passages = [
            each for part in parts if isinstance(part, ox.NamedNode) for each in _values(graph, part, _PASSAGES[0])
        ]
    named = [each for each in passages if isinstance(each, ox.NamedNode)]
    return [words.value for each in named for words in _values(graph, each, _EXACT)]
