"""Step 4: findings of all documents in, facts out: who is who, which meeting is which, who held what when.

    resolve(findings)            decided anew, whatever the order of the documents
    resolve(findings, held)      the same, but no namesake takes away a key that a store holds

The reasons and their weights stand in `reasons`; every identity, occasion and likely identity carries those
that decided it.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Facts, Findings
from kg.resolve.identities import identities
from kg.resolve.keys import Held
from kg.resolve.occasions import occasions
from kg.resolve.offices import likely, offices
from kg.resolve.profiles import profiles


def resolve(findings: Iterable[Findings], held: Held | None = None) -> Facts:
    """What all documents say together, in the order of their slugs."""
    ordered = tuple(sorted(findings, key=lambda one: one.document.slug))
    found = identities(profiles(ordered), held or {})
    known = {local: identity for identity in found for local in identity.members}
    told = Facts(ordered, found, identity_of=known)
    return Facts(ordered, found, occasions(told, held or {}), offices(told), likely(told), known)
