"""Offices over time, and who an unnamed holder of one probably is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kg.model import Identity, Likely, Local, Office, Reason
from kg.resolve.brief import Brief, Post
from kg.resolve.keys import Wanted, assign, slug
from kg.resolve.names import country
from kg.resolve.titles import canonical, is_national, plain

_LEAST = 0.5
_YEAR = 366


Who = Mapping[Local, Identity]
"""The identity of each local entity."""


@dataclass(frozen=True, slots=True)
class Told:
    """A role of one document, told in identities; `home` the country whose office it is where no body is named."""

    local: Local
    role: Post
    one: Brief
    holder: Identity | None
    of: Identity | None
    home: str | None = None

    @property
    def day(self) -> date | None:
        """The day on which it was told."""
        return self.one.day


def tellings(briefs: Iterable[Brief], who: Who) -> Iterator[Told]:
    """Every role of every document."""
    for one in briefs:
        for role in one.posts:
            holder = who.get(Local(one.slug, role.holder or ""))
            of = who.get(Local(one.slug, role.of or ""))
            at_home = one.home if of is None and is_national(role.title) else None
            yield Told(Local(one.slug, role.id), role, one, holder, of, at_home)


def _land(told: Told) -> str | None:
    """The country whose office it is: the one that is named, or the document's own."""
    if told.of and told.of.kind == "Place" and is_national(told.role.title):
        return country(told.of.label)
    return told.home


def _body(told: Told) -> str | None:
    return f"{told.of.kind.lower()}/{told.of.key}" if told.of else None


def _whose(told: Told) -> str | None:
    """The body or place of an office; of a country's, the country, named or not."""
    land = _land(told)
    return f"land/{land}" if land else _body(told)


Group = tuple[str, str]
"""An office: its title in plain words, and its body or place."""


def offices(told: Iterable[Told]) -> tuple[Office, ...]:
    """Every office whose body or place is known, with the tenures of named people in order."""
    groups: dict[Group, list[Told]] = defaultdict(list)
    for each in told:
        if group := office_group(each):
            groups[group].append(each)
    found = sorted(groups)
    keys = assign(Wanted(slug(f"{title} of {of.partition('/')[2]}"), f"{title} {of}") for title, of in found)
    return tuple(office(key, of, groups[title, of]) for key, (title, of) in zip(keys, found, strict=True))


def office_group(told: Told) -> Group | None:
    """The office whose tenure a role is; None where nobody is named, or nothing of which it would be."""
    body = _body(told)
    return (plain(canonical(told.role.title)), body) if body and told.holder else None


def office(key: str, of: str, group: list[Told]) -> Office:
    """The office that one group tells of."""
    return Office(key, min(canonical(t.role.title) for t in group), of, _in_order(group))


def _in_order(tellings: list[Told]) -> tuple[Local, ...]:
    """Tenures by holder, holders by when they held the office.

    A holder's time is the first day on which a document calls them current; who is only called former comes
    before the one who is current by then, who is only called incoming after. Undated documents follow the
    dated ones of their holder.
    """
    by_holder: dict[str, list[Told]] = defaultdict(list)
    for told in tellings:
        if told.holder:
            by_holder[told.holder.key].append(told)
    current = {key: days for key, group in by_holder.items() if (days := _days(group, "Current"))}

    def rank(key: str) -> tuple[date, int, str]:
        if key in current:
            return current[key][0], 1, key
        if former := _days(by_holder[key], "Former"):
            covering = [days[0] for days in current.values() if days[0] <= former[0] <= days[-1]]
            return min([former[0], *covering]), 0, key
        incoming = _days(by_holder[key], "Incoming")
        return (incoming[0], 2, key) if incoming else (date.max, 3, key)

    order = {"Incoming": 0, "Current": 1, "Former": 2}
    return tuple(
        told.local
        for key in sorted(by_holder, key=rank)
        for told in sorted(by_holder[key], key=lambda t: (t.day or date.max, order[t.role.status], t.local))
    )


def _days(tellings: list[Told], status: str) -> list[date]:
    return sorted(told.day for told in tellings if told.role.status == status and told.day)


def likely(told: Iterable[Told]) -> tuple[Likely, ...]:
    """For each role whose holder a document leaves unnamed, the people whom other documents may name.

    Where no body is named, the office of a country is that of the document's own ("the prime minister").
    Where several held the office, the document's date tells which: who is named in it nearest to that day.
    """
    groups: dict[str, list[Told]] = defaultdict(list)
    for each in told:
        if _whose(each) if each.holder is None else each.role.status == "Current":
            groups[plain(canonical(each.role.title))].append(each)
    found = (one for group in groups.values() for one in likely_of(group))
    return tuple(sorted(found, key=lambda one: (one.role, one.identity)))


def likely_of(group: Iterable[Told]) -> Iterator[Likely]:
    """The same for the roles of one title: those with a holder now, and those whose holder is not named."""
    named: dict[str | None, list[Told]] = defaultdict(list)
    loose: dict[str, list[Told]] = defaultdict(list)
    unnamed: list[Told] = []
    for told in group:
        if told.holder is None:
            unnamed.append(told)
            continue
        whose = _whose(told)
        named[whose].append(told)
        if whose is None:
            loose[told.one.slug].append(told)
    for told in unnamed:
        holders = named[_whose(told)]
        then = _holder_then(told, holders)
        beside = sorted({local.document for local in told.of.members}) if told.of and loose else ()
        found: dict[str, tuple[float, tuple[Reason, ...]]] = {}
        for other in (*holders, *(other for document in beside for other in loose.get(document, ()))):
            if other.one is not told.one and other.holder and (reasons := _reasons(told, other)):
                if then and other.holder.key != then.key and told.role.status == "Current":
                    words = f"{then.label} is named in it nearer that day"
                    reasons = (*reasons, Reason("other holder then", -0.5, words))
                weight = round(sum(reason.weight for reason in reasons), 6)
                key = other.holder.key
                if weight >= _LEAST and weight > found.get(key, (0.0, ()))[0]:
                    found[key] = weight, reasons
        yield from (Likely(told.local, person, reasons) for person, (_, reasons) in sorted(found.items()))


def _holder_then(told: Told, holders: list[Told]) -> Identity | None:
    """Of several holders of one office, the one whose time is nearest to a document's day; None where two are."""
    if not told.day:
        return None
    days: dict[str, list[date]] = defaultdict(list)
    people: dict[str, Identity] = {}
    for other in holders:
        if other.holder and other.day and other.one is not told.one:
            days[other.holder.key].append(other.day)
            people[other.holder.key] = other.holder
    if len(days) < 2:
        return None
    far = sorted((_outside(told.day, held), key) for key, held in days.items())
    return people[far[0][1]] if far[0][0] < far[1][0] else None


def _outside(day: date, held: list[date]) -> int:
    """Days by which a day lies outside the first and last of others; 0 inside."""
    return max(0, (min(held) - day).days, (day - max(held)).days)


def _reasons(told: Told, other: Told) -> tuple[Reason, ...]:
    """Why the unnamed holder may be the other document's named one; () where the bodies differ."""
    assert other.holder
    body = _same_body(told, other)
    if body is None:
        return ()
    found = [body]
    name = other.holder.label
    if told.day and other.day:
        years = abs((told.day - other.day).days) // _YEAR
        if years == 0:
            found.append(Reason("same time", 0.2, f"{name} is {other.role.title} within a year of it"))
        elif years >= 6:
            found.append(Reason("other time", -0.3, f"{years} years lie between the documents"))
    shared = told.one.people() & other.one.people()
    if shared:
        names = ", ".join(sorted(" ".join(words).title() for words in shared)[:3])
        found.append(Reason("shared people", min(0.3, 0.15 * len(shared)), f"both documents name {names}"))
    publisher = told.one.publisher
    if publisher and publisher == other.one.publisher:
        found.append(Reason("same publisher", 0.1, f"both stand in {publisher}"))
    if any(local.document == told.local.document for local in other.holder.members):
        found.append(Reason("named elsewhere", -0.4, f"{name} is named in the same document, in another place"))
    return tuple(found)


def _same_body(told: Told, other: Told) -> Reason | None:
    """The same body, or a document without a word of the body that speaks of this one."""
    assert other.holder
    title, land = other.role.title, _land(told)
    if land and land == _land(other):
        at_home = told.of is None or other.of is None
        words = f"{other.holder.label} is {title} of {land} in {other.local.document}"
        return Reason("same country", 0.5, f"{words}, by its country or the other's") if at_home else Reason(
            "same office", 0.6, words)  # fmt: skip
    if told.of is None:
        return None
    if other.of:
        words = f"{other.holder.label} is {title} of {told.of.label} in {other.local.document}"
        return Reason("same office", 0.6, words) if other.of.key == told.of.key else None
    document = other.local.document
    if not any(local.document == document for local in told.of.members):
        return None
    words = f"{other.holder.label} is {title} in {document}, which names {told.of.label} but not the body meant"
    return Reason("same title", 0.4, words)
