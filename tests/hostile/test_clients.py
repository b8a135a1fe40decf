"""Clients that lie, wait, take nothing, or come by the thousand."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.hostile.serving import MEGABYTE, Served, raw, served
from tests.hostile.tally import Effort, Tally
from tests.servers import fetch, store_of
from tests.test_queries import TURTLE
from tests.test_serve import MANY

ARRIVAL, STALL = 2.0, 2.0
EVIL = "evil.example"
HOSTS = ("127.0.0.1", "localhost")
TARGETS = (
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "..%252f..%252f..%252fetc%252fpasswd",
    "..\\..\\..\\..\\etc\\passwd",
    "..%5c..%5cetc%5cpasswd",
    "%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
    "....//....//....//etc/passwd",
    "/etc/passwd",
    "//etc/passwd",
    "%00/etc/passwd",
    "site.css%00.png",
    "..;/..;/etc/passwd",
    "file:///etc/passwd",
    ".../....//kg-judgements.yaml",
    "../kg-judgements.yaml",
    "../findings/a.json",
    "../search.sqlite",
)
FOLDERS = ("", "static/", "page/document/", "data/document/", "document/", "data/", "api/queries/", "plots/", "person/")
HEADERS = (
    f"Host: {EVIL}",
    f"Host: {EVIL}\r\nHost: 127.0.0.1",
    f'Host: 127.0.0.1"><script>alert(1)</script>.{EVIL}',
    f"Host: 127.0.0.1@{EVIL}",
    f"Host: {EVIL}:80",
    f"Host: [::1].{EVIL}",
    "Host: ",
    f"Host: 127.0.0.1\r\nX-Forwarded-Host: {EVIL}",
    f"Host: 127.0.0.1\r\nForwarded: host={EVIL};proto=https",
    f"Host: 127.0.0.1\r\nX-Original-URL: /{EVIL}",
    f"Host: 127.0.0.1\r\nX-Forwarded-Prefix: //{EVIL}",
)
BROKEN = (
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET //evil.example/person/doe HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    b"GET /person/doe%0d%0aSet-Cookie:a=b HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    b"GET /sparql\rX: y HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
    b"G" * 100_000,
    b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"y" * 300_000 + b"\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nquery",
    b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"0\r\n\r\nGET /",
    b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nZ\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),
    b"\x00" * 1000,
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    b"CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n",
    b"GET /api/queries/met?limit=1%00 HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    b"GET /sparql?query=%ff%fe HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    b"GET /search?q=" + b"%f0%9f" * 5_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: " + b"a/b;q=0.1," * 5_000 + b"\r\nConnection: close\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: \xff\xfe\r\nConnection: close\r\n\r\n",
)
LARGE = "SELECT ?a ?d ?f { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"
"""Nine megabytes as CSV: more than a system takes off a server for a client that reads nothing."""
OUTGOING = 40 * MEGABYTE


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    prefixes = TURTLE.partition("<document/a>")[0]
    graphs = {"graph/main": TURTLE, "graph/many": prefixes + MANY}
    folder = tmp_path_factory.mktemp("clients")
    (folder / "kg-judgements.yaml").write_text("# nobody's to read: judgements\n")
    return store_of(graphs, folder / ".kg")


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Served]:
    settings = {"hosts": HOSTS, "arrival": ARRIVAL, "stall": STALL, "connections": 400, "outgoing": OUTGOING}
    with served(store, store.parent / "log", workers=2, deadline=10.0, **settings) as running:
        yield running
        assert "Traceback" not in running.log.read_text("utf-8", "replace")


def get(server: Served, target: str, header: str = "Host: 127.0.0.1") -> str:
    """An answer with its headers, as text."""
    return raw(server.port, f"GET {target} HTTP/1.1\r\n{header}\r\nConnection: close\r\n\r\n".encode()).decode(
        "latin-1"
    )


def status(answer: str) -> int:
    """The status of an answer; 0 where the line was cut without one."""
    found = re.match(r"HTTP/1\.1 (\d{3})", answer)
    return int(found[1]) if found else 0


def test_no_address_leads_out_of_the_graph(server: Served, tally: Tally) -> None:
    for folder in FOLDERS:
        for target in TARGETS:
            answer = get(server, f"/{folder}{target}")
            tally.add("hostile requests tried")
            assert "root:" not in answer and "nobody's to read" not in answer and "SQLite format" not in answer
            location = re.search(r"(?i)^location: (.*?)\r$", answer, re.M)
            assert status(answer) in (303, 400, 404) and (
                location is None or location[1].startswith(("/page/", "/data/"))
            )


def test_headers_do_not_lead_elsewhere(server: Served, tally: Tally) -> None:
    for header in HEADERS:
        for target in (
            "/",
            "/sparql",
            "/person/doe",
            "/page/person/doe",
            "/sparql/",
            "/api/openapi.json",
            "/query/met",
        ):
            answer = get(server, target, header)
            tally.add("hostile requests tried")
            assert EVIL not in answer and "<script>alert" not in answer, answer
            assert status(answer) in (200, 303, 307, 400, 404, 421)
    assert status(get(server, "/", f"Host: {EVIL}")) == 421


def test_a_page_of_another_site_reads_nothing_unasked(server: Served) -> None:
    got = fetch(f"{server.url}/data/person/doe?format=ntriples", {"Origin": f"https://{EVIL}"})
    assert got.status == 200 and "Access-Control-Allow-Origin" not in got.headers


@pytest.mark.parametrize("sent", BROKEN, ids=lambda sent: str(sent[:40]))
def test_a_broken_request_costs_nothing(server: Served, sent: bytes, tally: Tally) -> None:
    answer = raw(server.port, sent).decode("latin-1")
    tally.add("hostile requests tried")
    assert status(answer) < 500 and "Set-Cookie" not in answer.partition("\r\n\r\n")[0]
    assert fetch(f"{server.url}/").status == 200


def test_a_request_that_is_too_long_is_refused(server: Served, tally: Tally) -> None:
    head = "POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
    before = server.memory()[0]
    for sent in (
        f"{head}Content-Length: {100 * MEGABYTE}\r\n\r\n".encode() + b" " * (20 * MEGABYTE),
        f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + (b"100000\r\n" + b" " * MEGABYTE + b"\r\n") * 20,
    ):
        assert status(raw(server.port, sent).decode("latin-1")) in (0, 413)
        tally.add("hostile requests tried")
    assert server.memory()[0] < before + 20


def test_who_sends_a_byte_now_and_then_is_cut(server: Served, tally: Tally) -> None:
    """Slow-loris: in the headers, in the body, between requests."""
    starts = (
        b"",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 1000\r\n\r\nASK ",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nGET / HTTP/1.1\r\nX: ",
    )
    for start in starts:
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
            began, cut = time.monotonic(), False
            line.sendall(start)
            line.settimeout(0.2)
            while not cut and time.monotonic() - began < 5 * ARRIVAL:
                try:
                    line.sendall(b"y")
                    cut = line.recv(65536) == b""
                except TimeoutError:
                    continue
                except OSError:
                    cut = True
        tally.add("hostile requests tried")
        assert cut, start


def test_thousands_of_connections_keep_nobody_out(server: Served, tally: Tally, effort: Effort) -> None:
    many, failed, slowest = effort.of(1000, 4000, 8000), 0, 0.0
    before = server.memory()[0]
    with ExitStack() as lines:
        for number in range(many):
            line = lines.enter_context(socket.socket())
            line.settimeout(5)
            with suppress(OSError):
                line.connect(("127.0.0.1", server.port))
                line.sendall(b"GET / HTTP/1.1\r\nHost: ")
            if number % 100 == 0:
                began = time.monotonic()
                failed += fetch(f"{server.url}/data/person/doe?format=ntriples").status != 200
                slowest = max(slowest, time.monotonic() - began)
        grown = server.memory()[0] - before
    tally.add("hostile requests tried", many)
    tally.add("neighbours' requests failed", failed)
    tally.note("slowest neighbour among thousands of connections", f"{slowest:.2f} s")
    assert failed == 0 and grown < 100


def test_who_takes_no_answer_holds_no_memory(server: Served, tally: Tally, effort: Effort) -> None:
    """Many ask for a large answer and read none of it; the others are told to come again, small answers go on."""
    asked = f"GET /sparql?query={quote(LARGE)}&format=csv HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    before, most, failed = server.memory()[0], 0.0, 0
    with ExitStack() as lines:
        taken = []
        for _ in range(effort.of(12, 40, 80)):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=60))
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.sendall(asked)
            taken.append(line)
            failed += fetch(f"{server.url}/data/person/doe?format=ntriples").status != 200
            most = max(most, server.memory()[0])
        tally.add("hostile requests tried", len(taken))
        tally.add("neighbours' requests failed", failed)
        assert failed == 0 and most - before < 3 * OUTGOING / MEGABYTE + 50
        end = time.monotonic() + 120  # those who asked before are still to be answered
        while (got := fetch(f"{server.url}/sparql?query={quote(LARGE)}&format=csv")).status != 200:
            assert ("large answers" in got.text or "busy" in got.text) and time.monotonic() < end
            time.sleep(0.5)
