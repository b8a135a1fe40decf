"""The names of all documents by groups, each with what its decision needs and no more."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.model import Local, Reason
from kg.resolve.brief import Brief
from kg.resolve.census import Census, core
from kg.resolve.groups import Group, Record, body_groups, person_groups, place_groups
from kg.resolve.judged import UNDECIDED, Decided
from kg.resolve.profiles import Company, Profile
from kg.resolve.publishers import homes


class Tables(NamedTuple):
    """What is known over all documents: how common names are, and where publishers are at home."""

    census: Census
    homes: Mapping[str, str]


def tables(briefs: Iterable[Brief]) -> Tables:
    """The tables of some briefs."""
    given = list(briefs)
    return Tables(census(name.name for one in given for name in one.names if name.kind == "Person"), homes(given))


def census(names: Iterable[str]) -> Census:
    """The census of people's names as written."""
    return Census(words for name in set(names) if len(words := core(name)) > 1)


_FREE: Mapping[Local, Reason] = {}


class Names:
    """All names of some briefs, with the small tables over all documents that bear on each.

    `over_all` are these tables, where the briefs are not those of all documents.
    """

    def __init__(
        self,
        briefs: Sequence[Brief],
        people: Decided = UNDECIDED,
        copies: Mapping[str, str] | None = None,
        over_all: Tables | None = None,
    ) -> None:
        self._briefs = {one.slug: one for one in briefs}
        self._people, self._copies = people, copies or {}
        self._census, self._homes = over_all or tables(briefs)
        self._records = {Local(one.slug, name.id): Record(Local(one.slug, name.id), name)
                         for one in briefs for name in one.names}  # fmt: skip
        self._companies: dict[str, Company] = {}
        self._said: dict[str, str] = {}

    def starts(self) -> Mapping[Local, Sequence[int]]:
        """The offsets of each name's mentions."""
        return {local: record.name.starts for local, record in self._records.items()}

    def groups(self) -> Iterator[tuple[str, Group]]:
        """The sort of each group ("person", "body", "place") and its records."""
        by_sort: dict[str, list[Record]] = {"person": [], "body": [], "place": []}
        for record in self._records.values():
            kind = record.name.kind
            by_sort["person" if kind == "Person" else "place" if kind == "Place" else "body"].append(record)
        for sort, parted in (("person", person_groups), ("body", body_groups), ("place", place_groups)):
            yield from ((sort, group) for group in parted(by_sort[sort]))

    def digest(self, sort: str, group: Group) -> str:
        """What tells whether a group is to be decided anew: a digest of all that bears on it."""
        found = hashlib.blake2b(sort.encode(), digest_size=16)
        for record in group:
            name = record.name
            found.update(f"{(*record.local, name.kind, name.name, name.qualifier)}{name.detail}".encode())
            found.update(self._told(record).encode())
        return found.hexdigest()

    def profiles(self, locals_: Iterable[Local]) -> list[Profile]:
        """The profiles of some names."""
        return [self._profile(self._records[local]) for local in locals_]

    def _told(self, record: Record) -> str:
        """What bears on a record beside its own words."""
        slug = record.local.document
        said = self._said.get(slug)
        if said is None:
            one = self._briefs[slug]
            said = repr((one.company, one.publisher, one.day, self._home(one), self._copies.get(slug)))
            said = self._said[slug] = hashlib.blake2b(said.encode(), digest_size=16).hexdigest()
        apart = sorted(self._people.apart.get(record.local, _FREE).items())
        return f"{said}{self._rarity(record)}{apart or ''}"

    def _rarity(self, record: Record) -> tuple[int | None, int | None]:
        """How common a person's name is, and the surname."""
        words = core(record.name.name) if record.name.kind == "Person" else ()
        namesakes = self._census.namesakes(words[-1]) if words else None
        return self._census.rarity(words) if len(words) > 1 else None, namesakes

    def _home(self, one: Brief) -> str | None:
        """A document that names no country is at home where most of its publisher's others are."""
        return one.home or self._homes.get(one.publisher or "")

    def _profile(self, record: Record) -> Profile:
        local, name = record
        one = self._briefs[local.document]
        company = self._companies.get(one.slug)
        if company is None:
            company = self._companies[one.slug] = one.companions(self._copies.get(one.slug))
        rarity, namesakes = self._rarity(record)
        found = Profile(local, name.kind, name.name, name.qualifier, company, self._home(one),
                        self._people.apart.get(local, _FREE), rarity, namesakes)  # fmt: skip
        found.tell(name.detail)
        return found
