"""Which accounts of different documents tell of one meeting, and which planned meeting was held later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.model import Bounds, Doubt, Local, Occasion, Reason
from kg.resolve.groups import Union
from kg.resolve.judged import UNDECIDED, Decided
from kg.resolve.keys import Anchor, Held, Wanted, assign, day_of, slug
from kg.resolve.occasions.account import (
    SLIP,
    Account,
    gap,
    recalls,
    same_form,
    same_place,
    same_text,
    the_only,
    told_before,
)
from kg.resolve.occasions.later import held_later
from kg.resolve.occasions.pairs import BEARING, Pair

_LEAST = 0.7
_CLOSE = 0.1


class Group(NamedTuple):
    """Accounts that may be of one meeting, and the pairs of them from which anything can follow."""

    accounts: list[Account]
    pairs: list[Pair]


class Meets(NamedTuple):
    """Accounts that are one, and why."""

    accounts: tuple[Local, ...]
    reasons: tuple[Reason, ...]


class Verdicts(NamedTuple):
    """What was decided of one group of accounts, and the pairs that were decided only just."""

    meets: tuple[Meets, ...]
    doubts: tuple[Doubt, ...]


def decide(group: Group, people: Decided = UNDECIDED) -> Verdicts:
    """Which accounts of one group are one; those that stay alone are left out.

    Accounts with a day come first, so that those without can be laid to the meetings that have one: to the likeliest,
    of equals to the one that most papers tell; where that leaves two, to neither. A pure function of the group,
    whatever its order, and of what people decided of its accounts.
    """
    pairs = sorted(group.pairs, key=lambda p: (-p.days, -p.weight, p.one.local, p.other.local))
    groups = {account.local: [account] for account in sorted(group.accounts, key=lambda a: a.local)}
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
    torn: frozenset[Local] = frozenset()

    def weigh(pair: Pair) -> None:
        weight, reasons, first, second = pair
        mine, others = groups[first.local], groups[second.local]
        if weight < BEARING or mine is others:
            return
        apart = people.parts((a.local for a in mine), (b.local for b in others))
        loose = (first.local in torn) != (second.local in torn) and not same_text(first, second)
        joined = weight >= _LEAST and not apart and not loose and not _conflict(mine, others, pair.days)
        if joined:
            join(first.local, second.local, reasons)
        if weight < _LEAST + _CLOSE or (loose and not joined):
            doubts.append(Doubt(first.local, second.local, joined, weight, reasons))

    for pair in pairs:
        if pair.days == 2:
            weigh(pair)
    rest = [pair for pair in pairs if pair.days < 2]
    torn = _torn(rest, groups)
    sources = {local: len(_sources(group)) for local, group in groups.items()}
    rest.sort(key=lambda p: (-p.days, -p.weight, -sources[p.firm]))
    for pair in rest:
        weigh(pair)
    for pair in list(_only(rest, groups)):
        weigh(pair)
    found = {id(group): group for group in groups.values() if len(group) > 1}
    meets = (Meets(tuple(sorted(a.local for a in g)), tuple(dict.fromkeys(why[g[0].local]))) for g in found.values())
    return Verdicts(tuple(meets), tuple(doubts))


def grouped(told: Iterable[Account], pairs: Iterable[Pair], people: Decided = UNDECIDED) -> list[Group]:
    """The accounts that have one beside them, in groups that can be decided one by one."""
    union = Union()
    bearing = [pair for pair in pairs if pair.bears]
    for pair in bearing:
        union.join(pair.one.local, pair.other.local)
    for one, other, _ in people.same:
        union.join(one, other)
    found: dict[object, Group] = defaultdict(lambda: Group([], []))
    for account in told:
        if account.local in union:
            found[union.root(account.local)].accounts.append(account)
    for pair in bearing:
        found[union.root(pair.one.local)].pairs.append(pair)
    return list(found.values())


Later = Mapping[Local, tuple[Local, Reason]]
"""Planned meetings with the account of their being held, and why."""


def occasions(
    told: list[Account], held: Held, meets: Iterable[Meets], later: Later | None = None
) -> tuple[Occasion, ...]:
    """An occasion for every meeting; meetings of different documents share one where it was so decided.

    Only meetings of one status are brought together: a plan and what came of it are two occasions, the first
    pointing at the second; `later` says what came of plans, where that is known already.
    """
    known = {account.local: account for account in told}
    reasons: dict[Local, tuple[Reason, ...]] = {}
    groups: dict[Local, tuple[Local, ...]] = {local: (local,) for local in known}
    for meeting in meets:
        groups.update((local, meeting.accounts) for local in meeting.accounts)
        reasons[meeting.accounts[0]] = meeting.reasons
    found = [[known[local] for local in locals_] for first, locals_ in sorted(groups.items()) if locals_[0] == first]
    came = dict(held_later(told)) if later is None else later
    keys = assign(Wanted(natural_key(group), "#".join(group[0].local), _kept(group, held)) for group in found)
    made = (_occasion(key, group, came, reasons) for key, group in zip(keys, found, strict=True))
    return tuple(sorted(made, key=lambda occasion: occasion.key))


def _torn(pairs: Iterable[Pair], groups: Mapping[Local, list[Account]]) -> frozenset[Local]:
    """Accounts without a day that fit two meetings with one equally well, each told by as many papers."""
    fits: dict[Local, dict[int, tuple[float, int]]] = defaultdict(dict)
    for weight, _, *both in pairs:
        for loose, firm in (both, both[::-1]):
            if weight >= _LEAST and firm.exact and not loose.exact:
                group = groups[firm.local]
                fit = weight, len(_sources(group))
                fits[loose.local][id(group)] = max(fit, fits[loose.local].get(id(group), fit))
    ranked = {local: sorted(found.values(), reverse=True) for local, found in fits.items()}
    return frozenset(local for local, found in ranked.items() if len(found) > 1 and found[0] == found[1])


def _only(pairs: Iterable[Pair], groups: Mapping[Local, list[Account]]) -> Iterator[Pair]:
    """Accounts without a day, told weeks later, with the one meeting of these people told of in the months before."""
    late: dict[Local, dict[int, list[tuple[Pair, Reason | None]]]] = defaultdict(dict)
    for pair in pairs:
        for loose, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if recalls(loose, other) and len(_sources(groups[loose.local])) == 1:
                meeting = late[loose.local].setdefault(id(groups[other.local]), [])
                meeting.append((pair, the_only(loose, other)))
    for local in sorted(late):
        if len(late[local]) == 1:
            for pair, reason in next(iter(late[local].values())):
                if reason:
                    weight = round(pair.weight + reason.weight, 6)
                    yield Pair(weight, (*pair.reasons, reason), pair.one, pair.other)


def _occasion(
    key: str, group: list[Account], later: Mapping[Local, tuple[Local, Reason]], why: Mapping[Local, tuple[Reason, ...]]
) -> Occasion:
    told = [account.local for account in group]
    held = min((later[local] for local in told if local in later), key=lambda found: found[0], default=None)
    reasons = why.get(told[0], ())
    if held and held[1] not in reasons:
        reasons = *reasons, held[1]
    return Occasion(key, tuple(told), held[0] if held else None, reasons)


def _conflict(mine: list[Account], others: list[Account], dated: int) -> bool:
    """Whether two groups cannot be one meeting.

    One document tells of both, their days lie further apart than a slip, or more of their accounts differ in place
    or form than agree, or in days, where either day has several papers behind it: one paper's mistake parts nothing,
    unless only accounts without a day (`dated`, how many of the two that brought them here have one) speak for it.
    Near-copies of one text are one paper.
    """
    places = forms = days = 0
    agreed = slips = False
    if not {one.local.document for one in mine}.isdisjoint(other.local.document for other in others):
        return True
    mine, others = _sources(mine), _sources(others)
    for one in mine:
        for other in others:
            missed = gap(one.bounds, other.bounds)
            if missed > SLIP or told_before(one, other) or told_before(other, one):
                return True
            agreed |= one.exact and other.exact and not missed
            if place := same_place(one, other):
                places += 1 if place.weight > 0 else -1
            if form := same_form(one, other):
                forms += 1 if form.weight > 0 else -1
            if one.exact and other.exact:
                slips |= bool(missed)
                days += -1 if missed else 1
            elif missed:
                days -= 1
    several = min(len(mine), len(others)) > 1 or (dated < 2 and slips and not agreed)
    return forms < 0 or (places < 0 and (several or not agreed)) or (days < 0 and several)


def _sources(group: list[Account]) -> list[Account]:
    """Of the accounts in near-copies of one text, which are alike, the first."""
    return list({(a.story or a.local, a.bounds, a.form): a for a in reversed(group)}.values())


def natural_key(group: list[Account]) -> str:
    """The key that an occasion wants: its day and who was there."""
    first = max((a.bounds.earliest for a in group if a.bounds.earliest), default=None)
    last = min((a.bounds.latest for a in group if a.bounds.latest), default=None)
    who = sorted({name.partition("/")[2] for account in group for name in account.who})
    names = "-".join(who[:4] + ["others"] * (len(who) > 4))
    return f"{day_of(Bounds(first, last))}-{slug(names or 'meeting')}"


def _kept(group: list[Account], held: Held) -> str | None:
    anchors = (Anchor("occasion", a.local.document, a.start) for a in group)
    return min((held[anchor] for anchor in anchors if anchor in held), default=None)
