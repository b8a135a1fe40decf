"""Waiting for files to change: `kg build --watch`."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from kg.config import STORE_MARKER
from kg.errors import UsageError


@contextmanager
def interruptible() -> Iterator[threading.Event]:
    """An event that an interrupt (Ctrl-C) sets, beside raising KeyboardInterrupt as ever: raised at a moment when
    Python drops exceptions, such as in a finaliser, it would be lost."""
    stop = threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def interrupt(number: int, frame: FrameType | None) -> None:
        stop.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def wait(paths: list[str], stop: threading.Event) -> None:
    """Return once something below `paths` has changed; what lies in a store or a hidden folder does not count.

    Raises UsageError where there is nothing to watch: standard input, or no such folder. Raises KeyboardInterrupt
    where `stop` is set.
    """
    from watchfiles import watch

    there = [path for path in paths if path != "-" and Path(path).exists()]
    if not there:
        raise UsageError(f"--watch: no file or folder to watch in {', '.join(paths)}")
    if stop.is_set() or not next(watch(*there, watch_filter=_counts, stop_event=stop, raise_interrupt=True), None):
        raise KeyboardInterrupt


def _counts(change: object, path: str) -> bool:
    place = Path(path)
    hidden = place.name.startswith(".") or place.parent.name.startswith(".")
    return not hidden and not any((folder / STORE_MARKER).exists() for folder in place.parents)
