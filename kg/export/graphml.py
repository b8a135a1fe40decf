"""The network of who met whom, who spoke to whom and who held office where, as GraphML for Gephi and its like.

Nodes are people, bodies and unnamed sources. Edges: "met" (without direction, one for two that took part in held
meetings, its weight the number of occasions), "said to" (from speaker to addressee, its weight the number of
statements), "office" (from a person to the body, with the role).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.store import Store

_NODES = """
SELECT ?node (STRAFTER(STR(?type), "#") AS ?kind) (MIN(?name) AS ?label) (COUNT(DISTINCT ?passage) AS ?mentions) WHERE {
    VALUES ?type { wm:Person wm:Party wm:Organisation wm:AnonymousSource }
    ?node a ?type ; rdfs:label ?name OPTIONAL { ?node wm:mentionedIn|wm:describedIn ?passage }
} GROUP BY ?node ?type ORDER BY ?node
"""
_MET = """
SELECT ?source ?target (COUNT(DISTINCT ?occasion) AS ?weight) (MIN(?earliest) AS ?first) (MAX(?latest) AS ?last) WHERE {
    ?meeting wm:status wm:Held ; wm:participant ?source , ?target . ?occasion wm:account ?meeting
    FILTER(STR(?source) < STR(?target))
    OPTIONAL { ?meeting wm:earliest ?earliest } OPTIONAL { ?meeting wm:latest ?latest }
} GROUP BY ?source ?target ORDER BY ?source ?target
"""
_SAID_TO = """
SELECT ?source ?target (COUNT(DISTINCT ?statement) AS ?weight) WHERE {
    ?statement wm:speaker ?source ; wm:addressee ?target
} GROUP BY ?source ?target ORDER BY ?source ?target
"""
_OFFICE = """
SELECT ?source ?target ?role (STRAFTER(STR(?standing), "#") AS ?status) (COUNT(DISTINCT ?tenure) AS ?weight) WHERE {
    ?tenure org:member ?source ; org:organization ?target ; wm:status ?standing ; org:role/skos:prefLabel ?role
} GROUP BY ?source ?target ?role ?standing ORDER BY ?source ?target ?role ?standing
"""
_KEYS = (
    ("node", "label", "string"), ("node", "kind", "string"), ("node", "mentions", "int"),
    ("edge", "relation", "string"), ("edge", "weight", "int"), ("edge", "first", "string"), ("edge", "last", "string"),
    ("edge", "role", "string"), ("edge", "status", "string"),
)  # fmt: skip
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(store: Store, out: BinaryIO) -> None:
    """Write the network of a store, in a fixed order."""
    for line in _lines(store):
        out.write(f"{_NOT_XML.sub(chr(0xFFFD), line)}\n".encode())


def _lines(store: Store) -> Iterator[str]:
    yield _HEAD.rstrip("\n")
    for place, name, kind in _KEYS:
        yield f'  <key id="{place}-{name}" for="{place}" attr.name="{name}" attr.type="{kind}"/>'
    yield '  <graph id="network" edgedefault="directed">'
    known = set()
    for row in _rows(store, _NODES):
        known.add(row["node"])
        yield from _element("node", f"id={quoteattr(row['node'])}", row, ("label", "kind", "mentions"))
    number = 0
    for relation, text, directed in (
        ("met", _MET, "false"),
        ("said to", _SAID_TO, "true"),
        ("office", _OFFICE, "true"),
    ):
        for row in _rows(store, text):
            if row["source"] in known and row["target"] in known:
                number += 1
                ends = f"source={quoteattr(row['source'])} target={quoteattr(row['target'])}"
                at = f'id="e{number}" directed="{directed}" {ends}'
                keys = [name for place, name, _ in _KEYS if place == "edge"]
                yield from _element("edge", at, {"relation": relation} | row, keys)
    yield "  </graph>\n</graphml>"


def _element(name: str, attributes: str, row: Mapping[str, str], keys: Iterable[str]) -> Iterator[str]:
    yield f"    <{name} {attributes}>"
    for key in keys:
        if key in row:
            yield f'      <data key="{name}-{key}">{escape(row[key])}</data>'
    yield f"    </{name}>"


def _rows(store: Store, text: str) -> Iterator[dict[str, str]]:
    answer = store.query(text)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    for row in answer:
        yield {name: row[name].value for name in names if row[name] is not None}
