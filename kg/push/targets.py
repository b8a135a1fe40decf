"""Where graphs are sent: to a Graph Store (SPARQL 1.1 Graph Store HTTP Protocol) or by SPARQL Update."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol
from urllib.parse import quote, urlencode, urlsplit, urlunsplit
from urllib.request import Request

import pyoxigraph as ox

from kg.endpoint import Endpoint, Transport, checked
from kg.errors import EndpointError, UsageError

_TURTLE = "text/turtle; charset=utf-8"
"""N-Triples are Turtle, and Turtle is what every graph store knows."""


class Target(Protocol):
    """Something that takes graphs."""

    address: str

    def replace(self, graph: str, lines: Iterable[bytes]) -> None:
        """Put lines of N-Triples in place of a graph."""

    def drop(self, graph: str) -> None:
        """Remove a graph, if it is there."""


class GraphStore:
    """PUT for the first part of a graph, POST for the others, DELETE."""

    triples = 10_000

    def __init__(self, address: str, transport: Transport) -> None:
        self.address = checked(address)
        self._transport = transport

    def replace(self, graph: str, lines: Iterable[bytes]) -> None:
        """Put lines of N-Triples in place of a graph. Raises EndpointError."""
        for number, part in enumerate(_batches(lines, self.triples)):
            self._send(graph, "PUT" if number == 0 else "POST", part)

    def drop(self, graph: str) -> None:
        """Remove a graph, if it is there. Raises EndpointError."""
        try:
            self._send(graph, "DELETE", None)
        except EndpointError as error:
            if "(404)" not in str(error):
                raise

    def _send(self, graph: str, method: str, body: bytes | None) -> None:
        separator = "&" if urlsplit(self.address).query else "?"
        address = f"{self.address}{separator}graph={quote(graph, safe='')}"
        headers = {"Content-Type": _TURTLE} if body is not None else {}
        self._transport.send(Request(address, body, headers, method=method))


class Updates:
    """CLEAR GRAPH and INSERT DATA, by direct POST."""

    triples = 2_000

    def __init__(self, address: str, transport: Transport) -> None:
        self.address = checked(address)
        self._transport = transport

    def replace(self, graph: str, lines: Iterable[bytes]) -> None:
        """Put lines of N-Triples in place of a graph. Raises EndpointError."""
        node = str(ox.NamedNode(graph))
        before = f"CLEAR SILENT GRAPH {node} ;\n"
        for part in _batches(lines, self.triples):
            self._send(f"{before}INSERT DATA {{ GRAPH {node} {{\n{part.decode()}}} }}")
            before = ""

    def drop(self, graph: str) -> None:
        """Remove a graph, if it is there. Raises EndpointError."""
        self._send(f"DROP SILENT GRAPH {ox.NamedNode(graph)}")

    def _send(self, update: str) -> None:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self._transport.send(Request(self.address, urlencode({"update": update}).encode(), form, method="POST"))


def _batches(lines: Iterable[bytes], size: int) -> Iterator[bytes]:
    """So many lines at a time; one empty batch where there are none."""
    rest, number = iter(lines), 0
    while part := b"".join(islice(rest, size)):
        number += 1
        yield part
    if not number:
        yield b""


def beside(endpoint: Endpoint) -> str:
    """The Graph Store of a server whose makers are known by its own word, from the address of its queries.

    Raises UsageError where they are not, EndpointError where nobody answers.
    """
    endpoint.query("ASK {}")
    parts = urlsplit(endpoint.address)
    maker = endpoint.server.lower()
    if maker.startswith("oxigraph"):
        path = parts.path.rpartition("/")[0] + "/store"
    elif maker.startswith("virtuoso"):
        path = "/sparql-graph-crud-auth"
    else:
        raise UsageError(
            f"{endpoint.address}: where this server takes data is not known; name it with --graph-store or --update"
        )
    return urlunsplit((parts.scheme, parts.netloc, path, "", ""))
