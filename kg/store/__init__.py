"""Step 6: the graph on disk (or in memory), with each document's text and findings beside it.

    with Store.open(".kg") as store:             # or Store.open(":memory:"); base= for a new store
        store.keep(findings)                     # one document's findings and text
        facts = resolve(store.findings(), store.held())
        store.write(facts)                       # every document graph that changed, and the identity graph
        store.query("SELECT ..."); store.quads(); store.documents(); store.text(slug); store.forget(slug)

`replace`, `remove` and `replace_identity` are the verbs below these. One process at a time may write. What is written
within `with store.whole():` is seen by others, and outlives a crash, as a whole or not at all; each verb is whole by
itself. `states.py` tells how.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.collector import paused
from kg.errors import StoreError
from kg.rdf.graphs import document_iri, identity_graph, inferred_graph
from kg.rdf.namespaces import PREFIXES
from kg.rdf.sparql import has_dataset
from kg.store.documents import DOCUMENTS, StoredDocument, stored
from kg.store.holding import DOUBTS, MEMORY
from kg.store.noting import Noting
from kg.store.shelf import Kept
from kg.store.states import REVISION
from kg.store.states import present as present

if TYPE_CHECKING:
    from kg.model import Doubt, Facts, Findings
    from kg.rdf import Anchor, Description
    from kg.store.sketch import Sketch

__all__ = ["MEMORY", "Store", "StoredDocument", "present"]
_BULK = 20_000
"""Quads beyond which they are loaded in bulk: a transaction's time grows faster than its size."""


class Store(Noting):
    """An open store. Use `Store.open`, and close it, or use it in a `with` statement."""

    # Graphs

    def replace(self, document: str, quads: Iterable[ox.Quad]) -> bool:
        """Put `quads` in place of the graph that bears the document's IRI; whether that changed anything.

        Raises StoreError for a quad of another graph.
        """
        return self._put(ox.NamedNode(document), quads)

    def replace_identity(self, quads: Iterable[ox.Quad]) -> bool:
        """Put `quads` in place of the graph of conclusions; whether that changed anything."""
        return self._put(identity_graph(self.base), quads)

    def remove(self, document: str) -> bool:
        """Remove the graph that bears the document's IRI; whether there was one."""
        graph = ox.NamedNode(document)
        old = set(self.oxigraph.quads_for_pattern(None, None, None, graph))
        if old:
            with self._counted(old, ()) as oxigraph:
                oxigraph.remove_graph(graph)
        return bool(old)

    @contextmanager
    def changing(self) -> Iterator[ox.Store]:
        """The Oxigraph store itself to be written to, as one whole change: for what the verbs here cannot say."""
        with self.whole():
            if self.changes:
                self.changes.lose()
            with self._counted((), ()) as oxigraph:
                yield oxigraph

    @contextmanager
    def _counted(self, removed: Iterable[ox.Quad], added: Iterable[ox.Quad]) -> Iterator[ox.Store]:
        """The same where it is known which quads go and come."""
        with self.whole():
            self.to_write()
            yield self.oxigraph
            if self.changes:
                self.changes.count(removed, added)
            self._changed()

    def _put(self, graph: ox.NamedNode, quads: Iterable[ox.Quad], subjects: Iterable[str] | None = None) -> bool:
        """Put `quads` in place of a graph, or of what it tells of some subjects."""
        new = set(quads)
        if stray := next((quad for quad in new if quad.graph_name != graph), None):
            raise StoreError(f"{graph.value}: a quad of the graph {stray.graph_name} does not belong here")
        wanted = [None] if subjects is None else map(ox.NamedNode, sorted(subjects))
        old = {quad for each in wanted for quad in self.oxigraph.quads_for_pattern(each, None, None, graph)}
        if old == new:
            return False
        removed, added = old - new, new - old
        with self._counted(removed, added) as oxigraph:
            for quad in removed:
                oxigraph.remove(quad)
            (oxigraph.bulk_extend if len(added) > _BULK else oxigraph.extend)(added)
        return True

    def _changed(self) -> None:
        self._held = None
        self._tell(REVISION, secrets.token_hex(8))

    # Documents

    def keep(self, findings: Findings) -> None:
        """Keep one document's findings and text, in place of those of the same slug."""
        from kg.resolve.copies import signed
        from kg.store.findings import to_json

        with paused():
            packed = to_json(signed(findings))
        self.keep_packed(findings.document.slug, findings.document.text, packed)

    def keep_packed(self, slug: str, text: str, packed: str) -> None:
        """The same for findings that `to_json` has packed; nothing is done where the same are kept already."""
        from kg.store.findings import HEAD, key_of

        self._shelf.put(slug, key_of(packed[:HEAD]), text, packed)

    def key(self, slug: str) -> str:
        """The key with which a document's findings were packed, "" where there are none."""
        return self._shelf.key(slug)

    @property
    def kept(self) -> Mapping[str, Kept]:
        """What is kept of each document, in a fixed order."""
        return {name: self._shelf.kept[name] for name in sorted(self._shelf.kept)}

    @property
    def concluded(self) -> bool:
        """Whether the graphs hold what the kept findings and the judgements say.

        Not so from the first `keep` to the end of `write`, nor where this version of kg would join or describe them
        otherwise.
        """
        from kg import engine

        return not self._shelf.pending and self._concluded == engine.conclusions(self.judgements)

    def forget(self, slug: str) -> bool:
        """Remove a document's findings, text and graph; whether it was there. `write` renews the conclusions."""
        with self.whole():
            known = self._shelf.drop(slug)
            return self.remove(document_iri(self.base, slug).value) or known

    @property
    def removal(self) -> tuple[str, ...]:
        """The documents whose removal was begun and has not come to its end."""
        return self._shelf.removal

    def mark_removal(self, slugs: Iterable[str]) -> None:
        """Note that documents are to be removed, until their removal has come to its end; () when it has."""
        self._shelf.mark_removal(tuple(slugs))

    def findings(self) -> Iterator[Findings]:
        """The findings of every document, in a fixed order; StoreError for a file that cannot be read."""
        yield from (self.findings_of(one.slug) for one in self.kept.values())

    def findings_of(self, slug: str) -> Findings:
        """The findings of one document, as they were found; StoreError for a document that the store lacks."""
        from kg.store.findings import from_json

        packed, text = self._shelf.findings(slug), self._shelf.text(slug)
        if packed is None or text is None:
            raise StoreError(f"{self.place}: the text or the findings of {slug!r} are missing; build that document")
        return from_json(packed, text, f"{self.place}: {slug}")

    def text(self, slug: str) -> str:
        """A document's text as it was read; StoreError for a document that the store lacks."""
        text = self._shelf.text(slug)
        if text is None:
            raise StoreError(f"{self.place}: no text of {slug!r} is kept here; build that document")
        return text

    def documents(self) -> tuple[StoredDocument, ...]:
        """The documents in the graph, in the order of their slugs."""
        return stored(self.query(DOCUMENTS), self.base)

    # All of it

    def held(self) -> Mapping[Anchor, str]:
        """The keys in use, by what they stand for: `resolve` and `describe` let no namesake take one away.

        Read once and kept until the graph changes.
        """
        from kg.store.anchors import ANCHORS, anchors

        if self._held is None:
            self._held = anchors(self.query(ANCHORS), self.base)
        return self._held

    def write(self, facts: Facts) -> int:
        """Describe facts and replace each graph that differs; the number of document graphs that changed.

        Graphs of documents that the facts lack stay; inferences are removed where something changed.
        """
        from kg.rdf.description import Description

        return self.describe(Description(facts, self.base, self.held()), facts.wishes, facts.doubts)

    def describe(
        self,
        description: Description,
        slugs: Iterable[str],
        doubts: tuple[Doubt, ...],
        sketch: Sketch | None = None,
    ) -> int:
        """The same where only the graphs of some documents can differ. A new store is loaded in bulk.

        A `sketch` of the conclusions tells of which subjects they can differ.
        """
        from kg import engine
        from kg.store.findings import doubts_to_json

        graphs = [(slug, document_iri(self.base, slug)) for slug in slugs]
        with self.whole():
            if next(self.oxigraph.quads_for_pattern(None, None, None, None), None) is None:
                changed = self._load(description, graphs)
            else:
                changed = sum(self.replace(iri.value, description.document(slug)) for slug, iri in graphs)
                if sketch is None or sketch.subjects is None:
                    concluded = self.replace_identity(description.identity())
                else:
                    concluded = self._put(identity_graph(self.base), sketch.quads, sketch.subjects)
                if concluded or changed:
                    self.remove(inferred_graph(self.base).value)
            self._tell(DOUBTS, doubts_to_json(doubts))
            self._settled = engine.conclusions(self.judgements)
        return changed

    def _load(self, description: Description, graphs: Sequence[tuple[str, ox.NamedNode]]) -> int:
        """Write a new graph through the bulk loader, document by document: memory does not grow with their number."""
        documents = (quad for slug, _ in graphs for quad in description.document(slug))
        with self.changing() as oxigraph:
            oxigraph.bulk_extend(chain(documents, description.identity()))
        return len(graphs)

    def doubts(self) -> tuple[Doubt, ...]:
        """The pairs that people may decide, as of the last `write`, the least certain first."""
        from kg.store.findings import doubts_from_json

        return doubts_from_json(self._beside(DOUBTS) or "[]", f"{self.place}: {DOUBTS}")

    def query(
        self, text: str, substitutions: Mapping[ox.Variable, ox.NamedNode | ox.Literal] | None = None
    ) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """The answer of a SPARQL query over all graphs as one, or over those that it names itself with FROM.

        `kg.rdf.PREFIXES` need no declaration. Raises SyntaxError for no query, OSError where the disk fails.
        """
        return self.oxigraph.query(
            text,
            base_iri=self.base,
            prefixes=dict(PREFIXES),
            use_default_graph_as_union=not has_dataset(text),
            substitutions=dict(substitutions) if substitutions else None,
        )

    def quads(self, *, inferred: bool = False) -> Iterator[ox.Quad]:
        """Every quad, in no order; the graph of inferences only if asked for."""
        whole = self.oxigraph.quads_for_pattern(None, None, None, None)
        left_out = inferred_graph(self.base)
        return whole if inferred else (quad for quad in whole if quad.graph_name != left_out)
