"""Every stored query in every engine: `python tests/bench/engines.py [ENGINE …]` prints a table.

The graph is that of the seed texts. Each query is asked as it stands (with the first value that gives rows for each
parameter that it needs) and, where it knows periods, of one. A cell says

    same     the same rows as in-process
    joined   the same but for the order of the parts of a joined cell (`a | b`): SPARQL 1.1 leaves it open, whatever
             ORDER BY stands in the subquery
    …        anything else: how many rows are missing and too many, or what the engine says

Below the table stands the reason for each cell that is neither. In-process, `kg serve`, an Oxigraph server, Virtuoso,
Jena's arq and Comunica (Node; installed by npm on first use into tests/bench/output).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kg import queries
from kg.endpoint import Endpoint, Login, Transport
from kg.endpoint.remote import Remote
from kg.errors import KgError
from kg.lookup import NODE_TYPES, Source
from kg.push import Push
from kg.push.targets import GraphStore, beside
from kg.store import Store
from kg.tables import Result, Triples
from tests.servers import VIRTUOSO_LOGIN, kg_serve, oxigraph, virtuoso

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NODE = HERE / "output" / "comunica"
COMUNICA = "@comunica/query-sparql-file@4"
PERIOD = {"from": "2010", "to": "2030-06"}
Rows = Counter[tuple[str, ...]]
Ask = Callable[[str], Result]
ENGINES = ("kg serve", "oxigraph", "virtuoso", "arq", "comunica")

REASONS: Mapping[tuple[str, str], str] = {
    (
        "comunica",
        case,
    ): "Comunica counts 0 where an OPTIONAL subquery with GROUP BY has no group; the others leave it empty"
    for case in ("documents", "documents in a period")
}
"""(engine, query or "*"): why the rows differ, where they do."""


class Case(NamedTuple):
    """A stored query with parameters."""

    query: queries.Query
    given: Mapping[str, str]

    def __str__(self) -> str:
        return self.query.name + ("" if "from" not in self.given else " in a period")


def cases(store: Store) -> Iterator[Case]:
    """Each stored query as it stands, and in a period."""
    for path in queries.files():
        query = queries.load(path)
        needed = _needed(query, store)
        yield Case(query, needed)
        if {"from", "to"} <= {parameter.name for parameter in query.parameters}:
            yield Case(query, {**needed, **PERIOD})


def _needed(query: queries.Query, store: Store) -> dict[str, str]:
    """The first values for the required parameters that give rows."""
    required = [parameter for parameter in query.parameters if parameter.required]
    if not required:
        return {}
    best: dict[str, str] = {}
    for values in _combinations([_values(parameter.type, store) for parameter in required]):
        best = dict(zip((parameter.name for parameter in required), values, strict=True))
        if len(queries.answer(query, best, store)):  # type: ignore[arg-type]
            return best
    return best


def _combinations(lists: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    if not lists:
        yield ()
        return
    for first in lists[0]:
        for rest in _combinations(lists[1:]):
            yield (first, *rest)


def _values(kind: str, store: Store) -> list[str]:
    """What such a parameter can be, the most told of first."""
    if kind == "string":
        what = "?e a skos:Concept ; skos:prefLabel ?v . ?x org:role ?e"
    else:
        types = " ".join(f"wm:{name}" for name in NODE_TYPES[kind])
        what = f"VALUES ?t {{ {types} }} ?v a ?t . ?x ?p ?v"
    found = store.query(f"SELECT ?v {{ {what} }} GROUP BY ?v ORDER BY DESC(COUNT(*)) ?v")
    return [row["v"].value if kind == "string" else str(row["v"]) for row in found]  # type: ignore[union-attr]


def rows(result: Result, joined: bool = False) -> Rows:
    """An answer as a bag of rows; `joined` takes the parts of a joined cell in any order."""
    if isinstance(result, bool):
        return Counter([(str(result),)])
    if isinstance(result, Triples):
        return Counter((str(triple),) for triple in result)
    return Counter(tuple(_cell(term, joined) for term in row) for row in result.rows)


def _cell(term: object, joined: bool) -> str:
    if term is None:
        return ""
    text = f"<{term.value}>" if isinstance(term, ox.NamedNode) else str(term.value)  # type: ignore[attr-defined]
    return " | ".join(sorted(re.split(" [|] |; ", text))) if joined else text


def compare(here: Result, there: Result) -> str:
    """What a cell of the table says."""
    if rows(here) == rows(there):
        return "same"
    if rows(here, True) == rows(there, True):
        return "joined"
    missing, extra = rows(here, True) - rows(there, True), rows(there, True) - rows(here, True)
    return f"-{missing.total()} +{extra.total()} of {rows(here).total()}"


# Engines


@contextmanager
def engine(name: str, store: Path) -> Iterator[Source]:
    """An engine over the graph of a store, as a source of answers."""
    with ExitStack() as stack, Store.open(store, read_only=True) as opened:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        if name == "kg serve":
            url = stack.enter_context(kg_serve(store, folder / "log"))
            yield Remote(f"{url}/sparql")
        elif name in ("oxigraph", "virtuoso"):
            start, path = (oxigraph, "/query") if name == "oxigraph" else (virtuoso, "/sparql")
            url, _ = stack.enter_context(start(folder / name))
            login = Login(*VIRTUOSO_LOGIN) if name == "virtuoso" else None
            endpoint = Endpoint(url + path, login)
            Push(opened, GraphStore(beside(endpoint), Transport(login)), endpoint).run()
            yield Remote(url + path)
        else:
            file = folder / "graph.nt"
            triples = sorted({str(quad.triple) for quad in opened.quads()})
            file.write_text("".join(f"{triple} .\n" for triple in triples), "utf-8")
            yield Program(Arq(file) if name == "arq" else stack.enter_context(comunica(file)))


class Program:
    """A program that answers with SPARQL JSON, or Turtle, as a source."""

    def __init__(self, ask: Callable[[str, bool], bytes]) -> None:
        self._ask = ask

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        graph = "CONSTRUCT" in text
        data = self._ask(text, graph)
        if not graph:
            return ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
        store = ox.Store()
        store.extend(ox.parse(data, ox.RdfFormat.TURTLE))
        return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")


class Arq:
    """Jena's arq over a file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __call__(self, text: str, graph: bool) -> bytes:
        from tests.jena import jena

        with tempfile.NamedTemporaryFile("w", suffix=".rq", encoding="utf-8") as asked:
            asked.write(text)
            asked.flush()
            form = () if graph else ("--results=json",)
            return jena("arq", "--data", self._file, "--query", asked.name, *form)


@contextmanager
def comunica(file: Path) -> Iterator[Callable[[str, bool], bytes]]:
    """One Node process that answers query after query over a file."""
    if not (NODE / "node_modules").is_dir():
        NODE.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(NODE), COMUNICA]
        subprocess.run(install, check=True)
    process = subprocess.Popen(
        ["node", str(HERE / "comunica.cjs"), str(NODE), str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin and process.stdout

    def ask(text: str, graph: bool) -> bytes:
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps({"query": text, "graph": graph}).encode() + b"\n")
        process.stdin.flush()
        told = json.loads(process.stdout.readline())
        if "error" in told:
            raise KgError(told["error"])
        return str(told["answer"]).encode()

    try:
        yield ask
    finally:
        process.kill()
        process.wait()


def table(store: Path, names: Sequence[str]) -> tuple[dict[str, dict[str, str]], dict[str, float]]:
    """What each engine gives for each case, and the seconds that each took."""
    found: dict[str, dict[str, str]] = {}
    seconds: dict[str, float] = {}
    with Store.open(store, read_only=True) as opened:
        asked = [(case, queries.answer(case.query, case.given, opened)) for case in cases(opened)]
    for case, here in asked:
        found[str(case)] = {"rows": str(1 if isinstance(here, bool) else len(here))}
    for name in names:
        with engine(name, store) as source:
            began = time.monotonic()
            for case, here in asked:
                try:
                    found[str(case)][name] = compare(here, queries.answer(case.query, case.given, source))
                except (KgError, SyntaxError, AssertionError) as error:
                    found[str(case)][name] = "fails: " + " ".join(str(error).split())[:300]
            seconds[name] = time.monotonic() - began
    return found, seconds


def main() -> None:
    names = sys.argv[1:] or list(ENGINES)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "kg"
        from kg import pipeline
        from kg.language import OWN

        with Store.open(place) as store:
            pipeline.build([ROOT / "seeds"], store, pipeline.Settings(OWN))
        found, seconds = table(place, names)
    width = max(map(len, found))
    print(f"{'query':<{width}}  {'rows':>4}  " + "  ".join(f"{name:<10}" for name in names))
    notes = []
    for case, cells in found.items():
        shown = []
        for name in names:
            cell = cells[name]
            if cell not in ("same", "joined"):
                reason = REASONS.get((name, case)) or REASONS.get((name, "*")) or cell
                notes.append(f"{name}, {case}: {reason}")
            shown.append(f"{cell.partition(':')[0]:<10}")
        print(f"{case:<{width}}  {cells['rows']:>4}  " + "  ".join(shown))
    print("\n" + ", ".join(f"{name} {seconds[name]:.1f} s" for name in names))
    print("\n".join(dict.fromkeys(notes)))


if __name__ == "__main__":
    main()
