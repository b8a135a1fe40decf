"""Is each thing one node, and each name of the vocabulary one that exists?"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.check.findings import Finding, short
from kg.data import folder
from kg.rdf.namespaces import PREFIXES, prologue, term

_TWINS = """
SELECT DISTINCT ?node ?other ?same ?link WHERE {
    VALUES ?link { owl:sameAs skos:exactMatch }
    ?node ?link ?same . ?other ?link ?same FILTER(STR(?node) < STR(?other))
}
"""
_SPLIT = """
SELECT DISTINCT ?node ?one ?other WHERE {
    ?node owl:sameAs ?one , ?other FILTER(STR(?one) < STR(?other))
    FILTER(REPLACE(STR(?one), "[^/]*$", "") = REPLACE(STR(?other), "[^/]*$", ""))
}
"""
_ORDER = """
SELECT ?node (COUNT(DISTINCT ?tenure) AS ?all) (COUNT(DISTINCT ?position) AS ?places) (MAX(?position) AS ?last) WHERE {
    ?node a wm:Office ; wm:tenure ?tenure . ?tenure wm:position ?position
} GROUP BY ?node
"""
_TYPE = term("rdf:type")


def doubtful(graph: ox.Store) -> Iterator[Finding]:
    """Two nodes for one thing, one node for two things, and offices whose tenures stand in no order."""
    for row in _rows(graph, _TWINS):
        link = short(row["link"].value)
        message = f"{link} leads to the same thing from {row['other'].value}: one thing, two nodes."
        yield Finding("identity", row["node"].value, message, link, row["same"].value)
    for row in _rows(graph, _SPLIT):
        message = f"owl:sameAs leads to two things of one source: {row['one'].value} as well."
        yield Finding("identity", row["node"].value, message, "owl:sameAs", row["other"].value)
    for row in _rows(graph, _ORDER):
        if not row["all"].value == row["places"].value == row["last"].value:
            message = "The positions of the office's tenures do not count from 1 without a gap."
            yield Finding("identity", row["node"].value, message, "wm:position", row["last"].value)


def unknown_terms(graph: ox.Store) -> Iterator[Finding]:
    """Names in our namespace that the ontology does not declare: misspelt, or of another version."""
    known = {quad.subject for quad in ox.parse(path=str(folder("ontology") / "whomet.ttl"))}
    told: set[ox.NamedNode] = set()
    for quad in graph:
        for node in (quad.predicate, quad.object):
            if (
                isinstance(node, ox.NamedNode)
                and node.value.startswith(PREFIXES["wm"])
                and node.value != PREFIXES["wm"]  # the vocabulary as a whole: void:vocabulary
                and node not in known
                and node not in told
            ):
                told.add(node)
                name = short(node.value)
                subject = quad.subject.value if isinstance(quad.subject, ox.NamedNode) else str(quad.subject)
                path = "rdf:type" if quad.predicate == _TYPE else short(quad.predicate.value)
                yield Finding(
                    "term", subject, f"The vocabulary has no {name}; see whomet.ttl for its terms.", path, name
                )


def _rows(graph: ox.Store, text: str) -> ox.QuerySolutions:
    answer = graph.query(prologue() + text, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    return answer
