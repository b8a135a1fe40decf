"""The six steps in one loop: read, analyse, find, resolve, describe, replace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from kg.config import NAME as CONFIG
from kg.documents import Skipped, read_all
from kg.errors import KgError, ModelError
from kg.find import find
from kg.judgements.file import ENDING as JUDGEMENTS
from kg.judgements.file import load
from kg.language import OWN, analyse
from kg.link.file import ENDING as LINKS
from kg.model import Document, Findings, Problem
from kg.registers import Register
from kg.registers import read as read_register
from kg.settle import settle
from kg.store import Store

_BATCH = 16
Progress = Callable[[str, int], None]
"""Told of each step: what is being done ("reading 003.txt", "joining") and how many documents are through."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did: the documents that it read, those left out and why, and what it stumbled over in the others.

    `records` counts the records of registers, `unread` are those that cannot be read.
    """

    documents: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    problems: tuple[Problem, ...] = ()
    pruned: tuple[str, ...] = ()
    changed: int = 0
    records: int = 0
    unread: tuple[Problem, ...] = ()

    @property
    def failures(self) -> tuple[Skipped, ...]:
        """What was left out through a mistake to mend: a missing file, a malformed list of sources.

        Records of registers stand in `unread`.
        """
        return tuple(each for each in self.skipped if each.failure)


@dataclass(slots=True)
class _Notes:
    """What a build gathers as it goes."""

    documents: list[str] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    records: int = 0
    unread: list[Problem] = field(default_factory=list)


def build(
    paths: Sequence[Path | str | Register],
    store: Store,
    *,
    language: str = OWN,
    prune: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Read the documents at `paths`, registers among them, into a store, replacing those of the same IRI.

    Other documents stay, unless `prune` removes what `paths` do not hold. A document that cannot be read, analysed
    or searched is left out, reported and counted; the build goes on. Raises ModelError where the language model is
    missing, StoreError where the store cannot be written, DataError where its file of judgements breaks the format.
    """
    tell = progress or (lambda step, done: None)
    notes = _Notes()
    load(store.judgements)
    texts = [path for path in paths if not isinstance(path, Register)]
    registers = [path for path in paths if isinstance(path, Register)]
    found = _findings(_documents(texts, notes), language, notes)
    for findings in chain(found, _registers(registers, notes)):
        store.keep(findings)
        notes.documents.append(findings.document.slug)
        notes.problems.extend(findings.problems)
        tell(findings.document.name, len(notes.documents))
    pruned = _prune(store, set(notes.documents)) if prune else ()
    changed = 0
    if notes.documents or pruned:
        tell("joining what the documents say", len(notes.documents))
        settled = settle(store)
        notes.problems.extend(settled.problems)
        changed = settled.changed
    return Report(
        tuple(notes.documents),
        tuple(notes.skipped),
        tuple(notes.problems),
        pruned,
        changed,
        notes.records,
        tuple(notes.unread),
    )


def _documents(paths: Sequence[Path | str], notes: _Notes) -> Iterator[Document]:
    for found in read_all(paths):
        if isinstance(found, Document):
            yield found
        elif found.path.name != CONFIG and not found.path.name.endswith((JUDGEMENTS, LINKS)):
            notes.skipped.append(found)


def _registers(registers: Iterable[Register], notes: _Notes) -> Iterator[Findings]:
    for register in registers:
        try:
            read = read_register(register)
        except KgError as error:
            path = Path(register.path)
            reason = str(error).removeprefix(str(path)).lstrip(":, ")
            notes.skipped.append(Skipped(path, reason, failure=True))
            continue
        notes.records += read.records
        notes.unread.extend(read.problems)
        yield read.findings


def _findings(documents: Iterable[Document], language: str, notes: _Notes) -> Iterator[Findings]:
    """Findings batch by batch; where a batch fails, its documents are tried one by one."""
    documents = iter(documents)
    while batch := list(islice(documents, _BATCH)):
        try:
            yield from _analysed(batch, language)
        except (ModelError, KeyboardInterrupt):
            raise
        except Exception:
            yield from _singly(batch, language, notes)


def _singly(batch: Iterable[Document], language: str, notes: _Notes) -> Iterator[Findings]:
    for document in batch:
        try:
            yield from _analysed([document], language)
        except Exception as error:  # one bad document costs one document, never the build
            what = str(error) if isinstance(error, KgError) else f"{type(error).__name__}: {error}"
            notes.skipped.append(Skipped(Path(document.slug), f"cannot be analysed ({what})", failure=True))


def _analysed(batch: Sequence[Document], language: str) -> tuple[Findings, ...]:
    return tuple(find(analysis) for analysis in analyse(batch, language))


def _prune(store: Store, kept: set[str]) -> tuple[str, ...]:
    gone = tuple(document.slug for document in store.documents() if document.slug not in kept)
    for slug in gone:
        store.forget(slug)
    return gone
