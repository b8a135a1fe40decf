"""The file beside a store's graph that holds its index: whether it is in step, and what it says of periods.

`kg.search` makes it and asks it for names, words and lists. What stored queries look up in it is read here, since
they must not wait for the libraries which that needs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path

from kg.rdf.graphs import inferred_graph
from kg.store import Store

FILE = "search.sqlite"
FORMAT = 5
PERIOD = "CREATE TABLE period (path TEXT PRIMARY KEY, earliest TEXT, latest TEXT) WITHOUT ROWID;"
"""What has a date bound, by its IRI without the store's base; of several bounds the widest, days as ISO."""
_DURING = """SELECT path FROM period
WHERE substr(path, 1, instr(path, '/') - 1) IN (SELECT value FROM json_each(?))
AND (latest >= ? OR latest IS NULL) AND (earliest <= ? OR earliest IS NULL) ORDER BY path LIMIT ?"""
_FIRST, _LAST = "0000", "9999"


def read_only(path: Path) -> sqlite3.Connection:
    """The file, to be read as it is; nobody writes in one that bears this name."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


def of_revision(path: Path, revision: str | None) -> bool:
    """Whether the index can be read and is of that revision; of any for None, of none where it is not known."""
    if path.is_file() and revision != "":
        with suppress(sqlite3.DatabaseError), closing(read_only(path)) as database:
            row = database.execute("SELECT format, revision FROM state").fetchone()
            return bool(row and row[0] == FORMAT and revision in (None, row[1]))
    return False


def during(store: Store, kinds: Sequence[str], first: str | None, last: str | None, most: int) -> list[str] | None:
    """The IRIs of all of some kinds (their folders) whose date bounds allow a day from `first` to `last`.

    Days are ISO, either may be open.

    None where they are more than `most`, or where this cannot be told: without an index in step, and where rules
    have inferred triples, of which the index holds nothing.
    """
    if store.home is None or not of_revision(store.home / FILE, store.revision):
        return None
    if next(store.oxigraph.quads_for_pattern(None, None, None, inferred_graph(store.base)), None) is not None:
        return None
    with closing(read_only(store.home / FILE)) as database:
        rows = database.execute(_DURING, (json.dumps(list(kinds)), first or _FIRST, last or _LAST, most + 1)).fetchall()
    return [store.base + path for (path,) in rows] if len(rows) <= most else None
