"""The word lists behind the finding of names, read once and turned into fast look-ups."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg import data
from kg.errors import DataError
from kg.model import Kind

_PARTS = re.compile(r"[\w.]+(?:['(](?!s\b)\w+)*|'s|[^\w\s]")


class Word:
    """What the lists know of a word, as bits of an int (an enum's operators are too slow here)."""

    NONE = 0
    HONORIFIC = 1
    SURE = 2
    AFTER = 4
    OFFICE = 8
    MODIFIER = 16
    BODY = 32
    STRONG_BODY = 64
    WEAK_BODY = 128
    OPENER = 256
    PLACE = 512
    STRONG_PLACE = 1024
    PLACE_FRONT = 2048
    PARTY = 4096
    LEANING = 8192
    DEMONYM = 16384
    COMMON = 32768
    REFUSED = 65536
    WORK = 131072
    GIVEN = 262144
    FORMER = 524288
    SMALL = 1048576


@dataclass(frozen=True, slots=True)
class Entry:
    """A known name: its words as the tokeniser cuts them, its kind, the lists' country if they give one."""

    words: tuple[str, ...]
    kind: Kind
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists of names in the form in which they are looked up.

    `flags` says what is known of a capitalised word, `known` and `shouted` hold the known names by first
    word as written and in capitals, longest first; `adjectives` give a demonym's country; `said` gives the kind that
    a common noun beside a name says; `at_home` gives by country the kind of common words that are names there alone.
    """

    flags: Mapping[str, int]
    known: Mapping[str, tuple[Entry, ...]]
    shouted: Mapping[str, tuple[Entry, ...]]
    adjectives: Mapping[str, str]
    followers: frozenset[str]
    qualifiers: frozenset[str]
    codes: frozenset[str]
    members: frozenset[str]
    sides: frozenset[str]
    glue: frozenset[str]
    states: frozenset[str]
    venues: frozenset[str]
    links: frozenset[str]
    particles: frozenset[str]
    prefixes: frozenset[str]
    generations: frozenset[str]
    sayings: frozenset[str]
    offices: frozenset[str]
    where: frozenset[str]
    of_places: frozenset[str]
    dates: frozenset[str]
    folk: frozenset[str]
    works: frozenset[str]
    directions: frozenset[str]
    said: Mapping[str, str]
    at_home: Mapping[str, Mapping[str, Kind]]
    home_words: frozenset[str]


_KEYS = {
    "parties": ("countries", "codes", "heads", "glue", "followers", "leanings", "qualifiers", "at_home", "members"),
    "titles": ("honorifics", "sure", "men", "women", "postnominals", "offices", "modifiers", "former"),
    "peoples": ("countries", "others"),
    "places": ("countries", "regions", "states", "buildings", "heads", "strong", "fronts", "points", "venues"),
    "organisations": ("heads", "strong", "openers", "links", "alone", "bodies", "outlets", "weak", "at_home"),
    "english_words": ("small",),
    "names": (
        "particles",
        "prefixes",
        "generations",
        "sayings",
        "refused",
        "works",
        "common",
        "given",
        "where",
        "of_places",
        "dates",
        "folk",
        "directions",
    ),
    "common_nouns": ("bodies", "places", "parties"),
}
_FLAGS: tuple[tuple[str, str, int], ...] = (
    ("titles", "honorifics", Word.HONORIFIC),
    ("titles", "sure", Word.SURE),
    ("titles", "postnominals", Word.AFTER),
    ("titles", "offices", Word.OFFICE),
    ("titles", "modifiers", Word.MODIFIER),
    ("titles", "former", Word.FORMER),
    ("organisations", "heads", Word.BODY),
    ("organisations", "strong", Word.STRONG_BODY),
    ("organisations", "weak", Word.WEAK_BODY),
    ("organisations", "openers", Word.OPENER),
    ("places", "heads", Word.PLACE),
    ("places", "strong", Word.STRONG_PLACE),
    ("places", "fronts", Word.PLACE_FRONT),
    ("parties", "heads", Word.PARTY),
    ("parties", "leanings", Word.LEANING),
    ("peoples", "others", Word.DEMONYM),
    ("names", "common", Word.COMMON),
    ("names", "refused", Word.REFUSED),
    ("names", "works", Word.WORK),
    ("names", "given", Word.GIVEN),
)


def countries(name: str, key: str = "countries") -> Mapping[str, list[str]]:
    """A lexicon's `countries`, or what stands under another key: names by country.

    Raises DataError where it is no mapping of lists of strings.
    """
    found = data.lexicon(name).get(key)
    if not isinstance(found, dict) or not all(
        isinstance(names, list) and all(isinstance(one, str) for one in names) for names in found.values()
    ):
        raise DataError(f"kg/lexicons/{name}.yaml: {key!r} must map each country to a list of strings; mend it")
    return found


def parts(name: str) -> tuple[str, ...]:
    """A name cut as the tokeniser cuts it: hyphens, closing brackets and possessives apart."""
    return tuple(_PARTS.findall(name.replace("’", "'")))


@cache
def lists() -> Lists:
    """All lists, read at the first call.

    Raises DataError where a list is malformed.
    """
    for name, keys in _KEYS.items():
        data.check_keys(f"kg/lexicons/{name}.yaml", data.lexicon(name), keys, keys)
    flags: dict[str, int] = {}
    for name, key, flag in _FLAGS:
        for word in data.words(name, key):
            flags[word] = flags.get(word, Word.NONE) | flag
    for word in data.words("english_words", "small"):
        flags[word.capitalize()] = flags.get(word.capitalize(), Word.NONE) | Word.SMALL
    adjectives = {word: country for country, words in countries("peoples").items() for word in words}
    for word in adjectives:
        flags[word] = flags.get(word, Word.NONE) | Word.DEMONYM
    entries = _entries()
    at_home = _at_home()
    return Lists(
        flags=flags,
        known=_by_first(entries),
        shouted=_by_first([Entry(tuple(w.upper() for w in e.words), e.kind, e.country) for e in entries]),
        adjectives=adjectives,
        **{key: data.words("parties", key) for key in ("followers", "qualifiers", "codes", "glue", "members")},
        **{key: data.words("names", key) for key in ("particles", "prefixes", "generations", "sayings", "works")},
        **{key: data.words("names", key) for key in ("where", "of_places", "dates", "folk", "directions")},
        sides=frozenset(
            word + "s" if word[-1] != "y" else word[:-1] + "ies" for word in data.words("parties", "members")
        ),
        said={noun: kind for kind in _KEYS["common_nouns"] for noun in sorted(data.words("common_nouns", kind))},
        **{key: data.words("places", key) for key in ("states", "venues")},
        at_home=at_home,
        home_words=frozenset(name.split()[0] for names in at_home.values() for name in names),
        links=data.words("organisations", "links"),
        offices=frozenset(word.lower() for word in data.words("titles", "offices")),
    )


def _ascii(name: str) -> str:
    """A name as wires print it: "Sao Paulo"."""
    return "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))


def _at_home() -> dict[str, dict[str, Kind]]:
    found: dict[str, dict[str, Kind]] = {}
    sources: tuple[tuple[str, Kind], ...] = (("parties", "Party"), ("organisations", "Organisation"))
    for name, kind in sources:
        for country, words in countries(name, "at_home").items():
            found.setdefault(country, {}).update(dict.fromkeys(words, kind))
    return found


def _entries() -> list[Entry]:
    found: list[Entry] = []
    for country, names in countries("places").items():
        spelt = {plain: None for name in (country, *names) for plain in (name, _ascii(name))}
        found += [Entry(parts(name), "Place", country) for name in spelt]
    found += [
        Entry(parts(name), "Place")
        for key in ("regions", "states", "buildings")
        for name in sorted(data.words("places", key))
    ]
    for country, names in countries("parties").items():
        found += [Entry(parts(name), "Party", None if country == "any" else country) for name in names]
    for key in ("alone", "bodies", "outlets"):
        found += [Entry(parts(name), "Organisation") for name in sorted(data.words("organisations", key))]
    return found


def _by_first(entries: list[Entry]) -> dict[str, tuple[Entry, ...]]:
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.words[0], []).append(entry)
    return {first: tuple(sorted(group, key=lambda e: -len(e.words))) for first, group in grouped.items()}
