"""The records of a CSV text with the place of every cell."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import DataError
from kg.model import Span
from kg.registers.mapping import Mapping

_LONGEST = 200
"""Lines of a record at most: where one has more, a quotation mark was not closed."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell holds, blanks around it left out, as it stands in the text, and where."""

    words: str
    span: Span


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the number of its first line, where it stands, and those of its cells that hold anything.

    `broken` says why it cannot be read, "" where it can.
    """

    line: int
    span: Span
    cells: dict[str, Cell]
    broken: str = ""


class _Lines:
    """The lines of a text one by one, with how far they have been taken."""

    def __init__(self, text: str) -> None:
        self._text, self.at, self.number = text, 0, 0
        self.last = _LONGEST

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self.at >= len(self._text) or self.number >= self.last:
            raise StopIteration
        start = self.at
        end = self._text.find("\n", start)
        self.at = len(self._text) if end < 0 else end + 1
        self.number += 1
        return self._text[start : self.at]


def records(text: str, mapping: Mapping, where: str) -> Iterator[Record]:
    """The records below the line of columns, blank lines left out.

    Raises DataError where a column of the mapping is missing, or stands twice.
    """
    lines = _Lines(text)
    reader = csv.DictReader(lines, delimiter=mapping.delimiter)
    header = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    if missing := sorted(mapping.wanted - set(header)):
        there = ", ".join(filter(None, header)) or "none"
        raise DataError(
            f"{where}: column {', '.join(map(repr, missing))} of the mapping {mapping.where} is not there; there are "
            f"{there}; mend the mapping, or name another"
        )
    if twice := next((name for name in header if name in mapping.wanted and header.count(name) > 1), None):
        raise DataError(f"{where}: column {twice!r} stands twice; keep one")
    while lines.at < len(text):
        start, line = lines.at, lines.number + 1
        lines.last = lines.number + _LONGEST
        try:
            row = next(reader)
            broken = _broken(row, len(header))
        except StopIteration:
            return
        except csv.Error as error:
            row, broken = {}, f"{error}; mend the quotation marks"
        while start < lines.at and text[start] in "\r\n":  # blank lines before it
            line += text[start] == "\n"
            start += 1
        if lines.number - line + 1 >= _LONGEST:
            broken = "a quotation mark is not closed; mend it"
        if broken:  # what follows the first line may be sound
            lines.at, lines.number = (text.find("\n", start) + 1) or len(text), line
            yield Record(line, Span(start, lines.at), {}, broken)
            continue
        end = start + len(text[start : lines.at].rstrip("\r\n"))
        yield Record(line, Span(start, end), _cells(text, row, start, mapping.wanted))


def _cells(text: str, row: dict[str, str], start: int, wanted: frozenset[str]) -> dict[str, Cell]:
    found = {}
    for name, value in row.items():
        if not isinstance(name, str) or not value:
            continue
        words = value.strip()
        raw = words.replace('"', '""')
        at = text.find(raw, start) if words else -1
        if at < 0 and words:  # quotation marks that need none
            raw, at = words, text.find(words, start)
        if at < 0:
            continue
        start = at + len(raw)
        if name in wanted:
            found[name] = Cell(text[at:start], Span(at, start))
    return found


def _broken(row: dict[str, str], columns: int) -> str:
    if None in row:
        return f"more cells than the {columns} columns; quote what holds a comma"
    if None in row.values():
        given = sum(value is not None for value in row.values())
        return f"{given} cells where there are {columns} columns; a line may be broken off"
    return ""
