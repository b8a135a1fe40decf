"""Where publishers are at home: a small table over all documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.resolve.brief import Brief

_SHARE = 0.6
_OFTEN = 3


def homes(briefs: Iterable[Brief]) -> Mapping[str, str]:
    """The country in which most of a publisher's documents are at home, where three or more say one."""
    found: dict[str, Counter[str]] = {}
    for one in briefs:
        if one.home and one.publisher:
            found.setdefault(one.publisher, Counter())[one.home] += 1
    usual = {}
    for publisher, counts in found.items():
        land = min(counts, key=lambda land: (-counts[land], land))
        if counts[land] >= _OFTEN and counts[land] >= _SHARE * counts.total():
            usual[publisher] = land
    return usual
