"""For tests of hostile clients: a server with any settings, raw lines, a listener that nobody may reach, memory."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from kg.serve.settings import Settings
from tests.servers import Got, fetch, free_port, started

RUN = """
import json, sys
from kg.serve.server import run
from kg.serve.settings import Settings
run(Settings.unpacked(json.loads(sys.argv[1])), "127.0.0.1", int(sys.argv[2]), print)
"""
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Served:
    """A server that runs: its address, its process and its log."""

    url: str
    process: int
    log: Path

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def sparql(self, text: str, **headers: str) -> Got:
        return fetch(f"{self.url}/sparql", headers, urlencode({"query": text}).encode())

    def memory(self) -> tuple[float, float]:
        """Megabytes of the server, and of it with all its workers."""
        own = resident(self.process)
        return own, own + sum(resident(child) for child in children(self.process))


@contextmanager
def served(store: Path, log: Path, **settings: Any) -> Iterator[Served]:
    """A server over a store with any settings."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    packed = json.dumps(Settings(str(store), **settings).packed())
    command = [sys.executable, "-c", RUN, packed, str(port)]
    with started(command, log, lambda: fetch(f"{url}/api/queries").status == 200) as process:
        yield Served(url, process.pid, log)


def resident(process: int) -> float:
    """Megabytes of memory that a process holds; 0 where it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
    return 0.0


def children(process: int) -> list[int]:
    """The processes that a process has started."""
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, task.read_text().split())
    return found


def raw(port: int, sent: bytes, most: int = MEGABYTE, timeout: float = 30) -> bytes:
    """What the server answers to bytes, until it closes the line or has sent `most` bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=timeout) as line:
        with suppress(BrokenPipeError, ConnectionResetError):
            line.sendall(sent)
        got = b""
        with suppress(ConnectionResetError):
            while len(got) < most and (part := line.recv(65536)):
                got += part
        return got


@dataclass
class Listener:
    """Somebody on the network who must not be called; answers 200 to whoever does."""

    port: int
    calls: list[bytes] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listener]:
    """A listener on loopback that notes each connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        listener = Listener(server.getsockname()[1])

        def answer() -> None:
            with suppress(OSError):
                while True:
                    line, _ = server.accept()
                    with line, suppress(OSError):
                        line.settimeout(2)
                        listener.calls.append(line.recv(4096))
                        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield listener
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
