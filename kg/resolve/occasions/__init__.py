"""Which accounts of different documents tell of one meeting, and which planned meeting was held later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from kg.model import Bounds, Doubt, Facts, Local, Occasion, Reason
from kg.resolve.judged import UNDECIDED, Decided
from kg.resolve.keys import Anchor, Held, Wanted, assign, day_of, slug
from kg.resolve.occasions.account import SLIP, Account, accounts, gap, same_form, same_place, weighed
from kg.resolve.occasions.later import held_later

_LEAST = 0.7
_NEAR = 0.2
_NEIGHBOURS = 60


class Met(NamedTuple):
    """Which accounts are one, and the pairs that were decided only just."""

    occasions: tuple[Occasion, ...]
    doubts: tuple[Doubt, ...]


def occasions(
    facts: Facts, held: Held, people: Decided = UNDECIDED, copies: Mapping[str, str] | None = None
) -> Met:
    """An occasion for every meeting; meetings of different documents share one where the reasons suffice.

    Only meetings of one status are brought together: a plan and what came of it are two occasions, the first
    pointing at the second.
    """
    told = accounts(facts, copies or {})
    groups: dict[Local, list[Account]] = {account.local: [account] for account in told}
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
    for weight, reasons, first, second in _pairs(told):
        mine, others = groups[first.local], groups[second.local]
        if weight < _LEAST - _NEAR or mine is others:
            continue
        apart = people.parts((a.local for a in mine), (b.local for b in others))
        joined = weight >= _LEAST and not apart and not _conflict(mine, others)
        if joined:
            join(first.local, second.local, reasons)
        if weight < _LEAST + _NEAR / 2:
            doubts.append(Doubt(first.local, second.local, joined, weight, reasons))
    found = sorted({id(group): group for group in groups.values()}.values(), key=lambda g: min(a.local for a in g))
    later = dict(held_later(told))
    keys = assign(Wanted(_key(group), "#".join(min(a.local for a in group)), _kept(group, held)) for group in found)
    made = (_occasion(key, group, later, why[group[0].local]) for key, group in zip(keys, found, strict=True))
    return Met(tuple(sorted(made, key=lambda occasion: occasion.key)), tuple(doubts))


def _occasion(key: str, group: list[Account], later: dict[Local, tuple[Local, Reason]], why: list[Reason]) -> Occasion:
    told = sorted(account.local for account in group)
    held = min((later[local] for local in told if local in later), key=lambda found: found[0], default=None)
    reasons = tuple(dict.fromkeys([*why, *([held[1]] if held else [])]))
    return Occasion(key, tuple(told), held[0] if held else None, reasons)


def _pairs(told: list[Account]) -> Iterator[tuple[float, tuple[Reason, ...], Account, Account]]:
    """Accounts that share two participants, or one and the place: those with a day first, then the likeliest.

    In each block an account is weighed against those told next to it in time, so that a pair of people who
    meet every week costs no square.
    """
    blocks: dict[tuple[str, ...], list[Account]] = defaultdict(list)
    for account in sorted(told, key=lambda a: (a.day(), a.local)):
        who, status = sorted(account.who), account.meeting.status
        for pair in combinations(who[:12], 2):
            blocks[status, *pair].append(account)
        for place in account.where if len(who) == 1 else ():
            blocks[status, who[0], place].append(account)
    found: dict[tuple[Local, Local], tuple[float, tuple[Reason, ...], Account, Account]] = {}
    for block in blocks.values():
        for i, one in enumerate(block):
            for other in block[i + 1 : i + 1 + _NEIGHBOURS]:
                first, second = sorted((one, other), key=lambda a: a.local)
                if first.local.document != second.local.document and (first.local, second.local) not in found:
                    found[first.local, second.local] = *weighed(first, second), first, second
    yield from sorted(
        found.values(), key=lambda pair: (-pair[2].exact - pair[3].exact, -pair[0], pair[2].local, pair[3].local)
    )


def _conflict(mine: list[Account], others: list[Account]) -> bool:
    """Whether two groups cannot be one meeting.

    One document tells of both, their days lie further apart than a slip, or more of their accounts differ in place
    or form than agree, or in days, where either day has several papers behind it: one paper's mistake parts nothing.
    """
    places = forms = days = 0
    for one in mine:
        for other in others:
            missed = gap(one.bounds, other.bounds)
            if one.local.document == other.local.document or missed > SLIP:
                return True
            if place := same_place(one, other):
                places += 1 if place.weight > 0 else -1
            if form := same_form(one, other):
                forms += 1 if form.weight > 0 else -1
            if one.exact and other.exact:
                days += -1 if missed else 1
            elif missed:
                days -= 1
    return places < 0 or forms < 0 or (days < 0 and min(len(mine), len(others)) > 1)


def _key(group: list[Account]) -> str:
    first = max((a.bounds.earliest for a in group if a.bounds.earliest), default=None)
    last = min((a.bounds.latest for a in group if a.bounds.latest), default=None)
    who = sorted({name.partition("/")[2] for account in group for name in account.who})
    names = "-".join(who[:4] + ["others"] * (len(who) > 4))
    return f"{day_of(Bounds(first, last))}-{slug(names or 'meeting')}"


def _kept(group: list[Account], held: Held) -> str | None:
    anchors = (Anchor("occasion", a.local.document, min(span.start for span in a.meeting.evidence)) for a in group)
    return min((held[anchor] for anchor in anchors if anchor in held), default=None)
