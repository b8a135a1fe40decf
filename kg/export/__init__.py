"""Step 8: the graph as a file, the same bytes for the same graph.

    write(quads, "turtle", stream)      quads from Store.quads() or kg.rdf.describe, in any order

"turtle", "ntriples", "rdfxml" and "jsonld" hold all graphs as one; "nquads" and "trig" keep them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import BinaryIO

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export import jsonld, lines, rdfxml, turtle
from kg.rdf import BASE

_Writer = Callable[[Iterable[ox.Quad], BinaryIO, str], None]


_WRITERS: Mapping[str, _Writer] = {
    "turtle": turtle.write_turtle,
    "ntriples": lines.write_ntriples,
    "nquads": lines.write_nquads,
    "trig": turtle.write_trig,
    "jsonld": jsonld.write,
    "rdfxml": rdfxml.write,
}
FORMATS = tuple(_WRITERS)
"""The names of the formats."""
ENDINGS: Mapping[str, str] = {
    ".ttl": "turtle",
    ".nt": "ntriples",
    ".nq": "nquads",
    ".trig": "trig",
    ".jsonld": "jsonld",
    ".json": "jsonld",
    ".rdf": "rdfxml",
    ".xml": "rdfxml",
}
"""Which format the ending of a file's name asks for."""


def write(quads: Iterable[ox.Quad], form: str, out: BinaryIO, base: str = BASE) -> None:
    """Write quads to a binary stream in UTF-8, sorted; instances stand relative to `base` where the format can.

    Raises UsageError for an unknown format; the message lists the known ones.
    """
    writer = _WRITERS.get(form)
    if writer is None:
        raise UsageError(f"{form!r} is no format for the graph; the formats are {', '.join(FORMATS)}")
    writer(quads, out, base)
