"""RSS and Atom files: an entry each (feedparser). Nothing is fetched: what a feed only links to is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any, BinaryIO

from kg.documents.library import needed
from kg.documents.markup import words
from kg.documents.page import LIMIT
from kg.documents.records import Record, Unread, record
from kg.errors import DocumentError

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=$|[T ])")


def records(file: BinaryIO) -> Iterator[Record | Unread]:
    """The entries in their order: headline and text, the publisher from the feed's title, the day as it is written.

    Raises DocumentError for a file that is no feed.
    """
    data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise DocumentError(f"larger than {LIMIT // 1_000_000} MB; split it")
    feedparser = needed("feedparser", "feeds")
    found = feedparser.parse(BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    if not found.get("version"):
        raise DocumentError("no RSS or Atom feed")
    for number, entry in enumerate(found.entries, 1):
        where = f"entry {number}"
        try:
            yield record(_fields(entry, found.feed), where)
        except DocumentError as error:
            yield Unread(where, str(error))
    if found.bozo and not isinstance(found.bozo_exception, feedparser.CharacterEncodingOverride):
        why = " ".join(str(found.bozo_exception).split())
        yield Unread(f"entry {len(found.entries)}", f"from here the feed is no XML and may hold more ({why})")


def _fields(entry: Any, feed: Any) -> dict[str, str | None]:
    whole = [part.get("value", "") for part in entry.get("content", ())] or [entry.get("summary", "")]
    title = words(entry.get("title", ""))
    text = "\n\n".join(filter(None, map(words, whole)))
    if title and not text.startswith(title):
        text = f"{title}\n\n{text}"
    return {
        "id": None if entry.get("link") else entry.get("id"),
        "text": text,
        "title": title,
        "url": entry.get("link"),
        "publisher": (entry.get("source") or {}).get("title") or feed.get("title"),
        "published": _day(entry),
    }


def _day(entry: Any) -> str | None:
    """The day of publication as its own clock says it; None where there is none."""
    which = "published" if "published" in entry else "updated"
    text = str(dict.get(entry, which) or "").strip()
    if not text:
        return None
    if day := _DAY.match(text):
        return day[0]
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        parsed = dict.get(entry, f"{which}_parsed")
    if parsed is None:
        raise DocumentError(f"{text!r} is no date; write it as RSS and Atom do")
    return date(*parsed[:3]).isoformat()
