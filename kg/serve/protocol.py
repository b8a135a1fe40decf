"""Reads a request of the SPARQL 1.1 Protocol: what is asked, over which graphs. Knows nothing of a web server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
DEFAULT, NAMED = "default-graph-uri", "named-graph-uri"


class RefusedError(Exception):
    """A request that breaks the protocol: the HTTP status, and what to do about it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the graphs it is to run over; both empty: all graphs as one."""

    query: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def read(method: str, address: bytes, content_type: str | None, body: bytes) -> Asked | None:
    """The query of a request; None for a GET that asks nothing and wants the service described.

    `address` is the address's part behind the question mark. Raises RefusedError: 400 for a request that says nothing,
    says two things, or is no UTF-8; 405 for another method; 415 for a body of another type; 403 for an update.
    """
    pairs = _pairs(address, "the address")
    if method in ("GET", "HEAD"):
        return _asked(pairs) if any(name in ("query", "update") for name, _ in pairs) else None
    if method != "POST":
        raise RefusedError(405, f"{method}: not allowed here; ask by GET or POST")
    media = (content_type or "").partition(";")[0].strip().lower()
    if media == FORM:
        if any(name in ("query", "update") for name, _ in pairs):
            raise RefusedError(400, "a query stands in the address of a POST; put it into the body")
        return _asked([*pairs, *_pairs(body, "the form")])
    if media == QUERY:
        if any(name in ("query", "update") for name, _ in pairs):
            raise RefusedError(400, "two queries, one in the address and one in the body; leave one")
        return _asked([("query", _text(body, "the query")), *pairs])
    if media == UPDATE:
        raise RefusedError(403, "this graph is only read; it takes no updates")
    given = f"{media!r} is not known" if media else "the Content-Type is missing"
    raise RefusedError(415, f"{given}; send {FORM} or {QUERY}")


def _asked(pairs: Iterable[tuple[str, str]]) -> Asked:
    found: dict[str, list[str]] = {"query": [], "update": [], DEFAULT: [], NAMED: []}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    if found["update"]:
        raise RefusedError(403 if not found["query"] else 400, "this graph is only read; it takes no updates")
    if len(found["query"]) != 1:
        many = "several parameters 'query'; leave one" if found["query"] else "the parameter 'query' is missing; add it"
        raise RefusedError(400, many)
    return Asked(found["query"][0], tuple(found[DEFAULT]), tuple(found[NAMED]))


def _pairs(packed: bytes, where: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            packed.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=10_000
        )
    except ValueError as error:  # a UnicodeDecodeError is one
        raise RefusedError(400, f"{where} cannot be read as percent-encoded UTF-8 ({error})") from error


def _text(body: bytes, where: str) -> str:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"{where} is no UTF-8 ({error.reason} at byte {error.start})") from error
