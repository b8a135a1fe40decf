"""JSON-LD with a context of its own: names of the vocabulary as keys, instances relative to the base."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.export.lines import sorted_triples
from kg.rdf.namespaces import PREFIXES, term

_TYPE, _STRING, _INTEGER = term("rdf:type"), term("xsd:string").value, term("xsd:integer").value


def _short(iri: str) -> str:
    for prefix, start in PREFIXES.items():
        if iri.startswith(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def _value(node: object) -> Any:
    if not isinstance(node, ox.Literal):
        return {"@id": node.value if isinstance(node, ox.NamedNode) else str(node)}
    if node.language:
        return {"@value": node.value, "@language": node.language}
    kind = node.datatype.value
    if kind == _INTEGER and str(int(node.value)) == node.value:
        return int(node.value)
    return node.value if kind == _STRING else {"@value": node.value, "@type": _short(kind)}


def write(quads: Iterable[ox.Quad], out: BinaryIO, base: str) -> None:
    """All graphs as one, a node object for each subject."""
    nodes: dict[str, dict[str, Any]] = {}
    for triple in sorted_triples(quads):
        subject = triple.subject.value if isinstance(triple.subject, ox.NamedNode) else str(triple.subject)
        node = nodes.setdefault(subject, {"@id": subject})
        if triple.predicate == _TYPE and isinstance(triple.object, ox.NamedNode):
            node.setdefault("@type", []).append(_short(triple.object.value))
        else:
            node.setdefault(_short(triple.predicate.value), []).append(_value(triple.object))
    whole = {"@context": dict(PREFIXES), "@graph": list(nodes.values())}
    out.write((json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode())
