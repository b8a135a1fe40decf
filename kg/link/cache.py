"""Answers of endpoints kept on disk, so that a second run asks nothing."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.config import ANSWERS
from kg.endpoint import Endpoint
from kg.errors import EndpointError, StoreError
from kg.store import MEMORY, Store

Row = dict[str, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]


class Asker:
    """Asks an endpoint query by query, each once ever; `seconds` are for all queries together.

    `asked` and `known` count what the endpoint answered and what was known before.
    """

    def __init__(self, address: str, store: Store, seconds: float, pause: float = 0.0, fresh: bool = False) -> None:
        self._address, self._pause, self._fresh = address, pause, fresh
        self._folder = None if store.place == MEMORY else Path(store.place) / ANSWERS
        self._seconds, self._end = seconds, time.monotonic() + seconds
        self.asked = self.known = 0

    def rows(self, query: str) -> Iterator[Row]:
        """The rows of a SELECT query. Raises EndpointError where the endpoint fails or the time for all is over."""
        name = hashlib.sha256(f"{self._address}\n{query}".encode()).hexdigest()[:40]
        path = self._folder / f"{name}.json" if self._folder else None
        data = None if self._fresh or path is None else _kept(path)
        if data is None:
            data = self._ask(query)
            if path:
                _keep(path, data)
        else:
            self.known += 1
        found = ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        for row in found:
            yield {name: row[name] for name in names if row[name] is not None}

    def _ask(self, query: str) -> bytes:
        left = self._end - time.monotonic() - (self._pause if self.asked else 0)
        if left <= 0:
            raise EndpointError(
                f"{self._address}: not done after {self._seconds:g} seconds; run it again, which goes on from here, or "
                "allow more with --deadline"
            )
        if self.asked:
            time.sleep(self._pause)
        self.asked += 1
        found = Endpoint(self._address, deadline=left).query(query)
        assert isinstance(found, ox.QuerySolutions)
        data = found.serialize(format=ox.QueryResultsFormat.JSON)
        assert data is not None
        return data


def _kept(path: Path) -> bytes | None:
    """An answer that was kept; None for none, or one that was cut off."""
    try:
        data = path.read_bytes()
        answer = ox.parse_query_results(data, ox.QueryResultsFormat.JSON)
        assert isinstance(answer, ox.QuerySolutions)
        for _ in answer:
            pass
    except (OSError, SyntaxError):
        return None
    return data


def _keep(path: Path, data: bytes) -> None:
    part = path.with_suffix(".part")
    try:
        path.parent.mkdir(exist_ok=True)
        part.write_bytes(data)
        os.replace(part, path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written ({error.strerror}); use another --store") from error
