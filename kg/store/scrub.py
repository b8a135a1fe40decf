"""The graph's folder written anew, so that nothing of what was removed is left in its files.

Oxigraph forgets a removed quad at once, but keeps its words in a table that is never cleaned, nor does compaction
help: what stands in the graph is therefore copied into a new folder, which takes the place of the old one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError

_NEW, _OLD = "graph.new", "graph.old"


def copied(graph: ox.Store, place: Path) -> Path:
    """A folder below `place` with a store of the same quads and nothing else. Raises StoreError where it cannot be."""
    new = place / _NEW
    try:
        shutil.rmtree(new, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=place, prefix="dump-") as folder:
            dump = Path(folder) / "graph.nq"
            graph.dump(str(dump), format=ox.RdfFormat.N_QUADS)
            fresh = ox.Store(str(new))
            fresh.bulk_load(path=str(dump), format=ox.RdfFormat.N_QUADS)
            fresh.flush()
            del fresh
    except OSError as error:
        raise StoreError(
            f"{place}: the graph cannot be copied ({error}); make room; the next removal ends this"
        ) from error
    return new


def swap(place: Path) -> None:
    """Put the copy in place of the graph, which no process of ours has open any more. Raises StoreError."""
    try:
        shutil.rmtree(place / _OLD, ignore_errors=True)
        os.replace(place / "graph", place / _OLD)
        os.replace(place / _NEW, place / "graph")
        shutil.rmtree(place / _OLD)
    except OSError as error:
        raise StoreError(f"{place}: the graph cannot be replaced ({error}); the next removal ends this") from error


def mended(place: Path) -> None:
    """Finish what a crash left half done: the copy is whole as soon as the old graph has left its place."""
    if (place / _OLD).is_dir() and not (place / "graph").exists():
        os.replace(place / _NEW if (place / _NEW).is_dir() else place / _OLD, place / "graph")
