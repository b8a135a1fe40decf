"""Stretches that stand for one thing as a whole: a title with its place for its bearer, one seat in two places."""

from __future__ import annotations

from collections.abc import Iterator

from kg.find.names.lists import Word
from kg.find.names.page import Page
from kg.find.names.sheet import Stretch

_ROYAL = frozenset({"Prince", "Princess", "Duke", "Duchess", "Earl", "Countess", "Marquess"})
_MEMBERS = frozenset({"MP", "TD", "MLA", "MSP", "MNA", "Member", "member", "candidate"})
_PEOPLE = Word.OFFICE | Word.HONORIFIC | Word.GIVEN
_LONGEST = 4


def royal(page: Page) -> Iterator[tuple[Stretch, str]]:
    """ "Duchess of Marwell" where no name goes on behind it."""
    for i in range(page.size - 2):
        if page.texts[i] in _ROYAL and page.texts[i + 1] == "of" and page.capital[i + 2] and not page.loud[i]:
            after = page.after(i + 3)
            joined = after is not None and after.text == "and" and page.texts[i + 4 : i + 5] not in (["the"], ["The"])
            if after is None or not (page.capital[after.i] or after.text in ("'s", "’s") or joined):
                yield (i, i + 3), "person"


def seats(page: Page) -> Iterator[tuple[Stretch, str]]:
    """ "MP for Ross and Marwell West": one seat in two places, as no legislator sits for two."""
    for i in range(page.size - 4):
        if page.texts[i] not in _MEMBERS or page.texts[i + 1] != "for" or not page.capital[i + 2]:
            continue
        middle = _capitals(page, i + 2)
        if page.after(middle) is None or page.texts[middle] not in ("and", "&"):
            continue
        end = _capitals(page, middle + 1)
        if end > middle + 1 and not page.flags[middle + 1] & _PEOPLE:
            yield (i + 2, end), "seat"


def _capitals(page: Page, start: int) -> int:
    """Where the words with capitals that begin at `start` end in its sentence."""
    end = start
    while end < page.size and end - start < _LONGEST and page.capital[end]:
        if page.tokens[end].sentence != page.tokens[start].sentence:
            break
        end += 1
    return end
