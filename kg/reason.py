"""What follows from the graph by the ontology, on demand: classes above, properties above, inverses, symmetry.

    made = infer(store)       writes the graph {base}graph/inferred and says how many statements it holds
    forget(store)             removes it

owlready2 reads the ontology and says what lies above what and which properties are inverse or symmetric; each
statement of the store is then taken by itself, so that a large graph takes no longer than its size. What is inferred
is left out of exports unless asked for, and a build that changes the graph removes it. `wm:met` is not made here: a
stored query constructs it.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyoxigraph as ox

from kg.data import folder
from kg.rdf.iris import inferred_graph
from kg.rdf.namespaces import PREFIXES, term
from kg.store import Store

ONTOLOGY = "https://w3id.org/whomet"
_TYPE = term("rdf:type")


@dataclass(frozen=True, slots=True)
class Rules:
    """The ontology as rules.

    `classes`: the classes above each. `properties`: what else holds where a property does, True where it holds in the
    other direction.
    """

    classes: Mapping[ox.NamedNode, tuple[ox.NamedNode, ...]]
    properties: Mapping[ox.NamedNode, tuple[tuple[ox.NamedNode, bool], ...]]


@cache
def rules() -> Rules:
    """The rules of `ontology/whomet.ttl`, as owlready2 reads them."""
    import owlready2
    import rdflib

    world = owlready2.World()
    data = rdflib.Graph().parse(folder("ontology") / "whomet.ttl").serialize(format="xml", encoding="utf-8")
    loaded = world.get_ontology(ONTOLOGY).load(fileobj=io.BytesIO(data))
    classes = {ox.NamedNode(each.iri): _ours(each.ancestors(include_self=False)) for each in loaded.classes()}
    properties = {
        ox.NamedNode(each.iri): tuple(_with(each, owlready2.SymmetricProperty)) for each in loaded.object_properties()
    }
    return Rules(classes, properties)


def _ours(entities: Iterable[Any]) -> tuple[ox.NamedNode, ...]:
    iris = sorted({each.iri for each in entities if getattr(each, "iri", "").startswith(PREFIXES["wm"])})
    return tuple(map(ox.NamedNode, iris))


def _with(start: Any, symmetric: Any) -> Iterator[tuple[ox.NamedNode, bool]]:
    """All that holds where a property does: over superproperties, inverses and symmetry, in any order."""
    seen = {(start, False)}
    todo = list(seen)
    while todo:
        name, turned = todo.pop()
        others = [(above, turned) for above in name.is_a if getattr(above, "iri", "").startswith(PREFIXES["wm"])]
        if name.inverse_property is not None:
            others.append((name.inverse_property, not turned))
        if symmetric in name.is_a:
            others.append((name, not turned))
        todo += [each for each in others if each not in seen]
        seen.update(others)
    seen.discard((start, False))
    yield from sorted(((ox.NamedNode(name.iri), turned) for name, turned in seen), key=str)


def inferences(quads: Iterable[ox.Quad], into: ox.NamedNode) -> Iterator[ox.Quad]:
    """What follows from each quad, in one graph; some more than once, and some that is told already."""
    known = rules()
    for quad in quads:
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        if isinstance(value, ox.Literal | ox.Triple):
            continue
        if predicate == _TYPE and isinstance(value, ox.NamedNode):
            for above in known.classes.get(value, ()):
                yield ox.Quad(subject, _TYPE, above, into)
        for other, turned in known.properties.get(predicate, ()):
            yield ox.Quad(value, other, subject, into) if turned else ox.Quad(subject, other, value, into)


def infer(store: Store) -> int:
    """Write what follows and is not told into the graph of inferences, in place of an older one; its size."""
    into = inferred_graph(store.base)
    told = {quad.triple for quad in store.quads() if not isinstance(quad.object, ox.Literal)}
    made = {quad for quad in inferences(store.quads(), into) if quad.triple not in told}
    store.replace(into.value, made)
    return len(made)


def forget(store: Store) -> bool:
    """Remove the graph of inferences; whether there was one."""
    return store.remove(inferred_graph(store.base).value)
