"""Word lists for the cells of registers: those of `registers.yaml`, and those that the finders use on texts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from anyascii import anyascii

from kg.data import check_keys, folder, lexicon, words
from kg.errors import DataError

_KEYS = ("leads", "nobody", "crowds", "groups", "sets", "events", "feasts", "bodies", "endings", "letters", "titles",
         "address", "forms")  # fmt: skip
_PARTS = re.compile(r"[a-z0-9]+")
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)|['’.]")


@cache
def _read() -> Mapping[str, object]:
    read = lexicon("registers")
    where = str(folder("lexicons") / "registers.yaml")
    check_keys(where, read, _KEYS, _KEYS)
    if not isinstance(read["forms"], dict):
        raise DataError(f"{where}: 'forms' must be a mapping of words to forms of meetings")
    return read


@cache
def listed(key: str) -> frozenset[str]:
    """A list of registers.yaml."""
    _read()
    return words("registers", key)


def forms() -> Mapping[str, str]:
    """Words of a purpose with the form of the meeting."""
    found = _read()["forms"]
    assert isinstance(found, dict)
    return found


@cache
def leads() -> re.Pattern[str]:
    """What stands before whom is met, the longest first."""
    each = sorted(listed("leads"), key=lambda lead: (-len(lead), lead))
    return re.compile(rf"(?:{'|'.join(map(re.escape, each))})\b[\s:]*(?:the\s+)?(?=\S)", re.I)


@cache
def titles() -> frozenset[str]:
    """Words of address before a name, small letters."""
    return frozenset(word.lower() for word in words("titles", "honorifics") | listed("titles"))


@cache
def address() -> frozenset[str]:
    """Of these, those that make a person of what follows."""
    return frozenset(word.lower() for word in words("titles", "sure") | listed("address"))


@cache
def letters() -> frozenset[str]:
    """Letters behind a name."""
    return words("titles", "postnominals") | listed("letters")


@cache
def small() -> frozenset[str]:
    """English words that are seldom a name."""
    return words("english_words", "small")


@cache
def given() -> frozenset[str]:
    """Given names from many cultures."""
    return words("names", "given") | words("referents", "male_names") | words("referents", "female_names")


@cache
def tails() -> frozenset[str]:
    """Nouns that name an office only with a word before them: "chief economist"."""
    return words("roles", "tails") - words("roles", "heads")


@cache
def particles() -> frozenset[str]:
    """Lower-case words inside personal names."""
    return words("names", "particles")


@cache
def heads() -> frozenset[str]:
    """Words that head a body's name."""
    return words("organisations", "heads") | listed("bodies")


@cache
def outlets() -> frozenset[str]:
    """Names of newspapers, broadcasters and agencies, with and without their article."""
    found = words("organisations", "outlets")
    return found | {f"The {name}" for name in found}


@cache
def modifiers() -> frozenset[str]:
    """What may stand in an office's name before its noun, small letters."""
    found = words("titles", "modifiers") | words("titles", "former") | {"solicitor", "attorney"}
    return frozenset(word.lower() for word in found)


@cache
def offices() -> frozenset[str]:
    """Nouns that name an office, small letters."""
    single = (word for word in words("roles", "heads") | words("roles", "tails") | words("titles", "offices"))
    return frozenset(word.lower() for word in single) - {"lord", "lady", "premier"}


def makers(noun: str) -> frozenset[str]:
    """Words before a noun that make an office of it: "chief" before "executive"."""
    return _makers().get(noun, frozenset())


@cache
def _makers() -> Mapping[str, frozenset[str]]:
    return {str(noun): frozenset(map(str, before)) for noun, before in lexicon("roles")["makers"].items()}


@cache
def legislators() -> frozenset[str]:
    """Letters that say that somebody is a legislator: an office."""
    return words("roles", "letters")


@cache
def parties() -> frozenset[str]:
    """Names of parties."""
    read = lexicon("parties")["countries"]
    return frozenset(str(name) for names in read.values() for name in names)


@cache
def places() -> frozenset[str]:
    """Countries, and their towns and regions."""
    read = lexicon("places")["countries"]
    return frozenset(str(name) for country, names in read.items() for name in (country, *names))


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> tuple[str, ...]:
    """The words of a name in small ASCII letters, without possessives and points."""
    return tuple(_PARTS.findall(anyascii(_POSSESSIVE.sub("", name)).lower()))


@lru_cache(maxsize=1 << 16)
def body_key(name: str) -> tuple[str, ...]:
    """What two spellings of one body's name have in common: no article, no legal form, "&" as "and"."""
    key = fold(name.replace("&", " and "))
    while len(key) > 1 and key[0] in ("the", "a"):
        key = key[1:]
    while len(key) > 1 and key[-1] in listed("endings"):
        key = key[:-1]
    return key
