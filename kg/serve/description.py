"""The SPARQL 1.1 Service Description of the endpoint."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pyoxigraph as ox

from kg.rdf.namespaces import PREFIXES
from kg.serve.negotiation import Offer
from kg.serve.reply import Reply, refusal

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "N-Triples", "JSON-LD", "RDF_XML"),
)


def service(address: str, statistics: bytes, offer: Offer) -> Reply:
    """The description of the service at an address; `statistics` is what the task of that name gives."""
    told = json.loads(statistics)
    try:
        ox.NamedNode(address)
    except ValueError:
        return refusal(400, "the Host header gives no address")
    assert isinstance(offer.form, ox.RdfFormat)
    prefixes = {**PREFIXES, "sd": _SD, "void": _VOID}
    body = ox.serialize(_triples(address, told["graphs"]), format=offer.form, prefixes=prefixes)
    return Reply(200, offer.header, body or b"", {"Vary": "Accept"})


def _triples(address: str, graphs: dict[str, int]) -> Iterator[ox.Triple]:
    a = ox.NamedNode(_RDF + "type")

    def named(part: str) -> ox.NamedNode:
        return ox.NamedNode(f"{address}#{part}")

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(_SD + name)

    endpoint, dataset, default = ox.NamedNode(address), named("dataset"), named("default")
    yield ox.Triple(endpoint, a, sd("Service"))
    yield ox.Triple(endpoint, sd("endpoint"), endpoint)
    yield ox.Triple(endpoint, sd("supportedLanguage"), sd("SPARQL11Query"))
    yield ox.Triple(endpoint, sd("feature"), sd("UnionDefaultGraph"))
    for name in _RESULTS:
        yield ox.Triple(endpoint, sd("resultFormat"), ox.NamedNode(_FORMATS + name))
    yield ox.Triple(endpoint, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, a, sd("Dataset"))
    yield ox.Triple(dataset, sd("defaultGraph"), default)
    yield ox.Triple(default, a, sd("Graph"))
    for number, (graph, size) in enumerate(sorted(graphs.items()), 1):
        node, content = named(f"graph{number}"), named(f"graph{number}-content")
        yield ox.Triple(dataset, sd("namedGraph"), node)
        yield ox.Triple(node, a, sd("NamedGraph"))
        yield ox.Triple(node, sd("name"), ox.NamedNode(graph))
        yield ox.Triple(node, sd("graph"), content)
        yield ox.Triple(content, a, sd("Graph"))
        yield ox.Triple(content, ox.NamedNode(_VOID + "triples"), ox.Literal(size))
