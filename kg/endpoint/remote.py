"""A graph of kg's own in another store: asked as a store on this machine is, over all graphs as one.

Whether a query without FROM sees what lies in named graphs is for each server to decide: Virtuoso, GraphDB and QLever
show all of them, Oxigraph and Fuseki none unless told to. So it is found out, once: as many documents in the default
graph as in the named ones means that nothing need be done. Else Oxigraph's `union-default-graph` is tried, and where
that changes nothing every named graph is sent as a `default-graph-uri`, as the protocol has it.
"""

from __future__ import annotations

import pyoxigraph as ox

from kg.endpoint import Endpoint, Login
from kg.errors import EndpointError
from kg.rdf.namespaces import BASE, prologue
from kg.rdf.sparql import has_dataset

_WM = "PREFIX wm: <https://w3id.org/whomet#> "
_SEEN = _WM + "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s a ?t FILTER(?t IN (wm:Document, wm:Occasion)) }"
_THERE = (
    _WM + "SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE { GRAPH ?g { ?s a ?t FILTER(?t IN (wm:Document, wm:Occasion)) } }"
)
_NAMES = (
    _WM + "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s a ?t FILTER(?t IN (wm:Document, wm:Occasion, wm:Person)) } } "
    "ORDER BY ?g"
)
_UNION = (("union-default-graph", "true"),)


class Remote:
    """A source of answers, like `kg.store.Store`."""

    def __init__(self, address: str, login: Login | None = None, deadline: float = 60.0, base: str = BASE) -> None:
        self._endpoint = Endpoint(address, login, deadline)
        self._prologue = " ".join(prologue(base).split("\n"))  # one line: errors keep the query's line numbers
        self._dataset: tuple[tuple[str, str], ...] | None = None

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """The answer of a SPARQL query over all graphs as one, or over those that it names itself with FROM.

        `kg.rdf.PREFIXES` need no declaration. Raises QueryError and EndpointError as `Endpoint.query` does.
        """
        parameters = () if has_dataset(text) else self._all()
        return self._endpoint.query(self._prologue + text, parameters)

    def _all(self) -> tuple[tuple[str, str], ...]:
        """What has to be sent beside a query so that all graphs are asked as one."""
        if self._dataset is None:
            there = self._count(_THERE)
            if self._count(_SEEN) >= there:
                self._dataset = ()
            elif self._count(_SEEN, _UNION) >= there:
                self._dataset = _UNION
            else:
                rows = self._endpoint.query(_NAMES)
                assert isinstance(rows, ox.QuerySolutions)
                self._dataset = tuple(("default-graph-uri", self._endpoint.cell(row, "g")) for row in rows)
        return self._dataset

    def _count(self, text: str, parameters: tuple[tuple[str, str], ...] = ()) -> int:
        rows = self._endpoint.query(text, parameters)
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            return self._endpoint.number(row, "n")
        raise EndpointError(f"{self._endpoint.address}: counts nothing at all; is this a SPARQL endpoint?")
