"""Keeps the index on disk in step with the graph."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from shutil import copyfile

from kg.errors import StoreError
from kg.search.renewed import FullError, renew
from kg.search.tables import Maker
from kg.sidecar import FILE, of_revision, read_only
from kg.store import MEMORY, Store


def update(store: Store) -> bool:
    """Bring the index on disk in step with the graph; whether it was not.

    It is made anew, but where it is known what the change under way (`Store.whole`) did, and that is little.

    A store in memory has none. Raises StoreError where the disk refuses, or the store was opened to be read.
    """
    if store.place == MEMORY or in_step(store):
        return False
    with store.whole():
        folder = store.to_write()
        assert folder
        path, part = folder / FILE, folder / f"{FILE}.part"
        try:
            if not _renewed(store, path, part):
                part.unlink(missing_ok=True)
                with _written(part) as database:
                    Maker(store, database).make(store.revision)
            part.replace(path)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(f"{path}: cannot be written ({error}); make room or use another --store") from error
    return True


def _renewed(store: Store, path: Path, part: Path) -> bool:
    """Whether a copy of the index was brought up to the graph by what changed in it since."""
    changes = store.changes
    if changes is None or not changes.known or not of_revision(path, changes.since):
        return False
    copyfile(path, part)
    with suppress(FullError, sqlite3.DatabaseError), _written(part) as database:
        renew(store, database, changes)
        return True
    return False


@contextmanager
def _written(part: Path) -> Iterator[sqlite3.Connection]:
    """A file that nobody reads yet, to be filled without regard to crashes."""
    with closing(sqlite3.connect(part)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        yield database


def refresh(place: str) -> None:
    """Bring the index of a store on disk in step, for those who only read it; left alone where it cannot be written."""
    with Store.open(place, read_only=True) as store:
        if in_step(store):
            return
    with suppress(StoreError), Store.open(place) as store:
        update(store)


def at(store: Store, *, late: bool = False) -> sqlite3.Connection | None:
    """The index on disk, open, where it is in step with the graph; with `late` also where it is not."""
    if store.home and of_revision(store.home / FILE, None if late else store.revision):
        return read_only(store.home / FILE)
    return None


def in_step(store: Store) -> bool:
    """Whether the index on disk is that of the graph as it is."""
    return store.home is not None and of_revision(store.home / FILE, store.revision)
