"""Offices over time, and who an unnamed holder of one probably is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.model import Facts, Findings, Identity, Likely, Local, Office, Reason, Role
from kg.resolve.keys import Wanted, assign, slug
from kg.resolve.names import country, fold
from kg.resolve.profiles import Context
from kg.resolve.titles import canonical, is_national, plain

_LEAST = 0.5
_YEAR = 366


@dataclass(frozen=True)
class _Told:
    """A role of one document, told in identities; `home` the country whose office it is where no body is named."""

    local: Local
    role: Role
    one: Findings
    holder: Identity | None
    of: Identity | None
    home: str | None = None

    @property
    def day(self) -> date | None:
        return self.one.document.bounds.earliest


def _tellings(facts: Facts) -> Iterator[_Told]:
    for one in facts.findings:
        slug_ = one.document.slug
        bare = any(role.of is None and is_national(role.title) for role in one.roles)
        home = Context(one).home if bare else None
        for role in one.roles:
            holder = facts.identity_of.get(Local(slug_, role.holder or ""))
            of = facts.identity_of.get(Local(slug_, role.of or ""))
            at_home = home if of is None and is_national(role.title) else None
            yield _Told(Local(slug_, role.id), role, one, holder, of, at_home)


def _land(told: _Told) -> str | None:
    """The country whose office it is: the one that is named, or the document's own."""
    if told.of and told.of.kind == "Place" and is_national(told.role.title):
        return country(told.of.label)
    return told.home


def _body(told: _Told) -> str | None:
    return f"{told.of.kind.lower()}/{told.of.key}" if told.of else None


def _whose(told: _Told) -> str | None:
    """The body or place of an office; of a country's, the country, named or not."""
    land = _land(told)
    return f"land/{land}" if land else _body(told)


def offices(facts: Facts) -> tuple[Office, ...]:
    """Every office whose body or place is known, with the tenures of named people in order."""
    groups: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for told in _tellings(facts):
        body = _body(told)
        if body and told.holder:
            groups[plain(canonical(told.role.title)), body].append(told)
    found = sorted(groups)
    keys = assign(Wanted(slug(f"{title} of {of.partition('/')[2]}"), f"{title} {of}") for title, of in found)
    return tuple(
        Office(key, min(canonical(t.role.title) for t in groups[office]), office[1], _in_order(groups[office]))
        for key, office in zip(keys, found, strict=True)
    )


def _in_order(tellings: list[_Told]) -> tuple[Local, ...]:
    """Tenures by holder, holders by when they held the office.

    A holder's time is the first day on which a document calls them current; who is only called former comes
    before the one who is current by then, who is only called incoming after. Undated documents follow the
    dated ones of their holder.
    """
    by_holder: dict[str, list[_Told]] = defaultdict(list)
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


def _days(tellings: list[_Told], status: str) -> list[date]:
    return sorted(told.day for told in tellings if told.role.status == status and told.day)


def likely(facts: Facts) -> tuple[Likely, ...]:
    """For each role whose holder a document leaves unnamed, the people whom other documents may name.

    Where no body is named, the office of a country is that of the document's own ("the prime minister").
    Where several held the office, the document's date tells which: who is named in it nearest to that day.
    """
    named: dict[tuple[str, str | None], list[_Told]] = defaultdict(list)
    unnamed: list[_Told] = []
    for told in _tellings(facts):
        if told.holder and told.role.status == "Current":
            named[plain(canonical(told.role.title)), _whose(told)].append(told)
        elif told.holder is None and _whose(told):
            unnamed.append(told)
    found: dict[tuple[Local, str], tuple[float, tuple[Reason, ...]]] = {}
    for told in unnamed:
        title = plain(canonical(told.role.title))
        holders = named[title, _whose(told)]
        then = _holder_then(told, holders)
        for other in (*holders, *named[title, None]):
            if other.one is not told.one and other.holder and (reasons := _reasons(told, other)):
                if then and other.holder.key != then.key and told.role.status == "Current":
                    words = f"{then.label} is named in it nearer that day"
                    reasons = (*reasons, Reason("other holder then", -0.5, words))
                weight = round(sum(reason.weight for reason in reasons), 6)
                pair = told.local, other.holder.key
                if weight >= _LEAST and weight > found.get(pair, (0.0, ()))[0]:
                    found[pair] = weight, reasons
    return tuple(Likely(role, person, reasons) for (role, person), (_, reasons) in sorted(found.items()))


def _holder_then(told: _Told, holders: list[_Told]) -> Identity | None:
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


def _reasons(told: _Told, other: _Told) -> tuple[Reason, ...]:
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
    shared = _people(told.one) & _people(other.one)
    if shared:
        names = ", ".join(sorted(" ".join(words).title() for words in shared)[:3])
        found.append(Reason("shared people", min(0.3, 0.15 * len(shared)), f"both documents name {names}"))
    publisher = told.one.document.publisher
    if publisher and publisher == other.one.document.publisher:
        found.append(Reason("same publisher", 0.1, f"both stand in {publisher}"))
    if any(local.document == told.local.document for local in other.holder.members):
        found.append(Reason("named elsewhere", -0.4, f"{name} is named in the same document, in another place"))
    return tuple(found)


def _same_body(told: _Told, other: _Told) -> Reason | None:
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


def _people(one: Findings) -> frozenset[tuple[str, ...]]:
    names = (fold(entity.name) for entity in one.entities if entity.kind == "Person")
    return frozenset(words for words in names if len(words) > 1)
