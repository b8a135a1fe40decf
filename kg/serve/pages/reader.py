"""Reads nodes for a page: each once, from the graph, and what is listed from the index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pyoxigraph as ox

from kg.rdf.namespaces import term
from kg.search import Index, opened
from kg.serve.pages.dates import When, when
from kg.store import Store

_MOST = 400
"""Values of a node that are read at most."""


class Link(NamedTuple):
    """A node and what it is called."""

    path: str
    label: str


class Passage(NamedTuple):
    """A stretch of a document."""

    document: str
    start: int
    end: int
    words: str


class Node(NamedTuple):
    """A node's values by the last part of each property's name; IRIs below the base are without it."""

    path: str
    values: Mapping[str, tuple[str, ...]]

    def all(self, name: str) -> tuple[str, ...]:
        """The values of a property, sorted."""
        return self.values.get(name, ())

    def one(self, name: str) -> str:
        """The first value of a property, or nothing."""
        return next(iter(self.all(name)), "")


class Reader:
    """What one page reads."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.index = _held(store)
        self._nodes: dict[str, Node] = {}
        self._labels: dict[str, str] = {}

    def iri(self, path: str) -> str:
        """The IRI of a path; what is none of our paths is an IRI already."""
        return path if path.startswith(("http://", "https://", "urn:")) else self.store.base + path

    def node(self, path: str) -> Node:
        """A node with all its values; for facts and documents, which have few."""
        if path not in self._nodes:
            found: dict[str, dict[str, None]] = {}
            quads = self.store.oxigraph.quads_for_pattern(_named(self.iri(path)), None, None, None)
            for _, quad in zip(range(_MOST), quads, strict=False):
                found.setdefault(_last(quad.predicate.value), {})[self._short(quad.object)] = None
            self._nodes[path] = Node(path, {name: tuple(sorted(values)) for name, values in found.items()})
        return self._nodes[path]

    def values(self, path: str, name: str) -> tuple[str, ...]:
        """The values of one property of a node, sorted; for nodes that may have very many of others."""
        quads = self.store.oxigraph.quads_for_pattern(_named(self.iri(path)), term(name), None, None)
        return tuple(sorted({self._short(quad.object) for _, quad in zip(range(_MOST), quads, strict=False)}))

    def subjects(self, name: str, path: str) -> tuple[str, ...]:
        """The nodes that have this one as a value of a property, sorted."""
        quads = self.store.oxigraph.quads_for_pattern(None, term(name), _named(self.iri(path)), None)
        return tuple(sorted({self._short(quad.subject) for _, quad in zip(range(_MOST), quads, strict=False)}))

    def label(self, path: str) -> str:
        """What a node is called: its label, of an occasion that of its first account."""
        if path not in self._labels:
            found = self.values(path, "rdfs:label") or self.values(path, "skos:prefLabel")
            if not found and path.startswith("occasion/"):
                found = tuple(map(self.label, self.values(path, "wm:account")[:1]))
            self._labels[path] = found[0] if found else _named_by(path)
        return self._labels[path]

    def link(self, path: str) -> Link:
        """A node with its label."""
        return Link(path, self.label(path))

    def links(self, paths: tuple[str, ...]) -> list[Link]:
        """Nodes with their labels, in the order of these."""
        return sorted(map(self.link, paths), key=lambda link: link.label)

    def passage(self, path: str) -> Passage | None:
        """A passage, None where the node is none."""
        node = self.node(path)
        if not (node.one("start").isdigit() and node.one("end").isdigit()):
            return None
        return Passage(node.one("passageOf"), int(node.one("start")), int(node.one("end")), node.one("exact"))

    def when(self, node: Node) -> When:
        """The date of a fact or document."""
        basis = node.one("dateBasis").rpartition("#")[2]
        return when(node.one("earliest"), node.one("latest"), basis, node.one("when"))

    def _short(self, value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
        if isinstance(value, ox.Triple):
            return str(value)
        return value.value.removeprefix(self.store.base) if isinstance(value, ox.NamedNode) else value.value


def _named(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return ox.NamedNode("urn:none")


def _last(iri: str) -> str:
    return iri.rpartition("#")[2].rpartition("/")[2]


def _named_by(path: str) -> str:
    """A name made of an IRI's last part, for what has no label."""
    return _last(path).removeprefix("form-").removeprefix("medium-").replace("-", " ")


_HELD: dict[str, tuple[str, Index]] = {}


def _held(store: Store) -> Index:
    """The index of a store, kept open until the graph changes."""
    revision = store.revision
    now, held = f"{store.home} {revision}" if revision else "", _HELD.get(store.place)
    if held is None or held[0] != now or not now:
        if held:
            held[1].close()
        held = _HELD[store.place] = (now, opened(store, late=True))
    return held[1]
