"""What the index can be asked: names, words, and lists in order."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kg.search.keeping import at
from kg.search.names import NEAR, folded, nearness, trigrams
from kg.search.schema import WORDY
from kg.search.tables import Maker
from kg.store import Store

_CANDIDATES = 400
_OPEN, _CLOSE = "\x02", "\x03"
_COLUMNS = "n.path, n.kind, n.label, n.detail, n.status, n.day, n.mentions, n.documents"
_TERM = re.compile(r'"([^"]+)"|([\w’\'-]+)')


class Entry(NamedTuple):
    """A node as lists show it: `path` is its IRI without the base, `status` its statuses with commas between."""

    path: str
    kind: str
    label: str
    detail: str | None
    status: str
    day: str | None
    mentions: int
    documents: int


class Found(NamedTuple):
    """A node that was searched for: the name that fits, or the words, in pieces with whether each is a hit."""

    entry: Entry
    pieces: tuple[tuple[str, bool], ...]
    score: float


class Spanned(NamedTuple):
    """A stretch of a document and what it shows: "name", "words" of a statement, or "evidence" of a fact."""

    start: int
    end: int
    what: str
    path: str
    kind: str
    label: str


class Index:
    """An open index; it is only read."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def close(self) -> None:
        """Give the file free."""
        self._database.close()

    # Search

    def names(self, typed: str, kinds: Sequence[str] = (), limit: int = 20) -> list[Found]:
        """The nodes whose names are nearest to what was typed, the nearest and most often named first."""
        wanted = folded(typed)
        grams = trigrams(wanted)
        if not wanted.strip():
            return []
        asked = " OR ".join(f'"{gram}"' for gram in grams)
        where = f" AND n.kind IN ({_marks(kinds)})" if kinds else ""
        rows = self._database.execute(
            f"SELECT {_COLUMNS}, m.name, m.folded FROM"
            " (SELECT rowid FROM gram WHERE gram MATCH ? ORDER BY rank LIMIT ?) g"
            f" JOIN name m ON m.id = g.rowid JOIN node n ON n.id = m.node WHERE 1{where}",
            (asked, _CANDIDATES, *kinds),
        )
        best: dict[str, Found] = {}
        for *columns, name, plain in rows:
            entry, score = Entry(*columns), nearness(wanted, plain)
            if score >= NEAR and (entry.path not in best or score > best[entry.path].score):
                best[entry.path] = Found(entry, ((name, False),), score)
        return sorted(best.values(), key=lambda f: (-round(f.score), -f.entry.mentions, f.entry.label, f.entry.path))[
            :limit
        ]

    def words(self, typed: str, kind: str, limit: int = 20, offset: int = 0) -> tuple[list[Found], int]:
        """Statements, meetings (kind "occasion") or documents whose words hold what was typed; and how many do.

        All words must be there, those in quotation marks side by side; where nothing holds all, any of them will do.
        """
        phrases = [next(filter(None, each)) for each in _TERM.findall(typed)]
        quoted = [f'"{phrase}"' for phrase in phrases if any(map(str.isalnum, phrase))]
        for joined in (" ".join(quoted), " OR ".join(quoted)):
            found = self._matching(joined, kind, limit, offset) if joined else ([], 0)
            if found[1]:
                return found
        return [], 0

    def _matching(self, asked: str, kind: str, limit: int, offset: int) -> tuple[list[Found], int]:
        table = WORDY[kind]
        (total,) = self._database.execute(f"SELECT COUNT(*) FROM {table} WHERE {table} MATCH ?", (asked,)).fetchone()
        rows = self._database.execute(
            f"SELECT {_COLUMNS}, f.text, f.score FROM"
            f" (SELECT rowid AS node, rank AS score, snippet({table}, 0, ?, ?, '…', 48) AS text FROM {table}"
            f" WHERE {table} MATCH ? ORDER BY rank LIMIT ? OFFSET ?) f"
            " JOIN node n ON n.id = f.node ORDER BY f.score, n.id",
            (_OPEN, _CLOSE, asked, limit, offset),
        )
        return [Found(Entry(*columns), _pieces(text), -rank) for *columns, text, rank in rows], total

    # Lists

    def counts(self) -> dict[str, int]:
        """How many nodes there are of each kind."""
        return dict(self._database.execute("SELECT kind, COUNT(*) FROM node GROUP BY kind"))

    def entry(self, path: str) -> Entry | None:
        """The node at a path, if there is one."""
        row = self._database.execute(f"SELECT {_COLUMNS} FROM node n WHERE n.path = ?", (path,)).fetchone()
        return Entry(*row) if row else None

    def entries(self, paths: Iterable[str]) -> dict[str, Entry]:
        """The nodes at some paths."""
        asked = list(dict.fromkeys(paths))
        rows: list[Entry] = []
        for start in range(0, len(asked), 500):
            some = asked[start : start + 500]
            found = self._database.execute(f"SELECT {_COLUMNS} FROM node n WHERE n.path IN ({_marks(some)})", some)
            rows += [Entry(*row) for row in found]
        return {entry.path: entry for entry in rows}

    def listed(self, kind: str, order: str, limit: int, offset: int = 0) -> list[Entry]:
        """Nodes of a kind in the order of "sort" (their names), "mentions" (most first) or "day" (latest first)."""
        keys = {"sort": "n.sort, n.id", "mentions": "n.mentions DESC, n.id", "day": "n.day DESC, n.id"}[order]
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM node n WHERE n.kind = ? ORDER BY {keys} LIMIT ? OFFSET ?", (kind, limit, offset)
        )
        return [Entry(*row) for row in rows]

    def paths(self) -> list[str]:
        """The paths of all nodes."""
        return [path for (path,) in self._database.execute("SELECT path FROM node ORDER BY id")]

    def other_names(self, limit: int = 50_000) -> list[tuple[str, str]]:
        """Path and name of all names, for an index that is shipped with files."""
        found = "SELECT n.path, m.name FROM name m JOIN node n ON n.id = m.node ORDER BY m.node, m.name LIMIT ?"
        return list(self._database.execute(found, (limit,)))

    def parts(self, path: str, relation: str, limit: int, offset: int = 0) -> tuple[list[Entry], int]:
        """What a node is part of in one way, latest first, undated last; and how many there are.

        The relations: person or body → "meeting", "said", "heard", "named", "holds", "offices", "sources", "likely";
        place → "at", "named"; office → "tenure"; concept → "role", "form", "medium";
        occasion → "about"; document → a kind of fact.
        """
        where = "FROM part p WHERE p.node = (SELECT id FROM node WHERE path = ?) AND p.relation = ?"
        (total,) = self._database.execute(f"SELECT COUNT(*) {where}", (path, relation)).fetchone()
        rows = self._database.execute(
            f"SELECT {_COLUMNS} FROM (SELECT p.fact, p.day {where} ORDER BY p.day DESC, p.fact LIMIT ? OFFSET ?) f"
            " JOIN node n ON n.id = f.fact ORDER BY f.day DESC, f.fact",
            (path, relation, limit, offset),
        )
        return [Entry(*row) for row in rows], total

    def company(self, path: str, limit: int) -> list[tuple[Entry, int]]:
        """With whom a node took part in held meetings, and in how many, most first."""
        rows = self._database.execute(
            f"""SELECT {_COLUMNS}, c.met FROM (
                SELECT b.node AS other, COUNT(*) AS met FROM part a JOIN node o ON o.id = a.fact
                JOIN part b ON b.fact = a.fact AND b.relation = 'meeting' AND b.node != a.node
                WHERE a.node = (SELECT id FROM node WHERE path = ?) AND a.relation = 'meeting' AND o.status LIKE 'Held%'
                GROUP BY b.node ORDER BY met DESC, other LIMIT ?) c
            JOIN node n ON n.id = c.other ORDER BY c.met DESC, n.mentions DESC, n.sort""",
            (path, limit),
        )
        return [(Entry(*columns), met) for *columns, met in rows]

    def documents(self, path: str, limit: int, offset: int = 0) -> list[tuple[Entry, int, Spanned]]:
        """The documents that name or show a node, the latest first, each with how often and where first."""
        rows = self._database.execute(
            f"""SELECT {_COLUMNS}, s.times, s.first, s.last FROM (
                SELECT document, COUNT(*) AS times, MIN(first) AS first, last FROM span
                WHERE node = (SELECT id FROM node WHERE path = ?) GROUP BY document) s
            JOIN node n ON n.id = s.document ORDER BY n.day DESC, n.id LIMIT ? OFFSET ?""",
            (path, limit, offset),
        )
        return [
            (Entry(*columns), times, Spanned(first, last, "name", path, "", ""))
            for *columns, times, first, last in rows
        ]

    def spans(self, document: str, start: int, end: int, what: Sequence[str]) -> list[Spanned]:
        """What the stretches of a document between two offsets show, in the text's order."""
        rows = self._database.execute(
            f"""SELECT s.first, s.last, s.what, n.path, n.kind, n.label FROM span s JOIN node n ON n.id = s.node
            WHERE s.document = (SELECT id FROM node WHERE path = ?) AND s.first < ? AND s.last > ?
            AND s.what IN ({_marks(what)}) ORDER BY s.first, s.last DESC, s.node""",
            (document, end, start, *what),
        )
        return [Spanned(*row) for row in rows]


def _marks(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _pieces(text: str) -> tuple[tuple[str, bool], ...]:
    """A snippet with its hits between control characters, cut into pieces."""
    pieces = []
    for part in text.split(_OPEN):
        hit, closed, rest = part.partition(_CLOSE)
        pieces += [(hit, True), (rest, False)] if closed else [(hit, False)]
    return tuple((words, marked) for words, marked in pieces if words)


def opened(store: Store, *, late: bool = False) -> Index:
    """The index of a store: the one on disk where it is in step with the graph, else one made in memory.

    With `late` also the one on disk that is not: for who cannot wait.
    """
    on_disk = at(store, late=late)
    if on_disk is not None:
        return Index(on_disk)
    database = sqlite3.connect(":memory:", check_same_thread=False)
    Maker(store, database).make(store.revision)
    return Index(database)
