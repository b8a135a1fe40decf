"""Near-copies: one wire story that stands in several papers is one source, not several.

Each text is known by the MinHash of its runs of five words (A. Broder, "On the resemblance and containment of
documents", 1997), made once and kept with the findings; texts whose signatures fall together are compared by their
words. datasketch makes the signatures, and is loaded only where one is to be made.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from kg.model import Findings, Reason, Story

if TYPE_CHECKING:
    from datasketch import MinHash

    from kg.resolve.brief import Brief

_WORD = re.compile(r"\w+")
_RUN = 5
_LEAST = 40
"""Runs of words below which a text is too short to be told from others."""
_VALUES, _SCHEME = 64, "affine32"
_BANDS, _ROWS = 14, 4
"""Bands that find texts with half of their runs in common, as datasketch's MinHashLSH(0.5, 64) has them."""
_ALIKE, _INSIDE = 0.6, 0.8
"""The part of all runs that two texts must share, or the part of the shorter one's."""


def signed(findings: Findings) -> Findings:
    """The findings with their text's signature: the same where it is there already or the text is too short."""
    if findings.signature:
        return findings
    runs = _runs(findings.document.text)
    return replace(findings, signature=_signature(runs)) if len(runs) >= _LEAST else findings


def stories(briefs: Iterable[Brief], text: Callable[[str], str]) -> tuple[Story, ...]:
    """The texts of which several documents are near-copies; the one published first leads, or else by its slug.

    `text` gives a document's text; it is asked only for those whose signatures fall together.
    """
    known = {one.slug: one for one in briefs if one.signature}
    return gathered({slug: one.day for slug, one in known.items()}, _alike(known, text))


def gathered(days: Mapping[str, date | None], alike: Mapping[tuple[str, str], float]) -> tuple[Story, ...]:
    """The stories that pairs of documents make, with the part of their runs that they share; `days` of publication."""
    groups: dict[str, set[str]] = {}
    shares: dict[str, float] = {}
    for (one, other), share in sorted(alike.items()):
        mine, others = groups.setdefault(one, {one}), groups.setdefault(other, {other})
        if mine is not others:
            mine |= others
            groups.update((slug, mine) for slug in others)
        for slug in (one, other):
            shares[slug] = max(share, shares.get(slug, 0.0))
    found = {id(group): group for group in groups.values()}
    return tuple(sorted((_story(days, group, shares) for group in found.values()), key=lambda s: s.documents))


def _story(days: Mapping[str, date | None], group: set[str], shares: Mapping[str, float]) -> Story:
    def first(slug: str) -> tuple[bool, str, str]:
        day = days[slug]
        return day is None, day.isoformat() if day else "", slug

    ordered = tuple(sorted(group, key=first))
    words = f"{len(group)} documents share {min(shares[slug] for slug in group):.0%} or more of their words"
    return Story(ordered, (Reason("near-copy", 1.0, words),))


def bands(signature: str) -> Iterator[tuple[int, str]]:
    """The keys of which two near-copies share at least one: rows of the signature taken together."""
    wide = 8 * _ROWS
    return ((n, signature[n * wide : (n + 1) * wide]) for n in range(_BANDS))


def _alike(known: Mapping[str, Brief], text: Callable[[str], str]) -> dict[tuple[str, str], float]:
    """Pairs of documents with the part of their runs that they share."""
    blocks: dict[tuple[int, str], list[str]] = defaultdict(list)
    for slug in sorted(known):
        for band in bands(known[slug].signature):
            blocks[band].append(slug)
    pairs = {pair for block in blocks.values() if len(block) > 1 for pair in combinations(block, 2)}
    found = {pair: shared(*map(text, pair)) for pair in sorted(pairs)}
    return {pair: share for pair, share in found.items() if share}


def shared(one: str, other: str) -> float:
    """The part of the shorter text's runs of words that the other has too; 0 where they are no near-copies."""
    mine, others = _runs(one), _runs(other)
    both = len(mine & others)
    inside, alike = both / min(len(mine), len(others)), both / len(mine | others)
    return inside if alike >= _ALIKE or inside >= _INSIDE else 0.0


@lru_cache(maxsize=1 << 7)
def _runs(text: str) -> frozenset[bytes]:
    words = [word.encode() for word in _WORD.findall(text.lower())]
    return frozenset(b" ".join(words[n : n + _RUN]) for n in range(len(words) - _RUN + 1))


@lru_cache(maxsize=1)
def _pattern() -> MinHash:
    from datasketch import MinHash

    return MinHash(num_perm=_VALUES, seed=1, hashfunc=zlib.crc32, scheme=_SCHEME)


def _signature(runs: Iterable[bytes]) -> str:
    """The least hashes of a text's runs, as hexadecimal digits."""
    sketch = _pattern().copy()
    sketch.update_batch(list(runs))
    return "".join(f"{int(value):08x}" for value in sketch.hashvalues)


def by_document(found: Iterable[Story]) -> Mapping[str, str]:
    """Each document of a story with the one that leads it."""
    return {slug: story.documents[0] for story in found for slug in story.documents}
