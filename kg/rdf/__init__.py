"""Step 5: facts in, quads out. Every IRI is minted here, and every fact shows its evidence.

describe(facts)                 all quads: each document's graph, then the graph of conclusions
Description(facts, base, held)  the same piecewise: .documents() names the graphs, .document(slug), .identity()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.rdf.graphs import document_iri, identity_graph
from kg.rdf.namespaces import BASE, PREFIXES, prologue, term

if TYPE_CHECKING:
    from kg.rdf.description import Description as Description
    from kg.rdf.description import Keys as Keys
    from kg.rdf.description import describe as describe
    from kg.resolve.keys import Anchor as Anchor
    from kg.resolve.keys import Held as Held

__all__ = [
    "BASE",
    "PREFIXES",
    "Anchor",
    "Description",
    "Held",
    "Keys",
    "describe",
    "document_iri",
    "identity_graph",
    "prologue",
    "term",
]


def __getattr__(name: str) -> Any:
    """What describes facts is loaded at its first use: who only asks the graph need not wait for it."""
    if name in ("Anchor", "Held"):
        from kg.resolve import keys

        return getattr(keys, name)
    if name in __all__:
        from kg.rdf import description

        return getattr(description, name)
    raise AttributeError(f"module 'kg.rdf' has no attribute {name!r}")
