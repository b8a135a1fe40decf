"""How a build on Apache Spark grows with its executors, and that it gives what one machine gives.

    python tests/bench/cluster.py [--documents 1000] [--rounds 5] [--parts 12]

Texts are made of the seeds' paragraphs, dealt out at random, the same for the same number. Builds with one executor
of one core and with two take turns on a local cluster (processes of their own for master, workers and executors); the
time is that from the first file read to the manifest written, without Spark's own start. Prints each round, the
medians and their ratio; the lines of all shards are compared with one machine's export.
"""

from __future__ import annotations

import argparse
import gzip
import io
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUN = """
import sys, time
from kg.cluster import Plan, build, session
with session(sys.argv[1]) as spark:
    began = time.monotonic()
    build(spark, [sys.argv[2]], sys.argv[3], Plan(parts=int(sys.argv[4])))
    print(time.monotonic() - began)
"""


def corpus(folder: Path, documents: int) -> int:
    """So many texts in a folder; their words."""
    paragraphs = [p for seed in sorted((ROOT / "seeds").glob("*.txt")) for p in seed.read_text("utf-8").split("\n\n")]
    words = 0
    for number in range(documents):
        drawn = random.Random(number).sample(paragraphs, min(len(paragraphs), 24))
        text = "\n\n".join(drawn)
        words += len(text.split())
        (folder / f"{number:05}.txt").write_text(text, "utf-8")
    return words


def built(executors: int, folder: Path, out: Path, parts: int) -> float:
    """The seconds of a build with so many executors of one core."""
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    shutil.rmtree(out, ignore_errors=True)
    done = subprocess.run(
        [sys.executable, "-c", RUN, f"local-cluster[{executors},1,2048]", str(folder), str(out), str(parts)],
        env=environment, check=True, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    return float(done.stdout.split()[-1])


def lines(out: Path) -> list[bytes]:
    """The lines of all shards, sorted."""
    return sorted(line for path in out.glob("*.nq.gz") for line in gzip.decompress(path.read_bytes()).splitlines())


def alone(folder: Path) -> list[bytes]:
    """The lines of one machine's export, sorted."""
    from kg.export import write
    from kg.pipeline import Settings, build
    from kg.store import MEMORY, Store

    with Store.open(MEMORY) as store:
        build([str(folder)], store, Settings())
        out = io.BytesIO()
        write(store.quads(), "nquads", out)
    return sorted(out.getvalue().splitlines())


def main() -> None:
    """Measure what is named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", type=int, default=12)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, out = Path(place, "texts"), Path(place, "out")
        folder.mkdir()
        print(f"{given.documents:,} documents, {corpus(folder, given.documents):,} words", flush=True)
        times: dict[int, list[float]] = {1: [], 2: []}
        same = True
        expected = alone(folder)
        for number in range(given.rounds):
            for executors in (1, 2) if number % 2 == 0 else (2, 1):
                times[executors].append(built(executors, folder, out, given.parts))
                same = same and lines(out) == expected
            one, two = times[1][-1], times[2][-1]
            print(f"round {number + 1}: one {one:.1f} s, two {two:.1f} s, ratio {one / two:.2f}", flush=True)
        one, two = (statistics.median(times[n]) for n in (1, 2))
        print(f"medians: one {one:.1f} s, two {two:.1f} s, ratio {one / two:.2f}; equal output: {same}")


if __name__ == "__main__":
    main()
