"""What the graph says of one node: as triples; and how large the graph is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox

from kg.rdf.namespaces import PREFIXES
from kg.serve.answers import Sink, TooLargeError
from kg.serve.negotiation import GRAPHS, best
from kg.serve.reply import Reply, refusal
from kg.serve.settings import Settings
from kg.stats import counts
from kg.store import Store

FOLDERS = (
    *("person", "party", "organisation", "place", "source", "document", "meeting", "occasion", "statement"),
    *("tenure", "office", "role", "form", "medium", "graph"),
)
"""The folders below the base in which instances live."""
_MOST = 20_000
_DATA = f"""CONSTRUCT {{ ?node ?p ?o . ?s ?q ?node . ?other ?r ?words }} WHERE {{
  VALUES ?node {{ %s }}
  {{ ?node ?p ?o BIND(?o AS ?other) }} UNION {{ ?s ?q ?node BIND(?s AS ?other) }}
  OPTIONAL {{
    VALUES ?r {{ rdf:type rdfs:label skos:prefLabel wm:exact wm:start wm:end wm:passageOf dcterms:identifier }}
    ?other ?r ?words
  }}
}} LIMIT {_MOST}"""


def data(store: Store, settings: Settings, asked: Mapping[str, Any]) -> Reply:
    """The triples from and to the node `iri`, with what names its neighbours; 404 where there are none."""
    try:
        node = ox.NamedNode(asked["iri"])
    except ValueError:
        return refusal(404, f"{asked['iri']} is no IRI")
    offer = best(asked.get("accept"), GRAPHS)
    if offer is None:
        return refusal(406, f"a node is described as {', '.join(each.media for each in GRAPHS)}")
    answer = store.query(_DATA % node)
    assert isinstance(answer, ox.QueryTriples)
    triples = sorted(set(answer), key=str)
    if not triples:
        return refusal(404, f"{node.value} is not in the graph")
    sink = Sink(settings.answer)
    assert isinstance(offer.form, ox.RdfFormat)
    try:
        ox.serialize(triples, sink, offer.form, prefixes=dict(PREFIXES))
    except TooLargeError:
        return refusal(503, f"{node.value} is told of too often; ask for a part of it in SPARQL")
    return Reply(200, offer.header, sink.getvalue(), {"Vary": "Accept"})


def statistics(store: Store, settings: Settings, asked: Mapping[str, Any]) -> Reply:
    """The graph's base, its size and its named graphs, as JSON: for the service description and the first page."""
    rows = store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g")
    assert isinstance(rows, ox.QuerySolutions)
    graphs = {row["g"].value: int(row["n"].value) for row in rows}
    told = {"base": store.base, "graphs": graphs, "counts": counts(store)}
    return Reply(200, "application/json", json.dumps(told).encode())
