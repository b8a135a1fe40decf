"""Short forms that a text introduces in brackets: "the Board of Deputies (BoD)", "the NEC (National …)"."""

from __future__ import annotations

from collections.abc import Iterable

from kg.find.names.candidates import Candidate
from kg.find.names.page import Page
from kg.find.shortforms import fits, initials


def introduced(page: Page, chosen: Iterable[Candidate]) -> dict[str, str]:
    """The key of each short form that stands in brackets behind a body's name, with that name's key."""
    found: dict[str, str] = {}
    for candidate in chosen:
        if candidate.best[0] == "Person":
            continue
        first, last = candidate.stretch
        short = _bracketed(page, last)
        if short is None:
            continue
        if not page.is_short(short) and not initials(page.texts[short], page.texts[first:last]):
            continue
        party = candidate.best[0] == "Party" and page.texts[short].isupper() and last - first > 1
        if party or fits(page.texts[short], page.texts[first:last]):
            found.setdefault(page.key((short, short + 1)), page.key(candidate.stretch))
    return {short: full for short, full in found.items() if short != full and full not in found}


def _bracketed(page: Page, last: int) -> int | None:
    if last + 2 < page.size and page.texts[last] == "(" and page.texts[last + 2][0] == ")" and page.capital[last + 1]:
        return last + 1
    if last + 3 < page.size and page.texts[last] == "," and page.texts[last + 1] == "or" and page.is_short(last + 2):
        return last + 2
    return None
