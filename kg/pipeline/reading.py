"""Step 1 with limits: plain UTF-8 is read here, all else in a process that is ended where it takes too long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from kg.documents import Reading
from kg.documents.formats import html, plain
from kg.errors import DocumentError, KgError, LimitError
from kg.model import Problem
from kg.pipeline.analysing import Analysed
from kg.pipeline.guard import Guard, LostError
from kg.registers import Read, Register
from kg.registers import read as read_register
from kg.resolve.copies import signed
from kg.store.findings import to_json

_WARM = b"<html><head><title>Warm</title></head><body><p>A page to begin with.</p></body></html>"


@dataclass(frozen=True, slots=True)
class Table:
    """A register that was read: its findings, how many records it has, and which cannot be read."""

    found: Analysed
    records: int
    unread: tuple[Problem, ...]


class Readers:
    """Reads files and registers of at most `most` bytes, in a process of their own where there is a `guard`."""

    def __init__(self, most: int, guard: Guard | None) -> None:
        self._guard = guard
        self.how = Reading(most) if guard is None else Reading(most, self._run)

    def register(self, register: Register) -> Table:
        """The findings of a register. Raises DataError and DocumentError."""
        read: Table = self.how.run(table, register, self.how.most)
        return read

    def _run(self, reader: Callable[..., Any], *given: object) -> Any:
        """What a reader makes of what it is given. Raises DocumentError, LimitError among them."""
        assert self._guard is not None
        if reader is plain and isinstance(data := given[0], bytes) and _simple(data):
            return plain(data)
        try:
            return self._guard.run(reader, *given)
        except LostError as lost:
            raise LimitError(str(lost)) from None
        except KgError as error:
            if type(error) is KgError:  # a mistake of a library
                raise DocumentError(f"cannot be read ({error})") from error
            raise


@contextmanager
def readers(most: int, seconds: float, *, guarded: bool) -> Iterator[Readers]:
    """Readers that give each file so many seconds; where they are not guarded, as long as it takes."""
    guard = Guard(seconds, warm) if guarded else None
    try:
        yield Readers(most, guard)
    finally:
        if guard is not None:
            guard.close()


def warm(_of: str) -> None:
    """Load what pages are read with, so that no document's time counts for it."""
    html(_WARM)


def table(register: Register, most: int) -> Table:
    """A register's findings as the store keeps them. Raises DataError and DocumentError."""
    read: Read = read_register(register, most)
    findings = read.findings
    document = findings.document
    found = Analysed(document.slug, document.name, document.text, to_json(signed(findings)), findings.problems)
    return Table(found, read.records, read.problems)


def _simple(data: bytes) -> bool:
    """Whether bytes are plain UTF-8: no library is asked about their encoding."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
