"""Which quads a whole change took and gave, for what is derived from the graph and need not be made anew."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

MOST = 50_000
"""Quads beyond which nothing is counted any more: who derives something makes it anew as fast."""


class Changes:
    """What became of the graph since it was of the revision `since`; `known` tells whether all of that was counted."""

    def __init__(self, since: str) -> None:
        self.since = since
        self.known = True
        self.added: set[ox.Quad] = set()
        self.removed: set[ox.Quad] = set()

    def count(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> None:
        """Take in what was removed, and what was added after it; a quad that comes back did not change."""
        if not self.known:
            return
        for gone, new, quads in ((self.added, self.removed, removed), (self.removed, self.added, added)):
            for quad in quads:
                if quad in gone:
                    gone.remove(quad)
                else:
                    new.add(quad)
        if len(self.added) + len(self.removed) > MOST:
            self.lose()

    def lose(self) -> None:
        """Something was written that nobody counted."""
        self.known = False
        self.added, self.removed = set(), set()
