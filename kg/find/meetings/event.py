"""One telling of a meeting, and what is asked of the row around its word."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.find.meetings.clauses import Clauses
from kg.find.meetings.groups import Reader
from kg.find.meetings.lexicon import Lexicon
from kg.find.meetings.phrases import Group, Member


@dataclass
class Event:
    """One telling of a meeting: the word at unit `at`, its clause, and who takes part in which part."""

    at: int
    form: str
    first: int
    last: int
    lead: int
    noun: bool = False
    sides: list[Group] = field(default_factory=list)
    hosts: list[Group] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    sure: bool = True
    alone: bool = False
    carrier: int | None = None
    moved_to: int | None = None
    definite: bool = False
    gathering: bool = False
    shared: int = 0
    adding: bool = False
    needs: bool = False
    turn: bool = False
    near: bool = False
    inviter: str | None = None
    visited: int | None = None

    def members(self) -> list[Member]:
        """All who take part, hosts included."""
        return [member for group in (*self.sides, *self.hosts) for member in group.members]


class Words:
    """One row with its groups and word lists, and what both kinds of word ask of it."""

    def __init__(self, clauses: Clauses, reader: Reader, lists: Lexicon) -> None:
        self.clauses = clauses
        self.units = clauses.units
        self.reader = reader
        self.lists = lists

    def after_prep(self, prep: str, first: int, last: int) -> list[Group]:
        """The groups behind a preposition; those who only listen or report left out."""
        found = []
        for n in range(first, last):
            if self.units[n].kind == "prep" and self.units[n].token.lower == prep:
                group = self.clauses.starting.get(n + 1)
                if group is None and self.clauses.kind(n + 1) in ("word", "adv", "det", "verb"):
                    group = self.clauses.starting.get(n + 2)
                if group is not None and group.members and not self._listens(group) and not self._apart(group):
                    found.append(group)
        return found

    def _apart(self, group: Group) -> bool:
        """ "With the FDP expected to join": somebody who does something else."""
        after = group.last
        return (
            self.clauses.kind(after) == "verb"
            and self.units[after].token.tag == "VBN"
            and self.clauses.kind(after + 1) == "to"
        )

    def _listens(self, group: Group) -> bool:
        return group.head in self.lists.sets["audience"] and not any(m.person and m.ids for m in group.members)

    def place(self, at: int) -> int | None:
        """The named place or body that a visit goes to, or in which the place without a name lies."""
        inner = False
        for n in range(at, min(at + 7, len(self.units))):
            unit = self.units[n]
            if unit.kind == "prep" and n > at + 1 and not inner and unit.token.lower in ("in", "at", "near", "outside"):
                inner = True
                continue
            if inner and unit.entity is not None and unit.entity.kind != "Place":
                return None
            if unit.kind == "name" and unit.entity is not None:
                return n if unit.entity.kind in ("Place", "Organisation") else None
            if unit.kind not in ("det", "word", "adv"):
                return None
        return None
