"""Which accounts of different documents tell of one meeting, and which planned meeting was held later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

from kg.model import UNBOUNDED, Bounds, Doubt, Facts, Findings, Local, Meeting, Occasion, Reason
from kg.resolve.judged import UNDECIDED, Decided
from kg.resolve.keys import Anchor, Held, Wanted, assign, day_of, slug
from kg.resolve.names import country, land

_LEAST = 0.7
_NEAR = 0.2
_NEIGHBOURS = 60
_WEEK = 7
_DAYS = 3
_MONTH = 30
_SLIP = 2
"""Days by which papers may differ on one meeting, where all else agrees."""
_SEASON = 200
_LOOSE_FORMS = frozenset((None, "meeting", "talks"))


@dataclass(frozen=True)
class _Account:
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

    def day(self) -> date:
        """For sorting: when it was, or when it was told."""
        return self.bounds.earliest or self.published.earliest or date.min


def _same_people(one: _Account, other: _Account) -> Reason | None:
    shared = one.who & other.who
    fewest = min(len(one.who), len(other.who))
    if not shared or (len(shared) == 1 < fewest):
        return None
    weight = 0.3 if len(shared) == 1 else round(0.5 * len(shared) / fewest, 2)
    names = ", ".join(sorted(one.names[who] for who in shared)[:4])
    return Reason("same participants", weight, f"both have {names}")


def _same_days(one: _Account, other: _Account) -> Reason | None:
    mine, others = one.bounds, other.bounds
    shown = f"{_shown(mine)} and {_shown(others)}"
    if gap := _gap(mine, others):
        return Reason("days differ", -0.3, shown) if gap <= _SLIP else Reason("other days", -2.0, shown)
    if None in mine or None in others:
        return None
    close = all((b.latest - b.earliest).days <= _WEEK for b in (mine, others) if b.latest and b.earliest)
    return Reason("same days", 0.3 if close else 0.1, shown)


def _same_place(one: _Account, other: _Account) -> Reason | None:
    if not one.where or not other.where:
        return None
    if shared := one.where & other.where:
        return Reason("same place", 0.2, f"both in {min(one.names[place] for place in shared)}")
    if (one.lands & other.lands) and (one.vague or other.vague):
        return Reason("same country", 0.1, f"both in {min(one.lands & other.lands)}")
    return Reason("other place", -0.5, f"{_place(one)} and {_place(other)}")


def _same_form(one: _Account, other: _Account) -> Reason | None:
    mine, others = one.meeting.form, other.meeting.form
    if mine == others:
        return Reason("same form", 0.1, f"both a {mine}") if mine else None
    if mine in _LOOSE_FORMS or others in _LOOSE_FORMS:
        return None
    return Reason("other form", -0.4, f"a {mine} and a {others}")


def _told_together(one: _Account, other: _Account) -> Reason | None:
    """Both are told within days of each other, or one within days of the other's date."""
    dated = [b for b in (one.bounds, other.bounds) if None not in b]
    if len(dated) == 1:
        apart = _days_between(dated[0], other.published if one.bounds is dated[0] else one.published)
    else:
        apart = _days_between(one.published, other.published)
    if apart is None:
        return None
    if apart <= _WEEK:
        return Reason("told together", 0.2 if apart <= _DAYS else 0.1, f"told {apart} days apart")
    far = len(dated) < 2 and apart > _MONTH
    return Reason("told far apart", -0.5, f"told {apart} days apart, and not both with a date") if far else None


_JUDGES: tuple[Callable[[_Account, _Account], Reason | None], ...] = (
    _same_people, _same_days, _same_place, _same_form, _told_together,
)  # fmt: skip


class Met(NamedTuple):
    """Which accounts are one, and the pairs that were decided only just."""

    occasions: tuple[Occasion, ...]
    doubts: tuple[Doubt, ...]


def occasions(facts: Facts, held: Held, people: Decided = UNDECIDED) -> Met:
    """An occasion for every meeting; meetings of different documents share one where the reasons suffice.

    Only meetings of one status are brought together: a plan and what came of it are two occasions, the first
    pointing at the second.
    """
    within, labels = _within(facts), {f"place/{i.key}": i.label for i in facts.identities if i.kind == "Place"}
    accounts = [account for one in facts.findings for account in _accounts(facts, one, within, labels)]
    groups: dict[Local, list[_Account]] = {account.local: [account] for account in accounts}
    why: dict[Local, list[Reason]] = defaultdict(list)
    doubts: list[Doubt] = []

    def join(one: Local, other: Local, reasons: Iterable[Reason]) -> None:
        mine, others = groups[one], groups[other]
        mine.extend(others)
        why[mine[0].local].extend([*why.pop(others[0].local, []), *reasons])
        groups.update((account.local, mine) for account in others)

    for one, other, reason in people.same:
        if one in groups and other in groups and groups[one] is not groups[other]:
            join(one, other, [reason])
    for weight, reasons, first, second in _pairs(accounts):
        mine, others = groups[first.local], groups[second.local]
        if weight < _LEAST - _NEAR or mine is others:
            continue
        apart = people.parts((a.local for a in mine), (b.local for b in others))
        joined = weight >= _LEAST and not apart and not any(_refused(a, b) for a in mine for b in others)
        if joined:
            join(first.local, second.local, reasons)
        if weight < _LEAST + _NEAR / 2:
            doubts.append(Doubt(first.local, second.local, joined, weight, reasons))
    found = sorted({id(group): group for group in groups.values()}.values(), key=lambda g: min(a.local for a in g))
    later = dict(_held_later(accounts))
    keys = assign(Wanted(_key(group), "#".join(min(a.local for a in group)), _kept(group, held)) for group in found)
    made = (_occasion(key, group, later, why[group[0].local]) for key, group in zip(keys, found, strict=True))
    return Met(tuple(sorted(made, key=lambda occasion: occasion.key)), tuple(doubts))


def _occasion(key: str, group: list[_Account], later: dict[Local, tuple[Local, Reason]], why: list[Reason]) -> Occasion:
    told = sorted(account.local for account in group)
    held = min((later[local] for local in told if local in later), key=lambda found: found[0], default=None)
    reasons = tuple(dict.fromkeys([*why, *([held[1]] if held else [])]))
    return Occasion(key, tuple(told), held[0] if held else None, reasons)


def _accounts(
    facts: Facts, one: Findings, within: Mapping[str, set[str]], labels: Mapping[str, str]
) -> Iterator[_Account]:
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
        yield _Account(
            Local(document.slug, meeting.id), meeting, frozenset(names), frozenset(places), lands,
            bool(told and country(labels[told])), bounds, document.bounds, names | places,
        )  # fmt: skip


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


def _pairs(accounts: list[_Account]) -> Iterator[tuple[float, tuple[Reason, ...], _Account, _Account]]:
    """Accounts that share two participants, or one and the place, the likeliest pair first.

    In each block an account is weighed against those told next to it in time, so that a pair of people who
    meet every week costs no square.
    """
    blocks: dict[tuple[str, ...], list[_Account]] = defaultdict(list)
    for account in sorted(accounts, key=lambda a: (a.day(), a.local)):
        who, status = sorted(account.who), account.meeting.status
        for pair in combinations(who[:12], 2):
            blocks[status, *pair].append(account)
        for place in account.where if len(who) == 1 else ():
            blocks[status, who[0], place].append(account)
    weighed: dict[tuple[Local, Local], tuple[float, tuple[Reason, ...], _Account, _Account]] = {}
    for block in blocks.values():
        for i, one in enumerate(block):
            for other in block[i + 1 : i + 1 + _NEIGHBOURS]:
                first, second = sorted((one, other), key=lambda a: a.local)
                if first.local.document != second.local.document and (first.local, second.local) not in weighed:
                    reasons = tuple(reason for judge in _JUDGES if (reason := judge(first, second)))
                    weight = round(sum(reason.weight for reason in reasons), 6)
                    weighed[first.local, second.local] = weight, reasons, first, second
    yield from sorted(weighed.values(), key=lambda pair: (-pair[0], pair[2].local, pair[3].local))


def _refused(one: _Account, other: _Account) -> bool:
    """Whether one document tells of both, or their days or places differ."""
    conflict = _same_place(one, other)
    return (
        one.local.document == other.local.document
        or _gap(one.bounds, other.bounds) > _SLIP
        or bool(conflict and conflict.weight < 0)
    )


def _held_later(accounts: list[_Account]) -> Iterator[tuple[Local, tuple[Local, Reason]]]:
    """Each planned or proposed meeting with the account, in a later document, of its being held."""
    held: dict[str, list[_Account]] = defaultdict(list)
    for account in accounts:
        if account.meeting.status == "Held":
            for who in account.who:
                held[who].append(account)
    for plan in accounts:
        if plan.meeting.status in ("Planned", "Proposed") and len(plan.who) > 1:
            fewest = min((held[who] for who in sorted(plan.who)), key=len)
            fitting = [account for account in fewest if _fulfils(plan, account)]
            if fitting:
                best = min(fitting, key=lambda a: (_days_between(plan.published, a.published) or 0, a.local))
                names = ", ".join(sorted(plan.names[who] for who in plan.who)[:4])
                words = f"{plan.local.document} announces what {best.local.document} tells: {names}"
                yield plan.local, (best.local, Reason("held later", 0.8, words))


def _fulfils(plan: _Account, held: _Account) -> bool:
    """Whether a held meeting has all of a plan's participants, and its time can be the plan's."""
    if held.local.document == plan.local.document or not plan.who <= held.who:
        return False
    announced, told = plan.published.earliest, held.published.latest
    if not announced or not told or told < announced or _gap(plan.bounds, held.bounds):
        return False
    if held.bounds.latest and held.bounds.latest < announced:
        return False
    dated = plan.bounds.latest is not None
    return (dated or told - announced <= timedelta(days=_SEASON)) and not (
        plan.where and held.where and plan.where.isdisjoint(held.where)
    )


def _gap(one: Bounds, other: Bounds) -> int:
    """The days by which two bounds miss each other; 0 where they can be one day."""
    first = (one.earliest - other.latest).days if one.earliest and other.latest else 0
    last = (other.earliest - one.latest).days if other.earliest and one.latest else 0
    return max(0, first, last)


def _days_between(one: Bounds, other: Bounds) -> int | None:
    """The fewest days that can lie between; None where a date is unknown."""
    if not one.earliest or not one.latest or not other.earliest or not other.latest:
        return None
    return max(0, (other.earliest - one.latest).days, (one.earliest - other.latest).days)


def _shown(bounds: Bounds) -> str:
    first, last = (day.isoformat() if day else "…" for day in bounds)
    return first if first == last else f"{first} to {last}"


def _place(account: _Account) -> str:
    return min(account.names[place] for place in account.where)


def _key(group: list[_Account]) -> str:
    first = max((a.bounds.earliest for a in group if a.bounds.earliest), default=None)
    last = min((a.bounds.latest for a in group if a.bounds.latest), default=None)
    who = sorted({name.partition("/")[2] for account in group for name in account.who})
    names = "-".join(who[:4] + ["others"] * (len(who) > 4))
    return f"{day_of(Bounds(first, last))}-{slug(names or 'meeting')}"


def _kept(group: list[_Account], held: Held) -> str | None:
    anchors = (Anchor("occasion", a.local.document, min(span.start for span in a.meeting.evidence)) for a in group)
    return min((held[anchor] for anchor in anchors if anchor in held), default=None)
