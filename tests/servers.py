"""Real servers on loopback for the tests, at ports that the system chooses; each is stopped, whatever happens."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pyoxigraph as ox

from kg.store import Store

ROOT = Path(__file__).resolve().parent.parent
BASE = "https://example.org/kg/"
STARTED = 60.0
"""Seconds in which a server must answer."""


def free_port() -> int:
    """A port that nobody listens at now."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *about: object) -> None:
        return None


_OPENER = build_opener(_Stay)


class Got:
    """A server's answer: `status`, `headers`, `body`, `text`."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media(self) -> str:
        return (self.headers.get("Content-Type") or "").partition(";")[0]


def fetch(
    url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None, method: str | None = None
) -> Got:
    """An answer, whatever its status; redirects are not followed."""
    try:
        with _OPENER.open(Request(url, body, dict(headers or {}), method=method), timeout=60) as answer:
            return Got(answer.status, answer.headers, answer.read())
    except HTTPError as error:
        with error:
            return Got(error.code, error.headers, error.read())


@contextmanager
def started(
    command: Sequence[str], log: Path, alive: Callable[[], bool], folder: Path = ROOT
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that runs until the block ends; entered when `alive`, failed with its log where it never is."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with open(log, "ab") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=out,
            stdin=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
            cwd=folder,
        )
    try:
        end = time.monotonic() + STARTED
        while not _answers(alive):
            if process.poll() is not None or time.monotonic() > end:
                raise AssertionError(f"{command[0]} did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}")
            time.sleep(0.1)
        yield process
    finally:
        kill(process)


def _answers(alive: Callable[[], bool]) -> bool:
    try:
        return alive()
    except (URLError, OSError):
        return False


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started, at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def kg_serve(store: Path, log: Path, *options: str) -> Iterator[str]:
    """`kg serve` over a store; its address, without a slash at the end."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", "from kg.cli import main; main()", "serve", "--store", str(store)]
    with started([*command, "--port", str(port), *options], log, lambda: fetch(f"{url}/").status == 200):
        yield url


@contextmanager
def oxigraph(folder: Path, port: int | None = None) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """An Oxigraph server over a folder: its address (`/query`, `/update`, `/store`) and its process."""
    port = port or free_port()
    url = f"http://127.0.0.1:{port}"
    program = Path(sys.executable).with_name("oxigraph")
    command = [str(program), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with started(command, folder.with_suffix(".log"), lambda: fetch(f"{url}/query").status < 500) as process:
        yield url, process


def store_of(graphs: Mapping[str, str], folder: Path) -> Path:
    """A store on disk with a named graph for each entry: what follows the base, and Turtle."""
    with Store.open(folder, BASE) as store:
        for name, turtle in graphs.items():
            graph = ox.NamedNode(BASE + name)
            quads = (
                ox.Quad(quad.subject, quad.predicate, quad.object, graph)
                for quad in ox.parse(turtle.encode(), ox.RdfFormat.TURTLE)
            )
            store.replace(graph.value, quads)
    return folder


_VIRTUOSO = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = .
ServerThreads = 8
ThreadsPerQuery = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = .
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 100000
"""
VIRTUOSO_LOGIN = ("dba", "dba")
"""The user of a new Virtuoso."""


@contextmanager
def virtuoso(
    folder: Path, port: int | None = None, buffers: int = 20_000
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A Virtuoso over a folder: its address (`/sparql`, `/sparql-graph-crud-auth`) and its process.

    `buffers` are pages of 8 kB that it may keep in memory.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = port or free_port()
    (folder / "virtuoso.ini").write_text(
        _VIRTUOSO.format(sql=free_port(), http=port, buffers=buffers, dirty=buffers * 3 // 4)
    )
    (folder / "virtuoso.lck").unlink(missing_ok=True)  # what a killed one leaves behind
    url = f"http://127.0.0.1:{port}"
    command = ["virtuoso-t", "+configfile", "virtuoso.ini", "+foreground"]
    with started(
        command, folder / "out.log", lambda: fetch(f"{url}/sparql?query=ASK%20%7B%7D").status == 200, folder
    ) as process:
        yield url, process


def isql(folder: Path, words: str, seconds: float = 60) -> None:
    """Have a running Virtuoso carry out SQL."""
    sql = (folder / "virtuoso.ini").read_text().partition("ServerPort = ")[2].partition("\n")[0]
    command = ["isql-vt", sql, *VIRTUOSO_LOGIN, f"exec={words}"]
    subprocess.run(command, check=True, capture_output=True, timeout=seconds)


def load(folder: Path, file: str, graph: str) -> None:
    """Load a file of N-Triples in its folder into a graph of a running Virtuoso."""
    isql(folder, f"ld_dir('.', '{file}', '{graph}'); rdf_loader_run(); checkpoint;", 3600)


def grant_updates(folder: Path) -> None:
    """Let everybody send updates to a running Virtuoso: GRANT "SPARQL_UPDATE" to its user of that name."""
    isql(folder, "GRANT SPARQL_UPDATE TO \"SPARQL\"; DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 7);")
