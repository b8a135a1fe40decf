"""Reasons in the word that follows a candidate: members and voters, allies, seats, buildings."""

from __future__ import annotations

from kg.find.names.candidates import Candidate
from kg.find.names.context import letters_after
from kg.find.names.lists import Word
from kg.find.names.page import Page

_LOYAL = frozenset({"allies", "ally", "loyalists", "aides", "supporters", "camp", "faction", "backers"})


def follower(page: Page, c: Candidate) -> str:
    """A word behind it that follows parties: "MP", "voters"."""
    if letters_after(page, c):
        return ""
    first, last = c.stretch
    after = page.after(last)
    fit = after is not None and after.text in page.lists.followers and last - first < 4
    return after.text if fit and after is not None and not page.loud[first] else ""


def leaning(page: Page, c: Candidate) -> str:
    """A leaning before such a word or an office."""
    first, last = c.stretch
    after = page.after(last)
    fit = (
        after is not None
        and last - first == 1
        and page.flags[first] & Word.LEANING
        and (after.text in page.lists.followers or after.lower in page.lists.offices)
    )
    return after.text if fit and after is not None else ""


def code(page: Page, c: Candidate) -> str:
    """A party's letter before a state: "(D-Mass.)"."""
    first, last = c.stretch
    if last - first != 1 or page.texts[first] not in page.lists.codes:
        return ""
    before, after = page.before(first), page.after(last)
    return after.text if before is not None and after is not None and before.text in ",(" and after.text in "-)" else ""


def loyal(page: Page, c: Candidate) -> str:
    """Those who follow a person: "Wekesa allies"."""
    first, last = c.stretch
    after = page.after(last)
    country = any(entry.country for entry in c.known if entry.kind == "Place" and entry.words == (entry.country,))
    if after is None or last - first > 1 or country or c.known or page.is_acronym(first):
        return ""
    return after.text if after.lower in _LOYAL else ""


def seat(page: Page, c: Candidate) -> str:
    """A legislator's letters and name behind it: "Kasarani North MP Ann Wanjiku"."""
    first, last = c.stretch
    after = page.after(last)
    if last - first < 2 or after is None or after.text not in page.lists.followers or not after.text.isupper():
        return ""
    named = page.after(last + 1) is not None and page.capital[last + 1] and page.texts[last + 1].istitle()
    return after.text if named else ""


def venue_follows(page: Page, c: Candidate) -> str:
    """A common noun for a kind of building stands behind it: "the Harrow memorial"."""
    if c.pattern is not None or any(entry.kind == "Organisation" for entry in c.known):
        return ""
    after = page.after(c.stretch[1])
    hit = after is not None and after.text.islower() and after.text.capitalize() in page.lists.venues
    return after.text if hit and after is not None and not page.loud[c.stretch[0]] else ""
