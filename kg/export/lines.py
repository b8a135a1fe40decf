"""N-Triples and N-Quads, one statement a line, sorted; and the order in which all formats write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

import pyoxigraph as ox


def sorted_triples(quads: Iterable[ox.Quad]) -> Iterator[tuple[str, ox.Triple]]:
    """Each triple once, whatever graphs it stands in, with its N-Triples words, in the order of those."""
    found = {f"{quad.subject} {quad.predicate} {quad.object} .": quad for quad in quads}
    for line in sorted(found):
        yield line, found[line].triple


def write_ntriples(quads: Iterable[ox.Quad], out: BinaryIO, base: str) -> None:
    """All graphs as one."""
    for line, _ in sorted_triples(quads):
        out.write(f"{line}\n".encode())


def write_nquads(quads: Iterable[ox.Quad], out: BinaryIO, base: str) -> None:
    """Each statement with its graph."""
    for line in sorted(set(map(_nquad, quads))):
        out.write(line.encode())


def _nquad(quad: ox.Quad) -> str:
    graph = "" if isinstance(quad.graph_name, ox.DefaultGraph) else f"{quad.graph_name} "
    return f"{quad.subject} {quad.predicate} {quad.object} {graph}.\n"
