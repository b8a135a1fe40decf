"""Worker processes, each with the store open to be read, replaced when they are ended."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import kg
from kg.errors import StoreError
from kg.serve.reply import Reply, refusal
from kg.serve.settings import Settings
from kg.serve.worker import LENGTH, frame
from kg.store import present

_START = 60.0
"""Seconds in which a worker must be ready."""
_AGAIN = 1.0
"""Seconds until another is started in place of one that did not come up."""
OPEN = frozenset({"sparql"})
"""Tasks that strangers write themselves: they never take the last worker, so pages are served meanwhile."""


class _EndedError(Exception):
    """A worker that is no more."""


class _Worker:
    """One process that is ready; `ask` may run once at a time."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, settings: Settings) -> _Worker:
        """A new process with the store open. Raises _EndedError where it does not come up."""
        root = str(Path(kg.__file__).resolve().parent.parent)
        paths = [root, *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
        worker = cls(
            await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "kg.serve.worker", json.dumps(settings.packed())),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            )
        )
        try:
            await asyncio.wait_for(worker._receive(), _START)
        except (TimeoutError, asyncio.CancelledError, _EndedError) as error:
            await asyncio.shield(worker.end())
            if isinstance(error, asyncio.CancelledError):
                raise
            raise _EndedError from error
        return worker

    @property
    def gone(self) -> bool:
        """Whether something outside has ended the process."""
        return self._process.returncode is not None

    async def ask(self, header: Mapping[str, Any]) -> Reply:
        """The answer to a task. Raises _EndedError where the process ends instead."""
        assert self._process.stdin
        try:
            self._process.stdin.write(frame(header))
            await self._process.stdin.drain()
        except OSError as error:
            raise _EndedError from error
        answered, body = await self._receive()
        return Reply(answered["status"], answered["media"], body, answered["headers"])

    async def _receive(self) -> tuple[dict[str, Any], bytes]:
        assert self._process.stdout
        try:
            (length,) = LENGTH.unpack(await self._process.stdout.readexactly(LENGTH.size))
            header = json.loads(await self._process.stdout.readexactly(length))
            return header, await self._process.stdout.readexactly(header["body"])
        except (asyncio.IncompleteReadError, OSError) as error:
            raise _EndedError from error

    async def end(self) -> None:
        """Kill it and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


class Pool:
    """As many workers as the settings say. Start it and stop it, or use it in an `async with` statement."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._free: asyncio.Queue[_Worker] = asyncio.Queue()
        self._all: set[_Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._open = asyncio.Semaphore(max(1, settings.workers - 1))

    async def __aenter__(self) -> Pool:
        try:
            self._take(await _Worker.start(self._settings))
        except _EndedError as error:
            raise StoreError(f"{self._settings.store}: no worker could start; the lines above tell why") from error
        for _ in range(self._settings.workers - 1):
            self._add()
        return self

    async def __aexit__(self, *about: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """End all workers."""
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        workers, self._all = self._all, set()
        for worker in workers:
            await worker.end()

    async def ask(self, task: str, arguments: Mapping[str, Any]) -> Reply:
        """The answer to one of the tasks of `kg.serve.tasks`; 503 where no worker is free, or none answers in time."""
        lane = self._open if task in OPEN else contextlib.nullcontext()
        try:
            async with asyncio.timeout(self._settings.patience) as waiting, lane:
                worker = await self._ready()
                waiting.reschedule(None)
                return await self._asked(worker, task, arguments)
        except TimeoutError:
            return refusal(503, "the server is busy; ask again in a moment", again=2)

    async def _asked(self, worker: _Worker, task: str, arguments: Mapping[str, Any]) -> Reply:
        header = {"task": task, "arguments": dict(arguments), "generation": generation(self._settings.store)}
        whole = False
        try:
            reply = await asyncio.wait_for(worker.ask(header), self._settings.deadline)
            whole = True
            return reply
        except TimeoutError:
            return refusal(503, f"the query ran longer than {self._settings.deadline:g} seconds; ask for less")
        except _EndedError:
            return refusal(503, "the query ended its worker: too much memory, or nested too deep; ask for less")
        finally:
            # also when the visitor went away: a worker with an answer under way is of no more use
            if whole:
                self._free.put_nowait(worker)
            else:
                await self._replace(worker)

    async def _ready(self) -> _Worker:
        """A free worker that lives."""
        while (worker := await self._free.get()).gone:
            await self._replace(worker)
        return worker

    async def _replace(self, worker: _Worker) -> None:
        self._all.discard(worker)
        self._add()
        await asyncio.shield(worker.end())

    def _take(self, worker: _Worker) -> None:
        self._all.add(worker)
        self._free.put_nowait(worker)

    def _add(self) -> None:
        """Start another worker; nobody waits for it while others are free."""
        task = asyncio.create_task(self._started())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _started(self) -> None:
        while True:
            try:
                self._take(await _Worker.start(self._settings))
                return
            except (_EndedError, OSError):
                await asyncio.sleep(_AGAIN)


def generation(store: str) -> str:
    """Something that differs after each write to the store, so that workers open it anew."""
    return present(store)
