"""The SPARQL 1.1 Protocol, case by case: the cases that the W3C's protocol tests name, and a few more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

from kg.rdf.sparql import has_dataset, services
from kg.serve.negotiation import GRAPHS, RESULTS, best
from tests.servers import BASE, Got, fetch, kg_serve, store_of

GRAPH = """@base <https://example.org/kg/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<{0}> a <https://w3id.org/whomet#Person> ; rdfs:label "{0}" ."""
ONE, TWO, THREE = (BASE + name for name in ("graph/one", "graph/two", "graph/three"))
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
SELECT = "SELECT ?s { ?s a wm:Person }"
CONSTRUCT = "CONSTRUCT { ?s a wm:Seen } WHERE { ?s a wm:Person }"
PUBLIC = ("--origin", "*")
BOTH = "SELECT DISTINCT ?s { { ?s a wm:Person } UNION { GRAPH ?g { ?s a wm:Person } } }"
HERE = "SELECT ?s { ?s a wm:Person }"
FROM = f"SELECT ?s FROM <{ONE}> {{ ?s a wm:Person }}"
FROM_NAMED = f"SELECT ?s FROM NAMED <{ONE}> {{ GRAPH ?g {{ ?s a wm:Person }} }}"
THERE = "SELECT ?s { GRAPH ?g { ?s a wm:Person } }"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("protocol")
    graphs = {f"graph/{name}": GRAPH.format(name) for name in ("one", "two", "three")}
    with kg_serve(store_of(graphs, folder / "kg"), folder / "log", "--workers", "1", *PUBLIC) as address:
        yield f"{address}/sparql"


@dataclass(frozen=True)
class Ask:
    """A request: parameters in the address, a body (pairs or text) with its type, headers."""

    name: str
    get: tuple[tuple[str, str], ...] = ()
    form: tuple[tuple[str, str], ...] | None = None
    body: str | bytes | None = None
    media: str | None = None
    accept: str | None = None
    method: str | None = None

    def send(self, url: str) -> Got:
        headers = {"Content-Type": self.media or (FORM if self.form is not None else "")}
        if self.accept is not None:
            headers["Accept"] = self.accept
        packed = urlencode(self.form).encode() if self.form is not None else self.body
        body = packed.encode() if isinstance(packed, str) else packed
        address = f"{url}?{urlencode(self.get)}" if self.get else url
        return fetch(address, {key: value for key, value in headers.items() if value}, body, self.method)

    def __str__(self) -> str:
        return self.name


def q(text: str) -> tuple[str, str]:
    return ("query", text)


def default(graph: str) -> tuple[str, str]:
    return ("default-graph-uri", graph)


def named(graph: str) -> tuple[str, str]:
    return ("named-graph-uri", graph)


ANSWERED = [
    (Ask("query_get", (q(SELECT),)), JSON, 3),
    (Ask("query_post_form", form=(q(SELECT),)), JSON, 3),
    (Ask("query_post_direct", body=SELECT, media=DIRECT), JSON, 3),
    (Ask("post_direct_with_charset", body=SELECT, media=f"{DIRECT}; charset=utf-8"), JSON, 3),
    (Ask("post_direct_not_ascii", body=f"# Zoë\n{SELECT}", media=DIRECT), JSON, 3),
    (Ask("query_dataset_default_graph", (q(HERE), default(ONE))), JSON, 1),
    (Ask("query_dataset_default_graphs_get", (q(HERE), default(ONE), default(TWO))), JSON, 2),
    (Ask("query_dataset_default_graphs_post_form", form=(q(HERE), default(ONE), default(TWO))), JSON, 2),
    (Ask("query_dataset_default_graphs_post", (default(ONE), default(TWO)), body=HERE, media=DIRECT), JSON, 2),
    (Ask("query_dataset_named_graphs_get", (q(THERE), named(ONE), named(TWO))), JSON, 2),
    (Ask("query_dataset_named_graphs_post", (named(ONE), named(TWO)), body=THERE, media=DIRECT), JSON, 2),
    (Ask("query_dataset_full", (q(BOTH), default(ONE), named(TWO), named(THREE))), JSON, 3),
    (Ask("named_graphs_leave_no_default", (q(HERE), named(ONE))), JSON, 0),
    (Ask("default_graphs_leave_no_named", (q(THERE), default(ONE))), JSON, 0),
    (Ask("query_multiple_dataset", (q(FROM), default(TWO), default(THREE))), JSON, 2),
    (Ask("from_in_the_query", (q(FROM),)), JSON, 1),
    (Ask("from_named_in_the_query", (q(FROM_NAMED),)), JSON, 1),
    (Ask("a_graph_that_is_not_there", (q(HERE), default(BASE + "graph/none"))), JSON, 0),
    (Ask("query_content_type_select", (q(SELECT),), accept=XML), XML, 3),
    (Ask("query_content_type_ask", (q("ASK { ?s ?p ?o }"),), accept=XML), XML, None),
    (Ask("query_content_type_describe", (q(f"DESCRIBE <{BASE}one>"),), accept="text/turtle"), "text/turtle", None),
    (Ask("query_content_type_construct", (q(CONSTRUCT),), accept="application/rdf+xml"), "application/rdf+xml", None),
    (Ask("csv", (q(SELECT),), accept="text/csv"), "text/csv", None),
    (Ask("tsv", (q(SELECT),), accept="text/tab-separated-values"), "text/tab-separated-values", None),
    (Ask("ntriples", (q(CONSTRUCT),), accept="application/n-triples"), "application/n-triples", None),
    (Ask("jsonld", (q(CONSTRUCT),), accept="application/ld+json"), "application/ld+json", None),
    (Ask("browser", (q(SELECT),), accept="text/html,application/xhtml+xml,*/*;q=0.8"), JSON, 3),
    (Ask("better_of_two", (q(SELECT),), accept=f"{JSON};q=0.4, {XML};q=0.6"), XML, 3),
    (Ask("never_this_one", (q(SELECT),), accept=f"{JSON};q=0, */*"), XML, 3),
]  # fmt: skip
REFUSED = [
    (Ask("bad_query_method", (q(SELECT),), method="PUT", body=b""), 405),
    (Ask("bad_delete", (q(SELECT),), method="DELETE"), 405),
    (Ask("bad_multiple_queries", (q(SELECT), q(SELECT))), 400),
    (Ask("bad_multiple_queries_form", form=(q(SELECT), q(SELECT))), 400),
    (Ask("bad_query_in_address_and_body", (q(SELECT),), body=SELECT, media=DIRECT), 400),
    (Ask("bad_query_wrong_media_type", body=SELECT, media="text/plain"), 415),
    (Ask("bad_query_missing_form_type", body=urlencode([q(SELECT)]), media="application/octet-stream"), 415),
    (Ask("bad_query_missing_direct_type", body=SELECT, media="application/json"), 415),
    (Ask("bad_query_non_utf8", body=SELECT.encode("utf-16"), media=DIRECT), 400),
    (Ask("bad_form_non_utf8", body=b"query=%FF%FE", media=FORM), 400),
    (Ask("bad_query_syntax", (q("SELECT WHERE"),)), 400),
    (Ask("bad_query_empty", (q(""),)), 400),
    (Ask("bad_form_without_query", form=(("q", SELECT),)), 400),
    (Ask("bad_graph_name", (q(SELECT), default("no iri"))), 400),
    (Ask("bad_update_get", (("update", "CLEAR ALL"),)), 403),
    (Ask("bad_update_post_form", form=(("update", "CLEAR ALL"),)), 403),
    (Ask("bad_update_post_direct", body="CLEAR ALL", media="application/sparql-update"), 403),
    (Ask("bad_update_as_query", form=(q("CLEAR ALL"),)), 400),
    (Ask("bad_multiple_updates", form=(("update", "CLEAR ALL"), ("update", "CLEAR ALL"))), 403),
    (Ask("bad_update_wrong_media_type", body="CLEAR ALL", media="text/plain"), 415),
    (Ask("bad_update_dataset_conflict", form=(("update", "CLEAR ALL"), ("using-graph-uri", ONE))), 403),
    (Ask("no_format_for_rows", (q(SELECT),), accept="image/png"), 406),
    (Ask("no_format_for_triples", (q(CONSTRUCT),), accept="text/csv"), 406),
    (Ask("no_format_refused_all", (q(SELECT),), accept="*/*;q=0"), 406),
    (Ask("too_long", form=(q(SELECT + " " * 1_100_000),)), 413),
    (Ask("service", (q("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"),)), 403),
    (Ask("service_silent", (q("SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }"),)), 403),
]  # fmt: skip


@pytest.mark.parametrize("ask, media, rows", ANSWERED, ids=str)
def test_a_query_is_answered(url: str, ask: Ask, media: str, rows: int | None) -> None:
    got = ask.send(url)
    assert (got.status, got.media) == (200, media), got.text
    form = next(each.form for each in (*RESULTS, *GRAPHS) if each.media == media)
    if isinstance(form, ox.RdfFormat):
        assert list(ox.parse(got.body, form))
    elif media in (JSON, XML) and rows is not None:
        answer = ox.parse_query_results(got.body, form)
        assert isinstance(answer, ox.QuerySolutions) and len(list(answer)) == rows
    else:
        assert got.body.strip()


@pytest.mark.parametrize("ask, status", REFUSED, ids=str)
def test_a_request_that_breaks_the_rules_is_refused(url: str, ask: Ask, status: int) -> None:
    got = ask.send(url)
    assert got.status == status, got.text
    assert got.text.strip() and "Traceback" not in got.text
    if status == 405:
        assert got.headers["Allow"] == "GET, HEAD, POST"


def test_an_answer_to_ask(url: str) -> None:
    assert json.loads(Ask("ask", (q("ASK { ?s ?p ?o }"),)).send(url).body) == {"head": {}, "boolean": True}


def test_without_a_query_the_service_is_described(url: str) -> None:
    got = fetch(url, {"Accept": "text/turtle"})
    store = ox.Store()
    store.load(got.body, ox.RdfFormat.TURTLE)
    asked = "SELECT ?e ?g { ?s a sd:Service ; sd:endpoint ?e ; sd:defaultDataset/sd:namedGraph/sd:name ?g }"
    prefixes = {"sd": "http://www.w3.org/ns/sparql-service-description#"}
    rows = list(store.query(asked, prefixes=prefixes))  # type: ignore[arg-type]
    assert {row["e"].value for row in rows} == {url} and {row["g"].value for row in rows} == {ONE, TWO, THREE}


def test_a_reader_of_another_site_may_ask(url: str) -> None:
    asked = fetch(f"{url}?{urlencode([q(SELECT)])}", {"Origin": "https://other.example"})
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    before = {"Origin": "https://other.example", "Access-Control-Request-Method": "POST"}
    assert fetch(url, before, method="OPTIONS").status == 200
    assert fetch(url, {**before, "Access-Control-Request-Method": "DELETE"}, method="OPTIONS").status == 400


@pytest.mark.parametrize(
    "accept, media",
    [
        (None, JSON),
        ("", JSON),
        ("application/json", JSON),
        ("text/*", "text/csv"),
        ("text/csv;q=0.1, application/*;q=0.2", JSON),
        ("APPLICATION/SPARQL-RESULTS+XML", XML),
        ("text/csv; charset=utf-8", "text/csv"),
        ("nonsense", None),
        ("*/*;q=x", None),
    ],
)
def test_the_accept_header_chooses(accept: str | None, media: str | None) -> None:
    found = best(accept, RESULTS)
    assert (found.media if found else None) == media


@pytest.mark.parametrize(
    "text, dataset, called",
    [
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", True, []),
        ("select * from named <urn:g> { ?s ?p ?o }", True, []),
        ("SELECT ?from { ?from <urn:from> 'FROM <x>' } # FROM <urn:g>", False, []),
        ("PREFIX from: <urn:x#FROM> SELECT * { ?s from:FROM ?o }", False, []),
        ("SELECT * { SERVICE <urn:a> { ?s ?p ?o } }", False, ["urn:a"]),
        ("SELECT * { ?s ?p ?o.SERVICE<urn:a>{ ?s ?p ?o } }", False, ["urn:a"]),
        ("SELECT * { ?s ?p 1.service silent ?x { ?s ?p ?o } }", False, ["?x"]),
        ("SELECT * { ?s ?p '''it's''' . SERVICE x:y { } }", False, ["x:y"]),
        ('SELECT * { ?s ?p "SERVICE <urn:a>", """ " SERVICE <urn:b> """ }', False, ["urn:a", "urn:b"]),
        ("SELECT * { ?s <urn:\\u0041'> ?o . SERVICE <urn:a> { } FILTER(?o != '') }", False, ["urn:a"]),
        ("SELECT * { FILTER(?a<'&&?b>') SERVICE <urn:a> { } FILTER(?c != '') }", False, ["urn:a"]),
        ("SELECT * { FILTER(?a<urn:x#y>'''\n) SERVICE <urn:a> { } #'''\n }", False, ["urn:a"]),
        ("SELECT * { SERVICE#<urn:x>\nSILENT#\n<urn:a> { } }", False, ["urn:a"]),
        ("SELECT * { ?s ?p 1SERVICE<urn:a> { } }", False, ["urn:a"]),
        ("SELECT * { SERVICE <urn:\\u0041> { } }", False, ["<"]),
        ("SELECT * { ?s ?p 'the service was good', 'secret service', 'serviced' }", False, []),
        ("SELECT * { FILTER(?a<?b)SERVICE ?c{ }FILTER(1>0) }", False, ["?c"]),
    ],
)
def test_words_of_a_query_are_told_from_its_texts(text: str, dataset: bool, called: list[str]) -> None:
    assert (has_dataset(text), services(text)) == (dataset, called)
