"""What goes into an export: parts left out, other vocabularies, descriptions, triple terms, tables, networks."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
from graph_cases import Told, two_documents

from kg import queries
from kg.cli import run
from kg.errors import StoreError, UsageError
from kg.export import graphml, tables, write
from kg.export.aligned import aligned, alignment
from kg.export.choice import Choice
from kg.model import Findings
from kg.rdf import BASE, PREFIXES, prologue, term
from kg.resolve import resolve
from kg.store import Store

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def formula() -> Findings:
    """A document whose words a spreadsheet would run."""
    told = Told("=cmd.txt", "=1+1 said Cy Moss.\nCy Moss: “+SUM(A1)”", "2021-05-06", "@Post")
    moss = told.entity("Person", "Cy Moss")
    told.said("+SUM(A1)", moss)
    return told.findings()


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.open(":memory:") as opened:
        facts = resolve([*two_documents(), formula()])
        for findings in facts.findings:
            opened.keep(findings)
        opened.write(facts)
        yield opened


def text(store: Store, choice: Choice, form: str = "turtle") -> str:
    out = io.BytesIO()
    write(choice.quads(store), form, out, store.base)
    return out.getvalue().decode()


def rows(quads: Iterator[ox.Quad], query: str) -> list[tuple[str, ...]]:
    """The rows of a query that knows only other vocabularies."""
    graph = ox.Store()
    graph.extend(quads)
    answer = graph.query(prologue() + query, use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    return [tuple(value.value for value in row if value is not None) for row in answer]


KNOWN_ELSEWHERE = [
    (
        "SELECT ?who ?with WHERE { ?e a schema:Event ; schema:attendee ?a , ?b . ?a a foaf:Person ; foaf:name ?who . "
        '?b a schema:Person ; schema:name ?with FILTER(?who = "Ada Lind" && ?with = "Bo Ek") } LIMIT 1',
        ("Ada Lind", "Bo Ek"),
    ),
    ("SELECT ?name WHERE { ?e a sem:Event ; sem:hasPlace/schema:name ?name }", ("Malmo",)),
    ("SELECT DISTINCT ?day WHERE { ?e a prov:Activity ; sem:hasEarliestBeginTimeStamp ?day }", ("2021-05-03",)),
    ("SELECT ?words WHERE { ?q a schema:Quotation ; schema:creator/foaf:name 'Ada Lind' ; schema:text ?words }",
     ("We agreed",)),
    ("SELECT DISTINCT ?who ?body WHERE { ?m a org:Membership ; org:member/foaf:name ?who ; "
     "org:organization ?o . ?o a org:Organization ; schema:name ?body }", ("Ada Lind", "Reed Party")),
    ("SELECT ?title WHERE { ?d a schema:NewsArticle ; schema:headline ?title ; schema:publisher 'The Northern Post' }",
     ("Ada Lind met Bo Ek in Malmo",)),
    ("SELECT ?party WHERE { ?p a foaf:Organization ; foaf:name ?party }", ("Reed Party",)),
]  # fmt: skip


@pytest.mark.parametrize("query, expected", KNOWN_ELSEWHERE)
def test_who_knows_only_other_vocabularies_can_ask(store: Store, query: str, expected: tuple[str, ...]) -> None:
    assert expected in rows(Choice(aligned=True).quads(store), query)
    assert "wm:" not in query


def test_an_aligned_graph_only_adds(store: Store) -> None:
    ours, more = set(store.quads()), set(Choice(aligned=True).quads(store))
    assert ours < more
    added = {quad.predicate if quad.predicate != term("rdf:type") else quad.object for quad in more - ours}
    assert added and not [name for name in added if str(name).startswith(f"<{PREFIXES['wm']}")]


def test_the_alignment_is_closed_and_comes_from_the_files() -> None:
    known = alignment()
    assert {term("foaf:Agent"), term("org:Organization"), term("schema:Organization")} <= set(
        known.classes[term("wm:Party")]
    )
    assert {term("schema:organizer"), term("schema:attendee"), term("sem:hasActor")} <= set(
        known.properties[term("wm:host")]
    )
    (quotation,) = known.conditions
    assert (quotation.kind, quotation.value, quotation.target) == (
        term("wm:Statement"), term("wm:Direct"), term("schema:Quotation"))  # fmt: skip
    code = (Path(__file__).resolve().parent.parent / "kg" / "export" / "aligned.py").read_text("utf-8")
    assert not [name for name in ("schema:", "foaf:", "org:", "prov:", "sem:") if f'"{name}' in code]


@pytest.mark.parametrize("first", ["rdf:type", "wm:kind"])
def test_a_condition_holds_in_any_order(first: str) -> None:
    node, graph = ox.NamedNode("urn:s"), ox.DefaultGraph()
    facts = [(term("rdf:type"), term("wm:Statement")), (term("wm:kind"), term("wm:Direct"))]
    facts.sort(key=lambda fact: fact[0] != term(first))
    found = {quad.object for quad in aligned(ox.Quad(node, *fact, graph) for fact in facts)}
    assert term("schema:Quotation") in found
    assert term("schema:Quotation") not in {q.object for q in aligned([ox.Quad(node, *facts[1], graph)])}


def test_the_description_counts_what_it_goes_with(store: Store) -> None:
    data = {quad.triple for quad in store.quads()}
    graph = f"{BASE}graph/description"
    whole = Choice(describe=True, licence=LICENCE).quads(store)
    told = {quad for quad in whole if str(quad.graph_name) == f"<{graph}>"}
    said = {(q.subject.value, q.predicate.value): q.object.value for q in told}
    dataset = f"{BASE}dataset"
    void = PREFIXES["void"]
    assert said[dataset, f"{void}triples"] == str(len(data))
    assert said[dataset, f"{void}distinctSubjects"] == str(len({t.subject for t in data}))
    assert said[dataset, f"{void}documents"] == "3"
    assert said[f"{dataset}/class/wm-Person", f"{void}entities"] == "3"
    evidence = len([t for t in data if t.predicate == term("wm:evidence")])
    assert said[f"{dataset}/property/wm-evidence", f"{void}triples"] == str(evidence)
    assert said[dataset, f"{PREFIXES['dcterms']}license"] == LICENCE
    assert (dataset, f"{PREFIXES['prov']}wasGeneratedBy") in said
    kinds = {q.object for q in told if q.subject.value == dataset and q.predicate == term("rdf:type")}
    assert kinds == {term("void:Dataset"), term("dcat:Dataset"), term("prov:Entity")}
    assert not [q for q in told if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)]


def test_there_is_no_clock_unless_asked(store: Store) -> None:
    plain = text(store, Choice(describe=True))
    assert plain == text(store, Choice(describe=True)) and "xsd:dateTime" not in plain
    stamped = text(store, Choice(describe=True, stamp=datetime(2026, 11, 22, 12, 30, 1, 5, UTC)))
    assert 'prov:generatedAtTime "2026-11-22T12:30:01Z"^^xsd:dateTime' in stamped


def test_without_passages_their_names_stay(store: Store) -> None:
    small = list(Choice(without=["passages"]).quads(store))
    assert not [q for q in small if q.predicate in (term("wm:exact"), term("wm:start"), term("wm:passageOf"))]
    assert {q for q in small if q.predicate == term("wm:evidence")} == {
        q for q in store.quads() if q.predicate == term("wm:evidence")
    }
    assert not [q for q in Choice(without=["reasons"]).quads(store) if q.predicate == term("wm:reason")]


@pytest.mark.parametrize("form", ["turtle", "trig", "ntriples", "nquads"])
def test_triple_terms_say_what_an_account_tells_of(store: Store, form: str) -> None:
    known = {"turtle": ox.RdfFormat.TURTLE, "trig": ox.RdfFormat.TRIG,
             "ntriples": ox.RdfFormat.N_TRIPLES, "nquads": ox.RdfFormat.N_QUADS}  # fmt: skip
    graph = ox.Store()
    graph.extend(ox.parse(text(store, Choice(reified=True), form).encode(), format=known[form]))
    asked = "SELECT ?m ?day WHERE { ?m rdf:reifies <<( <person/ada-lind> wm:met <person/bo-ek> )>> ; wm:earliest ?day }"
    found = list(graph.query(prologue(BASE) + asked, use_default_graph_as_union=True))  # type: ignore[arg-type]
    assert len(found) == 2 and {row["day"].value for row in found} == {"2021-05-03"}
    held = "SELECT ?t WHERE { ?t rdf:reifies <<( <person/ada-lind> org:holds ?office )>> ; wm:status wm:Current }"
    assert len(list(graph.query(prologue(BASE) + held, use_default_graph_as_union=True))) == 2  # type: ignore[arg-type]
    met = "ASK { ?a wm:met ?b }"
    assert not bool(graph.query(prologue() + met, use_default_graph_as_union=True))


def test_inferences_are_left_out_unless_asked_for(store: Store) -> None:
    graph = ox.NamedNode(f"{BASE}graph/inferred")
    quad = ox.Quad(ox.NamedNode(f"{BASE}person/ada-lind"), term("rdf:type"), term("wm:Agent"), graph)
    store.oxigraph.add(quad)
    try:
        assert quad not in set(Choice().quads(store)) and quad in set(Choice(inferred=True).quads(store))
    finally:
        store.remove(graph.value)


@pytest.mark.parametrize(
    "choice, form, message",
    [
        (Choice(without=["words"]), "turtle", "without words: no such part; the parts are passages, reasons"),
        (Choice(reified=True), "jsonld", "'jsonld' has no triple terms; those that have are turtle"),
        (Choice(describe=True, licence="free"), "turtle", "licence 'free': no IRI .*write it in full"),
        (Choice(describe=True, licence="http://a b"), "turtle", "licence 'http://a b': no IRI"),
        (Choice(aligned=True), "graphml", "'graphml' is no RDF"),
    ],
)
def test_what_cannot_be_chosen_is_said(choice: Choice, form: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        choice.check(form)


# Tables


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_tables(store: Store, tmp_path: Path) -> None:
    paths = tables.write(store, tmp_path / "out")
    assert {path.stem for path in paths} == {
        "people", "bodies", "places", "meetings", "participants", "statements", "tenures", "documents", "passages"
    }  # fmt: skip
    assert {path.name for path in (tmp_path / "out").iterdir()} == {path.name for path in paths}
    people = {row["name"]: row for row in table(tmp_path / "out", "people")}
    assert people["Ada Lind"]["other_names"] == "Lind"
    assert people["Ada Lind"]["documents"] == "one two.txt | two.txt"
    meetings = table(tmp_path / "out", "meetings")
    first = next(row for row in meetings if row["place"] == "Malmo")
    assert first["status"] == "held" and first["earliest"] == "2021-05-03" and first["document"] == "one two.txt"
    assert first["participants"] == "Ada Lind | Bo Ek | Board of Ferries"
    assert len({row["occasion"] for row in meetings}) == 1
    assert len(table(tmp_path / "out", "participants")) == 5
    (said,) = (row for row in table(tmp_path / "out", "statements") if row["speakers"] == "Ada Lind")
    assert (said["text"], said["medium"], said["kind"]) == ("We agreed", "interview", "direct")
    held = next(row for row in table(tmp_path / "out", "tenures") if row["person"] == "Ada Lind")
    assert (held["role"], held["body"], held["status"]) == ("leader", "Reed Party", "current")
    kinds = {row["name"]: row["kind"] for row in table(tmp_path / "out", "bodies")}
    assert kinds == {"Reed Party": "political party", "Board of Ferries": "organisation"}


def test_no_cell_is_a_formula(store: Store, tmp_path: Path) -> None:
    tables.write(store, tmp_path)
    cells = [cell for path in tmp_path.iterdir() for row in table(tmp_path, path.stem) for cell in row.values()]
    assert "'+SUM(A1)" in cells and "'=cmd.txt" in cells and "'@Post" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_folder_that_cannot_be_made(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(StoreError, match=r"cannot be written .*another folder"):
        tables.write(store, tmp_path / "file" / "out")


# The network


def test_the_network(store: Store) -> None:
    out = io.BytesIO()
    graphml.write(store, out)
    root = ElementTree.fromstring(out.getvalue())

    def values(element: ElementTree.Element) -> dict[str, str]:
        return {data.get("key", "").partition("-")[2]: data.text or "" for data in element.iter(f"{GRAPHML}data")}

    nodes = {node.get("id"): values(node) for node in root.iter(f"{GRAPHML}node")}
    assert nodes[f"{BASE}person/ada-lind"] == {"label": "Ada Lind", "kind": "Person", "mentions": "6"}
    edges = [(edge, values(edge)) for edge in root.iter(f"{GRAPHML}edge")]
    assert all(edge.get(end) in nodes for edge, _ in edges for end in ("source", "target"))
    people = {iri for iri, said in nodes.items() if said["kind"] == "Person"}
    met = {
        (edge.get("source"), edge.get("target")): int(said["weight"])
        for edge, said in edges
        if said["relation"] == "met" and {edge.get("source"), edge.get("target")} <= people
    }
    network = queries.run("network", {}, store)
    assert met == {(row["person"], row["met"]): row["occasions"] for row in network}  # type: ignore[union-attr]
    (lind,) = [said for edge, said in edges if edge.get("directed") == "true" and "office" in said["relation"]]
    assert (lind["role"], lind["status"], lind["weight"]) == ("leader", "Current", "2")


# The command


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "kg"
    with Store.open(folder) as opened:
        opened.write(resolve(two_documents()))
    return folder


def test_the_command_writes_what_is_chosen(place: Path, tmp_path: Path) -> None:
    at = ["--store", str(place)]
    assert run(["export", *at, "--aligned", "--describe", "--without", "reasons", "-o", str(tmp_path / "g.ttl")]) == 0
    written = (tmp_path / "g.ttl").read_text("utf-8")
    assert "schema:attendee" in written and "void:triples" in written and "wm:reason" not in written
    assert run(["export", *at, "-f", "csv-tables", "-o", str(tmp_path / "tables")]) == 0
    assert (tmp_path / "tables" / "people.csv").exists()
    assert run(["export", *at, "-o", str(tmp_path / "g.graphml")]) == 0
    assert (tmp_path / "g.graphml").read_text("utf-8").startswith("<?xml")


@pytest.mark.parametrize(
    "arguments, message",
    [
        (["-f", "csv-tables"], "name a folder for them with -o"),
        (["--licence", LICENCE], "add --describe"),
        (["-f", "xlsx"], "allowed are turtle, ntriples, nquads, trig, jsonld, rdfxml, graphml, csv-tables"),
        (["--triple-terms", "-f", "rdfxml"], "has no triple terms"),
    ],
)
def test_the_command_says_what_it_cannot_do(
    place: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run(["export", "--store", str(place), *arguments]) == 2
    assert message in capsys.readouterr().err
