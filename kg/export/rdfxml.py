"""RDF/XML, streaming. Characters that XML cannot hold become U+FFFD, as in the answers of queries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import pyoxigraph as ox

from kg.export.lines import sorted_triples
from kg.rdf.namespaces import PREFIXES

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(quads: Iterable[ox.Quad], out: BinaryIO, base: str) -> None:
    """All graphs as one."""
    ox.serialize(_writable(sorted_triples(quads)), out, format=ox.RdfFormat.RDF_XML, prefixes=dict(PREFIXES))


def _writable(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    for triple in triples:
        value = triple.object
        if isinstance(value, ox.Literal) and _NOT_XML.search(value.value):
            words = _NOT_XML.sub("\ufffd", value.value)
            kind = None if value.language else value.datatype
            yield ox.Triple(triple.subject, triple.predicate, ox.Literal(words, datatype=kind, language=value.language))
        else:
            yield triple
