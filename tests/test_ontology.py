from __future__ import annotations

import io
import json
from pathlib import Path

import owlready2
import pyoxigraph as ox
import pytest
import rdflib
from graph_cases import two_documents
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN

from kg.data import folder
from kg.rdf import BASE, PREFIXES, describe
from kg.resolve import resolve

WM = PREFIXES["wm"]
FILES = ("whomet.ttl", "alignments.ttl")
CONTRACT = """
Document Passage Person Organisation Party Place AnonymousSource Meeting Occasion Statement Tenure Office
mentionedIn passageOf start end exact participant host unnamedParticipant form partOf invitedBy place within earliest
latest when dateBasis Stated RelativeToPublication BoundedByPublication status Held Planned Proposed Cancelled Denied
Current Former Incoming evidence speaker inCapacity onBehalfOf segment text cue medium kind Direct Mixed Indirect
addressee mentions concerns madeAt reports disputes description affiliation jurisdiction met account
"""


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(folder("ontology") / "whomet.ttl")


@pytest.fixture(scope="module")
def alignments() -> rdflib.Graph:
    return rdflib.Graph().parse(folder("ontology") / "alignments.ttl")


def declared(ontology: rdflib.Graph) -> set[str]:
    return {str(s) for s in ontology.subjects(RDF.type) if str(s).startswith(WM)}


def test_every_term_has_label_and_definition(ontology: rdflib.Graph) -> None:
    for name in declared(ontology):
        for wanted in (RDFS.label, SKOS.definition, RDFS.isDefinedBy):
            assert (rdflib.URIRef(name), wanted, None) in ontology, f"{name} has no {wanted}"


def test_the_contract_is_declared(ontology: rdflib.Graph) -> None:
    assert {WM + name for name in CONTRACT.split()} <= declared(ontology)


def test_metadata(ontology: rdflib.Graph) -> None:
    (header,) = ontology.subjects(RDF.type, OWL.Ontology)
    terms = {str(p) for p in ontology.predicates(header)}
    wanted = {DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.license, OWL.versionIRI}
    wanted |= {VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri}
    assert set(map(str, wanted)) <= terms


def test_nothing_retypes_what_it_meets(ontology: rdflib.Graph, alignments: rdflib.Graph) -> None:
    for graph in (ontology, alignments):
        for wrong in (RDFS.domain, RDFS.range, OWL.imports, OWL.equivalentClass, OWL.equivalentProperty, OWL.sameAs):
            assert not list(graph.triples((None, wrong, None))), wrong
    assert (rdflib.URIRef(WM + "met"), RDF.type, OWL.SymmetricProperty) in ontology
    assert (rdflib.URIRef(WM + "Party"), RDFS.subClassOf, rdflib.URIRef(WM + "Organisation")) in ontology


def test_alignments_speak_of_declared_terms(ontology: rdflib.Graph, alignments: rdflib.Graph) -> None:
    links = [*alignments.subjects(RDFS.subClassOf), *alignments.subjects(RDFS.subPropertyOf)]
    assert len(links) > 30
    assert {str(s) for s in links if isinstance(s, rdflib.URIRef)} <= declared(ontology)
    for class_, wanted in (("Meeting", "http://semanticweb.cs.vu.nl/2009/11/sem/Event"),
                           ("Tenure", "http://www.w3.org/ns/org#Membership"), ("Office", "http://www.w3.org/ns/org#Post"),
                           ("Document", "https://schema.org/NewsArticle")):  # fmt: skip
        assert (rdflib.URIRef(WM + class_), RDFS.subClassOf, rdflib.URIRef(wanted)) in alignments


@pytest.mark.parametrize("name", FILES)
def test_both_readers_see_the_same(name: str) -> None:
    path = folder("ontology") / name
    lines = ox.serialize((quad.triple for quad in ox.parse(path=str(path))), format=ox.RdfFormat.N_TRIPLES)
    assert lines is not None
    assert isomorphic(rdflib.Graph().parse(path), rdflib.Graph().parse(data=lines, format="nt"))


def test_owlready_loads_the_ontology(ontology: rdflib.Graph, alignments: rdflib.Graph, tmp_path: Path) -> None:
    world = owlready2.World()
    data = (ontology + alignments).serialize(format="xml", encoding="utf-8")
    loaded = world.get_ontology(WM).load(fileobj=io.BytesIO(data))
    assert issubclass(world[WM + "Party"], world[WM + "Organisation"])
    assert owlready2.SymmetricProperty in world[WM + "met"].is_a
    assert {str(c.label.first()) for c in loaded.classes() if c.iri.startswith(WM)} >= {"meeting", "occasion", "office"}
    disjoint = {e.iri for pair in world[WM + "Person"].disjoints() for e in pair.entities}
    assert WM + "Organisation" in disjoint


def test_the_graph_uses_declared_terms_only(ontology: rdflib.Graph) -> None:
    known = declared(ontology)
    for quad in describe(resolve(two_documents()), BASE):
        for node in quad.triple:
            if isinstance(node, ox.NamedNode) and node.value.startswith(WM):
                assert node.value in known, node


def test_concepts_have_one_name_in_small_letters(ontology: rdflib.Graph) -> None:
    concepts = list(ontology.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) > 20
    for concept in concepts:
        (name,) = ontology.objects(concept, SKOS.prefLabel)
        (scheme,) = ontology.objects(concept, SKOS.inScheme)
        assert str(name) == str(name).lower() and name.language is None
        assert (scheme, RDF.type, SKOS.ConceptScheme) in ontology


def test_no_word_names_two_concepts_of_a_scheme(ontology: rdflib.Graph) -> None:
    seen: set[tuple[str, str]] = set()
    for concept in ontology.subjects(RDF.type, SKOS.Concept):
        scheme = str(ontology.value(concept, SKOS.inScheme))
        for name in {*ontology.objects(concept, SKOS.prefLabel), *ontology.objects(concept, SKOS.altLabel)}:
            assert (scheme, str(name)) not in seen, name
            seen.add((scheme, str(name)))


def test_the_json_ld_context_knows_every_term(ontology: rdflib.Graph) -> None:
    context = json.loads((folder("ontology") / "context.jsonld").read_text("utf-8"))["@context"]
    for name in map(str, declared(ontology)):
        iri = rdflib.URIRef(name)
        local = name.removeprefix(WM)
        if (iri, RDF.type, OWL.ObjectProperty) in ontology:
            assert context[local] == {"@id": f"wm:{local}", "@type": "@id"}
        elif local in ("earliest", "latest"):
            assert context[local] == {"@id": f"wm:{local}", "@type": "xsd:date"}
        elif any((iri, RDF.type, kind) in ontology for kind in (OWL.Class, OWL.DatatypeProperty)):
            assert context[local] == f"wm:{local}"
