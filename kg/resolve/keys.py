"""Keys: the last parts of IRIs, made of names in plain ASCII."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

from kg.model import Bounds

_NO_WORD = re.compile(r"[^a-z0-9]+")
_MARKS = re.compile(r"['’‘`.]")
_HASH = re.compile("-[0-9a-f]{6}")
_POSSESSIVE = re.compile(r"['’]s\b", re.IGNORECASE)


@lru_cache(maxsize=1 << 16)
def slug(words: str, longest: int = 80) -> str:
    """Words as an ASCII key of lower-case letters, digits and hyphens, cut between words at `longest` letters.

    Never empty: words without a letter or digit give their hash.
    """
    plain = _MARKS.sub("", anyascii(_POSSESSIVE.sub("s", words))).lower()
    key = _NO_WORD.sub("-", plain).strip("-")
    if len(key) > longest:
        key = key[: longest + 1].rpartition("-")[0] or key[:longest]
    return key or short_hash(words)


def short_hash(words: str) -> str:
    """Six hexadecimal digits that tell namesakes apart."""
    return hashlib.sha256(words.encode()).hexdigest()[:6]


def day_of(bounds: Bounds | None) -> str:
    """The day, month or year in which both bounds lie, "undated" where they share none."""
    if not bounds or not bounds.earliest or not bounds.latest:
        return "undated"
    first, last = bounds.earliest.isoformat(), bounds.latest.isoformat()
    return next((first[:n] for n in (10, 7, 4) if first[:n] == last[:n]), "undated")


class Anchor(NamedTuple):
    """Where a thing stands first: its kind in small letters ("meeting", "person"), the document's slug, an offset.

    Entities stand at every mention, meetings and tenures at their first evidence, statements at their first
    segment, unnamed sources at the words that describe them, occasions at the first evidence of each account.
    """

    folder: str
    document: str
    start: int


Held = Mapping[Anchor, str]
"""The key that a store holds for what stands at an anchor."""


class Wanted(NamedTuple):
    """A thing that wants a key: the natural one, what tells it from namesakes, the key that a store holds."""

    key: str
    apart: str
    held: str | None = None


def assign(wanted: Iterable[Wanted]) -> tuple[str, ...]:
    """A unique key for each, whatever their order.

    A held key is kept while the thing's natural key is the same; else the natural key where nobody else
    wants or holds it; else the natural key with a hash of what tells the thing apart.
    """
    things = tuple(wanted)
    kept: dict[str, Wanted] = {}
    for thing in sorted(things, key=lambda thing: thing.apart):
        if thing.held and is_form_of(thing.held, thing.key):
            kept.setdefault(thing.held, thing)
    crowd = Counter(thing.key for thing in things)
    return tuple(_key(thing, kept, crowd) for thing in things)


def _key(thing: Wanted, kept: Mapping[str, Wanted], crowd: Mapping[str, int]) -> str:
    if thing.held and kept.get(thing.held) is thing:
        return thing.held
    if crowd[thing.key] == 1 and thing.key not in kept:
        return thing.key
    return f"{thing.key}-{short_hash(thing.apart)}"


def is_form_of(held: str, natural: str) -> bool:
    """Whether a key is the natural one, or that with a hash."""
    return held.startswith(natural) and (held == natural or bool(_HASH.fullmatch(held, len(natural))))
