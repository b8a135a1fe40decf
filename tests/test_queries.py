"""Stored queries: headers read strictly, parameters bound as RDF terms, answers by occasion."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import queries
from kg.errors import DataError, QueryError
from kg.lookup import candidates, meant
from kg.tables import Table, Triples

LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
BASE = "https://example.org/kg/"
TURTLE = """
@base <https://example.org/kg/> .
@prefix wm: <https://w3id.org/whomet#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<document/a> a wm:Document ; dcterms:identifier "a.txt" ; dcterms:title "Port" ; dcterms:publisher "Gazette" .
<document/b> a wm:Document ; dcterms:identifier "b.txt" ; dcterms:title "Talks" .
<document/a#1> a wm:Passage ; wm:passageOf <document/a> ; wm:start 1 ; wm:end 40 ; wm:exact "Talks were held in Skag." .
<document/a#2> a wm:Passage ; wm:passageOf <document/a> ; wm:start 50 ; wm:end 90 ; wm:exact "Doe met Roe there." .
<document/a#3> a wm:Passage ; wm:passageOf <document/a> ; wm:start 50 ; wm:end 53 ; wm:exact "Doe" .
<document/a#4> a wm:Passage ; wm:passageOf <document/a> ; wm:start 58 ; wm:end 61 ; wm:exact "Roe" .
<document/b#1> a wm:Passage ; wm:passageOf <document/b> ; wm:start 0 ; wm:end 9 ; wm:exact "Doe, Roe talk." .
<person/doe> a wm:Person ; rdfs:label "Jane Doe" ; skos:altLabel "Doe" ; wm:mentionedIn <document/a#3> .
<person/roe> a wm:Person ; rdfs:label "Richard Roe" ; skos:altLabel "Roe" ; wm:mentionedIn <document/a#4> .
<person/doering> a wm:Person ; rdfs:label "Ann Doering" .
<person/roe-2> a wm:Person ; rdfs:label "Mary O’Roe" ; skos:altLabel "Roe" .
<organisation/doe> a wm:Organisation ; rdfs:label "Doe Trust" .
<place/skag> a wm:Place ; rdfs:label "Skag" ; wm:within <place/norland> .
<place/norland> a wm:Place ; rdfs:label "Norland" .
<meeting/1> a wm:Meeting ; rdfs:label "Doe met Roe" ; wm:participant <person/doe>, <person/roe> ; wm:status wm:Held ;
  wm:place <place/skag> ; wm:earliest "2020-03-01"^^xsd:date ; wm:latest "2020-03-31"^^xsd:date ;
  wm:evidence <document/a#1>, <document/a#2> .
<meeting/2> a wm:Meeting ; rdfs:label "Doe met Roe" ; wm:participant <person/doe>, <person/roe> ; wm:status wm:Held ;
  wm:earliest "2020-03-10"^^xsd:date ; wm:latest "2020-03-10"^^xsd:date ; wm:evidence <document/b#1> .
<meeting/3> a wm:Meeting ; rdfs:label "Doe to meet" ; wm:participant <person/doe> ; wm:status wm:Planned ;
  wm:evidence <document/b#1> .
<occasion/1> a wm:Occasion ; wm:account <meeting/1>, <meeting/2> .
<occasion/3> a wm:Occasion ; wm:account <meeting/3> ; wm:heldAs <occasion/1> .
"""
QUERY = """#+ summary: People of a name
#+ description: All of them.
#+ parameters:
#+   name: {type: string, summary: "the name", required: true}
#+ example: {name: "Jane Doe"}
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?who WHERE {
  VALUES ?name { UNDEF }
  ?who rdfs:label ?name
} ORDER BY ?who
"""


class Graph:
    """A source of answers, with each label twice, as in a store of several named graphs."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.store.load(TURTLE.encode(), ox.RdfFormat.TURTLE, to_graph=ox.NamedNode("urn:a"))
        for quad in list(self.store.quads_for_pattern(None, LABEL, None)):
            self.store.add(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode("urn:b")))

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        return self.store.query(text, use_default_graph_as_union=True, prefixes={"wm": queries.WM})


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph()


def written(folder: Path, text: str) -> Path:
    path = folder / "people.rq"
    path.write_text(text, "utf-8")
    return path


def table(result: object) -> Table:
    assert isinstance(result, Table)
    return result


@pytest.mark.parametrize("path", queries.files(), ids=lambda path: path.stem)
def test_every_stored_query_is_well_made(path: Path, graph: Graph) -> None:
    query = queries.load(path)
    assert "ORDER BY" in query.text or query.text.lstrip().count("CONSTRUCT"), "rows must be stable"
    needed = {
        p.name: "Jane Doe" if p.type in ("entity", "person", "node") else "Skag" for p in query.parameters if p.required
    }
    needed |= {p.name: "Doe Trust" for p in query.parameters if p.required and p.type == "body"}
    graph.query(query.text)  # runs as it stands, in any engine
    queries.answer(query, needed, graph)
    for parameter in query.parameters:
        sample = {"from": "2020", "to": "2020-02", "status": "held", "kind": "body", "document": "a.txt", "string": "x",
                  "place": "Norland", "body": "Doe Trust"}  # fmt: skip
        queries.answer(query, needed | {parameter.name: sample.get(parameter.type, "Jane Doe")}, graph)


@pytest.mark.parametrize(
    "old, new, message",
    [
        ("#+ ", "# ", "header is missing"),
        ("#+ example", "#+ anchor: {whom: [meeting]}\n#+ example", "'anchor' must name one variable"),
        ("#+ example", "#+ anchor: {who: [person]}\n#+ example", "allowed are meeting, statement, document"),
        ("#+ summary: People of a name\n", "", "missing key 'summary'"),
        ("summary: People of a name", "summary: People: of a name", "no YAML"),
        ("description: All of them.", "descripton: All of them.", "unknown key 'descripton'; allowed are"),
        ("type: string", "type: text", "unknown type 'text'; allowed are string"),
        ("required: true", "needed: true", "unknown key 'needed'"),
        ("required: true", "required: maybe", "must be true or false"),
        ("VALUES ?name { UNDEF }", "", "'name' lacks its line"),
        ("?who rdfs:label", "VALUES ?other { UNDEF }\n  ?who rdfs:label", "has no parameter 'other'"),
        ('example: {name: "Jane Doe"}', 'example: {nam: "Jane Doe"}', "unknown key 'nam'"),
    ],
)
def test_a_malformed_header_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in QUERY
    path = written(tmp_path, QUERY.replace(old, new))
    with pytest.raises(DataError, match=r"people\.rq") as raised:
        queries.load(path)
    assert message in str(raised.value)


@pytest.mark.parametrize("name", ['Jane Doe" } ?s ?p ?o . { "', "Jane Doe\\", "x\n} DROP ALL #", "'''", "}"])
def test_a_parameter_is_a_term_and_never_text(tmp_path: Path, graph: Graph, name: str) -> None:
    query = queries.load(written(tmp_path, QUERY))
    assert len(table(queries.answer(query, {"name": name}, graph))) == 0


def test_a_plain_name_is_found(tmp_path: Path, graph: Graph) -> None:
    query = queries.load(written(tmp_path, QUERY))
    assert [row["who"] for row in table(queries.answer(query, {"name": "Jane Doe"}, graph))] == [
        BASE + "person/doe"
    ] * 2


@pytest.mark.parametrize(
    "name, given, message",
    [
        ("who-met-who", {}, "did you mean who-met-whom"),
        ("../whomet", {}, "unknown"),
        ("meetings-of", {}, "'participant' is missing"),
        ("meetings-of", {"participant": "Jane Doe", "form": "2018"}, "did you mean 'from'?"),
        ("meetings", {"from": "last year"}, "'last year' is no date; write 2018-04-25"),
        ("meetings", {"from": "2018-02-30"}, "is no date"),
        ("meetings", {"status": "maybe"}, "unknown value 'maybe'; allowed are held, planned"),
        ("meetings", {"place": "Atlantis"}, "nothing is called 'Atlantis'"),
        ("meetings-of", {"participant": "<not an iri>"}, "is no IRI"),
        ("meetings-of", {"participant": ""}, "empty name"),
        ("repeat-participants", {"kind": "ghost"}, "unknown value 'ghost'; allowed are person"),
    ],
)
def test_what_cannot_be_asked_is_said_clearly(graph: Graph, name: str, given: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError) as raised:
        queries.run(name, given, graph)
    assert message in str(raised.value) and raised.value.exit_code == 2


@pytest.mark.parametrize(
    "text, found",
    [
        ("Jane Doe", ["doe"]),
        ("jane doe", ["doe"]),
        ("Doe", ["doe"]),  # a whole name goes before a part of one
        ("Roe", ["roe", "roe-2"]),  # two bear the name
        ("o'roe", ["roe-2"]),
        ("doer", ["doering"]),
        ("Ann", ["doering"]),
        ("nobody", []),
    ],
)
def test_a_name_denotes_what_fits_it_best(graph: Graph, text: str, found: list[str]) -> None:
    assert sorted(candidates(text, "person", graph)) == [f"{BASE}person/{key}" for key in found]


def test_several_who_bear_a_name_are_listed(graph: Graph) -> None:
    with pytest.raises(QueryError) as raised:
        meant("Roe", "entity", graph, "here")
    assert "<https://example.org/kg/person/roe>" in str(raised.value) and "person/roe-2" in str(raised.value)


def test_an_iri_stands_for_itself(graph: Graph) -> None:
    assert meant(f"<{BASE}person/roe>", "entity", graph, "here").value == BASE + "person/roe"


@pytest.mark.parametrize(
    "given, rows",
    [
        ({}, 1),
        ({"person": "Jane Doe"}, 1),
        ({"person": "Mary O'Roe"}, 0),
        ({"from": "2020-04"}, 0),
        ({"to": "2020-03"}, 1),
        ({"to": "2020-02"}, 0),
        ({"from": "2020", "to": "2020"}, 1),
        ({"place": "Norland"}, 1),
    ],
)
def test_who_met_whom_answers_by_occasion(graph: Graph, given: dict[str, str], rows: int) -> None:
    assert len(table(queries.run("who-met-whom", given, graph))) == rows


def test_a_row_gives_every_version_and_the_sentence_that_names_both(graph: Graph) -> None:
    (row,) = table(queries.run("who-met-whom", {"person": "Jane Doe"}, graph))
    assert (row["metName"], row["date"]) == ("Richard Roe", "2020-03-01/2020-03-31 | 2020-03-10")
    assert (row["documents"], row["places"], row["evidence"]) == ("a.txt | b.txt", "Skag", "Doe met Roe there.")


def test_a_planned_meeting_names_its_holding(graph: Graph) -> None:
    (row,) = table(queries.run("meetings-not-held", {}, graph))
    assert (row["status"], row["heldAs"], row["heldIn"]) == ("planned", BASE + "occasion/1", "a.txt | b.txt")


def test_met_is_made_both_ways_and_never_with_oneself(graph: Graph) -> None:
    made = queries.run("met", {}, graph)
    assert isinstance(made, Triples)
    assert sorted((t.subject.value[-3:], t.object.value[-3:]) for t in made) == [("doe", "roe"), ("roe", "doe")]  # type: ignore[union-attr]


def test_bad_sparql_is_a_usage_error(graph: Graph) -> None:
    with pytest.raises(QueryError, match="SPARQL"):
        queries.ask("SELECT WHERE", graph)


def test_conditions_on_what_is_not_asked_for_are_left_out(graph: Graph) -> None:
    """A variable that is never bound slows engines down, and ends some of them."""
    for path in queries.files():
        query = queries.load(path)
        needed = {p.name: "Skag" if p.type == "place" else "Jane Doe" for p in query.parameters if p.required}
        needed |= {p.name: "Doe Trust" for p in query.parameters if p.required and p.type == "body"}
        text = queries.bind(query, needed, graph)
        given = needed.keys() | {p.name for p in query.parameters if p.default}
        for parameter in query.parameters:
            if parameter.name not in given:
                assert f"FILTER(!BOUND(?{parameter.name}) ||" not in text, (path.name, parameter.name)
        assert text.count("(") == text.count(")") and text.count("{") == text.count("}")
