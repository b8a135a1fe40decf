"""Step 5: facts in, quads out. Every IRI is minted here, and every fact shows its evidence.

describe(facts)                 all quads: each document's graph, then the graph of conclusions
Description(facts, base, held)  the same piecewise: .documents() names the graphs, .document(slug), .identity()
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg.model import Facts
from kg.rdf.account import Account
from kg.rdf.identity import Conclusions
from kg.rdf.iris import Minter, document_iri, identity_graph
from kg.rdf.namespaces import BASE, PREFIXES, prologue, term
from kg.resolve.keys import Anchor, Held

__all__ = [
    "BASE", "PREFIXES", "Anchor", "Description", "Held",
    "describe", "document_iri", "identity_graph", "prologue", "term",
]  # fmt: skip


class Description:
    """The graphs of some facts, made one at a time."""

    def __init__(self, facts: Facts, base: str = BASE, held: Held | None = None) -> None:
        self._facts, self.base = facts, base
        self._findings = {one.document.slug: one for one in facts.findings}
        self._minter = Minter(facts, base, held)

    def documents(self) -> Iterator[tuple[str, NamedNode]]:
        """Each document's slug and IRI."""
        for slug in self._findings:
            yield slug, document_iri(self.base, slug)

    def document(self, slug: str) -> Iterator[Quad]:
        """The quads of one document's graph; KeyError for a slug that the facts lack."""
        return Account(self._facts, self._findings[slug], self._minter).quads()

    def identity(self) -> Iterator[Quad]:
        """The quads of the graph of conclusions."""
        return Conclusions(self._facts, self._minter).quads()


def describe(facts: Facts, base: str = BASE, held: Held | None = None) -> Iterator[Quad]:
    """The quads of all facts, in named graphs.

    `held` gives the keys that a store holds (`Store.held()`), so that no namesake takes one away.
    """
    description = Description(facts, base, held)
    for slug, _ in description.documents():
        yield from description.document(slug)
    yield from description.identity()
