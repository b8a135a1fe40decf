"""The site as files that any web server can host, or a browser open from a disk: `kg site`."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.export import write as export
from kg.plots import FORMATS
from kg.serve.pages import pictures, sections
from kg.serve.pages.links import FileLinks, file_name
from kg.serve.pages.reader import Reader
from kg.serve.pages.rendering import KINDS, STATIC, render
from kg.serve.pages.task import find, problem, table
from kg.serve.settings import Settings
from kg.store import Store

MARKER = "kg-site.json"
"""The file that lists what was written: only that is removed when a site is written anew."""
_STARTS = ("", "search")
_LONGEST = 200
"""Characters of a statement in the list for searching."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a site came to: its pages, its tables, and the bytes of all."""

    pages: int
    tables: int
    size: int


def write(store: Store, out: Path, tell: Callable[[int, int], None] = lambda done, known: None) -> Written:
    """Write every page of a store's site below a folder, with its tables, the graph and a list for searching.

    `tell` is told how many pages are done and known of. Files of an earlier site that are no more wanted are removed.
    Raises StoreError where the folder holds something else, or cannot be written.
    """
    old = _old(out)
    try:
        return _Site(store, out, old).write(tell)
    except OSError as error:
        raise StoreError(f"{out}: cannot be written ({error}); make room or name another folder with -o") from error


def _old(out: Path) -> set[str]:
    """The files of an earlier site. Raises StoreError where the folder is no site, and not empty."""
    try:
        return set(json.loads((out / MARKER).read_text("utf-8"))["files"])
    except FileNotFoundError:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise StoreError(f"{out}: this is no site of kg, and not empty; name another folder with -o") from None
        return set()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{out / MARKER}: cannot be read ({error}); remove the folder, or name another") from error


class _Site:
    def __init__(self, store: Store, out: Path, old: set[str]) -> None:
        self._store, self._out, self._old = store, out, old
        self._settings = Settings(store.place)
        self._wanted: dict[str, tuple[str, dict[str, str]]] = {}
        self._files: set[str] = set()
        self._size = 0

    def write(self, tell: Callable[[int, int], None]) -> Written:
        """Write all files; pages lead to further pages."""
        self._out.mkdir(parents=True, exist_ok=True)
        # known before the first is written, so that a site that was broken off can be written anew
        (self._out / MARKER).write_text(json.dumps({"files": sorted(self._old)}), "utf-8")
        for path in (*_STARTS, *Reader(self._store).index.paths()):
            self._wanted.setdefault(file_name(path, {}), (path, {}))
        pages = tables = 0
        waiting = list(self._wanted)
        while waiting:
            known = len(self._wanted)
            for name in waiting:
                made = self._made(name)
                self._put(name, made)
                pages, tables = pages + name.endswith(".html"), tables + (not name.endswith(".html"))
                if pages % 100 == 0:
                    tell(pages, len(self._wanted))
            waiting = list(self._wanted)[known:]
        self._rest()
        for name in self._old - self._files:
            (self._out / name).unlink(missing_ok=True)
        (self._out / MARKER).write_text(json.dumps({"files": sorted(self._files)}), "utf-8")
        return Written(pages, tables, self._size)

    def _made(self, name: str) -> bytes:
        path, asked = self._wanted[name]
        given, reader = dict(asked), Reader(self._store)
        form = given.pop("format", "")
        if form in FORMATS:
            drawn = pictures.image(reader, path, given, form)
            return drawn[1] if drawn else b""
        if form:
            found = table(reader, path, given)
            packed = sections.packed(found, form) if found is not None else None
            return packed[1] if packed else b""
        links = FileLinks(name, self._wanted)
        page = find(reader, self._settings, path, given)
        made = page or problem("Not found", f"There is nothing at “{path}” in this graph.")
        return render(made, links).encode()

    def _rest(self) -> None:
        """Styles, scripts, the list for searching, and the graph."""
        for path in sorted(STATIC.iterdir()):
            if path.is_file():
                self._put(f"static/{path.name}", path.read_bytes())
        entries = json.dumps(list(self._entries()), ensure_ascii=False, separators=(",", ":"))
        self._put("static/index.js", f"window.KG_INDEX={_harmless(entries)};\n".encode())
        with open(self._place("graph.ttl"), "wb") as file:
            export(self._store.quads(), "turtle", file, self._store.base)
        self._files.add("graph.ttl")
        self._size += (self._out / "graph.ttl").stat().st_size

    def _entries(self) -> Iterator[tuple[str, str, str, str]]:
        """Address, kind, label, and other names or words of all that can be searched for."""
        index = Reader(self._store).index
        others: dict[str, list[str]] = {}
        for path, name in index.other_names():
            others.setdefault(path, []).append(name)
        links = FileLinks("search.html", {})
        for kind in (
            "person",
            "party",
            "organisation",
            "place",
            "source",
            "office",
            "occasion",
            "document",
            "statement",
        ):
            for entry in index.listed(kind, "mentions", 50_000):
                names = " ".join(each for each in others.get(entry.path, ()) if each != entry.label)
                words = self._words(entry.path) if kind == "statement" else names
                yield links.to(entry.path), KINDS[kind], entry.label, words

    def _words(self, path: str) -> str:
        return " ".join(Reader(self._store).values(path, "wm:text"))[:_LONGEST]

    def _put(self, name: str, data: bytes) -> None:
        """Write a file where it is not there with the same bytes already."""
        place = self._place(name)
        self._files.add(name)
        self._size += len(data)
        if not (name in self._old and place.is_file() and place.read_bytes() == data):
            part = place.with_name("part.new")
            part.write_bytes(data)
            os.replace(part, place)

    def _place(self, name: str) -> Path:
        place = self._out / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


def _harmless(text: str) -> str:
    """JSON that is also safe as a script: two ends of a line are none in JSON, and no tag begins."""
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
