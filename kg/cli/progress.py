"""A line on the terminal that tells how far a build is."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.status import Status

from kg.cli.output import safe


class Line:
    """A context manager whose value is told of each step."""

    def __init__(self) -> None:
        self._status = Status("reading", console=Console(stderr=True, markup=False, highlight=False, emoji=False))

    def __enter__(self) -> Line:
        self._status.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._status.stop()

    def __call__(self, step: str, done: int) -> None:
        """Show a step and how many documents are through."""
        from rich.text import Text

        self._status.update(Text(safe(f"{done:,} documents · {step}")))
