"""Counts of what the hostile tests tried, and how often they try."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

COUNTS = (
    "faults tried",
    "faults survived",
    "documents or triples lost",
    "bad inputs tried",
    "tracebacks",
    "hangs",
    "hostile requests tried",
    "hostile requests that reached what is not theirs",
    "requests served under load",
    "neighbours' requests failed",
)
"""What may be counted, in the order of the table; a name that is not here is an error."""


@dataclass(slots=True)
class Tally:
    """What was tried so far: counts of `COUNTS`, largest values in a unit, and values as they are."""

    counts: Counter[str] = field(default_factory=Counter)
    worst: dict[str, tuple[float, str, str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, number: int = 1) -> None:
        """Count `number` more; 0 makes the row appear."""
        if name not in COUNTS:
            raise KeyError(f"{name!r} is not counted; these are: {', '.join(COUNTS)}")
        self.counts[name] += number

    def largest(self, name: str, value: float, unit: str, what: str) -> None:
        """Keep the largest value of a measure ("time for a megabyte") and the case that it was."""
        if name not in self.worst or value > self.worst[name][0]:
            self.worst[name] = (value, unit, what)

    def note(self, name: str, value: str) -> None:
        """A row as it is ("p99 at 64 clients")."""
        self.notes[name] = value

    def rows(self) -> list[tuple[str, str]]:
        """The table."""
        counts = [(name, f"{self.counts[name]:,}") for name in COUNTS if name in self.counts]
        worst = [
            (f"largest {name}", f"{value:,.2f} {unit} ({what})") for name, (value, unit, what) in self.worst.items()
        ]
        return counts + worst + list(self.notes.items())


TALLY = Tally()


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try: "short" in every run, "full" by `-m hostile`, "long" by `--hostile long`."""

    name: Literal["short", "full", "long"]

    def of(self, short: int, full: int, long: int) -> int:
        """How often, for this effort."""
        return {"short": short, "full": full, "long": long}[self.name]
