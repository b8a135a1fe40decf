"""The six steps in one loop: what a build reads, replaces, leaves and repeats."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

import kg
from kg import pipeline
from kg.documents import Skipped
from kg.errors import QueryError, StoreError
from kg.pipeline import analysing
from kg.store import Store
from kg.tables import Table

SEEDS = Path(__file__).parent.parent / "seeds"
STORY = """Mayor meets minister

Harbour mayor Jane Doe met the finance minister, Richard Roe, in Lisbon on 3 March 2021.
"""
OTHER = """Council hears mayor

The council of Portland heard Mary Major, its chief executive, on Monday. "We are ready," Ms Major said.
"""


@pytest.fixture(scope="module")
def seeds() -> kg.Graph:
    return kg.build(SEEDS)


def test_building_twice_and_in_another_order_gives_the_same_bytes(seeds: kg.Graph, tmp_path: Path) -> None:
    paths = [shutil.copy(path, tmp_path) for path in SEEDS.iterdir()]
    random.Random(7).shuffle(paths)
    with kg.build([path for path in paths if not path.endswith(".csv")]) as again:
        assert again.export() == seeds.export()


def test_a_second_build_adds_and_replaces_and_never_removes(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    (tmp_path / "b.txt").write_text(OTHER, "utf-8")
    with Store.open(":memory:") as store:
        pipeline.build([tmp_path / "a.txt"], store)
        first = set(store.quads())
        pipeline.build([tmp_path / "b.txt"], store)
        assert [document.slug for document in store.documents()] == ["a.txt", "b.txt"]
        assert {quad for quad in first if "document/a" in quad.graph_name.value} <= set(store.quads())
        (tmp_path / "a.txt").write_text(STORY.replace("Jane Doe", "Joan Poe"), "utf-8")
        pipeline.build([tmp_path / "a.txt"], store)
        graph = kg.Graph(store)
        assert names(graph, "Joan Poe") and not names(graph, "Jane Doe")
        report = pipeline.build([tmp_path / "b.txt"], store, pipeline.Settings(prune=True))
        assert report.pruned == ("a.txt",)
        assert [document.slug for document in store.documents()] == ["b.txt"] and not names(graph, "Joan Poe")


def test_a_store_beside_the_texts_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    for _ in range(2):
        with kg.build(tmp_path, tmp_path / "graph") as graph:
            assert graph.report is not None
            assert (graph.report.documents, graph.report.skipped) == (("a.txt",), ())


def test_an_export_that_cannot_be_written(tmp_path: Path) -> None:
    with kg.Graph(Store.open(":memory:")) as graph, pytest.raises(StoreError, match=r"no/g\.ttl.*name another"):
        graph.export(tmp_path / "no" / "g.ttl")


def names(graph: kg.Graph, name: str) -> int:
    return len(graph.sparql(f'SELECT ?who {{ ?who rdfs:label "{name}" }}'))  # type: ignore[arg-type]


def test_a_document_that_fails_is_reported_and_the_others_are_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "bad.txt", "c.txt"):
        (tmp_path / name).write_text(STORY, "utf-8")
    find = analysing.find

    def fragile(analysis):  # type: ignore[no-untyped-def]
        if analysis.document.name == "bad.txt":
            raise ZeroDivisionError("division by zero")
        return find(analysis)

    monkeypatch.setattr(analysing, "find", fragile)
    with Store.open(":memory:") as store:
        report = pipeline.build([tmp_path], store, pipeline.Settings(workers=0))
        assert report.documents == ("a.txt", "c.txt")
        reason = "cannot be analysed (ZeroDivisionError: division by zero)"
        assert report.failures == (Skipped(Path("bad.txt"), reason, failure=True),)


def test_rules_alone_build_without_a_model(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    with kg.build(tmp_path, language="rules") as graph:
        assert graph.report is not None and graph.report.documents == ("a.txt",)


def test_questions_in_python(seeds: kg.Graph) -> None:
    rows = seeds.query("documents")
    assert isinstance(rows, Table) and [row["document"][:3] for row in rows] == ["000", "001", "002", "003", "004"]
    assert seeds.query("documents", from_="2020", to="2023") and seeds.sparql("ASK { ?d a wm:Document }") is True
    with pytest.raises(QueryError, match="unknown parameter"):
        seeds.query("documents", colour="red")


def test_rdflib_sees_the_same_graph(seeds: kg.Graph) -> None:
    dataset = seeds.rdflib()
    assert isinstance(dataset, rdflib.Dataset)
    found = dataset.query("SELECT DISTINCT ?name { ?d <http://purl.org/dc/terms/identifier> ?name }")
    assert len(found) == 5


def test_a_store_is_opened_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    with kg.build(tmp_path / "a.txt", tmp_path / "store") as built:
        text = built.export(tmp_path / "g.nt")
    assert (tmp_path / "g.nt").read_text("utf-8") == text and "@prefix" not in text
    with kg.open(tmp_path / "store") as graph:
        assert graph.report is None and graph.export(form="ntriples") == text
    with pytest.raises(StoreError, match="no store"):
        kg.open(tmp_path / "nowhere")


def test_every_fact_shows_words_of_its_document(seeds: kg.Graph) -> None:
    rows = seeds.sparql(
        "SELECT DISTINCT ?name ?start ?end ?words { ?p wm:start ?start ; wm:end ?end ; wm:exact ?words ; "
        "wm:passageOf/dcterms:identifier ?name }"
    )
    texts = {path.name: path.read_bytes().decode("utf-8") for path in SEEDS.glob("*.txt")}
    assert isinstance(rows, Table) and len(rows) > 100
    for row in rows:
        assert texts[row["name"]][row["start"] : row["end"]] == row["words"]
    kinds = "VALUES ?type { wm:Meeting wm:Statement wm:Tenure }"
    assert seeds.sparql(f"ASK {{ {kinds} ?x a ?type . FILTER NOT EXISTS {{ ?x wm:evidence ?p }} }}") is False


def test_the_order_of_sets_decides_nothing(tmp_path: Path) -> None:
    """Python orders sets anew in each process; the graph is the same."""
    text = "The visit of Bishop Tarcisio Quill to prisoners' advocate Grace Moss on Tuesday passed off without fuss."
    (tmp_path / "a.txt").write_text(text + " They were joined by Ada Berg of the Harbour Party and Tom Reed.\n")
    told = "from kg.cli import run; run(['build', 'a.txt', '-o', 'out.nq', '--workers', '0'])"
    graphs = set()
    for seed in ("1", "3", "5"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(kg.__file__).parent.parent)}
        subprocess.run([sys.executable, "-c", told], cwd=tmp_path, env=environment, check=True, capture_output=True)
        graphs.add((tmp_path / "out.nq").read_bytes())
    assert len(graphs) == 1 and b"Grace" in graphs.pop()
