"""A graph written anew, so that nothing of what was removed is left in its files.

Oxigraph forgets a removed quad at once, but keeps its words in a table that is never cleaned, nor does compaction
help: what stands in the graph is therefore copied, quad by quad, into a new folder.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

_DUMP = "dump-"


def copied(graph: ox.Store, new: Path) -> None:
    """Make a folder with a store of the same quads and nothing else. Raises OSError where it cannot be."""
    with tempfile.TemporaryDirectory(dir=new.parent.parent, prefix=_DUMP) as folder:
        dump = Path(folder) / "graph.nq"
        graph.dump(str(dump), format=ox.RdfFormat.N_QUADS)
        fresh = ox.Store(str(Path(folder) / "graph"))
        fresh.bulk_load(path=str(dump), format=ox.RdfFormat.N_QUADS)
        fresh.backup(str(new))
        del fresh


def dumps(place: Path) -> Iterator[Path]:
    """What a crash left of copying."""
    yield from (path for path in place.iterdir() if path.name.startswith(_DUMP))
