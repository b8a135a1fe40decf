"""Where publishers are at home: a small table over all documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.resolve.brief import Brief

_SHARE = 0.6
_OFTEN = 3


def homes(briefs: Iterable[Brief]) -> Mapping[str, str]:
    """The country in which most of a publisher's documents are at home, where three or more say one."""
    return usual(Counter((one.publisher, one.home) for one in briefs if one.home and one.publisher))


def usual(counted: Mapping[tuple[str, str], int]) -> Mapping[str, str]:
    """The same from the number of documents of each publisher that are at home in each country."""
    found: dict[str, Counter[str]] = {}
    for (publisher, home), number in counted.items():
        found.setdefault(publisher, Counter())[home] += number
    usual = {}
    for publisher, counts in found.items():
        land = min(counts, key=lambda land: (-counts[land], land))
        if counts[land] >= _OFTEN and counts[land] >= _SHARE * counts.total():
            usual[publisher] = land
    return usual
