from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest
from graph_cases import Told, two_documents

from kg.errors import UsageError
from kg.rdf import BASE, Anchor, describe, document_iri, identity_graph, term
from kg.rdf.iris import document_slug, split
from kg.rdf.labels import listed, listing, shortened
from kg.resolve import resolve

ONE = document_iri(BASE, "north/one two.txt").value


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.extend(describe(resolve(two_documents())))
    return store


def values(store: ox.Store, subject: str, predicate: str) -> set[str]:
    found = store.quads_for_pattern(ox.NamedNode(subject), term(predicate), None, None)
    return {quad.object.value for quad in found}


def test_document(store: ox.Store) -> None:
    assert f"{BASE}document/north/one%20two.txt" == ONE
    assert document_slug(BASE, f"{ONE}#char=0,8") == "north/one two.txt"
    assert values(store, ONE, "dcterms:identifier") == {"one two.txt"}
    assert values(store, ONE, "dcterms:publisher") == {"The Northern Post"}
    (issued,) = store.quads_for_pattern(ox.NamedNode(ONE), term("dcterms:issued"), None, None)
    assert issued.object == ox.Literal("2021-05-04", datatype=term("xsd:date"))


def test_issued_is_edtf_where_it_is_no_day() -> None:
    one = Told("a.txt", "Ada Lind")
    one.document = replace(one.document, published="2021-05", address="https://x.example/a b")
    quads = {q.predicate: q.object for q in describe(resolve([one.findings()])) if q.subject.value.endswith("a.txt")}
    issued = ox.Literal("2021-05", datatype=ox.NamedNode("http://id.loc.gov/datatypes/edtf/EDTF"))
    assert quads[term("dcterms:issued")] == issued
    assert quads[term("dcterms:source")] == ox.Literal("https://x.example/a b")


def test_meeting_as_the_contract_shows_it(store: ox.Store) -> None:
    meeting = f"{BASE}meeting/2021-05-03-ada-lind-bo-ek-board-of-ferries"
    assert values(store, meeting, "rdf:type") == {term("wm:Meeting").value}
    assert values(store, meeting, "rdfs:label") == {"Ada Lind met Bo Ek and Board of Ferries"}
    assert values(store, meeting, "wm:participant") == {
        f"{BASE}person/ada-lind", f"{BASE}person/bo-ek", f"{BASE}organisation/board-of-ferries",
    }  # fmt: skip
    assert values(store, meeting, "wm:place") == {f"{BASE}place/malmo"}
    assert values(store, meeting, "wm:earliest") == values(store, meeting, "wm:latest") == {"2021-05-03"}
    assert values(store, meeting, "wm:status") == {term("wm:Held").value}
    (passage,) = values(store, meeting, "wm:evidence")
    assert passage.startswith(f"{ONE}#char=")
    text = two_documents()[0].document.text
    start, end = (int(*values(store, passage, p)) for p in ("wm:start", "wm:end"))
    assert values(store, passage, "wm:exact") == {text[start:end]}
    assert values(store, passage, "wm:passageOf") == {ONE}


def test_account_and_conclusion_are_kept_apart(store: ox.Store) -> None:
    conclusions = {q.predicate for q in store.quads_for_pattern(None, None, None, identity_graph(BASE))}
    expected = ("rdfs:label", "skos:altLabel", "wm:account", "wm:tenure", "skos:prefLabel")
    assert set(map(term, expected)) <= conclusions
    assert not {term(p) for p in ("wm:mentionedIn", "wm:participant", "wm:speaker", "wm:evidence")} & conclusions
    graphs = {graph.value for graph in store.named_graphs()}
    assert graphs == {ONE, f"{BASE}document/two.txt", f"{BASE}graph/identity"}


def test_two_papers_on_one_meeting_share_an_occasion(store: ox.Store) -> None:
    accounts = list(store.quads_for_pattern(None, term("wm:account"), None, None))
    assert len({q.subject for q in accounts}) == 1 and len({q.object for q in accounts}) == 2


def test_unnamed_holder_is_linked_to_the_meeting(store: ox.Store) -> None:
    (link,) = store.quads_for_pattern(None, term("wm:unnamedTenure"), None, None)
    assert values(store, link.object.value, "org:member") == set()
    assert values(store, link.object.value, "org:role") == {f"{BASE}role/general-secretary"}


def test_role_has_one_name(store: ox.Store) -> None:
    assert values(store, f"{BASE}role/leader", "skos:prefLabel") == {"leader"}


def test_role_wordings_are_one_concept() -> None:
    one = Told("a.txt", "Ada Lind, Secretary General, and Bo Ek, general secretary, and Cy Dahl, MP")
    for name, title in (("Ada Lind", "Secretary General"), ("Bo Ek", "general secretary"), ("Cy Dahl", "MP")):
        one.role(one.entity("Person", name), title)
    quads = [q for q in describe(resolve([one.findings()])) if "/role/" in q.subject.value]
    names = {(q.subject.value.removeprefix(BASE), q.predicate.value.rpartition("#")[2], q.object.value) for q in quads}
    assert ("role/general-secretary", "prefLabel", "general secretary") in names
    assert ("role/general-secretary", "altLabel", "secretary general") in names
    assert ("role/mp", "prefLabel", "mp") in names
    assert len([name for name in names if name[1] == "prefLabel"]) == 2


def test_every_fact_has_evidence_and_every_subject_a_type(store: ox.Store) -> None:
    without = """SELECT ?s { ?s a ?type FILTER(?type IN (wm:Meeting, wm:Statement, wm:Tenure))
                 FILTER NOT EXISTS { ?s wm:evidence/wm:passageOf ?document } }"""
    untyped = "SELECT ?s { ?s ?p ?o FILTER NOT EXISTS { ?s a ?type } }"
    prefixes = {"wm": term("wm:x").value[:-1]}
    for query in (without, untyped):
        assert list(store.query(query, prefixes=prefixes, use_default_graph_as_union=True)) == []


def test_no_blank_nodes(store: ox.Store) -> None:
    assert not any(isinstance(node, ox.BlankNode) for quad in store for node in quad.triple)


def test_iris_do_not_depend_on_order_or_on_strangers() -> None:
    documents = two_documents()
    stranger = Told("stranger.txt", "Zoe Q met Max Y")
    stranger.meeting("met", stranger.entity("Person", "Zoe Q"), stranger.entity("Person", "Max Y"))
    quads = set(describe(resolve(documents)))
    assert set(describe(resolve(reversed(documents)))) == quads
    assert quads <= set(describe(resolve([*documents, stranger.findings()])))


def test_two_accounts_of_one_key_are_told_apart_and_a_held_one_kept() -> None:
    def told(slug: str) -> Told:
        one = Told(slug, "Ada Lind met Bo Ek", "2021-05-04")
        one.meeting("met", one.entity("Person", "Ada Lind"), one.entity("Person", "Bo Ek"))
        return one

    facts = resolve([told("a").findings(), told("b").findings()])

    def meetings(held: dict[Anchor, str] | None = None) -> list[str]:
        found = describe(facts, BASE, held)
        return sorted(split(BASE, q.subject.value)[1] for q in found if q.object == term("wm:Meeting"))

    first, second = meetings()
    assert first != second and all(key.startswith("undated-ada-lind-bo-ek-") for key in (first, second))
    assert "undated-ada-lind-bo-ek" in meetings({Anchor("meeting", "b", 0): "undated-ada-lind-bo-ek"})


@pytest.mark.parametrize("base", ["", "kg/", "https://x.example/kg", "https://x.example/kg#", "https://x.example/a b/"])
def test_bad_base(base: str) -> None:
    with pytest.raises(UsageError, match="ends in '/'"):
        list(describe(resolve(two_documents()), base))


def test_labels() -> None:
    assert shortened("a  b\nc") == "a b c"
    assert shortened("word " * 30) == "word " * 18 + "word…"
    assert listing([]) == "" and listing(["A"]) == "A" and listing(["A", "B", "C"]) == "A, B and C"
    assert listed("form", "Dinner") == term("wm:form-dinner") and listed("medium", "dinner") is None
    assert listed("medium", "open letter") == term("wm:medium-letter")
