"""Which nodes of the index a change of the graph concerns, and the part of the graph that tells of them.

What the index holds of a node follows from its own triples and from those of what stands near it: a meeting's from
its accounts, a person's from the offices held, a fact's day from its documents. `concerned` goes from the changed
triples to the nodes; `around` goes back, to all that `kg.search.tables` must see to make the rows of these nodes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeGuard

import pyoxigraph as ox

from kg.rdf.iris import inferred_graph
from kg.rdf.namespaces import term
from kg.search.tables import PASSAGE
from kg.store import Store
from kg.store.changes import Changes

_Node = ox.NamedNode
_Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_NAMED = tuple(map(term, ("rdfs:label", "skos:prefLabel", "rdf:type")))
_DATED = tuple(map(term, ("wm:earliest", "wm:latest")))
_OUTLINE = (*_NAMED, *_DATED)
_ACCOUNT, _WITHIN, _EVIDENCE, _EXACT = map(term, ("wm:account", "wm:within", "wm:evidence", "wm:exact"))
_MEMBER, _TYPE, _PLACE, _PASSAGE_OF = map(term, ("org:member", "rdf:type", "wm:place", "wm:passageOf"))
_BACK = (_ACCOUNT, _MEMBER, *map(term, ("wm:likely", "wm:tenure")))
"""Properties that are told of their value as much as of their subject."""
_OF_TENURE = tuple(map(term, ("org:organization", "wm:jurisdiction", "org:role")))


class Near:
    """Looks from nodes below a store's base to those that stand near them; what was inferred does not count."""

    def __init__(self, store: Store) -> None:
        self._graph, self._base = store.oxigraph, store.base
        self._inferred = inferred_graph(store.base)

    # From what changed to the nodes

    def concerned(self, changes: Changes) -> set[_Node]:
        """The nodes of which the index may hold something else now; some of them it may not hold at all."""
        found: set[_Node] = set()
        for triple in self._changed(changes):
            found.update(self._told_by(*triple))
        return found | {occasion for node in found for occasion in self._subjects(_ACCOUNT, node)}

    def _changed(self, changes: Changes) -> Iterator[tuple[_Node, _Node, _Value]]:
        """Each triple that is told now and was not before, or was and is not: in whatever graphs."""
        gone, new = _graphs(changes.removed), _graphs(changes.added)
        for triple in gone.keys() | new.keys():
            subject, name, value = triple
            if not self._own(subject):
                continue
            now = {quad.graph_name for quad in self._quads(subject, name, value)}
            before = (now - new[triple]) | (gone[triple] - {self._inferred})
            if bool(now) != bool(before):
                yield subject, name, value

    def _told_by(self, subject: _Node, name: _Node, value: object) -> Iterator[_Node]:
        yield subject
        yield from self._values(subject, _MEMBER)
        if name in _BACK and self._own(value):
            yield value
            if name == _ACCOUNT:  # who speaks of the account is told of with its occasion
                yield from self._subjects(None, value)
        if name == _EXACT:
            yield from self._subjects(_EVIDENCE, subject)
        elif name == _WITHIN:
            for place in self._inside(subject):
                yield from self._subjects(_PLACE, place)
        if name in _NAMED:
            for tenure in (each for way in _OF_TENURE for each in self._subjects(way, subject)):
                yield from self._values(tenure, _MEMBER)
        if name == _TYPE:
            yield from self._subjects(None, subject)
        if name == _TYPE or name in _DATED:
            for passage in self._subjects(_PASSAGE_OF, subject):
                yield from self._subjects(None, passage)

    def _inside(self, place: _Node) -> set[_Node]:
        """A place and all that lie in it."""
        found, new = {place}, [place]
        while new:
            further = set(self._subjects(_WITHIN, new.pop())) - found
            found |= further
            new.extend(further)
        return found

    # From the nodes to what tells of them

    def around(self, nodes: Iterable[_Node]) -> set[ox.Quad]:
        """All quads that the rows of some nodes are made from."""
        whole: set[_Node] = set()
        for node in nodes:
            whole.update((node, *self._values(node, _ACCOUNT), *self._subjects(_MEMBER, node)))
        found: set[ox.Quad] = set()
        near: set[_Node] = set()
        for node in whole:
            told = list(self._quads(node, None, None))
            back = [quad for name in _BACK for quad in self._quads(None, name, node)]
            found.update(told, back)
            near.update(quad.object for quad in told if self._own(quad.object))
            near.update(quad.subject for quad in back if self._own(quad.subject))
            for passage in (quad.object for quad in told if quad.predicate == _EVIDENCE):
                if isinstance(passage, _Node):
                    found.update(self._quads(passage, _EXACT, None))
        self._outline(near, found)
        return found

    def _outline(self, near: set[_Node], found: set[ox.Quad]) -> None:
        """What stands near, as far as it tells of other nodes: name, kind and days, and what it is part of."""
        seen: set[_Node] = set()
        while near:
            node = near.pop()
            if passage := PASSAGE.fullmatch(node.value):
                node = _Node(passage[1])
            if node in seen:
                continue
            seen.add(node)
            for name in _OUTLINE:
                found.update(self._quads(node, name, None))
            for quad in (*self._quads(node, _WITHIN, None), *self._quads(None, _ACCOUNT, node)):
                found.add(quad)
                near.update(each for each in (quad.subject, quad.object) if self._own(each))

    # Look-ups

    def _own(self, told: object) -> TypeGuard[_Node]:
        return isinstance(told, _Node) and told.value.startswith(self._base)

    def _quads(self, subject: _Node | None, name: _Node | None, value: _Value | None) -> Iterator[ox.Quad]:
        for quad in self._graph.quads_for_pattern(subject, name, value, None):
            if quad.graph_name != self._inferred:
                yield quad

    def _values(self, subject: _Node, name: _Node) -> Iterator[_Node]:
        for quad in self._quads(subject, name, None):
            if self._own(quad.object):
                yield quad.object

    def _subjects(self, name: _Node | None, value: _Node) -> Iterator[_Node]:
        for quad in self._quads(None, name, value):
            if self._own(quad.subject):
                yield quad.subject


def _graphs(quads: Iterable[ox.Quad]) -> dict[ox.Triple, set[object]]:
    """The graphs in which each triple stands."""
    found: dict[ox.Triple, set[object]] = defaultdict(set)
    for quad in quads:
        found[quad.triple].add(quad.graph_name)
    return found
