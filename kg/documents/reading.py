"""Walks files and folders and makes a `Document` of each file that can be read."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from kg.config import STORE_MARKER
from kg.documents import sources
from kg.documents.finish import Place, finished, key
from kg.documents.formats import html, plain
from kg.documents.members import Known, members
from kg.documents.page import UNGUARDED, Reading, Skipped, Unchanged
from kg.documents.registry import CONTAINERS, READERS, Reader, ending, reader
from kg.documents.sources import Source
from kg.errors import DataError, DocumentError, LibraryError, LimitError
from kg.model import Document


@dataclass(frozen=True, slots=True)
class _File:
    """A file to read; `slug` is its path below the folder that was given."""

    path: Path
    slug: str


@dataclass(slots=True)
class _Sources:
    """The lists of sources met so far, by folder; a malformed one is noted once and counts as empty."""

    rows: dict[Path, Mapping[str, Source]] = field(default_factory=dict)
    problems: list[Skipped] = field(default_factory=list)

    def of(self, folder: Path) -> Mapping[str, Source]:
        """The list in a folder; empty where there is none."""
        if folder not in self.rows:
            path, self.rows[folder] = folder / sources.NAME, {}
            if path.is_file():
                try:
                    self.rows[folder] = sources.read(path)
                except DataError as error:
                    self.problems.append(Skipped(path, _without(str(error), path), failure=True))
        return self.rows[folder]

    def find(self, file: _File) -> Source | None:
        """The row for a file: from its own folder's list, else from one above, up to the given folder."""
        folder = file.path.parent
        parts = PurePosixPath(file.slug).parts
        for depth in range(1, len(parts) + 1):
            row = self.of(folder).get("/".join(parts[-depth:]))
            if row is not None:
                return row
            folder = folder.parent
        return None


def _unknown(slug: str, key: str) -> bool:
    return False


def read(path: Path) -> Iterator[Document | Skipped]:
    """The documents of one file or folder in the order of their paths; see `read_all`."""
    return (found for found in read_all([path]) if not isinstance(found, Unchanged))


def count(paths: Sequence[Path | str]) -> int:
    """How many files there are below `paths`, of every kind; 0 where one holds several documents: nobody knows then."""
    files = [file for path in map(str, paths) if path != "-" for file in _walk(Path(path))]
    return 0 if any(ending(file.path) in CONTAINERS for file in files) else len(files)


def read_all(
    paths: Sequence[Path | str], known: Known = _unknown, how: Reading = UNGUARDED
) -> Iterator[Document | Skipped | Unchanged]:
    """The documents of files and folders in the order given, and what was left out and why.

    Folders are read with all below them in the order of their paths; hidden files and folders are
    passed over, and so are stores; files of other kinds are reported. "-" is standard input. Where two
    folders hold the same path, each of the two slugs gets a short hash of its content; a file given twice is read once.
    The documents of a file that holds several have slugs below the file's.
    A `sources.csv` beside a file, or in a folder above it, gives publisher, address and date; it wins
    over what the file says of itself. A document that is `known` is not read, only told of. Raises nothing: every
    fault is a `Skipped`, a document over the limits of `how` too.
    """
    files: list[_File | Skipped] = []
    for path in map(str, paths):
        files.extend([_File(Path("-"), "-")] if path == "-" else _walk(Path(path)))
    listed = _Sources()
    slugs = Counter(slug for slug, _ in {(f.slug, f.path.resolve()) for f in files if isinstance(f, _File)})
    done: set[Path] = set()
    for file in files:
        if isinstance(file, Skipped):
            yield file
        elif file.path.name == sources.NAME:
            yield from _check(file, listed)
        elif (place := file.path.resolve()) not in done:
            done.add(place)
            one = _One(file, listed, known, how, slugs[file.slug] > 1)
            if file.slug != "-" and ending(file.path) in CONTAINERS:
                yield from one.members()
            else:
                yield one.document()
        yield from listed.problems
        listed.problems.clear()


def _walk(path: Path) -> Iterator[_File | Skipped]:
    if path.is_file():
        yield _File(path, path.name)
    elif not path.is_dir():
        yield Skipped(path, "no such file or folder", failure=True)
    else:
        closed: list[OSError] = []
        below = [Path(folder) / name for folder, name in _below(path, closed)]
        for error in sorted(closed, key=lambda each: str(each.filename)):
            yield Skipped(Path(error.filename), f"cannot be read ({error.strerror})", failure=True)
        for file in sorted(below, key=lambda found: found.relative_to(path).parts):
            # A pipe or device would keep us waiting, a broken link has nothing to read.
            regular = file.is_file()
            yield _File(file, file.relative_to(path).as_posix()) if regular else Skipped(file, "no regular file")


def _below(path: Path, closed: list[OSError]) -> Iterable[tuple[str, str]]:
    """Folder and name of each file; stores are passed over, folders that refuse are noted in `closed`."""
    for folder, folders, names in os.walk(path, onerror=closed.append):
        if STORE_MARKER in names:
            folders.clear()
            continue
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from ((folder, name) for name in names if not name.startswith("."))


def _check(file: _File, listed: _Sources) -> Iterator[Skipped]:
    """What a list of sources names that is not there."""
    for name, row in listed.of(file.path.parent).items():
        if not (file.path.parent / name).is_file():
            yield Skipped(file.path, f"line {row.line}: {name!r} is listed but not there", failure=True)


@dataclass(frozen=True, slots=True)
class _One:
    """One file, and how it is read; `shared` tells that another has its slug."""

    file: _File
    listed: _Sources
    known: Known
    how: Reading
    shared: bool

    def document(self) -> Document | Skipped | Unchanged:
        """The document of the file, or why there is none."""
        path = self.file.path
        standard = self.file.slug == "-"
        try:
            data = _bytes(path, self.how.most, standard=standard)
            sha256 = hashlib.sha256(data).hexdigest()
            slug = str(_slug(self.file, sha256, shared=self.shared))
            row = (None if standard else self.listed.find(self.file)) or Source(0)
            if self.known(slug, key(sha256, path.name, row)):
                return Unchanged(slug)
            page = self.how.run(_piped(data) if standard else READERS[ending(path)], data)
        except DocumentError as error:
            return Skipped(path, str(error), failure=isinstance(error, LibraryError | LimitError))
        except OSError as error:
            return Skipped(path, f"cannot be read ({error.strerror})", failure=True)
        return finished(page, Place(slug, "standard input" if standard else path.name, path), sha256, row)

    def members(self) -> Iterator[Document | Skipped | Unchanged]:
        """The documents of the file."""
        path, sha256 = self.file.path, ""
        if self.shared:
            try:
                with path.open("rb") as stream:
                    sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            except OSError as error:
                yield Skipped(path, f"cannot be read ({error.strerror})", failure=True)
                return
        slug = str(_slug(self.file, sha256, shared=self.shared))
        yield from members(path, slug, self.listed.find(self.file) or Source(0), self.known, self.how)


def _slug(file: _File, sha256: str, *, shared: bool) -> PurePosixPath:
    slug = PurePosixPath(sha256[:16] if file.slug == "-" else file.slug)
    return slug.with_name(f"{slug.stem}-{sha256[:8]}{slug.suffix}") if shared else slug


def _bytes(path: Path, most: int, *, standard: bool) -> bytes:
    if standard:
        data = sys.stdin.buffer.read(most + 1)
    else:
        reader(path)
        with path.open("rb") as file:
            data = file.read(most + 1)
    if len(data) > most:
        raise LimitError(f"larger than {most:,} bytes; split it, or allow more with --document-bytes")
    return data


def _piped(data: bytes) -> Reader:
    start = data[:500].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return html if start.startswith((b"<!doctype html", b"<html")) else plain


def _without(message: str, path: Path) -> str:
    return message.removeprefix(str(path)).lstrip(":, ")
