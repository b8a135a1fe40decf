"""What a store keeps beside its graph: each document's text and findings, as files or in memory."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from kg.config import STORE_MARKER
from kg.errors import StoreError
from kg.judgements.file import beside

FORMAT = 1
REVISION = "revision"
"""The file that differs after each change of the graph."""


class Shelf(Protocol):
    """Named texts in a few folders."""

    def put(self, folder: str, name: str, text: str) -> None:
        """Keep a text, replacing one of that name."""

    def get(self, folder: str, name: str) -> str | None:
        """The text of that name, None where there is none."""

    def head(self, folder: str, name: str, size: int) -> str:
        """The first `size` characters of the text of that name, "" where there is none."""

    def drop(self, folder: str, name: str) -> None:
        """Forget the text of that name, if there is one."""

    def names(self, folder: str) -> Iterator[str]:
        """The names of a folder, sorted."""


def name_of(document: str) -> str:
    """The name under which a document's findings and text are kept, from its slug."""
    return hashlib.sha256(document.encode()).hexdigest()[:32]


class Memory:
    """A shelf that is gone when the program ends."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}

    def put(self, folder: str, name: str, text: str) -> None:
        """Keep a text."""
        self._texts[folder, name] = text

    def get(self, folder: str, name: str) -> str | None:
        """The text of that name."""
        return self._texts.get((folder, name))

    def head(self, folder: str, name: str, size: int) -> str:
        """The beginning of the text of that name."""
        return self._texts.get((folder, name), "")[:size]

    def drop(self, folder: str, name: str) -> None:
        """Forget a text."""
        self._texts.pop((folder, name), None)

    def names(self, folder: str) -> Iterator[str]:
        """The names of a folder, sorted."""
        yield from sorted(name for place, name in self._texts if place == folder)


class Disk:
    """A shelf of UTF-8 files below a folder. Every method raises StoreError where the disk refuses."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def put(self, folder: str, name: str, text: str) -> None:
        """Keep a text; a reader sees the old one or the new one, never a part."""
        path = self._place / folder / name
        part = path.with_name(f"{name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(part, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            os.replace(part, path)
        except OSError as error:
            raise StoreError(f"{path}: cannot be written ({error.strerror}); use another --store") from error

    def get(self, folder: str, name: str) -> str | None:
        """The text of that name."""
        path = self._place / folder / name
        try:
            with open(path, encoding="utf-8", newline="") as file:
                return file.read()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{path}: cannot be read ({error}); build the documents anew") from error

    def head(self, folder: str, name: str, size: int) -> str:
        """The beginning of the text of that name."""
        try:
            with open(self._place / folder / name, encoding="utf-8", errors="replace", newline="") as file:
                return file.read(size)
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise StoreError(f"{self._place / folder / name}: cannot be read ({error.strerror})") from error

    def drop(self, folder: str, name: str) -> None:
        """Forget a text."""
        try:
            (self._place / folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"{self._place / folder / name}: cannot be removed ({error.strerror})") from error

    def names(self, folder: str) -> Iterator[str]:
        """The names of a folder, sorted."""
        place = self._place / folder
        if place.is_dir():
            yield from sorted(path.name for path in place.iterdir() if path.suffix != ".part")


def revision(place: str | Path) -> str:
    """What differs after each change of the graph in a folder, without opening it; nothing where it is not known."""
    try:
        return (Path(place) / REVISION).read_text("ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def check_marker(place: Path, base: str | None, default: str) -> str:
    """The base of the store in a folder, which is marked as a store when it is new.

    Raises StoreError where the folder holds something else, a store of another format, or one of another base.
    """
    marker = place / STORE_MARKER
    try:
        if not marker.exists():
            if place.exists() and (not place.is_dir() or any(place.iterdir())):
                raise StoreError(f"{place}: this is no kg store, and not empty; name another folder with --store")
            return _marked(place, base or default)
        read = json.loads(marker.read_text("utf-8"))
        found, held = read["format"], str(read["base"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{marker}: cannot be read ({error}); remove the store and build it anew") from error
    if found != FORMAT:
        raise StoreError(f"{place}: a store of format {found}, this kg reads {FORMAT}; remove it and build it anew")
    if base and base != held:
        raise StoreError(f"{place}: this store's base is {held}, not {base}; name another folder with --store")
    return held


def judgements_at(place: Path, named: str | Path | None, *, keep: bool) -> Path:
    """The file of judgements that a store obeys: the one named, else the one named before, else the one beside it.

    With `keep` the store remembers what is named.
    """
    marker = place / STORE_MARKER
    read = json.loads(marker.read_text("utf-8"))
    if named is not None:
        path = Path(named)
        read["judgements"] = os.path.relpath(path, place)
        if keep:
            _write_marker(place, read)
        return path
    if "judgements" not in read:
        return beside(place)
    return place / str(read["judgements"])


def _marked(place: Path, base: str) -> str:
    _write_marker(place, {"format": FORMAT, "base": base})
    return base


def _write_marker(place: Path, told: dict[str, object]) -> None:
    try:
        place.mkdir(parents=True, exist_ok=True)
        (place / STORE_MARKER).write_text(json.dumps(told) + "\n", "utf-8")
    except OSError as error:
        raise StoreError(f"{place}: cannot be made ({error.strerror}); name another folder with --store") from error
