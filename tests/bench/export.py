"""Time and memory of the exports of a large graph, beside pyoxigraph's own unsorted dump.

    python tests/bench/export.py [TRIPLES]      one million unless told otherwise

The graph is the one of tests/graph_cases.py, over and over under other bases. Each format is written by a process of
its own, so that its peak of memory is its own; the store's own share is what "open" shows.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.export import FORMATS, write
from kg.rdf import describe
from kg.resolve import resolve

BASE = "https://x.example/"


def fill(place: Path, wanted: int) -> int:
    """A store of at least so many quads; their number."""
    from graph_cases import two_documents

    store = ox.Store(str(place))
    lines = "".join(f"{quad} .\n" for quad in describe(resolve(two_documents()), BASE))
    number = lines.count("\n")
    copies = -(-wanted // number)
    for first in range(0, copies, 500):
        some = (lines.replace(BASE, f"{BASE}{copy:06d}/") for copy in range(first, min(first + 500, copies)))
        store.bulk_load("".join(some).encode(), format=ox.RdfFormat.N_QUADS)
    store.flush()
    return number * copies


def one(place: str, form: str, out: str) -> None:
    """Write the store in one format and print seconds and the peak in MiB."""
    store = ox.Store.read_only(place)
    start = time.perf_counter()
    with open(out, "wb") as file:
        if form == "dump":
            store.dump(file, format=ox.RdfFormat.N_QUADS)
        elif form != "open":
            write(store.quads_for_pattern(None, None, None, None), form, file, BASE)
    seconds = time.perf_counter() - start
    status = Path("/proc/self/status").read_text("ascii")
    print(seconds, int(status.partition("VmHWM:")[2].split()[0]) / 1024)


def main() -> None:
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "graph")
        print(f"{fill(place, wanted):,} quads")
        for form in ("open", "dump", *FORMATS):
            command = [sys.executable, __file__, "--one", str(place), form, str(Path(folder, "out"))]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            seconds, peak = map(float, done.stdout.split())
            print(f"{form:10} {seconds:6.1f} s  {peak:6.0f} MiB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(*sys.argv[2:])
    else:
        main()
