"""Reasons against a candidate in its own words: peoples, months, laws, common words."""

from __future__ import annotations

import re

from kg.find.names.candidates import Candidate
from kg.find.names.lists import Word
from kg.find.names.page import Page
from kg.find.shortforms import initials

_LONGEST = 45


def people(page: Page, c: Candidate) -> str:
    """It is the adjective of a people or faith."""
    first, last = c.stretch
    if c.known and last - first > 1:
        return ""
    words = [i for i in range(first, last) if page.texts[i][0].isalnum()]
    if len(words) > 1 and page.texts[first] in page.lists.directions:
        words = words[1:]
    return (
        page.words(c.stretch) if all(page.flags[i] & Word.DEMONYM for i in words) and not page.is_acronym(first) else ""
    )


def refused(page: Page, c: Candidate) -> str:
    """It is a month, a law or the like."""
    first, last = c.stretch
    hit = (page.flags[first] & Word.REFUSED and not page.flags[first] & Word.GIVEN) or page.texts[first] == "I"
    return page.texts[first] if last - first == 1 and hit and not _introduced(page, first) else ""


def _introduced(page: Page, i: int) -> bool:
    """Whether letters stand in brackets behind the words that they are short for: "Rashtriya … Sangh (RSS)"."""
    if not 1 < i < page.size - 1 or page.texts[i - 1] != "(" or page.texts[i + 1][0] != ")":
        return False
    return any(initials(page.texts[i], page.texts[i - 1 - size : i - 1]) for size in range(2, min(8, i)))


def work(page: Page, c: Candidate) -> str:
    """It is, or goes on into, a law, an award, a programme."""
    first, last = c.stretch
    after = page.after(last)
    if page.flags[last - 1] & Word.WORK and last - first > 1:
        return page.texts[last - 1]
    fit = (
        after is not None
        and last - first > 1
        and page.capital[after.i]
        and page.flags[after.i] & Word.WORK
        and not page.loud[first]
    )
    return after.text if fit and after is not None else ""


def member(page: Page, c: Candidate) -> str:
    """People called by a party: "a Republican from Ross", "the Utah Republican", "Conservatives Ann Lee and …"."""
    first, last = c.stretch
    before, after = page.before(first), page.after(last)
    member = page.flags[last - 1] & Word.LEANING or page.texts[last - 1] in page.lists.sides
    if last - first > 2 or not member:
        return ""
    if last - first == 1 and (introduced := _members(page, last)):
        return introduced
    start = first
    while before is not None and start > 0 and page.capital[start - 1] and not page.flags[start - 1] & Word.HONORIFIC:
        start -= 1
        before = page.before(start)
    if before is None or (before.lower not in _ONE | _BOTH and before.tag != "JJ"):
        return ""
    if page.texts[last - 1] in page.lists.sides and before.lower in _BOTH:
        return before.text
    if before.lower not in _SURELY and page.texts[last - 1] not in page.lists.members:
        return ""
    alone = after is None or (after.pos not in ("NOUN", "PROPN", "ADJ") and after.text not in ("-", "'s", "’s"))
    return before.text if alone else ""


_SURELY = frozenset({"a", "an", "fellow"})
_BOTH = frozenset({"both", "two", "three", "four", "fellow"})
_ONE = _SURELY | {"the", "one", "another", "top", "ranking", "no"}


def _members(page: Page, last: int) -> str:
    """The name of the first of the members whom a party's plural introduces."""
    text, after = page.texts[last - 1], page.after(last)
    if not text.endswith("s") or text.removesuffix("s") not in page.lists.members or after is None:
        return ""
    person = page.flags[after.i] & (Word.GIVEN | Word.SURE) and page.after(last + 1) is not None
    return after.text if person and page.capital[last + 1] else ""


def event(page: Page, c: Candidate) -> str:
    """A gathering and its year: "Congress 2024", "COP30"."""
    last = c.stretch[1]
    if last - c.stretch[0] == 1 and _CLIMATE.fullmatch(page.texts[last - 1]):
        return page.texts[last - 1]
    if last - c.stretch[0] > 1 and _YEAR.fullmatch(page.texts[last - 1]) and page.texts[last - 2] in _GATHERINGS:
        return page.texts[last - 1]
    after = page.after(last)
    year = after is not None and _YEAR.fullmatch(after.text) and page.texts[last - 1] in _GATHERINGS
    return after.text if year and after is not None else ""


def unaligned(page: Page, c: Candidate) -> str:
    """ "Independent" before a member or candidate of no party: "Independent TD Ann Lee"."""
    first, last = c.stretch
    after = page.after(last)
    if last - first > 1 or page.texts[first] not in ("Independent", "Independents") or after is None:
        return ""
    before = page.before(first)
    if before is not None and before.lower == "the" and not page.capital[after.i]:
        return ""
    flag = page.flags[after.i]
    member = after.text in page.lists.followers or after.lower in page.lists.offices or after.lower in _BENCHES
    return after.text if member or flag & (Word.HONORIFIC | Word.GIVEN) else ""


_BENCHES = frozenset({"members", "group", "groups", "councillors", "unionist", "alliance"})
_CLIMATE = re.compile(r"COP[0-9]{1,2}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_GATHERINGS = frozenset({"Congress", "Conference", "Summit", "Forum", "Assembly", "Convention"})


def office_goes_on(page: Page, c: Candidate) -> str:
    """The office that the model reads around one word of it: "Labour Minister", "Cabinet Secretary"."""
    first, last = c.stretch
    if last - first > 1 or not page.flags[first] & (Word.MODIFIER | Word.LEANING) or page.loud[first]:
        return ""
    office = page.offices.get(first)
    if office is None or office[1] <= last or not page.capital[office[1] - 1]:
        return ""
    return page.words(office)


def common(page: Page, c: Candidate) -> str:
    """A common word with a capital from its place."""
    first, last = c.stretch
    hit = last - first == 1 and (page.initial[first] or page.loud[first]) and page.flags[first] & Word.COMMON
    return page.texts[first] if hit else ""


def common_start(page: Page, c: Candidate) -> str:
    """A common word with a capital from its place begins it."""
    first, last = c.stretch
    hit = last - first > 1 and (page.initial[first] or page.loud[first]) and page.flags[first] & Word.COMMON
    return page.texts[first] if hit and not page.flags[first] & Word.OPENER else ""


def small_word(page: Page, c: Candidate) -> str:
    """An English word that is seldom a name, with a capital from its place."""
    first, last = c.stretch
    return page.texts[first] if last - first == 1 and _placed(page, first) else ""


def small_start(page: Page, c: Candidate) -> str:
    """An English word that is seldom part of a name begins it, with a capital from its place."""
    first, last = c.stretch
    return page.texts[first] if last - first > 1 and not c.known and _placed(page, first) else ""


def small_end(page: Page, c: Candidate) -> str:
    """An English word that is seldom part of a name ends it, in a line of capitals."""
    first, last = c.stretch
    hit = last - first > 1 and not c.known and page.loud[first] and c.pattern is None and _placed(page, last - 1)
    return page.texts[last - 1] if hit else ""


def _placed(page: Page, i: int) -> bool:
    flag = page.flags[i]
    seldom = flag & Word.SMALL and not flag & (Word.COMMON | Word.GIVEN | Word.OPENER)
    return bool(seldom and (page.initial[i] or page.loud[i]))


def other_office(page: Page, c: Candidate) -> str:
    """It is made of words for offices: "Home Affairs", "Queen"."""
    first, last = c.stretch
    words = [i for i in range(first, last) if page.texts[i][0].isalnum() and page.texts[i] not in ("of", "and", "for")]
    end = last
    while end < page.size and (page.texts[end] == "&" or page.flags[end] & Word.MODIFIER):
        end += 1
    after = page.after(end) if end < page.size else None
    followed = after is not None and page.capital[after.i] and page.flags[after.i] & Word.OFFICE
    for i in words:
        flag = page.flags[i]
        office = flag & (Word.OFFICE | Word.FORMER | Word.MODIFIER | Word.HONORIFIC)
        body = flag & Word.BODY and not (flag & Word.MODIFIER and followed)
        if not office or flag & Word.GIVEN or body:
            return ""
    return "" if c.known else page.words(c.stretch)


def two_names(page: Page, c: Candidate) -> str:
    """Two known names with "and" between them, or a place and a person: "Tel Aviv Joanna Harcourt"."""
    if page.halves(c.stretch):
        return page.words(c.stretch)
    parted = not c.known and not c.pattern and page.behind_place(c.stretch)
    return page.words(c.stretch) if parted else ""


def small_words(page: Page, c: Candidate) -> str:
    """Lower-case words that names do not hold."""
    first, last = c.stretch
    low = [page.texts[i] for i in range(first, last) if page.texts[i][0].islower() and len(page.texts[i]) > 4]
    return low[0] if len(low) > 1 and len(low) * 3 > last - first else ""


def endless(page: Page, c: Candidate) -> str:
    """It has a word longer than names are."""
    return next((text[:20] for text in page.texts[c.stretch[0] : c.stretch[1]] if len(text) > _LONGEST), "")
