"""Waiting for files to change: `kg build --watch`."""

from __future__ import annotations

from pathlib import Path

from kg.config import STORE_MARKER
from kg.errors import UsageError


def wait(paths: list[str]) -> None:
    """Return once something below `paths` has changed; what lies in a store or a hidden folder does not count.

    Raises UsageError where there is nothing to watch: standard input, or no such folder. Raises KeyboardInterrupt.
    """
    from watchfiles import watch

    there = [path for path in paths if path != "-" and Path(path).exists()]
    if not there:
        raise UsageError(f"--watch: no file or folder to watch in {', '.join(paths)}")
    next(watch(*there, watch_filter=_counts, raise_interrupt=True))


def _counts(change: object, path: str) -> bool:
    place = Path(path)
    hidden = place.name.startswith(".") or place.parent.name.startswith(".")
    return not hidden and not any((folder / STORE_MARKER).exists() for folder in place.parents)
