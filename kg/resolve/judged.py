"""People's judgements, brought from the words of documents to their records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.judgements import Judgements, Pair, Thing
from kg.model import Findings, Local, Meeting, Reason, Role, Statement

_WEIGHT = 100.0
_BODIES = frozenset(("party", "organisation"))


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
    """The judgements on pairs, as they bear on these findings.

    A thing is found by its words among the records of its kind, a name by any mention; where several fit, by
    where it stands.
    """
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


def find(thing: Thing, one: Findings | None) -> Local | None:
    """The record of one document that a judgement speaks of, None where the document tells of none."""
    if one is None:
        return None
    fitting = [(start, local) for local, words, start in _records(thing.folder, one) if words == _plain(thing.words)]
    if thing.start is not None and (exact := [found for found in fitting if found[0] == thing.start]):
        fitting = exact
    locals_ = dict.fromkeys(local for _, local in sorted(fitting))
    return Local(one.document.slug, next(iter(locals_))) if locals_ else None


def _records(folder: str, one: Findings) -> Iterator[tuple[str, str, int]]:
    """Local id, words and offset of every record of a kind."""
    if folder in ("meeting", "statement", "tenure"):
        told: Mapping[str, Sequence[Meeting | Statement | Role]]
        told = {"meeting": one.meetings, "statement": one.statements, "tenure": one.roles}
        for record in told[folder]:
            for span in sorted(record.evidence):
                yield record.id, _plain(one.document.text[span.start : span.end]), span.start
        return
    for entity in one.entities:
        kind = entity.kind.lower()
        if kind == folder or (kind in _BODIES and folder in _BODIES):
            starts = [mention.span.start for mention in entity.mentions]
            yield entity.id, _plain(entity.name), min(starts, default=0)
            for mention in entity.mentions:
                yield entity.id, _plain(mention.text), mention.span.start


def _plain(words: str) -> str:
    return " ".join(words.split())


def _reason(pair: Pair) -> Reason:
    who = " ".join(filter(None, (pair.by or "somebody", "decided so", f"on {pair.on.isoformat()}" if pair.on else "")))
    return Reason("judgement", _WEIGHT if pair.same else -_WEIGHT, f"{who}: {pair.note}" if pair.note else who)
