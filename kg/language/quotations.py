"""A state machine over quotation marks: curly, straight, double and single, over paragraphs."""

from __future__ import annotations

from kg.language.analysis import Paragraph, Quotation, Segment
from kg.model import Span

_OPENING = {"“": "”", "‘": "’", '"': '"', "'": "'"}


def find(text: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Quotation, ...]:
    """The quotations of a text in order of their first mark; nesting is told by `parent`."""
    found: list[Quotation] = []
    pending: list[Segment] = []
    for paragraph in paragraphs:
        i, end = paragraph.span
        opened: int | None = None
        closing = ""
        while i < end:
            char = text[i]
            if opened is None:
                before = text[i - 1] if i else " "
                after = text[i + 1] if i + 1 < end else " "
                fresh = not before.isalnum() and not after.isspace()
                if (char in _OPENING and fresh) or (char == "”" and before == ":"):
                    opened, closing = i, _OPENING.get(char, "”")
                    if pending and i != paragraph.span.start:
                        found.append(Quotation(len(found), tuple(pending), text[pending[0].outer.start], False))
                        pending = []
            elif char == closing and not (char in "’'" and i + 1 < end and text[i + 1].isalnum()):
                pending.append(Segment(Span(opened + 1, i), Span(opened, i + 1)))
                found.append(Quotation(len(found), tuple(pending), text[pending[0].outer.start]))
                pending, opened = [], None
            i += 1
        if opened is not None:
            pending.append(Segment(Span(opened + 1, end), Span(opened, end)))
    if pending:
        found.append(Quotation(len(found), tuple(pending), text[pending[0].outer.start], False))
    return tuple(found)
