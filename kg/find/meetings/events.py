"""Words of meeting in a row of units, each with those who meet."""

from __future__ import annotations

from collections.abc import Iterator

from kg.find.meetings.clauses import Clauses
from kg.find.meetings.event import Event
from kg.find.meetings.groups import Reader
from kg.find.meetings.lexicon import Lexicon
from kg.find.meetings.nouns import Nouns
from kg.find.meetings.verbs import Verbs


class Finder:
    """Finds the events of one row."""

    def __init__(self, clauses: Clauses, reader: Reader, lists: Lexicon) -> None:
        self.clauses = clauses
        self.units = clauses.units
        self.reader = reader
        self.lists = lists
        self.verbs = Verbs(clauses, reader, lists)
        self.nouns = Nouns(clauses, reader, lists)

    def events(self) -> Iterator[Event]:
        """Every word of meeting that is told of people, in order."""
        for at, unit in enumerate(self.units):
            if unit.kind in ("name", "date", "comma", "stop") or self._means_nothing(at):
                continue
            event = None
            frames = self.lists.verbs.get(unit.token.lemma) if unit.kind == "verb" and unit.token.pos != "AUX" else None
            if frames:
                event = next((e for frame in frames if (e := self.verbs.read(at, frame))), None)
            if event is None and unit.kind in ("word", "verb"):
                frame = self.nouns.frame(at)
                event = self.nouns.read(at, frame) if frame else None
            if event is not None:
                event.sides += [
                    g
                    for g in self.clauses.groups
                    if g.prep == "company" and event.first <= g.first < event.last and g not in event.sides
                ]
                yield event

    def _means_nothing(self, at: int) -> bool:
        for start in range(max(0, at - 3), at + 1):
            token = self.units[start].token
            for key in {token.lower, token.lemma}:
                for phrase in self.lists.phrases["nothing"].get(key, ()):
                    if start + len(phrase) > at and self.reader.matches(start, phrase):
                        return True
        return False
