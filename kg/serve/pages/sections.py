"""The parts of a page that list facts, a few at a time; each is a table of CSV or JSON as well."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from kg.search.index import Entry
from kg.serve.pages import facts
from kg.serve.pages.reader import Link, Reader
from kg.tables import Table, write

ROWS = 10_000
"""Rows of a table of CSV or JSON at most."""
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kind:
    """How facts of one kind are shown: read one, the macro of the template that writes it, and its cells."""

    macro: str
    read: Callable[[Reader, str], Any]
    cells: Callable[[Reader, Any], Cells]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A section that a kind of page has: its heading, where its rows come from, how many are on a page."""

    name: str
    title: str
    relation: str
    kind: Kind
    size: int = 10


@dataclass(frozen=True, slots=True)
class Section:
    """A section of one page with the rows that are shown."""

    name: str
    title: str
    macro: str
    rows: list[Any]
    total: int
    page: int
    pages: int


def number(text: str | None, most: int) -> int:
    """A page's number from an address: 1 where it is none."""
    return min(int(text), most) if text and text.isascii() and text.isdigit() and len(text) < 8 and int(text) else 1


def build(reader: Reader, path: str, given: Mapping[str, str], wanted: Iterable[Wanted]) -> list[Section]:
    """The sections of a node's page that have rows; `given` says which page of each."""
    found = []
    for each in wanted:
        _, total = reader.index.parts(path, each.relation, 0)
        if total:
            pages = -(-total // each.size)
            page = number(given.get(each.name), pages)
            entries, _ = reader.index.parts(path, each.relation, each.size, (page - 1) * each.size)
            rows = [each.kind.read(reader, entry.path) for entry in entries]
            found.append(Section(each.name, each.title, each.kind.macro, rows, total, page, pages))
    return found


def table(reader: Reader, path: str, each: Wanted) -> Table:
    """All rows of a section."""
    entries, _ = reader.index.parts(path, each.relation, ROWS)
    return tabled([each.kind.cells(reader, each.kind.read(reader, entry.path)) for entry in entries])


def tabled(rows: list[Cells]) -> Table:
    """Rows of text as a table."""
    columns = tuple(rows[0]) if rows else ()
    return Table(columns, tuple(tuple(ox.Literal(row[c]) if row[c] else None for c in columns) for row in rows))


def packed(found: Table, form: str) -> tuple[str, bytes] | None:
    """A table as CSV, TSV or JSON (a list of objects): media type and bytes; None for another format."""
    if form == "json":
        return "application/json", (json.dumps(list(found), ensure_ascii=False, indent=1, default=str) + "\n").encode()
    if form in ("csv", "tsv"):
        media = {"csv": "text/csv; charset=utf-8", "tsv": "text/tab-separated-values; charset=utf-8"}[form]
        return media, write(found, form).encode()
    return None


def _labels(links: Iterable[Link]) -> str:
    return "; ".join(link.label for link in links)


def _evidence(sentences: Iterable[facts.Sentence]) -> dict[str, str]:
    told = list(sentences)
    return {
        "document": " | ".join(dict.fromkeys(each.document.label for each in told)),
        "evidence": " | ".join(each.words for each in told),
    }


def _meeting(reader: Reader, found: facts.Meeting) -> Cells:
    return {
        "meeting": reader.iri(found.path),
        "date": " | ".join(each.interval for each in found.whens),
        "status": " | ".join(found.statuses).lower(),
        "form": " | ".join(found.forms),
        "participants": "; ".join([*(link.label for link in found.participants), *(f"({w})" for w in found.unnamed)]),
        "places": " | ".join(link.label for link in found.places),
        **_evidence(sentence for each in found.accounts for sentence in each.sentences),
    }


def _said(reader: Reader, found: facts.Said) -> Cells:
    return {
        "statement": reader.iri(found.path),
        "speakers": _labels(found.speakers),
        "text": found.text,
        "addressees": _labels(found.addressees),
        "kind": found.kind.lower(),
        "cue": found.cue,
        "medium": found.medium.label if found.medium else "",
        "date": found.when.interval,
        **_evidence(found.sentences),
    }


def _held(reader: Reader, found: facts.Held) -> Cells:
    return {
        "tenure": reader.iri(found.path),
        "person": found.holder.label if found.holder else "",
        "office": found.role.label if found.role else "",
        "of": found.of.label if found.of else "",
        "status": found.status.lower(),
        **_evidence(found.sentences),
    }


def _entry(reader: Reader, path: str) -> Entry:
    found = reader.index.entry(path)
    assert found
    return found


def _listed(reader: Reader, found: Entry) -> Cells:
    return {
        "iri": reader.iri(found.path),
        "kind": found.kind,
        "name": found.label,
        "detail": found.detail or "",
        "mentions": str(found.mentions),
        "documents": str(found.documents),
    }


MEETINGS = Kind("meeting", facts.meeting, _meeting)
STATEMENTS = Kind("statement", facts.said, _said)
OFFICES = Kind("office", facts.held, _held)
ENTRIES = Kind("entry", _entry, _listed)
_PART = Wanted("meetings", "Meetings", "meeting", MEETINGS)
_SAID = Wanted("said", "Said or wrote", "said", STATEMENTS)
_HEARD = Wanted("heard", "Was told", "heard", STATEMENTS, 5)
_NAMED = Wanted("named", "Named in what others said", "named", STATEMENTS, 5)
_HOLDS = Wanted("holds", "Offices, by document", "holds", OFFICES)
_OFFICES = Wanted("offices", "Who holds office here, by document", "offices", OFFICES, 15)
_LIKELY = Wanted("likely", "Perhaps meant where an office stands without a name", "likely", OFFICES, 5)
_SOURCES = Wanted("sources", "Unnamed sources from here", "sources", ENTRIES, 20)
_BODY = (_PART, _SAID, _OFFICES, _HEARD, _NAMED, _SOURCES)
OF: Mapping[str, tuple[Wanted, ...]] = {
    "person": (_PART, _SAID, _HOLDS, _LIKELY, _HEARD, _NAMED),
    "party": _BODY,
    "organisation": _BODY,
    "source": (_PART, _SAID, _HEARD),
    "place": (Wanted("meetings", "Meetings here", "at", MEETINGS), _PART, _OFFICES, _NAMED),
    "occasion": (Wanted("about", "Said about this meeting, or at it", "about", STATEMENTS),),
    "office": (Wanted("holders", "Holders, the latest first", "tenure", OFFICES, 25),),
    "role": (Wanted("holders", "Who holds it, by document", "role", OFFICES, 25),),
    "form": (Wanted("meetings", "Meetings", "form", MEETINGS),),
    "medium": (Wanted("statements", "Statements", "medium", STATEMENTS),),
    "document": (
        Wanted("meetings", "Meetings told of", "occasion", MEETINGS, 8),
        Wanted("statements", "Statements", "statement", STATEMENTS, 8),
        Wanted("offices", "Offices", "tenure", OFFICES, 8),
    ),
}
"""The sections of each kind of page, in their order."""
