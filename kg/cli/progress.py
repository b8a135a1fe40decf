"""A bar on the terminal that tells how far a build is, how fast, and how long it will take."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from kg.cli.output import safe


class Bar:
    """A context manager whose value is told of each step."""

    def __init__(self) -> None:
        console = Console(stderr=True, markup=False, highlight=False, emoji=False)
        self._progress = Progress(
            BarColumn(20),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}", markup=False),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[step]}", markup=False),
            console=console,
            transient=True,
        )
        self._task = self._progress.add_task("", total=None, rate="", step="reading")

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._progress.stop()

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show a step and how many of how many documents are through."""
        speed = self._progress.tasks[0].speed
        rate = f"{speed:,.1f} documents/s" if speed else ""
        self._progress.update(self._task, completed=done, total=total or None, rate=rate, step=safe(step))
