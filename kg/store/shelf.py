"""What a store keeps beside its graph: each document's text and findings, as files or in memory.

On disk a text and its findings bear the digest of what they hold in their names, so that what a reader or a backup
looks at stays while a newer version arrives. Which of them belong to the graph stands in the whole state
(`kg.store.states`); what was kept since stands in a journal, a line for each.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kg.errors import StoreError
from kg.store.files import PART, digest, get, name_of, put, refused, settle_down

JOURNAL = "pending.jsonl"
REMOVAL = "removing.json"
TEXTS, FINDINGS = "texts", "findings"


class Kept(NamedTuple):
    """A document that is kept: the key with which it was packed, and the digests of its text and its findings."""

    slug: str
    key: str
    text: str
    findings: str


class Memory:
    """A shelf that is gone when the program ends."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}
        self.pending = False
        self.removal: tuple[str, ...] = ()
        self._texts: dict[str, tuple[str, str]] = {}

    def put(self, slug: str, key: str, text: str, packed: str) -> bool:
        """Keep a document."""
        name = name_of(slug)
        if self._texts.get(name) == (text, packed):
            return False
        self.kept[name] = Kept(slug, key, digest(text), digest(packed))
        self._texts[name] = text, packed
        self.pending = True
        return True

    def settled(self) -> None:
        """All that is kept belongs to the graph now."""
        self.pending = False

    def drop(self, slug: str) -> bool:
        """Forget a document."""
        self._texts.pop(name_of(slug), None)
        self.pending = True
        return self.kept.pop(name_of(slug), None) is not None

    def text(self, slug: str) -> str | None:
        """A document's text."""
        found = self._texts.get(name_of(slug))
        return found and found[0]

    def findings(self, slug: str) -> str | None:
        """A document's findings."""
        found = self._texts.get(name_of(slug))
        return found and found[1]

    def mark_removal(self, slugs: tuple[str, ...]) -> None:
        """Note what is to be removed."""
        self.removal = slugs

    def key(self, slug: str) -> str:
        """The key of what is kept."""
        found = self.kept.get(name_of(slug))
        return found.key if found else ""


class Disk:
    """A shelf of UTF-8 files below a folder. Every method raises StoreError where the disk refuses."""

    def __init__(self, place: Path, settled: Mapping[str, Kept], *, journal: bool) -> None:
        """`settled` is what belongs to the graph; with `journal` what was kept since counts too."""
        self._place = place
        self.kept: dict[str, Kept] = dict(settled)
        self._new: set[Path] = set()
        if journal:
            self._replay()

    @property
    def pending(self) -> bool:
        """Whether anything was kept or dropped since the graph was settled."""
        return (self._place / JOURNAL).exists()

    @property
    def removal(self) -> tuple[str, ...]:
        """The documents whose removal was begun."""
        path = self._place / REMOVAL
        try:
            return tuple(map(str, json.loads(get(path) or "[]")))
        except ValueError as error:
            raise StoreError(f"{path}: cannot be read ({error}); remove this file, and the documents again") from error

    def mark_removal(self, slugs: tuple[str, ...]) -> None:
        """Note what is to be removed."""
        path = self._place / REMOVAL
        if slugs:
            put(path, json.dumps(slugs), durable=True)
            return
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise refused(path, error) from error

    def put(self, slug: str, key: str, text: str, packed: str) -> bool:
        """Keep a document: its files first, then the line that makes them count."""
        one = Kept(slug, key, digest(text), digest(packed))
        if self.kept.get(name_of(slug)) == one and self._there(one):
            return False
        for path, content in zip(paths(self._place, one), (text, packed), strict=True):
            put(path, content)
            self._new.add(path)
        self._note([*one])
        self.kept[name_of(slug)] = one
        return True

    def drop(self, slug: str) -> bool:
        """Forget a document."""
        if name_of(slug) not in self.kept:
            return False
        self._note([slug])
        del self.kept[name_of(slug)]
        return True

    def text(self, slug: str) -> str | None:
        """A document's text."""
        found = self.kept.get(name_of(slug))
        return _whole(paths(self._place, found)[0], found.text) if found else None

    def findings(self, slug: str) -> str | None:
        """A document's findings."""
        found = self.kept.get(name_of(slug))
        return _whole(paths(self._place, found)[1], found.findings) if found else None

    def key(self, slug: str) -> str:
        """The key of what is kept, "" where a file of it is lost."""
        found = self.kept.get(name_of(slug))
        return found.key if found and self._there(found) else ""

    def settle_down(self) -> None:
        """Wait until all that was put stands on the disk."""
        try:
            for path in (*self._new, *{path.parent for path in self._new}):
                settle_down(path)
        except OSError as error:
            raise refused(self._place, error) from error
        self._new.clear()

    def settled(self) -> None:
        """All that is kept belongs to the graph now: end the journal."""
        try:
            (self._place / JOURNAL).unlink(missing_ok=True)
        except OSError as error:
            raise refused(self._place, error) from error

    def clear(self, states: Iterable[Mapping[str, Kept]]) -> None:
        """Remove the files that neither a state nor the shelf needs."""
        needed: set[str] = set()
        for kept in (self.kept, *states):
            for name, one in kept.items():
                needed.update(_files(name, one))
        try:
            for folder in (self._place / TEXTS, self._place / FINDINGS):
                for file in sorted(set(os.listdir(folder)) - needed) if folder.is_dir() else ():
                    (folder / file).unlink(missing_ok=True)
        except OSError as error:
            raise refused(self._place, error) from error

    def _there(self, one: Kept) -> bool:
        return all(path.is_file() for path in paths(self._place, one))

    def _note(self, line: list[str]) -> None:
        try:
            with open(self._place / JOURNAL, "a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
        except OSError as error:
            raise refused(self._place / JOURNAL, error) from error

    def _replay(self) -> None:
        """Take in what was kept since; a line that was cut off, or whose files are not whole, counts for nothing."""
        path = self._place / JOURNAL
        cut = False
        for line in (get(path) or "").splitlines(keepends=True):
            cut = not line.endswith("\n")
            try:
                slug, *rest = json.loads(line)
                one = Kept(slug, *rest) if rest else None
            except (ValueError, TypeError):
                continue
            if one is None:
                self.kept.pop(name_of(slug), None)
            elif all(map(_is_whole, paths(self._place, one), (one.text, one.findings))):
                self.kept[name_of(slug)] = one
                self._new.update(paths(self._place, one))
        if cut:
            # what comes next must not stand in the line that was cut off
            try:
                with open(path, "a", encoding="utf-8") as file:
                    file.write("\n")
            except OSError as error:
                raise refused(path, error) from error


def paths(place: Path, one: Kept) -> tuple[Path, Path]:
    """The files of a document's text and findings in the store at `place`."""
    text, findings = _files(name_of(one.slug), one)
    return place / TEXTS / text, place / FINDINGS / findings


def _files(name: str, one: Kept) -> tuple[str, str]:
    return f"{name}.{one.text}.txt", f"{name}.{one.findings}.json"


def _is_whole(path: Path, wanted: str) -> bool:
    try:
        return digest(path.read_bytes()) == wanted
    except OSError:
        return False


def _whole(path: Path, wanted: str) -> str | None:
    text = get(path)
    if text is not None and digest(text) != wanted:
        raise StoreError(f"{path}: was changed since it was kept; remove this file and build the documents anew")
    return text


def leftovers(place: Path) -> Iterator[Path]:
    """What a crash left of files that were being written."""
    for folder in (place, place / TEXTS, place / FINDINGS):
        if folder.is_dir():
            yield from (Path(each.path) for each in os.scandir(folder) if each.name.endswith(PART))
