"""Reasons from common nouns that say what a candidate is: "the charity X", "X, a village near …", "X, who"."""

from __future__ import annotations

from kg.find.names.candidates import Candidate
from kg.find.names.page import Page

_REACH = 6
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "one", "another"})
_ENDS = frozenset({",", ".", ")", ";", ":", "–", "—", "?", "!"})


def noun_before(kind: str, page: Page, c: Candidate) -> str:
    """A common noun of the kind stands right before it, or before "such as" and the list that holds it."""
    nouns = page.lists.said[kind]
    before = page.before(c.stretch[0])
    if before is None:
        return ""
    if _common(page, before.i, nouns):
        return before.text
    start = _list_start(page, before.i)
    if start is None:
        return ""
    head = page.before(start)
    return head.text if head is not None and _common(page, head.i, nouns) else ""


def _common(page: Page, i: int, nouns: frozenset[str]) -> bool:
    """Whether the noun is one of them, without a capital of its own."""
    return page.texts[i] in nouns or (page.initial[i] and page.texts[i].lower() in nouns)


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


def noun_after(kind: str, page: Page, c: Candidate) -> str:
    """A common noun of the kind heads what stands behind its comma: "X, the union for technicians"."""
    nouns = page.lists.said[kind]
    last = c.stretch[1]
    after = page.after(last)
    if after is None or after.text not in (",", "(", "–", "—") or page.loud[c.stretch[0]] or last + 1 >= page.size:
        return ""
    opening = page.texts[last + 1].lower()
    if opening not in _ARTICLES:
        return ""
    for i in range(last + 2, min(last + 2 + _REACH, page.size)):
        text = page.texts[i]
        if text in _ENDS or page.tokens[i].sentence != after.sentence or text in ("of", "for", "that", "and"):
            return ""
        if text in nouns:
            following = page.after(i + 1)
            headed = following is None or following.text in _ENDS or following.pos not in ("NOUN", "PROPN", "PART")
            return text if headed and (following is None or following.text not in ("'s", "’s", "-")) else ""
    return ""


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
