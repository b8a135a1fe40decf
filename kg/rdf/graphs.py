"""The IRIs that follow from the base alone: of documents, which name their graphs, and of the other graphs."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from kg.errors import UsageError
from kg.rdf.namespaces import BASE

_BASE = re.compile(r"https?://[^\s<>\"{}|^`\\#?]+/")
ENTITY_FOLDERS = frozenset(("person", "party", "organisation", "place"))


def checked_base(base: str) -> str:
    """The base itself, when instances can live below it.

    Raises UsageError for anything but an absolute http(s) IRI that ends in "/".
    """
    if not _BASE.fullmatch(base):
        raise UsageError(f"base {base!r}: an http or https IRI that ends in '/' is wanted, such as {BASE}")
    return base


def document_iri(base: str, document: str) -> NamedNode:
    """The IRI of a document and of its graph, from its slug."""
    return NamedNode(f"{base}document/{quote(document)}")


def document_slug(base: str, iri: str) -> str:
    """The slug of a document from its IRI, or from the IRI of one of its passages."""
    return unquote(iri.removeprefix(f"{base}document/").partition("#")[0])


def identity_graph(base: str) -> NamedNode:
    """The graph of what is concluded across documents."""
    return NamedNode(f"{base}graph/identity")


def inferred_graph(base: str) -> NamedNode:
    """The graph of what follows from the others by the ontology; made on demand, and no part of what is told."""
    return NamedNode(f"{base}graph/inferred")


def split(base: str, iri: str) -> tuple[str, str]:
    """Folder and key of an instance's IRI: ("person", "keir-starmer")."""
    folder, _, key = iri.removeprefix(base).partition("/")
    return folder, key
