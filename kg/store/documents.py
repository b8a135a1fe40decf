"""The documents in a store's graph."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox

from kg.rdf.graphs import document_slug

DOCUMENTS = """
SELECT ?document ?name ?title ?sha256 ?publisher ?issued WHERE {
    ?document a wm:Document ; dcterms:identifier ?name ; dcterms:title ?title ; wm:sha256 ?sha256 .
    OPTIONAL { ?document dcterms:publisher ?publisher } OPTIONAL { ?document dcterms:issued ?issued }
}"""
"""The query whose rows `stored` reads."""


class StoredDocument(NamedTuple):
    """A document that a store holds; `issued` is EDTF, `sha256` the digest of its file."""

    iri: str
    slug: str
    name: str
    title: str
    sha256: str
    publisher: str | None
    issued: str | None


def stored(rows: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, base: str) -> tuple[StoredDocument, ...]:
    """The documents in the order of their slugs."""
    found = {}
    for row in rows:  # type: ignore[union-attr]
        iri, name, title, sha256 = (row[key].value for key in ("document", "name", "title", "sha256"))
        publisher, issued = (row[key].value if row[key] else None for key in ("publisher", "issued"))
        found[iri] = StoredDocument(iri, document_slug(base, iri), name, title, sha256, publisher, issued)
    return tuple(sorted(found.values(), key=lambda document: document.slug))
