"""Reasons from the model and from the rest of the document."""

from __future__ import annotations

from kg.find.names.candidates import Candidate
from kg.find.names.context import run_goes_on, sure_title, title
from kg.find.names.lists import Word
from kg.find.names.page import Page
from kg.model import Kind

_NEIGHBOURS = 4


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
    first, last = c.stretch
    after = page.after(last)
    if last - first == 1 and page.flags[first] & Word.LEANING and after is not None and after.text.islower():
        return ""
    return "an office" if all(i in page.model_at and page.model_at[i] is None for i in range(*c.stretch)) else ""


def party_front(page: Page, c: Candidate) -> str:
    """The longer name of a party that ends in it, as the model reads it: "Japanese Communist Party"."""
    first, last = c.stretch
    whole = page.model_in.get(first)
    if last - first < 2 or whole is None or whole[1] != last or whole[0] >= first or page.model.get(whole) != "Party":
        return ""
    return page.words(whole)


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


_JOINTS = frozenset({",", "and", "&", "or"})


def listed_with(kind: Kind, page: Page, c: Candidate) -> str:
    """Two or more names beside it in one list with "and", all of that kind."""
    first, last = c.stretch
    if page.texts[first - 1] not in _JOINTS and (last >= page.size or page.texts[last] not in _JOINTS):
        return ""
    if c.stretch not in page.listed:
        page.listed[c.stretch] = _list(page, c)
    found, words = page.listed[c.stretch]
    return words if found == kind else ""


def _list(page: Page, c: Candidate) -> tuple[Kind | None, str]:
    """The one kind of all names in the candidate's list, and the nearest of them."""
    beside: list[tuple[int, int, Kind]] = []
    joints: set[str] = set()
    place = c.stretch[0]
    while len(beside) < _NEIGHBOURS and (joint := _joint_left(page, place)) is not None:
        start, other = page.ends[joint]
        joints.update(page.texts[joint:place])
        beside.append((start, joint, other))
        place = start
    place = c.stretch[1]
    while len(beside) < 2 * _NEIGHBOURS and (joint := _joint_right(page, place)) is not None:
        end, other = page.begins[joint]
        joints.update(page.texts[place:joint])
        beside.append((joint, end, other))
        place = end
    kinds = {kind for _, _, kind in beside}
    if len(beside) < 2 or joints <= {","} or len(kinds) > 1:
        return None, ""
    return kinds.pop(), page.words(beside[0][:2])


def _joint_left(page: Page, first: int) -> int | None:
    """Where the name ends that a comma or "and" parts from `first`."""
    for size in (1, 2):
        end = first - size
        if end > 0 and page.texts[first - 1] in _JOINTS and end in page.ends and page.texts[end] in _JOINTS:
            return end
    return None


def _joint_right(page: Page, last: int) -> int | None:
    for size in (1, 2):
        start = last + size
        if start in page.begins and page.texts[last] in _JOINTS and page.texts[start - 1] in _JOINTS:
            return start
    return None


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
