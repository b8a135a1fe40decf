"""Opening a store's graph on disk, alone or beside a writer."""

from __future__ import annotations

import time
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.store.scrub import mended

_TRIES = 20
_PAUSE = 0.1


def graph_at(folder: Path, *, read_only: bool) -> ox.Store:
    """The graph of the store in a folder.

    A reader may meet the moment at which a writer puts files together and removes the old ones: it tries again for
    two seconds. Raises StoreError where the graph is in use by another process, or cannot be opened.
    """
    inside = str(folder / "graph")
    left = _TRIES
    while True:
        left -= 1
        try:
            mended(folder)
            return ox.Store.read_only(inside) if read_only else ox.Store(inside)
        except (OSError, RuntimeError) as error:
            if read_only and left and "no such file" in str(error).lower():
                time.sleep(_PAUSE)
                continue
            if "lock" in str(error).lower():
                message = f"{folder}: another process has this store open; close it, or name another with --store"
            else:
                message = f"{folder}: the graph cannot be opened ({error}); remove the store and build it anew"
            raise StoreError(message) from error
