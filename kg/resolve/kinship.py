"""How two ways of writing a person's name can be one: short forms, initials, other letters, a slip of the keys.

    relation(("j", "hartwell"), ("jane", "hartwell"))   → initials, weight and words; None where they are two names
    blocks(words)                                       the keys that two names of one person share

Slips are looked for by leaving letters out (as SymSpell does), so that the work grows with the number of names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from kg.data import check_keys, folder, lexicon
from kg.data import words as listed
from kg.errors import DataError
from kg.resolve.names import Words, fold

_LISTS = ("short_forms", "spellings")
_UMLAUTS = (("ue", "u"), ("oe", "o"), ("ae", "a"))
_LONG = 5


class Kinship(NamedTuple):
    """What makes two names one, how much that weighs, and in words."""

    rule: str
    weight: float
    words: str


_SAME = Kinship("same words", 0.7, "the same words")


@cache
def _particles() -> frozenset[str]:
    return frozenset("".join(fold(word)) for word in listed("names", "particles"))


@cache
def _lines() -> Mapping[str, frozenset[tuple[str, int]]]:
    """Each given name with the lines of given_names.yaml in which it stands."""
    where, read = folder("lexicons") / "given_names.yaml", lexicon("given_names")
    check_keys(str(where), read, _LISTS, _LISTS)
    found: dict[str, set[tuple[str, int]]] = {}
    for key in _LISTS:
        for number, line in enumerate(read[key]):
            if not isinstance(line, list) or len(line) < 2:
                raise DataError(f"{where}: {key}: a list of two names or more is wanted, not {line!r}; mend the file")
            for name in line:
                found.setdefault("".join(fold(str(name))), set()).add((key, number))
    return {name: frozenset(lines) for name, lines in found.items()}


@cache
def _firsts() -> Mapping[str, frozenset[str]]:
    """Each given name of the lists with the first letters of its other forms."""
    by_line: dict[tuple[str, int], set[str]] = {}
    for name, lines in _lines().items():
        for line in lines:
            by_line.setdefault(line, set()).add(name[0])
    return {name: frozenset(c for line in lines for c in by_line[line]) for name, lines in _lines().items()}


@lru_cache(maxsize=1 << 16)
def bones(word: str) -> str:
    """What all romanisations of a word share: its first letter and its consonants, none doubled."""
    plain = word.replace("ph", "f").replace("ck", "k").replace("q", "k").replace("kh", "h")
    kept = plain[:1]
    for letter in plain[1:]:
        if letter not in "aeiouyhjw" and letter != kept[-1]:
            kept += letter
    return kept


def blocks(words: Words) -> Iterator[tuple[str, ...]]:
    """Keys that two names of one person share, as far as `relation` knows them; a few a name."""
    given = words[0]
    for last in {word for word in words[1:] if word not in _particles()} or {words[-1]}:
        for letter in {given[0]} | _firsts().get(given, frozenset()):
            yield "kin", letter, bones(_plain(last))
    if len(words[-1]) >= _LONG:
        yield from (("slip", given, kept) for kept in _shortened(words[-1]))
    yield "turned", min("".join(words[n:] + words[:n]) for n in range(len(words)))


def _shortened(word: str) -> set[str]:
    return {word} | {word[:n] + word[n + 1 :] for n in range(len(word))}


@lru_cache(maxsize=1 << 16)
def _plain(word: str) -> str:
    for two, one in _UMLAUTS:
        word = word.replace(two, one)
    return word


def relation(one: Words, other: Words) -> Kinship | None:
    """What two full names (two words or more) have in common; None where they cannot be one person's."""
    one, other = sorted((_articles(one), _articles(other)))
    if one == other:
        return _SAME
    if _turned(one, other):
        return Kinship("other order", 0.6, "the same words in another order or otherwise joined")
    given = _given(one[0], other[0])
    rest = _rest(one, other) if given else None
    if not given or not rest:
        return None
    told = [kin for kin in (given, rest) if kin is not _SAME]
    if len(told) == 1:
        return told[0]
    weight = round(min(kin.weight for kin in told) - 0.15, 6)
    return Kinship(" and ".join(kin.rule for kin in told), weight, " and ".join(kin.words for kin in told))


def _articles(name: Words) -> Words:
    """The Arabic article in one spelling."""
    return tuple("al" if word == "el" else word for word in name) if "el" in name else name


def _turned(one: Words, other: Words) -> bool:
    whole = "".join(one)
    return len(whole) == sum(map(len, other)) and any(
        whole == "".join(other[n:] + other[:n]) for n in range(len(other))
    )


@lru_cache(maxsize=1 << 16)
def _given(one: str, other: str) -> Kinship | None:
    """How two given names can be one."""
    if one == other:
        return _SAME
    if len(one) == 1 or len(other) == 1:
        return Kinship("initial", 0.3, f"an initial for {max(one, other, key=len)}") if one[0] == other[0] else None
    mine, others = _lines().get(one), _lines().get(other)
    if mine and others:
        shared = sorted(mine & others)
        if not shared:
            return None
        if shared[0][0] == "short_forms":
            return Kinship("short form", 0.4, f"{one} and {other} are forms of one name")
        return Kinship("other spelling", 0.45, f"{one} and {other} are spellings of one name")
    return _letters(one, other)


@lru_cache(maxsize=1 << 16)
def _letters(one: str, other: str) -> Kinship | None:
    """How two words can be one by their letters alone."""
    if one == other:
        return _SAME
    if _plain(one) == _plain(other):
        return Kinship("umlaut", 0.6, f"{one} and {other} differ in how an umlaut is written")
    if min(len(one), len(other)) < _LONG:
        return None
    same_end = (one[-1] == "a") == (other[-1] == "a")
    if same_end and len(bones(one)) >= 3 and bones(one) == bones(other):
        return Kinship("other letters", 0.35, f"{one} and {other} differ in vowels or doubled letters only")
    slip = OSA.distance(one, other, score_cutoff=1) == 1 and same_end
    return Kinship("one letter", 0.3, f"{one} and {other} differ in one letter") if slip else None


def _rest(one: Words, other: Words) -> Kinship | None:
    """How what follows the given names can be one: middle names, a second surname, other letters."""
    short, long = sorted((one[1:], other[1:]), key=lambda words: (len(words), words))
    if short == long:
        return _SAME
    if len(short) == len(long):
        return _word_by_word(short, long)
    tail = long[len(long) - len(short) :]
    if tail == short and all(word in _particles() and word != "al" for word in long[: -len(short)]):
        return Kinship("particle", 0.3, "one has a particle before the surname")
    if tail == short:
        return Kinship("middle name", 0.55, "one has a middle name, an initial or an article more")
    if long[: len(short)] == short and all(len(word) > 1 for word in long):
        return Kinship("second surname", 0.45, "one has a second surname more")
    last = _letters(short[-1], long[-1])
    if last and len(short) == 1 and last is not _SAME:
        return Kinship("middle name and " + last.rule, last.weight - 0.1, "one has a middle name more, " + last.words)
    return None


def _word_by_word(one: Words, other: Words) -> Kinship | None:
    """Names of as many words: all the same but one, or middle initials for middle names."""
    weakest: Kinship | None = None
    for place, (a, b) in enumerate(zip(one, other, strict=True)):
        if a == b:
            continue
        last = place == len(one) - 1
        if not last and min(len(a), len(b)) == 1:
            kin = Kinship("middle name", 0.55, "a middle name and its initial") if a[0] == b[0] else None
        else:
            kin = _letters(a, b)
        if kin is None or weakest:
            return None
        weakest = kin
    return weakest
