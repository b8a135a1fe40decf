"""Uploads the graph to another store: document by document, only what changed, counted afterwards.

Each document's graph and the one of conclusions is sent whole, in place of the one there. What was sent is remembered
beside the store; a graph counts as sent when its content is the remembered one and the other store holds as many
triples of it. So a push that was cut off, on either side, goes on where it stopped, and nothing is there twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyoxigraph as ox

from kg.endpoint import Endpoint
from kg.errors import EndpointError, UsageError
from kg.push.memory import Memory, hidden
from kg.push.targets import Target
from kg.rdf.iris import inferred_graph
from kg.store import Store

_BATCH = 200
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { VALUES ?g { %s } GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
Progress = Callable[[int, int], None]


class Part(NamedTuple):
    """A graph to be sent: its IRI there, a hash of its content, its number of triples."""

    graph: str
    sha256: str
    triples: int


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: graphs in all, sent and removed; triples that are there now."""

    graphs: int
    sent: int
    removed: int
    triples: int


class Push:
    """A push of a store to a target. `endpoint` answers queries over what the target takes.

    `graph` puts everything into that one graph instead of a graph for each document.
    """

    def __init__(self, store: Store, target: Target, endpoint: Endpoint, graph: str | None = None) -> None:
        self._store = store
        self._target = target
        self._endpoint = endpoint
        self._graph = graph
        self._memory = Memory.of(store.place, f"{target.address} {graph or ''}".strip())

    def run(self, progress: Progress | None = None, everything: bool = False) -> Pushed:
        """Send what changed, all of it with `everything`; `progress` is told how many of how many are done.

        Raises EndpointError where the other server fails, and where the counts differ in the end; UsageError where
        one graph for everything would stand beside the documents' own.
        """
        parts = list(self._parts())
        here = {part.graph for part in parts}
        if self._graph:
            self._check_alone()
        known = self._memory.read()
        there = self._counts(parts)
        wanted = [
            part
            for part in parts
            if everything or known.get(part.graph) != part.sha256 or there.get(part.graph, 0) != part.triples
        ]
        gone = sorted((known.keys() | self._removed()) - here)
        done = 0
        try:
            for done, part in enumerate(wanted):
                if progress:
                    progress(done, len(wanted))
                self._memory.forget(part.graph)
                self._target.replace(part.graph, self._lines(part.graph))
                self._memory.remember(part.graph, part.sha256)
            for graph in gone:
                self._target.drop(graph)
                self._memory.forget(graph)
        except EndpointError as error:
            raise EndpointError(
                f"{error}\n{done} of {len(wanted)} graphs were sent; the same command goes on from there"
            ) from error
        triples = self._verify(parts, gone)
        self._memory.forget_gone()
        self._memory.read()  # which leaves no word of graphs that are gone
        return Pushed(len(parts), len(wanted), len(gone), triples)

    def _removed(self) -> set[str]:
        """The graphs there of documents that were removed here, of whose names only digests are left."""
        digests = self._memory.gone
        if not digests:
            return set()
        rows = self._endpoint.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        assert isinstance(rows, ox.QuerySolutions)
        names = {self._endpoint.cell(row, "g") for row in rows if any(each is not None for each in row)}
        return {name for name in names if hidden(name) in digests}

    def _check_alone(self) -> None:
        """Raises UsageError where the documents' graphs are there one by one: each fact would be there twice."""
        single = [Part(graph, "", 0) for graph in self._named() if graph != self._graph]
        if there := self._counts(single):
            raise UsageError(
                f"{self._endpoint.address}: holds {len(there)} of the documents' graphs one by one, such as "
                f"{min(there)}; with --graph each fact would be there twice: leave --graph out, or remove them there"
            )

    def _named(self) -> list[str]:
        """The graphs of documents and of what is concluded."""
        made = inferred_graph(self._store.base)
        named = (each for each in self._store.oxigraph.named_graphs() if isinstance(each, ox.NamedNode))
        return sorted(graph.value for graph in named if graph != made)

    def _parts(self) -> Iterator[Part]:
        for graph in [self._graph] if self._graph else self._named():
            digest, count = hashlib.sha256(), 0
            for line in self._lines(graph):
                digest.update(line)
                count += 1
            yield Part(graph, digest.hexdigest(), count)

    def _lines(self, graph: str) -> Iterator[bytes]:
        """The triples of a graph as sorted lines of N-Triples."""
        source = ox.NamedNode(graph)
        store = self._store
        quads = store.quads() if self._graph else store.oxigraph.quads_for_pattern(None, None, None, source)
        yield from (f"{triple} .\n".encode() for triple in sorted({str(quad.triple) for quad in quads}))

    def _counts(self, parts: Sequence[Part], removed: Sequence[str] = ()) -> dict[str, int]:
        """How many triples the other store holds of each graph."""
        graphs = [*(part.graph for part in parts), *removed]
        found: dict[str, int] = {}
        for start in range(0, len(graphs), _BATCH):
            names = " ".join(str(ox.NamedNode(graph)) for graph in graphs[start : start + _BATCH])
            asked = (
                f"SELECT ?g (COUNT(*) AS ?n) WHERE {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g"
            )
            rows = self._endpoint.query(asked)
            assert isinstance(rows, ox.QuerySolutions)
            for row in rows:
                if any(each is not None for each in row):  # some give an empty row for no groups
                    found[self._endpoint.cell(row, "g")] = self._endpoint.number(row, "n")
        return found

    def _verify(self, parts: Sequence[Part], removed: Sequence[str]) -> int:
        there = self._counts(parts, removed)
        wrong = [(part.graph, part.triples) for part in parts if there.get(part.graph, 0) != part.triples]
        wrong += [(graph, 0) for graph in removed if there.get(graph)]
        for graph, _ in wrong:
            self._memory.forget(graph)
        if wrong:
            graph, triples = wrong[0]
            raise EndpointError(
                f"{self._endpoint.address}: {len(wrong)} graphs have another number of triples than here, such as"
                f" {graph}: {there.get(graph, 0)} there, {triples} here; push again, or see that server's log"
            )
        return sum(part.triples for part in parts)
