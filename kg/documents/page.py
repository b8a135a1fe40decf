"""What a reader takes out of one file, and what is said of a file that is left out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LIMIT = 20_000_000
"""Bytes of the largest document that is read."""


@dataclass(frozen=True, slots=True)
class Page:
    """A file's text and what the file itself says of its publication; `published` is EDTF."""

    text: str
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is left out, and why, in words for the user.

    `failure` tells a mistake to mend (a missing file, a malformed `sources.csv`) from a file that is
    none of ours (another kind, another language). Of a file that holds several documents `where` is the record.
    """

    path: Path
    reason: str
    failure: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A document that was read before from the same bytes, and is not read again."""

    slug: str
