"""The first page, the lists, the search and the page about the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import islice

from kg import queries
from kg.rdf.namespaces import term
from kg.serve.pages import facts, pictures, sections
from kg.serve.pages.reader import Reader
from kg.serve.pages.rendering import LISTS, Page
from kg.tables import Table

_LATEST, _OFTEN = 6, 12
_SIZE = {"occasion": 15, "statement": 15}
_MANY = 60
_PUBLISHED = 20_000
_NAMED = ("person", "party", "organisation", "place", "source", "office")
FOUND = {"occasion": "Meetings", "statement": "Statements", "document": "Documents"}


def start(reader: Reader, given: Mapping[str, str]) -> Page:
    """The first page: what is in the graph, who is named most, the latest meetings."""
    index = reader.index
    latest = [entry for entry in index.listed("occasion", "day", _LATEST * 4) if entry.status.startswith("Held")]
    return Page(
        "start.html",
        title="Who met whom, and who said what",
        description="Meetings, statements and offices from political news, each with the sentence that says so",
        counts=index.counts(),
        pictures=pictures.offered(reader, "") if latest else [],
        path="",
        latest=[facts.meeting(reader, entry.path) for entry in latest[:_LATEST]],
        people=index.listed("person", "mentions", _OFTEN),
        bodies=index.listed("party", "mentions", 6) + index.listed("organisation", "mentions", 6),
        documents=index.listed("document", "day", 5),
    )


def listed(reader: Reader, name: str, given: Mapping[str, str]) -> Page:
    """One of the lists."""
    kind, order, title = LISTS[name]
    size = _SIZE.get(kind, _MANY)
    total = reader.index.counts().get(kind, 0)
    pages = max(1, -(-total // size))
    page = sections.number(given.get("page"), pages)
    order = "sort" if given.get("order") == "name" and order == "mentions" else order
    entries = reader.index.listed(kind, order, size, (page - 1) * size)
    shown = _kind(kind)
    return Page(
        "list.html",
        title=title,
        description=f"{total} {title.lower()} in the graph",
        name=name,
        macro=shown.macro,
        rows=[shown.read(reader, entry.path) for entry in entries],
        total=total,
        page=page,
        pages=pages,
        order=order,
        sortable=LISTS[name][1] == "mentions",
    )


def list_table(reader: Reader, name: str) -> Table:
    """All rows of a list."""
    kind, order, _ = LISTS[name]
    shown = _kind(kind)
    entries = reader.index.listed(kind, order, sections.ROWS)
    return sections.tabled([shown.cells(reader, shown.read(reader, entry.path)) for entry in entries])


def _kind(kind: str) -> sections.Kind:
    return {"occasion": sections.MEETINGS, "statement": sections.STATEMENTS}.get(kind, sections.ENTRIES)


def search(reader: Reader, given: Mapping[str, str]) -> Page:
    """What fits a name or words: names first, then meetings, statements and documents that hold the words."""
    typed = given.get("q", "").strip()[:200]
    only = given.get("kind") if given.get("kind") in FOUND else None
    size = 20 if only else 5
    page = sections.number(given.get("page"), 10_000) if only else 1
    groups = []
    for kind, title in FOUND.items():
        if typed and only in (None, kind):
            found, total = reader.index.words(typed, kind, size, (page - 1) * size)
            if total:
                groups.append((kind, title, found, total, -(-total // size)))
    return Page(
        "search.html",
        title=f"Search: {typed}" if typed else "Search",
        description="Find people, bodies and places by name, meetings, statements and documents by their words",
        typed=typed,
        only=only,
        names=reader.index.names(typed, _NAMED, 15) if typed and not only else [],
        groups=groups,
        page=page,
    )


def search_table(reader: Reader, given: Mapping[str, str]) -> Table:
    """What a search finds, as a table."""
    typed = given.get("q", "").strip()[:200]
    found = [*reader.index.names(typed, _NAMED, 50)]
    for kind in FOUND:
        found += reader.index.words(typed, kind, 50)[0]
    return sections.tabled(
        [
            {
                "iri": reader.iri(each.entry.path),
                "kind": each.entry.kind,
                "label": each.entry.label,
                "fits": "".join(words for words, _ in each.pieces),
            }
            for each in found
        ]
    )


def about(reader: Reader, given: Mapping[str, str]) -> Page:
    """What the graph holds, how it was made, under which licence."""
    quads = reader.store.oxigraph.quads_for_pattern(None, term("dcterms:publisher"), None, None)
    publishers = Counter(str(getattr(quad.object, "value", "")) for quad in islice(quads, _PUBLISHED))
    return Page(
        "about.html",
        title="About this graph",
        description="What the graph holds, how it was made, its vocabulary and licence",
        counts=reader.index.counts(),
        publishers=sorted(publishers.items(), key=lambda each: (-each[1], each[0]))[:30],
        base=reader.store.base,
        queries=len(queries.files()),
    )
