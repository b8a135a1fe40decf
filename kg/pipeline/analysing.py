"""Steps 2 and 3 for many documents, in processes of their own, with the results in the order of input.

A document that cannot be analysed costs itself alone, also where it ends the process that reads it or never ends.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kg.documents import Skipped
from kg.errors import KgError, ModelError
from kg.find import find
from kg.language import analyse
from kg.model import Document, Problem
from kg.pipeline.guard import Guard, LostError
from kg.resolve.copies import signed
from kg.store.findings import to_json

BATCH = 16
"""Documents that are analysed at once, at most."""
_CHARACTERS = 100_000
"""A batch is full with so many characters: a long document is a batch of its own."""
_AHEAD = 3
_WARM = "Harbour mayor meets minister\n\nThe mayor met the finance minister in Lisbon. “We agree,” the mayor said.\n"


@dataclass(frozen=True, slots=True)
class Analysed:
    """One document's findings as the store keeps them, with what they stumbled over."""

    slug: str
    name: str
    text: str
    findings: str
    problems: tuple[Problem, ...]


SECONDS = 300.0
"""Processor time that a document may take; a megabyte takes about a minute."""
Result = Analysed | Skipped
Keyed = tuple[Document, str]
"""A document and the key under which its findings are kept."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Who analyses: `workers` processes, each document with so many `seconds` of processor time at most.

    With no workers this process does it, and nothing ends a document that takes for ever.
    """

    workers: int = 1
    seconds: float = SECONDS


def analysed(documents: Iterable[Keyed], language: str, hands: Hands) -> Iterator[Result]:
    """The findings of each document, or why it has none, in the order given.

    Processes share the batches, each with a model of its own; a few batches are read ahead of the slowest, so memory
    does not grow with the number of documents. Raises ModelError where the language model cannot be loaded.
    """
    if not hands.workers:
        for batch in _batches(documents):
            yield from analyse_batch(batch, language)
        return
    folder = Path(language)
    yield from _shared(documents, str(folder.resolve()) if folder.is_dir() else language, hands)


def analyse_batch(batch: Sequence[Keyed], language: str) -> list[Result]:
    """The results of one batch; where it fails as a whole, its documents are tried one by one."""
    try:
        return _together(batch, language)
    except (ModelError, KeyboardInterrupt):
        raise
    except Exception:
        return [_alone(keyed, language) for keyed in batch]


def _batches(documents: Iterable[Keyed]) -> Iterator[list[Keyed]]:
    batch: list[Keyed] = []
    size = 0
    for keyed in documents:
        batch.append(keyed)
        size += len(keyed[0].text)
        if len(batch) == BATCH or size >= _CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
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


_Waiting = deque[Future[list[Result]]]


def _shared(documents: Iterable[Keyed], language: str, hands: Hands) -> Iterator[Result]:
    guard = Guard(hands.seconds, warm, language)
    batches = _batches(_announced(documents, guard))
    threads = ThreadPoolExecutor(hands.workers)
    waiting: _Waiting = deque()
    try:
        while True:
            for batch in islice(batches, max(1, _AHEAD * hands.workers - len(waiting))):
                waiting.append(threads.submit(_guarded, guard, batch, language))
            if not waiting:
                return
            yield from waiting.popleft().result()
    finally:
        guard.close()
        threads.shutdown(wait=True, cancel_futures=True)


def _announced(documents: Iterable[Keyed], guard: Guard) -> Iterator[Keyed]:
    """The documents; with the first, a process begins to load the model while the others are read."""
    for number, keyed in enumerate(documents):
        if not number:
            guard.prepare()
        yield keyed


def warm(language: str) -> None:
    """Load the model and read the word lists, so that no document's time counts for it."""
    document = Document("", "", _WARM, "", hashlib.sha256(_WARM.encode()).hexdigest())
    _together([(document, "")], language)


def _guarded(guard: Guard, batch: Sequence[Keyed], language: str) -> list[Result]:
    """The results of one batch; where its process is lost, each document gets one more try by itself."""
    try:
        results: list[Result] = guard.run(analyse_batch, batch, language)
        return results
    except LostError as lost:
        if len(batch) > 1 and not guard.closed:
            return [result for keyed in batch for result in _guarded(guard, [keyed], language)]
        return [Skipped(Path(batch[0][0].slug), str(lost), failure=True)]
