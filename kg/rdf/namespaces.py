"""The vocabularies in use: one list of prefixes for the graph, the queries and the exports."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pyoxigraph import NamedNode

BASE = "https://example.org/kg/"
"""Where instances live unless the user says otherwise."""

PREFIXES: Mapping[str, str] = {
    "wm": "https://w3id.org/whomet#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
}

EDTF = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
"""Datatype of publication dates that are no single day."""


@cache
def term(name: str) -> NamedNode:
    """The IRI of a prefixed name such as "wm:Meeting"; KeyError for an unknown prefix."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def prologue(base: str | None = None) -> str:
    """The prefixes as SPARQL, to be put before a query."""
    lines = [f"BASE <{base}>"] if base else []
    return "\n".join(lines + [f"PREFIX {prefix}: <{iri}>" for prefix, iri in PREFIXES.items()]) + "\n"
