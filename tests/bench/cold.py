"""How long `kg query NAME` takes from nothing beside `import pyoxigraph`: `cold.py STORE [ROUNDS]`."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

QUERY = ("-c", "from kg.cli import main; main()", "query", "who-met-whom", "--format", "csv", "--store")
IMPORT = ("-c", "import pyoxigraph")


def taken(*arguments: str) -> float:
    """Seconds of a Python process from its start to its end."""
    began = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Ask and import in turn, after one round that does not count; print medians and their ratio."""
    store, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 11
    pairs = [(taken(*QUERY, store), taken(*IMPORT)) for _ in range(rounds + 1)][1:]
    query, imported = (statistics.median(each) for each in zip(*pairs, strict=True))
    print(f"kg query {query:.3f} s, import pyoxigraph {imported:.3f} s, ratio {query / imported:.1f} ({rounds} rounds)")


if __name__ == "__main__":
    main()
