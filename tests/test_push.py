"""Pushing a graph to real servers: whole, again, changed, cut off half-way and resumed."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_cases import two_documents

from kg.cli import run
from kg.endpoint import Endpoint, Login, Transport
from kg.errors import EndpointError, UsageError
from kg.push import Push, Pushed
from kg.push.memory import FOLDER
from kg.push.targets import GraphStore, Target, Updates, beside
from kg.settle import remove, settle
from kg.store import Store
from tests.servers import BASE, VIRTUOSO_LOGIN, fetch, free_port, grant_updates, kill, oxigraph, started, virtuoso

DOCUMENTS, EACH = 100, 1000
WORDS = "He said: \"No\\n\"; she: 'Très bien' \\ 日本"


def quads(document: int, number: int, words: str = WORDS) -> Iterator[ox.Quad]:
    graph = ox.NamedNode(f"{BASE}document/{document:03}.txt")
    for i in range(number):
        node = ox.NamedNode(f"{graph.value}#char={i},{i + 1}")
        yield ox.Quad(node, ox.NamedNode("https://w3id.org/whomet#exact"), ox.Literal(f"{words} {i}"), graph)


def made(folder: Path, documents: int, each: int) -> Path:
    with Store.open(folder, BASE) as store, store.changing() as graph:
        graph.bulk_extend(quad for d in range(documents) for quad in quads(d, each))
    return folder


Start = Callable[[Path, int], AbstractContextManager[tuple[str, subprocess.Popen[bytes]]]]


class Server:
    """A server that can be killed and started again at the same port."""

    def __init__(self, start: Start, folder: Path, paths: tuple[str, str]) -> None:
        self._start, self._folder, self._port = start, folder, free_port()
        self.query, self.store = (f"http://127.0.0.1:{self._port}{path}" for path in paths)
        self._entered = start(folder, self._port)
        _, self.process = self._entered.__enter__()

    def kill(self) -> None:
        kill(self.process)

    def again(self) -> None:
        self._entered = self._start(self._folder, self._port)
        _, self.process = self._entered.__enter__()

    def stop(self) -> None:
        self._entered.__exit__(None, None, None)


@pytest.fixture(params=["oxigraph", "virtuoso"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Server]:
    if request.param == "oxigraph":
        found = Server(oxigraph, tmp_path / "oxigraph", ("/query", "/store"))
    else:
        found = Server(virtuoso, tmp_path / "virtuoso", ("/sparql", "/sparql-graph-crud-auth"))
    yield found
    found.stop()


def options(server: Server) -> list[str]:
    return ["--user", "dba"] if "crud" in server.store else []


def counted(address: str) -> tuple[int, int]:
    """Triples and graphs below the base."""
    ours = f"GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), '{BASE}'))"
    asked = f"SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?g) AS ?m) {{ {ours} }}"
    (row,) = Endpoint(address).query(asked)  # type: ignore[misc]
    return int(row["n"].value), int(row["m"].value)


@pytest.mark.slow
def test_a_push_that_is_cut_off_goes_on(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """100,000 triples; the server is killed when some of them are there."""
    monkeypatch.setenv("KG_PASSWORD", VIRTUOSO_LOGIN[1])
    store = made(tmp_path / "kg", DOCUMENTS, EACH)
    command = [sys.executable, "-c", "from kg.cli import main; main()", "push", server.query, *options(server)]
    pushing = subprocess.Popen([*command, "--store", str(store)], stderr=subprocess.PIPE, text=True)
    end = time.monotonic() + 60
    while remembered(store) < DOCUMENTS // 3 and time.monotonic() < end:
        time.sleep(0.02)
    server.kill()
    _, told = pushing.communicate(timeout=60)
    assert pushing.returncode == 1 and "the same command goes on from there" in told and "Traceback" not in told
    reached = remembered(store)
    assert DOCUMENTS // 3 <= reached < DOCUMENTS
    server.again()
    done = subprocess.run([*command, "--store", str(store)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert counted(server.query) == (DOCUMENTS * EACH, DOCUMENTS)
    sent = int(done.stdout.partition("sent ")[2].partition(",")[0])
    assert DOCUMENTS - reached <= sent < DOCUMENTS and "100,000 triples are there" in done.stdout


def remembered(store: Path) -> int:
    """Graphs that were sent whole so far."""
    known: dict[str, str | None] = {}
    for path in (store / FOLDER).glob("*.jsonl"):
        for line in path.read_text().splitlines(keepends=True):
            if line.endswith("}\n") and "graph" in (entry := json.loads(line)):
                known[entry["graph"]] = entry["sha256"]
    return sum(1 for sha256 in known.values() if sha256)


@pytest.mark.slow
def test_only_what_changed_is_sent(server: Server, tmp_path: Path) -> None:
    place = made(tmp_path / "kg", 4, 30)
    login = Login(*VIRTUOSO_LOGIN)
    endpoint = Endpoint(server.query, login)
    with Store.open(place) as store:

        def push(everything: bool = False) -> tuple[int, int, int, int]:
            done = Push(store, GraphStore(server.store, Transport(login)), endpoint).run(everything=everything)
            return done.graphs, done.sent, done.removed, done.triples

        assert beside(endpoint) == server.store
        assert push() == (4, 4, 0, 120)
        assert push() == (4, 0, 0, 120)
        assert push(everything=True) == (4, 4, 0, 120)
        store.replace(f"{BASE}document/001.txt", quads(1, 30, "as many other"))
        assert push() == (4, 1, 0, 120)
        store.remove(f"{BASE}document/002.txt")
        assert push() == (3, 0, 1, 90)
        GraphStore(server.store, Transport(login)).drop(f"{BASE}document/003.txt")  # somebody else's doing
        assert push() == (3, 1, 0, 90)
        assert counted(server.query) == (90, 3)
        found = f"SELECT ?o {{ GRAPH <{BASE}document/001.txt> {{ ?s ?p ?o }} }} ORDER BY ?o"
        rows = [row["o"].value for row in endpoint.query(found)]  # type: ignore[union-attr]
        assert rows == sorted(f"as many other {i}" for i in range(30))
        texts = f"SELECT ?o {{ GRAPH <{BASE}document/000.txt> {{ ?s ?p ?o }} }}"
        assert f"{WORDS} 7" in {row["o"].value for row in endpoint.query(texts)}  # type: ignore[union-attr]


@pytest.mark.slow
def test_by_updates_and_into_one_graph(server: Server, tmp_path: Path) -> None:
    place = made(tmp_path / "kg", 3, 1500)
    login = None
    if "crud" in server.store:
        grant_updates(tmp_path / "virtuoso")
        address = server.query
    else:
        address = server.query.replace("/query", "/update")
    one = f"{BASE}all"
    with Store.open(place) as store:
        for graph, parts in ((one, 1), (None, 3)):
            target: Target = Updates(address, Transport(login))
            done = Push(store, target, Endpoint(server.query), graph).run()
            assert (done.graphs, done.sent, done.triples) == (parts, parts, 4500)
    assert counted(server.query) == (9000, 4)


def test_a_wrong_password_and_a_wrong_count_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = made(tmp_path / "kg", 2, 5)
    with oxigraph(tmp_path / "data") as (url, _), Store.open(place) as store:

        class Deaf(GraphStore):
            def replace(self, graph: str, lines: object) -> None:
                return

        with pytest.raises(EndpointError, match="2 graphs have another number of triples than here"):
            Push(store, Deaf(f"{url}/store", Transport()), Endpoint(f"{url}/query")).run()
        assert Push(store, GraphStore(f"{url}/store", Transport()), Endpoint(f"{url}/query")).run().sent == 2
        store.close()
        assert run(["push", f"{url}/query", "--store", str(place), "--update", f"{url}/update", "--all"]) == 0
        assert "2 graphs with 10 triples are there; sent 2, removed 0" in capsys.readouterr().out
        assert run(["push", f"{url}/nowhere", "--store", str(place)]) == 1
        assert run(["push", f"{url}/query", "--store", str(place), "--graph", "no iri"]) == 2


def test_a_removed_document_is_forgotten_by_the_next_push(tmp_path: Path) -> None:
    place = made(tmp_path / "kg", 2, 5)

    def remembered_bytes() -> bytes:
        return b"".join(path.read_bytes() for path in (place / FOLDER).iterdir())

    with oxigraph(tmp_path / "data") as (url, _), Store.open(place) as store:
        endpoint = Endpoint(f"{url}/query")

        def push(graph: str | None = None) -> Pushed:
            return Push(store, GraphStore(f"{url}/store", Transport()), endpoint, graph).run()

        push()
        with pytest.raises(UsageError, match=r"holds 2 of the documents' graphs one by one, such as .*000\.txt"):
            push(f"{BASE}all")
        store.remove(f"{BASE}document/001.txt")
        assert b"001.txt" in remembered_bytes()
        assert push().removed == 1
        assert b"001.txt" not in remembered_bytes() and b"000.txt" in remembered_bytes()


def test_a_removed_document_leaves_no_name_here_and_goes_there(tmp_path: Path) -> None:
    with Store.open(tmp_path / "kg") as store, oxigraph(tmp_path / "data") as (url, _):
        for one in two_documents():
            store.keep(one)
        settle(store)

        def push() -> Pushed:
            return Push(store, GraphStore(f"{url}/store", Transport()), Endpoint(f"{url}/query")).run()

        assert push().graphs == 3
        remove(store, ["two.txt"])
        (memory,) = (tmp_path / "kg" / FOLDER).iterdir()
        assert b"document/two.txt" not in memory.read_bytes() and b"gone" in memory.read_bytes()
        assert push().removed == 1 and b"gone" not in memory.read_bytes()
        assert b"document/two.txt" not in fetch(f"{url}/store?default", {"Accept": "application/n-quads"}).body
        assert push().removed == 0


def test_what_cannot_be_guessed_is_asked_for(tmp_path: Path) -> None:
    place = made(tmp_path / "kg", 1, 5)
    port = free_port()
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--store", str(place)]
    url = f"http://127.0.0.1:{port}"
    with started([*command, "--port", str(port)], tmp_path / "log", lambda: fetch(f"{url}/").status == 200):
        assert run(["push", f"{url}/sparql", "--store", str(place)]) == 2
