"""Text with names marked inline, `[PER|Ada Quill] met the [ORG|Dockers' Union]`: reading and holding out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

from kg.errors import DataError
from kg.language.analysis import NameLabel

LABELS: tuple[str, ...] = get_args(NameLabel)
HELD_OUT = 5
"""Every fifth item of a file is kept for testing."""

_MARK = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
_GAP = re.compile(r"\n\s*\n")


class Piece(NamedTuple):
    """A stretch of a line: a name with its label, or text between names (label None)."""

    label: str | None
    text: str


Line = tuple[Piece, ...]
Item = tuple[Line, ...]
"""An article, line by line; or a paragraph that stands alone, of one line."""


class Marked(NamedTuple):
    """An item as plain text and its names: (start, end, label)."""

    text: str
    names: tuple[tuple[int, int, str], ...]


def read(folder: Path) -> tuple[list[Item], list[Item]]:
    """The items of all `*.txt` in a folder: those to train on, and every fifth of each file to test on.

    A file with blank lines holds articles, divided by them; one without holds a paragraph a line.
    Raises DataError that names file and line of an unknown label, an empty name or a stray bracket.
    """
    training: list[Item] = []
    testing: list[Item] = []
    for items in _files(folder):
        for number, item in enumerate(items, 1):
            (training if number % HELD_OUT else testing).append(item)
    return training, testing


def read_all(folder: Path) -> list[Item]:
    """The items of all `*.txt` in a folder, all to train on; raises like `read`."""
    return [item for items in _files(folder) for item in items]


def _files(folder: Path) -> Iterator[list[Item]]:
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text("utf-8").strip("\n")
        _check(path, text)
        blocks = _GAP.split(text) if _GAP.search(text) else text.split("\n")
        yield [tuple(_line(line) for line in block.split("\n") if line.strip()) for block in blocks if block.strip()]


def flat(item: Sequence[Line]) -> Marked:
    """An item as the text that a reader sees, lines parted by a newline, and its names' offsets."""
    parts: list[str] = []
    names: list[tuple[int, int, str]] = []
    at = 0
    for number, line in enumerate(item):
        for piece in (Piece(None, "\n"), *line) if number else line:
            if piece.label is not None:
                names.append((at, at + len(piece.text), piece.label))
            parts.append(piece.text)
            at += len(piece.text)
    return Marked("".join(parts), tuple(names))


def _line(line: str) -> Line:
    found: list[Piece] = []
    at = 0
    for match in _MARK.finditer(line):
        found.append(Piece(None, line[at : match.start()]))
        found.append(Piece(match[1], match[2]))
        at = match.end()
    found.append(Piece(None, line[at:]))
    return tuple(piece for piece in found if piece.text)


def _check(path: Path, text: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        where = f"{path}, line {number}"
        for match in _MARK.finditer(line):
            if match[1] not in LABELS:
                raise DataError(f"{where}: unknown label {match[1]!r}; allowed are {', '.join(LABELS)}")
            if not match[2].strip() or match[2] != match[2].strip():
                raise DataError(f"{where}: {match.group()!r} marks no name, or blanks around one; mark the name alone")
        rest = _MARK.sub("", line)
        if "[" in rest or "]" in rest or "|" in rest:
            raise DataError(f"{where}: a bracket or bar outside a mark; write marks as [PER|Ada Quill], unnested")
