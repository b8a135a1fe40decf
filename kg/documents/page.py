"""What a reader takes out of one file, and what is said of a file that is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

LIMIT = 20_000_000
"""Bytes of the largest document that is read, unless told otherwise."""


def directly(reader: Callable[..., Any], *given: object) -> Any:
    """What a reader makes of what it is given."""
    return reader(*given)


class Reading(NamedTuple):
    """How documents are read: the bytes that one may have, and who runs the readers (a function of a module with its
    arguments), which may raise LimitError for one that takes too long."""

    most: int = LIMIT
    run: Callable[..., Any] = directly


UNGUARDED = Reading()
"""The usual size, and no limit of time."""


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
