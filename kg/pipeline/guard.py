"""Work in processes of its own: what hangs there, or ends its process, costs one job and never the build.

A process counts the processor time of each job and is ended by the system at the limit, in C code and in a regular
expression too; so a busy machine makes no difference. By the clock a job may take `PATIENCE` times as long.
"""

from __future__ import annotations

import atexit
import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Timer
from typing import Any, NamedTuple

from kg.errors import KgError

PATIENCE = 4
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from kg.pipeline.job import main; main()"


class LostError(Exception):
    """The process that did a job was ended; the message says why."""


class Done(NamedTuple):
    """What a job came to: its value, or the error of ours that it raised."""

    value: Any = None
    error: KgError | None = None


class Guard:
    """Does jobs in processes, each begun when it is needed and kept for the next job.

    A job is a function of some module with its arguments; `first` is called with `of` in each process once, before
    any time is counted. One idle process outlives the guard for a minute, for the next one of the same kind.
    Several threads may use a guard, each gets a process of its own.
    """

    def __init__(self, seconds: float, first: Callable[[str], object], of: str = "") -> None:
        self.seconds, self.first, self.of = seconds, first, of
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()
        self.closed = False

    def run(self, job: Callable[..., Any], *given: object) -> Any:
        """The value of a job. Raises the KgError that it raised, and LostError where it took too long or was ended."""
        while True:
            if self.closed:
                raise LostError("the work was stopped")
            process = self._take()
            self._busy.add(process)
            try:
                done = process.do((job, given, self.seconds))
            finally:
                self._busy.discard(process)
            if done is None:  # it left while it was idle
                continue
            if self.closed:
                process.end()
            else:
                self._idle.append(process)
            if done.error is not None:
                raise done.error
            return done.value

    def prepare(self) -> None:
        """Begin a process ahead of the first job, which is about to come: it loads what it needs meanwhile."""
        if not self._idle and self._kind not in _SPARE:
            process = _Process(self.first, self.of)
            process.begin()
            self._idle.append(process)

    def close(self) -> None:
        """End the processes, those that work too; one that is idle stays for the next guard of this kind."""
        self.closed = True
        for process in list(self._busy):
            process.kill()
        if self._idle:
            _keep(self._kind, self._idle.pop())
        while self._idle:
            self._idle.pop().end()

    @property
    def _kind(self) -> tuple[Any, ...]:
        return (os.getpid(), self.first, self.of)

    def _take(self) -> _Process:
        try:
            return self._idle.pop()
        except IndexError:
            return _SPARE.pop(self._kind, None) or _Process(self.first, self.of)


class _Process:
    """A process that does one job after another; `begun` tells that it was told how to begin, `used` of a job."""

    def __init__(self, first: Callable[[str], object], of: str) -> None:
        command = [sys.executable, "-P", "-c", _START, json.dumps(sys.path)]
        # In a session of its own: an interrupt is for the parent, which ends its processes in order.
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
        self.begun = self.used = self.late = False
        assert self.process.stdin is not None and self.process.stdout is not None
        self._to, self._from = self.process.stdin, self.process.stdout
        self._begin = (first, of)

    def begin(self) -> None:
        """Let it begin before there is a job. Where that fails, `do` says why."""
        with suppress(OSError):
            pickle.dump(self._begin, self._to)
            self._to.flush()
            self.begun = True

    def do(self, job: tuple[Callable[..., Any], tuple[object, ...], float]) -> Done | None:
        """What a job came to; None where a process that had been idle was gone before it. Raises LostError."""
        stood, seconds = self.begun, job[2]
        timer = Timer(PATIENCE * seconds + (0 if self.used else 60), self._overdue)
        timer.daemon = True
        timer.start()
        try:
            if not stood:
                pickle.dump(self._begin, self._to)
            pickle.dump(job, self._to)
            self._to.flush()
            self.begun = self.used = True
            done = pickle.load(self._from)
        except (EOFError, OSError, pickle.UnpicklingError):
            code = self.end()
            if stood and code == 0 and not self.late:
                return None
            raise LostError(_why(code, seconds, late=self.late)) from None
        except BaseException:
            self.kill()
            raise
        finally:
            timer.cancel()
        assert isinstance(done, Done)
        return done

    def _overdue(self) -> None:
        self.late = True
        self.kill()

    def kill(self) -> None:
        """End it at once."""
        self.process.kill()

    def end(self) -> int:
        """End it in order: it leaves when nothing more can come. Its exit code."""
        try:
            self._to.close()
        except OSError:
            self.process.kill()
        self._from.close()
        try:
            return self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def _why(code: int, seconds: float, *, late: bool) -> str:
    overdue = late or (hasattr(signal, "SIGPROF") and code == -signal.SIGPROF)
    if overdue:
        return f"took more than {seconds:g} seconds; split it, or give more with --document-seconds"
    return "the process that analysed it was ended, perhaps for want of memory"


_SPARE: dict[tuple[Any, ...], _Process] = {}


def _keep(kind: tuple[Any, ...], process: _Process) -> None:
    if kind in _SPARE:
        process.end()
    else:
        _SPARE[kind] = process


@atexit.register
def _leave() -> None:
    for kind in [kind for kind in _SPARE if kind[0] == os.getpid()]:
        _SPARE.pop(kind).end()
