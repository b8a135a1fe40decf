"""Reasons in a candidate's own words: lists, heads, given names, acronyms."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.find.names.candidates import ALLIED, Candidate
from kg.find.names.context import INNER
from kg.find.names.lists import Word
from kg.find.names.page import Page
from kg.model import Kind

_INITIAL = re.compile(r"(?:[A-Z]\.-?)+|[A-Z]")
_NO_PERSON = Word.BODY | Word.PLACE | Word.PARTY | Word.DEMONYM | Word.WORK | Word.REFUSED | Word.COMMON | Word.LEANING


def given(page: Page, c: Candidate) -> str:
    """A given name begins it."""
    first, last = c.stretch
    return page.texts[first] if last - first > 1 and page.flags[first] & Word.GIVEN else ""


def given_alone(page: Page, c: Candidate) -> str:
    """It is a given name."""
    first, last = c.stretch
    return page.texts[first] if last - first == 1 and page.flags[first] & Word.GIVEN else ""


def initials(page: Page, c: Candidate) -> str:
    """It holds an initial: "J. Smith"."""
    first, last = c.stretch
    inner = [page.texts[i] for i in range(first, last - 1) if _INITIAL.fullmatch(page.texts[i])]
    return inner[0] if inner and last - first < 6 and page.texts[last - 1].istitle() else ""


def person_shape(page: Page, c: Candidate) -> str:
    """A few plain words with capitals."""
    first, last = c.stretch
    words = [i for i in range(first, last) if page.capital[i]]
    if not 1 < len(words) < 5 or c.known or c.pattern or any(page.is_acronym(i) for i in words) or page.loud[first]:
        return ""
    return (
        ""
        if any(page.flags[i] & _NO_PERSON and not page.flags[i] & Word.GIVEN for i in words)
        else f"{len(words)} plain words"
    )


def royal(page: Page, c: Candidate) -> str:
    """A title with a place stands for its bearer."""
    return page.words(c.stretch) if c.bearer == "person" else ""


def constituency(page: Page, c: Candidate) -> str:
    """It is what one legislator sits for."""
    return page.words(c.stretch) if c.bearer == "seat" else ""


def country(page: Page, c: Candidate) -> str:
    """It is the name of a country, though the model reads a body."""
    if page.model.get(c.stretch) != "Organisation":
        return ""
    own = any(e.kind == "Place" and e.country == " ".join(e.words) for e in c.known)
    return page.words(c.stretch) if own else ""


def listed(kind: Kind, many: bool) -> Callable[[Page, Candidate], str]:
    """Whether it is on the lists as that kind, in one word or several."""

    def holds(page: Page, c: Candidate) -> str:
        return page.words(c.stretch) if any(e.kind == kind and (len(e.words) > 1) == many for e in c.known) else ""

    return holds


def patterned(kind: Kind, flag: int, unless: int = Word.NONE) -> Callable[[Page, Candidate], str]:
    """Whether a word of that flag gives it its kind."""

    def holds(page: Page, c: Candidate) -> str:
        if (
            c.pattern != kind
            or (kind == "Organisation" and _allied(page, c))
            or (page.loud[c.stretch[0]] and c.stretch[1] - c.stretch[0] > 5)
        ):
            return ""
        first, last = c.stretch
        hit = next(
            (i for i in range(last - 1, first - 1, -1) if page.flags[i] & flag and not page.flags[i] & unless), None
        )
        return page.texts[hit] if hit is not None else ""

    return holds


def _allied(page: Page, c: Candidate) -> bool:
    """Whether the model reads a party and the head is one that parties have."""
    heads = ALLIED.intersection(page.texts[slice(*c.stretch)])
    return bool(heads) and page.model.get(c.stretch) == "Party"


def inner_word(page: Page, c: Candidate) -> str:
    """A preposition with a capital inside it, in running text: "Parents Against Tolls"."""
    first, last = c.stretch
    if last - first < 3 or page.loud[first]:
        return ""
    inner = range(first + 1, last - 1)
    return next((page.texts[i] for i in inner if page.capital[i] and page.tokens[i].lower in INNER), "")


def grown(page: Page, c: Candidate) -> str:
    """It goes on behind its head."""
    return c.grown if c.grown in ("of", "for", "on", "against") else ""


def at_home(kind: Kind) -> Callable[[Page, Candidate], str]:
    """Whether it is a common word that is a name of that kind in the country that the text is about."""

    def holds(page: Page, c: Candidate) -> str:
        first, last = c.stretch
        before = page.texts[first - 1] if first > 0 else ""
        inside = before == "'s" or (before[:1].isupper() and before.lower() != "the")
        if page.texts[first] not in page.lists.home_words or page.initial[first] or inside:
            return ""
        words = " ".join(page.texts[first:last])
        return page.home if page.lists.at_home.get(page.home, {}).get(words) == kind else ""

    return holds


def wing(page: Page, c: Candidate) -> str:
    """A party's name with its wing in brackets."""
    return c.wing


def branch(page: Page, c: Candidate) -> str:
    """A known body's name with a place behind it."""
    return c.branch


def joined(page: Page, c: Candidate) -> str:
    """ "and" joins its parts."""
    return "and" if c.grown == "and" else ""


def acronym(page: Page, c: Candidate) -> str:
    """It is made of acronyms, and no list or model gives it a fit kind."""
    first, last = c.stretch
    words = [i for i in range(first, last) if page.texts[i][0].isalnum()]
    if page.model.get(c.stretch) in ("Party", "Organisation") or any(e.kind == "Place" for e in c.known):
        return ""
    return page.words(c.stretch) if all(page.is_acronym(i) for i in words) else ""


def known_acronym(kind: Kind) -> Callable[[Page, Candidate], str]:
    """Whether it is an acronym on the lists as that kind."""

    def holds(page: Page, c: Candidate) -> str:
        first, last = c.stretch
        listed = last - first == 1 and any(e.kind == kind for e in c.known)
        return page.texts[first] if listed and page.is_acronym(first) else ""

    return holds


def place_front(page: Page, c: Candidate) -> str:
    """A word that begins places: "Lake"."""
    first, last = c.stretch
    return page.texts[first] if last - first > 1 and page.flags[first] & Word.PLACE_FRONT and not c.pattern else ""
