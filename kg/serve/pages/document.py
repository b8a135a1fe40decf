"""The page of a document: its text with names, quotations and the sentences of facts marked, each with its link."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import StoreError
from kg.rdf.iris import document_slug
from kg.search.index import Spanned
from kg.serve.pages import sections
from kg.serve.pages.links import PART, outside
from kg.serve.pages.marking import Mark, joined, paragraphs, steps
from kg.serve.pages.reader import Reader
from kg.serve.pages.rendering import Page

_RANKS = {"meeting": 0, "office": 1, "statement": 2, "words": 3, "name": 4}
_FACTS = {"occasion": "meeting", "tenure": "office", "statement": "statement"}


def page(reader: Reader, path: str, given: Mapping[str, str]) -> Page | None:
    """The page of the document at a path; None where the graph lacks it."""
    node = reader.node(path)
    if not node.all("title"):
        return None
    try:
        text = reader.store.text(document_slug(reader.store.base, reader.iri(path)))
    except StoreError:
        text = ""
    parts = max(1, -(-len(text) // PART))
    part = sections.number(given.get("part"), parts)
    shown, begun = [], set[tuple[int, int]]()
    for first, last in _around(text, (part - 1) * PART, min(part * PART, len(text))):
        marks = _marks(reader, path, first, last)
        shown.append(list(steps(text, first, last, marks, begun)))
    address = node.one("source")
    return Page(
        "document.html",
        title=node.one("title"),
        description=f"{node.one('publisher')} {node.one('issued')}: the text, with what it tells marked".strip(),
        path=path,
        kind="document",
        name=node.one("identifier"),
        publisher=node.one("publisher"),
        published=reader.when(node),
        address=address,
        outside=outside(address),
        paragraphs=shown,
        copy_of=reader.links(node.all("copyOf")),
        copies=reader.links(reader.subjects("wm:copyOf", path)),
        part=part,
        parts=parts,
        kept=bool(text),
        sections=sections.build(reader, path, given, sections.OF["document"]),
    )


def _around(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The paragraphs of one part of a text: those cut by its ends as a whole, unless they are very long."""
    first = text.rfind("\n", max(0, start - PART), start) + 1 if start else 0
    first = first if start - first < PART and first else start
    last = text.find("\n", end, end + PART)
    return paragraphs(text, first, last if last >= 0 else min(len(text), end + (PART if len(text) < end + PART else 0)))


def _marks(reader: Reader, path: str, start: int, end: int) -> list[Mark]:
    found = reader.index.spans(path, start, end, ("name", "words", "evidence"))
    names, at = [], 0
    for span in found:
        if span.what == "name" and span.start >= at:
            names.append(_mark(span, "name"))
            at = span.end
    words = joined([_mark(span, "words") for span in found if span.what == "words"])
    told = joined([_mark(span, _FACTS.get(span.kind, "statement")) for span in found if span.what == "evidence"])
    return [*names, *words, *told]


def _mark(span: Spanned, kind: str) -> Mark:
    notes = () if kind in ("name", "statement") else ((span.path, kind, span.label),)
    return Mark(span.start, span.end, kind, _RANKS[kind], span.path, notes)
