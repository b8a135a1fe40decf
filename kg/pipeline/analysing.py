"""Steps 2 and 3 for many documents: in this process, or in several, with the results in the order of input.

A document that cannot be analysed costs itself alone, also where it ends the process that reads it.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from kg.documents import Skipped
from kg.errors import KgError, ModelError
from kg.find import find
from kg.language import analyse
from kg.model import Document, Problem
from kg.resolve.copies import signed
from kg.store.findings import to_json

BATCH = 16
"""Documents that are analysed at once."""
_AHEAD = 3
_FEW = 4


@dataclass(frozen=True, slots=True)
class Analysed:
    """One document's findings as the store keeps them, with what they stumbled over."""

    slug: str
    name: str
    text: str
    findings: str
    problems: tuple[Problem, ...]


Result = Analysed | Skipped
Keyed = tuple[Document, str]
"""A document and the key under which its findings are kept."""


def analysed(documents: Iterable[Keyed], language: str, workers: int = 1) -> Iterator[Result]:
    """The findings of each document, or why it has none, in the order given.

    With `workers` above one, processes share the batches, each with a model of its own; a few batches are read
    ahead of the slowest, so memory does not grow with the number of documents. Few documents start no processes.
    Raises ModelError where the language model cannot be loaded.
    """
    batches = _batches(documents)
    first = list(islice(batches, _FEW if workers > 1 else 0))
    if len(first) < _FEW:
        for batch in chain(first, batches):
            yield from analyse_batch(batch, language)
    else:
        yield from _shared(chain(first, batches), language, workers)


def analyse_batch(batch: Sequence[Keyed], language: str) -> list[Result]:
    """The results of one batch; where it fails as a whole, its documents are tried one by one."""
    try:
        return _together(batch, language)
    except (ModelError, KeyboardInterrupt):
        raise
    except Exception:
        return [_alone(keyed, language) for keyed in batch]


def _batches(documents: Iterable[Keyed]) -> Iterator[list[Keyed]]:
    documents = iter(documents)
    while batch := list(islice(documents, BATCH)):
        yield batch


def _together(batch: Sequence[Keyed], language: str) -> list[Result]:
    results: list[Result] = []
    for analysis, (document, key) in zip(analyse([one for one, _ in batch], language), batch, strict=True):
        found = find(analysis)
        results.append(
            Analysed(document.slug, document.name, document.text, to_json(signed(found), key), found.problems)
        )
    return results


def _alone(keyed: Keyed, language: str) -> Result:
    try:
        return _together([keyed], language)[0]
    except Exception as error:  # one bad document costs one document, never the build
        what = str(error) if isinstance(error, KgError) else f"{type(error).__name__}: {error}"
        return Skipped(Path(keyed[0].slug), f"cannot be analysed ({what})", failure=True)


_Waiting = deque[tuple[list[Keyed], Future[list[Result]]]]


def _shared(batches: Iterator[list[Keyed]], language: str, workers: int) -> Iterator[Result]:
    pool = _pool(workers)
    waiting: _Waiting = deque()
    try:
        while True:
            for batch in islice(batches, max(0, _AHEAD * workers - len(waiting))):
                waiting.append((batch, pool.submit(analyse_batch, batch, language)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                results = future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _pool(workers)
                waiting = deque((other, pool.submit(analyse_batch, other, language)) for other, _ in waiting)
                results = [_apart(keyed, language) for keyed in batch]
            yield from results
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _apart(keyed: Keyed, language: str) -> Result:
    """One document in a process of its own: it may be the one that ended a process."""
    with _pool(1) as pool:
        try:
            return pool.submit(analyse_batch, [keyed], language).result()[0]
        except BrokenProcessPool:
            why = "the process that analysed it was ended, perhaps for want of memory"
            return Skipped(Path(keyed[0].slug), why, failure=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    # Not forked: the parent may hold the store and threads.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """An interrupt is for the parent, which ends the workers in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
