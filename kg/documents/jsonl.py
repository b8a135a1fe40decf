"""JSON Lines: an object a line, in UTF-8, as it is or compressed (gzip)."""

from __future__ import annotations

import gzip
import json
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import BinaryIO, cast

from kg.documents.page import LIMIT
from kg.documents.records import Record, Unread, record
from kg.errors import DocumentError


def records(file: BinaryIO) -> Iterator[Record | Unread]:
    """The records of the lines; blank lines are passed over."""
    for number, line in enumerate(_lines(file), 1):
        if found := read(line, f"line {number}"):
            yield found


def compressed(file: BinaryIO) -> Iterator[Record | Unread]:
    """The records of the lines of a file compressed with gzip."""
    try:
        yield from records(cast("BinaryIO", gzip.GzipFile(fileobj=file)))
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise DocumentError(f"no whole gzip file ({error}); what stands before the fault was read") from error


def read(line: bytes, where: str) -> Record | Unread | None:
    """The record of one line, None for a blank one."""
    line = line.removeprefix(BOM_UTF8).strip()
    if not line:
        return None
    if len(line) > LIMIT:
        return Unread(where, f"larger than {LIMIT // 1_000_000} MB")
    try:
        found = json.loads(line.decode("utf-8"))
    except json.JSONDecodeError as error:
        return Unread(where, f"no JSON ({error.msg}, character {error.colno})")
    except (ValueError, RecursionError) as error:
        return Unread(where, f"no JSON in UTF-8 ({error})")
    if not isinstance(found, dict):
        return Unread(where, f"an object in braces is wanted, not {type(found).__name__}")
    return record(found, where)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines; of one that is too long only the beginning, so that it fills no memory."""
    while line := file.readline(LIMIT + 2):
        rest = line
        while len(rest) > LIMIT + 1 and not rest.endswith(b"\n"):
            rest = file.readline(LIMIT + 2)
        yield line
