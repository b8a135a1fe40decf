"""Registers of meetings: a CSV file and a mapping of its columns in, one document's findings out.

    register = Register("register.csv", "uk-ministers")      # a mapping that travels with kg, or a YAML file
    found = read(register)
    found.findings                                           # as the finders would give them for a text
    found.problems                                           # records that cannot be read, with line and cause

The file's own text is the document: every record is a passage, every cell a span of it. A record tells of one guest
at least; records of one meeting share its number, or are a meeting each where the mapping names no such column.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.collector import paused
from kg.documents import LIMIT
from kg.documents.decode import decode
from kg.documents.edtf import bounds
from kg.errors import DataError, DocumentError, LimitError
from kg.model import Document, Findings, Problem
from kg.registers.accounts import Accounts
from kg.registers.mapping import Mapping, load, named
from kg.registers.table import records

__all__ = ["ENDINGS", "Mapping", "Read", "Register", "fitting", "load", "named", "read"]

ENDINGS = (".csv", ".tsv")
_MISREAD = {code: mark for code in range(0x80, 0xA0) if (mark := bytes([code]).decode("cp1252", "replace")) != "\ufffd"}


@dataclass(frozen=True, slots=True)
class Register:
    """A register to be read: its file, and its mapping or the name or file of one."""

    path: Path | str
    mapping: Mapping | str


@dataclass(frozen=True, slots=True)
class Read:
    """What a register tells, the number of its records, and what of it cannot be read."""

    findings: Findings
    records: int
    problems: tuple[Problem, ...]


def fitting(path: Path, mappings: Sequence[Mapping]) -> Mapping:
    """The first of several mappings whose columns stand in a file's first line; the first of all where none fits."""
    try:
        with path.open("rb") as file:
            head = decode(file.readline())
    except (OSError, DocumentError):
        return mappings[0]
    return next((each for each in mappings if all(column in head for column in each.wanted)), mappings[0])


def read(register: Register, most: int = LIMIT) -> Read:
    """The findings of a register of at most so many bytes.

    Raises DataError for a mapping that breaks its format or names a column that the file lacks, DocumentError for a
    file that is no table or cannot be read. A record that cannot be read is a problem and left out, the rest is read.
    """
    path = Path(register.path)
    mapping = named(register.mapping) if isinstance(register.mapping, str) else register.mapping
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror}); name a file") from error
    if len(data) > most:
        raise LimitError(f"{path}: larger than {most:,} bytes; split it, or allow more with --document-bytes")
    # Marks of Windows-1252 that were once written as if they were Latin-1: one for one, so that offsets stay.
    text = decode(data).translate(_MISREAD)
    issued = mapping.published
    document = Document(
        path.name, path.name, text, mapping.title or path.stem, hashlib.sha256(data).hexdigest(), mapping.address,
        mapping.publisher, issued, bounds(issued or ""),
    )  # fmt: skip
    accounts = Accounts(document, mapping)
    number = 0
    with paused():
        for record in records(text, mapping, str(path)):
            accounts.add(record)
            number += 1
        if not number:
            raise DataError(f"{path}: no records below the line of columns; is this the right file?")
        return Read(accounts.findings(), number, tuple(accounts.problems))
