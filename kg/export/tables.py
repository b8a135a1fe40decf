"""The graph as a folder of CSV tables, for spreadsheets: one row for each person, meeting, statement and so on.

A cell with several values has them divided by " | ". Cells that a spreadsheet would run as formulas begin with an
apostrophe. Columns are paths through the graph, as SPARQL writes them.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.data import folder
from kg.errors import StoreError
from kg.rdf.namespaces import PREFIXES, term
from kg.store import Store
from kg.tables import harmless

_DATES = {"earliest": "wm:earliest", "latest": "wm:latest", "when": "wm:when", "date_basis": "wm:dateBasis"}
_SHOWN = {"document": "wm:evidence/wm:passageOf/dcterms:identifier", "evidence": "wm:evidence/wm:exact"}
_NAMED = {"iri": "", "name": "rdfs:label", "other_names": "skos:altLabel"}
TABLES: Mapping[str, tuple[tuple[str, ...], Mapping[str, str]]] = {
    "people": (("wm:Person",), _NAMED | {"documents": "wm:mentionedIn/wm:passageOf/dcterms:identifier"}),
    "bodies": (
        ("wm:Organisation", "wm:Party"),
        _NAMED | {"kind": "rdf:type", "documents": "wm:mentionedIn/wm:passageOf/dcterms:identifier"},
    ),
    "places": (("wm:Place",), _NAMED | {"within": "wm:within/rdfs:label"}),
    "meetings": (
        ("wm:Meeting",),
        {"iri": "", "label": "rdfs:label", "status": "wm:status"}
        | _DATES
        | {
            "form": "wm:form",
            "place": "wm:place/rdfs:label",
            "participants": "wm:participant/rdfs:label",
            "hosts": "wm:host/rdfs:label",
            "unnamed": "wm:unnamedParticipant",
            "occasion": "^wm:account",
        }
        | _SHOWN,
    ),
    "statements": (
        ("wm:Statement",),
        {
            "iri": "",
            "speakers": "wm:speaker/rdfs:label",
            "speaker_iris": "wm:speaker",
            "kind": "wm:kind",
            "text": "wm:text",
            "cue": "wm:cue",
            "medium": "wm:medium",
            "addressees": "wm:addressee/rdfs:label",
            "mentions": "wm:mentions/rdfs:label",
        }
        | _DATES
        | _SHOWN,
    ),
    "tenures": (
        ("wm:Tenure",),
        {
            "iri": "",
            "person": "org:member/rdfs:label",
            "person_iri": "org:member",
            "role": "org:role/skos:prefLabel",
            "body": "org:organization/rdfs:label",
            "jurisdiction": "wm:jurisdiction/rdfs:label",
            "status": "wm:status",
            "office": "^wm:tenure",
        }
        | _SHOWN,
    ),
    "documents": (
        ("wm:Document",),
        {
            "iri": "",
            "name": "dcterms:identifier",
            "title": "dcterms:title",
            "publisher": "dcterms:publisher",
            "address": "dcterms:source",
            "issued": "dcterms:issued",
            "sha256": "wm:sha256",
        },
    ),
    "passages": (
        ("wm:Passage",),
        {
            "iri": "",
            "document": "wm:passageOf/dcterms:identifier",
            "start": "wm:start",
            "end": "wm:end",
            "words": "wm:exact",
        },
    ),
}
"""Each table's classes and columns; "participants" is made of the links between meetings and agents."""
PARTICIPANTS = ("meeting", "participant", "name", "kind", "host", "status", "earliest", "latest")
_TYPE = term("rdf:type")


def write(store: Store, place: Path) -> tuple[Path, ...]:
    """Write the tables into a folder, made where it is not there; the files. Raises StoreError where it cannot be."""
    paths = []
    try:
        place.mkdir(parents=True, exist_ok=True)
        for name, (kinds, columns) in TABLES.items():
            rows = ([_cell(store.oxigraph, node, path) for path in columns.values()] for node in _nodes(store, kinds))
            paths.append(_save(place / f"{name}.csv", columns, rows))
        paths.append(_save(place / "participants.csv", PARTICIPANTS, _participants(store)))
    except OSError as error:
        raise StoreError(f"{place}: cannot be written ({error.strerror}); name another folder with -o") from error
    return tuple(paths)


def _save(path: Path, columns: Iterable[str], rows: Iterable[list[str]]) -> Path:
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow(map(harmless, row))
    os.replace(part, path)
    return path


def _nodes(store: Store, kinds: Iterable[str]) -> list[ox.NamedNode]:
    found = {
        quad.subject.value
        for kind in kinds
        for quad in store.oxigraph.quads_for_pattern(None, _TYPE, term(kind), None)
        if isinstance(quad.subject, ox.NamedNode)
    }
    return [ox.NamedNode(iri) for iri in sorted(found)]


def _participants(store: Store) -> Iterator[list[str]]:
    graph = store.oxigraph
    for meeting in _nodes(store, ["wm:Meeting"]):
        hosts = set(_along(graph, meeting, "wm:host"))
        for who in sorted(set(_along(graph, meeting, "wm:participant")), key=str):
            if isinstance(who, ox.NamedNode):
                own = [_cell(graph, who, path) for path in ("rdfs:label", "rdf:type")]
                of = [_cell(graph, meeting, path) for path in ("wm:status", "wm:earliest", "wm:latest")]
                yield [meeting.value, who.value, *own, "yes" if who in hosts else "no", *of]


def _cell(graph: ox.Store, node: ox.NamedNode, path: str) -> str:
    words = {_words(each) for each in _along(graph, node, path)} if path else {node.value}
    return " | ".join(sorted(words))


def _along(graph: ox.Store, node: ox.NamedNode, path: str) -> Iterator[object]:
    """What stands at the end of a path: predicates divided by "/", "^" for the other direction."""
    step, _, rest = path.partition("/")
    found: list[object]
    if step.startswith("^"):
        found = [quad.subject for quad in graph.quads_for_pattern(None, term(step[1:]), node, None)]
    else:
        found = [quad.object for quad in graph.quads_for_pattern(node, term(step), None, None)]
    for each in found:
        if not rest:
            yield each
        elif isinstance(each, ox.NamedNode):
            yield from _along(graph, each, rest)


def _words(node: object) -> str:
    """A value as a cell has it: a listed status, kind or form by its label."""
    value = str(getattr(node, "value", node))
    return _labels().get(value, value) if value.startswith(PREFIXES["wm"]) else value


@cache
def _labels() -> Mapping[str, str]:
    path = str(folder("ontology") / "whomet.ttl")
    label = term("rdfs:label")
    return {quad.subject.value: quad.object.value for quad in ox.parse(path=path) if quad.predicate == label}
