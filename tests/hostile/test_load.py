"""`kg serve` under load: wrk from this machine, bounded in time; and a soak while workers are ended."""

from __future__ import annotations

import re
import subprocess
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from kg.search import opened, update
from kg.store import Store
from tests.bench.pages import make
from tests.hostile.serving import Served, served
from tests.hostile.tally import Effort, Tally
from tests.test_serve import ENDLESS

SCRIPT = """
local paths = {%s}
local at = 0
function request()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
"""
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}
PEOPLE = 40


@dataclass(frozen=True)
class Load:
    """What wrk saw: requests a second, milliseconds of the median and the 99th percentile, and what failed."""

    rate: float
    median: float
    p99: float
    requests: int
    failed: int


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, effort: Effort) -> Path:
    """Made-up documents, a million triples at full effort."""
    folder = tmp_path_factory.mktemp("load") / "kg"
    make(folder, effort.of(100, 3700, 3700))
    with Store.open(folder) as made:
        update(made)
    return folder


@pytest.fixture(scope="module")
def server(store: Path, effort: Effort) -> Iterator[Served]:
    """With a deadline that ends workers often, and that the slowest honest question keeps beside 64 others."""
    deadline = effort.of(2, 4, 4)
    with served(store, store.parent / "log", workers=3, deadline=float(deadline), patience=60.0) as running:
        yield running
        assert "Traceback" not in running.log.read_text("utf-8", "replace")


@pytest.fixture(scope="module")
def script(store: Path, server: Served) -> Path:
    """Pages, data, search, stored queries and SPARQL, in turn."""
    with Store.open(store, read_only=True) as read:
        nodes = [path for path in opened(read).paths() if "/" in path]
    spread = nodes[:: max(1, len(nodes) // PEOPLE)]
    person = next(path for path in nodes if path.startswith("person/"))
    iri = quote(f"https://example.org/kg/{person}", safe="")
    sparql = quote(f"SELECT * {{ <https://example.org/kg/{person}> ?p ?o }} LIMIT 50", safe="")
    paths = ["/", "/search?q=stamo", f"/sparql?query={sparql}", f"/api/queries/statements-by?speaker={iri}&limit=10"]
    paths += [f"/page/{path}" for path in spread] + [f"/data/{path}" for path in spread]
    written = store.parent / "paths.lua"
    written.write_text(SCRIPT % ", ".join(f'"{quote(path, safe="/?=&%")}"' for path in paths))
    return written


def load(server: Served, script: Path, clients: int, seconds: int) -> Load:
    """Run wrk."""
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--latency", "--timeout", "60s", "-s", str(script)]
    told = subprocess.run([*command, server.url], capture_output=True, text=True, check=True, timeout=seconds + 120)
    failed = sum(int(n) for n in re.findall(r"Non-2xx or 3xx responses: (\d+)", told.stdout))
    errors = " ".join(re.findall(r"Socket errors: (.*)", told.stdout))
    failed += sum(int(n) for n in re.findall(r"\d+", errors))
    rate, requests = re.search(r"Requests/sec: +([\d.]+)", told.stdout), re.search(r"(\d+) requests in", told.stdout)
    assert rate and requests, told.stdout
    return Load(float(rate[1]), _percentile(told.stdout, 50), _percentile(told.stdout, 99), int(requests[1]), failed)


def _percentile(told: str, percent: int) -> float:
    found = re.search(rf"{percent}% +([\d.]+)(us|ms|s|m)\b", told)
    assert found, told
    return float(found[1]) * UNITS[found[2]]


@pytest.mark.parametrize("clients", [1, 8, 64])
def test_under_load_every_request_is_answered(
    server: Served, script: Path, clients: int, tally: Tally, effort: Effort
) -> None:
    got = load(server, script, clients, effort.of(2, 10, 60))
    tally.add("requests served under load", got.requests - got.failed)
    tally.add("neighbours' requests failed", got.failed)
    tally.note(
        f"{clients} clients", f"{got.rate:,.0f} requests a second, p50 {got.median:.0f} ms, p99 {got.p99:.0f} ms"
    )
    assert got.failed == 0 and got.requests


def test_a_soak_leaves_memory_flat_though_workers_are_ended(
    server: Served, script: Path, tally: Tally, effort: Effort
) -> None:
    """At full effort five minutes and more than fifty workers ended by their deadline, at long effort an hour."""
    seconds, pause = effort.of(8, 300, 3600), 0.5
    load(server, script, 8, effort.of(1, 10, 30))  # every worker has seen every kind of page
    ended: list[int] = []
    memory: list[tuple[float, float]] = []
    over = threading.Event()

    def attack() -> None:
        while not over.is_set():
            ended.append(server.sparql(ENDLESS).status)
            over.wait(pause)

    def watch() -> None:
        while not over.wait(0.5):
            memory.append(server.memory())

    threads = [threading.Thread(target=attack), threading.Thread(target=watch)]
    for thread in threads:
        thread.start()
    time.sleep(0.6)
    got = load(server, script, 8, seconds)
    over.set()
    for thread in threads:
        thread.join()
    tally.add("requests served under load", got.requests - got.failed)
    tally.add("faults tried", len(ended))
    tally.add("faults survived", len(ended))
    tally.add("neighbours' requests failed", got.failed)
    third = max(1, len(memory) // 3)
    own, whole = ([max(one[at] for one in part) for part in (memory[:third], memory[-third:])] for at in (0, 1))
    tally.note(f"soak of {seconds} s", f"{got.requests:,} requests, {len(ended)} workers ended, p99 {got.p99:.0f} ms")
    tally.note("memory of the server at start and end", f"{own[0]:.0f} MB, {own[1]:.0f} MB")
    tally.note("memory with its workers", f"{whole[0]:.0f} MB, {whole[1]:.0f} MB")
    assert set(ended) == {503} and len(ended) >= seconds / 6
    assert got.failed == 0
    assert own[1] < own[0] * 1.1 + 10
    # in a few seconds new workers have not yet seen every page
    assert seconds < 60 or whole[1] < whole[0] * 1.2 + 20
