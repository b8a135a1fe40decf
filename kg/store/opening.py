"""Opening Oxigraph's files, to read or to write."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError


def opened(place: Path, graph: Path, *, read_only: bool) -> ox.Store:
    """The graph in a folder of the store at `place`. Raises StoreError where it cannot be opened."""
    try:
        return ox.Store.read_only(str(graph)) if read_only else ox.Store(str(graph))
    except (OSError, RuntimeError) as error:
        raise StoreError(
            f"{place}: the graph cannot be opened ({error}); restore a backup, or remove the store and build it anew"
        ) from error
