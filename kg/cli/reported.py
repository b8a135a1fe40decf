"""What a build left out, and what it noticed, told on the terminal."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli import output

if TYPE_CHECKING:
    from kg.documents import Skipped
    from kg.model import Problem

_LISTED = 20


def noticed(problems: Sequence[Problem]) -> None:
    """The first of what a build stumbled over in documents that it read."""
    for problem in problems[:_LISTED]:
        output.note(f"noticed: {problem.where}: {problem.what}")


def left_out(skipped: Sequence[Skipped]) -> None:
    """Each mistake by itself, of a file's records the first; what is none of ours by its reason, with its number."""
    faults: Counter[Path] = Counter()
    for each in skipped:
        if each.failure:
            faults[each.path] += 1
            if not each.where or faults[each.path] <= _LISTED:
                where = f"{each.path}: {each.where}" if each.where else str(each.path)
                output.complain(f"left out: {where}: {each.reason}")
    for path, number in faults.items():
        if number > _LISTED:
            output.complain(f"left out: {path}: {number - _LISTED:,} more records with mistakes")
    names: dict[str, list[str]] = defaultdict(list)
    for each in skipped:
        if not each.failure:
            names[each.reason].append(f"{each.path}, {each.where}" if each.where else str(each.path))
    for reason, some in sorted(names.items()):
        shown = ", ".join(some[:3]) + (f" and {len(some) - 3:,} more" if len(some) > 3 else "")
        output.note(f"left out: {reason}: {shown}")
    from kg.registers import ENDINGS

    if tables := [each.path for each in skipped if each.path.suffix.lower() in ENDINGS and not each.failure]:
        output.note(f"a register is read with a mapping of its columns: kg build {tables[0]} --mapping FILE|NAME")
