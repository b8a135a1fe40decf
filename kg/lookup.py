"""Who is meant by a name that a person types: an IRI, a name or a part of one; never a guess."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Protocol

import pyoxigraph as ox

from kg.errors import QueryError

_ENTITIES = ("Person", "Party", "Organisation", "Place", "AnonymousSource")
NODE_TYPES = {
    "entity": _ENTITIES,
    "person": ("Person",),
    "body": ("Party", "Organisation"),
    "place": ("Place",),
    "document": ("Document",),
    "node": (*_ENTITIES, "Document", "Meeting", "Occasion", "Statement", "Tenure", "Office"),
}
_LISTED = 12
_PREFIXES = """PREFIX wm: <https://w3id.org/whomet#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
"""
_EXACT = """SELECT DISTINCT ?node ?name WHERE {
  VALUES ?name { %s } ?node rdfs:label|dcterms:identifier ?name . VALUES ?type { %s } ?node a ?type }"""
_PART = """SELECT DISTINCT ?node ?property ?name WHERE {
  VALUES ?type { %s } ?node a ?type .
  VALUES ?property { rdfs:label skos:altLabel dcterms:identifier dcterms:title wm:description } ?node ?property ?name .
  FILTER(CONTAINS(REPLACE(LCASE(STR(?name)), "’", "'"), %s)) }"""
_LABELS = ("http://www.w3.org/2000/01/rdf-schema#label", "http://purl.org/dc/terms/identifier")


class Source(Protocol):
    """Whatever answers SPARQL over all graphs together: a store, or one at a distance."""

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """The answer of a query. Raises SyntaxError where the text is no SPARQL."""
        ...


def meant(text: str, kind: str, source: Source, where: str, within: Collection[str] | None = None) -> ox.NamedNode:
    """The one node of that kind (a key of `NODE_TYPES`) that an IRI, a name or a part of a name denotes.

    A whole label goes before another whole name, that before whole words of one, those before any part. `within`:
    the only nodes, by IRI, that a name may denote. Raises QueryError where nothing bears the name, and where several
    do: these are listed with their IRIs.
    """
    text = text.strip()
    if re.match(r"<.*>$|[a-z][a-z0-9+.-]*://|urn:", text, re.I):
        return _iri(text.removeprefix("<").removesuffix(">"), where)
    if not text:
        raise QueryError(f"{where}: an empty name; give a name, a part of one or an IRI")
    found = candidates(text, kind, source, within)
    if len(found) == 1:
        return ox.NamedNode(next(iter(found)))
    if found:
        lines = [f"  {label}  <{node}>" for label, node in sorted((label, node) for node, label in found.items())]
        if len(lines) > _LISTED:
            lines[_LISTED:] = [f"  and {len(lines) - _LISTED} more"]
        listed = "\n".join(lines)
        raise QueryError(f"{where}: {text!r} may be any of {len(found)}; give a longer name or an IRI:\n{listed}")
    raise QueryError(f"{where}: nothing is called {text!r} here; try a part of the name")


def candidates(text: str, kind: str, source: Source, within: Collection[str] | None = None) -> dict[str, str]:
    """The nodes of that kind that the text best fits, each with the name that fits."""
    types = " ".join(f"wm:{name}" for name in NODE_TYPES[kind])
    exact = {
        row["node"].value: row["name"].value
        for row in _rows(source, _EXACT % (ox.Literal(text), types))
        if within is None or row["node"].value in within
    }
    if exact:
        return exact
    wanted = _plain(text)
    word = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
    ranked: dict[int, dict[str, str]] = {}
    for row in _rows(source, _PART % (types, ox.Literal(wanted))):
        if within is not None and row["node"].value not in within:
            continue
        name = _plain(row["name"].value)
        whole = 0 if row["property"].value in _LABELS else 1
        rank = whole if name == wanted else 2 if word.search(name) else 3
        ranked.setdefault(rank, {}).setdefault(row["node"].value, row["name"].value)
    return ranked[min(ranked)] if ranked else {}


def _rows(source: Source, text: str) -> ox.QuerySolutions:
    answer = source.query(_PREFIXES + text)
    assert isinstance(answer, ox.QuerySolutions)
    return answer


def _plain(name: str) -> str:
    return name.lower().replace("’", "'")


def _iri(text: str, where: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(text)
    except ValueError as error:
        raise QueryError(f"{where}: {text!r} is no IRI ({error})") from error
