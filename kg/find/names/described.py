"""Reasons from common nouns that say what a candidate is: "the charity X", "X, a village near …", "X, who"."""

from __future__ import annotations

from kg.find.names.candidates import Candidate
from kg.find.names.page import Page

_REACH = 6
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "one", "another"})
_NONE = ("", "")
_OPENS = frozenset({",", "(", "–", "—"})
_LISTING = frozenset({"as", "including", ",", "and", "&"})
_LINKS = frozenset({"of", "for", "that", "and"})
_ENDS = frozenset({",", ".", ")", ";", ":", "–", "—", "?", "!"})


def noun_before(kind: str, page: Page, c: Candidate) -> str:
    """A common noun of the kind stands right before it, or before "such as" and the list that holds it."""
    if c.noun_before is None:
        c.noun_before = _before(page, c)
    return c.noun_before[1] if c.noun_before[0] == kind else ""


def noun_after(kind: str, page: Page, c: Candidate) -> str:
    """A common noun of the kind heads what stands behind its comma: "X, the union for technicians"."""
    if c.noun_after is None:
        c.noun_after = _after(page, c)
    return c.noun_after[1] if c.noun_after[0] == kind else ""


def _before(page: Page, c: Candidate) -> tuple[str, str]:
    before = page.before(c.stretch[0])
    if before is None:
        return _NONE
    if said := _common(page, before.i):
        return said, before.text
    if before.text == "," and (apposed := _apposed(page, before.i, c.stretch[1])) != _NONE:
        return apposed
    if before.text not in _LISTING:
        return _NONE
    start = _list_start(page, before.i)
    head = page.before(start) if start is not None else None
    return (_common(page, head.i), head.text) if head is not None else _NONE


_ORGANS = frozenset({"wing", "arm", "party", "union", "movement", "ministry", "company", "charity", "newspaper"})


def _apposed(page: Page, comma: int, last: int) -> tuple[str, str]:
    """A noun phrase of one body before a comma, and punctuation behind the name: "its military wing, X,"."""
    noun = page.texts[comma - 1]
    if noun not in _ORGANS or last >= page.size or page.texts[last] not in (",", ";", "."):
        return _NONE
    opened = any(page.texts[i].lower() in _ARTICLES for i in range(max(0, comma - 4), comma - 1))
    return ("parties" if noun == "party" else "bodies", noun) if opened else _NONE


def _common(page: Page, i: int) -> str:
    """The kind that the common noun says, where it has no capital of its own; "" where it says none."""
    said = page.lists.said
    return said.get(page.texts[i], "") or (said.get(page.texts[i].lower(), "") if page.initial[i] else "")


def _list_start(page: Page, i: int) -> int | None:
    """Where "such as" or "including" opens the list of capitals that ends at `i`."""
    for k in range(i, max(-1, i - 3 * _REACH), -1):
        text = page.texts[k]
        if text == "including":
            return k
        if text == "as" and k and page.texts[k - 1].lower() == "such":
            return k - 1
        if not (page.capital[k] or text in (",", "and", "&", "of", "for", "the", "-")):
            return None
    return None


def _after(page: Page, c: Candidate) -> tuple[str, str]:
    last = c.stretch[1]
    after = page.after(last)
    if after is None or after.text not in _OPENS or last + 1 >= page.size or page.loud[c.stretch[0]]:
        return _NONE
    if page.texts[last + 1].lower() not in _ARTICLES:
        return _NONE
    for i in range(last + 2, min(last + 2 + _REACH, page.size)):
        text = page.texts[i]
        if text in _ENDS or page.tokens[i].sentence != after.sentence or text in _LINKS:
            return _NONE
        if said := page.lists.said.get(text):
            following = page.after(i + 1)
            headed = following is None or following.text in _ENDS or following.pos not in ("NOUN", "PROPN", "PART")
            parted = following is None or following.text not in ("'s", "’s", "-")
            return (said, text) if headed and parted else _NONE
    return _NONE


def relative(pronoun: str, page: Page, c: Candidate) -> str:
    """The relative pronoun behind its comma."""
    after = page.after(c.stretch[1])
    if after is None or after.text != "," or after.i + 1 >= page.size:
        return ""
    return page.texts[after.i + 1] if page.texts[after.i + 1] == pronoun else ""


def credit(page: Page, c: Candidate) -> str:
    """It ends a line that "By" and a name open: "By Ann Lee, Evening Courier"."""
    first, last = c.stretch
    sentence = page.analysis.sentences[page.tokens[first].sentence]
    opening = page.texts[sentence.first]
    near = 2 <= first - sentence.first <= 8 and page.texts[first - 1] in (",", "|", "/", "of", "for", "at")
    ends = last == sentence.last or page.analysis.text[page.tokens[last - 1].end : page.tokens[last].start].count("\n")
    return opening if opening in ("By", "BY", "Words") and near and ends else ""
