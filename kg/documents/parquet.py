"""Parquet: a document a row, its columns the fields of a record (pyarrow)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from kg.documents.library import needed
from kg.documents.page import LIMIT
from kg.documents.records import FIELDS, Record, Unread, record
from kg.errors import DocumentError

_ROWS = 256
"""Rows that are held in memory at once."""


def records(file: BinaryIO) -> Iterator[Record | Unread]:
    """The records of the rows, counted from 1. Raises DocumentError for what is no Parquet, or has no text."""
    pq = needed("pyarrow.parquet", "parquet")
    arrow = needed("pyarrow", "parquet")
    try:
        table = pq.ParquetFile(file)
        columns = checked(table.schema_arrow.names)
        number = 0
        for batch in table.iter_batches(_ROWS, columns=columns):
            yield from rows(batch.to_pylist(), number)
            number += batch.num_rows
    except (arrow.ArrowException, OSError) as error:
        raise DocumentError(f"no readable Parquet ({' '.join(str(error).split())})") from error


def checked(names: Iterable[str]) -> list[str]:
    """The columns that are read. Raises DocumentError where none holds a text."""
    there = list(names)
    if not {"text", "html"} & set(there):
        known = ", ".join(FIELDS)
        raise DocumentError(f"no column 'text' or 'html'; known columns are {known}, here are {', '.join(there)}")
    return [name for name in FIELDS if name in there]


def rows(found: Iterable[dict[str, Any]], before: int = 0) -> Iterator[Record | Unread]:
    """The records of rows; `before` is how many stand before them."""
    for number, row in enumerate(found, before + 1):
        where = f"row {number}"
        if sum(len(value) for value in row.values() if isinstance(value, str)) > LIMIT:
            yield Unread(where, f"larger than {LIMIT // 1_000_000} MB")
        else:
            yield record(row, where)
