"""Accounts of meetings, each of one document, and the reasons for and against two of them telling of one meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.model import Bounds, Identity, Local, MeetingStatus, Reason
from kg.resolve.brief import Brief
from kg.resolve.names import country, land

_WEEK = 7
_DAYS = 3
_MONTH = 30
SLIP = 2
"""Days by which papers may differ on one meeting, where all else agrees."""
_ALONE = 0.3
_ONLY = 0.6
_SEASON = 70
Who = Mapping[Local, Identity]
"""The identity of each local entity."""
_LOOSE_FORMS = frozenset((None, "meeting", "talks"))


@dataclass(frozen=True)
class Account:
    """A meeting of one document, told in identities.

    `start` is where its evidence begins, `place` the place told, `where` that with all in which it lies, `lands` the
    countries of these, `vague` whether only a country is told.
    """

    local: Local
    status: MeetingStatus
    form: str | None
    start: int
    who: frozenset[str]
    place: str | None
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
    alone = _ALONE if len(one.who) == len(other.who) else _ALONE / 2
    weight = alone if len(shared) == 1 else round(0.5 * len(shared) / fewest, 2)
    names = ", ".join(sorted(one.names[who] for who in shared)[:4])
    return Reason("same participants", weight, f"both have {names}")


def _same_days(one: Account, other: Account) -> Reason | None:
    mine, others = one.bounds, other.bounds
    shown = f"{_shown(mine)} and {_shown(others)}"
    if missed := gap(mine, others):
        if missed > SLIP:
            return Reason("other days", -2.0, shown)
        if told_before(one, other) or told_before(other, one):
            return Reason("told before", -0.5, shown)
        return Reason("days differ", -0.3, shown)
    if None in mine or None in others:
        return None
    close = all((b.latest - b.earliest).days <= _WEEK for b in (mine, others) if b.latest and b.earliest)
    weight = 0.4 if one.exact and other.exact else 0.3 if close else 0.1
    return Reason("same days", weight, shown)


def told_before(one: Account, other: Account) -> bool:
    """Whether one is dated only by its publication, which was before the other's day: no slip of a day's name."""
    return not one.exact and bool(
        one.bounds.latest and other.bounds.earliest and one.bounds.latest < other.bounds.earliest
        and one.bounds.latest == one.published.latest
    )  # fmt: skip


def same_place(one: Account, other: Account) -> Reason | None:
    """One place is, or lies in, the other; or both are told to be of one country; or they differ.

    Two places that only lie in one country are two; in a smaller area they may be one, as a house and its street.
    Nothing is said of a country and a place whose country nobody tells.
    """
    if not one.place or not other.place:
        return None
    if one.place in other.where or other.place in one.where:
        inner = one if other.place in one.where else other
        return Reason("same place", 0.2, f"both in {inner.names[inner.place or '']}")
    if shared := one.lands & other.lands:
        if one.vague or other.vague:
            return Reason("same country", 0.1, f"both in {min(shared)}")
    elif (one.vague and not other.lands) or (other.vague and not one.lands):
        return None
    if any(country(one.names[place]) is None for place in one.where & other.where):
        return None
    return Reason("other place", -0.5, f"{one.names[one.place]} and {other.names[other.place]}")


def same_form(one: Account, other: Account) -> Reason | None:
    """The forms agree, or they differ and neither is a loose word."""
    mine, others = one.form, other.form
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
    plan = one.status != "Held"
    if apart <= _WEEK:
        weight = 0.2 if apart <= _DAYS else 0.1 if dated else 0.0
        return Reason("told together", weight, f"told {apart} days apart") if weight else None
    if len(dated) == 2 or (plan and apart <= _MONTH):
        return None
    weight = -0.5 if apart > _MONTH else -0.2
    return Reason("told far apart", weight, f"told {apart} days apart, and not both with a date")


def recalls(one: Account, other: Account) -> bool:
    """Whether an account without a day, of a meeting that was held, was told in the months after another."""
    if one.status != "Held" or one.bounds.earliest or not one.bounds.latest:
        return False
    apart = days_between(one.published, other.bounds if None not in other.bounds else other.published)
    return bool(apart is not None and apart <= _SEASON and not gap(one.bounds, other.bounds))


def the_only(one: Account, other: Account) -> Reason | None:
    """All of the fewer people are at both, and the place or the form is the same."""
    place, form = same_place(one, other), same_form(one, other)
    fewest = min(len(one.who), len(other.who))
    agreed = sum(reason.weight > 0 for reason in (place, form) if reason)
    if form is None and one.form not in _LOOSE_FORMS:
        return None
    if len(one.who & other.who) < max(fewest, 2) or not agreed:
        return None
    return Reason("only one told", _ONLY, "no other meeting of theirs is told of in the months before")


def same_text(one: Account, other: Account) -> Reason | None:
    """The same sentence of one text, in near-copies under two addresses."""
    if one.story is None or one.story != other.story or not one.who & other.who:
        return None
    return Reason("same text", 0.5, f"both in near-copies of {one.story}")


_JUDGES: tuple[Callable[[Account, Account], Reason | None], ...] = (
    _same_people, _same_days, same_place, same_form, _told_together, same_text,
)  # fmt: skip


def weighed(one: Account, other: Account) -> tuple[float, tuple[Reason, ...]]:
    """The sum of what all rules say of two accounts, and their reasons."""
    reasons = tuple(reason for judge in _JUDGES if (reason := judge(one, other)))
    return round(sum(reason.weight for reason in reasons), 6), reasons


def told(one: Brief, who: Who, atlas: Atlas, story: str | None = None) -> Iterator[Account]:
    """The meetings of one document; `story` is the document that leads the near-copies of its text."""
    names = {name.id: name.name for name in one.names}

    def known(local: str) -> Identity:
        return who[Local(one.slug, local)]

    for meeting in one.meetings:
        involved = {_path(known(local)): names[local] for local in meeting.who}
        place = known(meeting.place) if meeting.place else None
        labels = atlas.around(place) if place else {}
        lands = frozenset(land(name) or "" for name in labels.values()) - {""}
        yield Account(
            Local(one.slug, meeting.id), meeting.status, meeting.form, meeting.start, frozenset(involved),
            _path(place) if place else None, frozenset(labels), lands, bool(place and country(place.label)),
            Bounds(meeting.first, meeting.last), one.published, involved | labels, story,
        )  # fmt: skip


def within(one: Brief, who: Who) -> Iterator[tuple[str, str, str]]:
    """Each place of one document that lies in another, with that one and its label."""
    for name in one.names:
        if name.within:
            inner, outer = (who[Local(one.slug, local)] for local in (name.id, name.within))
            yield _path(inner), _path(outer), outer.label


def _path(identity: Identity) -> str:
    return f"{identity.kind.lower()}/{identity.key}"


def accounts(briefs: Sequence[Brief], who: Who, copies: Mapping[str, str]) -> list[Account]:
    """Every meeting of every document; `copies` gives the document that leads a near-copy."""
    atlas = Atlas(pair for one in briefs for pair in within(one, who))
    return [account for one in briefs for account in told(one, who, atlas, copies.get(one.slug))]


class Atlas:
    """Each place with those in which any document puts it, and what they are called: a small table over all."""

    def __init__(self, pairs: Iterable[tuple[str, str, str]]) -> None:
        self._within: dict[str, set[str]] = defaultdict(set)
        self._labels: dict[str, str] = {}
        for inner, outer, label in pairs:
            self._within[inner].add(outer)
            self._labels[outer] = label

    def around(self, place: Identity) -> dict[str, str]:
        """A place and all in which it lies, with their labels."""
        found = {_path(place): place.label}
        new = [_path(place)]
        for each in new:
            further = sorted(self._within.get(each, set()) - found.keys())
            found.update((path, self._labels[path]) for path in further)
            new.extend(further)
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
