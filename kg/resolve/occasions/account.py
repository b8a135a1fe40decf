"""Accounts of meetings, each of one document, and the reasons for and against two of them telling of one meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kg.model import UNBOUNDED, Bounds, Facts, Findings, Local, Meeting, Reason
from kg.resolve.names import country, land

_WEEK = 7
_DAYS = 3
_MONTH = 30
SLIP = 2
"""Days by which papers may differ on one meeting, where all else agrees."""
_LOOSE_FORMS = frozenset((None, "meeting", "talks"))


@dataclass(frozen=True)
class Account:
    """A meeting of one document, told in identities.

    `where` is the place with all in which it lies, `lands` the countries of these, `vague` whether only a country is
    told.
    """

    local: Local
    meeting: Meeting
    who: frozenset[str]
    where: frozenset[str]
    lands: frozenset[str]
    vague: bool
    bounds: Bounds
    published: Bounds
    names: dict[str, str]
    story: str | None = None

    @property
    def exact(self) -> bool:
        """Whether it is told on which day it was."""
        return None not in self.bounds and self.bounds.earliest == self.bounds.latest

    def day(self) -> date:
        """For sorting: when it was, or when it was told."""
        return self.bounds.earliest or self.published.earliest or date.min


def _same_people(one: Account, other: Account) -> Reason | None:
    shared = one.who & other.who
    fewest = min(len(one.who), len(other.who))
    if not shared or (len(shared) == 1 < fewest):
        return None
    weight = 0.3 if len(shared) == 1 else round(0.5 * len(shared) / fewest, 2)
    names = ", ".join(sorted(one.names[who] for who in shared)[:4])
    return Reason("same participants", weight, f"both have {names}")


def _same_days(one: Account, other: Account) -> Reason | None:
    mine, others = one.bounds, other.bounds
    shown = f"{_shown(mine)} and {_shown(others)}"
    if missed := gap(mine, others):
        return Reason("days differ", -0.3, shown) if missed <= SLIP else Reason("other days", -2.0, shown)
    if None in mine or None in others:
        return None
    close = all((b.latest - b.earliest).days <= _WEEK for b in (mine, others) if b.latest and b.earliest)
    return Reason("same days", 0.3 if close else 0.1, shown)


def same_place(one: Account, other: Account) -> Reason | None:
    """The places agree, or one tells only the country; or they differ."""
    if not one.where or not other.where:
        return None
    if shared := one.where & other.where:
        return Reason("same place", 0.2, f"both in {min(one.names[place] for place in shared)}")
    if (one.lands & other.lands) and (one.vague or other.vague):
        return Reason("same country", 0.1, f"both in {min(one.lands & other.lands)}")
    return Reason("other place", -0.5, f"{_place(one)} and {_place(other)}")


def same_form(one: Account, other: Account) -> Reason | None:
    """The forms agree, or they differ and neither is a loose word."""
    mine, others = one.meeting.form, other.meeting.form
    if mine == others:
        return Reason("same form", 0.1, f"both a {mine}") if mine else None
    if mine in _LOOSE_FORMS or others in _LOOSE_FORMS:
        return None
    return Reason("other form", -0.4, f"a {mine} and a {others}")


def _told_together(one: Account, other: Account) -> Reason | None:
    """Both are told within days of each other, or one within days of the other's date."""
    dated = [b for b in (one.bounds, other.bounds) if None not in b]
    if len(dated) == 1:
        apart = days_between(dated[0], other.published if one.bounds is dated[0] else one.published)
    else:
        apart = days_between(one.published, other.published)
    if apart is None:
        return None
    if apart <= _WEEK:
        weight = 0.2 if apart <= _DAYS else 0.1 if dated else 0.0
        return Reason("told together", weight, f"told {apart} days apart") if weight else None
    if len(dated) == 2:
        return None
    weight = -0.5 if apart > _MONTH else -0.2
    return Reason("told far apart", weight, f"told {apart} days apart, and not both with a date")


def _same_text(one: Account, other: Account) -> Reason | None:
    """The same sentence of one text, in near-copies under two addresses."""
    if one.story is None or one.story != other.story or not one.who & other.who:
        return None
    return Reason("same text", 0.5, f"both in near-copies of {one.story}")


_JUDGES: tuple[Callable[[Account, Account], Reason | None], ...] = (
    _same_people, _same_days, same_place, same_form, _told_together, _same_text,
)  # fmt: skip


def weighed(one: Account, other: Account) -> tuple[float, tuple[Reason, ...]]:
    """The sum of what all rules say of two accounts, and their reasons."""
    reasons = tuple(reason for judge in _JUDGES if (reason := judge(one, other)))
    return round(sum(reason.weight for reason in reasons), 6), reasons


def _told(
    facts: Facts, one: Findings, within: Mapping[str, set[str]], labels: Mapping[str, str]
) -> Iterator[Account]:
    document = one.document
    entities = {entity.id: entity for entity in one.entities}

    def known(local: str) -> str:
        identity = facts.identity_of[Local(document.slug, local)]
        return f"{identity.kind.lower()}/{identity.key}"

    for meeting in one.meetings:
        involved = dict.fromkeys((*meeting.participants, *meeting.hosts))
        names = {known(local): entities[local].name for local in involved}
        told = known(meeting.place) if meeting.place else None
        places = {place: labels[place] for place in _wholes(told, within)} if told else {}
        lands = frozenset(land(name) or "" for name in places.values()) - {""}
        bounds = meeting.when.bounds if meeting.when else UNBOUNDED
        yield Account(
            Local(document.slug, meeting.id), meeting, frozenset(names), frozenset(places), lands,
            bool(told and country(labels[told])), bounds, document.bounds, names | places,
        )  # fmt: skip


def accounts(facts: Facts, copies: Mapping[str, str]) -> list[Account]:
    """Every meeting of every document; `copies` gives the document that leads a near-copy."""
    within, labels = _within(facts), {f"place/{i.key}": i.label for i in facts.identities if i.kind == "Place"}
    told = (account for one in facts.findings for account in _told(facts, one, within, labels))
    return [replace(account, story=copies.get(account.local.document)) for account in told]


def _within(facts: Facts) -> dict[str, set[str]]:
    """Each place with those in which any document puts it."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in facts.findings:
        for entity in one.entities:
            if entity.within:
                inner, outer = (facts.identity_of[Local(one.document.slug, e)] for e in (entity.id, entity.within))
                found[f"place/{inner.key}"].add(f"place/{outer.key}")
    return found


def _wholes(place: str, within: Mapping[str, set[str]]) -> list[str]:
    """A place and all in which it lies."""
    found = [place]
    for each in found:
        found.extend(sorted(within.get(each, set()) - set(found)))
    return found


def gap(one: Bounds, other: Bounds) -> int:
    """The days by which two bounds miss each other; 0 where they can be one day."""
    first = (one.earliest - other.latest).days if one.earliest and other.latest else 0
    last = (other.earliest - one.latest).days if other.earliest and one.latest else 0
    return max(0, first, last)


def days_between(one: Bounds, other: Bounds) -> int | None:
    """The fewest days that can lie between; None where a date is unknown."""
    if not one.earliest or not one.latest or not other.earliest or not other.latest:
        return None
    return max(0, (other.earliest - one.latest).days, (one.earliest - other.latest).days)


def _shown(bounds: Bounds) -> str:
    first, last = (day.isoformat() if day else "…" for day in bounds)
    return first if first == last else f"{first} to {last}"


def _place(account: Account) -> str:
    return min(account.names[place] for place in account.where)
