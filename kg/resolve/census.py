"""How common names are: what a shared name is worth depends on how many may bear it.

The number of people who may bear a full name is estimated as if given names and surnames met by chance: of N names,
those with this given name times those with this surname, by N.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from kg.data import words as listed
from kg.resolve.names import Words, fold

_FEW = 200
"""Of fewer names nothing can be told."""
_RARE, _COMMON = 0.05, 0.5
NAMESAKES = 3
"""Full names with one surname up to which it is rare."""


class Census:
    """The full names of all documents, counted: a sum over documents, and small beside them.

    What it tells is rough on purpose: a name more changes what is told of few others.
    """

    def __init__(self, names: Iterable[Words]) -> None:
        known = set(names)
        self._size = len(known)
        self._firsts = Counter(name[0] for name in known)
        self._lasts = Counter(name[-1] for name in known)

    def rarity(self, name: Words) -> int | None:
        """-1 where hardly anybody else bears a full name by chance, 1 where many do, 0 where some do.

        None where too few names are known.
        """
        if self._size < _FEW:
            return None
        bearers = self._firsts[name[0]] * self._lasts[name[-1]] / self._size
        return -1 if bearers < _RARE else int(bearers > _COMMON)

    def namesakes(self, surname: str) -> int | None:
        """How many full names end in a surname, up to one more than are few; None where too few names are known."""
        return min(self._lasts[surname], NAMESAKES + 1) if self._size >= _FEW else None


@cache
def _particles() -> frozenset[str]:
    return listed("names", "particles")


@cache
def _given() -> frozenset[str]:
    return frozenset(word for name in listed("names", "given") for word in fold(name))


@lru_cache(maxsize=1 << 16)
def core(name: str) -> Words:
    """A name without the particles in front: "al-Hamdi" is a surname alone, "Ben Hart" is not."""
    words = fold(name)
    while len(words) > 1 and words[0] in _particles() and words[0] not in _given():
        if words[0] == "al" and not name.lower().startswith(("al-", "al‑")):
            break
        words = words[1:]
    return words
