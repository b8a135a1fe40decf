"""How builds grow: the first, the next with nothing changed and with one document changed, and their memory.

    python tests/bench/growth.py [1000] [10000] [--language en] [--workers 1 2] [--rounds 5] [--keep FOLDER]

Articles of true lengths are made (`made/articles.py`), a folder of each size, and built in a process of their own:
first with each number of workers, then `--rounds` times each with nothing changed and with a paragraph added to one
document. Printed are seconds, the ratio of each rebuild's median to the full build of the same run with the last number
of workers (and of processor time, workers included), the ratio of workers, peak memory of the process that joins and
writes (coordinator) and of the largest worker, and what the coordinator takes above the smallest size a name.
`--language rules` reads without a model: for memory at large sizes.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent))

from made.articles import write

HERE = Path(__file__).resolve().parent
_BUILD = """
import json, os, resource, sys, time
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from kg.pipeline import Settings, build
from kg.store import Store

def workers_now():  # the processes that still stand by: their processor seconds and peak megabytes
    for place in Path("/proc").glob("[0-9]*"):
        try:
            after = (place / "stat").read_text().rpartition(")")[2].split()
            if int(after[1]) == os.getpid():
                peak = next(x for x in (place / "status").read_text().splitlines() if x.startswith("VmHWM"))
                yield (int(after[11]) + int(after[12])) / os.sysconf("SC_CLK_TCK"), int(peak.split()[1]) / 1024
        except (OSError, StopIteration):
            continue

folder, place, language, workers = sys.argv[2:]
began, cpu = time.perf_counter(), time.process_time()
with Store.open(place) as store:
    report = build([folder], store, Settings(language, workers=int(workers)))
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    names = sum(1 for _ in store.query("SELECT DISTINCT ?e { ?e wm:mentionedIn ?p }"))
me, ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
now = list(workers_now())
print(json.dumps({"seconds": seconds, "cpu": cpu + sum(x for x, _ in now) + ended.ru_utime + ended.ru_stime,
                  "coordinator": me.ru_maxrss / 1024, "worker": max([ended.ru_maxrss / 1024, *(x for _, x in now)]),
                  "joining": cpu, "names": names, "read": len(report.documents), "unchanged": report.unchanged}))
"""


def run(folder: Path, place: Path, language: str, workers: int) -> dict[str, float]:
    """One build in a process of its own."""
    command = [sys.executable, "-c", _BUILD, str(HERE.parent.parent), str(folder), str(place), language, str(workers)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def measured(folder: Path, size: int, given: argparse.Namespace) -> dict[str, float]:
    """All figures of one size."""
    texts, place = folder / f"texts-{size}", folder / f"store-{size}"
    words = write(texts, size)
    full: dict[int, dict[str, float]] = {}
    for workers in given.workers:
        shutil.rmtree(place, ignore_errors=True)
        full[workers] = run(texts, place, given.language, workers)
        print(f"  {size} documents, {words} words, {workers} workers: {full[workers]}", flush=True)
    last = full[given.workers[-1]]
    nothing = [run(texts, place, given.language, given.workers[-1]) for _ in range(given.rounds)]
    one = []
    for turn in range(given.rounds):
        with (texts / f"{size // 2:06}.txt").open("a", encoding="utf-8") as file:
            file.write(f"\nIn round {turn}, Ada Lind met Bo Ekström in Malmö, said the Harbour Board.\n")
        one.append(run(texts, place, given.language, given.workers[-1]))
    result = {
        "documents": size, "words": words, "full": last["seconds"], "names": last["names"],
        "nothing": median(each["seconds"] for each in nothing), "one": median(each["seconds"] for each in one),
        "coordinator": last["coordinator"], "worker": last["worker"], "one, memory": one[-1]["coordinator"],
        "cpu": last["cpu"], "nothing, cpu": median(each["cpu"] for each in nothing),
        "one, cpu": median(each["cpu"] for each in one),
    }  # fmt: skip
    if len(full) > 1:
        result["workers"] = full[given.workers[0]]["seconds"] / last["seconds"]
    return result


def main() -> None:
    """Make, build and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10000])
    parser.add_argument("--language", default="en")
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="kg-growth-"))
    try:
        results = [measured(folder, size, given) for size in given.sizes]
    finally:
        if not given.keep:
            shutil.rmtree(folder, ignore_errors=True)
    least = results[0]
    for each in results:
        print(f"{each['documents']} documents, {each['words']} words, {each['names']} names")
        print(f"  full build {each['full']:.1f} s; nothing changed {each['nothing']:.2f} s,"
              f" {each['nothing'] / each['full']:.1%} of it; one changed {each['one']:.2f} s,"
              f" {each['one'] / each['full']:.1%} of it")  # fmt: skip
        if each["cpu"]:
            nothing, one = each["nothing, cpu"] / each["cpu"], each["one, cpu"] / each["cpu"]
            print(f"  processor time: full {each['cpu']:.1f} s; of it nothing changed {nothing:.1%}, one {one:.1%}")
        if "workers" in each:
            print(f"  {given.workers[-1]} workers against {given.workers[0]}: {each['workers']:.2f} times as fast")
        print(f"  memory: worker {each['worker']:.0f} MB, coordinator {each['coordinator']:.0f} MB,"
              f" with one changed {each['one, memory']:.0f} MB")  # fmt: skip
        if each is not least:
            more = each["names"] - least["names"]
            kilobytes = 1024 * (each["coordinator"] - least["coordinator"]) / more
            print(f"  worker {each['worker'] / max(least['worker'], 1):.2f} times that of the smallest size;"
                  f" coordinator {kilobytes:.1f} kB a name more")  # fmt: skip


if __name__ == "__main__":
    main()
