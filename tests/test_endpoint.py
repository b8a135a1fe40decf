"""The client for SPARQL endpoints, against a server that does everything wrong."""

from __future__ import annotations

import hashlib
import json
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from kg import queries
from kg.cli import run as kg_run
from kg.endpoint import AGENT, Endpoint, Login
from kg.endpoint.remote import Remote
from kg.errors import EndpointError, KgError, QueryError, UsageError
from kg.store import Store
from kg.tables import Table, collect
from tests.servers import BASE, free_port, kg_serve, oxigraph, store_of
from tests.test_queries import TURTLE

ROWS = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "1"}}] * 3}})
JSON = "Content-Type: application/sparql-results+json"
SELECT = "SELECT ?x { ?x ?y ?z }"
HUGE = f"Retry-After: {'9' * 400}"
OTHER = '{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "literal", "value": "1"}}]}}'
SECRET = 'x" } UNION { ?s ?p "secret'
Script = Callable[["Wire", int], None]


class Wire:
    """A request as it came, and the line to answer on."""

    def __init__(self, read: Any, write: Callable[[bytes], None]) -> None:
        first, *lines = iter(lambda: read.readline().decode("latin-1").strip(), "")
        self.method, self.target, _ = first.split(" ")
        self.headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        self.body = read.read(int(self.headers.get("content-length", 0)))
        self.raw = write

    def answer(self, status: str, body: str | bytes = "", *headers: str, length: int | None = None) -> None:
        data = body.encode() if isinstance(body, str) else body
        told = [f"HTTP/1.1 {status}", f"Content-Length: {len(data) if length is None else length}", *headers]
        self.raw("\r\n".join([*told, "Connection: close", "", ""]).encode() + data)


class Bad:
    """A server whose answer to the nth request a test writes down; `seen` holds what came."""

    def __init__(self) -> None:
        self.seen: list[Wire] = []
        self.script: Script = lambda wire, number: None
        bad = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with suppress(OSError, ValueError):
                    wire = Wire(self.rfile, self.wfile.write)
                    bad.seen.append(wire)
                    bad.script(wire, len(bad.seen))

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/sparql"


@pytest.fixture
def bad() -> Iterator[Bad]:
    made = Bad()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()


def trickle(wire: Wire, number: int) -> None:
    wire.raw(f"HTTP/1.1 200 OK\r\n{JSON}\r\n\r\n".encode())
    for _ in range(100):
        wire.raw(b" ")
        time.sleep(0.05)


def trickle_headers(wire: Wire, number: int) -> None:
    wire.raw(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(100):
        wire.raw(b"y")
        time.sleep(0.05)


def hang(wire: Wire, number: int) -> None:
    time.sleep(3)


def chunk_lost(wire: Wire, number: int) -> None:
    wire.raw(f"HTTP/1.1 200 OK\r\n{JSON}\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nabc".encode())


def silent(wire: Wire, number: int) -> None:
    pass


def answered(status: str, body: str = "", *headers: str, length: int | None = None) -> Script:
    return lambda wire, number: wire.answer(status, body, *headers, length=length)


FAILURES = [
    ("a page", answered("200 OK", "<!DOCTYPE html><title>Hello</title>", "Content-Type: text/html"), "web page"),
    ("a page under false colours", answered("200 OK", " <html>", JSON), "web page"),
    ("another type", answered("200 OK", "hello", "Content-Type: text/plain"), "'text/plain', not with results"),
    ("no type", answered("200 OK", ROWS), "no media type"),
    ("cut off in the body", answered("200 OK", ROWS[:-20], JSON), "broken or cut off after"),
    ("less than promised", answered("200 OK", ROWS[:-20], JSON, length=len(ROWS)), "broke off"),
    ("a chunk lost", chunk_lost, "broke off"),
    ("no answer", silent, "closed the line without an answer"),
    ("no HTTP", lambda wire, number: wire.raw(b"+OK POP3 ready\r\n"), "no HTTP server"),
    ("redirect 302", answered("302 Found", "", "Location: https://new.example/q"), "sends the request on to https://new"),
    ("redirect 308", answered("308 Permanent Redirect", "", "Location: /q"), "sends the request on to /q"),
    ("login", answered("401 No", "", 'WWW-Authenticate: Basic realm="x"'), "wants a user and a password"),
    ("strange login", answered("401 No", "", "WWW-Authenticate: Bearer"), "wants a user and a password"),
    ("bad query", answered("400 Bad", "<p>Syntax error: no &lt;</p>"), "refuses the query (400): Syntax error"),
    ("forbidden", answered("403 No", "not you"), "does not allow this (403): not you"),
    ("nothing there", answered("404 No"), "there is nothing (404)"),
    ("failed", answered("500 No", "out of cheese"), "failed (500): out of cheese"),
    ("rows for a truth", answered("200 OK", '{"head": {}, "boolean": true}', JSON), "answers SELECT with yes or no"),
    ("rows left out", answered("200 OK", ROWS, JSON, "X-SPARQL-MaxRows: 3"), "gives 3 rows at most"),
    ("ended early", answered("200 OK", ROWS, JSON, "X-SQL-State: S1TAT"), "cut the answer short"),
    ("busy for long", answered("503 No", "", "Retry-After: 3600"), "come again in 3600 seconds"),
    ("a byte now and then", trickle, "no whole answer within 1 seconds"),
    ("a header now and then", trickle_headers, "no whole answer within 1 seconds"),
    ("nothing at all", hang, "no whole answer within 1 seconds"),
]  # fmt: skip


@pytest.mark.parametrize("script, message", [each[1:] for each in FAILURES], ids=[each[0] for each in FAILURES])
def test_each_failure_is_told_plainly_and_in_time(bad: Bad, script: Script, message: str) -> None:
    bad.script = script
    began = time.monotonic()
    with pytest.raises(EndpointError) as raised:
        Endpoint(bad.url, deadline=1).query(SELECT)
    assert message in str(raised.value) and bad.url in str(raised.value)
    assert time.monotonic() - began < 2


def test_an_answer_with_other_variables_is_refused(bad: Bad) -> None:
    for body, told in ((OTHER, "without \\?n"), (OTHER.replace("x", "n").replace('"1"', '"many"'), "a number")):
        bad.script = answered("200 OK", body, JSON)
        with pytest.raises(EndpointError, match=told):
            Remote(bad.url).query(SELECT)


def test_a_deadline_is_told_in_round_numbers(bad: Bad) -> None:
    bad.script = hang
    with pytest.raises(EndpointError, match=r"within 0\.3 seconds"):
        Endpoint(bad.url, deadline=0.2987654321).query(SELECT)


def test_nobody_there() -> None:
    with pytest.raises(EndpointError, match="cannot be reached"):
        Endpoint(f"http://127.0.0.1:{free_port()}/sparql", deadline=2).query(SELECT)
    with pytest.raises(EndpointError, match="cannot be reached"):
        Endpoint("http://nowhere.invalid/sparql", deadline=5).query(SELECT)


def test_no_secure_line(bad: Bad) -> None:
    with pytest.raises(EndpointError, match=r"no secure line|closed the line|broke off|no whole answer"):
        Endpoint(bad.url.replace("http:", "https:"), deadline=2).query(SELECT)


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "host.example", "http://", "ftp://x/", "http://x:y/", "http://u:p@x/"]
)
def test_an_address_that_is_none(address: str) -> None:
    with pytest.raises(UsageError) as raised:
        Endpoint(address)
    assert "u:p" not in str(raised.value)


@pytest.mark.parametrize("status", ["503 Busy", "429 Too Many Requests"])
@pytest.mark.parametrize(
    "wanted", ["Retry-After: 0", "Retry-After: {date}", "Retry-After: inf", "Retry-After: -5", HUGE]
)
def test_a_busy_server_is_asked_again(bad: Bad, status: str, wanted: str) -> None:
    header = wanted.format(date=format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True))
    bad.script = lambda wire, number: (
        wire.answer(status, "", header) if number == 1 else wire.answer("200 OK", ROWS, JSON)
    )
    assert len(list(Endpoint(bad.url, deadline=10).query(SELECT))) == 3  # type: ignore[arg-type]
    assert len(bad.seen) == 2


def test_a_server_that_stays_busy_is_given_up(bad: Bad) -> None:
    bad.script = answered("429 Slow", "slow down", "Retry-After: 0")
    with pytest.raises(EndpointError, match=r"too busy \(429\): slow down"):
        Endpoint(bad.url).query(SELECT)
    assert len(bad.seen) == 4


def test_the_request_is_a_form_with_only_negotiation(bad: Bad) -> None:
    bad.script = answered("200 OK", ROWS, JSON)
    Endpoint(bad.url).query('SELECT ?x { ?x ?y "Zoë & co" }', [("default-graph-uri", "urn:a b")])
    (wire,) = bad.seen
    assert (wire.method, wire.target) == ("POST", "/sparql")
    assert wire.headers["content-type"] == "application/x-www-form-urlencoded"
    form = parse_qs(wire.body.decode(), strict_parsing=True)
    assert form == {"query": ['SELECT ?x { ?x ?y "Zoë & co" }'], "default-graph-uri": ["urn:a b"]}
    assert "application/sparql-results+json" in wire.headers["accept"] and wire.headers["user-agent"] == AGENT
    assert "authorization" not in wire.headers


def test_a_password_is_sent_only_when_asked_for(bad: Bad) -> None:
    def script(wire: Wire, number: int) -> None:
        if "authorization" in wire.headers:
            wire.answer("200 OK", ROWS, JSON)
        else:
            wire.answer("401 No", "", 'WWW-Authenticate: Digest realm="sparql", nonce="n1", qop="auth", algorithm=MD5')

    bad.script = script
    Endpoint(bad.url, Login("ada", "moon")).query(SELECT)
    first, second = bad.seen
    assert "authorization" not in first.headers and second.body == first.body
    given = dict(
        part.strip().split("=", 1) for part in second.headers["authorization"].removeprefix("Digest ").split(",")
    )
    cnonce, nc = given["cnonce"].strip('"'), given["nc"].strip('"')
    md5 = lambda text: hashlib.md5(text.encode()).hexdigest()  # noqa: E731
    wanted = md5(f"{md5('ada:sparql:moon')}:n1:{nc}:{cnonce}:auth:{md5('POST:/sparql')}")
    assert given["response"].strip('"') == wanted


def test_a_wrong_password_is_said_and_not_shown(bad: Bad) -> None:
    bad.script = answered("401 No", "", 'WWW-Authenticate: Basic realm="x"')
    with pytest.raises(EndpointError, match="does not take this user") as raised:
        Endpoint(bad.url, Login("ada", "moon")).query(SELECT)
    assert "moon" not in str(raised.value) and "moon" not in repr(Login("ada", "moon"))


def test_what_is_no_query_is_not_sent(bad: Bad) -> None:
    with pytest.raises(QueryError):
        Endpoint(bad.url).query("CLEAR ALL")
    assert not bad.seen


def test_triples_and_truths(bad: Bad) -> None:
    bad.script = answered("200 OK", "<urn:a> <urn:b> <urn:c> .", "Content-Type: text/turtle; charset=utf-8")
    assert len(list(Endpoint(bad.url).query("CONSTRUCT WHERE { ?s ?p ?o }"))) == 1  # type: ignore[arg-type]
    bad.script = answered("200 OK", '{"head": {}, "boolean": true}', JSON)
    assert bool(Endpoint(bad.url).query("PREFIX a: <urn:x> # SELECT\nask { ?s ?p ?o }")) is True


def test_what_some_servers_say_in_their_own_way(bad: Bad) -> None:
    """Virtuoso answers ASK with a row, Comunica adds metadata."""
    cell = {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}
    for number, truth in (("1", True), ("0", False)):
        bindings = [{"__ASK_RETVAL": {**cell, "value": number}}]
        rows = {"head": {"link": [], "vars": ["__ASK_RETVAL"]}, "results": {"distinct": False, "bindings": bindings}}
        bad.script = answered("200 OK", json.dumps(rows), JSON)
        assert collect(Endpoint(bad.url).query("ASK { ?s ?p ?o }")) is truth
    bad.script = answered("200 OK", json.dumps({**json.loads(ROWS), "metadata": {"httpRequests": 0}}), JSON)
    assert len(list(Endpoint(bad.url).query(SELECT))) == 3  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def split() -> dict[str, str]:
    """A graph in two named graphs, so that only all of them together answer."""
    prefixes, rest = TURTLE[: TURTLE.index("<document/a>")], TURTLE[TURTLE.index("<document/a>") :]
    said, concluded = rest[: rest.index("<person/doe>")], rest[rest.index("<person/doe>") :]
    secret = '<person/spy> a wm:Person ; rdfs:label "secret" .'
    return {"document/a": prefixes + said, "graph/identity": prefixes + concluded + secret}


@pytest.fixture(scope="module")
def local(split: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return store_of(split, tmp_path_factory.mktemp("local") / "kg")


@pytest.fixture(scope="module", params=["kg serve", "oxigraph"])
def address(request: pytest.FixtureRequest, local: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("remote")
    if request.param == "kg serve":
        with kg_serve(local, folder / "log") as url:
            yield f"{url}/sparql"
    else:
        with Store.open(local, read_only=True) as store:
            quads = list(store.quads())
        made = ox.Store(str(folder / "data"))
        made.extend(quads)
        made.flush()
        del made
        with oxigraph(folder / "data") as (url, _):
            yield f"{url}/query"


def same(address: str, local: Path, name: str, given: dict[str, str]) -> None:
    with Store.open(local, read_only=True) as store:
        here = queries.run(name, given, store)
    there = queries.run(name, given, Remote(address))
    assert type(here) is type(there)
    assert list(here) == list(there)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name, given",
    [
        ("who-met-whom", {"person": "Jane Doe"}),
        ("who-met-whom", {"person": "doe, jane"[:3], "from": "2020"}),
        ("meetings", {"place": "Norland", "status": "held"}),
        ("documents", {}),
        ("met", {}),
        ("who-met-whom", {"person": "Mary O'Roe"}),
    ],
)
def test_rows_are_the_same_as_locally(address: str, local: Path, name: str, given: dict[str, str]) -> None:
    same(address, local, name, given)


@pytest.mark.parametrize("name", ["who-met-whom", "meetings-with-office", "statements-by"])
def test_a_parameter_cannot_break_out(address: str, local: Path, name: str) -> None:
    query = queries.named(name)
    assert len(collect(Remote(address).query('SELECT ?s { ?s ?p "secret" }'))) == 1  # type: ignore[arg-type]
    for parameter in query.parameters:
        given = {**({"office": "leader"} if name == "meetings-with-office" else {}), parameter.name: SECRET}
        for source in (Remote(address), None):
            try:
                result = queries.run(name, given, source) if source else _here(name, given, local)
            except QueryError:
                continue
            assert isinstance(result, Table) and not result.rows


def _here(name: str, given: dict[str, str], local: Path) -> object:
    with Store.open(local, read_only=True) as store:
        return queries.run(name, given, store)


def test_the_query_says_which_graphs(address: str) -> None:
    asked = "SELECT DISTINCT ?t FROM <{}> {{ ?s a ?t }} ORDER BY ?t"
    found = collect(Remote(address).query(asked.format(f"{BASE}document/a")))
    assert [str(row["t"]).rpartition("#")[2] for row in found] == ["Document", "Passage"]  # type: ignore[union-attr]


def test_all_graphs_are_sent_to_a_server_that_shows_none(bad: Bad) -> None:
    def script(wire: Wire, number: int) -> None:
        form = parse_qs(wire.body.decode())
        text = form["query"][0]
        count = "5" if "GRAPH" in text else "0"
        name, value = ("g", "urn:one") if "DISTINCT ?g" in text else ("n", count)
        rows = {"head": {"vars": [name]}, "results": {"bindings": [{name: {"type": "literal", "value": value}}]}}
        wire.answer("200 OK", json.dumps(rows), JSON)

    bad.script = script
    remote = Remote(bad.url)
    remote.query(SELECT)
    remote.query(SELECT)
    sent = [parse_qs(wire.body.decode()).get("default-graph-uri") for wire in bad.seen]
    assert sent == [None, None, None, None, ["urn:one"], ["urn:one"]]


def test_the_command_asks_elsewhere(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert kg_run(["query", "who-met-whom", "--person", "Jane Doe", "--endpoint", address, "--format", "csv"]) == 0
    assert "Richard Roe" in capsys.readouterr().out
    asked = "SELECT ?n { <person/doe> rdfs:label ?n }"
    assert kg_run(["sparql", asked, "--endpoint", address, "--format", "csv"]) == 0
    assert capsys.readouterr().out == "n\nJane Doe\n"
    assert kg_run(["query", "who-met-whom", "--person", "Nemo", "--endpoint", address]) == 2
    assert kg_run(["query", "meetings", "--endpoint", address, "--store", "x"]) == 2
    assert kg_run(["sparql", "ASK {}", "--user", "me"]) == 2


def test_an_error_is_of_ours(bad: Bad) -> None:
    bad.script = hang
    with pytest.raises(KgError):
        queries.run("documents", {}, Remote(bad.url, deadline=0.3))
