"""The six steps in one loop: read, analyse, find, resolve, describe, replace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Protocol

from kg import engine
from kg.config import NAME as CONFIG
from kg.documents import LIMIT, Skipped, Unchanged, count, read_all
from kg.errors import KgError
from kg.judgements.file import ENDING as JUDGEMENTS
from kg.judgements.file import load
from kg.language import OWN
from kg.link.file import ENDING as LINKS
from kg.model import Document, Problem
from kg.pipeline.analysing import SECONDS, Analysed, Hands, Keyed, analysed
from kg.pipeline.reading import Readers, readers
from kg.registers import Register
from kg.settle import end_removal, settle
from kg.store import Store


class Progress(Protocol):
    """Told of each step: what is being done ("reading 003.txt", "joining"), how many documents of how many are
    through."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Take note of it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: the documents that it read, those left out and why, and what it stumbled over in the others.

    `unchanged` of the documents were there already and were not analysed again; `changed` counts document graphs.
    `records` counts the records of registers, `unread` are those that cannot be read.
    """

    documents: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...] = ()
    pruned: tuple[str, ...] = ()
    changed: int = 0
    unchanged: int = 0
    records: int = 0
    unread: tuple[Problem, ...] = ()

    @property
    def failures(self) -> tuple[Skipped, ...]:
        """What was left out through a mistake to mend: a missing file, a malformed list of sources.

        Records of registers stand in `unread`.
        """
        return tuple(each for each in self.skipped if each.failure)


@dataclass(frozen=True, slots=True)
class Settings:
    """How to build: `language` is the pipeline, `prune` removes documents that the paths do not hold, `workers` is
    the number of processes that analyse side by side, `progress` is told of each step.

    A document may have so many `bytes` and take so many `seconds` of processor time (`guard.PATIENCE` times as many
    by the clock); with no `workers` all is done in this process, without a limit of time.
    """

    language: str = OWN
    prune: bool = False
    workers: int = 1
    progress: Progress | None = None
    bytes: int = LIMIT
    seconds: float = SECONDS


@dataclass(slots=True)
class _Notes:
    """What a build gathers as it goes; `keys` are those of the documents now being analysed."""

    store: Store
    engine: str
    documents: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0
    records: int = 0
    unread: list[Problem] = field(default_factory=list)

    def known(self, slug: str, key: str) -> bool:
        """Whether the store keeps what this engine found in these bytes."""
        whole = f"{self.engine} {key}"
        if self.store.key(slug) == whole:
            return True
        self.keys[slug] = whole
        return False


def build(paths: Sequence[Path | str | Register], store: Store, how: Settings | None = None) -> Report:
    """Read the documents at `paths`, registers among them, into a store, replacing those of the same IRI.

    Documents that the store holds already, read by the same engine from the same bytes, are not analysed again.
    Others that it holds stay, unless `how` prunes. A document that cannot be read,
    analysed or searched is left out, reported and counted; the build goes on. What was analysed is kept at once, so
    a build that is stopped goes on where it was when it is run again. The graph is
    the same with any number of workers. Raises ModelError where the language model is missing, StoreError where the
    store cannot be written, DataError where its file of judgements breaks the format.
    """
    how = how or Settings()
    tell = how.progress or (lambda step, done, total: None)
    load(store.judgements)
    end_removal(store)
    texts = [path for path in paths if not isinstance(path, Register)]
    registers = [path for path in paths if isinstance(path, Register)]
    total = count(texts) + len(registers) if how.progress else 0
    notes = _Notes(store, engine.digest(how.language))
    hands = Hands(how.workers, how.seconds)
    with readers(how.bytes, how.seconds, guarded=how.workers > 0) as read:
        results = analysed(_documents(texts, notes, read), how.language, hands)
        for result in chain(results, _registers(registers, notes, read)):
            if isinstance(result, Skipped):
                notes.skipped.append(result)
                continue
            store.keep_packed(result.slug, result.text, result.findings)
            notes.documents.append(result.slug)
            notes.problems.extend(result.problems)
            tell(result.name, len(notes.documents), total)
    gone = _gone(store, set(notes.documents)) if how.prune else ()
    changed = 0
    if gone or not store.concluded:
        tell("joining what the documents say", len(notes.documents), total)
        settled = settle(store, gone)
        notes.problems.extend(settled.problems)
        changed = settled.changed
    return Report(
        tuple(sorted(notes.documents)),
        tuple(notes.skipped),
        tuple(notes.problems),
        gone,
        changed,
        notes.unchanged,
        notes.records,
        tuple(notes.unread),
    )


def _documents(paths: Sequence[Path | str], notes: _Notes, read: Readers) -> Iterator[Keyed]:
    """The documents to analyse, each with the key under which its findings are kept."""
    for found in read_all(paths, notes.known, read.how):
        if isinstance(found, Document):
            yield found, notes.keys.pop(found.slug)
        elif isinstance(found, Unchanged):
            notes.documents.append(found.slug)
            notes.unchanged += 1
        elif found.path.name != CONFIG and not found.path.name.endswith((JUDGEMENTS, LINKS)):
            notes.skipped.append(found)


def _registers(registers: Iterable[Register], notes: _Notes, read: Readers) -> Iterator[Analysed]:
    for register in registers:
        try:
            table = read.register(register)
        except KgError as error:
            path = Path(register.path)
            reason = str(error).removeprefix(str(path)).lstrip(":, ")
            notes.skipped.append(Skipped(path, reason, failure=True))
            continue
        notes.records += table.records
        notes.unread.extend(table.unread)
        yield table.found


def _gone(store: Store, kept: set[str]) -> tuple[str, ...]:
    """The documents of the store that were not among those read, whether or not they are joined already."""
    there = {document.slug for document in store.documents()} | {one.slug for one in store.kept.values()}
    return tuple(sorted(there - kept))
