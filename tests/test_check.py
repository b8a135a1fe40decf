"""What `kg check` finds, and the tools that it starts."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from deliberate_errors import ERRORS
from graph_cases import two_documents
from jena import arq, jena

from kg.check import KINDS, Report, check, logic, shapes
from kg.check.findings import Finding
from kg.check.jena import tool
from kg.cli import run
from kg.errors import DataError, StoreError, UsageError
from kg.rdf import describe, prologue
from kg.resolve import resolve
from kg.settle import settle
from kg.store import Store

SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:s> a sh:NodeShape ; sh:targetSubjectsOf <urn:day> ; sh:property [ sh:path <urn:day> ; sh:datatype xsd:date ] .
"""


def test_jena_answers(tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    answer = json.loads(arq("SELECT ?o { ?s ?p ?o }", data))
    assert answer["results"]["bindings"] == [{"o": {"type": "uri", "value": "urn:c"}}]


def test_jena_finds_its_messages_for_malformed_literals(tmp_path: Path) -> None:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text('<urn:a> <urn:day> "soon"^^<http://www.w3.org/2001/XMLSchema#date> .', "utf-8")
    shapes.write_text(SHAPE, "utf-8")
    assert b"soon" in jena("shacl", "validate", "--data", data, "--shapes", shapes)


def test_without_jena_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JENA_HOME", raising=False)
    with pytest.raises(UsageError, match="install libapache-jena-java"), tool("riot"):
        pass


def sound(base: str) -> ox.Store:
    """A graph without faults."""
    graph = ox.Store()
    graph.extend(describe(resolve(two_documents()), base))
    return graph


def saved(graph: ox.Store, path: Path) -> Path:
    ox.serialize(graph, str(path), format=ox.RdfFormat.N_QUADS)
    return path


def base_of(name: str) -> str:
    return f"https://x.example/{list(ERRORS).index(name)}/"


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All deliberate errors in one file, each below a base of its own."""
    whole = ox.Store()
    for name, wrong in ERRORS.items():
        graph = ox.Store()
        graph.extend(ox.Quad(*quad.triple) for quad in sound(base_of(name)))
        before = set(graph)
        graph.update(prologue(base_of(name)) + wrong.update)
        assert set(graph) != before, f"{name}: the update changes nothing"
        whole.extend(graph)
    return saved(whole, tmp_path_factory.mktemp("bad") / "bad.nq")


@pytest.fixture(scope="module")
def report(bad: Path) -> Report:
    return check(bad, skip=["logic"])


def matches(found: Finding, name: str) -> bool:
    wrong = ERRORS[name]
    node = base_of(name) + wrong.node.strip("<>") if wrong.node else found.node
    return found.kind == wrong.kind and found.node == node and wrong.message in found.message


def test_a_sound_graph_has_no_findings(tmp_path: Path) -> None:
    done = check(saved(sound("https://x.example/kg/"), tmp_path / "good.nq"))
    assert done.findings == ()
    assert [each.split()[0] for each in done.ran] == list(KINDS)


@pytest.mark.parametrize(
    "options, told",
    [(["--triple-terms"], "RDF 1.2"), (["--describe", "--aligned"], ""), (["--without", "passages"], "without them")],
)
def test_what_kg_exports_is_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], told: str
) -> None:
    with Store.open(tmp_path / "kg") as store:
        for one in two_documents():
            store.keep(one)
        settle(store)
    assert run(["export", "--store", str(tmp_path / "kg"), *options, "-o", str(tmp_path / "g.ttl")]) == 0
    assert run(["check", str(tmp_path / "g.ttl"), "--skip", "logic"]) == 0
    printed = capsys.readouterr()
    assert "0 findings" in printed.out and told in printed.err


@pytest.mark.parametrize("name", ERRORS)
def test_every_deliberate_error_is_found(name: str, report: Report) -> None:
    assert any(matches(found, name) for found in report.findings)


def test_jena_finds_what_pyshacl_finds(bad: Path, report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "LARGE", 0)
    done = check(bad, skip=["logic", "evidence", "identity", "term"])
    assert done.ran == ("shape (jena)",)

    def compared(found: tuple[Finding, ...]) -> set[tuple[str, str]]:
        """Blank nodes bear other names; of a day that there is not Jena says in addition that it is in no order."""
        shape = [each for each in found if each.kind == "shape" and "comes after" not in each.message]
        return {(each.node, each.message) for each in shape if each.node.startswith("http")}

    assert compared(done.findings) == compared(report.findings)


def test_a_finding_shows_the_node_and_its_evidence(report: Report) -> None:
    (found,) = (each for each in report.findings if matches(each, "meeting without status"))
    assert found.label == "Ada Lind met Bo Ek and Board of Ferries"
    assert found.evidence[0].startswith("Ada Lind, leader of the Reed Party, met Bo Ek")
    (found,) = (each for each in report.findings if matches(each, "host who does not take part"))
    assert found.value.endswith("party/reed-party")


def test_words_that_the_document_lacks_are_found() -> None:
    with Store.open(":memory:") as store:
        facts = resolve(two_documents())
        for findings in facts.findings:
            store.keep(findings)
        store.write(facts)
        assert check(store, skip=["shape", "logic"]).findings == ()
        start = "<https://example.org/kg/document/two.txt#char=18,22>"
        store.oxigraph.update(
            prologue()
            + f'DELETE {{ GRAPH ?g {{ {start} wm:exact ?x }} }} INSERT {{ GRAPH ?g {{ {start} wm:exact "Bind" }} }}'
            f" WHERE {{ GRAPH ?g {{ {start} wm:exact ?x }} }}"
        )
        (found,) = check(store, skip=["shape", "logic"]).findings
        assert "the document reads 'Lind'" in found.message and found.value == "Bind"


def test_hermit_finds_a_person_who_is_a_meeting(tmp_path: Path) -> None:
    graph = sound("https://x.example/kg/")
    assert list(logic.contradictions(graph)) == []
    graph.update(prologue("https://x.example/kg/") + "INSERT DATA { <person/bo-ek> a wm:Meeting }")
    (found,) = logic.contradictions(graph)
    assert found.node == "https://x.example/kg/person/bo-ek"
    assert found.message == "It is a wm:Meeting and a wm:Person, and nothing is both."


def test_hermit_finds_what_no_query_of_ours_seeks() -> None:
    graph = sound("https://x.example/kg/")
    graph.update(
        prologue("https://x.example/kg/") + "INSERT DATA { <x> a [ owl:complementOf owl:Thing ] ; a owl:Nothing }"
    )
    (found,) = logic.contradictions(graph)
    assert found.message == "HermiT finds that the graph contradicts the ontology."


def test_without_java_the_rest_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(sound("https://x.example/kg/"), tmp_path / "good.nq")
    monkeypatch.setenv("PATH", "")
    done = check(path, skip=["shape"])
    assert "logic" not in done.ran
    assert any(each.startswith("logic: no Java is found") for each in done.left_out)
    with pytest.raises(UsageError, match="no Java is found, on which HermiT runs; install one"):
        list(logic.contradictions(ox.Store()))


def test_the_command(tmp_path: Path, bad: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = saved(sound("https://x.example/kg/"), tmp_path / "good.nq")
    quick = ["--skip", "logic", "--skip", "shape"]
    assert run(["check", str(good), *quick]) == 0
    assert capsys.readouterr().out.startswith("0 findings; checked: ")
    assert run(["check", str(bad), *quick, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert {each["kind"] for each in told["findings"]} == {"term", "evidence", "identity"}
    assert run(["check", str(bad), *quick]) == 1
    out = capsys.readouterr().out
    assert "term: Ada Lind met Bo Ek and Board of Ferries  <https://x.example/" in out
    assert "The vocabulary has no wm:particpant" in out and "“Ada Lind, leader of the Reed Party" in out


@pytest.mark.parametrize(
    "name, content, error, message",
    [
        ("x.doc", "", UsageError, "no format has the ending '.doc'; the endings are .ttl"),
        ("x.ttl", "<a> <b>", DataError, "x.ttl: no Turtle: "),
        ("none/x.ttl", None, StoreError, "x.ttl: cannot be read"),
    ],
)
def test_a_file_that_is_no_graph(
    tmp_path: Path, name: str, content: str | None, error: type[Exception], message: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(error, match=message.replace(".", r"\.")):
        check(tmp_path / name)


def test_an_unknown_check_lists_the_known(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no check shapes; the checks are shape, term"):
        check(tmp_path / "x.ttl", skip=["shapes"])


@pytest.mark.slow
def test_the_seeds_have_no_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    seeds = Path(__file__).resolve().parent.parent / "seeds"
    assert run(["build", str(seeds), "--store", str(tmp_path / "kg")]) == 0
    capsys.readouterr()
    assert run(["check", "--store", str(tmp_path / "kg")]) == 0
    assert capsys.readouterr().out.startswith("0 findings; checked: ")


def test_hermit_is_not_asked_of_a_large_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = sound("https://x.example/kg/")
    graph.update(prologue("https://x.example/kg/") + "INSERT DATA { <person/bo-ek> a wm:Meeting }")
    monkeypatch.setattr(shapes, "LARGE", 10)
    monkeypatch.setattr(logic, "contradictions", lambda graph: pytest.fail("asked"))
    done = check(saved(graph, tmp_path / "bad.nq"), skip=["shape"])
    assert [found.kind for found in done.findings] == ["logic"]
    assert any(each.startswith("logic: above 10 statements only clashes") for each in done.left_out)
