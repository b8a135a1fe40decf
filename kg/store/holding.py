"""The life of an open store: it is opened, changed as a whole, and closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from kg.errors import StoreError
from kg.rdf.graphs import checked_base
from kg.rdf.namespaces import BASE
from kg.store.changes import Changes
from kg.store.files import Lock, check_marker, claimed, get, judgements_at, put, refused
from kg.store.older import brought_up
from kg.store.shelf import Disk, Memory
from kg.store.states import REVISION, States

if TYPE_CHECKING:
    from kg.rdf import Anchor

MEMORY = ":memory:"
DOUBTS = "doubts.json"


class Holding:
    """What an open store holds; `kg.store.Store` reads and writes it."""

    def __init__(self, held: States | ox.Store, base: str, place: str, judgements: Path | None = None) -> None:
        self._states = held if isinstance(held, States) else None
        self._memory = held if isinstance(held, ox.Store) else None
        self._lock: Lock | None = None
        self._shelf: Disk | Memory = Memory()
        self.base = base
        self.place = place
        self.read_only = False
        self.judgements = judgements
        """The file of what people decided, which need not be there; None for a store in memory without one."""
        self._held: Mapping[Anchor, str] | None = None
        self._told = {DOUBTS: "[]", REVISION: ""}
        self._concluded = self._states.concluded if self._states else ""
        self._settled: str | None = None
        self._depth = 0
        self.changes: Changes | None = None
        """What has been written since the whole change began that is under way; None outside of one."""

    @classmethod
    def open(
        cls,
        place: str | Path = ".kg",
        base: str | None = None,
        *,
        read_only: bool = False,
        judgements: str | Path | None = None,
    ) -> Self:
        """The store in a folder, made when it is not there; ":memory:" for one that is gone at the end.

        `base` is for a new store and must agree with an old one's. `read_only` opens a store beside another
        process that writes; it sees the last whole state. `judgements` is the file of what people decided,
        which the store remembers; by default it stands beside the store. A store of an older format is brought up
        to this one. Raises StoreError where the folder is no store, of a newer format or another base, cannot be
        read, or another process writes to it.
        """
        if base:
            checked_base(base)
        if str(place) == MEMORY:
            return cls(ox.Store(), base or BASE, MEMORY, Path(judgements) if judgements else None)
        folder = Path(place)
        lock = None if read_only else claimed(folder, base or BASE)
        brought_up(folder, lock)
        held = check_marker(folder, base)
        states = States(folder, read_only=read_only)
        store = cls(states, held, str(folder), judgements_at(folder, judgements, keep=not read_only))
        store._shelf = shelf = Disk(folder, states.kept, journal=not read_only)
        if not read_only:
            states.clear(shelf)
        store.read_only, store._lock = read_only, lock
        return store

    def close(self) -> None:
        """Give the folder free. A closed store raises StoreError when used."""
        if self._states:
            self._states.close()
        if self._lock:
            self._lock.free()
        self._states = self._memory = self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def oxigraph(self) -> ox.Store:
        """The Oxigraph store itself, for rdflib (oxrdflib) and a SPARQL endpoint.

        On disk it is read only, but between `to_write` and the end of `whole`.
        """
        if self._memory is not None:
            return self._memory
        if self._states is None:
            raise StoreError(f"{self.place}: this store is closed; open it again")
        return self._states.graph

    @property
    def revision(self) -> str:
        """Something that differs after each change of a graph: for indexes beside the store, and for caches."""
        return self._beside(REVISION)

    @property
    def home(self) -> Path | None:
        """The folder of what belongs to this state of the graph; None in memory, and where nothing was written yet."""
        return self._states.home if self._states else None

    # Whole changes

    @contextmanager
    def whole(self, *, anew: bool = False) -> Iterator[None]:
        """Make all that is written within one change: who reads sees none of it before the end, then all.

        After an error, or a crash, the graph is as it was before; in memory what was written stays. With `anew` the
        files are written anew, so that no byte of what was removed stays in the folder; that takes its time.
        """
        if self._depth:
            yield
            return
        self._depth, self._settled = 1, None
        self.changes = Changes(self.revision)
        try:
            yield
            if self._states:
                assert isinstance(self._shelf, Disk)
                self._states.publish(self._shelf, self._settled, anew=anew)
            if self._settled is not None:
                self._concluded = self._settled
                self._shelf.settled()
        except BaseException as error:
            self._held = None
            if self._states:
                self._states.abandon()
            if isinstance(error, OSError):
                raise refused(self.place, error) from error
            raise
        finally:
            self._depth, self.changes = 0, None

    def to_write(self) -> Path | None:
        """Begin to change the graph, within `whole`; the folder for what belongs to it, None in memory."""
        assert self._depth or self._memory is not None, "a change is begun outside of whole()"
        return self._states.begin() if self._states else None

    def scrub(self) -> None:
        """Write the graph's files anew, so that no byte of what was removed stays in the folder; takes its time."""
        with self.whole(anew=True):
            pass

    def _tell(self, name: str, text: str) -> None:
        """Put down something that belongs to the graph, where it differs."""
        if self._beside(name) != text:
            self._told[name] = text
            if folder := self.to_write():
                put(folder / name, text)

    def _beside(self, name: str) -> str:
        if self._states is None:
            return self._told[name]
        return (get(self._states.home / name) if self._states.home else None) or ""
