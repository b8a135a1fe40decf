"""The documents of a file whose bytes are at hand, as a cluster has them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO

from kg.documents.finish import Place, finished
from kg.documents.members import of_file
from kg.documents.page import LIMIT, Skipped
from kg.documents.registry import CONTAINERS, READERS, ending
from kg.documents.sources import Source
from kg.errors import DocumentError, LibraryError
from kg.model import Document


def documents(data: bytes, place: Place, row: Source) -> Iterator[Document | Skipped]:
    """The documents of one file, one or several as its name says, and what was left out and why."""
    form = ending(place.path)
    if form in CONTAINERS:
        found = of_file(BytesIO(data), place, row, lambda slug, key: False)
        yield from (each for each in found if isinstance(each, Document | Skipped))
    elif len(data) > LIMIT:
        yield Skipped(place.path, f"larger than {LIMIT // 1_000_000} MB; split it")
    else:
        try:
            page = READERS[form](data)
        except DocumentError as error:
            yield Skipped(place.path, str(error), failure=isinstance(error, LibraryError))
            return
        yield finished(page, place, hashlib.sha256(data).hexdigest(), row)
