"""The documents of one file that holds several."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from kg.documents.finish import Place, key, of_record
from kg.documents.page import UNGUARDED, Reading, Skipped, Unchanged
from kg.documents.records import Record, Unread
from kg.documents.registry import CONTAINERS, WHOLE, ending
from kg.documents.sources import Source
from kg.errors import DocumentError, LibraryError, LimitError
from kg.model import Document

Known = Callable[[str, str], bool]
"""Whether the document of that slug is known already under that key: the digest of its bytes and of its source."""
REPEATED = "the same record stands there before"


def members(
    path: Path, slug: str, row: Source, known: Known, how: Reading = UNGUARDED
) -> Iterator[Document | Skipped | Unchanged]:
    """The documents of a file in their order, and what was left out and why.

    Each has the file's slug and its own name in it; where that is taken by another record, with a digest. Of the
    same record only the first is read.
    """
    try:
        with path.open("rb") as file:
            yield from of_file(file, Place(slug, path.name, path), row, known, how)
    except OSError as error:
        yield Skipped(path, f"cannot be read ({error.strerror or error})", failure=True)


def of_file(
    file: BinaryIO, at: Place, row: Source, known: Known, how: Reading = UNGUARDED
) -> Iterator[Document | Skipped | Unchanged]:
    """The same for an open file; `at` is its place. Raises OSError where it cannot be read."""
    taken: dict[str, str] = {}
    try:
        for record in _records(file, ending(at.path), how):
            if not isinstance(record, Record):
                yield Skipped(at.path, record.reason, record.failure, record.where)
            elif (name := _name(record, taken)) is None:
                yield Skipped(at.path, REPEATED, where=record.where)
            else:
                place = Place(f"{at.slug}/{name}", f"{at.name}/{name}", at.path, record.where)
                if known(place.slug, key(record.sha256, place.name, row)):
                    yield Unchanged(place.slug)
                else:
                    yield of_record(record, place, row, how)
    except DocumentError as error:
        # What is no such file at all is none of ours; a file that breaks off is a fault.
        yield Skipped(at.path, str(error), failure=bool(taken) or isinstance(error, LibraryError | LimitError))


def _records(file: BinaryIO, kind: str, how: Reading) -> Iterator[Record | Unread]:
    """The records of a file one by one; of a format that is read as a whole, by whoever runs the readers."""
    if kind not in WHOLE:
        return CONTAINERS[kind](file)
    data = file.read(how.most + 1)
    if len(data) > how.most:
        raise LimitError(f"larger than {how.most:,} bytes; split it, or allow more with --document-bytes")
    return iter(how.run(_all, kind, data))


def _all(kind: str, data: bytes) -> list[Record | Unread]:
    return list(CONTAINERS[kind](BytesIO(data)))


def _name(record: Record, taken: dict[str, str]) -> str | None:
    for name in (record.name, f"{record.name}-{record.sha256[:8]}"):
        if name not in taken:
            taken[name] = record.sha256
            return name
        if taken[name] == record.sha256:
            return None
    return None
