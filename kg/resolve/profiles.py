"""What stands for one local entity where it is weighed against others: plain records, made of briefs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from kg.model import Kind, Local, Reason
from kg.resolve.names import Body, Words, body, fold
from kg.resolve.terms import Term


class Held(NamedTuple):
    """An office as a document gives it: its name, its body or place in plain words, and whose country it is."""

    title: str
    of: Body | None
    country: str | None
    over_place: bool


@dataclass(frozen=True, slots=True)
class Company:
    """What a document tells of all who stand in it together.

    `people` are full names, `bodies` organisations and parties, `day` that of publication, counted from year 1,
    `story` the document that leads the near-copies of its text.
    """

    people: frozenset[Words] = frozenset()
    bodies: frozenset[Body] = frozenset()
    publisher: str | None = None
    day: int | None = None
    story: str | None = None


@dataclass(eq=False)
class Profile:
    """One local entity with what its document tells of it.

    `home` is the country in which its document is at home; `texts` are its mentions as written. `rarity` says how
    many people may bear the full name by chance: -1 hardly anybody else, 1 many, 0 some; `namesakes` how many full
    names share the surname, up to a few; None where nothing can be told.
    """

    local: Local
    kind: Kind
    name: str
    qualifier: str | None
    company: Company
    home: str | None = None
    apart: Mapping[Local, Reason] = field(default_factory=dict)
    rarity: int | None = None
    namesakes: int | None = None
    texts: tuple[str, ...] = ()
    acronyms: frozenset[str] = frozenset()
    offices: frozenset[Held] = frozenset()
    officers: frozenset[Words] = frozenset()
    shorts: frozenset[Words] = frozenset()
    genders: frozenset[str] = frozenset()
    born: frozenset[int] = frozenset()
    callings: frozenset[str] = frozenset()
    terms: Mapping[tuple[Held, bool], Term | None] = field(default_factory=dict)
    within: str | None = None

    @cached_property
    def plain(self) -> Words:
        """The name in plain words, a body's without its country."""
        return self.body.words if self.kind in ("Party", "Organisation") else self.words

    @cached_property
    def words(self) -> Words:
        """A person's or place's name in plain words."""
        return fold(self.name)

    @cached_property
    def body(self) -> Body:
        """An organisation's or party's name, its country apart."""
        return body(self.name, self.qualifier)

    def tell(self, detail: str) -> None:
        """Take in what `detailed` wrote down."""
        texts, acronyms, shorts, officers, genders, born, callings, offices, terms, within = json.loads(detail)
        self.texts, self.acronyms, self.within = tuple(texts), frozenset(acronyms), within
        self.shorts, self.officers = frozenset(map(tuple, shorts)), frozenset(map(tuple, officers))
        self.genders, self.born, self.callings = frozenset(genders), frozenset(born), frozenset(callings)
        self.offices = frozenset(map(_held, offices))
        self.terms = {(_held(held), now): tuple(term) if term else None for held, now, term in terms}


def _held(read: list[Any]) -> Held:
    title, of, country, over_place = read
    return Held(title, as_body(of) if of else None, country, over_place)


def as_body(read: list[Any]) -> Body:
    """A body from a list of its words and its country."""
    return Body(tuple(read[0]), read[1])
