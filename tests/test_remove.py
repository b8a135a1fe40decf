"""Withdrawing and correcting a document: exactly its facts, nothing else, and no trace in the store's folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_cases import Told, two_documents

from kg import settle as settling
from kg.cli import run
from kg.errors import UsageError
from kg.model import Findings
from kg.pipeline import build
from kg.rdf import BASE, document_iri, identity_graph
from kg.rdf.iris import inferred_graph
from kg.settle import named, remove, settle
from kg.store import MEMORY, Store
from kg.store.states import States

Run = Callable[..., tuple[int, str, str]]
SECRET = "Zanzibarovsky"


def secret() -> Findings:
    """A document with a name that stands nowhere else, and a person who does."""
    told = Told("x/secret.txt", f"Mia {SECRET} met Bo Ek in Malmo. Mia {SECRET} said: “We agreed.”", "2021-05-07")
    mia, ek = told.entity("Person", f"Mia {SECRET}"), told.entity("Person", "Bo Ek")
    told.meeting("met", mia, ek, place=told.entity("Place", "Malmo"), days=("2021-05-07", "2021-05-07"))
    told.said("We agreed", mia)
    return told.findings()


def fill(store: Store, *more: Findings) -> Store:
    for one in (*two_documents(), *more):
        store.keep(one)
    settle(store)
    return store


def traces(folder: Path, *words: str) -> list[str]:
    """The files below a folder whose bytes or name hold one of the words, in any case."""
    found = []
    for path in folder.rglob("*"):
        data = str(path).lower().encode() + (path.read_bytes().lower() if path.is_file() else b"")
        if any(word.lower().encode(code) in data for word in words for code in ("utf-8", "utf-16-le")):
            found.append(path.name)
    return found


def graphs(store: Store) -> dict[str, set[ox.Quad]]:
    found: dict[str, set[ox.Quad]] = {}
    for quad in store.quads():
        found.setdefault(str(quad.graph_name), set()).add(quad)
    return found


def test_nothing_of_a_removed_document_stays_in_the_folder(tmp_path: Path) -> None:
    place = tmp_path / ".kg"
    with fill(Store.open(place), secret()) as store:
        (place / "asked").mkdir()
        (place / "asked" / "1.json").write_text(f'{{"label": "Mia {SECRET}"}}', "utf-8")
        gone = document_iri(BASE, "x/secret.txt")
        inferred = inferred_graph(BASE)
        store.replace(
            inferred.value, [ox.Quad(gone, ox.NamedNode("https://x.example/p"), ox.Literal(SECRET), inferred)]
        )
        assert len(traces(place, SECRET)) >= 3, "the search must find what is there"
        assert remove(store, ["x/secret.txt"]).problems == ()
        assert len(store.documents()) == 2 and set(store.quads())
    assert traces(place, SECRET, "secret.txt", secret().document.sha256) == []
    with Store.open(place) as store, fill(Store.open(MEMORY)) as never:
        assert set(store.quads()) == set(never.quads())
        assert {one.document.slug for one in store.findings()} == {"two.txt", "north/one two.txt"}
    assert sorted(name[:6] for name in os.listdir(place)) == ["curren", "findin", "kg-sto", "lock", "state-", "texts"]


def test_what_a_removed_document_did_not_touch_stays_as_it_is() -> None:
    with fill(Store.open(MEMORY), secret()) as store:
        before = graphs(store)
        assert remove(store, ["x/secret.txt"]).changed == 0
        after, gone = graphs(store), document_iri(BASE, "x/secret.txt")
    concluded = str(identity_graph(BASE))
    assert before.keys() - after.keys() == {str(gone)}
    assert {name: quads for name, quads in before.items() if name not in (str(gone), concluded)} == {
        name: quads for name, quads in after.items() if name != concluded
    }
    lost = {quad for quad in before[concluded] - after[concluded] if "zanzibarovsky" not in str(quad.subject)}
    assert {str(quad.predicate) for quad in lost} == {"<https://w3id.org/whomet#reason>"}
    assert {str(quad.subject).rpartition("/")[2] for quad in lost} == {"bo-ek>", "malmo>"}, "whom it named too"
    assert not after[concluded] - before[concluded]


def test_who_was_joined_through_a_removed_document_is_decided_anew() -> None:
    papers = two_documents()
    with Store.open(MEMORY) as store:
        for one in papers:
            store.keep(one)
        settle(store)
        assert any("Ada Lind" in quad.object.value for quad in store.quads() if isinstance(quad.object, ox.Literal))
        settled = remove(store, ["north/one two.txt"])
        assert settled.changed == 1
        labels = {quad.object.value for quad in store.quads() if isinstance(quad.object, ox.Literal)}
    assert "Lind" in labels and "Ada Lind" not in labels


@pytest.mark.parametrize("where", ["publish", "settle", "_forget_answers", "mark_removal"])
def test_a_removal_that_is_stopped_is_ended_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    place = tmp_path / ".kg"
    real = Store.mark_removal

    def crash(*about: object, **more: object) -> None:
        if where == "mark_removal" and about[1:] != ((),):
            return real(*about)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with fill(Store.open(place), secret()) as store, monkeypatch.context() as during:
        for owner in (States, Store, settling):
            if hasattr(owner, where):
                during.setattr(owner, where, crash)
        with pytest.raises(KeyboardInterrupt):
            remove(store, ["x/secret.txt"])
    assert traces(place, "secret.txt")
    (tmp_path / "none").mkdir()
    with Store.open(place) as store:
        build([tmp_path / "none"], store)
        assert len(store.documents()) == 2
    assert traces(place, SECRET, "secret.txt", secret().document.sha256) == []


def test_documents_are_named_by_path_name_or_iri() -> None:
    with fill(Store.open(MEMORY), secret()) as store:
        iri = document_iri(BASE, "two.txt").value
        assert named(store, ["secret.txt", iri, "two.txt"]) == ("x/secret.txt", "two.txt")
        store.keep(Told("y/secret.txt", "Nobody").findings())
        settle(store)
        assert named(store, ["x/secret.txt"]) == ("x/secret.txt",)
        for given, what in (("secret.txt", "may be any of x/secret.txt, y/secret.txt"), ("three", "is no document")):
            with pytest.raises(UsageError, match=what):
                named(store, [given])


A = "Harbour mayor Jane Doe met the finance minister, Richard Roe, in Lisbon on 3 March 2021.\n"
B = "Trade secretary Mark Poe met Anna Vale, the head of the Ferry Board, in Oslo on 5 March 2021.\n"
C = "Harbour mayor Jane Doe met Anna Vale in Lisbon on 9 March 2021.\n"


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for name, text in (("a.txt", A), ("b.txt", B), ("c.txt", C)):
        (tmp_path / "in" / name).write_text(text, "utf-8")
    with Store.open(".kg") as store:
        build(["in"], store)
    return tmp_path


@pytest.mark.parametrize(("name", "old", "new"), [("a.txt", "3 March", "4 March"), ("b.txt", "Oslo", "Bergen")])
def test_a_corrected_document_changes_only_what_it_touches(there: Path, name: str, old: str, new: str) -> None:
    own, concluded = str(document_iri(BASE, name)), str(identity_graph(BASE))
    with Store.open(".kg") as store:
        before = graphs(store)
        path = there / "in" / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        assert build(["in"], store).changed == 1
        after = graphs(store)
    assert before[own] != after[own]
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert changed <= {own, concluded}
    touched = {"/occasion/", "/place/"}
    different = {str(quad.subject) for quad in before[concluded] ^ after[concluded]}
    assert all(any(part in subject for part in touched) for subject in different), different


def test_the_command_says_what_was_removed_and_that_a_build_brings_it_back(
    there: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(".kg", read_only=True) as store:
        before = set(store.quads())
    assert traces(there / ".kg", "Poe")
    assert run(["remove", "b.txt"]) == 0
    printed = capsys.readouterr()
    assert "removed b.txt" in printed.out and "brings it back" in printed.err
    assert traces(there / ".kg", "Poe", "Ferry Board", "Oslo") == []
    assert run(["build", "in"]) == 0
    with Store.open(".kg", read_only=True) as store:
        assert set(store.quads()) == before
