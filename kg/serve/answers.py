"""Runs a query of the SPARQL protocol and writes the answer in the format that was asked for."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from kg.rdf.namespaces import PREFIXES
from kg.rdf.sparql import has_dataset, services
from kg.serve.negotiation import GRAPHS, RESULTS, Offer, best
from kg.serve.reply import Reply, refusal
from kg.serve.settings import MEGABYTE, Settings
from kg.store import Store

_VARY = {"Vary": "Accept"}


class TooLargeError(Exception):
    """An answer of more bytes than allowed."""


class Sink(io.BytesIO):
    """Takes bytes up to a limit; raises TooLargeError beyond it."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        """Take bytes."""
        if self.tell() + len(data) > self._most:
            raise TooLargeError
        return super().write(data)


def sparql(store: Store, settings: Settings, asked: Mapping[str, Any]) -> Reply:
    """The answer to `query` over the graphs `default` and `named`, all as one where neither is given.

    400 for what is no query, 403 for a SERVICE that is not allowed, 406 where `accept` takes no format of the answer,
    503 for an answer that is too large.
    """
    text = asked["query"]
    for address in services(text):
        if address not in settings.services:
            return refusal(403, f"SERVICE {address}: this server calls no other; ask that one yourself")
    try:
        answer = store.oxigraph.query(text, base_iri=store.base, prefixes=dict(PREFIXES), **_dataset(text, asked))
    except SyntaxError as error:
        return refusal(400, f"no SPARQL query: {error}")
    except ValueError as error:
        return refusal(400, f"a graph's name is no IRI: {error}")
    offers = GRAPHS if isinstance(answer, ox.QueryTriples) else RESULTS
    offer = best(asked.get("accept"), offers)
    if offer is None:
        listed = ", ".join(each.media for each in offers)
        return refusal(406, f"this query is answered as {listed}; name one of them in the Accept header")
    return written(answer, offer, settings.answer)


def _dataset(text: str, asked: Mapping[str, Any]) -> dict[str, Any]:
    """The graphs of the request, before those of the query, before the union of all."""
    default, named = asked.get("default") or (), asked.get("named") or ()
    if default or named:
        return {
            "default_graph": [ox.NamedNode(each) for each in default],
            "named_graphs": [ox.NamedNode(each) for each in named],
        }
    return {} if has_dataset(text) else {"use_default_graph_as_union": True}


def written(answer: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, offer: Offer, most: int) -> Reply:
    """An answer in a format; 503 where it is larger than `most` bytes or calls a server that fails."""
    sink = Sink(most)
    try:
        if isinstance(answer, ox.QueryTriples):
            assert isinstance(offer.form, ox.RdfFormat)
            ox.serialize(answer, sink, offer.form, prefixes=dict(PREFIXES))
        else:
            assert isinstance(offer.form, ox.QueryResultsFormat)
            answer.serialize(sink, offer.form)
    except TooLargeError:
        return refusal(503, f"the answer is larger than {most / MEGABYTE:g} MB; add a LIMIT or ask for less")
    except OSError as error:
        return refusal(500, f"the query cannot be answered: {error}")
    return Reply(200, offer.header, sink.getvalue(), _VARY)
