"""When documents say that somebody holds an office, and which offices nobody holds at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from kg.data import check_keys, folder, lexicon
from kg.errors import DataError
from kg.model import RoleStatus
from kg.resolve.names import Words, fold

_KEYS = ("portfolios", "no_field", "elected", "callings", "same_field")
_GROUPED = ("callings", "same_field")
_BEFORE, _AFTER = 20 * 366, 366

Term = tuple[int, int]
"""The first and the last day, counted from year 1, on which an office may be held for all that is told."""


def term(day: int, status: RoleStatus) -> Term:
    """The term that one document allows: "former" opens it to the years before, "incoming" to the year after."""
    return day - _BEFORE * (status == "Former"), day + _AFTER * (status == "Incoming")


def around(one: Term | None, other: Term | None) -> Term | None:
    """The term that holds both; that one which is known where only one is."""
    if one is None or other is None:
        return one or other
    return min(one[0], other[0]), max(one[1], other[1])


def gap(one: Term, other: Term) -> int:
    """Days between two terms; 0 where they meet."""
    return max(0, one[0] - other[1], other[0] - one[1])


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    read, where = lexicon("posts"), folder("lexicons") / "posts.yaml"
    check_keys(str(where), read, _KEYS, _KEYS)
    return {key: frozenset(" ".join(fold(str(word))) for word in read[key]) for key in _KEYS if key not in _GROUPED}


@cache
def _callings() -> Mapping[str, str]:
    _lists()
    where, found = folder("lexicons") / "posts.yaml", dict[str, str]()
    for calling, wordings in lexicon("posts")["callings"].items():
        for word in wordings:
            if found.setdefault(word, calling) != calling:
                raise DataError(f"{where}: {word!r} stands in two of 'callings'; leave it in one")
    return found


@cache
def _fields() -> Mapping[str, str]:
    _lists()
    return {word: group[0] for group in lexicon("posts")["same_field"] for word in group}


def calling(word: str) -> str | None:
    """The calling that a word before a name or a title says: "church" for "Bishop"."""
    return _callings().get(word.lower())


@lru_cache(maxsize=1 << 14)
def field_of(title: str) -> frozenset[str]:
    """What a member of a government is in charge of: {"transport"} of "shadow transport secretary"; else nothing.

    Words for one field ("home", "interior") are one word here.
    """
    words: Words = fold(title)
    lists = _lists()
    if lists["portfolios"].isdisjoint(words) or not {"prime", "general", "press", "private"}.isdisjoint(words):
        return frozenset()
    found = frozenset(words) - lists["portfolios"] - lists["no_field"]
    return frozenset(_fields().get(word, word) for word in found)


@lru_cache(maxsize=1 << 14)
def is_elected(title: str) -> bool:
    """Whether somebody is elected to the office for one place."""
    return " ".join(fold(title)) in _lists()["elected"]
