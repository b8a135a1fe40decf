"""`kg serve` beyond the protocol: workers that are ended, the API, IRIs that answer."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from kg import queries
from kg.serve.pool import Pool
from kg.serve.reply import Reply
from kg.serve.settings import Settings
from kg.store import Store
from kg.tables import Table
from tests.servers import BASE, Got, fetch, free_port, kg_serve, started, store_of
from tests.test_queries import TURTLE

DEADLINE = 5.0
MANY = "\n".join(
    f'<https://example.org/kg/person/p{i}> a wm:Person ; rdfs:label "Person {i % 7}" ; wm:mentionedIn '
    f"<https://example.org/kg/document/{slug}#{i}> . <https://example.org/kg/document/{slug}#{i}> wm:passageOf "
    f"<https://example.org/kg/document/{slug}> ."
    for i in range(60)
    for slug in ("a", "b")
)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
TENFOLD = " ".join(
    f"BIND(CONCAT({', '.join([f'?{one}'] * 10)}) AS ?{other})"
    for one, other in zip("abcdefgh", "bcdefghi", strict=True)
)
HUNGRY = f"SELECT (STRLEN(?i) AS ?n) {{ BIND('0123456789' AS ?a) {TENFOLD} }}"
SECRET = 'x" } UNION { ?s ?p "secret'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    prefixes = TURTLE.partition("<document/a>")[0]
    secret = f'{prefixes} <person/spy> a wm:Person ; rdfs:label "secret" .'
    graphs = {"graph/main": TURTLE, "graph/many": prefixes + MANY, "graph/secret": secret}
    return store_of(graphs, tmp_path_factory.mktemp("serve") / "kg")


@pytest.fixture(scope="module")
def url(store: Path) -> Iterator[str]:
    with kg_serve(store, store.parent / "log", "--deadline", str(DEADLINE), "--workers", "3") as address:
        yield address


def sparql(url: str, text: str, **headers: str) -> Got:
    return fetch(f"{url}/sparql", headers, urlencode({"query": text}).encode())


def api(url: str, name: str, **given: str) -> Got:
    return fetch(f"{url}/api/queries/{name}?{urlencode({key.rstrip('_'): value for key, value in given.items()})}")


def test_a_query_is_ended_at_its_deadline_and_others_go_on(url: str) -> None:
    answers: dict[str, tuple[int, float]] = {}

    def ask(name: str, text: str) -> None:
        began = time.monotonic()
        answers[name] = (sparql(url, text).status, time.monotonic() - began)

    endless = threading.Thread(target=ask, args=("endless", ENDLESS))
    endless.start()
    time.sleep(0.3)
    ask("other", "ASK { ?s ?p ?o }")
    endless.join()
    assert answers["other"][0] == 200 and answers["other"][1] < DEADLINE / 2
    assert answers["endless"][0] == 503 and DEADLINE <= answers["endless"][1] < DEADLINE + 2
    for _ in range(6):  # all workers, the new one too
        assert sparql(url, "ASK { ?s ?p ?o }").status == 200


def test_nobody_waits_for_those_who_went_away(store: Path, tmp_path: Path) -> None:
    with kg_serve(store, tmp_path / "log", "--workers", "1", "--deadline", "20") as url:
        host, port = url.removeprefix("http://").split(":")
        asked = f"GET /sparql?{urlencode({'query': ENDLESS})} HTTP/1.1\r\nHost: {host}\r\n\r\n"
        for _ in range(3):
            with socket.create_connection((host, int(port))) as line:
                line.sendall(asked.encode())
                time.sleep(0.2)
        began = time.monotonic()
        assert sparql(url, "ASK { ?s ?p ?o }").status == 200
        assert time.monotonic() - began < 10


def test_a_worker_has_only_so_much_memory(store: Path, tmp_path: Path) -> None:
    with kg_serve(store, tmp_path / "log", "--memory", "256", "--deadline", "30", "--workers", "1") as url:
        began = time.monotonic()
        got = sparql(url, HUNGRY)
        assert (got.status, "memory" in got.text) == (503, True) and time.monotonic() - began < 30
        assert sparql(url, "ASK { ?s ?p ?o }").status == 200


def test_too_many_at_once_are_told_to_come_again(store: Path) -> None:
    async def both() -> list[Reply]:
        async with Pool(Settings(str(store), workers=1, deadline=3, patience=0.5)) as pool:
            first = asyncio.create_task(pool.ask("sparql", {"query": ENDLESS}))
            await asyncio.sleep(0.1)
            return [await pool.ask("sparql", {"query": "ASK {}"}), await first]

    busy, ended = asyncio.run(both())
    assert (busy.status, "busy" in busy.body.decode(), "Retry-After" in busy.headers) == (503, True, True)
    assert (ended.status, "Retry-After" in ended.headers) == (503, False)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left(store: Path, tmp_path: Path, how: signal.Signals) -> None:
    port, marker = free_port(), f"http://{tmp_path.name}.example/"
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--store", str(store)]
    command += ["--port", str(port), "--public", marker, "--deadline", "2"]
    with started(command, tmp_path / "log", lambda: fetch(f"http://127.0.0.1:{port}/").status == 200) as process:
        assert len(running(marker)) == 4
        waiting = threading.Thread(target=cut_off, args=(f"http://127.0.0.1:{port}",))
        waiting.start()
        time.sleep(0.3)
        process.send_signal(how)
        process.wait(15)
        waiting.join()
        end = time.monotonic() + 6  # a worker in the midst of a query is ended by its own alarm
        while running(marker) and time.monotonic() < end:
            time.sleep(0.1)
        assert not running(marker)


def running(marker: str) -> list[str]:
    """The command lines of all processes that bear the marker."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(path.read_bytes().decode("utf-8", "replace"))
    return [line for line in found if marker in line]


def cut_off(url: str) -> None:
    """Ask for what never ends, of a server that goes away meanwhile: no answer, or a refusal."""
    with suppress(OSError, HTTPException):
        assert sparql(url, ENDLESS).status == 503


def test_what_was_built_meanwhile_is_seen(tmp_path: Path) -> None:
    folder = store_of({"graph/main": TURTLE}, tmp_path / "kg")
    count = "SELECT ?n { ?x wm:newcomer ?n }"
    with kg_serve(folder, tmp_path / "log", "--workers", "1") as url:
        assert len(json.loads(sparql(url, count).body)["results"]["bindings"]) == 0
        graph = ox.NamedNode(BASE + "graph/new")
        with Store.open(folder) as opened:
            new = ox.Quad(ox.NamedNode("urn:x"), ox.NamedNode(queries.WM + "newcomer"), ox.Literal("1"), graph)
            opened.replace(graph.value, [new])
        assert len(json.loads(sparql(url, count).body)["results"]["bindings"]) == 1


def test_the_rows_of_the_api_are_those_of_the_command(url: str, store: Path) -> None:
    with Store.open(store, read_only=True) as opened:
        local = queries.run("who-met-whom", {"person": "Jane Doe"}, opened)
    assert isinstance(local, Table)
    got = json.loads(api(url, "who-met-whom", person="Jane Doe").body)
    assert got["rows"] == list(local) and got["columns"] == list(local.columns) and got["total"] == len(local) == 1
    assert "Doe met Roe there." in api(url, "who-met-whom", person="Jane Doe", format="csv").text


def test_pages_follow_one_another_without_gap_or_doubling(url: str) -> None:
    whole = json.loads(api(url, "repeat-participants").body)["rows"]
    address, seen, pages = "/api/queries/in-several-documents?limit=7", [], 0
    whole = json.loads(api(url, "in-several-documents", limit="1000").body)
    while address:
        got = fetch(url + address)
        seen += json.loads(got.body)["rows"]
        links = dict(reversed(part.split("; ")) for part in got.headers["Link"].split(", "))
        address = links.get('rel="next"', "").strip("<>")
        pages += 1
    assert seen == whole["rows"] and len(seen) == whole["total"] and pages == -(-len(seen) // 7)


@pytest.mark.parametrize(
    "name, given, status, words",
    [
        ("who-met-who", {}, 404, "did you mean who-met-whom"),
        ("..%2Fwhomet", {}, 404, ""),
        ("meetings-of", {}, 400, "'participant' is missing"),
        ("meetings", {"plce": "Skag"}, 400, "did you mean 'place'"),
        ("meetings", {"place": "Atlantis"}, 400, "nothing is called 'Atlantis'"),
        ("meetings", {"limit": "0"}, 400, "from 1 to 1000"),
        ("meetings", {"limit": "many"}, 400, "from 1 to 1000"),
        ("meetings", {"offset": "-1"}, 400, "'offset'"),
        ("meetings", {"format": "turtle"}, 406, "text/csv"),
        ("met", {"format": "csv"}, 406, "text/turtle"),
    ],
)
def test_what_cannot_be_asked_is_said(url: str, name: str, given: dict[str, str], status: int, words: str) -> None:
    got = api(url, name, **given)
    assert got.status == status and words in got.text, got.text


def test_a_parameter_cannot_break_out(url: str) -> None:
    """In every parameter of every query; "secret" stands in the graph."""
    rows = json.loads(sparql(url, 'SELECT ?s { ?s ?p "secret" }').body)["results"]["bindings"]
    assert len(rows) == 1
    for path in queries.files():
        query = queries.load(path)
        for parameter in query.parameters:
            got = api(url, query.name, **{**query.example, parameter.name: SECRET})
            assert got.status == 400 or (got.status == 200 and "person/spy" not in got.text), (query.name, got.text)
            if got.status == 200 and got.media == "application/json":
                assert json.loads(got.body)["rows"] == []


def test_the_api_describes_itself(url: str) -> None:
    told = json.loads(fetch(f"{url}/api/openapi.json").body)
    assert told["openapi"].startswith("3.1")
    names = {path.rpartition("/")[2] for path in told["paths"]} - {"queries"}
    assert names == {path.stem for path in queries.files()}
    listed = json.loads(fetch(f"{url}/api/queries").body)["queries"]
    for query in listed:
        operation = told["paths"][query["address"]]["get"]
        given = {p["name"]: p for p in operation["parameters"] if "name" in p}
        assert {p["name"] for p in query["parameters"]} == set(given)
        assert all(p["required"] == given[p["name"]]["required"] for p in query["parameters"])


@pytest.mark.parametrize(
    "accept, leads, media",
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", "/page", "text/html"),
        ("text/turtle", "/data", "text/turtle"),
        ("application/ld+json", "/data", "application/ld+json"),
        ("*/*", "/data", "text/turtle"),
    ],
)
def test_an_iri_answers_with_a_page_or_data(url: str, accept: str, leads: str, media: str) -> None:
    first = fetch(f"{url}/person/doe", {"Accept": accept})
    assert (first.status, first.headers["Location"], "Accept" in first.headers["Vary"]) == (
        303,
        f"{leads}/person/doe",
        True,
    )
    then = fetch(url + first.headers["Location"], {"Accept": accept})
    assert (then.status, then.media) == (200, media) and "Jane Doe" in then.text


def test_the_data_of_a_node_tells_all_of_it(url: str) -> None:
    got = fetch(f"{url}/data/meeting/1?format=ntriples")
    found = {str(triple.object) for triple in ox.parse(got.body, ox.RdfFormat.N_TRIPLES)}
    assert {'"Jane Doe"', '"Skag"', '"Talks were held in Skag."'} <= found


@pytest.mark.parametrize("path", ["/person/nobody", "/data/person/nobody", "/page/person/nobody", "/nowhere"])
def test_what_is_not_there_is_not_found(url: str, path: str) -> None:
    got = fetch(url + path, {"Accept": "text/html, */*"})
    if got.status == 303:
        got = fetch(url + got.headers["Location"])
    assert got.status == 404


@pytest.mark.parametrize("key", ["doe%3E", "%22%3E%3Cscript%3E", quote("ü"), "a/../../x", "%00"])
def test_odd_addresses_harm_nothing(url: str, key: str) -> None:
    for place in ("/data/person/", "/page/person/"):
        got = fetch(url + place + key)
        assert got.status == 404 and "<script>" not in got.text
