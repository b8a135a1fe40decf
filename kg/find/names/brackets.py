"""Short forms that a text introduces in brackets: "the Board of Deputies (BoD)", "the NEC (National …)"."""

from __future__ import annotations

from kg.find.names.candidates import Candidate
from kg.find.names.page import Page
from kg.find.shortforms import fits, initials


def introduced(page: Page, chosen: list[Candidate]) -> dict[str, str]:
    """The key of each short form, in brackets behind a body's name or its initials, with that name's key."""
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
        place = any(entry.kind == "Place" for entry in page.lists.known.get(page.texts[short], ()))
        capitals = sum(letter.isupper() for letter in page.texts[short]) > 1
        party = candidate.best[0] == "Party" and capitals and last - first > 1 and not place
        if party or fits(page.texts[short], page.texts[first:last]):
            found.setdefault(page.key((short, short + 1)), page.key(candidate.stretch))
    bodies = [c for c in chosen if c.best[0] in ("Party", "Organisation")]
    full_names = [c for c in bodies if c.stretch[1] - c.stretch[0] > 1]
    for candidate in chosen:
        first, last = candidate.stretch
        key = page.key(candidate.stretch)
        if last - first == 1 and page.is_acronym(first) and len(key) > 2 and key not in found and not candidate.known:
            for full in full_names:
                if initials(page.texts[first], page.texts[slice(*full.stretch)]):
                    found[key] = page.key(full.stretch)
                    break
    return {short: full for short, full in found.items() if short != full and full not in found}


def _bracketed(page: Page, last: int) -> int | None:
    if last + 2 < page.size and page.texts[last] == "(" and page.texts[last + 2][0] == ")" and page.capital[last + 1]:
        return last + 1
    if last + 3 < page.size and page.texts[last] == "," and page.texts[last + 1] == "or" and page.is_short(last + 2):
        return last + 2
    return None
