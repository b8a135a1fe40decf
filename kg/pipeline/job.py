"""The other side of `guard`: a process that does one job after another until its parent is gone."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from threading import Timer
from typing import Any, BinaryIO, NoReturn

from kg.errors import KgError
from kg.pipeline.guard import Done

_IDLE = 60.0
"""Seconds without a job after which it leaves."""


def main() -> None:
    """Do the jobs of standard input; their values go to what was standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between
    try:
        _work(sys.stdin.buffer, out)
    except (EOFError, OSError):  # nobody is there any more
        os._exit(0)


def _work(jobs: BinaryIO, out: BinaryIO) -> NoReturn:
    first, of = pickle.load(jobs)
    failed = _done(first, (of,)).error
    while True:
        idle = Timer(_IDLE, os._exit, (0,))
        idle.start()
        job, given, seconds = pickle.load(jobs)
        idle.cancel()
        _count(seconds)
        done = Done(error=failed) if failed is not None else _done(job, given)
        _count(0)
        pickle.dump(done, out)
        out.flush()


def _done(job: Callable[..., Any], given: tuple[object, ...]) -> Done:
    try:
        return Done(job(*given))
    except KgError as error:
        return Done(error=error)
    except Exception as error:  # the parent reports it for the one document that it is about
        return Done(error=KgError(f"{type(error).__name__}: {error}"))


def _count(seconds: float) -> None:
    """Let the system end this process after so much processor time; 0 is no limit."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)
