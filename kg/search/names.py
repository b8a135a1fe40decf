"""How near a name is to what somebody typed: by parts of words, without accents, with typing errors."""

from __future__ import annotations

import re

from anyascii import anyascii
from rapidfuzz import fuzz

NEAR = 75.0
"""The least nearness, of 100, at which a name is shown."""
_BEGINS = 95.0
_INSIDE = 80.0
_WORD = re.compile(r"[^\W_]+")


def folded(name: str) -> str:
    """A name in small Latin letters without accents or points, with one space around each word."""
    plain = anyascii(name.replace("’", "").replace("'", "")).lower()
    return f" {' '.join(_WORD.findall(plain))} "


def trigrams(text: str) -> list[str]:
    """Every three letters in a row of a folded text, each once."""
    return list(dict.fromkeys(text[i : i + 3] for i in range(len(text) - 2)))


def nearness(typed: str, name: str) -> float:
    """How well a folded name fits what was typed, folded: 100 the same, 0 nothing in common.

    Each typed word is compared with the word of the name that fits it best; long words count for more. What the name
    has beyond them counts little, so that a surname finds its bearer.
    """
    wanted, words = typed.split(), name.split()
    if not wanted or not words:
        return 0.0
    if wanted == words:
        return 100.0
    total = sum(max(_word(each, word) for word in words) * len(each) for each in wanted)
    found = total / sum(map(len, wanted))
    joined = fuzz.ratio("".join(wanted), "".join(words))
    return max(found, joined) - min(len(words), 6) * 0.5


def _word(typed: str, word: str) -> float:
    if typed == word:
        return 99.0
    if word.startswith(typed):
        return _BEGINS
    if len(typed) > 3 and typed in word:
        return _INSIDE
    return fuzz.ratio(typed, word) if len(typed) > 2 else 0.0
