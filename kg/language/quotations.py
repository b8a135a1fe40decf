"""A state machine over quotation marks: curly, straight, double and single, over paragraphs.

A mark that lacks its partner costs one quotation at most, and is reported. Every decision looks a bounded
number of marks ahead, so the work grows with the text and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.language.analysis import Paragraph, Quotation, Segment
from kg.language.marks import Family, Mark, scan
from kg.model import Span

# How many marks a decision may look ahead, and over how many paragraphs words without a mark of their own may run on.
_AHEAD = 64
_RUN_ON = 12
_INTRODUCED = re.compile(r"[:,—–]\s?$")


class Flaw(NamedTuple):
    """A mark without its partner, and what was made of it."""

    span: Span
    what: str


class Found(NamedTuple):
    """The quotations of a text in order of their first mark, and the flaws of its marks."""

    quotations: tuple[Quotation, ...]
    flaws: tuple[Flaw, ...]


def find(text: str, paragraphs: Sequence[Paragraph]) -> Found:
    """The quotations of a text; nesting is told by `parent`, segments follow the paragraphs."""
    machine = _Machine(text, [p.span for p in paragraphs if p.kind != "furniture"])
    for number in range(len(machine.spans)):
        machine.read(number)
    return machine.result()


@dataclass(slots=True, eq=False)
class _Open:
    """A quotation under way: where its latest opening mark begins and ends, and what is done already.

    `closer` is where a single mark will be closed in this paragraph, if it is.
    """

    mark: Mark
    parent: _Open | None
    outer: int
    inner: int
    closer: int | None = None
    segments: list[Segment] = field(default_factory=list)
    closed: bool = False


class _Machine:
    """The stack of open quotations while the paragraphs go by."""

    def __init__(self, text: str, spans: list[Span]) -> None:
        self.text = text
        self.spans = spans
        self.marks = [scan(text, span) for span in spans]
        self.number = 0
        self.stack: list[_Open] = []
        self.ended: list[_Open] = []
        self.flaws: list[Flaw] = []

    def read(self, number: int) -> None:
        """Take in one paragraph; what is open at its end goes on or is ended."""
        self.number = number
        marks = self.marks[number]
        for i in range(self._resume(), len(marks)):
            if marks[i].family == "double":
                self._take_double(i)
            else:
                self._take_single(i)
        if self.stack:
            self._end_paragraph()

    def result(self) -> Found:
        """All quotations, numbered in order of their first mark."""
        kept = sorted((o for o in self.ended if o.segments), key=lambda o: o.segments[0].outer.start)
        index = {id(o): n for n, o in enumerate(kept)}
        found = []
        for n, o in enumerate(kept):
            parent = o.parent
            while parent is not None and id(parent) not in index:
                parent = parent.parent
            around = None if parent is None else index[id(parent)]
            found.append(Quotation(n, tuple(o.segments), o.mark.char, o.closed, around))
        return Found(tuple(found), tuple(sorted(self.flaws)))

    def _take_double(self, i: int) -> None:
        mark = self.marks[self.number][i]
        at = self._innermost_double()
        if mark.role == "open" or (mark.role == "either" and at is None and not self._space_at(mark.span.end)):
            if at is not None and at == len(self.stack) - 1 and not self._nests(i):
                self._drop(at)
            self._push(mark)
        elif at is not None:
            self._close(at, mark)
        elif not self.text[mark.span.start - 1 : mark.span.start].isdigit():
            self.flaws.append(Flaw(mark.span, "closing mark without an opening one: passed over"))

    def _take_single(self, i: int) -> None:
        mark = self.marks[self.number][i]
        top = self.stack[-1] if self.stack and self.stack[-1].mark.family == "single" else None
        if top and top.closer == mark.span.start:
            self._close(len(self.stack) - 1, mark)
        elif mark.role == "open" and not top:
            closer = self._closer(i)
            if closer is not None or self._leads(mark):
                self._push(mark, closer)
            elif mark.char == "‘":
                self.flaws.append(Flaw(mark.span, "opening mark without a closing one: passed over"))

    def _closer(self, i: int) -> int | None:
        """Where the single mark `i` is closed: at the surest mark before the next opening one."""
        inside = self._innermost_double() is not None
        depth, sureness, best = 0, 0, None
        for mark in self.marks[self.number][i + 1 : i + 1 + _AHEAD]:
            if mark.family == "double":
                shuts = mark.role == "close" or (mark.role == "either" and depth > 0)
                if shuts and depth == 0 and inside:
                    break
                depth = max(0, depth + (-1 if shuts else 1))
            elif depth == 0:
                if mark.role == "open":
                    break
                if mark.closes > sureness:
                    best, sureness = mark.span.start, mark.closes
        if sureness == 1 and self._leads(self.marks[self.number][i]) and self._reopened("single"):
            return None
        return best

    def _leads(self, mark: Mark) -> bool:
        """Whether an opening single mark without a partner can begin words that go on in the next paragraph."""
        if mark.char != "‘" or self._reopened("single"):
            return self._reopened("single")
        start = mark.span.start
        return start == self.spans[self.number].start or bool(_INTRODUCED.search(self.text, max(0, start - 2), start))

    def _reopened(self, family: Family) -> bool:
        """Whether the next paragraph begins with an opening mark of that family, or with several of which one is."""
        if self.number + 1 >= len(self.spans):
            return False
        place = self.spans[self.number + 1].start
        for mark in self.marks[self.number + 1]:
            if mark.span.start != place or mark.role == "close":
                return False
            if mark.family == family:
                return True
            place = mark.span.end
        return False

    def _nests(self, i: int) -> bool:
        """Whether the opening mark `i` inside a quotation of its kind leaves both of them closed in the end."""
        depth = 2
        for mark in self.marks[self.number][i + 1 : i + 1 + _AHEAD]:
            if mark.family == "double":
                depth += 1 if mark.role == "open" else -1
                if depth == 0:
                    return True
        start = self.marks[self.number][i].span.start
        introduced = _INTRODUCED.search(self.text, max(0, start - 2), start)
        return depth == 1 and not introduced and self._reopened("double")

    def _resume(self) -> int:
        """Open what goes on in this paragraph; the number of marks that this takes."""
        taken = 0
        place = self.spans[self.number].start
        marks = self.marks[self.number]
        for level, quotation in enumerate(self.stack):
            quotation.outer = quotation.inner = place
            if taken < len(marks) and _reopens(marks[taken], quotation, place):
                place = quotation.inner = marks[taken].span.end
                if quotation.mark.family == "single":
                    above, self.stack = self.stack, self.stack[:level]
                    quotation.closer = self._closer(taken)
                    self.stack = above
                taken += 1
        return taken

    def _end_paragraph(self) -> None:
        end = self.spans[self.number].end
        kept = self._going_on()
        while len(self.stack) > kept:
            quotation = self.stack.pop()
            self._cut(quotation, end, end)
            self.ended.append(quotation)
            self.flaws.append(Flaw(quotation.mark.span, "no closing mark: ended with its paragraph"))
        for quotation in self.stack:
            self._cut(quotation, end, end)

    def _going_on(self) -> int:
        """How many of the open quotations the next paragraph takes up, by marks of its own or a closing one."""
        following = self.number + 1
        if following >= len(self.spans):
            return 0
        place, kept = self.spans[following].start, 0
        for quotation, mark in zip(self.stack, self.marks[following], strict=False):
            if not _reopens(mark, quotation, place):
                break
            place, kept = mark.span.end, kept + 1
        if kept or self.stack[0].mark.family != "double":
            return kept
        for marks in self.marks[following : following + _RUN_ON]:
            for mark in marks:
                if mark.family == "double":
                    return int(mark.role == "close")
        return 0

    def _push(self, mark: Mark, closer: int | None = None) -> None:
        parent = self.stack[-1] if self.stack else None
        self.stack.append(_Open(mark, parent, mark.span.start, mark.span.end, closer))

    def _close(self, at: int, mark: Mark) -> None:
        while len(self.stack) > at + 1:
            self._drop(len(self.stack) - 1)
        quotation = self.stack.pop()
        self._cut(quotation, mark.span.start, mark.span.end)
        quotation.closed = True
        self.ended.append(quotation)

    def _drop(self, at: int) -> None:
        dropped = self.stack.pop(at)
        self.ended.append(dropped)
        self.flaws.append(Flaw(dropped.mark.span, "opening mark without a closing one: passed over"))

    def _cut(self, quotation: _Open, inner: int, outer: int) -> None:
        """Add the words up to `inner`, the spaces beside the marks left out."""
        words = self.text[quotation.inner : inner]
        start = quotation.inner + len(words) - len(words.lstrip())
        if words.strip():
            quotation.segments.append(Segment(Span(start, start + len(words.strip())), Span(quotation.outer, outer)))

    def _innermost_double(self) -> int | None:
        return next((n for n in reversed(range(len(self.stack))) if self.stack[n].mark.family == "double"), None)

    def _space_at(self, offset: int) -> bool:
        return offset >= self.spans[self.number].end or self.text[offset].isspace()


def _reopens(mark: Mark, quotation: _Open, place: int) -> bool:
    """Whether a mark at the beginning of a paragraph takes the quotation up again."""
    same = mark.span.start == place and mark.family == quotation.mark.family
    return same and (mark.role != "close" or mark.char in "”»")
