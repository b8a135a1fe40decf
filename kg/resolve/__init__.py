"""Step 4: findings of all documents in, facts out: who is who, which meeting is which, who held what when.

    resolve(findings)                    decided anew, whatever the order of the documents
    resolve(findings, held)              the same, but no namesake takes away a key that a store holds
    resolve(findings, held, judgements)  the same, but what people decided beats every rule
    decided(judgements, findings)        what those judgements join and part, and which speak of nothing that is there

The reasons and their weights stand in `reasons`; every identity, occasion and likely identity carries those
that decided it, and `Facts.doubts` lists the pairs that were decided only just.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.collector import paused
from kg.judgements import NONE, Judgements
from kg.model import Doubt, Facts, Findings
from kg.resolve.copies import by_document, stories
from kg.resolve.identities import identities
from kg.resolve.judged import Decided, decided
from kg.resolve.keys import Held
from kg.resolve.occasions import occasions
from kg.resolve.offices import likely, offices
from kg.resolve.profiles import profiles

__all__ = ["Held", "decided", "resolve"]


def resolve(findings: Iterable[Findings], held: Held | None = None, judgements: Judgements = NONE) -> Facts:
    """What all documents say together, in the order of their slugs.

    Of the judgements only the pairs bear here: rejected and corrected facts are to be mended in the findings before.
    """
    ordered = tuple(sorted(findings, key=lambda one: one.document.slug))
    with paused():
        return _resolved(ordered, held or {}, judgements)


def _resolved(ordered: tuple[Findings, ...], held: Held, judgements: Judgements) -> Facts:
    people = decided(judgements, ordered)
    told_again = stories(ordered)
    copies = by_document(told_again)
    found = identities(profiles(ordered, people, copies), held, people)
    known = {local: identity for identity in found.identities for local in identity.members}
    told = Facts(ordered, found.identities, identity_of=known)
    met = occasions(told, held, people, copies)
    doubts = _open((*found.doubts, *met.doubts), people)
    return Facts(
        ordered, found.identities, met.occasions, offices(told), likely(told), known, doubts, stories=told_again
    )


def _open(doubts: Iterable[Doubt], people: Decided) -> tuple[Doubt, ...]:
    """The doubts that nobody has decided, each pair once, the least certain first."""
    settled = {frozenset(pair[:2]) for pair in people.same}
    settled |= {frozenset((one, other)) for one, others in people.apart.items() for other in others}
    found = {(d.one, d.other): d for d in doubts if frozenset((d.one, d.other)) not in settled}
    return tuple(sorted(found.values(), key=lambda d: (d.joined, -d.weight, d.one, d.other)))
