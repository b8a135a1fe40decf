"""What a store tells of its entities that can tell them from namesakes elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

import pyoxigraph as ox

from kg.judgements import Thing
from kg.link.reasons import Office, Ours
from kg.rdf.iris import document_slug
from kg.store import Store

_NODES = "SELECT ?node ?label WHERE { ?node a wm:%s ; rdfs:label ?label }"
_NAMES = "SELECT ?node ?name WHERE { ?node a wm:%s ; skos:altLabel ?name }"
_MENTIONS = """SELECT ?node ?document ?start ?words WHERE {
  ?node a wm:%s ; wm:mentionedIn ?p . ?p wm:passageOf ?document ; wm:start ?start ; wm:exact ?words }"""
_DAYS = """SELECT DISTINCT ?node ?first ?last WHERE {
  ?node a wm:%s ; wm:mentionedIn/wm:passageOf ?document . ?document wm:earliest ?first ; wm:latest ?last }"""
_OFFICES = """SELECT DISTINCT ?node ?title ?of ?first ?last ?status WHERE {
  ?tenure org:member ?node ; org:role/skos:prefLabel ?title ; wm:status ?status ; wm:evidence/wm:passageOf ?document .
  OPTIONAL { ?tenure org:organization|wm:jurisdiction ?body . ?body rdfs:label ?of }
  OPTIONAL { ?document wm:earliest ?first ; wm:latest ?last } }"""


class Entity(NamedTuple):
    """An entity of the store: what is known of it, how a person names it, and how many mentions it has."""

    ours: Ours
    thing: Thing
    mentions: int


def entities(store: Store, kinds: Collection[str]) -> list[Entity]:
    """The entities of these kinds, the most mentioned first."""
    found: list[Entity] = []
    for kind in kinds:
        found.extend(_of_kind(store, kind))
    return sorted(found, key=lambda entity: (-entity.mentions, entity.ours.node))


def _of_kind(store: Store, kind: str) -> list[Entity]:
    name = kind.capitalize()
    ours = {row["node"].value: Ours(row["node"].value, kind, row["label"].value) for row in _rows(store, _NODES % name)}
    for row in _rows(store, _NAMES % name):
        if row["node"].value in ours:
            ours[row["node"].value].names.add(row["name"].value)
    firsts: dict[str, tuple[str, int, str]] = {}
    counts: dict[str, int] = {}
    for row in _rows(store, _MENTIONS % name):
        node = row["node"].value
        place = document_slug(store.base, row["document"].value), int(row["start"].value), row["words"].value
        firsts[node] = min(place, firsts.get(node, place))
        counts[node] = counts.get(node, 0) + 1
    for row in _rows(store, _DAYS % name):
        ours[row["node"].value].days |= {_day(row["first"].value), _day(row["last"].value)}
    if kind == "person":
        _offices(store, ours)
    things = {node: Thing(kind, slug, " ".join(words.split()), at) for node, (slug, at, words) in firsts.items()}  # type: ignore[arg-type]
    return [Entity(ours[node], things[node], counts[node]) for node in ours if node in things]


def _offices(store: Store, ours: dict[str, Ours]) -> None:
    for row in _rows(store, _OFFICES):
        if row["node"].value in ours:
            current = row["status"].value.endswith("Current") and row["first"] is not None
            days = (_day(row["first"].value), _day(row["last"].value)) if current else (None, None)
            office = Office(row["title"].value, row["of"].value if row["of"] else None, *days)
            ours[row["node"].value].offices.add(office)


def _rows(store: Store, query: str) -> ox.QuerySolutions:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return found


def _day(text: str) -> date:
    return date.fromisoformat(text)
