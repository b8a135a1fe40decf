"""Reasons from the model and from the rest of the document."""

from __future__ import annotations

from kg.find.names.candidates import Candidate
from kg.find.names.context import run_goes_on, sure_title, title
from kg.find.names.page import Page


def silent(page: Page, c: Candidate) -> str:
    """The model was asked and reads nothing here."""
    return "no" if page.model_at and not any(i in page.model_at for i in range(*c.stretch)) else ""


def inside_model(page: Page, c: Candidate) -> str:
    """The longer name that the model reads around it."""
    first, last = c.stretch
    for stretch in {page.model_in[i] for i in (first, last - 1) if i in page.model_in}:
        if stretch != c.stretch and stretch[0] <= first and last <= stretch[1]:
            return page.words(stretch)
    return ""


def office_by_model(page: Page, c: Candidate) -> str:
    """The model reads an office here."""
    return "an office" if all(i in page.model_at and page.model_at[i] is None for i in range(*c.stretch)) else ""


def loud(page: Page, c: Candidate) -> str:
    """It stands in a headline and nowhere else."""
    return "a headline" if page.loud[c.stretch[0]] and page.key(c.stretch) not in page.memory else ""


def lower_elsewhere(page: Page, c: Candidate) -> str:
    """The text has its words without capitals."""
    first, last = c.stretch
    if not (page.initial[first] or page.loud[first]) or (last - first > 1 and not page.loud[first]):
        return ""
    hit = all(page.texts[i].lower() in page.lower_words for i in range(first, last) if page.texts[i][0].isalpha())
    return page.words(c.stretch).lower() if hit else ""


def surname(page: Page, c: Candidate) -> str:
    """It ends a full name of the text, and stands alone."""
    full = page.surnames.get(page.key(c.stretch), "")
    return full if full and not run_goes_on(page, c) else ""


def first_name(page: Page, c: Candidate) -> str:
    """It begins a full name of the text, and stands alone."""
    first, last = c.stretch
    full = page.firsts.get(page.texts[first].casefold(), "") if last - first == 1 and not c.known else ""
    return full if full and not run_goes_on(page, c) else ""


def lone_word(page: Page, c: Candidate) -> str:
    """One plain word that is part of no full name of the text and has no title."""
    first, last = c.stretch
    if last - first > 1 or not page.surnames or page.key(c.stretch) in page.surnames or first_name(page, c):
        return ""
    return "" if title(page, c) or sure_title(page, c) else page.texts[first]
