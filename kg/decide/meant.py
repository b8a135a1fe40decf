"""What people name is brought back to the records of documents: IRIs, names, NAME@DOCUMENT."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError
from kg.judgements.file import load
from kg.judgements.mend import Mender
from kg.lookup import candidates, meant
from kg.model import Local
from kg.rdf.iris import ENTITY_FOLDERS, document_iri, document_slug, local_of, split
from kg.store import Store, StoredDocument

_PASSAGES = """SELECT DISTINCT ?document ?start WHERE {
  VALUES ?node { %s } ?node %s ?passage . ?passage wm:passageOf ?document ; wm:start ?start
} ORDER BY ?document ?start"""
_NODES = """SELECT DISTINCT ?node WHERE {
  ?node (wm:mentionedIn|wm:evidence|wm:segment|(wm:account/wm:evidence))/wm:passageOf %s
}"""
_TOLD = """SELECT DISTINCT ?node WHERE {
  VALUES ?type { wm:Meeting wm:Statement wm:Tenure } ?node a ?type ; (wm:evidence|wm:segment)/wm:passageOf %s
}"""
_ACCOUNTS = "SELECT ?account WHERE { VALUES ?node { %s } ?node wm:account ?account } ORDER BY ?account"
_FACTS = {"meeting": "wm:evidence", "statement": "wm:segment", "tenure": "wm:evidence"}


class _Place(NamedTuple):
    """Where a node stands: a document's slug and an offset."""

    document: str
    start: int


def members(text: str, store: Store, where: str) -> tuple[str, Iterator[Local]]:
    """The node that a text names, and the records that it stands for, document by document.

    Raises QueryError for what is not in the graph, and, when the records are asked for, where there are none.
    """
    name, document = _split(text, store, where)
    if document is None:
        node = meant(name, "node", store, where)
        return node.value, _found(node, None, store, where)
    node = meant(name, "node", store, f"{where}: {document.name}", within=_told(document.iri, store))
    return node.value, _found(node, document.slug, store, where)


def fact(text: str, store: Store, where: str) -> Local:
    """The meeting, statement or tenure that an IRI or a label names. Raises QueryError for anything else."""
    node = meant(text, "node", store, where)
    if split(store.base, node.value)[0] not in _FACTS:
        raise QueryError(f"{where}: <{node.value}> is no meeting, statement or tenure; `kg explain` shows their IRIs")
    return next(_found(node, None, store, where))


def facts_of(document: str, store: Store) -> frozenset[str]:
    """The IRIs of the meetings, statements and tenures that a document tells, from its slug."""
    rows = store.query(_TOLD % document_iri(store.base, document))
    return frozenset(row["node"].value for row in rows)  # type: ignore[union-attr]


def _split(text: str, store: Store, where: str) -> tuple[str, StoredDocument | None]:
    """NAME@DOCUMENT as its parts; the whole text where it is an IRI or something is called so.

    Raises QueryError for a document that is not there, and for a name that several documents bear.
    """
    name, at, document = text.rpartition("@")
    if not at or not name.strip():
        return text, None
    found = {each.slug: each for each in store.documents() if document in (each.slug, each.name, each.iri)}
    if len(found) == 1:
        return name, next(iter(found.values()))
    if found:
        listed = ", ".join(sorted(found))
        raise QueryError(f"{where}: {document!r} may be any of {len(found)} documents; name one of {listed}")
    if "://" in text or candidates(text, "node", store):
        return text, None
    raise QueryError(f"{where}: there is no document {document!r} here; name one by its file's name, as NAME@DOCUMENT")


def _told(document: str, store: Store) -> frozenset[str]:
    """The nodes that a document tells of."""
    rows = store.query(_NODES % ox.NamedNode(document))
    return frozenset(row["node"].value for row in rows)  # type: ignore[union-attr]


def _found(node: ox.NamedNode, document: str | None, store: Store, where: str) -> Iterator[Local]:
    folder, key = split(store.base, node.value)
    if folder == "occasion":
        for row in store.query(_ACCOUNTS % node):  # type: ignore[union-attr]
            yield from _found(row["account"], document, store, where)
        return
    if folder == "document" and "#char=" in node.value:
        start = int(node.value.partition("#char=")[2].partition(",")[0])
        places = [_Place(document_slug(store.base, node.value), start)]
    else:
        places = list(_places(node, _FACTS.get(folder, "wm:mentionedIn"), store))
    if document is not None:
        places = [place for place in places if place.document == document]
    found = False
    for slug in dict.fromkeys(place.document for place in places):
        starts = [place.start for place in places if place.document == slug]
        local = _account(folder, key, slug, starts[0], store) if folder in _FACTS else _entity(slug, starts, store)
        if local:
            found = True
            yield local
    if not found and next(store.oxigraph.quads_for_pattern(node, None, None, None), None) is None:
        told = "not in the graph, or not any more: a correction or a build may have given it another IRI"
        raise QueryError(f"{where}: <{node.value}> is {told}; `kg explain` shows the IRIs of now")
    if not found:
        kinds = ", ".join((*sorted(ENTITY_FOLDERS), *_FACTS))
        raise QueryError(f"{where}: <{node.value}> stands for nothing that can be judged; name one of {kinds}")


def _places(node: ox.NamedNode, path: str, store: Store) -> Iterator[_Place]:
    for row in store.query(_PASSAGES % (node, path)):  # type: ignore[union-attr]
        yield _Place(document_slug(store.base, row["document"].value), int(row["start"].value))


def _entity(slug: str, starts: list[int], store: Store) -> Local | None:
    for entity in store.findings_of(slug).entities:
        if any(mention.span.start in starts for mention in entity.mentions):
            return Local(slug, entity.id)
    return None


def _account(folder: str, key: str, slug: str, start: int, store: Store) -> Local | None:
    mended = Mender(load(store.judgements)).mend(store.findings_of(slug))
    return local_of(folder, key, mended, start)
