"""The index beside the store: names, words, lists; and that it keeps in step with the graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import search
from kg.search import Index
from kg.search.names import folded, nearness
from kg.store import Store
from tests.servers import BASE, store_of

TURTLE = f"""
@base <{BASE}> .
@prefix wm: <https://w3id.org/whomet#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix org: <http://www.w3.org/ns/org#> .
<document/a.txt> a wm:Document ; rdfs:label "Talks in Skag" ; dcterms:title "Talks in Skag" ;
  dcterms:identifier "a.txt" ; dcterms:publisher "The Lantern" ; wm:latest "2020-03-04"^^xsd:date .
<person/zoe> a wm:Person ; rdfs:label "Zoë Brännström" ; skos:altLabel "Brännström" ;
  wm:mentionedIn <document/a.txt#char=0,14>, <document/a.txt#char=50,60> .
<person/ada> a wm:Person ; rdfs:label "Ada O'Morales" ; wm:mentionedIn <document/a.txt#char=20,33> .
<party/harbour> a wm:Party ; rdfs:label "Harbour Alliance" ; skos:altLabel "HA" .
<place/skag> a wm:Place ; rdfs:label "Skag" ; wm:within <place/north> .
<place/north> a wm:Place ; rdfs:label "North" .
<meeting/1> a wm:Meeting ; rdfs:label "Zoë Brännström met Ada O'Morales" ; wm:status wm:Held ; wm:place <place/skag> ;
  wm:participant <person/zoe>, <person/ada> ; wm:latest "2020-03-03"^^xsd:date ;
  wm:evidence <document/a.txt#char=0,48> .
<occasion/1> a wm:Occasion ; wm:account <meeting/1>, <meeting/2> .
<meeting/2> a wm:Meeting ; rdfs:label "Zoë Brännström denied to have met" ; wm:status wm:Denied ;
  wm:participant <person/zoe> ; wm:evidence <document/a.txt#char=0,48> .
<document/a.txt#char=0,48> a wm:Passage ; wm:exact "Zoë Brännström met Ada O'Morales in Skag, they say." .
<statement/1> a wm:Statement ; rdfs:label "Zoë Brännström: a café" ; wm:text "We lost a historic chance at the café." ;
  wm:speaker <person/zoe> ; wm:evidence <document/a.txt#char=50,90> .
<statement/2> a wm:Statement ; rdfs:label "Ada" ; wm:text "chances come and go" ; wm:speaker <person/ada> .
<tenure/1> a wm:Tenure ; rdfs:label "x" ; org:member <person/zoe> ; org:role <role/leader> ; wm:status wm:Current ;
  org:organization <party/harbour> .
<role/leader> skos:prefLabel "leader" .
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = store_of({"graph/main": TURTLE}, tmp_path_factory.mktemp("search") / "kg")
    with Store.open(folder) as opened:
        search.update(opened)
        yield opened


@pytest.fixture(scope="module")
def index(store: Store) -> Iterator[Index]:
    opened = search.opened(store)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "typed, found",
    [
        ("Zoë Brännström", "person/zoe"),
        ("zoe brannstrom", "person/zoe"),
        ("brannst", "person/zoe"),
        ("Branstrom", "person/zoe"),
        ("zeo brannstorm", "person/zoe"),
        ("brannstrom, zoe", "person/zoe"),
        ("OMorales", "person/ada"),
        ("o’morales", "person/ada"),
        ("harb", "party/harbour"),
        ("HA", "party/harbour"),
        ("alliance harbor", "party/harbour"),
    ],
)
def test_a_name_is_found_by_parts_and_with_errors(index: Index, typed: str, found: str) -> None:
    assert index.names(typed)[0].entry.path == found


@pytest.mark.parametrize(
    "typed", ["", "  ", "qwxz", '"', "*", "'; DROP TABLE node; --", "NEAR(", "a OR", "\x00", "x" * 500]
)
def test_what_is_no_name_finds_nothing_and_breaks_nothing(index: Index, typed: str) -> None:
    assert index.names(typed) == []
    assert index.words(typed, "statement")[1] in (0, 1, 2)


def test_kinds_can_be_asked_for(index: Index) -> None:
    assert [found.entry.kind for found in index.names("skag", ("place",))] == ["place"]
    assert index.names("skag", ("person",)) == []


@pytest.mark.parametrize(
    "typed, paths",
    [
        ("historic chance", ["statement/1"]),
        ("chance", ["statement/2", "statement/1"]),
        ("cafe", ["statement/1"]),
        ('"historic chance"', ["statement/1"]),
        ('"chance historic"', []),
        ("historic nonsense", ["statement/1"]),
    ],
)
def test_statements_are_found_by_their_words(index: Index, typed: str, paths: list[str]) -> None:
    found, total = index.words(typed, "statement")
    assert [each.entry.path for each in found] == paths and total == len(paths)


def test_hits_are_marked(index: Index) -> None:
    found, _ = index.words("historic", "statement")
    assert ("historic", True) in found[0].pieces
    assert "".join(words for words, _ in found[0].pieces) == "We lost a historic chance at the café."


def test_a_meeting_is_found_by_the_sentence_that_reports_it(index: Index) -> None:
    assert [found.entry.path for found in index.words("they say", "occasion")[0]] == ["occasion/1"]


def test_lists_tell_what_a_node_is_part_of(index: Index) -> None:
    met, total = index.parts("person/zoe", "meeting", 10)
    assert [(entry.path, entry.status, entry.day) for entry in met] == [("occasion/1", "Held,Denied", "2020-03-03")]
    assert total == 1
    assert [entry.path for entry in index.parts("place/north", "at", 10)[0]] == ["occasion/1"]
    assert [(entry.path, times) for entry, times in index.company("person/zoe", 5)] == [("person/ada", 1)]
    assert index.counts()["person"] == 2
    zoe = index.entry("person/zoe")
    assert zoe and (zoe.detail, zoe.mentions, zoe.documents) == ("leader of Harbour Alliance", 2, 1)
    # a statement without a date is ordered by its document's, behind which it cannot lie
    said = index.parts("person/zoe", "said", 5)[0][0]
    assert said.day == "2020-03-04"


def test_spans_tell_what_a_text_shows(index: Index) -> None:
    found = [(span.start, span.what, span.path) for span in index.spans("document/a.txt", 0, 49, ("name", "evidence"))]
    assert found == [(0, "evidence", "occasion/1"), (0, "name", "person/zoe"), (20, "name", "person/ada")]


def test_the_index_keeps_in_step(tmp_path: Path) -> None:
    folder = store_of({"graph/main": TURTLE}, tmp_path / "kg")
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    kind, person = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), "https://w3id.org/whomet#Person"
    graph, newcomer = ox.NamedNode(BASE + "graph/new"), ox.NamedNode(BASE + "person/newcomer")
    with Store.open(folder) as opened:
        assert search.update(opened) and not search.update(opened)
        quads = [ox.Quad(newcomer, label, ox.Literal("Ilse Vantongeren"), graph)]
        opened.replace(graph.value, [*quads, ox.Quad(newcomer, kind, ox.NamedNode(person), graph)])
        stale = search.opened(opened)  # the file is old: one is made in memory
        assert stale.names("vantongeren")
        assert search.update(opened)
        opened.remove(graph.value)
        assert search.update(opened)
        assert not search.opened(opened).names("vantongeren")


def test_a_broken_index_is_made_anew(tmp_path: Path) -> None:
    folder = store_of({"graph/main": TURTLE}, tmp_path / "kg")
    with Store.open(folder) as opened:
        (folder / "search.sqlite").write_bytes(b"no database" * 100)
        assert search.update(opened)
        assert search.opened(opened).names("zoe")


@pytest.mark.parametrize(
    "typed, near, far",
    [("stramer", "Keir Starmer", "Kemi Stanner"), ("board of deputies", "Board of Deputies", "Board of Trade")],
)
def test_the_nearer_name_comes_first(typed: str, near: str, far: str) -> None:
    assert nearness(folded(typed), folded(near)) > nearness(folded(typed), folded(far))
