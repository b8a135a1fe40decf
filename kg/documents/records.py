"""Files that hold several documents: a record each, with fields that are the same for every format.

id         names the document in its file; by default its url, or a digest of the record
text       what is read; where it is missing, `html` is: a web page, whose main text is taken
title, url, publisher, published (EDTF)

Other fields are passed over. All are text; an id may be a whole number. A record's digest is that of these fields
alone, so a record is read again only where one of them changed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, BinaryIO

from kg.documents.edtf import bounds
from kg.documents.formats import page as web_page
from kg.documents.page import Page
from kg.errors import DocumentError

FIELDS = ("id", "text", "html", "title", "url", "publisher", "published")
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_NAME = re.compile(r"(?!\.{1,2}(?:/|$))[^\s/\x00-\x1f\x7f](?:(?!/\.{0,2}(?:/|$))[^\x00-\x1f\x7f]){0,199}")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class Record:
    """One document as a file of several holds it: its fields, and its place for people ("line 7")."""

    where: str
    fields: Mapping[str, str]

    @cached_property
    def packed(self) -> str:
        """The fields as JSON, always the same for the same fields."""
        return json.dumps(dict(self.fields), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def sha256(self) -> str:
        """The digest of the fields."""
        return hashlib.sha256(self.packed.encode()).hexdigest()

    @cached_property
    def name(self) -> str:
        """What names the document in its file: its id, its address without the scheme, or a digest.

        What cannot be the path of an IRI (a blank at its beginning, "..", over 200 characters) is a digest of itself.
        """
        given = self.fields.get("id") or _SCHEME.sub("", self.fields.get("url", ""), count=1).strip("/")
        if not given:
            return self.sha256[:16]
        return given if _NAME.fullmatch(given) else hashlib.sha256(given.encode()).hexdigest()[:16]

    def page(self) -> Page:
        """The text and what the record says of its publication. Raises DocumentError where a page has no text."""
        given = self.fields
        title, published, publisher, url = (given.get(key) for key in ("title", "published", "publisher", "url"))
        if "text" in given:
            return Page(given["text"], title, published, publisher, url)
        found = web_page(given["html"])
        return Page(
            found.text, title or found.title, published or found.published, publisher or found.publisher,
            url or found.address,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unread:
    """A record that cannot be read, and why; `failure` tells a mistake to mend from what is none of ours."""

    where: str
    reason: str
    failure: bool = True


Container = Callable[[BinaryIO], Iterator[Record | Unread]]
"""Reads the records of a file. Raises DocumentError where it is no such file, OSError where it cannot be read."""


def record(raw: Mapping[str, Any], where: str) -> Record | Unread:
    """The record of some fields as a format gives them: null is nothing, a date its day."""
    try:
        fields = {name: text for name in FIELDS if (text := _field(name, raw.get(name)))}
    except DocumentError as error:
        return Unread(where, str(error))
    if "text" in fields or "html" in fields:
        return Record(where, fields)
    read, there = ", ".join(FIELDS), ", ".join(map(str, raw)) or "none"
    return Unread(where, f"no field 'text' or 'html'; the fields that are read are {read}, here are {there}")


def unpacked(packed: str, where: str) -> Record:
    """The record whose `packed` that was."""
    return Record(where, json.loads(packed))


def _field(name: str, value: object) -> str | None:
    """A field as text; None where there is none."""
    if isinstance(value, date):
        value = (value.date() if isinstance(value, datetime) else value).isoformat()
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None:
        return None
    if not isinstance(value, str):
        raise DocumentError(f"field {name!r}: text is wanted, not {type(value).__name__}")
    text = _SURROGATE.sub("\ufffd", value.replace("\x00", " "))
    if name in ("text", "html"):
        return text or " "
    text = " ".join(text.split())
    if name == "published":
        try:
            bounds(text)
        except ValueError as error:
            raise DocumentError(f"field 'published': {error}") from error
    return text or None
