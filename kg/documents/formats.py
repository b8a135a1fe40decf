"""Text, Markdown and web pages: bytes in, a `Page` out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import yaml

from kg.documents.decode import decode
from kg.documents.edtf import bounds
from kg.documents.page import Page
from kg.errors import DocumentError

_FRONT = re.compile(r"---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)


def _heading(match: re.Match[str]) -> str:
    """The words of a heading, the signs behind them taken off."""
    line = match[1]
    end = "\r" if line.endswith("\r") else ""
    return line.rstrip("\r").rstrip(" \t").rstrip("#").rstrip(" \t") + end


_MARKUP: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), new)
    for pattern, new in (
        (r"(?s:<!--.{0,5000}?-->)", ""),
        (r"^[ \t]{0,3}(?:`{3,}|~{3,})[^\n]*\n?", ""),
        (r"!\[([^\]\n]{0,300})\]\([^)\n]{0,500}\)", ""),
        (r"\[([^\]\n]{1,300})\](?:\([^)\n]{0,500}\)|\[[^\]\n]{0,100}\])", r"\1"),
        (r"^[ \t]{0,3}\[[^\]\n]{1,100}\]:[^\n]*\n?", ""),
        (r"<((?:https?://|mailto:)[^>\s]{1,500})>", r"\1"),
        (r"^[ \t]{0,3}#{1,6}[ \t]+([^\n]*)$", _heading),
        (r"^[ \t]{0,3}(?:>[ \t]?)+", ""),
        (r"(\*{1,3}|(?<!\w)_{1,3})(?=\S)([^*_\n]{1,500}?)(?<=\S)\1(?!\w)", r"\2"),
        (r"\\([\\`*_{}\[\]()#+.!>|-])", r"\1"),
    )
)
_LINE = re.compile(r"\S[^\r\n]*")
_TITLE = 300


def plain(data: bytes) -> Page:
    """Text as it stands."""
    return Page(decode(data))


def markdown(data: bytes) -> Page:
    """The words of a Markdown text, its markup taken off; YAML front matter gives the rest.

    Front matter keys: title; date or published; publisher or source; url. Others are left alone.
    Raises DocumentError where the front matter is no YAML mapping.
    """
    text = decode(data)
    front: Mapping[str, Any] = {}
    match = _FRONT.match(text)
    if match is not None:
        try:
            read = yaml.safe_load(match["yaml"])
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise DocumentError(f"front matter: no YAML ({' '.join(str(error).split())[:200]}); mend it") from error
        if not isinstance(read, dict | None):
            raise DocumentError("front matter: lines of 'key: value' are wanted between the two '---'; mend it")
        front, text = read or {}, text[match.end() :]
    for pattern, new in _MARKUP:
        text = pattern.sub(new, text)
    published = _date(front.get("date", front.get("published")), "front matter: date")
    return Page(
        text,
        _words(front.get("title")),
        published,
        _words(front.get("publisher", front.get("source"))),
        _words(front.get("url")),
    )


def html(data: bytes) -> Page:
    """The main text of a web page, its headline first; date and publisher from its own metadata.

    Menus, comments and footers are left out by trafilatura; the graph's offsets count in the text that
    is left. Raises DocumentError where the page has no main text.
    """
    return page(source(data))


def source(data: bytes, declared: str | None = None) -> str:
    """The markup of a page; `declared` is the encoding that its server named, else the page's own word counts."""
    own = _CHARSET.search(data[:4096])
    return decode(data, declared or (own[1].decode("ascii") if own else None))


def page(markup: str) -> Page:
    """The same for markup that was decoded before."""
    from trafilatura import bare_extraction

    # The page's own date or none: no search in the text, and no clock.
    dates = {"extensive_search": False, "original_date": True, "max_date": "2200-01-01"}
    found: Any = bare_extraction(markup, with_metadata=True, include_comments=False, date_extraction_params=dates)
    text = (found.text or "").strip() if found is not None else ""
    if not text:
        raise DocumentError("no main text in the page; save the article itself")
    title = _words(found.title)
    if title and title not in (line.strip() for line in text.split("\n", 3)[:3]):
        text = f"{title}\n{text}"
    return Page(text, title, _date(found.date, "date"), _words(found.sitename), _words(found.url))


def title(text: str) -> str:
    """The first line that is not blank; "" where there is none."""
    line = _LINE.search(text)
    return _short(line.group().strip()) if line else ""


def _short(line: str) -> str:
    """A line that can stand as a title: what is longer is cut at a word."""
    return line if len(line) <= _TITLE else f"{line[:_TITLE].rpartition(' ')[0] or line[:_TITLE]} …"


def _words(value: object) -> str | None:
    """A value of one line; None for a list or mapping, which may be larger than the text that writes it."""
    if not isinstance(value, str | int | float | date):
        return None
    return " ".join(str(value).split()) or None


def _date(value: object, where: str) -> str | None:
    if isinstance(value, datetime):
        value = value.date()
    text = value.isoformat() if isinstance(value, date) else _words(value)
    try:
        bounds(text or "")
    except ValueError as error:
        raise DocumentError(f"{where}: {error}") from error
    return text
