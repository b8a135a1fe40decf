"""Names for comparison: what two spellings of one name have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

from anyascii import anyascii

from kg.data import check_keys, folder, lexicon
from kg.errors import DataError

_KEYS = (
    "countries", "common_bodies", "common_words", "dropped_in_front", "dropped_behind", "spellings", "titles", "abroad",
)  # fmt: skip
_POSSESSIVE = re.compile(r"['’](?:s\b)?")
_WORD = re.compile(r"[a-z0-9]+")
_POINT = re.compile(r"\b([A-Za-z])\.(?=[A-Za-z]\b|\s|$)")
_SMALL = frozenset(("of", "for", "and", "the", "on", "in", "to"))
_STATE = (("state", "of"), ("republic", "of"), ("kingdom", "of"))

Words = tuple[str, ...]


class Body(NamedTuple):
    """A body's name without its country: "Israel's Government" is ("government",) of Israel."""

    words: Words
    country: str | None


@cache
def _read() -> Mapping[str, Any]:
    read = lexicon("countries")
    check_keys(str(folder("lexicons") / "countries.yaml"), read, _KEYS, _KEYS)
    return read


@cache
def listed(key: str) -> frozenset[str]:
    """A list of countries.yaml as plain words."""
    return frozenset(word for entry in _read()[key] for word in fold(str(entry)))


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> Words:
    """The words of a name in small ASCII letters, without possessives, points in initials and hyphens."""
    plain = anyascii(_POINT.sub(r"\1", _POSSESSIVE.sub("", name.replace("’s ", " ").replace("'s ", " "))))
    return tuple(_WORD.findall(plain.lower()))


@cache
def _spellings() -> Mapping[str, str]:
    return {str(other): str(word) for word, other in _read()["spellings"].items()}


@cache
def _aliases(key: str) -> Mapping[Words, Words]:
    """Other names of one party or place, from namesakes.yaml: "tories" is "conservative"."""
    groups = lexicon("namesakes").get(key)
    if not isinstance(groups, dict):
        where = folder("lexicons") / "namesakes.yaml"
        raise DataError(f"{where}: {key!r} must be a mapping of names to lists of names; mend the file")
    return {fold(str(other)): fold(str(name)) for name, others in groups.items() for other in others}


@cache
def _leanings() -> frozenset[Words]:
    return frozenset(_aliases("same_parties").values())


def is_leaning(words: Words) -> bool:
    """Whether a party's name only says a leaning that parties of many countries have: "labour", "green"."""
    return words in _leanings()


def place(name: str) -> Words:
    """A place's name in the wording that stands for all."""
    words = fold(name)
    return _aliases("same_places").get(words, words)


@cache
def _towns() -> Mapping[Words, str]:
    """Towns and regions that only one country has in places.yaml."""
    found: dict[Words, set[str]] = {}
    for name, towns in lexicon("places")["countries"].items():
        for town in towns:
            found.setdefault(fold(str(town)), set()).add(country(name) or name)
    return {town: next(iter(lands)) for town, lands in found.items() if len(lands) == 1}


@lru_cache(maxsize=1 << 14)
def land(name: str) -> str | None:
    """The country that a name or adjective stands for, or in which the town or region of that name lies."""
    return country(name) or _towns().get(fold(name))


@cache
def _countries() -> tuple[Mapping[Words, str], Mapping[Words, str]]:
    """Names and adjectives of countries in words → the country."""
    names: dict[Words, str] = {}
    adjectives: dict[Words, str] = {}
    where = f"{folder('lexicons') / 'countries.yaml'}: countries"
    for country, entry in _read()["countries"].items():
        check_keys(f"{where}: {country}", entry, ("names", "adjectives"), ("names", "adjectives"))
        for name in (country, *entry["names"]):
            names[fold(name)] = country
        for adjective in entry["adjectives"]:
            adjectives[fold(adjective)] = country
    return names, adjectives


@lru_cache(maxsize=1 << 14)
def country(name: str | None) -> str | None:
    """The country that a name or adjective stands for ("UK", "Israeli"), None for anything else."""
    words = fold(name) if name else ()
    names, adjectives = _countries()
    words = words[1:] if words[:1] == ("the",) else words
    return names.get(words) or adjectives.get(words)


def title_country(title: str) -> str | None:
    """The country whose titles alone hold this one ("MK")."""
    return _titles().get(title.lower())


@cache
def _titles() -> Mapping[str, str]:
    return {str(title).lower(): str(of) for title, of in _read()["titles"].items()}


def sent_abroad(title: str) -> bool:
    """Whether the place of a title is where somebody is sent: ambassador, envoy."""
    return not listed("abroad").isdisjoint(fold(title))


@lru_cache(maxsize=1 << 16)
def body(name: str, qualifier: str | None = None) -> Body:
    """A body's name in plain words, its country apart, "party" at the end left out.

    The country stands in front ("Israeli", "Israel's", "UK"), behind ("of the State of Israel", "UK"), or in
    the qualifier.
    """
    words = tuple(_spellings().get(word, word) for word in fold(name))
    while len(words) > 1 and words[0] in listed("dropped_in_front"):
        words = words[1:]
    while len(words) > 1 and words[-1] in listed("dropped_behind"):
        words = words[:-1]
    words, found = _without_country(words)
    if len(words) > 1 and words[-1] == "party":
        words = words[:-1]
    words = _aliases("same_parties").get(words, words)
    return Body(words, (country(qualifier) or qualifier) if qualifier else found)


def _without_country(words: Words) -> tuple[Words, str | None]:
    names, adjectives = _countries()
    for n in range(min(4, len(words) - 1), 0, -1):
        if found := names.get(words[:n]) or adjectives.get(words[:n]):
            rest = words[n:]
            return (rest, found) if rest[0] not in _SMALL else (words, None)
    for n in range(min(6, len(words) - 1), 0, -1):
        if found := names.get(words[-n:]):
            return _before(words[:-n]) or words, found
    return words, None


def _before(words: Words) -> Words:
    """What stands before "of the State of": the joining words dropped."""
    for pair in _STATE:
        if words[-2:] == pair:
            words = words[:-2]
    while words and words[-1] in _SMALL:
        words = words[:-1]
    return words


def is_common(words: Words) -> bool:
    """Whether every country or town has a body of this name: "ministry of defence", "parliament"."""
    common = listed("common_bodies")
    return any(w in common for w in words) and all(w in common or w in listed("common_words") for w in words)


def is_acronym(name: str) -> bool:
    """Whether a name is written as an acronym: "JLC", "A.N.C.", "UJS"."""
    plain = name.replace(".", "")
    return 2 <= len(plain) <= 8 and plain.isalnum() and sum(map(str.isupper, plain)) >= max(2, len(plain) - 1)


@lru_cache(maxsize=1 << 14)
def initials(name: str) -> frozenset[str]:
    """The acronyms that a name of several words can have, with and without its small words."""
    words = fold(name)
    if len(words) < 2:
        return frozenset()
    return frozenset(("".join(w[0] for w in words), "".join(w[0] for w in words if w not in _SMALL)))


def nearly_same(one: str, other: str) -> bool:
    """Whether one letter added, lost, changed or swapped makes a long word the other."""
    if one == other or min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1:
        return False
    first = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[first:], other[first:]
    swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left == right[1:] or left[1:] == right or swapped
