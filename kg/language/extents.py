"""Where a model's names begin and end: never over a sentence's bound, a lone quotation mark or a possessive."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.language.analysis import ModelName
from kg.language.labels import name_label
from kg.language.layout import Layout
from kg.model import Span

_MARKS = frozenset(("“", "”", '"', "„", "«", "»", "‘", "``", "''"))
_TIMES = frozenset(("acting", "interim", "former", "ex", "then", "outgoing", "incoming", "new", "current", "today"))
_TRAILING = frozenset(("'s", "’s", "'", "’", ".", ",", ";", ":", "(", "-", "–", "—"))


def extents(layout: Layout, found: Iterable[tuple[int, int, str]]) -> Iterator[ModelName]:
    """Names of our five kinds from (first token, last token exclusive, label), cut where they must be."""
    bounds = [sentence.first for sentence in layout.sentences]
    for first, last, given in found:
        label = name_label(given)
        if label is None:
            continue
        sentence = layout.sentences[bisect_right(bounds, first) - 1]
        first, last = _unmarked(layout, first, min(last, sentence.last))
        while last > first and layout.forms[last - 1] in _TRAILING:
            last -= 1
        if last - first > 1 and layout.forms[first] == "the":
            first += 1
        if label == "ROLE":
            first, last = _office(layout.forms, first, last, sentence.last)
        if last > first:
            yield ModelName(Span(layout.spans[first].start, layout.spans[last - 1].end), label, first, last)


def _office(forms: list[str], first: int, last: int, end: int) -> tuple[int, int]:
    """An office without the word of its time in front, and with the stop of its abbreviation: "Sen." """
    while last - first > 1 and forms[first].lower() in _TIMES:
        first += 1
    short = last + 1 < end and forms[last] == "." and forms[last - 1].istitle() and len(forms[last - 1]) < 6
    return first, last + 1 if short else last


def _unmarked(layout: Layout, first: int, last: int) -> tuple[int, int]:
    """The longest run without a mark; a pair of marks inside, around a nickname, may stay, and "Farmers' Union"."""
    forms = layout.forms
    marks = [i for i in range(first, last) if forms[i] in _MARKS or (forms[i] in "’'" and i + 1 < last)]
    marks = [i for i in marks if not (first < i < last - 1 and _possessive(layout, i))]
    if not marks or (len(marks) == 2 and first < marks[0] and marks[1] + 1 < last):
        return first, last
    edges = [first - 1, *marks, last]
    return max(((a + 1, b) for a, b in pairwise(edges)), key=lambda run: run[1] - run[0])


def _possessive(layout: Layout, i: int) -> bool:
    """Whether an apostrophe stands close behind a plural and apart from the next word: "Farmers' Union"."""
    forms, spans = layout.forms, layout.spans
    close = spans[i].start == spans[i - 1].end and spans[i].end < spans[i + 1].start
    return forms[i] in "’'" and close and forms[i - 1][-1:] in "sS"
