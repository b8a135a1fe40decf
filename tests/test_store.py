from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_cases import Told, two_documents

from kg.errors import StoreError, UsageError
from kg.rdf import BASE, document_iri
from kg.resolve import resolve
from kg.store import MEMORY, Store, present
from kg.store.findings import from_json, to_json

TWO = document_iri(BASE, "two.txt").value


def filled(store: Store) -> Store:
    for one in two_documents():
        store.keep(one)
    store.write(resolve(store.findings(), store.held()))
    return store


@pytest.fixture(params=["disk", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return filled(Store.open(tmp_path / ".kg" if request.param == "disk" else MEMORY))


def test_findings_come_back_as_they_were() -> None:
    for one in two_documents():
        assert from_json(to_json(one), one.document.text) == one


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"format":2', '"format":0', "format 2 is wanted"),
        ('"status":"Held"', '"status":"Done"', "'Done' is none of Held"),
        ('"slug":"two.txt"', '"slug":7', "7 is no str"),
        ('"slug":"two.txt",', "", "Document has the fields"),
        ('"meetings":', '"gatherings":', "Findings has the fields"),
        ("{", "", "JSON|Extra data|Expecting"),
    ],
)
def test_findings_of_another_form_are_refused(old: str, new: str, what: str) -> None:
    packed = to_json(two_documents()[1])
    assert old in packed
    with pytest.raises(StoreError, match=what):
        from_json(packed.replace(old, new, 1), "")


def test_documents_and_texts(store: Store) -> None:
    first, second = store.documents()
    assert (first.slug, first.name, first.publisher, first.issued) == (
        "north/one two.txt", "one two.txt", "The Northern Post", "2021-05-04",
    )  # fmt: skip
    assert store.text("two.txt") == two_documents()[1].document.text
    assert second.iri == TWO and second.sha256 == two_documents()[1].document.sha256
    with pytest.raises(StoreError, match="three"):
        store.text("three.txt")


def test_writing_again_changes_nothing(store: Store) -> None:
    before = set(store.quads())
    assert store.write(resolve(store.findings(), store.held())) == 0
    assert set(store.quads()) == before


def test_replace_changes_one_graph_exactly(store: Store) -> None:
    graph = ox.NamedNode(TWO)
    others = {quad for quad in store.quads() if quad.graph_name != graph}
    quad = ox.Quad(graph, ox.NamedNode("https://x.example/p"), ox.Literal("only"), graph)
    assert store.replace(TWO, [quad]) is True
    assert set(store.quads()) == others | {quad}
    assert store.replace(TWO, [quad]) is False
    assert store.remove(TWO) is True and set(store.quads()) == others
    assert store.remove(TWO) is False


def test_a_quad_of_another_graph_is_refused(store: Store) -> None:
    stray = ox.Quad(ox.NamedNode(TWO), ox.NamedNode("https://x.example/p"), ox.Literal("x"), ox.NamedNode(BASE))
    with pytest.raises(StoreError, match="does not belong"):
        store.replace(TWO, [stray])


def test_forget_withdraws_a_document(store: Store) -> None:
    assert store.forget("two.txt") is True
    assert store.forget("two.txt") is False
    store.write(resolve(store.findings(), store.held()))
    alone = Store.open(MEMORY)
    alone.keep(two_documents()[0])
    alone.write(resolve(alone.findings()))
    assert {quad.subject for quad in store.quads()} == {quad.subject for quad in alone.quads()}


def test_documents_in_two_builds_make_the_graph_of_one(store: Store) -> None:
    stepwise = Store.open(MEMORY)
    for one in reversed(two_documents()):
        stepwise.keep(one)
        stepwise.write(resolve(stepwise.findings(), stepwise.held()))
    assert set(stepwise.quads()) == set(store.quads())


def test_a_namesake_that_comes_later_leaves_the_iris() -> None:
    store = Store.open(MEMORY)
    for slug, title, of in (("b", "mayor", "Lund"), ("a", "mayor", "Visby")):
        told = Told(slug, f"Ann Lee, {title} of {of}, met nobody")
        lee = told.entity("Person", "Ann Lee")
        told.role(lee, title, told.entity("Place", of))
        told.meeting("met", lee)
        store.keep(told.findings())
        before = {quad.subject.value for quad in store.quads() if quad.graph_name.value.endswith("document/b")}
        store.write(resolve(store.findings(), store.held()))
        after = {quad.subject.value for quad in store.quads() if quad.graph_name.value.endswith("document/b")}
        assert not before or before == after
    people = {quad.subject.value for quad in store.quads() if "/person/" in quad.subject.value}
    assert f"{BASE}person/ann-lee" in people and len(people) == 2


def test_query_knows_the_prefixes_and_sees_all_graphs(store: Store) -> None:
    rows = store.query("SELECT ?name { ?o wm:account/wm:participant ?who . ?who rdfs:label ?name }")
    assert {row["name"].value for row in rows} == {"Ada Lind", "Bo Ek", "Board of Ferries"}  # type: ignore[union-attr]


def test_a_store_is_there_after_closing(tmp_path: Path) -> None:
    with filled(Store.open(tmp_path / "s", "https://x.example/kg/")) as store:
        quads = set(store.quads())
    with pytest.raises(StoreError, match="closed"):
        store.documents()
    with Store.open(tmp_path / "s") as again:
        assert again.base == "https://x.example/kg/" and set(again.quads()) == quads
        assert sorted(one.document.slug for one in again.findings()) == ["north/one two.txt", "two.txt"]


def test_another_base(tmp_path: Path) -> None:
    Store.open(tmp_path / "s").close()
    with pytest.raises(StoreError, match=r"base is https://example\.org/kg/"):
        Store.open(tmp_path / "s", "https://x.example/kg/")
    with pytest.raises(UsageError, match="base 'nowhere'"):
        Store.open(tmp_path / "t", "nowhere")


def test_a_folder_that_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all")
    with pytest.raises(StoreError, match="no kg store"):
        Store.open(tmp_path)
    with pytest.raises(StoreError, match="no kg store"):
        Store.open(tmp_path / "letter.txt")
    with pytest.raises(StoreError, match="kg build"):
        Store.open(tmp_path / "nothing", read_only=True)


@pytest.mark.parametrize(
    ("marker", "what"),
    [('{"format": 99, "base": "x"}', "format 99"), ("{", "cannot be read"), ("{}", "cannot be read")],
)
def test_a_store_of_another_format(tmp_path: Path, marker: str, what: str) -> None:
    Store.open(tmp_path / "s").close()
    (tmp_path / "s" / "kg-store.json").write_text(marker)
    with pytest.raises(StoreError, match=what):
        Store.open(tmp_path / "s")


def test_a_store_in_use_by_another_process(tmp_path: Path) -> None:
    with filled(Store.open(tmp_path / "s")) as store:
        ask = (
            "import sys; from kg.store import Store; from kg.errors import StoreError\n"
            "try: Store.open(sys.argv[1])\n"
            "except StoreError as error: print(error)\n"
            "print(len(Store.open(sys.argv[1], read_only=True).documents()))"
        )
        done = subprocess.run(
            [sys.executable, "-c", ask, str(tmp_path / "s")], capture_output=True, text=True, check=True,
            cwd=Path(__file__).parent.parent,
        )  # fmt: skip
        assert "another process has this store open" in done.stdout
        assert done.stdout.endswith("2\n")
        assert len(store.documents()) == 2


def test_a_lost_text_is_named(tmp_path: Path) -> None:
    with filled(Store.open(tmp_path / "s")) as store:
        next((tmp_path / "s" / "texts").iterdir()).unlink()
        with pytest.raises(StoreError, match="missing"):
            list(store.findings())


def test_text_is_kept_as_it_was_read(tmp_path: Path) -> None:
    one = two_documents()[0]
    odd = "a\r\nb\rc\u2028d\n"
    with Store.open(tmp_path / "s") as store:
        store.keep(replace(one, document=replace(one.document, text=odd)))
        assert store.text(one.document.slug) == odd


def test_a_reader_tries_again_where_a_writer_took_its_state_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(Store.open(tmp_path / "s")).close()
    real, met = present(tmp_path / "s"), []

    def gone_at_first(place: Path) -> str:
        met.append(place)
        return "state-gone" if len(met) == 1 else real

    monkeypatch.setattr("kg.store.states.present", gone_at_first)
    with Store.open(tmp_path / "s", read_only=True) as store:
        assert len(store.documents()) == 2 and len(met) > 1


def test_a_reader_keeps_the_whole_state_that_it_opened(tmp_path: Path) -> None:
    with filled(Store.open(tmp_path / "s")) as store, Store.open(tmp_path / "s", read_only=True) as reader:
        before = set(reader.quads())
        for text in ("Ada Lind met nobody", "Ada Lind met Bo Ek", "Nobody met"):
            told = Told("two.txt", text)
            told.entity("Person", "Ada Lind") if "Ada" in text else None
            store.keep(told.findings())
            assert reader.text("two.txt") == two_documents()[1].document.text, "also before it is settled"
            store.write(resolve(store.findings(), store.held()))
            assert set(reader.quads()) == before and set(store.quads()) != before
            assert reader.text("two.txt") == two_documents()[1].document.text
            assert [one.document.text for one in reader.findings() if one.document.slug == "two.txt"] == [
                two_documents()[1].document.text
            ]
        with Store.open(tmp_path / "s", read_only=True) as later:
            assert set(later.quads()) == set(store.quads()) and later.text("two.txt") == text
    with Store.open(tmp_path / "s") as store:
        assert len([path for path in (tmp_path / "s").iterdir() if path.name.startswith("state-")]) == 1
        assert len(list((tmp_path / "s" / "texts").iterdir())) == 2


def test_what_is_written_as_a_whole_is_undone_as_a_whole(tmp_path: Path) -> None:
    with filled(Store.open(tmp_path / "s")) as store:
        before, revision = set(store.quads()), store.revision
        with pytest.raises(KeyboardInterrupt), store.whole():
            store.remove(TWO)
            store.replace_identity([])
            raise KeyboardInterrupt
        assert set(store.quads()) == before and store.revision == revision and not (tmp_path / "s" / "work").exists()
        with store.whole():
            store.remove(TWO)
            store.replace_identity([])
            with Store.open(tmp_path / "s", read_only=True) as reader:
                assert set(reader.quads()) == before
        assert set(store.quads()) < before


FORMER = ("doubts", "state")


def as_first_format(place: Path) -> None:
    """Make a store into what the first format had."""
    with Store.open(place) as store:
        kept, state = store.kept, store.home
        assert state
        shutil.copytree(state / "graph", place / "graph")
        for name, one in kept.items():
            (place / "texts" / f"{name}.{one.text}.txt").rename(place / "texts" / f"{name}.txt")
            (place / "findings" / f"{name}.{one.findings}.json").rename(place / "findings" / f"{name}.json")
        for folder in FORMER:
            (place / folder).mkdir()
        shutil.copy(state / "doubts.json", place / "doubts" / "doubts.json")
        (place / "revision").write_text("1")
        marker = json.loads((place / "kg-store.json").read_text())
    shutil.rmtree(state)
    (place / "current").unlink()
    (place / "lock").unlink()
    (place / "kg-store.json").write_text(json.dumps({**marker, "format": 1}))


@pytest.mark.parametrize("read_only", [True, False])
def test_a_store_of_the_first_format_is_brought_up(tmp_path: Path, read_only: bool) -> None:
    place = tmp_path / "s"
    with filled(Store.open(place, "https://x.example/kg/")) as store:
        quads, findings = set(store.quads()), list(store.findings())
        keys = [store.key(one.document.slug) for one in findings]
    as_first_format(place)
    with Store.open(place, read_only=read_only) as store:
        assert set(store.quads()) == quads and list(store.findings()) == findings
        assert [store.key(one.document.slug) for one in findings] == keys
        assert store.concluded is False, "the next build decides anew"
    left = {path.name.partition("-")[0] for path in place.iterdir()}
    assert left == {"kg", "current", "lock", "state", "texts", "findings"}
    assert len(list((place / "texts").iterdir())) == 2
    with Store.open(place, read_only=True) as store:
        assert set(store.quads()) == quads


def test_a_store_of_the_first_format_that_cannot_be_written_is_refused_with_the_command(tmp_path: Path) -> None:
    place = tmp_path / "s"
    filled(Store.open(place)).close()
    as_first_format(place)
    (place / "lock").mkdir()
    with pytest.raises(StoreError, match=r"format 1.*cannot be written.*run 'kg verify'"):
        Store.open(place, read_only=True)
