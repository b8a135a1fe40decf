"""N-Triples and N-Quads, one statement a line, sorted; and the order in which all formats write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import IO, BinaryIO, cast

import pyoxigraph as ox

from kg.export.sorting import sorted_lines


def triple_lines(quads: Iterable[ox.Quad]) -> Iterator[bytes]:
    """Each triple once as a line of N-Triples, whatever graphs it stands in, sorted."""

    def fill(out: BinaryIO) -> None:
        ox.serialize(map(attrgetter("triple"), quads), out, format=ox.RdfFormat.N_TRIPLES)

    return sorted_lines(fill)


def sorted_triples(quads: Iterable[ox.Quad]) -> Iterator[ox.Triple]:
    """Each triple once, in the order of the lines."""
    return map(
        attrgetter("triple"), ox.parse(cast("IO[bytes]", _Lines(triple_lines(quads))), format=ox.RdfFormat.N_TRIPLES)
    )


class _Lines:
    """Lines as a stream to be read."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while size < 0 or len(self._rest) < size:
            line = next(self._lines, None)
            if line is None:
                break
            self._rest += line
        taken, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return taken


def write_ntriples(quads: Iterable[ox.Quad], out: BinaryIO, base: str) -> None:
    """All graphs as one."""
    out.writelines(triple_lines(quads))


def write_nquads(quads: Iterable[ox.Quad], out: BinaryIO, base: str) -> None:
    """Each statement with its graph."""

    def fill(to: BinaryIO) -> None:
        ox.serialize(quads, to, format=ox.RdfFormat.N_QUADS)

    out.writelines(sorted_lines(fill))
