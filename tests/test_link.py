"""Linking out, against a real SPARQL server with Wikidata-shaped data made for this."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

import pyoxigraph as ox
import pytest
from servers import oxigraph

from kg import pipeline
from kg.cli import run
from kg.endpoint import AGENT
from kg.errors import DataError, EndpointError, UsageError
from kg.judgements.file import load as judgements
from kg.link import Found, Profile, Wish, beside, link, named, read, write
from kg.link.profile import load
from kg.link.reasons import Office, Ours, Theirs, weigh
from kg.settle import settle
from kg.store import Store

WD = "http://www.wikidata.org/entity/"
ELSEWHERE = """
@prefix wd: <http://www.wikidata.org/entity/> . @prefix wdt: <http://www.wikidata.org/prop/direct/> .
@prefix p: <http://www.wikidata.org/prop/> . @prefix ps: <http://www.wikidata.org/prop/statement/> .
@prefix pq: <http://www.wikidata.org/prop/qualifier/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix schema: <http://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
wd:Q1001 wdt:P31 wd:Q5 ; rdfs:label "Clara Nystrand"@en ; schema:description "politician"@en ;
    wdt:P569 "1970-02-01T00:00:00Z"^^xsd:dateTime ; p:P39 wd:s1 .
wd:s1 ps:P39 wd:Q2001 ; pq:P580 "2019-06-01T00:00:00Z"^^xsd:dateTime ; pq:P582 "2022-06-01T00:00:00Z"^^xsd:dateTime .
wd:Q2001 rdfs:label "mayor of Varnholm"@en .
wd:Q1002 wdt:P31 wd:Q5 ; rdfs:label "Clara Nystrand"@en ; schema:description "painter"@en ;
    wdt:P569 "1890-02-01T00:00:00Z"^^xsd:dateTime ; wdt:P570 "1951-02-01T00:00:00Z"^^xsd:dateTime .
wd:Q1003 wdt:P31 wd:Q5 ; rdfs:label "Clara Nystrand"@en ; schema:description "mayor long ago"@en ; p:P39 wd:s3 .
wd:s3 ps:P39 wd:Q2001 ; pq:P580 "1980-06-01T00:00:00Z"^^xsd:dateTime ; pq:P582 "1984-06-01T00:00:00Z"^^xsd:dateTime .
wd:Q1004 wdt:P31 wd:Q5 ; rdfs:label "Tomas Eklund"@en ; schema:description "chemist"@en .
wd:Q1005 wdt:P31 wd:Q5 ; rdfs:label "Tomas Eklund"@en ; schema:description "farmer"@en .
wd:Q1006 wdt:P31 wd:Q4 ; rdfs:label "Tomas Eklund"@en ; schema:description "a ship, no human"@en .
wd:Q3001 wdt:P31 wd:Q3000 ; rdfs:label "Harbour Pilots Association"@en ; skos:altLabel "HPA"@en .
wd:Q3000 wdt:P279 wd:Q43229 .
"""
TEXT = (
    "Clara Nystrand, the mayor of Varnholm, met Tomas Eklund of the Harbour Pilots Association on 3 May 2021. "
    "Clara Nystrand said: “The harbour stays open.”"
)


def load_into(url: str, turtle: str) -> None:
    headers = {"Content-Type": "text/turtle"}
    with urlopen(Request(f"{url}/store?default", turtle.encode(), headers, method="POST")):
        pass


@pytest.fixture(scope="module")
def wikidata(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("wikidata") / "store"
    with oxigraph(folder) as (url, _):
        load_into(url, ELSEWHERE)
        yield f"{url}/query"


class Between:
    """A server before the real one: `spoil` may answer in its stead, and every request is counted."""

    def __init__(self, address: str) -> None:
        self.address, self.seen, self.agents = address, 0, set[str]()
        self.spoil: Callable[[BaseHTTPRequestHandler, int], bool] = lambda handler, number: False
        self.url = ""


@pytest.fixture
def between(wikidata: str) -> Iterator[Between]:
    with _between(wikidata) as found:
        yield found


@contextmanager
def _between(address: str) -> Iterator[Between]:
    state = Between(address)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.seen += 1
            state.agents.add(str(self.headers["User-Agent"]))
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if state.spoil(self, state.seen):
                return
            headers = {name: str(self.headers[name]) for name in ("Content-Type", "Accept")}
            with urlopen(Request(state.address, body, headers)) as answer:
                data, media = answer.read(), answer.headers["Content-Type"]
            self.send_response(200)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *about: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}/sparql"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "news").mkdir()
    (folder / "news" / "a.txt").write_text(TEXT, "utf-8")
    (folder / "news" / "sources.csv").write_text("file,publisher,published\na.txt,The Quay,2021-05-04\n", "utf-8")
    with Store.open(folder / "kg") as store:
        pipeline.build([folder / "news"], store)
    return folder


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    """A store of one document of 2021."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return tmp_path / "kg"


def quick(profile: str = "wikidata") -> Profile:
    found = named(profile)
    return Profile(*(getattr(found, name) for name in Profile.__slots__[:-1]), 0.0)


def linked(place: Path, address: str, wish: Wish | None = None) -> Found:
    with Store.open(place) as store:
        found = link(store, address, quick(), wish or Wish(seconds=30))
        path = beside(store)
        assert path is not None
        write(path, found.links)
        settle(store)
    return found


def asked(place: Path, predicate: str) -> set[tuple[str, str]]:
    with Store.open(place, read_only=True) as store:
        rows = store.query(f"SELECT ?name ?there WHERE {{ ?s {predicate} ?there ; rdfs:label ?name }}")
        assert isinstance(rows, ox.QuerySolutions)
        return {(row["name"].value, row["there"].value) for row in rows}


def test_of_namesakes_office_and_dates_choose_and_else_nobody_does(place: Path, wikidata: str) -> None:
    found = linked(place, wikidata)
    by_name = {each.thing.words: each.candidates for each in found.links}
    clara = {each.iri: each for each in by_name["Clara Nystrand"]}
    assert clara[WD + "Q1001"].match
    assert any(reason.startswith("same office (+0.40)") for reason in clara[WD + "Q1001"].reasons)
    assert not any(each.match for iri, each in clara.items() if iri != WD + "Q1001")
    assert by_name["Clara Nystrand"][0].iri == WD + "Q1001"
    tomas = by_name["Tomas Eklund"]
    assert [(each.iri, each.match) for each in tomas] == [(WD + "Q1004", False), (WD + "Q1005", False)]
    assert asked(place, "skos:exactMatch") == {
        ("Clara Nystrand", WD + "Q1001"), ("Harbour Pilots Association", WD + "Q3001"),
    }  # fmt: skip
    assert found.matches == 2 and not found.cut


def test_matches_outlive_a_build_and_show_their_score(place: Path, wikidata: str) -> None:
    linked(place, wikidata)
    before = asked(place, "skos:exactMatch")
    with Store.open(place) as store:
        pipeline.build([place.parent / "news"], store)
        rows = store.query("SELECT ?why WHERE { ?s skos:exactMatch ?there ; wm:reason ?why }")
        told = [row["why"].value for row in rows]  # type: ignore[union-attr]
    assert any("link (+" in words and "Q1001" in words for words in told)
    assert asked(place, "skos:exactMatch") == before


def test_people_accept_and_reject(place: Path, wikidata: str, capsys: pytest.CaptureFixture[str]) -> None:
    linked(place, wikidata)
    at = ["--store", str(place), "--by", "ann"]
    assert run(["link", "accept", "Tomas Eklund", WD + "Q1005", "--note", "he farms", *at]) == 0
    assert run(["link", "reject", "Clara Nystrand", *at]) == 0
    assert "Clara Nystrand is not http://www.wikidata.org/entity/Q1001" in capsys.readouterr().err
    assert asked(place, "owl:sameAs") == {("Tomas Eklund", WD + "Q1005")}
    assert asked(place, "skos:exactMatch") == {("Harbour Pilots Association", WD + "Q3001")}
    with Store.open(place, read_only=True) as store:
        words = judgements(store.judgements).links
    assert [(each.thing.words, each.iri, each.same, each.by) for each in words] == [
        ("Tomas Eklund", WD + "Q1005", True, "ann"), ("Clara Nystrand", WD + "Q1001", False, "ann"),
    ]  # fmt: skip
    assert run(["link", "accept", "Varnholm", "--store", str(place)]) == 2
    assert "give the IRI" in capsys.readouterr().err


def test_the_second_run_asks_nothing(place: Path, between: Between) -> None:
    first = linked(place, between.url)
    seen = between.seen
    assert first.asked == seen > 0 and between.agents == {AGENT}
    second = linked(place, between.url)
    assert (between.seen, second.asked, second.known) == (seen, 0, seen)
    assert second.links == first.links
    assert linked(place, between.url, Wish(seconds=30, fresh=True)).asked == seen


def test_a_busy_server_is_given_the_time_that_it_asks_for(place: Path, between: Between) -> None:
    times: list[float] = []

    def spoil(handler: BaseHTTPRequestHandler, number: int) -> bool:
        times.append(time.monotonic())
        if number == 1:
            handler.send_response(429)
            handler.send_header("Retry-After", "1")
            handler.send_header("Content-Length", "0")
            handler.end_headers()
        return number == 1

    between.spoil = spoil
    assert linked(place, between.url).matches == 2
    assert times[1] - times[0] >= 1.0


def test_a_trickling_server_is_cut_at_the_deadline(place: Path, between: Between) -> None:
    def trickle(handler: BaseHTTPRequestHandler, number: int) -> bool:
        if number < 3:
            return False
        handler.send_response(200)
        handler.send_header("Content-Type", "application/sparql-results+json")
        handler.end_headers()
        try:
            for _ in range(200):
                handler.wfile.write(b" ")
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass
        return True

    between.spoil = trickle
    began = time.monotonic()
    with Store.open(place) as store, pytest.raises(EndpointError, match=r"within|not done"):
        link(store, between.url, quick(), Wish(("person",), seconds=1.0))
    assert time.monotonic() - began < 4
    between.spoil = lambda handler, number: False
    assert linked(place, between.url).known == 2  # what was answered before is not asked again


def test_what_was_found_before_a_failure_is_kept(place: Path, between: Between) -> None:
    def dies(handler: BaseHTTPRequestHandler, number: int) -> bool:
        if number > 3:
            handler.send_response(500)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
        return number > 3

    between.spoil = dies
    found = linked(place, between.url)
    assert "failed (500)" in found.cut and found.looked_up == 2
    assert asked(place, "skos:exactMatch") == {("Clara Nystrand", WD + "Q1001")}


def test_the_command(place: Path, between: Between, capsys: pytest.CaptureFixture[str]) -> None:
    shape = str(Path(named("wikidata").where))
    code = run(["link", "--endpoint", between.url, "--profile", shape, "--type", "person", "--store", str(place)])
    shown = capsys.readouterr()
    assert code == 0
    assert "looked up 2, matched 1, found nothing for 0" in shown.err
    assert "Clara Nystrand" in shown.out and "0.80" in shown.out
    assert run(["link", "--endpoint", between.url, "--type", "river", "--store", str(place)]) == 2
    assert run(["link", "--help"]) == 0
    assert "Example: kg link" in capsys.readouterr().out


def test_a_plain_endpoint_has_a_profile_too(place: Path, tmp_path: Path) -> None:
    plain = """@prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix org: <http://www.w3.org/ns/org#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix e: <http://else.example/> .
    e:clara a foaf:Person ; foaf:name "Clara Nystrand" . e:t org:member e:clara ; org:role e:r ; org:organization e:v .
    e:r rdfs:label "mayor" . e:v rdfs:label "Varnholm" ."""
    with oxigraph(tmp_path / "plain") as (url, _):
        load_into(url, plain)
        with Store.open(place) as store:
            found = link(store, f"{url}/query", named("generic"), Wish(("person",), seconds=30))
    best = next(each for each in found.links if each.thing.words == "Clara Nystrand").candidates[0]
    assert best.iri == "http://else.example/clara" and best.match


DAY = date(2021, 5, 4)
MAYOR = Office("mayor", "Varnholm", DAY, DAY)
CASES = [
    (Theirs("x", "Clara Nystrand"), 0.65),
    (Theirs("x", "Clara Nystrand", rivals=1), 0.4),
    (Theirs("x", "Clara Nystrand", offices={Office("mayor of Varnholm")}), 0.95),
    (Theirs("x", "Clara Nystrand", offices={Office("Mayor", "Varnholm", date(2019, 1, 1))}), 1.05),
    (Theirs("x", "Clara Nystrand", offices={Office("mayor of Varnholm", end=date(1994, 1, 1))}), 0.35),
    (Theirs("x", "Clara Nystrand", offices={Office("mayor of Oslo")}), 0.65),
    (Theirs("x", "Clara Nystrand", died=date(1951, 1, 1)), -0.35),
    (Theirs("x", "Clara Nystrand", born=date(2022, 1, 1)), -0.35),
    (Theirs("x", "Clara Maria Nystrand", names={"Clara Nystrand"}), 0.5),
]


@pytest.mark.parametrize(("theirs", "score"), CASES, ids=range(len(CASES)))
def test_reasons(theirs: Theirs, score: float) -> None:
    ours = Ours("n", "person", "Clara Nystrand", {"Clara Nystrand"}, {MAYOR}, {DAY})
    assert weigh(ours, theirs)[0] == score


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("names:", "nams:", "unknown key 'nams'"),
        ("wd:Q5 .", "wd:Q5 {", "types|person"),
        ("batch: 40", "batch: 0", "'batch' must be"),
        ("languages: [en]", "languages: en", "'languages' must be a list"),
        ("label: rdfs:label", "label: nosuch:label", "no SPARQL"),
        ("  person:", "  river:", "unknown key 'river'"),
    ],
)
def test_profiles_are_read_strictly(tmp_path: Path, old: str, new: str, what: str) -> None:
    path = tmp_path / "p.yaml"
    path.write_text(Path(named("wikidata").where).read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(DataError, match=what):
        load(path)
    with pytest.raises(DataError, match="unknown; there are generic, wikidata"):
        named("mars")


@pytest.mark.parametrize(
    "text", ["- person: A\n", "- {person: A, document: d, endpoint: e, candidates: [{to: x, score: 1, match: true}]}\n",
             "a: b\n", "- [", "- {document: d, endpoint: e}\n"]
)  # fmt: skip
def test_the_file_of_candidates_is_read_strictly(tmp_path: Path, text: str) -> None:
    path = tmp_path / "kg-links.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=r"kg-links\.yaml"):
        read(path)


def test_an_unknown_kind_is_refused(place: Path) -> None:
    with Store.open(place) as store, pytest.raises(UsageError, match="knows person, party"):
        link(store, "http://127.0.0.1:1/", quick(), Wish(("river",)))
