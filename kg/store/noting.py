"""A store that notes what the next build needs to know, beside the graph: it is of the same whole state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.store.holding import Holding

if TYPE_CHECKING:
    from kg.store.notes import Notes

_NOTES = "notes-"


class Noting(Holding):
    """What an open store notes; `kg.store.Store` reads and writes it."""

    def notes(self) -> Notes:
        """What the last build noted."""
        from kg.store.notes import Notes

        return Notes(self, *self.step())

    def step(self) -> tuple[str, str]:
        """The engine and the revision of the graph, by which notes tell whether they are of it."""
        from kg import engine

        return engine.conclusions(None), self.revision

    def note(self, name: str, text: str) -> None:
        """Keep a text of the notes, "" to forget it."""
        self._told.setdefault(_NOTES + name, "")
        self._tell(_NOTES + name, text)

    def noted(self, name: str) -> str:
        """A text of the notes, "" where there is none."""
        self._told.setdefault(_NOTES + name, "")
        return self._beside(_NOTES + name)

    def sources(self) -> Iterator[tuple[str, str]]:
        """Slug and digest of the findings and the text of every document."""
        yield from ((one.slug, one.findings + one.text) for one in self._shelf.kept.values())
