"""The terms of other vocabularies beside ours, as `ontology/alignments.ttl` says: nothing here names one of them.

Written are every class above an instance's class and every property above one that is used, where these are not ours;
classes of those who fulfil a restriction (a direct statement is a quotation); and the values of a property that
`wm:repeatedAs` repeats under another name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from kg.data import folder
from kg.rdf.namespaces import PREFIXES, prologue, term

FILES = ("whomet.ttl", "alignments.ttl")
_TYPE, _REPEATED = term("rdf:type"), term("wm:repeatedAs")
_CONDITIONS = """
SELECT ?target ?class ?property ?value WHERE {
    ?whole owl:intersectionOf ( ?class ?restriction ) ; rdfs:subClassOf ?target .
    ?restriction owl:onProperty ?property ; owl:hasValue ?value .
    FILTER(ISIRI(?class) && ISIRI(?target))
}
"""
_Above = Mapping[ox.NamedNode, tuple[ox.NamedNode, ...]]


@dataclass(frozen=True, slots=True)
class Condition:
    """Who is of `kind` and has `value` for `predicate` is of `target`."""

    kind: ox.NamedNode
    predicate: ox.NamedNode
    value: object
    target: ox.NamedNode


@dataclass(frozen=True, slots=True)
class Alignment:
    """What stands above what in other vocabularies: classes, properties, and classes under a condition."""

    classes: _Above
    properties: _Above
    conditions: tuple[Condition, ...]


@cache
def alignment() -> Alignment:
    """The alignment of the files, closed over subclasses and subproperties."""
    store = ox.Store()
    for name in FILES:
        store.load(path=str(folder("ontology") / name), to_graph=ox.DefaultGraph())
    properties = _links(store, term("rdfs:subPropertyOf"))
    for ours, others in _links(store, _REPEATED).items():
        properties.setdefault(ours, set()).update(others)
    rows = store.query(prologue() + _CONDITIONS)
    conditions = [Condition(row["class"], row["property"], row["value"], row["target"]) for row in rows]  # type: ignore[union-attr]
    conditions.sort(key=str)
    return Alignment(_closed(_links(store, term("rdfs:subClassOf"))), _closed(properties), tuple(conditions))


def aligned(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The quads, each with what it means in other vocabularies; in the same graph, some more than once."""
    known = alignment()
    half: dict[tuple[Condition, object], int] = {}
    for quad in quads:
        yield quad
        subject, predicate, value, graph = quad
        if predicate == _TYPE and isinstance(value, ox.NamedNode):
            for above in known.classes.get(value, ()):
                yield ox.Quad(subject, _TYPE, above, graph)
        for above in known.properties.get(predicate, ()):
            yield ox.Quad(subject, above, value, graph)
        for condition in known.conditions:
            part = _part(condition, quad)
            if part:
                half[condition, subject] = half.get((condition, subject), 0) | part
                if half[condition, subject] == 3:
                    yield ox.Quad(subject, _TYPE, condition.target, graph)


def _part(condition: Condition, quad: ox.Quad) -> int:
    """Which half of a condition a quad fulfils: 1 the class, 2 the value, 0 none."""
    if quad.predicate == condition.predicate and quad.object == condition.value:
        return 2
    return int(quad.predicate == _TYPE and quad.object == condition.kind)


def _links(store: ox.Store, predicate: ox.NamedNode) -> dict[ox.NamedNode, set[ox.NamedNode]]:
    found: dict[ox.NamedNode, set[ox.NamedNode]] = {}
    for quad in store.quads_for_pattern(None, predicate, None, None):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            found.setdefault(quad.subject, set()).add(quad.object)
    return found


def _closed(links: Mapping[ox.NamedNode, set[ox.NamedNode]]) -> _Above:
    """All that stands above each, without our own terms."""
    closed = {}
    for name in links:
        above: set[ox.NamedNode] = set()
        todo = [name]
        while todo:
            new = links.get(todo.pop(), set()) - above
            above |= new
            todo += new
        foreign = {each for each in above if not each.value.startswith(PREFIXES["wm"])}
        closed[name] = tuple(sorted(foreign, key=lambda each: each.value))
    return closed
