"""Queries that ask for what is not theirs, or for everything, or for ever."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.hostile.serving import Listener, Served, listening, served
from tests.hostile.tally import Effort, Tally
from tests.servers import Got, fetch, store_of
from tests.test_queries import TURTLE
from tests.test_serve import ENDLESS, HUNGRY, MANY

DEADLINE = 0.7
CALLS = (
    "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }",
    "select*{service<%s>{?s ?p ?o}}",
    "SELECT * { VALUES ?e { <%s> } SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { BIND(IRI('%s') AS ?e) SERVICE ?e { ?s ?p ?o } }",
    "PREFIX e: <%s> SELECT * { SERVICE e: { ?s ?p ?o } }",
    "PREFIX é̄.x: <%s> SELECT * { SERVICE é̄.x: { ?s ?p ?o } }",
    "BASE <%s> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "SELECT * { SERVICE #<urn:x>\n<%s> { ?s ?p ?o } }",
    "SELECT * { SERVICE\t\r\nSILENT\t#\r<%s> { ?s ?p ?o } }",
    "SELECT * { ?s <urn:\\u0041'> ?o . SERVICE <%s> { ?a ?b ?c } FILTER(?o != '') }",
    "SELECT * { OPTIONAL { ?s ?p ?o } FILTER(!(?o<'&&?b>') || true) SERVICE <%s> { ?a ?b ?c } FILTER(?c != '') }",
    "SELECT * { OPTIONAL { ?s ?p ?o } FILTER(?o<urn:x#y>'''\n || true) SERVICE <%s> { ?a ?b ?c } #'''\n }",
    "SELECT * { ?s ?p 'it\\'s' . SERVICE <%s> { ?a ?b ?c } FILTER(?c != '') }",
    "SELECT * { { SELECT * { SERVICE <%s> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <%s> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <%s> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { GRAPH ?g { SERVICE <%s> { ?s ?p ?o } } }",
    "SELECT * { MINUS { SERVICE <%s> { ?s ?p ?o } } }",
    "SELECT * FROM <%s> { ?s ?p ?o }",
    "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
    "LOAD <%s>",
    "LOAD SILENT <%s> INTO GRAPH <urn:g>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <%s> { ?s ?p ?o } }",
)
"""Ways to have the server call an address."""
UPDATES = (
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP SILENT ALL",
    "CREATE GRAPH <urn:g>",
    "ADD DEFAULT TO <urn:g>",
    "MOVE DEFAULT TO <urn:g>",
    "SELECT * { ?s ?p ?o } ; CLEAR ALL",
)
ALL = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
COSTLY = (
    ENDLESS,
    HUNGRY,
    ALL,
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c",
    "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d), STR(?g))) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "CONSTRUCT { ?a ?e ?i } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a (<urn:x>|!<urn:y>)* ?b . ?c (<urn:x>|!<urn:y>)* ?d }",
    "SELECT * { ?s ?p ?o FILTER(REGEX(REPLACE(STR(?o), '.', '$0$0$0$0$0$0$0$0$0$0'), '(a*)*b')) ?t ?q ?u . ?v ?w ?x }",
    "SELECT * {" + "{" * 20_000 + "}" * 20_000 + "}",
    "SELECT (" + "(" * 20_000 + "1" + ")" * 20_000 + " AS ?x) {}",
    "SELECT * { ?s " + "(" * 5_000 + "<urn:p>" + ")*" * 5_000 + " ?o }",
    "SELECT * { VALUES ?x {" + " 1" * 300_000 + " } }",
    "ASK { " + "?s ?p ?o . " * 10_000 + "}",
    "SELECT * { " + " UNION ".join(["{ ?s ?p ?o }"] * 5_000) + " }",
)
"""Queries that never end, return everything, nest without end or eat memory."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    prefixes = TURTLE.partition("<document/a>")[0]
    graphs = {"graph/main": TURTLE, "graph/many": prefixes + MANY}
    return store_of(graphs, tmp_path_factory.mktemp("hostile") / "kg")


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Served]:
    settings = {"deadline": DEADLINE, "workers": 3, "memory": 256 << 20, "answer": 4 << 20, "patience": 20.0}
    with served(store, store.parent / "log", **settings) as running:
        yield running
        assert "Traceback" not in running.log.read_text("utf-8", "replace")


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as somebody:
        yield somebody


def ways(server: Served, text: str) -> Iterator[Got]:
    """An attack by every way that takes a query or an update."""
    form, direct = "application/x-www-form-urlencoded", "application/sparql-query"
    yield fetch(f"{server.url}/sparql?{urlencode({'query': text})}")
    yield server.sparql(text)
    yield fetch(f"{server.url}/sparql", {"Content-Type": direct}, text.encode())
    yield fetch(f"{server.url}/sparql", {"Content-Type": "application/sparql-update"}, text.encode())
    yield fetch(f"{server.url}/sparql", {"Content-Type": form}, urlencode({"update": text}).encode())
    yield fetch(f"{server.url}/query?{urlencode({'query': text})}")
    yield fetch(f"{server.url}/editor?{urlencode({'query': text})}")


def test_no_query_makes_the_server_call_anybody(
    server: Served, listener: Listener, tally: Tally, effort: Effort
) -> None:
    hosts = ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "user@127.0.0.1", "2130706433")
    for host in hosts[: effort.of(1, 5, 5)]:
        for call in CALLS:
            for got in ways(server, call % f"http://{host}:{listener.port}/"):
                tally.add("hostile requests tried")
                assert got.status in (200, 400, 403, 404, 415), got.text
    tally.add("hostile requests that reached what is not theirs", len(listener.calls))
    assert listener.calls == []


def test_no_mixture_of_quotes_brackets_and_signs_hides_a_call(
    server: Served, listener: Listener, tally: Tally, effort: Effort
) -> None:
    """A tokenizer can be led astray where `<` compares, where an IRI holds a quote, where a comment begins."""
    dice = random.Random(11)
    pieces = (
        "'",
        '"',
        "'''",
        '"""',
        "<",
        "<urn:a>",
        "<urn:\\u0041'>",
        "#",
        "\n",
        "\\",
        "\\'",
        "?a",
        "&&",
        ">",
        " ",
        "1",
    )
    pieces += ("FILTER(", ")", "||true", "'x'", "''", ":", "e:it\\'s", ".", "?s ?p ?o .", "{", "}", "@en", "^^<urn:t>")
    tries = effort.of(300, 3000, 30_000)
    for _ in range(tries):
        before, after = ("".join(dice.choices(pieces, k=dice.randint(0, 6))) for _ in range(2))
        call = f"SERVICE <http://127.0.0.1:{listener.port}/> {{ ?x ?y ?z }}"
        server.sparql(f"PREFIX e: <urn:e> SELECT * {{ {before} {call} {after} }}")
    tally.add("hostile requests tried", tries)
    assert listener.calls == []


def test_an_address_that_is_allowed_does_not_open_others(store: Path, tmp_path: Path, tally: Tally) -> None:
    with listening() as known, listening() as other:
        address = f"http://127.0.0.1:{known.port}/"
        with served(store, tmp_path / "log", services=(address,), workers=2) as server:
            server.sparql(CALLS[0] % address)
            assert len(known.calls) == 1
            for text in (f"{address}x", f"http://127.0.0.1:{other.port}/", f"{address}#x", address.upper()):
                assert server.sparql(CALLS[0] % text).status == 403
                tally.add("hostile requests tried")
            assert (len(known.calls), other.calls) == (1, [])


def test_nothing_is_written(server: Served, tally: Tally) -> None:
    def dump() -> bytes:
        return server.sparql("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o").body

    before = dump()
    for text in UPDATES:
        for got in ways(server, text):
            tally.add("hostile requests tried")
            assert "Traceback" not in got.text
    for method in ("PUT", "DELETE", "PATCH", "POST"):
        for path in ("/sparql", "/store", "/data/person/doe", "/person/doe", "/graph/main", "/api/queries/met"):
            got = fetch(f"{server.url}{path}", {"Content-Type": "text/turtle"}, b"<urn:a> <urn:b> <urn:c> .", method)
            tally.add("hostile requests tried")
            assert got.status >= 400, (method, path)
    assert len(before) > 1000 and dump() == before


@pytest.mark.parametrize("text", COSTLY, ids=lambda text: text[:40])
def test_what_costs_too_much_ends_alone(server: Served, text: str, tally: Tally, effort: Effort) -> None:
    """It is refused or ended in time, and neighbours are served meanwhile."""
    answers: list[tuple[int, float]] = []

    def attack() -> None:
        began = time.monotonic()
        answers.append((server.sparql(text).status, time.monotonic() - began))

    attackers = [threading.Thread(target=attack) for _ in range(effort.of(2, 3, 3))]
    for attacker in attackers:
        attacker.start()
    failed = 0
    while any(attacker.is_alive() for attacker in attackers):
        failed += fetch(f"{server.url}/data/person/doe?format=ntriples").status != 200
    tally.add("hostile requests tried", len(attackers))
    tally.add("neighbours' requests failed", failed)
    assert failed == 0
    assert all(status in (200, 400, 413, 503) for status, _ in answers), answers
    # beyond the deadline a visitor waits for his turn, and for a new worker to start
    hung = [taken for _, taken in answers if taken > 40]
    tally.add("hangs", len(hung))
    assert not hung


def test_workers_are_ended_by_the_hundred_and_no_neighbour_notices(
    store: Path, tmp_path: Path, tally: Tally, effort: Effort
) -> None:
    times, failed, asked = effort.of(8, 100, 1000), 0, 0
    with served(store, tmp_path / "log", deadline=0.5, workers=3, patience=60.0) as server:
        ended: list[int] = []

        def attack() -> None:
            while len(ended) < times:
                ended.append(server.sparql(ENDLESS).status)

        attacker = threading.Thread(target=attack)
        attacker.start()
        while attacker.is_alive():
            asked += 1
            failed += fetch(f"{server.url}/data/person/doe?format=ntriples").status != 200
    assert set(ended) == {503} and asked > times / 2
    tally.add("faults tried", times)
    tally.add("faults survived", times)
    tally.add("neighbours' requests failed", failed)
    assert failed == 0
