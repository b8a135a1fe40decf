"""What a worker can be asked to do: each task takes the open store and the arguments as JSON, and gives a reply.

A new kind of page or answer that needs the store is a new function in `TASKS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.errors import StoreError
from kg.serve import entities, stored
from kg.serve.answers import sparql
from kg.serve.pages import task as pages
from kg.serve.reply import Reply, refusal
from kg.serve.settings import Settings
from kg.store import Store

Task = Callable[[Store, Settings, Mapping[str, Any]], Reply]
TASKS: Mapping[str, Task] = {
    "sparql": sparql,
    "stored": stored.rows,
    "entity": entities.data,
    "page": pages.page,
    "statistics": entities.statistics,
}


class Desk:
    """Does tasks on a store that is opened anew when it has been written to."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._store: Store | None = None
        self._generation = ""

    def do(self, task: str, arguments: Mapping[str, Any], generation: str) -> Reply:
        """The reply to a task. `generation` differs from the last one's when the store was written to."""
        if self._store is None or generation != self._generation:
            self._store = Store.open(self._settings.store, read_only=True)
            self._generation = generation
        try:
            return TASKS[task](self._store, self._settings, arguments)
        except StoreError:
            self._store = None
            return refusal(503, "the graph is being written; ask again in a moment", again=1)
