"""Is the graph consistent with the ontology, as OWL? owlready2 asks HermiT, which runs on Java."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator

import pyoxigraph as ox

from kg.check.findings import Finding, short
from kg.data import folder
from kg.errors import DataError, UsageError
from kg.rdf.namespaces import PREFIXES, prologue, term

ONTOLOGY = "https://w3id.org/whomet"
FILES = ("whomet.ttl", "alignments.ttl")
_TYPE = term("rdf:type")
_CLASHES = """
SELECT DISTINCT ?node ?one ?other WHERE {
    ?axiom a owl:AllDisjointClasses ; owl:members/rdf:rest*/rdf:first ?above , ?beside .
    FILTER(STR(?above) < STR(?beside))
    ?one rdfs:subClassOf* ?above . ?other rdfs:subClassOf* ?beside .
    ?node a ?one , ?other .
}
"""
_TO_ITSELF = """
SELECT DISTINCT ?node ?property WHERE { ?property a owl:IrreflexiveProperty . ?node ?property ?node }
"""


def java() -> bool:
    """Whether a Java is there to run HermiT on."""
    return shutil.which("java") is not None


def contradictions(graph: ox.Store) -> Iterator[Finding]:
    """What contradicts the ontology: nodes of two disjoint classes, and so on; nothing where all is consistent.

    HermiT gives the verdict; the nodes at fault are then sought by their types, and where none is found the verdict
    stands alone. Raises UsageError where Java is missing, DataError where HermiT fails.
    """
    if not java():
        raise UsageError(
            "logic: no Java is found, on which HermiT runs; install one, such as default-jre-headless, or leave this "
            "check out with --skip logic"
        )
    verdict = tuple(_verdict(graph))
    if not verdict:
        return
    found = tuple(culprits(graph))
    yield from found or verdict


def _verdict(graph: ox.Store) -> Iterator[Finding]:
    import owlready2

    world = owlready2.World()
    try:
        world.get_ontology(ONTOLOGY).load(fileobj=io.BytesIO(_axioms(graph)))
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        yield Finding("logic", ONTOLOGY, "HermiT finds that the graph contradicts the ontology.")
        return
    except owlready2.OwlReadyJavaError as error:
        raise DataError(
            f"logic: HermiT ended early ({str(error).strip()[-400:]}); leave it out: --skip logic"
        ) from error
    except OSError as error:
        raise DataError(f"logic: Java cannot be started ({error}); leave this check out: --skip logic") from error
    for empty in world.inconsistent_classes():
        if empty is not owlready2.Nothing:
            yield Finding("logic", empty.iri, "Nothing can be of this class: the ontology contradicts itself.")


def _axioms(graph: ox.Store) -> bytes:
    """The ontology, which rdflib reads from Turtle, and all types and links of its properties, as N-Triples.

    Literals and properties of other vocabularies stay away: no axiom speaks of them.
    """
    import rdflib

    ontology = rdflib.Graph()
    for name in FILES:
        ontology.parse(folder("ontology") / name)
    out = io.BytesIO(ontology.serialize(format="nt", encoding="utf-8"))
    out.seek(0, io.SEEK_END)
    declared = {str(each) for each in ontology.subjects(rdflib.RDF.type, rdflib.OWL.ObjectProperty)}
    wanted = {_TYPE, *(ox.NamedNode(iri) for iri in declared if iri.startswith(PREFIXES["wm"]))}
    for quad in graph:
        if quad.predicate in wanted and isinstance(quad.object, ox.NamedNode):
            out.write(f"{quad.triple} .\n".encode())
    return out.getvalue()


def culprits(graph: ox.Store) -> Iterator[Finding]:
    """Nodes of two disjoint classes, and nodes that stand to themselves as nothing may."""
    both = ox.Store()
    for name in FILES:
        both.load(path=str(folder("ontology") / name), to_graph=ox.DefaultGraph())
    both.extend(
        ox.Quad(*quad.triple)
        for quad in graph
        if isinstance(quad.object, ox.NamedNode) and (quad.predicate == _TYPE or quad.subject == quad.object)
    )
    for row in both.query(prologue() + _CLASHES):  # type: ignore[union-attr]
        one, other = sorted((short(row["one"].value), short(row["other"].value)))
        yield Finding("logic", _name(row["node"]), f"It is a {one} and a {other}, and nothing is both.", "rdf:type")
    for row in both.query(prologue() + _TO_ITSELF):  # type: ignore[union-attr]
        node, path = _name(row["node"]), short(row["property"].value)
        yield Finding("logic", node, f"{path} leads from the node to itself.", path, node)


def _name(node: ox.NamedNode | ox.BlankNode) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)
