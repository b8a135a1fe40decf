"""JSON-LD with a context of its own (`ontology/context.jsonld`, copied into each file): plain names as keys, instances
relative to the base, one node object for each subject.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import groupby
from typing import Any, BinaryIO

import pyoxigraph as ox

from kg.data import folder
from kg.errors import DataError
from kg.export.lines import sorted_triples
from kg.rdf.namespaces import PREFIXES, term

_TYPE, _STRING, _INTEGER = term("rdf:type"), term("xsd:string").value, term("xsd:integer").value


@cache
def context() -> Mapping[str, Any]:
    """The context as the file has it. Raises DataError where it cannot be read."""
    path = folder("ontology") / "context.jsonld"
    try:
        found = json.loads(path.read_text("utf-8"))["@context"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{path}: no JSON-LD context ({error}); mend the file or install whomet anew") from error
    assert isinstance(found, dict)
    return found


class _Names:
    """The context's terms by what they stand for, and how their values are written."""

    def __init__(self, base: str) -> None:
        self._base = base if base.endswith("/") and "://" in base else None
        self.context = ({"@base": self._base} if self._base else {}) | dict(context())
        missing = {prefix: iri for prefix, iri in PREFIXES.items() if prefix not in self.context}
        self.context |= missing
        self._terms: dict[str, str] = {}
        self._coerced: dict[str, str] = {}
        for name, said in context().items():
            iri = said["@id"] if isinstance(said, dict) else said
            prefix, colon, local = iri.partition(":")
            if colon and prefix in PREFIXES:
                self._terms[PREFIXES[prefix] + local] = name
                if isinstance(said, dict):
                    self._coerced[PREFIXES[prefix] + local] = self._whole(said["@type"])

    def _whole(self, kind: str) -> str:
        prefix, colon, local = kind.partition(":")
        return PREFIXES[prefix] + local if colon else kind

    def word(self, iri: str) -> str:
        """A property or class: a term of the context, else a prefixed name."""
        return self._terms.get(iri) or self._short(iri)

    def _short(self, iri: str) -> str:
        for prefix, start in PREFIXES.items():
            if iri.startswith(start) and len(iri) > len(start):
                return f"{prefix}:{iri[len(start) :]}"
        return iri

    def node(self, term_: object) -> str:
        """A node as an `@id`: relative to the base where nothing can mistake it for something else."""
        if not isinstance(term_, ox.NamedNode):
            return str(term_)
        iri = term_.value
        if self._base and iri.startswith(self._base):
            rest = iri[len(self._base) :]
            folder_, slash, _ = rest.partition("/")
            if slash and folder_.isalpha() and ":" not in rest and "//" not in rest and "/." not in rest:
                return rest
        return self._short(iri)

    def value(self, predicate: str, value: object) -> Any:
        """An object of that predicate, as short as the context allows."""
        coerced = self._coerced.get(predicate)
        if not isinstance(value, ox.Literal):
            name = self.node(value)
            return name if coerced == "@id" else {"@id": name}
        if value.language:
            return {"@value": value.value, "@language": value.language}
        kind = value.datatype.value
        if coerced:
            return value.value if kind == coerced else {"@value": value.value, "@type": self._short(kind)}
        if kind == _INTEGER and value.value.isdecimal() and str(int(value.value)) == value.value:
            return int(value.value)
        return value.value if kind == _STRING else {"@value": value.value, "@type": self._short(kind)}


def write(quads: Iterable[ox.Quad], out: BinaryIO, base: str) -> None:
    """All graphs as one, node after node."""
    names = _Names(base)
    terms = ",\n".join(f"  {json.dumps(name)}: {json.dumps(said)}" for name, said in names.context.items())
    out.write(f'{{\n "@context": {{\n{terms}\n }},\n "@graph": ['.encode())
    before = "\n"
    for subject, triples in groupby(sorted_triples(quads), key=lambda triple: triple.subject):
        node: dict[str, Any] = {"id": names.node(subject)}
        for triple in triples:
            if triple.predicate == _TYPE and isinstance(triple.object, ox.NamedNode):
                node.setdefault("type", []).append(names.word(triple.object.value))
            else:
                predicate = triple.predicate.value
                node.setdefault(names.word(predicate), []).append(names.value(predicate, triple.object))
        lines = json.dumps(node, ensure_ascii=False, indent=1).replace("\n", "\n  ")
        out.write(f"{before}  {lines}".encode())
        before = ",\n"
    out.write(b"\n ]\n}\n")
