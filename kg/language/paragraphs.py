"""Cuts a text into paragraphs and says what kind each is."""

from __future__ import annotations

import re

from kg.language.analysis import Paragraph, ParagraphKind
from kg.model import Span

_LINE = re.compile(r"[^\n]+")
_FURNITURE = re.compile(r"^(?:read more:?|comments|\d+ min(?:ute)? read|share this.*|advertisement|subscribe.*)$", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[•–—*-]|\d+[.)])\s")


def split(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text in order; blank lines belong to none."""
    found: list[Paragraph] = []
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + len(line) - len(line.lstrip())
        span = Span(start, start + len(stripped))
        found.append(Paragraph(span, _kind(stripped, first=not found)))
    return tuple(found)


def _kind(line: str, *, first: bool) -> ParagraphKind:
    if _FURNITURE.match(line):
        return "furniture"
    if first:
        return "headline"
    if _BULLET.match(line):
        return "list"
    if line[-1] not in ".!?”\"’'…:" and len(line.split()) < 16:
        return "heading"
    return "body"
