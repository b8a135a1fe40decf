"""Splits paragraphs into sentences by rules, before any parser sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kg.data import check_keys, folder, lexicon, words
from kg.model import Span

_CLOSERS = "”’\"'»›)\\]}“"
# Full stops with the marks and brackets behind them, then space; or a space that the writer forgot. Bounded, so that
# a run of stops without an end is not read again from each of them.
_END = re.compile(
    rf"(?:\.(?:\s\.){{1,30}}|[.!?…]{{1,30}}|[.!?…][{_CLOSERS}]?\s?[{_CLOSERS}])[{_CLOSERS}]{{0,10}}"
    rf"(?:\[\d{{1,4}}\]){{0,30}}(?=\s|$)"
    rf"|(?<=[a-z]{{2}})[.!?](?=[A-Z][a-z]{{1,30}}[\s,])|[.!?…]{{1,30}}[{_CLOSERS}]{{0,10}}(?=[“‘„«])"
)
_WORD_BEFORE = re.compile(r"[^\s(\[“”‘\"'«„—–/-]*$")
_NEXT_WORD = re.compile(r"[“‘\"'«„(\[]*([^\W\d_]+)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_NAME_WORDS = re.compile(r"(?:(?:[A-Z][\w’'.-]*|de|da|du|der|van|von|bin|ben|al|of|the|and|,)\s+){1,7}(\w+)\b(?!-)")
# A place in capitals and what follows it, or capitalised words and numbers parted by commas; an agency; a dash.
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’ -]{2,}(?:[,/][^!?:“”\"—–]{2,60}?)?"
    r"|[A-Z][\w'’ -]{2,30}?(?:, (?:[A-Z][\w.'’-]*|\d{1,4})(?: [A-Z][\w.'’-]*| \d{1,4})*)+)"
    r"(?:\s?\([^)]{2,40}\))?(?:\s?[—–]|\s?--|\s-(?=\s))\s*(?=[A-Z“\"‘'\d])"
    r"|[A-Z][\w'’ -]{2,30}\([A-Z][^)]{1,40}\)\s?(?:[—–-]|--)\s+(?=[A-Z“\"‘'\d])"
)
_BULLET = re.compile(r"(?:[•●▪◦‣·*–—-]|\(?(?:[a-z]|[ivx]{1,4})\)|\(?\d{1,2}[.)]|\d{1,2}(?:\.\d)+)\s+(?=\S)")


class _Lists(NamedTuple):
    before: frozenset[str]
    numbers: frozenset[str]
    anywhere: frozenset[str]
    states: frozenset[str]
    months: frozenset[str]
    starters: frozenset[str]
    attributing: frozenset[str]


_KEYS = ("before_names", "before_numbers", "anywhere", "states", "months", "starters", "attributing")


@cache
def _lists() -> _Lists:
    check_keys(str(folder("lexicons") / "sentences.yaml"), lexicon("sentences").keys(), _KEYS, _KEYS)
    return _Lists(*(words("sentences", key) for key in _KEYS))


def split(text: str, paragraph: Span, *, prose: bool = True) -> list[Span]:
    """The sentences of one paragraph, in order, without the space between them.

    A bullet or an item's number belongs to no sentence; a dateline is a sentence of its own. With
    `prose` false (headlines, headings) the paragraph is one sentence.
    """
    start = paragraph.start
    if match := _BULLET.match(text, start, paragraph.end):
        start = match.end()
    if not prose:
        return [Span(start, paragraph.end)]
    found: list[Span] = []
    if match := _DATELINE.match(text, start, paragraph.end):
        found.append(Span(start, start + len(match.group().rstrip())))
        start = match.end()
    for end in _ends(text, start, paragraph.end):
        found.append(Span(start, end))
        start = end
        while start < paragraph.end and text[start].isspace():
            start += 1
    if start < paragraph.end:
        found.append(Span(start, paragraph.end))
    return found


def _ends(text: str, start: int, stop: int) -> Iterator[int]:
    for match in _END.finditer(text, start, stop):
        following = match.end()
        while following < stop and text[following].isspace():
            following += 1
        if following < stop and _is_end(text, start, match, following, stop):
            start = following
            yield match.end()


def _is_end(text: str, start: int, match: re.Match[str], following: int, stop: int) -> bool:
    """Whether the full stop, question mark or ellipsis ends a sentence that began at `start`."""
    lists = _lists()
    ending = match.group()
    glued = following == match.end()
    after = _NEXT_WORD.match(text, following, min(stop, following + 40))
    first = after.group(1) if after else ""
    if first[:1].islower() or _in_bracket(text, start, match.end(), stop):
        return False
    quoted = ending[-1] in _CLOSERS
    if not ending.startswith(".") or ending.startswith(".."):
        return not (quoted and _attributed(text, following, stop)) and not (
            ending.startswith("…") and first in ("I", "")
        )
    if quoted:
        return True
    word = _word_before(text, max(start, match.start() - 25), match.start())
    opened = text[following] in '“‘"«„('
    if word in lists.before or (len(word) > 1 and word.isupper() and word.capitalize() in lists.before):
        return False
    if word in lists.numbers and text[following].isdigit():
        return False
    if word in lists.states and text.endswith(", ", start, match.start() - len(word)):
        return not glued
    if word in lists.anywhere or word in lists.states or ("." in word and _INITIALS.fullmatch(word)):
        return (opened or first in lists.starters) and not glued
    if len(word) == 1 and word.isupper():
        return first in lists.starters and _lower_before(text, start, match.start() - 1)
    return not (word.isdigit() and (len(word) <= 2 and (first in lists.months or match.start() - len(word) == start)))


def _word_before(text: str, start: int, end: int) -> str:
    match = _WORD_BEFORE.search(text[start:end])
    return match.group() if match else ""


def _lower_before(text: str, start: int, place: int) -> bool:
    """Whether a word in lower case stands before a lone capital: "plan B.", not "John B."."""
    head = text[max(start, place - 30) : place].split()
    return bool(head) and head[-1][:1].islower()


def _attributed(text: str, place: int, stop: int) -> bool:
    """Whether a name with a verb of saying follows: “Is it?” Ms Reed asked."""
    match = _NAME_WORDS.match(text, place, min(stop, place + 120))
    return match is not None and match.group(1) in _lists().attributing


def _in_bracket(text: str, start: int, end: int, stop: int) -> bool:
    """Whether a bracket that opened inside the sentence is closed only behind `end`."""
    opened = text.rfind("(", max(start + 1, end - 200), end)
    return opened > 0 and ")" not in text[opened:end] and text.find(")", end, min(stop, end + 200)) > 0
