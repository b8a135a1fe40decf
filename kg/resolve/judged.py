"""People's judgements, brought from the words of documents to their records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.judgements import Judgements, Pair, Thing, told_by
from kg.judgements.things import find
from kg.model import Findings, Local, Reason

_WEIGHT = 100.0


@dataclass(frozen=True)
class Decided:
    """Which records must join, which must not, and what no document holds (any longer)."""

    same: tuple[tuple[Local, Local, Reason], ...] = ()
    apart: Mapping[Local, Mapping[Local, Reason]] = field(default_factory=dict)
    unmatched: tuple[Thing, ...] = ()

    def parts(self, mine: Iterable[Local], others: Iterable[Local]) -> Reason | None:
        """The word that parts two sets of records, if there is one."""
        if not self.apart:
            return None
        theirs = set(others)
        found = (why for local in mine for other, why in self.apart.get(local, {}).items() if other in theirs)
        return next(found, None)


UNDECIDED = Decided()


def decided(judgements: Judgements, findings: Iterable[Findings]) -> Decided:
    """The judgements on pairs, as they bear on these findings."""
    pairs = tuple(judgements.in_force())
    if not pairs:
        return UNDECIDED
    by_slug = {one.document.slug: one for one in findings}
    same: list[tuple[Local, Local, Reason]] = []
    apart: dict[Local, dict[Local, Reason]] = defaultdict(dict)
    unmatched: list[Thing] = []
    for pair in pairs:
        one, other = (find(thing, by_slug.get(thing.document)) for thing in (pair.one, pair.other))
        unmatched += [thing for thing, local in ((pair.one, one), (pair.other, other)) if local is None]
        if one is None or other is None:
            continue
        reason = _reason(pair)
        if pair.same:
            same.append((one, other, reason))
        else:
            apart[one][other] = apart[other][one] = reason
    return Decided(tuple(same), dict(apart), tuple(dict.fromkeys(unmatched)))


def _reason(pair: Pair) -> Reason:
    return Reason("judgement", _WEIGHT if pair.same else -_WEIGHT, told_by(pair) + _of(pair))


def _of(pair: Pair) -> str:
    return f" (“{pair.one.words}” in {pair.one.document} and “{pair.other.words}” in {pair.other.document})"
