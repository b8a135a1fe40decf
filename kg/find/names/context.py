"""Reasons that stand beside a candidate: titles, offices, prepositions, datelines."""

from __future__ import annotations

from kg.find.names.candidates import Candidate
from kg.find.names.lists import Word
from kg.find.names.page import Page
from kg.find.shortforms import initials

_PARTING = Word.HONORIFIC | Word.OFFICE | Word.FORMER | Word.AFTER | Word.MODIFIER | Word.DEMONYM


def title(page: Page, c: Candidate) -> str:
    """An honorific before it."""
    before = page.before(c.stretch[0])
    if before is None or not page.flags[before.i] & Word.HONORIFIC or page.flags[before.i] & Word.SURE:
        return ""
    return before.text


def sure_title(page: Page, c: Candidate) -> str:
    """An honorific that only people have before it."""
    before = page.before(c.stretch[0])
    return before.text if before is not None and page.flags[before.i] & Word.SURE else ""


def letters_after(page: Page, c: Candidate) -> str:
    """Letters of rank behind it: "MP", "KC"."""
    first, last = c.stretch
    after = page.after(last)
    if after is not None and after.text == ",":
        after = page.after(last + 1)
    following = page.after(after.i + 1) if after is not None else None
    if following is not None and page.capital[following.i]:
        return ""
    fit = (
        after is not None
        and page.flags[after.i] & Word.AFTER
        and last - first > 1
        and not c.known
        and c.pattern is None
    )
    return after.text if fit and after is not None else ""


def office_before(page: Page, c: Candidate) -> str:
    """An office before it, with or without a comma."""
    first = c.stretch[0]
    before = page.before(first)
    if before is not None and before.text == ",":
        before = page.before(first - 1)
    if before is None or before.lower not in page.lists.offices or (before.text.isupper() and not page.loud[before.i]):
        return ""
    return before.text


def office_after(page: Page, c: Candidate) -> str:
    """An office behind it: "Labour leader"."""
    if letters_after(page, c):
        return ""
    after = page.after(c.stretch[1])
    while after is not None and (
        page.flags[after.i] & Word.MODIFIER
        or (after.text.capitalize() in page.lists.flags and page.lists.flags[after.text.capitalize()] & Word.MODIFIER)
    ):
        after = page.after(after.i + 1)
    return after.text if after is not None and after.lower in page.lists.offices else ""


def apposition(page: Page, c: Candidate) -> str:
    """An office behind a comma or bracket."""
    last = c.stretch[1]
    after = page.after(last)
    if after is None or after.text not in (",", "(", "–", "—") or page.loud[c.stretch[0]]:
        return ""
    for i in range(last + 1, min(last + 7, page.size)):
        text = page.texts[i]
        if text in ",.;" or page.tokens[i].sentence != after.sentence:
            return ""
        if text.lower() in page.lists.offices:
            return text
    return ""


def age(page: Page, c: Candidate) -> str:
    """An age between commas behind it."""
    last = c.stretch[1]
    if (
        last + 2 < page.size
        and page.texts[last] in ",("
        and page.texts[last + 1].isdigit()
        and page.texts[last + 2] in ",)."
    ):
        return page.texts[last + 1] if 15 < int(page.texts[last + 1][:3]) < 105 else ""
    return ""


def saying(page: Page, c: Candidate) -> str:
    """A verb of saying beside it."""
    for token in (page.after(c.stretch[1]), page.before(c.stretch[0])):
        if token is not None and token.lemma in page.lists.sayings and token.pos not in ("NOUN", "PROPN"):
            return token.text
    return ""


def run_goes_on(page: Page, c: Candidate) -> str:
    """The capitalised neighbour that the candidate leaves out, where neither title nor office parts them."""
    first, last = c.stretch
    if page.loud[first] or any(page.behind_place(whole) == first for whole in ((first - n, last) for n in (1, 2, 3))):
        return ""
    before, after = page.before(first), page.after(last)
    if before is not None and before.text in page.lists.particles and page.capital[max(0, before.i - 1)]:
        return before.text
    plain = before is not None and not (page.initial[before.i] and page.flags[before.i] & Word.COMMON)
    if (
        before is not None
        and plain
        and page.capital[before.i]
        and before.lower not in ("the", "a")
        and before.text not in page.lists.dates
        and not page.flags[before.i] & _PARTING
    ):
        return before.text
    if (
        after is not None
        and page.capital[after.i]
        and not page.flags[after.i] & (_PARTING & ~Word.DEMONYM)
        and not after.text.endswith(".")
    ):
        return after.text
    return ""


_VENUE = frozenset({"at", "in", "inside", "outside"})
INNER = frozenset({"against", "for", "in", "with", "without", "under", "beyond", "before", "after", "on", "to"})


def cut_short(page: Page, c: Candidate) -> str:
    """ "of" or "for" and a capital behind a head that takes them, or a preposition with a capital of its own."""
    last = c.stretch[1]
    after = page.after(last)
    if after is None or page.loud[last - 1] or page.is_owned(last):
        return ""
    head = page.flags[last - 1] & (Word.OPENER | Word.PARTY) and after.lower in ("of", "for")
    if not head and not (page.capital[after.i] and after.lower in INNER):
        return ""
    following = last + 2 if last + 1 < page.size and page.texts[last + 1] == "the" else last + 1
    return after.text if following < page.size and page.capital[following] else ""


def where(page: Page, c: Candidate) -> str:
    """A preposition of place before it."""
    before = page.before(c.stretch[0])
    if before is not None and before.lower == "the":
        return ""
    out = before is not None and before.lower == "of" and before.i > 0 and page.texts[before.i - 1] in ("out", "Out")
    return before.text if before is not None and (out or before.lower in page.lists.where) else ""


def where_the(page: Page, c: Candidate) -> str:
    """A preposition of place and "the" before what has a place's form: "at the Marwell Hall"."""
    first = c.stretch[0]
    before = page.before(first - 1) if first > 0 else None
    fit = (
        c.pattern == "Place"
        and before is not None
        and page.texts[first - 1] == "the"
        and before.lower in ("at", "in", "inside", "outside")
    )
    return f"{before.text} the" if fit and before is not None else ""


def venue(page: Page, c: Candidate) -> str:
    """It ends in a kind of building, and a preposition of place or a verb of visiting stands before it."""
    first, last = c.stretch
    if page.texts[last - 1] not in page.lists.venues or last - first < 2 or page.loud[first]:
        return ""
    before = page.before(first)
    if before is not None and before.lower == "the":
        before = page.before(before.i)
    fit = before is not None and (before.lower in _VENUE or before.lemma in ("visit", "tour"))
    return before.text if fit and before is not None else ""


def under(page: Page, c: Candidate) -> str:
    """ "under" stands before it: "the party under Tarrant"."""
    before = page.before(c.stretch[0])
    return before.text if before is not None and before.lower == "under" and not c.known and not c.pattern else ""


def of_word(page: Page, c: Candidate) -> str:
    """ "of" or "for" behind what has a place: "mayor of", "MP for"."""
    before = page.before(c.stretch[0])
    if before is None or before.lower not in ("of", "for", "in"):
        return ""
    head = page.before(before.i)
    return f"{head.text} {before.text}" if head is not None and head.lower in page.lists.of_places else ""


def dateline(page: Page, c: Candidate) -> str:
    """It opens a paragraph as datelines do."""
    first, last = c.stretch
    sentence = page.analysis.sentences[page.tokens[first].sentence]
    if first != sentence.first or page.analysis.paragraphs[sentence.paragraph].span.start != page.tokens[first].start:
        return ""
    if last >= page.size or (page.loud[first] and not page.texts[first].isupper()):
        return ""
    mark, follows = page.texts[last], page.texts[last + 1 : last + 5]
    read = not page.model_at or any(i in page.model_at for i in range(first, last))
    capitals = page.texts[first].isupper() and len(page.texts[first]) > 3 and read
    dated = any(word.rstrip(".") in page.lists.dates for word in follows[:2]) and all(
        word.rstrip(".") in page.lists.dates or word.isdigit() for word in follows[:1]
    )
    dashed = len(follows) > 1 and follows[0][0].isupper() and any(word in "—–(" for word in follows[1:])
    if mark == "," and (dated or dashed):
        return mark
    return (
        mark
        if (capitals or c.known)
        and (mark in "—–(" or (mark == ":" and c.known) or (mark == "-" and not page.joined(last)))
        else ""
    )


def agency(page: Page, c: Candidate) -> str:
    """It stands in the brackets of a dateline: "LISBON (Lusa) —"."""
    first, last = c.stretch
    if first == 0 or last + 1 >= page.size or page.texts[first - 1] != "(" or page.texts[last] != ")":
        return ""
    sentence = page.analysis.sentences[page.tokens[first].sentence]
    near = first - sentence.first < 9 and page.texts[last + 1] in ("—", "–", "-")
    return page.texts[last + 1] if near else ""


def short_follows(page: Page, c: Candidate) -> str:
    """Its initials stand in brackets behind it."""
    first, last = c.stretch
    if last - first < 2 or last + 2 >= page.size or page.texts[last] != "(" or page.texts[last + 2][0] != ")":
        return ""
    short = page.texts[last + 1]
    return short if len(short) > 1 and short.isupper() and initials(short, page.texts[first:last]) else ""


def the_word(page: Page, c: Candidate) -> str:
    """The article before it."""
    before = page.before(c.stretch[0])
    return "the" if before is not None and before.lower == "the" else ""
