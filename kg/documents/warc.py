"""Web archives (WARC, ARC), as they are or compressed with gzip: a document each page (warcio).

Read are answers of servers that went well and hold HTML or plain text, resources, and texts taken out of pages
(WET). A page's date is its own: when it was archived says nothing of when it was published.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from kg.documents.decode import decode
from kg.documents.formats import source
from kg.documents.library import needed
from kg.documents.page import LIMIT
from kg.documents.records import Record, Unread, record
from kg.errors import DocumentError

_READ = frozenset(("response", "resource", "conversion"))
_HTML = frozenset(("text/html", "application/xhtml+xml"))
_PLAIN = "text/plain"


def records(file: BinaryIO) -> Iterator[Record | Unread]:
    """The pages in their order; how many records hold none is told at the end.

    Raises DocumentError where the file is no archive, or ends before its time: what stands before was read.
    """
    archive = needed("warcio.archiveiterator", "warc")
    failed = needed("warcio.exceptions", "warc").ArchiveLoadFailed
    others: Counter[str] = Counter()
    number = 0
    try:
        for number, each in enumerate(archive.ArchiveIterator(file, arc2warc=True), 1):
            found = _record(each, f"record {number}") if each.rec_type in _READ else None
            if isinstance(found, str):
                others[found] += 1
            elif found is not None:
                yield found
    except (failed, EOFError, zlib.error, UnicodeDecodeError, ValueError) as error:
        raise DocumentError(f"no readable web archive after record {number} ({error})") from error
    for kind, count in sorted(others.items()):
        yield Unread(f"{count:,} records", f"no page: {kind}", failure=False)


def _record(each: Any, where: str) -> Record | Unread | str:
    """A record of the archive; what it is where it holds no page."""
    status, kind, charset = _head(each)
    if not status.startswith("2"):
        return f"status {status}"
    if kind not in _HTML and kind != _PLAIN:
        return kind or "of no type"
    address = (each.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")
    data = each.content_stream().read(LIMIT + 1)
    if len(data) > LIMIT:
        return Unread(where, f"{address}: larger than {LIMIT // 1_000_000} MB")
    try:
        text = decode(data, charset) if kind == _PLAIN else source(data, charset)
    except DocumentError as error:
        return Unread(where, f"{address}: {error}", failure=False)
    return record({"url": address, ("text" if kind == _PLAIN else "html"): text}, where)


def _head(each: Any) -> tuple[str, str, str | None]:
    """Status, media type and encoding, as the server said; of what no server sent, as the archive says."""
    answer = each.http_headers
    if answer is None:
        status, said = "200", each.rec_headers.get_header("Content-Type") or ""
    else:
        status, said = answer.get_statuscode() or "?", answer.get_header("Content-Type") or ""
    kind, _, rest = said.partition(";")
    name, _, charset = rest.partition("=")
    return status, kind.strip().lower(), charset.strip(" \"'") if name.strip().lower() == "charset" else None
