"""Runs kg's commands in processes of their own, at once and by the hundred, and kills them in a phase that is named.

    python -m tests.hostile.forking          a line of JSON in, one out

The server imports kg once, opens no store, and forks for each command. A command notes in which phase of a build it is
in memory that outlives it; where it comes to the phase at which it is to die, a process of its own sends it SIGKILL a
moment later, so that the blow falls anywhere: in Python, in Oxigraph, in SQLite, in the kernel.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
PHASES = {
    "opening": ("kg.store.holding", "Holding", "open"),
    "analysing": ("kg.pipeline.guard", "Guard", "run"),
    "keeping": ("kg.store.shelf", "Disk", "put"),
    "joining": ("kg.settle", "", "concluded"),
    "writing documents": ("kg.store", "Store", "describe"),
    "writing notes": ("kg.store.notes", "Notes", "write"),
    "search index": ("kg.search.tables", "Maker", "make"),
    "publishing": ("kg.store.states", "States", "_fill"),
    "checksums": ("kg.store.states", "States", "_sum"),
    "clearing": ("kg.store.states", "States", "_forget_others"),
    "scrubbing": ("kg.store.states", "", "copied"),
}
"""What is being done, and the function that does it."""


_NAME, _NOTES = 40, 1 << 14
"""Bytes of a phase's name, and of all notes; memory that is shared, so that a limit on files does not meet it."""


@dataclass
class Ended:
    """How a command ended: its exit code (negative for a signal), its words, the phase that it was in at its end, and
    the seconds of each phase's longest time."""

    code: int
    said: str
    phase: str
    times: dict[str, tuple[int, float]] = field(default_factory=dict)


class Forker:
    """The client's side; use it in a `with` statement."""

    def __enter__(self) -> Forker:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.hostile.forking"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        return self

    def __exit__(self, *about: object) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait(30)

    def run(self, *command: str, die: tuple[str, int, float] | None = None, limit: int | None = None) -> Ended:
        """Run `kg COMMAND`; `die` at the phase, when it begins for the n-th time, so many seconds later. `limit` is the
        largest size of a file."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps([command, die, limit]) + "\n")
        self._process.stdin.flush()
        return Ended(*json.loads(self._process.stdout.readline()))


class _Watch:
    """In the command's process: notes phases, and calls the killer."""

    def __init__(self, notes: mmap.mmap, die: tuple[str, int, float] | None) -> None:
        self._notes, self._die = notes, die
        self._now: list[str] = ["between these"]
        self.times: dict[str, tuple[int, float]] = {}

    @contextmanager
    def _within(self, phase: str) -> Iterator[None]:
        began, (times, longest) = time.monotonic(), self.times.get(phase, (0, 0.0))
        self.times[phase] = times + 1, longest
        self._now.append(phase)
        self._note()
        if self._die and self._die[:2] == (phase, times):
            _kill_later(os.getpid(), self._die[2])
        try:
            yield
        finally:
            self._now.pop()
            self._note()
            self.times[phase] = times + 1, max(longest, time.monotonic() - began)

    def _note(self) -> None:
        self._notes[:_NAME] = self._now[-1].ljust(_NAME).encode()

    def watch(self, phase: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its phase noted."""

        def watched(*about: Any, **more: Any) -> Any:
            with self._within(phase):
                return real(*about, **more)

        return watched


def _kill_later(process: int, seconds: float) -> None:
    if os.fork() == 0:
        os.closerange(0, 256)  # not the lock of the store
        time.sleep(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        os._exit(0)


def _command(words: list[str], die: tuple[str, int, float] | None, limit: int | None, notes: mmap.mmap) -> int:
    import importlib
    import resource

    watch = _Watch(notes, die)
    for phase, (module, owner, name) in PHASES.items():
        at = importlib.import_module(module)
        at = getattr(at, owner) if owner else at
        real = at.__dict__[name]
        if isinstance(real, classmethod):
            setattr(at, name, classmethod(watch.watch(phase, real.__func__)))
        else:
            setattr(at, name, watch.watch(phase, real))
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    from kg.cli import run

    code = run(words)
    times = json.dumps(watch.times).encode()
    notes[_NAME : _NAME + len(times)] = times
    return code


def main() -> None:
    """Fork for each line until there are no more."""
    import kg.cli.app
    import kg.pipeline
    import kg.search
    import kg.settle

    del kg
    for line in sys.stdin:
        words, die, limit = json.loads(line)
        read, write = os.pipe()
        os.set_blocking(read, False)
        with mmap.mmap(-1, _NOTES) as notes, open(read, "rb") as said:
            if (child := os.fork()) == 0:
                os.dup2(write, 1)
                os.dup2(write, 2)
                sys.stdout, sys.stderr = open(1, "w"), open(2, "w")  # noqa: SIM115 (until the process ends)
                code = 70
                try:
                    code = _command(words, tuple(die) if die else None, limit, notes)
                except BaseException:
                    traceback.print_exc()
                finally:
                    sys.stdout.flush()
                    sys.stderr.flush()
                    os._exit(code)
            _, status = os.waitpid(child, 0)
            os.close(write)
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            phase, times = notes[:_NAME].decode().strip("\0 "), notes[_NAME:].rstrip(b"\0")
            whole = (said.read() or b"").decode("utf-8", "replace")
        print(json.dumps([os.waitstatus_to_exitcode(status), whole, phase, json.loads(times or b"{}")]), flush=True)


if __name__ == "__main__":
    main()
