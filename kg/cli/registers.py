"""Registers on the command line: which paths are some, and which of their records could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.pipeline import Report
    from kg.registers import Register


def among(paths: Sequence[str], mappings: Sequence[str]) -> list[str | Register]:
    """The paths, tables among them as registers where a mapping is given.

    Of several mappings each register takes the first whose columns it has. Raises UsageError for a mapping without a
    table, DataError for one that is unknown or breaks its format.
    """
    if not mappings:
        return list(paths)
    from kg.registers import ENDINGS, Register, fitting, named

    known = [named(name) for name in mappings]
    found = [Register(p, fitting(Path(p), known)) if Path(p).suffix.lower() in ENDINGS else p for p in paths]
    if not any(isinstance(each, Register) for each in found):
        raise UsageError(f"build: --mapping is for registers, but no path ends in {' or '.join(ENDINGS)}; name one")
    return found


def unread(report: Report) -> Iterator[str]:
    """A line for each cause for which records were left out, with the lines of the file."""
    causes: dict[tuple[str, str], list[str]] = {}
    for problem in report.unread:
        name, _, line = problem.where.rpartition(", line ")
        causes.setdefault((name, problem.what), []).append(line)
    for (name, what), lines in causes.items():
        yield f"left out: {name}: {what}: line{'s' * (len(lines) > 1)} {_runs([int(line) for line in lines])}"


def _runs(lines: Sequence[int]) -> str:
    """ "3, 7 to 9": lines that follow each other put together."""
    runs: list[list[int]] = []
    for line in sorted(lines):
        if runs and line == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], line]
        else:
            runs.append([line])
    return ", ".join(" to ".join(map(str, run)) for run in runs)
