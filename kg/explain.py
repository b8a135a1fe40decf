"""A node explained: what the graph says of it, the sentence behind each fact with the words marked, and the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError
from kg.lookup import Source, meant
from kg.model import Span

MOST = 40
_PREFIXES = """PREFIX wm: <https://w3id.org/whomet#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#>
"""
_PROPERTIES = """SELECT DISTINCT ?property ?value ?label WHERE {
  VALUES ?node { %s } ?node ?property ?value . OPTIONAL { ?value rdfs:label|skos:prefLabel ?label } }
ORDER BY ?property ?label ?value"""
_FACTS = """SELECT DISTINCT ?fact ?what ?label WHERE {
  VALUES ?node { %s }
  { ?fact wm:participant|wm:speaker|wm:addressee|wm:mentions|org:member|org:organization|wm:jurisdiction ?node }
  UNION { ?node wm:account|wm:tenure ?fact } UNION { VALUES ?fact { %s } }
  VALUES (?type ?what) { (wm:Meeting "meeting") (wm:Statement "statement") (wm:Tenure "office") }
  ?fact a ?type ; rdfs:label ?label ; wm:evidence ?passage .
  ?passage wm:start ?start ; wm:passageOf ?document .
} ORDER BY ?what ?document ?start ?fact"""
_SENTENCES = """SELECT DISTINCT ?passage ?document ?name ?words ?start ?end WHERE {
  VALUES ?fact { %s } ?fact %s ?passage .
  ?passage wm:exact ?words ; wm:start ?start ; wm:end ?end ; wm:passageOf ?document .
  ?document dcterms:identifier ?name .
} ORDER BY ?name ?start ?end"""
_REASONS = "SELECT DISTINCT ?reason WHERE { VALUES ?node { %s } ?node wm:reason ?reason } ORDER BY ?reason"
_HIDDEN = {"type", "label", "evidence", "mentionedIn", "segment", "reason", "describedIn", "exact", "text"}


class Sentence(NamedTuple):
    """Words of a document with their offsets there; `marks` are the stretches of `words` that show the fact."""

    document: str
    start: int
    end: int
    words: str
    marks: tuple[Span, ...]

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The words in order, each piece with whether it is marked."""
        at = 0
        for mark in self.marks:
            if mark.start > at:
                yield self.words[at : mark.start], False
            yield self.words[mark.start : mark.end], True
            at = mark.end
        if at < len(self.words):
            yield self.words[at:], False


@dataclass(frozen=True, slots=True)
class Fact:
    """A meeting, statement or office that the node is part of."""

    iri: str
    kind: str
    label: str
    sentences: tuple[Sentence, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that there is to say of a node; `left_out` counts the facts beyond the first `MOST`."""

    iri: str
    label: str
    properties: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]
    names: tuple[Sentence, ...]
    facts: tuple[Fact, ...]
    left_out: int = 0


def explain(node: str, source: Source) -> Explanation:
    """The node that an IRI, a name or a part of a name denotes, explained.

    Raises QueryError where nothing bears the name or the IRI is not in the graph, and where several nodes do.
    """
    found = meant(node, "node", source, "explain")
    rows = list(_rows(source, _PROPERTIES % found))
    if not rows:
        raise QueryError(f"explain: {found.value} is not in the graph; `kg query documents` lists what is")
    names = tuple(_sentences(source, found, "wm:mentionedIn|wm:describedIn", ()))
    facts = [
        (ox.NamedNode(row["fact"].value), row["what"].value, row["label"].value)
        for row in _rows(source, _FACTS % (found, found))
    ]
    facts = list(dict.fromkeys(facts))
    shown = tuple(_fact(source, fact, kind, label, names) for fact, kind, label in facts[:MOST])
    label = next((row["value"].value for row in rows if _last(row["property"]) == "label"), found.value)
    properties = tuple(_properties(rows))
    return Explanation(found.value, label, properties, _reasons(source, found), names, shown, len(facts) - len(shown))


def _properties(rows: Iterable[ox.QuerySolution]) -> Iterator[tuple[str, str]]:
    seen = set()
    for row in rows:
        name, value = _last(row["property"]), row["value"]
        shown = row["label"].value if row["label"] else value.value
        if isinstance(value, ox.NamedNode) and not row["label"] and value.value.startswith("https://w3id.org/whomet#"):
            shown = _last(value)
        if name not in _HIDDEN and (name, shown) not in seen:
            seen.add((name, shown))
            yield name, shown


def _fact(source: Source, fact: ox.NamedNode, kind: str, label: str, names: Iterable[Sentence]) -> Fact:
    words = tuple(_sentences(source, fact, "wm:segment", ())) or tuple(names) or tuple(_partners(source, fact))
    return Fact(fact.value, kind, label, tuple(_sentences(source, fact, "wm:evidence", words)), _reasons(source, fact))


def _partners(source: Source, fact: ox.NamedNode) -> Iterator[Sentence]:
    """The names of all who are part of a fact."""
    yield from _sentences(source, fact, "(wm:participant|wm:speaker|org:member)/wm:mentionedIn", ())


def _sentences(source: Source, fact: ox.NamedNode, path: str, marked: Iterable[Sentence]) -> Iterator[Sentence]:
    marked = tuple(marked)
    for row in _rows(source, _SENTENCES % (fact, path)):
        start, end, document = int(row["start"].value), int(row["end"].value), row["name"].value
        inside = {
            Span(max(mark.start, start) - start, min(mark.end, end) - start)
            for mark in marked
            if mark.document == document and mark.start < end and start < mark.end
        }
        yield Sentence(document, start, end, row["words"].value, tuple(_apart(sorted(inside))))


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans that do not overlap: of two that do, the first."""
    at = 0
    for span in spans:
        if span.start >= at:
            yield span
            at = span.end


def _reasons(source: Source, node: ox.NamedNode) -> tuple[str, ...]:
    return tuple(row["reason"].value for row in _rows(source, _REASONS % node))


def _rows(source: Source, text: str) -> ox.QuerySolutions:
    answer = source.query(_PREFIXES + text)
    assert isinstance(answer, ox.QuerySolutions)
    return answer


def _last(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    assert isinstance(term, ox.NamedNode)
    return term.value.rpartition("#")[2].rpartition("/")[2]
