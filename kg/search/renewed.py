"""Brings an index up to a graph of which little changed: the rows of the nodes concerned are made anew, no others.

The rows are made by `kg.search.tables` from that part of the graph which tells of these nodes, so that they are those
of an index made from the whole.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from itertools import groupby

from kg.search.concerned import Near
from kg.search.schema import STEP, WORDY
from kg.search.tables import Maker
from kg.store import MEMORY, Store
from kg.store.changes import Changes

_SHARE = 8
"""Where more than one node of so many is concerned, an index made anew is as soon there."""


class FullError(Exception):
    """There is no number left between two nodes, or too much changed: the index is to be made anew."""


def renew(store: Store, database: sqlite3.Connection, changes: Changes) -> None:
    """Bring an index that is of the revision before these changes up to the store's graph.

    Raises FullError before anything is written where the index should be made anew instead.
    """
    near = Near(store)
    nodes = near.concerned(changes)
    (there,) = database.execute("SELECT COUNT(*) FROM node").fetchone()
    if len(nodes) * _SHARE > there:
        raise FullError
    with Store.open(MEMORY, base=store.base) as part, closing(sqlite3.connect(":memory:")) as made:
        part.oxigraph.extend(near.around(nodes))
        Maker(part, made).make("")
        Renewal(database, made, [node.value.removeprefix(store.base) for node in nodes]).run(store.revision)


class Renewal:
    """Takes the rows of some nodes out of one index and those of another, which need not hold all nodes, in."""

    def __init__(self, database: sqlite3.Connection, made: sqlite3.Connection, paths: Iterable[str]) -> None:
        self._database, self._made = database, made
        self._paths = sorted(paths)
        self._all = set(self._paths)
        self._old = {path: number for path in self._paths if (number := self._number(path)) is not None}
        self._new = {path for (path,) in made.execute("SELECT path FROM node")} & self._all
        self._numbers = self._old | dict(self._numbered([path for path in self._paths if path in self._new]))

    def run(self, revision: str) -> None:
        """Do it. Raises FullError before anything is written."""
        rows = self._spans(), self._parts()
        self._take_out()
        for table, some in zip(("span", "part"), rows, strict=True):
            self._many(table, some)
        self._many("node", self._rows("SELECT n.path, n.* FROM node n"))
        bounds = self._made.execute("SELECT * FROM period").fetchall()
        self._many("period", [row for row in bounds if row[0] in self._all])
        self._names()
        for table in WORDY.values():
            found = self._rows(f"SELECT n.path, t.rowid, t.text FROM {table} t JOIN node n ON n.id = t.rowid")
            self._database.executemany(f"INSERT INTO {table} (rowid, text) VALUES (?, ?)", found)
        self._database.execute("UPDATE state SET revision = ?", (revision,))
        self._database.commit()

    def _number(self, path: str) -> int | None:
        row = self._database.execute("SELECT id FROM node WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def _numbered(self, paths: Sequence[str]) -> Iterable[tuple[str, int]]:
        """A number for each node that had none: between those of its neighbours in the order of paths."""
        low = "SELECT id FROM node WHERE path < ? ORDER BY path DESC LIMIT 1"
        high = "SELECT id FROM node WHERE path > ? ORDER BY path LIMIT 1"

        def beside(asked: str, path: str) -> int | None:
            row = self._database.execute(asked, (path,)).fetchone()
            return row[0] if row else None

        missing = [path for path in paths if path not in self._old]
        for below, some in groupby(missing, lambda path: beside(low, path) or 0):
            group = list(some)
            above = beside(high, group[0])
            # most that is new comes behind what was new before: leave more room there
            step = STEP if above is None else (above - below) // (len(group) + STEP.bit_length() // 2)
            if step < 1:
                raise FullError
            yield from ((path, below + step * place) for place, path in enumerate(group, 1))

    def _named(self, path: str) -> int:
        """The number of any node that a row speaks of."""
        if path not in self._numbers:
            number = self._number(path)
            assert number is not None, f"{path} is in the graph and not in the index"
            self._numbers[path] = number
        return self._numbers[path]

    def _spans(self) -> list[tuple[object, ...]]:
        found = self._made.execute(
            "SELECT d.path, s.first, s.last, s.what, n.path FROM span s"
            " JOIN node d ON d.id = s.document JOIN node n ON n.id = s.node"
        )
        return [
            (self._named(document), *rest, self._named(path)) for document, *rest, path in found if path in self._new
        ]

    def _parts(self) -> list[tuple[object, ...]]:
        found = self._made.execute(
            "SELECT n.path, p.relation, f.path, p.day FROM part p"
            " JOIN node n ON n.id = p.node JOIN node f ON f.id = p.fact"
        )
        return [
            (self._named(node), relation, self._named(fact), day)
            for node, relation, fact, day in found
            if fact in self._new
        ]

    def _rows(self, asked: str) -> list[tuple[object, ...]]:
        """Rows whose first column is a path, the second the number that the node has here; without the path."""
        return [(self._numbers[path], *rest) for path, _, *rest in self._made.execute(asked) if path in self._new]

    def _take_out(self) -> None:
        gone = [(number,) for number in self._old.values()]
        for (number,) in gone:
            names = self._database.execute("SELECT id, folded FROM name WHERE node = ?", (number,)).fetchall()
            self._database.executemany("INSERT INTO gram (gram, rowid, folded) VALUES ('delete', ?, ?)", names)
        for table, column in (("name", "node"), ("span", "node"), ("part", "fact"), ("node", "id")):
            self._database.executemany(f"DELETE FROM {table} WHERE {column} = ?", gone)
        for table in WORDY.values():
            self._database.executemany(f"DELETE FROM {table} WHERE rowid = ?", gone)
        self._database.executemany("DELETE FROM period WHERE path = ?", [(path,) for path in self._paths])

    def _names(self) -> None:
        (last,) = self._database.execute("SELECT COALESCE(MAX(id), 0) FROM name").fetchone()
        asked = "SELECT n.path, m.node, m.name, m.folded FROM name m JOIN node n ON n.id = m.node ORDER BY m.id"
        rows = [(number, *row) for number, row in enumerate(self._rows(asked), last + 1)]
        self._many("name", rows)
        self._database.executemany("INSERT INTO gram (rowid, folded) VALUES (?, ?)", [(row[0], row[3]) for row in rows])

    def _many(self, table: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
