"""What the commands print: tables for people, plain text for machines, nothing raw that a document might carry."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import pyoxigraph as ox

from kg.errors import StoreError
from kg.tables import Result, Table, Triples, write

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from kg.explain import Explanation, Sentence

WIDTH = 120
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NARROW = frozenset(
    (
        "date", "status", "kind", "form", "count", "earliest", "latest", "start", "end", "office",
        "row", "now", "score", "key",
    )
)  # fmt: skip
_LONG = frozenset(
    (
        "evidence", "text", "words", "disputed", "summary", "title", "parameters", "label", "reasons", "decided",
        "note",
    )
)  # fmt: skip
_WIDEST = 18
"""Columns of a cell in all columns but the long ones."""


def safe(text: str) -> str:
    """Text without control characters: they could steer a terminal."""
    return _CONTROL.sub("�", text)


def complain(message: str) -> None:
    """An error message."""
    print(f"kg: {safe(message)}", file=sys.stderr)


def note(message: str) -> None:
    """A line about what is going on, kept apart from the output."""
    print(safe(message), file=sys.stderr)


def counter(words: str) -> Callable[[int, int], None] | None:
    """Shows on a terminal how many of how many are done; None elsewhere."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, of: int) -> None:
        end = "\n" if done + 1 == of else ""
        print(f"\r{words} {done + 1:,} of {of:,}", end=end, file=sys.stderr, flush=True)

    return show


def console() -> Console:
    """Where tables are printed: as wide as the terminal, or `WIDTH` columns where there is none."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else WIDTH
    return Console(width=width, highlight=False, markup=False, emoji=False, soft_wrap=False)


def emit(text: str) -> None:
    """Machine-readable text to standard output; on a terminal without control characters."""
    sys.stdout.write(_CONTROL.sub("�", text) if sys.stdout.isatty() else text)
    sys.stdout.flush()


def check_writable(path: str) -> None:
    """Raises StoreError where `save` could not write to `path`, so that no work is done in vain."""
    if path == "-":
        return
    if Path(path).is_dir():
        raise StoreError(f"{path}: cannot be written (it is a folder); name a file with -o")
    part = Path(f"{path}.part")
    try:
        part.touch()
        part.unlink()
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: str, error: OSError) -> StoreError:
    return StoreError(f"{path}: cannot be written ({error.strerror}); name another file with -o")


def save(write: Callable[[BinaryIO], object], path: str) -> None:
    """What `write` puts into a stream goes to a file, the old one kept until the new one is whole; "-" is standard
    output. Raises StoreError.
    """
    if path == "-":
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    part = Path(f"{path}.part")
    try:
        with part.open("wb") as out:
            write(out)
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _unwritable(path, error) from error


def show(result: Result, form: str, *, whole: bool = False) -> None:
    """A query's answer: `form` is "table" or one of `kg.tables.FORMATS`; `whole` as for `table`."""
    if form == "table" and isinstance(result, Table):
        table(result, whole=whole)
    elif form == "table" and not isinstance(result, Triples):
        emit("yes\n" if result else "no\n")
    else:
        emit(write(result, "turtle" if form == "table" else form))


def table(result: Table, *, whole: bool = False) -> None:
    """Rows for people, without columns of nodes; with `whole` only without those that a column of names stands for."""
    if not result.rows:
        note("nothing found")
        return
    shown = [i for i, column in enumerate(result.columns) if _shown(result, i, column, whole)]
    shown = shown or list(range(len(result.columns)))
    rows = [["" if row[i] is None else row[i].value for i in shown] for row in result.rows]  # type: ignore[union-attr]
    left_out = {column for i, column in enumerate(result.columns) if i not in shown}
    named = [(result.columns[i], result.columns[i].removesuffix("Name")) for i in shown]
    columns = [short if short in left_out or (short and not whole) else column for column, short in named]
    grid(columns, rows)
    note(f"{len(rows)} row{'s' * (len(rows) != 1)}")


def _shown(result: Table, i: int, column: str, whole: bool) -> bool:
    if whole and f"{column}Name" not in result.columns:
        return True
    cells = [row[i] for row in result.rows if row[i] is not None]
    return bool(cells) and not all(isinstance(cell, ox.NamedNode) for cell in cells)


def grid(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table as wide as the terminal."""
    from rich import box
    from rich.table import Table as Grid
    from rich.text import Text

    drawn = Grid(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for column in columns:
        free = column in _LONG or column in _NARROW or len(columns) < 4
        drawn.add_column(column, overflow="fold", no_wrap=column in _NARROW, max_width=None if free else _WIDEST)
    for row in rows:
        drawn.add_row(*(Text(safe(" ".join(cell.split()))) for cell in row))
    console().print(drawn)


def explanation(told: Explanation) -> None:
    """A node with its facts; the words that show a fact stand in bold, or between » and « where there is no colour."""
    from rich.text import Text

    out = console()

    def line(indent: int, *parts: str | Text) -> None:
        text = Text(" " * indent)
        for part in parts:
            text.append_text(part) if isinstance(part, Text) else text.append(safe(part))
        out.print(text, soft_wrap=True)

    line(0, Text(safe(told.label), style="bold"))
    line(0, told.iri)
    for name, value in told.properties:
        line(2, f"{name}: {value}")
    for reason in told.reasons:
        line(2, f"because {reason}")
    for fact in told.facts:
        out.print()
        line(0, f"{fact.kind}: ", Text(safe(fact.label), style="bold"))
        line(2, fact.iri)
        for sentence in fact.sentences:
            line(2, _marked(sentence, out.is_terminal))
            line(4, f"{sentence.document}, {sentence.start} to {sentence.end}")
        for reason in fact.reasons:
            line(2, f"because {reason}")
    if told.left_out:
        line(0, f"and {told.left_out} more")


def _marked(sentence: Sentence, colour: bool) -> Text:
    from rich.text import Text

    text = Text()
    for words, marked in sentence.pieces():
        plain = safe(" ".join(words.split()) if words.strip() else words)
        lead, tail = words[:1].isspace() * " ", (words[-1:].isspace() and words.strip() != "") * " "
        if marked:
            text.append(plain if colour else f"»{plain}«", style="bold reverse" if colour else "")
        else:
            text.append(f"{lead}{plain}{tail}" if words.strip() else " ")
    return text
