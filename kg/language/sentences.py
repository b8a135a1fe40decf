"""Splits paragraphs into sentences by rules, before any parser sees them."""

from __future__ import annotations

import re

from kg.data import words
from kg.model import Span

_END = re.compile(r"[.!?…]+[”’\"')\]]*(?=\s)")


def split(text: str, paragraph: Span) -> list[Span]:
    """The sentences of one paragraph, in order, without the space between them."""
    abbreviations = words("sentences", "abbreviations")
    found: list[Span] = []
    start = paragraph.start
    for match in _END.finditer(text, paragraph.start, paragraph.end):
        end = match.end()
        after = text[end : paragraph.end].lstrip()
        last_word = text[start : match.start() + 1].rsplit(maxsplit=1)[-1].lstrip("(“‘\"'")
        if match.group().startswith(".") and (last_word.rstrip(".") in abbreviations or re.fullmatch(r"(?:[A-Z]\.)+", last_word)):
            continue
        if after and after[0].islower():
            continue
        found.append(Span(start, end))
        start = end + len(text[end : paragraph.end]) - len(after)
    if start < paragraph.end:
        found.append(Span(start, paragraph.end))
    return found
