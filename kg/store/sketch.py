"""A graph by its subjects, a digest of what is told of each: only where these differ is it compared with another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping

import pyoxigraph as ox


class Sketch:
    """The digests of a graph's subjects, by their IRIs; `before` are those of the graph that stands in a store.

    `subjects` are those of which something else is told than before, None where nothing is known of before; `quads` are
    what is told of these.
    """

    def __init__(self, quads: Iterable[ox.Quad], before: Mapping[str, str] | None) -> None:
        kept: list[tuple[str, ox.Quad]] = []
        told: dict[str, hashlib.blake2b] = {}
        for quad in quads:
            subject = quad.subject
            assert isinstance(subject, ox.NamedNode)
            known = told.get(subject.value)
            if known is None:
                known = told[subject.value] = hashlib.blake2b(digest_size=16)
            known.update(f"{quad.predicate.value} {quad.object}\n".encode())
            if before is not None:
                kept.append((subject.value, quad))
        self.digests = {iri: each.hexdigest() for iri, each in told.items()}
        self.subjects: set[str] | None = None
        self.quads: list[ox.Quad] = []
        if before is not None:
            self.subjects = {iri for iri, _ in self.digests.items() ^ before.items()}
            self.quads = [quad for iri, quad in kept if iri in self.subjects]
