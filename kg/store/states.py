"""Whole states of a store on disk, one of which is the present one: who reads sees one of them, never a half.

    state-3f2a…/graph/            Oxigraph's files
                doubts.json       the pairs that people may decide
                search.sqlite     the index for pages (kg.search)
                revision          differs after each change of the graph
                kept.json         which texts and findings belong to it, and whether it tells all that they say
                sums.json         a digest of each file here
    current                       the name of the present state
    work/                         the copy that a writer changes; gone when it ends

A state never changes. A writer changes a copy, which shares the files that stay the same (hard links), and puts it in
place by replacing one small file: a process that is killed at any moment leaves the old state or the new one. The
state before the present one stays until the next, for who still reads it.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.files import digest, get, put, refused, settle_down
from kg.store.opening import opened
from kg.store.scrub import copied, dumps
from kg.store.shelf import Disk, Kept, leftovers

NOW, REVISION, KEPT, SUMS, GRAPH = "current", "revision", "kept.json", "sums.json", "graph"
_WORK, _NEW, _STATE = "work", "state.new", "state-"
_TRIES = 5


def present(place: str | Path) -> str:
    """The name of the present state of the store in a folder, without opening it; "" where there is none yet."""
    try:
        return (Path(place) / NOW).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def read_kept(state: Path) -> tuple[dict[str, Kept], str]:
    """The documents of a state by their names, and the digest of what concluded it. Raises StoreError."""
    path = state / KEPT
    try:
        read = json.loads(path.read_text("utf-8"))
        return {name: Kept(*each) for name, each in read["kept"].items()}, str(read["concluded"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"{path}: cannot be read ({error}); restore a backup, or build the store anew") from error


class States:
    """The states of one store, for one process: read the present one, or make the next."""

    def __init__(self, place: Path, *, read_only: bool) -> None:
        """Open the present state. Raises StoreError where it cannot be opened."""
        self._place = place
        self._read_only = read_only
        self._graph: ox.Store | None = None
        self._working = False
        self._use: int | None = None
        self.name = ""
        self.kept: Mapping[str, Kept] = {}
        self.concluded = ""
        if not read_only:
            self._sweep()
        self._enter()

    @property
    def home(self) -> Path | None:
        """The folder of what belongs to the graph that is open; None where there is no state yet."""
        if self._working:
            return self._place / _WORK
        return self._place / self.name if self.name else None

    @property
    def graph(self) -> ox.Store:
        """The graph that is open: the present one, or from the first change on the copy."""
        if self._graph is None:
            home = self.home
            self._graph = opened(self._place, home / GRAPH, read_only=True) if home else ox.Store()
        return self._graph

    def begin(self) -> Path:
        """The folder of a copy that may be changed, as `home` and `graph` are from now on. Raises StoreError."""
        work = self._place / _WORK
        if not self._working:
            if self._read_only:
                raise StoreError(f"{self._place}: opened to be read; open it to be written")
            try:
                _removed(work)
                (work / GRAPH).mkdir(parents=True)
                if self.name:
                    _linked(self._place / self.name, work)
                    _linked(self._place / self.name / GRAPH, work / GRAPH)
            except OSError as error:
                raise refused(work, error) from error
            self._graph = None
            self._graph = opened(self._place, work / GRAPH, read_only=False)
            self._working = True
        return work

    def publish(self, shelf: Disk, settled: str | None, *, anew: bool) -> None:
        """Make what is open the present state, at one moment.

        `settled` is a digest of what concluded that the graph tells all that the shelf keeps; None where it still tells
        what it told before. With `anew` its graph is copied quad by quad, and nothing older stays in the folder.
        Raises StoreError.
        """
        if settled is not None:
            shelf.settle_down()
            self.kept, self.concluded = dict(shelf.kept), settled
        new = self._place / _NEW
        name = f"{_STATE}{secrets.token_hex(8)}"
        try:
            _removed(new)
            new.mkdir()
            self._fill(new, anew=anew)
            told = {"concluded": self.concluded, "kept": {key: self.kept[key] for key in sorted(self.kept)}}
            put(new / KEPT, json.dumps(told, ensure_ascii=False) + "\n")
            self._sum(new)
            for path in (*_below(new), new / GRAPH, new):
                settle_down(path)
            os.replace(new, self._place / name)
            settle_down(self._place)
        except OSError as error:
            raise refused(self._place, error) from error
        put(self._place / NOW, name + "\n", durable=True)
        before, self.name = self.name, name
        self._leave()
        if anew or not self._working:
            self._graph, self._working = None, False
        self._hold()
        self._forget_others({name} if anew else {name, before}, force=anew)
        self.clear(shelf)
        if anew:
            _removed(self._place / _WORK)

    def clear(self, shelf: Disk) -> None:
        """Remove the texts and findings that no state needs any more."""
        shelf.clear(read_kept(path)[0] for path in states_of(self._place))

    def abandon(self) -> None:
        """Forget the copy: what is open is the present state again."""
        if self._working:
            self._graph, self._working = None, False
            _removed(self._place / _WORK)

    def close(self) -> None:
        """Give the state free."""
        self.abandon()
        self._graph = None
        self._leave()

    def _enter(self) -> None:
        """Open the state that is present now; a writer may be putting another in its place."""
        for left in reversed(range(_TRIES)):
            self.name = present(self._place)
            if not self.name:
                return
            try:
                self._hold()
                self.kept, self.concluded = read_kept(self._place / self.name)
                _ = self.graph if self._read_only else None
                return
            except (OSError, StoreError) as error:
                self._leave()
                self._graph = None
                if left and present(self._place) != self.name:
                    continue
                if isinstance(error, StoreError):
                    raise
                raise StoreError(
                    f"{self._place}: its state {self.name} cannot be read ({error.strerror}); restore a backup, or "
                    "remove the store and build it anew"
                ) from error

    def _hold(self) -> None:
        """Mark the state as read, so that no writer removes it meanwhile."""
        self._use = os.open(self._place / self.name / KEPT, os.O_RDONLY)
        fcntl.flock(self._use, fcntl.LOCK_SH)
        os.stat(self._place / self.name / KEPT)  # it may have been removed while this waited

    def _leave(self) -> None:
        if self._use is not None:
            os.close(self._use)
            self._use = None

    def __del__(self) -> None:
        self._leave()

    def _fill(self, new: Path, *, anew: bool) -> None:
        """Everything of the state that is open but `kept.json` and the sums."""
        if anew or not (self._working or self.name):
            copied(self.graph, new / GRAPH)
        elif self._working:
            self.graph.backup(str(new / GRAPH))
        else:
            (new / GRAPH).mkdir()
            _linked(self._place / self.name / GRAPH, new / GRAPH)
        if home := self.home:
            _linked(home, new)

    def _sum(self, new: Path) -> None:
        """The digests of the files; those of files that the state before has too are known."""
        known: dict[tuple[int, int], str] = {}
        if self.name and (before := get(self._place / self.name / SUMS)):
            for file, found in json.loads(before).items():
                at = (self._place / self.name / file).stat()
                known[at.st_ino, at.st_size] = found
        sums = {}
        for path in _below(new):
            at = path.stat()
            sums[path.relative_to(new).as_posix()] = known.get((at.st_ino, at.st_size)) or digest(path.read_bytes())
        put(new / SUMS, json.dumps(sums, indent=1) + "\n")

    def _forget_others(self, kept: set[str], *, force: bool) -> None:
        for path in states_of(self._place):
            if path.name not in kept:
                _removed(path) if force else _removed_unused(path)

    def _sweep(self) -> None:
        """Remove what a crash left half done."""
        for path in (self._place / _WORK, self._place / _NEW, *dumps(self._place)):
            _removed(path)
        try:
            for path in leftovers(self._place):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise refused(self._place, error) from error
        self._forget_others({present(self._place)}, force=False)


def _below(state: Path) -> list[Path]:
    return sorted(path for path in state.rglob("*") if path.is_file() and path.name != SUMS)


def _linked(source: Path, into: Path) -> None:
    """Share the files of a folder; those that Oxigraph goes on writing in, and those of the state itself, are not."""
    for entry in os.scandir(source):
        if not entry.is_file() or entry.name in (KEPT, SUMS, "LOCK") or entry.name.startswith("LOG"):
            continue
        target = into / entry.name
        if entry.name.startswith(("MANIFEST", "CURRENT", "IDENTITY")) or entry.name.endswith((".log", ".dbtmp")):
            shutil.copyfile(entry.path, target)
            continue
        try:
            os.link(entry.path, target)
        except OSError:  # a file system without links
            shutil.copyfile(entry.path, target)


def _removed_unused(state: Path) -> None:
    """Remove a state that nobody reads; who comes meanwhile waits, and finds that it is gone."""
    try:
        held = os.open(state / KEPT, os.O_RDONLY)
    except FileNotFoundError:
        _removed(state)
        return
    except OSError as error:
        raise refused(state, error) from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _removed(state)
    except BlockingIOError:
        return
    finally:
        os.close(held)


def _removed(path: Path) -> None:
    """Remove a folder. Raises StoreError where it cannot be."""
    try:
        if path.exists():
            shutil.rmtree(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be removed ({error.strerror}); remove this folder by hand") from error


def states_of(place: Path) -> Iterator[Path]:
    """The folders of a store's states."""
    yield from sorted(path for path in place.iterdir() if path.name.startswith(_STATE) and path.is_dir())
