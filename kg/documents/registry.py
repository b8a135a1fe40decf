"""Which reader reads which files, by the end of their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath

from kg.documents import docx, feeds, jsonl, parquet, pdf, warc
from kg.documents.formats import html, markdown, plain
from kg.documents.page import Page
from kg.documents.records import Container
from kg.errors import DocumentError

Reader = Callable[[bytes], Page]

READERS: Mapping[str, Reader] = {
    ".txt": plain, ".text": plain, ".md": markdown, ".markdown": markdown, ".html": html, ".htm": html, ".xhtml": html,
    ".pdf": pdf.read, ".docx": docx.read,
}  # fmt: skip
"""Formats of one document a file."""
CONTAINERS: Mapping[str, Container] = {
    ".jsonl": jsonl.records, ".ndjson": jsonl.records, ".jsonl.gz": jsonl.compressed, ".ndjson.gz": jsonl.compressed,
    ".rss": feeds.records, ".atom": feeds.records, ".xml": feeds.records,
    ".parquet": parquet.records, ".warc": warc.records, ".warc.gz": warc.records,
    ".arc": warc.records, ".arc.gz": warc.records, ".wet": warc.records, ".wet.gz": warc.records,
}  # fmt: skip
"""Formats of several documents a file."""
WHOLE = frozenset((".rss", ".atom", ".xml"))
"""Those of `CONTAINERS` that are read as a whole."""


def ending(path: PurePath) -> str:
    """The end of a file's name that says its format: ".txt", ".warc.gz"; "" where there is none."""
    last = path.suffix.lower()
    return PurePath(path.stem).suffix.lower() + last if last == ".gz" else last


def reader(path: PurePath) -> Reader | Container:
    """What reads files of that name; a container's stands in `CONTAINERS`.

    Raises DocumentError that lists the known endings.
    """
    found = ending(path)
    for readers in (READERS, CONTAINERS):
        if found in readers:
            return readers[found]
    known = ", ".join((*READERS, *CONTAINERS))
    raise DocumentError(f"files ending in {found or 'nothing'!r} are not read; known are {known}")
