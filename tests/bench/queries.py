"""Every stored query on a large graph, beside bare pyoxigraph, Virtuoso and Jena: the same text in each.

    python tests/bench/queries.py [TRIPLES | STORE] [--engines NAME …] [--only QUERY …] [--rounds N] [--limit SECONDS]

Without a store one is made of so many triples, a million unless told otherwise (`made/graph.py`). Each query is asked
whole, for one node (a person, body or place told of about as often as its like on average) and for one month. The
engines are asked in turn, each question once unmeasured and then `--rounds` times, and the median counts; a question
is given up after `--limit` seconds with what was measured by then (">" where nothing was). All hold the same triples
in one graph on disk and answer with all rows:

    kg          Store and kg.queries in this process, rows as a table, as graph.query gives them
    pyoxigraph  the bare library in this process on a store of the triples without named graphs
    virtuoso    a server over HTTP, JSON read to its end, 2 GB of buffers
    jena        tdb2.tdbquery, its own clock, in one Java

`ratio` is kg against the best of the others. Milliseconds.
"""

from __future__ import annotations

import argparse
import os
import pickle
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import pyoxigraph as ox

from kg import queries
from kg.check.jena import tool
from kg.store import Store
from tests.servers import load, virtuoso

ENGINES = ("kg", "pyoxigraph", "virtuoso", "jena")
MONTH = {"from": "2018-03", "to": "2018-03"}
GRAPH = "urn:graph"
BUFFERS = 250_000
_TIME = re.compile(r"Time: ([\d.]+) sec")
_TOLD = {
    "person": "?m wm:participant ?v . ?v a wm:Person",
    "place": "?m wm:place ?v",
    "body": "?t org:organization ?v",
    "office": "?t org:role/skos:prefLabel ?v",
    "document": "?s wm:evidence/wm:passageOf ?v . ?s a wm:Meeting",
    "meeting": "?s wm:concerns ?v",
}
"""What a parameter is given: a value in the middle of those told of twice or more, by how often."""


class Question(NamedTuple):
    """A stored query with what it is asked: "whole", "month" or a parameter's name."""

    query: queries.Query
    asked: str
    text: str
    rows: int

    def narrowed(self, store: Store) -> str:
        """The text as kg puts it to its store."""
        return queries.narrowed(self.query, self.text, store)


Times = list[float]
Ask = Callable[[Question], Times]


def limited(ask: Ask, limit: float) -> Ask:
    """The same in a process of its own, ended at twice the limit: a query cannot be stopped from within."""

    def run(question: Question) -> Times:
        out, into = os.pipe()
        child = os.fork()
        if child == 0:
            signal.alarm(int(limit * 2) + 1)
            os.write(into, pickle.dumps(ask(question)))
            os._exit(0)
        os.close(into)
        with open(out, "rb") as answer:
            told = answer.read()
        os.waitpid(child, 0)
        return pickle.loads(told) if told else []

    return run


def timed(once: Callable[[], object], rounds: int, limit: float) -> Times:
    """Seconds of each round, fewer where the limit is reached; the first counts only where it is the only one."""
    began = time.perf_counter()
    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        once()
        times.append(time.perf_counter() - start)
        if time.perf_counter() - began > limit:
            break
    return times[1:] or times


def questions(store: Store, only: Sequence[str], limit: float) -> Iterator[Question]:
    """Every question with the number of its rows (-1 where it takes too long to count them)."""
    values = {kind: _usual(store, pattern) for kind, pattern in _TOLD.items()}
    for path in queries.files():
        query = queries.load(path)
        if only and query.name not in only:
            continue
        needed = {p.name: _value(p, values) for p in query.parameters if p.required}
        cases = {"+".join(needed) or "whole": needed}
        for parameter in query.parameters:
            if parameter.type in ("entity", "person", "body", "place") and not needed:
                cases.setdefault(parameter.name, {parameter.name: _value(parameter, values)})
        if {"from", "to"} <= {p.name for p in query.parameters} and not needed:
            cases["month"] = MONTH
        for asked, given in cases.items():
            text = queries.bind(query, given, store)
            count = limited(lambda q, s=store: [float(_number(s.query(q.narrowed(s))))], limit)  # type: ignore[misc]
            found = count(Question(query, asked, text, 0))
            yield Question(query, asked, text, int(found[0]) if found else -1)


def _usual(store: Store, pattern: str) -> list[str]:
    found = store.query(f"SELECT ?v {{ {pattern} }} GROUP BY ?v HAVING(COUNT(*) > 1) ORDER BY DESC(COUNT(*)) ?v")
    values = [row["v"].value for row in found]  # type: ignore[union-attr]
    return values[len(values) // 2 :] + values or ["urn:none"]


def _value(parameter: queries.Parameter, values: dict[str, list[str]]) -> str:
    if parameter.name == "second":
        return values["person"][1]
    kind = {"string": "office", "node": "meeting", "entity": "body" if parameter.name == "of" else "person"}
    return values[kind.get(parameter.type, parameter.type)][0]


def _number(answer: object) -> int:
    return sum(1 for _ in answer)  # type: ignore[attr-defined]


def dumped(store: Store, folder: Path) -> Path:
    """The triples as N-Triples, each once."""
    file = folder / "graph.nt"
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{line} .\n" for line in {str(quad.triple) for quad in store.quads()})
    return file


def engine(name: str, store: Store, folder: Path, stack: ExitStack, given: argparse.Namespace) -> Ask:
    """What asks an engine a question."""
    file, rounds, limit = folder / "graph.nt", given.rounds, given.limit
    if name == "kg":
        ask = lambda q: timed(lambda: queries.collect(store.query(q.narrowed(store))), rounds, limit)  # noqa: E731
        return limited(ask, limit)
    if name == "pyoxigraph":
        bare = ox.Store(str(folder / "bare"))
        bare.bulk_load(path=str(file), format=ox.RdfFormat.N_TRIPLES)
        bare.optimize()
        return limited(lambda q: timed(lambda: _number(bare.query(q.text)), rounds, limit), limit)
    if name == "virtuoso":
        place = folder / "virtuoso"
        url, _ = stack.enter_context(virtuoso(place, buffers=BUFFERS))
        os.link(file, place / "graph.nt")
        load(place, "graph.nt", GRAPH)
        return lambda q: _over_http(f"{url}/sparql", q, rounds, limit)
    java = stack.enter_context(tool("tdb2.tdbquery"))
    with tool("tdb2.tdbloader") as loader:
        subprocess.run([*loader, "--loc", str(folder / "tdb2"), str(file)], check=True, capture_output=True)
    return lambda q: _by_jena([*java, "--loc", str(folder / "tdb2")], q, rounds, limit)


def _over_http(url: str, question: Question, rounds: int, limit: float) -> Times:
    body = urllib.parse.urlencode({"query": question.text, "default-graph-uri": GRAPH}).encode()
    accept = "application/sparql-results+json, text/turtle;q=0.9"

    def once() -> None:
        with urllib.request.urlopen(urllib.request.Request(url, body, {"Accept": accept}), timeout=limit) as answer:
            answer.read()

    try:
        return timed(once, rounds, limit)
    except OSError:
        return []


def _by_jena(command: Sequence[str], question: Question, rounds: int, limit: float) -> Times:
    with tempfile.NamedTemporaryFile("w", suffix=".rq", encoding="utf-8") as asked:
        asked.write(question.text)
        asked.flush()
        whole = [*command, "--time", f"--repeat=1,{rounds}", "--results=count", "--query", asked.name]
        if "CONSTRUCT" in question.text:
            whole.remove("--results=count")
        process = subprocess.Popen(whole, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            told, _ = process.communicate(timeout=limit * 2 + 3)
        except subprocess.TimeoutExpired:
            process.kill()
            told, _ = process.communicate()
    return [float(seconds) for seconds in _TIME.findall(told)][-rounds:]


def table(asked: Sequence[Question], times: dict[str, list[Times]], limit: float) -> None:
    """The questions with the median of each engine, and kg against the best of the others."""
    print(
        f"{'query':25}{'asked':13}{'rows':>7}" + "".join(f"{name:>12}" for name in times) + f"{'ratio':>8}{'µs/row':>9}"
    )
    for number, question in enumerate(asked):
        middle = {name: statistics.median(found[number]) for name, found in times.items() if found[number]}
        cells = (f"{middle[name] * 1000:.1f}" if name in middle else f">{limit * 1000:.0f}" for name in times)
        others = [seconds for name, seconds in middle.items() if name != "kg"]
        ratio = f"{middle['kg'] / min(others):.2f}" if others and "kg" in middle else ""
        a_row = f"{middle['kg'] / question.rows * 1e6:.0f}" if "kg" in middle and question.rows > 0 else ""
        print(
            f"{question.query.name:25}{question.asked:13}{question.rows:7}"
            + "".join(f"{cell:>12}" for cell in cells)
            + f"{ratio:>8}{a_row:>9}"
        )


def main() -> None:
    """Make or open the graph, ask everybody, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", nargs="?", default="1000000")
    parser.add_argument("--engines", nargs="+", default=ENGINES, choices=ENGINES)
    parser.add_argument("--only", nargs="+", default=())
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=float, default=10.0)
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        place = Path(given.graph)
        if not place.is_dir():
            from made.graph import fill

            place = folder / "kg"
            fill(place, int(given.graph))
        store = stack.enter_context(Store.open(place, read_only=True))
        asked = list(questions(store, given.only, given.limit))
        if set(given.engines) - {"kg"}:
            dumped(store, folder)
        print(f"{len(store.oxigraph):,} triples, {len(asked)} questions, load {os.getloadavg()[0]:.1f}", flush=True)
        times: dict[str, list[Times]] = {}
        for name in given.engines:
            with ExitStack() as inner:
                ask = engine(name, store, folder, inner, given)
                times[name] = [ask(question) for question in asked]
            print(f"{name} asked, load {os.getloadavg()[0]:.1f}", flush=True)
        table(asked, times, given.limit)


if __name__ == "__main__":
    main()
