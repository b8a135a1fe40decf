"""From a page to a document: what a list of sources says of it, its language, its title."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from kg.documents.edtf import bounds
from kg.documents.english import foreign
from kg.documents.formats import title
from kg.documents.page import UNGUARDED, Page, Reading, Skipped
from kg.documents.records import Record, unpacked
from kg.documents.sources import Source
from kg.errors import DocumentError, LimitError
from kg.model import Document


class Place(NamedTuple):
    """A document's slug, the name by which people know it, the file in which it is, and where in there."""

    slug: str
    name: str
    path: Path
    where: str = ""


def finished(page: Page, place: Place, sha256: str, row: Source) -> Document | Skipped:
    """The document; or why it is left out: empty, or not in English."""
    if not page.text.strip():
        return Skipped(place.path, "empty", where=place.where)
    if (language := foreign(page.text)) is not None:
        return Skipped(place.path, f"not in English (language {language!r})", where=place.where)
    published = row.published or page.published
    return Document(
        place.slug,
        place.name,
        page.text,
        page.title or title(page.text),
        sha256,
        row.address or page.address,
        row.publisher or page.publisher,
        published,
        bounds(published or ""),
    )


def of_record(record: Record, place: Place, row: Source, how: Reading = UNGUARDED) -> Document | Skipped:
    """The document of a record; what it says of itself wins over what is said of its whole file in a list."""
    try:
        if len(record.packed) > how.most:
            raise LimitError(f"larger than {how.most:,} bytes; allow more with --document-bytes")
        page = how.run(_page, record.packed) if "text" not in record.fields else record.page()
    except DocumentError as error:
        return Skipped(place.path, str(error), isinstance(error, LimitError), place.where)
    own = Source(0, page.publisher or row.publisher, page.address or row.address, page.published or row.published)
    return finished(page, place, record.sha256, own)


def _page(packed: str) -> Page:
    return unpacked(packed, "").page()


def key(sha256: str, name: str, row: Source) -> str:
    """What a document is read from: its bytes, its name and what a list of sources says of it."""
    source = "\0".join((name, row.address or "", row.publisher or "", row.published or ""))
    return f"{sha256} {hashlib.sha256(source.encode()).hexdigest()[:16]}"
