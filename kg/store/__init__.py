"""Step 6: the graph on disk (or in memory), with each document's text and findings beside it.

    with Store.open(".kg") as store:             # or Store.open(":memory:"); base= for a new store
        store.keep(findings)                     # one document's findings and text
        facts = resolve(store.findings(), store.held())
        store.write(facts)                       # every document graph that changed, and the identity graph
        store.query("SELECT ..."); store.quads(); store.documents(); store.text(slug); store.forget(slug)

`replace`, `remove` and `replace_identity` are the verbs below these. One process at a time may write.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import pyoxigraph as ox

from kg import engine
from kg.collector import paused
from kg.errors import StoreError
from kg.model import Doubt, Facts, Findings
from kg.rdf import Anchor, Description
from kg.rdf.iris import checked_base, document_iri, document_slug, identity_graph, inferred_graph
from kg.rdf.namespaces import BASE, PREFIXES
from kg.rdf.sparql import has_dataset
from kg.resolve.copies import signed
from kg.store.anchors import ANCHORS, anchors
from kg.store.files import REVISION, Disk, Memory, Shelf, check_marker, judgements_at, name_of
from kg.store.findings import HEAD, doubts_from_json, doubts_to_json, from_json, key_of, to_json
from kg.store.opening import graph_at
from kg.store.scrub import copied, swap

MEMORY = ":memory:"
_BULK = 20_000
"""Quads beyond which they are loaded in bulk: a transaction's time grows faster than its size."""
_DOCUMENTS = """
SELECT ?document ?name ?title ?sha256 ?publisher ?issued WHERE {
    ?document a wm:Document ; dcterms:identifier ?name ; dcterms:title ?title ; wm:sha256 ?sha256 .
    OPTIONAL { ?document dcterms:publisher ?publisher } OPTIONAL { ?document dcterms:issued ?issued }
}"""


class StoredDocument(NamedTuple):
    """A document that a store holds; `issued` is EDTF, `sha256` the digest of its file."""

    iri: str
    slug: str
    name: str
    title: str
    sha256: str
    publisher: str | None
    issued: str | None


class Store:
    """An open store. Use `Store.open`, and close it, or use it in a `with` statement."""

    def __init__(self, graph: ox.Store, shelf: Shelf, base: str, place: str, judgements: Path | None = None) -> None:
        self._graph: ox.Store | None = graph
        self._shelf = shelf
        self.base = base
        self.place = place
        self.read_only = False
        self.judgements = judgements
        """The file of what people decided, which need not be there; None for a store in memory without one."""
        self._held: Mapping[Anchor, str] | None = None

    @classmethod
    def open(
        cls,
        place: str | Path = ".kg",
        base: str | None = None,
        *,
        read_only: bool = False,
        judgements: str | Path | None = None,
    ) -> Store:
        """The store in a folder, made when it is not there; ":memory:" for one that is gone at the end.

        `base` is for a new store and must agree with an old one's. `read_only` opens a store beside another
        process that has it open; it sees what was written before. `judgements` is the file of what people decided,
        which the store remembers; by default it stands beside the store. Raises StoreError where the folder is no
        store, of another format or base, cannot be read, or is in use by another process.
        """
        if base:
            checked_base(base)
        if str(place) == MEMORY:
            return cls(ox.Store(), Memory(), base or BASE, MEMORY, Path(judgements) if judgements else None)
        folder = Path(place)
        if read_only and not folder.exists():
            raise StoreError(f"{folder}: there is no store yet; make one with 'kg build'")
        held = check_marker(folder, base, BASE)
        graph = graph_at(folder, read_only=read_only)
        store = cls(graph, Disk(folder), held, str(folder), judgements_at(folder, judgements, keep=not read_only))
        store.read_only = read_only
        return store

    def close(self) -> None:
        """Write what is pending and give the folder free. A closed store raises StoreError when used."""
        self._graph = None

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def oxigraph(self) -> ox.Store:
        """The Oxigraph store itself, for rdflib (oxrdflib) and a SPARQL endpoint."""
        if self._graph is None:
            raise StoreError(f"{self.place}: this store is closed; open it again")
        return self._graph

    @property
    def revision(self) -> str:
        """Something that differs after each change of a graph: for indexes beside the store, and for caches."""
        return self._shelf.get(".", REVISION) or ""

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
        there = next(self.oxigraph.quads_for_pattern(None, None, None, graph), None) is not None
        if there:
            self._held = None
            self.oxigraph.remove_graph(graph)
            self._shelf.put(".", REVISION, secrets.token_hex(8))
        return there

    def _put(self, graph: ox.NamedNode, quads: Iterable[ox.Quad]) -> bool:
        new = set(quads)
        if stray := next((quad for quad in new if quad.graph_name != graph), None):
            raise StoreError(f"{graph.value}: a quad of the graph {stray.graph_name} does not belong here")
        old = set(self.oxigraph.quads_for_pattern(None, None, None, graph))
        if old == new:
            return False
        self._held = None
        try:
            for quad in old - new:
                self.oxigraph.remove(quad)
            added = new - old
            (self.oxigraph.bulk_extend if len(added) > _BULK else self.oxigraph.extend)(added)
        except OSError as error:
            raise StoreError(f"{self.place}: cannot be written ({error}); make room or use another --store") from error
        self._shelf.put(".", REVISION, secrets.token_hex(8))
        return True

    # Documents

    def keep(self, findings: Findings) -> None:
        """Keep one document's findings and text, in place of those of the same slug."""
        with paused():
            packed = to_json(signed(findings))
        self.keep_packed(findings.document.slug, findings.document.text, packed)

    def keep_packed(self, slug: str, text: str, packed: str) -> None:
        """The same for findings that `to_json` has packed; nothing is done where the same are kept already."""
        name = name_of(slug)
        if self._shelf.get("findings", f"{name}.json") != packed:
            self._shelf.drop("state", "concluded")
            self._shelf.put("texts", f"{name}.txt", text)
            self._shelf.put("findings", f"{name}.json", packed)

    def key(self, slug: str) -> str:
        """The key with which a document's findings were packed, "" where there are none."""
        return key_of(self._shelf.head("findings", f"{name_of(slug)}.json", HEAD))

    @property
    def concluded(self) -> bool:
        """Whether the graphs hold what the kept findings and the judgements say.

        Not so from the first `keep` to the end of `write`, nor where this version of kg would join or describe them
        otherwise.
        """
        return self._shelf.get("state", "concluded") == engine.conclusions(self.judgements)

    def forget(self, slug: str) -> bool:
        """Remove a document's findings, text and graph; whether it was there. `write` renews the conclusions."""
        name = name_of(slug)
        self._shelf.drop("state", "concluded")
        known = self._shelf.get("findings", f"{name}.json") is not None
        self._shelf.drop("findings", f"{name}.json")
        self._shelf.drop("texts", f"{name}.txt")
        return self.remove(document_iri(self.base, slug).value) or known

    def findings(self) -> Iterator[Findings]:
        """The findings of every document, in a fixed order; StoreError for a file that cannot be read."""
        yield from map(self._read, self._shelf.names("findings"))

    def findings_of(self, slug: str) -> Findings:
        """The findings of one document, as they were found; StoreError for a document that the store lacks."""
        return self._read(f"{name_of(slug)}.json")

    def _read(self, name: str) -> Findings:
        packed = self._shelf.get("findings", name)
        text = self._shelf.get("texts", name.replace(".json", ".txt"))
        where = f"{self.place}/findings/{name}"
        if packed is None or text is None:
            raise StoreError(f"{where}: the text or the findings are missing; build the documents anew")
        return from_json(packed, text, where)

    def text(self, slug: str) -> str:
        """A document's text as it was read; StoreError for a document that the store lacks."""
        text = self._shelf.get("texts", f"{name_of(slug)}.txt")
        if text is None:
            raise StoreError(f"{self.place}: no text of {slug!r} is kept here; build that document")
        return text

    def documents(self) -> tuple[StoredDocument, ...]:
        """The documents in the graph, in the order of their slugs."""
        found = {}
        for row in self.query(_DOCUMENTS):  # type: ignore[union-attr]
            iri, name, title, sha256 = (row[key].value for key in ("document", "name", "title", "sha256"))
            publisher, issued = (row[key].value if row[key] else None for key in ("publisher", "issued"))
            found[iri] = StoredDocument(iri, document_slug(self.base, iri), name, title, sha256, publisher, issued)
        return tuple(sorted(found.values(), key=lambda document: document.slug))

    # All of it

    def held(self) -> Mapping[Anchor, str]:
        """The keys in use, by what they stand for: `resolve` and `describe` let no namesake take one away.

        Read once and kept until the graph changes.
        """
        if self._held is None:
            self._held = anchors(self.query(ANCHORS), self.base)
        return self._held

    def write(self, facts: Facts) -> int:
        """Describe facts and replace each graph that differs; the number of document graphs that changed.

        Graphs of documents that the facts lack stay; inferences are removed where something changed.
        """
        description = Description(facts, self.base, self.held())
        changed = sum(self.replace(iri.value, description.document(slug)) for slug, iri in description.documents())
        if self.replace_identity(description.identity()) or changed:
            self.remove(inferred_graph(self.base).value)
        self._shelf.put("doubts", "doubts.json", doubts_to_json(facts.doubts))
        self._shelf.put("state", "concluded", engine.conclusions(self.judgements))
        return changed

    def doubts(self) -> tuple[Doubt, ...]:
        """The pairs that people may decide, as of the last `write`, the least certain first."""
        return doubts_from_json(self._shelf.get("doubts", "doubts.json") or "[]", f"{self.place}/doubts/doubts.json")

    def scrub(self) -> None:
        """Write the graph's files anew, so that no byte of what was removed stays in the folder; takes its time."""
        if self.place != MEMORY:
            folder = Path(self.place)
            copied(self.oxigraph, folder)
            self._graph = None
            swap(folder)
            self._graph = ox.Store(str(folder / "graph"))

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
