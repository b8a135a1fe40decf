from __future__ import annotations

import html
import io
import json
import re
import sys
from pathlib import Path

import owlready2
import pyoxigraph as ox
import pytest
import rdflib
from graph_cases import two_documents
from rdflib.collection import Collection
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, VANN

from kg.cli import run
from kg.data import folder
from kg.errors import UsageError
from kg.export.vocabulary import page
from kg.rdf import BASE, PREFIXES, describe, prologue
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


# Pitfalls that the field knows


PITFALLS: dict[str, tuple[str, str]] = {
    "missing label": ("DELETE WHERE { wm:Person rdfs:label ?x }", "wm:Person has no label"),
    "missing definition": ("DELETE WHERE { wm:host skos:definition ?x }", "wm:host has no definition"),
    "no disjointness": ("DELETE WHERE { ?x owl:members ?y }", "wm:Person is disjoint with nothing"),
    "undeclared inverse": ("DELETE WHERE { wm:speaker owl:inverseOf ?x }", "wm:speaker has no inverse"),
    "several domains": (
        "INSERT DATA { wm:place rdfs:domain wm:Meeting , wm:Occasion }",
        "wm:place has several domains",
    ),
    "several ranges": ("INSERT DATA { wm:place rdfs:range wm:Place , wm:Agent }", "wm:place has several ranges"),
    "wrong datatype": (
        'DELETE WHERE { ?o dcterms:created ?x } ; INSERT DATA { wm:Person dcterms:created "1 May"^^xsd:date }',
        "'1 May' is no http://www.w3.org/2001/XMLSchema#date",
    ),
    "label without language": (
        'DELETE WHERE { wm:Person rdfs:label ?x } ; INSERT DATA { wm:Person rdfs:label "person" }',
        "wm:Person has a label without language",
    ),
    "no licence": ("DELETE WHERE { ?x dcterms:license ?y }", "the ontology has no licence"),
    "no version": ("DELETE WHERE { ?x owl:versionIRI ?y }", "the ontology has no version IRI"),
    "cycle of classes": ("INSERT DATA { wm:Agent rdfs:subClassOf wm:Party }", "wm:Agent lies below itself"),
    "class and property at once": ("INSERT DATA { wm:place a owl:Class }", "wm:place is of several kinds"),
    "unconnected": (
        'INSERT DATA { wm:Lone a owl:Class ; rdfs:label "x"@en ; skos:definition "x"@en }',
        "wm:Lone is defined by nothing",
    ),
}
LISTS = ("MeetingStatus", "TenureStatus", "DateBasis", "StatementKind")
TO_LISTS = {"form", "medium", "status", "kind", "dateBasis"}
"""Properties whose values stand in the ontology itself: what leads back from these is of no use."""


def pitfalls(graph: rdflib.Graph) -> list[str]:
    """What is wrong with an ontology, by the catalogue of OOPS! (oops.linkeddata.es) where it fits."""
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.NamedIndividual}
    found = []
    terms = sorted(name for name in set(graph.subjects(RDF.type)) if str(name).startswith(WM))
    disjoint = {member for each in graph.objects(None, OWL.members) for member in Collection(graph, each)}
    for name in terms:
        short = f"wm:{str(name).removeprefix(WM)}"
        labels = list(graph.objects(name, RDFS.label))
        own = set(graph.objects(name, RDF.type)) & kinds
        inverse = [*graph.objects(name, OWL.inverseOf), *graph.subjects(OWL.inverseOf, name)]
        symmetric = (name, RDF.type, OWL.SymmetricProperty) in graph
        above = set(graph.transitive_objects(name, RDFS.subClassOf))
        checks = {
            "has no label": not labels,
            "has a label without language": any(not label.language for label in labels),  # type: ignore[attr-defined]
            "has no definition": not list(graph.objects(name, SKOS.definition)),
            "is defined by nothing": not list(graph.objects(name, RDFS.isDefinedBy)),
            "is of several kinds": len(own) > 1,
            "is disjoint with nothing": OWL.Class in own and not above & disjoint,
            "lies below itself": any(name in graph.objects(each, RDFS.subClassOf) for each in above),
            "has no inverse": own == {OWL.ObjectProperty} and not (inverse or symmetric or short[3:] in TO_LISTS),
            "has several domains": len(list(graph.objects(name, RDFS.domain))) > 1,
            "has several ranges": len(list(graph.objects(name, RDFS.range))) > 1,
        }
        found += [f"{short} {wrong}" for wrong, holds in checks.items() if holds]
    for literal in graph.objects():
        if isinstance(literal, rdflib.Literal) and literal.ill_typed:
            found.append(f"{str(literal)!r} is no {literal.datatype}")
    header = rdflib.URIRef("https://w3id.org/whomet")
    for wanted, words in ((DCTERMS.license, "licence"), (OWL.versionIRI, "version IRI")):
        if not list(graph.objects(header, wanted)):
            found.append(f"the ontology has no {words}")
    return found


def test_the_ontology_has_no_pitfalls(ontology: rdflib.Graph) -> None:
    assert pitfalls(ontology) == []


@pytest.mark.parametrize("name", PITFALLS)
def test_a_pitfall_would_be_seen(name: str) -> None:
    update, expected = PITFALLS[name]
    store = ox.Store()
    store.load(path=str(folder("ontology") / "whomet.ttl"), format=ox.RdfFormat.TURTLE)
    store.update(prologue() + update)
    lines = ox.serialize((quad.triple for quad in store), format=ox.RdfFormat.N_TRIPLES) or b""
    assert expected in pitfalls(rdflib.Graph().parse(data=lines, format="nt"))


def test_every_listed_class_and_property_of_properties_leads_to_lists(ontology: rdflib.Graph) -> None:
    for name in LISTS:
        assert list(ontology.subjects(RDF.type, rdflib.URIRef(WM + name)))
    assert all((rdflib.URIRef(WM + name), RDF.type, OWL.ObjectProperty) in ontology for name in TO_LISTS)


def test_every_class_has_a_shape(ontology: rdflib.Graph) -> None:
    shapes = rdflib.Graph().parse(folder("ontology") / "shapes.ttl")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    targets = set(shapes.objects(None, sh.targetClass))
    assert {name for name in ontology.subjects(RDF.type, OWL.Class) if str(name).startswith(WM)} <= targets
    assert rdflib.URIRef(str(SKOS.Concept)) in targets
    owned = {shape for owner, shape in shapes.subject_objects(sh.property) if isinstance(owner, rdflib.URIRef)}
    assert len(owned) > 60
    for shape in owned:
        assert len(str(shapes.value(shape, sh.message) or "")) > 10, shapes.value(shape, sh.path)
    for constraint in shapes.objects(None, sh.sparql):
        assert shapes.value(constraint, sh.message)


# The page for people


@pytest.mark.slow
def test_the_page_tells_of_every_term(ontology: rdflib.Graph, tmp_path: Path) -> None:
    out = tmp_path / "vocabulary.html"
    assert run(["ontology", "-o", str(out)]) == 0
    text = out.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>") and "<title>whomet</title>" in text
    plain = html.unescape(text)
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    for name in {name for kind in kinds for name in ontology.subjects(RDF.type, kind) if str(name).startswith(WM)}:
        assert str(name) in text
        assert str(ontology.value(name, SKOS.definition)).split(":")[0].split("'")[0] in plain
    assert not re.findall(r'<(?:script|img|link)[^>]+(?:src|href)="http', text), "nothing is fetched to show it"
    assert text == page()


def test_without_pylode_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylode", None)
    with pytest.raises(UsageError, match=r"pyLODE is missing .*pip install 'whomet\[docs\]'"):
        page()
