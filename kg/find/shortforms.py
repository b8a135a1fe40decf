"""Whether letters are short for a name: "LFI" for "Labour Friends of Israel"."""

from __future__ import annotations

from collections.abc import Iterable

_LINKS = frozenset({"of", "the", "and", "for", "on", "de", "des", "du", "la", "del", "&", "-", "in", "to"})


def initials(short: str, words: Iterable[str]) -> bool:
    """Whether letters are the initials of the words, small words counted or not ("JD(U)" of "Janata Dal (United)")."""
    letters = "".join(letter for letter in short.casefold() if letter.isalpha())
    full = [word.casefold() for word in words if word[:1].isalpha()]
    plain = "".join(word[0] for word in full if word not in _LINKS)
    return len(letters) > 1 and letters in (plain, "".join(word[0] for word in full))


def fits(short: str, words: Iterable[str]) -> bool:
    """Whether letters are the initials of the words or at least stand in them in order, the first in front."""
    words = list(words)
    if initials(short, words) or _translated(short, words):
        return True
    letters = [letter for letter in short.casefold() if letter.isalpha()]
    full = [word.casefold() for word in words if word[:1].isalpha()]
    if len(letters) < 2 or len(full) < 2 or letters[0] not in {word[0] for word in full[:2]}:
        return False
    rest = iter("".join(full))
    return all(letter in rest for letter in letters)


def _translated(short: str, words: Iterable[str]) -> bool:
    """Whether letters are the initials in another order, as of a translated name: "National Liberal Party (PNL)"."""
    full = sorted(word[0].casefold() for word in words if word[:1].isalpha() and word.casefold() not in _LINKS)
    return len(short) > 2 and sorted(short.casefold()) == full
