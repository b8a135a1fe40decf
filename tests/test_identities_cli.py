"""People decide: on the command line and in Python, obeyed at once, by the next build, and undone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_cases import Told

import kg
from kg.cli import run
from kg.errors import QueryError, StoreError, UsageError
from kg.judgements import Link, Thing
from kg.judgements.file import add
from kg.pipeline import Settings, build
from kg.settle import settle
from kg.store import MEMORY, Store

BASE = "https://example.org/kg/"
Run = Callable[..., tuple[int, str, str]]


def papers() -> list[Told]:
    """A doubtful pair of people, one person in two papers, two meetings in one sentence."""
    one = Told("a.txt", "Ada Lindgren, leader of the Reed Party, met Bo Ek in Malmo and later Cy Dahl.", "2021-05-04")
    ada, ek, dahl = (one.entity("Person", name) for name in ("Ada Lindgren", "Bo Ek", "Cy Dahl"))
    one.role(ada, "leader", one.entity("Party", "Reed Party"))
    one.meeting("met", ada, ek, place=one.entity("Place", "Malmo"), days=("2021-05-03", "2021-05-03"))
    one.meeting("met", ada, dahl, days=("2021-05-03", "2021-05-03"))
    two = Told("b.txt", "Ada Lindgern of the Reed Party spoke.", "2021-05-05")
    two.entity("Person", "Ada Lindgern")
    two.entity("Party", "Reed Party")
    three = Told("c.txt", "Bo Ek and Di Falk said: “No.”", "2021-05-06")
    ek = three.entity("Person", "Bo Ek")
    three.entity("Person", "Di Falk")
    three.said("No.", ek)
    return [one, two, three]


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    with Store.open(".kg") as store:
        for told in papers():
            store.keep(told.findings())
        settle(store)
    return tmp_path


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], there: Path) -> Run:
    """Runs a command in a folder with a store: exit code, output, complaints."""

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def node(name: str) -> str:
    """The IRI of what is called so."""
    with kg.open() as graph:
        (row,) = graph.sparql(f'SELECT DISTINCT ?n {{ ?n wm:mentionedIn ?p ; rdfs:label|skos:altLabel "{name}" }}')  # type: ignore[union-attr]
        return str(row["n"])


def facts(kind: str) -> list[str]:
    with kg.open() as graph:
        return [row["n"] for row in graph.sparql(f"SELECT ?n {{ ?n a wm:{kind} }} ORDER BY ?n")]  # type: ignore[union-attr]


def quads(graph: str | None = None) -> set[ox.Quad]:
    with Store.open(".kg", read_only=True) as store:
        return {quad for quad in store.quads() if graph is None or quad.graph_name.value == BASE + graph}


def test_doubtful_pairs_are_listed_with_scores_reasons_and_evidence(call: Run) -> None:
    code, out, _ = call("identities", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(out))
    assert code == 0
    assert {row["one"], row["other"]} == {"Ada Lindgren", "Ada Lindgern"} and row["kind"] == "person"
    assert {row["oneDocument"], row["otherDocument"]} == {"a.txt", "b.txt"}
    assert "both name reed" in row["reasons"] and "leader of the Reed Party" in row["oneEvidence"]
    assert 0 < float(row["score"]) < 1 and row["now"] in ("one", "two") and len(row["row"]) == 6
    (bound,) = json.loads(call("identities", "--format", "json")[1])["results"]["bindings"]
    assert bound["row"]["value"] == row["row"]
    shown = call("identities")[1]
    assert all(words in shown for words in (row["row"], "Ada Lindgren", "(a.txt)", "Ada Lindgern", "(b.txt)"))


def test_a_name_that_two_bear_is_told_apart_by_its_document(call: Run, there: Path) -> None:
    assert call("identities", "reject", "Ada Lindgren@a.txt", "Ada Lindgren@nowhere.txt")[::2] == (
        2, "kg: reject: there is no document 'nowhere.txt' here; name one by its file's name, as NAME@DOCUMENT\n"
    )  # fmt: skip
    with Store.open(".kg") as store:
        for name in ("one.txt", "two.txt"):
            told = Told(name, "Ilona Berger met Bo Ek.", "2021-05-06")
            people = [told.entity("Person", each) for each in ("Ilona Berger", "Bo Ek")]
            told.meeting("Ilona Berger met Bo Ek.", *people)
            store.keep(told.findings())
        settle(store)
    for given in (["Ilona Berger@two.txt", "Ilona Berger@one.txt"], ["Ilona Berger@one.txt", "Ilona Berger@two.txt"]):
        code, out, err = call("identities", "reject", *given)  # first as one node, then as two
        assert code == 0 and "“Ilona Berger” in one.txt" in out and "are two" in out, err


@pytest.mark.parametrize("by_row", [True, False])
def test_a_decision_is_obeyed_at_once_explained_and_undone(call: Run, by_row: bool) -> None:
    (row,) = csv.DictReader(io.StringIO(call("identities", "--format", "csv")[1]))
    before, joined = quads(), row["now"] == "one"
    given = [row["row"]] if by_row or joined else ["Ada Lindgren", "Ada Lindgern"]
    code, out, err = call("identities", "reject" if joined else "accept", *given, "--by", "ann", "--note", "asked her")
    assert code == 0 and "Ada Lindgren" in out and "forget" in err
    assert (node("Ada Lindgren") == node("Ada Lindgern")) is not joined
    assert f"ann decided so on {date.today()}: asked her" in call("explain", "Ada Lindgren")[1]
    assert "nothing found" in call("identities")[2]
    (made,) = csv.DictReader(io.StringIO(call("identities", "--decided", "--format", "csv")[1]))
    assert (made["by"], made["date"], made["note"]) == ("ann", str(date.today()), "asked her")
    assert call("identities", "forget", made["key"])[0] == 0
    assert quads() == before and call("identities", "forget", made["key"])[0] == 2


def test_one_person_is_made_two_by_document(call: Run) -> None:
    assert "say whose you mean" in call("identities", "reject", "Bo Ek", "Bo Ek")[2]
    assert call("identities", "reject", "Bo Ek@a.txt", "Bo Ek@c.txt", "--by", "ann")[0] == 0
    with kg.open() as graph:
        asked = 'SELECT DISTINCT ?n { ?n rdfs:label "Bo Ek" ; wm:reason ?r FILTER(CONTAINS(?r, "ann")) }'
        both = list(graph.sparql(asked))
    assert len(both) == 2
    assert call("identities", "forget", "Bo Ek")[0] == 0
    assert node("Bo Ek")


def test_the_next_build_obeys_even_with_documents_read_anew(call: Run, there: Path) -> None:
    call("identities", "reject", "Bo Ek@a.txt", "Bo Ek@c.txt", "--by", "ann")
    (there / "d.txt").write_text("Harbour mayor Jane Doe met Richard Roe in Lisbon on 3 March 2021.\n", "utf-8")
    with Store.open(".kg") as store:
        assert not build([there / "d.txt"], store, Settings("rules")).problems
    with kg.open() as graph:
        assert len(list(graph.sparql('SELECT DISTINCT ?n { ?n rdfs:label "Bo Ek" ; wm:mentionedIn ?p }'))) == 2


def test_a_named_file_is_remembered_and_obeyed_by_other_stores(call: Run, there: Path) -> None:
    assert call("identities", "reject", "Bo Ek@a.txt", "Bo Ek@c.txt", "--judgements", "team.yaml")[0] == 0
    assert (there / "team.yaml").exists() and not (there / "kg-judgements.yaml").exists()
    with Store.open(".kg") as store:
        settle(store)
        assert len({quad.subject for quad in store.quads() if quad.object == ox.Literal("Bo Ek")} - {None}) >= 2
    with Store.open(MEMORY, judgements="team.yaml") as other:
        for told in papers():
            other.keep(told.findings())
        assert not settle(other).problems
        named = {quad.subject for quad in other.quads() if quad.object == ox.Literal("Bo Ek")}
    assert len({each.value for each in named if "/person/" in each.value}) == 2  # type: ignore[union-attr]


def test_a_rejected_fact_leaves_the_graph_and_nothing_else_does(call: Run) -> None:
    before, others = quads("document/a.txt"), quads("document/b.txt")
    first, second = facts("Meeting")
    assert "dahl" in second or "dahl" in first
    dahl = next(each for each in (first, second) if "dahl" in each)
    assert call("reject", dahl, "--by", "bo", "--note", "they did not")[0] == 0
    left = quads("document/a.txt")
    assert left < before and quads("document/b.txt") == others
    assert {quad.subject.value for quad in before - left} == {dahl}
    assert f"bo decided so on {date.today()}: they did not" in call("explain", "a.txt")[1]
    assert call("identities", "forget", csv_key(call))[0] == 0
    assert quads("document/a.txt") == before


def csv_key(call: Run) -> str:
    return next(csv.DictReader(io.StringIO(call("identities", "--decided", "--format", "csv")[1])))["key"]


def test_a_fact_is_corrected_and_says_by_whom(call: Run) -> None:
    before = set(facts("Meeting"))
    ek = next(each for each in before if "dahl" not in each)
    code, out, _ = call(
        "correct", ek, "--date", "2021-05-01/2021-05-02", "--participant", "Bo Ek", "--participant", "Cy Dahl",
        "--status", "planned", "--place", "", "--by", "ann",
    )  # fmt: skip
    assert code == 0 and "participants of the meeting" in out
    (now,) = set(facts("Meeting")) - before
    assert f"its IRI is now <{now}>" in out
    code, _, err = call("reject", ek)
    assert code == 2 and f"<{ek}> is not in the graph, or not any more" in err
    with kg.open() as graph:
        (row,) = graph.sparql(
            """SELECT ?first ?last (GROUP_CONCAT(?name; separator=",") AS ?who) {
            ?m a wm:Meeting ; wm:status wm:Planned ; wm:earliest ?first ; wm:latest ?last ; wm:dateBasis wm:Stated .
            { SELECT ?m ?name { ?m wm:participant/rdfs:label ?name } ORDER BY ?name }
            FILTER NOT EXISTS { ?m wm:place ?p } FILTER EXISTS { ?m wm:reason ?r FILTER(CONTAINS(?r, "ann decided")) }
            } GROUP BY ?first ?last"""
        )
    assert (row["first"], row["last"], row["who"]) == (date(2021, 5, 1), date(2021, 5, 2), "Bo Ek,Cy Dahl")
    said = facts("Statement")[0]
    assert call("correct", said, "--speaker", "Di Falk", "--by", "ann")[0] == 0
    assert "Di Falk" in call("query", "statements-by", "--speaker", "Di Falk", "--format", "csv")[1]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("correct", "MEETING", "--participant", "Nobody Here"), "names no 'Nobody Here'"),
        (("correct", "MEETING", "--date", "May"), "no date"),
        (("correct", "MEETING", "--speaker", "Bo Ek"), "no speakers to correct"),
        (("correct", "MEETING"), "give --date"),
        (("reject", "Bo Ek"), "is no meeting, statement or tenure"),
        (("reject", BASE + "meeting/none"), "not"),
        (("identities", "accept", "Bo Ek", "Malmo"), "never one thing"),
        (("identities", "accept", "Bo Ek"), "two names or IRIs, or keys of rows"),
        (("identities", "accept", "Bo Ek", "Zoë"), "nothing is called 'Zoë'"),
        (("identities", "accept", "Bo Ek@a.txt", "Bo Ek@a.txt"), "one record of a.txt"),
        (("identities", "forget", "000000"), "nothing was decided"),
        (("identities", "--format", "xml"), "allowed are table, csv, tsv, json"),
        (("remove", "z.txt"), "no document"),
        (("identities", "--store", "nowhere"), "no store yet"),
        (("reject", "x", "--store", "nowhere"), "no store yet"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_is_written(
    call: Run, there: Path, arguments: tuple[str, ...], what: str
) -> None:
    before = quads()
    meeting = facts("Meeting")[0]
    code, out, err = call(*(meeting if each == "MEETING" else each for each in arguments))
    assert code in (1, 2) and what in err and not out
    assert quads() == before and not (there / "kg-judgements.yaml").exists() and not (there / "nowhere").exists()


def test_a_malformed_file_stops_a_build_before_it_reads(call: Run, there: Path) -> None:
    (there / "kg-judgements.yaml").write_text("- same: []\n  bye: ann\n", "utf-8")
    (there / "d.txt").write_text("Jane Doe met Richard Roe.\n", "utf-8")
    before = quads()
    code, _, err = call("build", "d.txt", "--language", "rules")
    assert code == 1 and "kg-judgements.yaml:1: unknown key 'bye'" in err
    assert quads() == before


def test_a_judgement_that_no_longer_fits_is_reported_and_kept(call: Run, there: Path) -> None:
    call("identities", "reject", "Bo Ek@a.txt", "Bo Ek@c.txt", "--by", "ann")
    code, _, err = call("remove", "c.txt")
    assert code == 0 and "kg-judgements.yaml:7" in err and "fits nothing: “Bo Ek” is not found in c.txt" in err
    assert "different" in (there / "kg-judgements.yaml").read_text("utf-8")


def test_an_accepted_link_is_the_same_and_a_refused_one_is_not(there: Path) -> None:
    thing, wiki = Thing("person", "a.txt", "Bo Ek"), "http://www.wikidata.org/entity/Q"
    add(there / "kg-judgements.yaml", [Link(thing, wiki + "1", True, "ann"), Link(thing, wiki + "2", False, "ann")])
    with Store.open(".kg") as store:
        settle(store)
    with kg.open() as graph:
        assert [row["o"] for row in graph.sparql("SELECT ?o { ?s owl:sameAs ?o }")] == [wiki + "1"]
        reasons = [row["r"] for row in graph.sparql(f"SELECT ?r {{ <{node('Bo Ek')}> wm:reason ?r }}")]
    assert any(f"not {wiki}2" in reason for reason in reasons) and any(f"same as {wiki}1" in r for r in reasons)


def test_python_decides_too(there: Path) -> None:
    with kg.open() as graph, pytest.raises(StoreError, match="write=True"):
        graph.accept("Bo Ek", "Di Falk")
    with kg.open(".kg", write=True) as graph:
        (pair,) = graph.identities()
        done = (graph.part if pair.joined else graph.accept)(pair.key, by="ann")
        assert done.judgements[0].by == "ann" and not graph.identities()
        graph.forget("Ada Lindgren", "Ada Lindgern")
        assert [each.key for each in graph.identities()] == [pair.key]
        meeting = next(iter(graph.sparql("SELECT ?m { ?m a wm:Meeting } ORDER BY ?m")))["m"]
        with pytest.raises(UsageError, match="unknown status"):
            graph.correct(meeting, {"status": "done"})
        graph.reject(meeting, by="ann")
        with pytest.raises(QueryError):
            graph.reject(meeting)
        assert graph.remove("b.txt").problems == ()
    with pytest.raises(StoreError, match="no store yet"):
        kg.open("nowhere", write=True)
