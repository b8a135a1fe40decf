"""The graphs that some facts make, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from kg.model import Facts, Findings, Local
from kg.rdf.account import Account
from kg.rdf.graphs import document_iri
from kg.rdf.identity import Conclusions
from kg.rdf.iris import Minter
from kg.rdf.namespaces import BASE
from kg.resolve.keys import Held


class Keys(NamedTuple):
    """The keys of one document's records: of its names with their folder, and of its accounts, as `wishes` lists them.

    A document's graph follows from these and from its findings alone.
    """

    names: tuple[str, ...]
    accounts: tuple[str, ...]


Look = Callable[[str], Findings]
"""Gives the findings of a document by its slug."""


class Description:
    """The graphs of some facts, made one at a time; `findings` gives a document's where the facts do not hold them."""

    def __init__(
        self,
        facts: Facts,
        base: str = BASE,
        held: Held | None = None,
        findings: Callable[[str], Findings] | None = None,
    ) -> None:
        self._facts, self.base = facts, base
        self._findings = findings or {one.document.slug: one for one in facts.findings}.__getitem__
        self._minter = Minter(facts, base, held)

    def documents(self) -> Iterator[tuple[str, NamedNode]]:
        """Each document's slug and IRI."""
        for slug in self._facts.wishes:
            yield slug, document_iri(self.base, slug)

    def keys(self, slug: str, names: Iterable[str]) -> Keys:
        """The keys of a document's records; `names` are the local ids of its entities."""
        known = (self._facts.identity_of[Local(slug, name)] for name in names)
        wanted = self._facts.wishes[slug]
        return Keys(
            tuple(f"{identity.kind.lower()}/{identity.key}" for identity in known),
            tuple(self._minter.key(wish.folder, Local(slug, wish.id)) for wish in wanted),
        )

    def document(self, slug: str) -> Iterator[Quad]:
        """The quads of one document's graph; KeyError for a slug that the facts lack."""
        return Account(self._facts, self._findings(slug), self._minter).quads()

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
