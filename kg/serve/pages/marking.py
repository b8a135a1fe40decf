"""A text with marks that may overlap, as pieces that nest: what HTML needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_GAP = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text. Of marks that begin together the longer goes around; `rank` decides between equal ones.

    `path` is what a name links to, `notes` are (path, kind, label) of the facts that the end of the stretch links to.
    """

    start: int
    end: int
    kind: str
    rank: int = 0
    path: str = ""
    notes: tuple[tuple[str, str, str], ...] = ()


@dataclass(slots=True)
class Step:
    """One step in writing the text: text, or the beginning or end of a mark.

    `anchor` is whether a beginning is the first of its stretch, `last` whether an end is its last: a mark that others
    cut through is written in several parts.
    """

    kind: str
    text: str = ""
    mark: Mark | None = None
    anchor: bool = False
    last: bool = False


@dataclass(slots=True)
class _Writing:
    text: str
    steps: list[Step] = field(default_factory=list)
    open: list[Mark] = field(default_factory=list)
    begun: set[tuple[int, int]] = field(default_factory=set)

    def begin(self, mark: Mark) -> None:
        self.steps.append(Step("begin", mark=mark, anchor=(mark.start, mark.end) not in self.begun))
        self.begun.add((mark.start, mark.end))
        self.open.append(mark)

    def end(self, at: int, all_of_them: bool = False) -> None:
        """End the marks that end here, and, for a while, those inside of them that go on."""
        ending = [mark for mark in self.open if mark.end <= at or all_of_them]
        if not ending:
            return
        keep: list[Mark] = []
        while self.open and any(mark in ending for mark in self.open):
            mark = self.open.pop()
            self.steps.append(Step("end", mark=mark, last=mark.end <= at))
            if mark.end > at:
                keep.append(mark)
        if not all_of_them:
            for mark in reversed(keep):
                self.begin(mark)


def paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches between empty lines that begin in `text[start:end]` or reach into it, cut to that stretch's ends.

    A line is a paragraph where the text has no empty lines.
    """
    found, at = [], start
    gaps = list(_GAP.finditer(text, start, end)) or list(re.finditer(r"\n+", text[start:end]))
    shift = 0 if gaps and gaps[0].re is _GAP else start
    for gap in gaps:
        found.append((at, gap.start() + shift))
        at = gap.end() + shift
    found.append((at, end))
    return [(first, last) for first, last in found if text[first:last].strip()]


def steps(
    text: str, start: int, end: int, marks: Iterable[Mark], begun: set[tuple[int, int]] | None = None
) -> Iterator[Step]:
    """How to write `text[start:end]` with its marks, every beginning with its end, rightly nested.

    `begun` holds the stretches that have an anchor already; those begun here are added.
    """
    inside = sorted((m for m in marks if m.start < end and m.end > start and m.start < m.end), key=_order)
    writing = _Writing(text, begun=set() if begun is None else begun)
    cuts = sorted({start, end, *(max(m.start, start) for m in inside), *(min(m.end, end) for m in inside)})
    waiting = list(reversed(inside))
    for at, then in pairwise(cuts):
        writing.end(at)
        while waiting and max(waiting[-1].start, start) <= at:
            mark = waiting.pop()
            if mark.end > at:
                writing.begin(mark)
        writing.steps.append(Step("text", text[at:then]))
    writing.end(end, all_of_them=True)
    return iter(writing.steps)


def _order(mark: Mark) -> tuple[int, int, int]:
    return mark.start, -mark.end, mark.rank


def joined(marks: Sequence[Mark]) -> list[Mark]:
    """Marks of one stretch and kind as one mark with the notes of all."""
    found: dict[tuple[int, int, str], Mark] = {}
    for mark in marks:
        key = mark.start, mark.end, mark.kind
        if (other := found.get(key)) is not None:
            notes = tuple(dict.fromkeys((*other.notes, *mark.notes)))
            found[key] = Mark(mark.start, mark.end, mark.kind, min(mark.rank, other.rank), other.path, notes)
        else:
            found[key] = mark
    return list(found.values())
