"""How far a name goes: runs over hyphens, particles and possessives, "of" and "and", brackets."""

from __future__ import annotations

from collections.abc import Iterator

from kg.find.names.lists import Word
from kg.find.names.page import Page
from kg.find.names.sheet import Stretch
from kg.model import Kind

_LONGEST = 12
# Heads whose name goes on with "to": "Delegation to Moldova", but "Congress to act".
_TOWARD = frozenset({"Delegation", "Mission", "Embassy", "Office", "Register", "Committee"})
Reading = tuple[Stretch, Kind | None, str]


def step(page: Page, i: int, last: int) -> int:
    """How many tokens from `i` carry a run on; 0 where it ends."""
    text = page.texts[i]
    if page.capital[i]:
        return 1
    if text == "-" and i + 1 < last and page.joined(i) and page.joined(i + 1):
        return 2 if page.capital[i + 1] else 0
    if text in ("&", "/") and i + 1 < last and page.capital[i + 1] and text == "&":
        return 2
    if text == "the" and page.texts[i - 1] in ("Against", "For", "Of") and i + 1 < last and page.capital[i + 1]:
        return 2
    if text in page.lists.particles:
        if i + 1 < last and page.capital[i + 1]:
            return 2
        if i + 2 < last and page.texts[i + 1] in page.lists.particles and page.capital[i + 2]:
            return 3
        if i + 3 < last and page.texts[i + 1] == "-" and page.capital[i + 2]:
            return 3
    if text in ("'s", "'") and i + 1 < last and page.capital[i + 1] and _owned(page, i, last):
        return 2
    if text == "'s" and i + 1 < last and page.texts[i - 1] in page.lists.folk and page.capital[i + 1]:
        return 2
    return 0


def _owned(page: Page, i: int, last: int) -> bool:
    """Whether a possessive goes on into a body's name: "Nurses' Union", "Veterans' Affairs Committee",
    "Recorder's Office"."""
    owner, heads = page.texts[i - 1], page.flags[i + 1]
    if heads & Word.STRONG_BODY and (owner.endswith("s") or page.flags[i - 1] & Word.OFFICE):
        return True
    if page.texts[i] == "'s" or not owner.endswith("s") or page.flags[i - 1] & (Word.GIVEN | Word.PARTY | Word.LEANING):
        return False
    if heads & Word.WEAK_BODY:
        return True
    k = i + 2
    while k < min(last, i + 4) and (page.capital[k] or page.texts[k] in ("and", "&")):
        if page.flags[k] & Word.STRONG_BODY:
            return True
        k += 1
    return False


def left(page: Page, first: int) -> int:
    """Where "X, Y and …" begins before `first` behind "the" or an owner: "the Transport and General Workers' Union"."""
    if page.before(first) is None or page.texts[first - 1] not in ("and", "&") or first < 2:
        return first
    start = first - 1
    if page.texts[start - 1] == ",":
        start -= 1
    while page.before(start) is not None and first - start < 9 and page.texts[start - 1] != "The":
        if not page.capital[start - 1] and not _comma(page, start - 1):
            break
        if page.flags[start - 1] & (Word.BODY | Word.PARTY | Word.OFFICE | Word.HONORIFIC | Word.GIVEN):
            return first
        start -= 1
    opened = start < first - 1 and page.before(start) is not None and page.texts[start - 1].lower() in ("the", "'s")
    return start if opened else first


def _comma(page: Page, i: int) -> bool:
    return page.texts[i] == "," and page.capital[i - 1] and not page.model.get((i - 1, i))


def longer(page: Page, first: int, last: int) -> Iterator[Reading]:
    """Names that go on behind "of", "for", "and": "Board of Deputies of British Jews"."""
    kind: Kind = "Party" if page.flags[last - 1] & Word.PARTY else "Organisation"
    if kind != "Party" and not page.flags[last - 1] & Word.OPENER:
        return
    end = last
    while end - first < _LONGEST and (grown := _tail(page, end)) > end:
        yield (first, grown), kind, page.texts[end]
        end = grown
        if (joined := _and(page, end)) > end:
            yield (first, joined), kind, "and"


def _tail(page: Page, end: int) -> int:
    """The end of a link and the capitals behind it; `end` itself where there are none."""
    after = page.after(end)
    if after is None or page.texts[end] not in page.lists.links or page.is_owned(end):
        return end
    if page.texts[end] == "to" and page.texts[end - 1] not in _TOWARD:
        return end
    start = end + 1
    while start < page.size and page.texts[start] in ("the", "all", "la", "los", "las", "l'"):
        start += 1
    person = start + 1 < page.size and page.flags[start] & Word.GIVEN and page.capital[start + 1]
    return end if person and page.texts[end] == "of" else _capitals(page, start, end)


def _and(page: Page, end: int) -> int:
    after = page.after(end)
    if after is None or page.texts[end] not in ("and", "&", ","):
        return end
    grown = _capitals(page, end + 1, end)
    if page.texts[end] == "," and (grown == end or grown >= page.size or page.texts[grown] not in ("and", ",")):
        return end
    return _and(page, grown) if page.texts[end] == "," else grown


def _capitals(page: Page, start: int, otherwise: int) -> int:
    """The end of the capitals that begin at `start` in the sentence of `otherwise`."""
    i = start
    if i < page.size and page.texts[i] in page.lists.dates:
        return otherwise
    while i < page.size and page.tokens[i].sentence == page.tokens[otherwise - 1].sentence:
        stride = step(page, i, page.size) if i > start else int(page.capital[i])
        office = page.flags[i] & (Word.HONORIFIC | Word.OFFICE) and not page.flags[i] & Word.BODY
        if not stride or (office and page.texts[i] != "Justice"):
            break
        i += stride
    return i if i > start else otherwise


def qualified(page: Page, last: int) -> int:
    """The end of a wing in brackets behind a party's name: "Janata Dal (Secular)"; `last` where there is none."""
    inside = last + 1 < page.size and page.texts[last] == "(" and page.texts[last + 1] in page.lists.qualifiers
    return last + 3 if inside and last + 2 < page.size and page.texts[last + 2] == ")" else last
