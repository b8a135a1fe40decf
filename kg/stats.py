"""How much a graph holds."""

from __future__ import annotations

import pyoxigraph as ox

from kg.lookup import Source

KINDS = (
    ("documents", "Document"),
    ("people", "Person"),
    ("parties", "Party"),
    ("organisations", "Organisation"),
    ("places", "Place"),
    ("unnamed sources", "AnonymousSource"),
    ("meetings", "Meeting"),
    ("occasions", "Occasion"),
    ("statements", "Statement"),
    ("tenures", "Tenure"),
    ("offices", "Office"),
    ("passages", "Passage"),
)
_COUNT = """
PREFIX wm: <https://w3id.org/whomet#>
SELECT ?type (COUNT(DISTINCT ?node) AS ?count) WHERE {
    ?node a ?type FILTER(?type != wm:Organisation || NOT EXISTS { ?node a wm:Party })
} GROUP BY ?type
"""


def counts(source: Source) -> dict[str, int]:
    """The number of nodes of each kind, in the order of `KINDS`; meetings are accounts, occasions what they tell of."""
    answer = source.query(_COUNT)
    assert isinstance(answer, ox.QuerySolutions)
    found = {row["type"].value.rpartition("#")[2]: int(row["count"].value) for row in answer}
    return {name: found.get(kind, 0) for name, kind in KINDS}
