"""What kg reads, as functions of bytes: each may give something or a KgError, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from kg.documents.decode import decode
from kg.documents.registry import CONTAINERS, READERS
from kg.documents.sources import read as read_sources
from kg.errors import KgError
from kg.find import find
from kg.language import analyse
from kg.model import Document

_HERE = Path(tempfile.mkdtemp(prefix="kg-inputs-"))
LARGEST = 3000
"""Bytes of one input: enough for every format's head, and quick."""


def _file(data: bytes, name: str) -> Path:
    path = _HERE / name
    path.write_bytes(data)
    return path


def _reader(ending: str) -> Callable[[bytes], object]:
    return lambda data: READERS[ending](data)


def _container(ending: str) -> Callable[[bytes], object]:
    def read(data: bytes) -> object:
        with _file(data, f"container{ending}").open("rb") as file:
            return [record.page() for record in CONTAINERS[ending](file) if hasattr(record, "page")]

    return read


def _text(data: bytes) -> object:
    """A text through analysis, finders and the form in which findings are kept; every offset must be true."""
    from kg.resolve.copies import signed
    from kg.store.findings import from_json, to_json

    text = decode(data)
    document = Document("t.txt", "t.txt", text, text[:20], "0" * 64)
    found = find(next(iter(analyse([document], "rules"))))
    for mention in (mention for entity in found.entities for mention in entity.mentions):
        assert text[mention.span.start : mention.span.end] == mention.text
    assert from_json(to_json(signed(found)), text) == signed(found)
    return found


def _query(data: bytes) -> object:
    from kg.queries import load

    return load(_file(data, "q.rq"))


def _mapping(data: bytes) -> object:
    from kg.registers.mapping import load

    return load(_file(data, "m.yaml"))


def _register(data: bytes) -> object:
    from kg.registers import Register, read

    return read(Register(_file(data, "r.csv"), "uk-ministers"))


def _judgements(data: bytes) -> object:
    from kg.judgements.file import load

    return load(_file(data, "kg-judgements.yaml"))


def _links(data: bytes) -> object:
    from kg.link.file import read

    return read(_file(data, "kg-links.yaml"))


def _config(data: bytes) -> object:
    from kg.config import load

    return load(_file(data, "kg.toml"))


def _date(data: bytes) -> object:
    from kg.documents.edtf import bounds

    with suppress(ValueError):
        return bounds(data.decode("utf-8", "replace"))
    return None


def _sparql(data: bytes) -> object:
    from kg.queries import ask
    from kg.store import Store

    with Store.open(":memory:") as store:
        return ask(data.decode("utf-8", "replace"), store)


TARGETS: Mapping[str, Callable[[bytes], object]] = {
    "text": _text,
    **{ending: _reader(ending) for ending in (".md", ".html", ".docx", ".pdf")},
    **{ending: _container(ending) for ending in (".jsonl", ".jsonl.gz", ".rss", ".warc", ".parquet")},
    "sources.csv": lambda data: read_sources(_file(data, "sources.csv")),
    "query header": _query,
    "mapping": _mapping,
    "register": _register,
    "judgements": _judgements,
    "links": _links,
    "kg.toml": _config,
    "date": _date,
    "sparql": _sparql,
}
"""By what the bytes are taken for."""


def take(target: str, data: bytes) -> None:
    """Give bytes to a target. Raises whatever is not an error of ours."""
    with suppress(KgError):
        TARGETS[target](data)
