"""What follows from the graph by the ontology, and that it stays apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import owlready2
import pyoxigraph as ox
import pytest
from graph_cases import two_documents

from kg import queries, reason, stats
from kg.cli import run
from kg.rdf import BASE, prologue, term
from kg.rdf.iris import inferred_graph
from kg.resolve import resolve
from kg.store import Store

GRAPH = inferred_graph(BASE)
MEETING = "meeting/2021-05-03-ada-lind-bo-ek-board-of-ferries"


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as opened:
        opened.write(resolve(two_documents()))
        yield opened


def inferred(store: Store) -> set[ox.Triple]:
    return {quad.triple for quad in store.oxigraph.quads_for_pattern(None, None, None, GRAPH)}


def triple(subject: str, predicate: str, value: str) -> ox.Triple:
    other = term(value) if ":" in value else ox.NamedNode(BASE + value)
    return ox.Triple(ox.NamedNode(BASE + subject), term(predicate), other)


FOLLOWS = [
    triple("party/reed-party", "rdf:type", "wm:Organisation"),
    triple("party/reed-party", "rdf:type", "wm:Agent"),
    triple("person/ada-lind", "rdf:type", "wm:Agent"),
    triple("person/ada-lind", "wm:participantIn", MEETING),
    triple("place/malmo", "wm:placeOf", MEETING),
    triple("person/ada-lind", "wm:speakerOf", "statement/ada-lind-we-agreed"),
    triple(MEETING, "wm:accountOf", "occasion/2021-05-03-ada-lind-bo-ek-board-of-ferries"),
]


@pytest.mark.parametrize("expected", FOLLOWS, ids=str)
def test_what_follows(store: Store, expected: ox.Triple) -> None:
    assert reason.infer(store) == len(inferred(store)) > 0
    assert expected in inferred(store)


def test_a_host_takes_part_and_met_has_two_directions() -> None:
    host = ox.Quad(ox.NamedNode("urn:m"), term("wm:host"), ox.NamedNode("urn:a"))
    met = ox.Quad(ox.NamedNode("urn:a"), term("wm:met"), ox.NamedNode("urn:b"))
    found = {str(quad.triple) for quad in reason.inferences([host, met], GRAPH)}
    wm = "https://w3id.org/whomet#"
    assert found == {
        f"<urn:a> <{wm}hostOf> <urn:m>",
        f"<urn:m> <{wm}participant> <urn:a>",
        f"<urn:a> <{wm}participantIn> <urn:m>",
        f"<urn:b> <{wm}met> <urn:a>",
    }


def test_nothing_that_is_told_and_no_meeting_of_pairs_is_inferred(store: Store) -> None:
    told = {quad.triple for quad in store.quads()}
    reason.infer(store)
    assert not inferred(store) & told
    assert not [each for each in inferred(store) if each.predicate == term("wm:met")]
    assert not [each for each in inferred(store) if isinstance(each.object, ox.Literal)]


def test_hermit_agrees(store: Store) -> None:
    """The members of classes by HermiT are those that are told or inferred."""
    import io

    from kg.check.logic import ONTOLOGY, _axioms

    reason.infer(store)
    world = owlready2.World()
    plain = ox.Store()
    plain.extend(store.quads())
    world.get_ontology(ONTOLOGY).load(fileobj=io.BytesIO(_axioms(plain)))
    owlready2.sync_reasoner_hermit(world, debug=0)
    wm = "https://w3id.org/whomet#"
    for name in ("Agent", "Organisation", "Person", "Meeting"):
        asked = f"SELECT ?s WHERE {{ ?s a wm:{name} FILTER(STRSTARTS(STR(?s), '{BASE}')) }}"
        ours = {row["s"].value for row in store.query(prologue() + asked)}  # type: ignore[union-attr]
        members = world[wm + name].instances(world=world)
        assert ours == {each.iri for each in members if each.iri.startswith(BASE)}


def test_stored_queries_answer_as_before(store: Store) -> None:
    def answers() -> list[object]:
        found = [queries.load(path) for path in queries.files()]
        open_ = [query for query in found if not any(p.required for p in query.parameters)]
        return [queries.answer(query, {}, store) for query in open_] + [stats.counts(store), store.documents()]

    before = answers()
    assert len(before) > 15
    reason.infer(store)
    assert answers() == before


def test_it_can_be_made_again_and_removed(store: Store) -> None:
    before = set(store.oxigraph)
    assert reason.infer(store) == reason.infer(store)
    assert set(store.quads()) == before
    assert reason.forget(store) and not reason.forget(store)
    assert set(store.oxigraph) == before


def test_a_build_that_changes_the_graph_removes_it(store: Store) -> None:
    reason.infer(store)
    store.write(resolve(two_documents()))
    assert inferred(store)
    store.write(resolve(two_documents()[:1]))
    assert not inferred(store)


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "kg"
    with Store.open(place) as opened:
        opened.write(resolve(two_documents()))
    at = ["--store", str(place)]
    assert run(["reason", *at]) == 0
    assert "inferred " in capsys.readouterr().out
    assert run(["export", *at, "-o", str(tmp_path / "plain.ttl")]) == 0
    assert run(["export", *at, "--inferred", "-o", str(tmp_path / "more.ttl")]) == 0
    assert "wm:participantIn" not in (tmp_path / "plain.ttl").read_text("utf-8")
    assert "wm:participantIn" in (tmp_path / "more.ttl").read_text("utf-8")
    assert run(["reason", *at, "--remove"]) == 0 and run(["reason", *at, "--remove"]) == 0
    assert "nothing was inferred here" in capsys.readouterr().out
    assert run(["reason", "--store", str(tmp_path / "none")]) == 1
    assert "there is no store yet" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()
