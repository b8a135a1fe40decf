"""Near-copies: one wire story that stands in several papers is one source, not several.

Each text is known by the MinHash of its runs of five words (A. Broder, "On the resemblance and containment of
documents", 1997), made once and kept with the findings; texts whose signatures fall together are compared by their
words. datasketch does both, and is loaded only where there are two texts to compare.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.model import Findings, Reason, Story

if TYPE_CHECKING:
    from datasketch import MinHash

_WORD = re.compile(r"\w+")
_RUN = 5
_LEAST = 40
"""Runs of words below which a text is too short to be told from others."""
_VALUES, _SCHEME = 64, "affine32"
_THRESHOLD = 0.5
_ALIKE, _INSIDE = 0.6, 0.8
"""The part of all runs that two texts must share, or the part of the shorter one's."""


def signed(findings: Findings) -> Findings:
    """The findings with their text's signature: the same where it is there already or the text is too short."""
    if findings.signature:
        return findings
    runs = _runs(findings.document.text)
    return replace(findings, signature=_signature(runs)) if len(runs) >= _LEAST else findings


def stories(findings: Iterable[Findings]) -> tuple[Story, ...]:
    """The texts of which several documents are near-copies; the one published first leads, or else by its slug."""
    known = {one.document.slug: one for one in map(signed, findings) if one.signature}
    alike = _alike(known) if len(known) > 1 else {}
    groups: dict[str, set[str]] = {slug: {slug} for slug in known}
    shares: dict[str, float] = {}
    for (one, other), share in sorted(alike.items()):
        if groups[one] is not groups[other]:
            groups[one] |= groups[other]
            groups.update((slug, groups[one]) for slug in groups[other])
        for slug in (one, other):
            shares[slug] = max(share, shares.get(slug, 0.0))
    found = {id(group): group for group in groups.values() if len(group) > 1}
    return tuple(sorted((_story(known, group, shares) for group in found.values()), key=lambda s: s.documents))


def _story(known: Mapping[str, Findings], group: set[str], shares: Mapping[str, float]) -> Story:
    def first(slug: str) -> tuple[bool, str, str]:
        day = known[slug].document.bounds.earliest
        return day is None, day.isoformat() if day else "", slug

    ordered = tuple(sorted(group, key=first))
    words = f"{len(group)} documents share {min(shares[slug] for slug in group):.0%} or more of their words"
    return Story(ordered, (Reason("near-copy", 1.0, words),))


def _alike(known: Mapping[str, Findings]) -> dict[tuple[str, str], float]:
    """Pairs of documents with the part of their runs that they share."""
    from datasketch import MinHashLSH

    index = MinHashLSH(threshold=_THRESHOLD, num_perm=_VALUES)
    found: dict[tuple[str, str], float] = {}
    for slug, one in known.items():
        sketch = _sketch(one.signature)
        for other in index.query(sketch):
            share = _shared(one.document.text, known[other].document.text)
            if share:
                found[min(slug, other), max(slug, other)] = share
        index.insert(slug, sketch)
    return found


def _shared(one: str, other: str) -> float:
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


def _sketch(signature: str) -> MinHash:
    sketch = _pattern().copy()
    sketch.hashvalues[:] = [int(signature[n : n + 8], 16) for n in range(0, len(signature), 8)]
    return sketch


def by_document(found: Iterable[Story]) -> Mapping[str, str]:
    """Each document of a story with the one that leads it."""
    return {slug: story.documents[0] for story in found for slug in story.documents}
