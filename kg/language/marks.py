"""Finds the quotation marks of a paragraph and says what each can do where it stands."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from kg.data import words
from kg.model import Span

Family = Literal["double", "single"]
Role = Literal["open", "close", "either"]

DOUBLE = '"“”„‟«»＂'
SINGLE = "'‘’‚‛‹›`´"
_MARK = re.compile("``|''|[" + re.escape(DOUBLE + SINGLE) + "]")
_OPENING = frozenset("“„‟«‘‚‛‹") | {"``"}
_CLOSING = frozenset("”»’›") | {"''"}
_BEFORE_OPEN = frozenset("([{<:;,/—–-‑―=|*_•") | frozenset(DOUBLE) | frozenset("‘‹‚'`")
_AFTER_CLOSE = frozenset(")]}>:;,.!?/—–-‑―…|*_") | frozenset(DOUBLE) | frozenset("’›'´")
_DASHES = frozenset("—–-‑―")
_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"\d\d(?:s\b|\b(?!\s?(?:per|%)))")
_STRONG_BEFORE = frozenset(".,!?…;:)]—–-%") | frozenset(DOUBLE) | frozenset("0123456789")


class Mark(NamedTuple):
    """One mark: its place, what it can do, and how sure a single mark is to close (0 to 3)."""

    span: Span
    char: str
    family: Family
    role: Role
    closes: int = 3


@cache
def _elisions() -> frozenset[str]:
    return words("quotations", "elisions")


@cache
def _clipped() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(words("quotations", "clipped"))) + ")$")


@cache
def _followers() -> frozenset[str]:
    return words("quotations", "followers")


def scan(text: str, paragraph: Span) -> list[Mark]:
    """The marks of one paragraph in order, apostrophes and signs for feet and inches left out."""
    found: list[Mark] = []
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        before = text[match.start() - 1] if match.start() > paragraph.start else " "
        after = text[match.end()] if match.end() < paragraph.end else " "
        char = match.group()
        make = _double if char[0] in DOUBLE or len(char) == 2 else _single
        mark = make(text, Span(*match.span()), before, after)
        if mark:
            found.append(mark)
    return found


def _double(text: str, span: Span, before: str, after: str) -> Mark | None:
    char = text[span.start : span.end]
    free = before.isspace() or before in _BEFORE_OPEN
    ends = after.isspace() or after in _AFTER_CLOSE
    if before in _DASHES or before in DOUBLE:
        free = not ends or before.isspace()
    if before in ",;":
        free = False
    role: Role
    if char in _OPENING:
        # The German closing mark, and the opening one typed for the closing one, hang on a word.
        role = "close" if not free and ends and char != "„" else "open"
    elif char in _CLOSING:
        role = "either" if free and not ends else "close"
    elif free != ends:
        role = "open" if free else "close"
    else:
        role = "either"
    return Mark(span, char, "double", role)


def _single(text: str, span: Span, before: str, after: str) -> Mark | None:
    char = text[span.start : span.end]
    if before.isalnum() and after.isalnum():
        return None
    free = before.isspace() or (before in _BEFORE_OPEN and before != ",")
    if free and not after.isspace() and after not in "’'.,;:!?)":
        word = _WORD.match(text, span.end)
        if word and (word.group().lower() in _elisions() or (char not in "‘‹‚‛" and _YEAR.match(text, span.end))):
            return None
        if char in "’´›" and before not in ':‘“"':
            return None
        if char == "‘" and re.match(r"\d\ds\b", text[span.end : span.end + 4]):
            return None
        return Mark(span, char, "single", "open", 0)
    if char in "‘‹‚‛" or before.isspace():
        # A closing mark behind a space is a slip; it closes only what nothing else closes.
        return Mark(span, char, "single", "close", 1) if char in "’'" and before.isspace() and after.isspace() else None
    return Mark(span, char, "single", "close", _sureness(text, span, before, after))


def _sureness(text: str, span: Span, before: str, after: str) -> int:
    """How sure a single mark behind a word is to close rather than to stand for a possessive or a lost letter."""
    if before in _STRONG_BEFORE:
        return 3
    head = text[max(0, span.start - 8) : span.start].lower()
    clipped = _clipped().search(head)
    if before not in "sSzZxX" and not clipped:
        return 3
    if after in _AFTER_CLOSE and not clipped:
        return 3
    word = _WORD.match(text, span.end + 1)
    if after.isspace() and word and word.group().lower() in _followers():
        return 2
    return 1
