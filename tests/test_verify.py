"""Backup, verify, restore: on stores in use, and on stores that were damaged in every way that comes to mind."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_cases import two_documents

from kg.backup import backup, restore
from kg.cli import run
from kg.errors import StoreError, UsageError
from kg.rdf import BASE, document_iri
from kg.settle import settle
from kg.store import Store
from kg.store.files import digest
from kg.verify import KINDS, verify

QUICK = ("shape",)
"""What takes longest, left out where it tells nothing more."""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with Store.open(tmp_path / ".kg") as store:
        for one in two_documents():
            store.keep(one)
        settle(store)
    return tmp_path / ".kg"


def state(place: Path) -> Path:
    return place / (place / "current").read_text().strip()


def rewrite_sums(place: Path) -> None:
    """What somebody would do who changes the files with their digests."""
    home = state(place)
    sums = {
        path.relative_to(home).as_posix(): digest(path.read_bytes())
        for path in home.rglob("*")
        if path.is_file() and path.name != "sums.json"
    }
    (home / "sums.json").write_text(json.dumps(sums))


def test_a_whole_store_has_no_findings(place: Path) -> None:
    found = verify(place)
    assert found.faults == () and found.left_out == () and found.documents == 2
    assert found.triples > 50 and found.files > 10


def flip(path: Path, at: float) -> None:
    data = bytearray(path.read_bytes())
    data[min(int(len(data) * at), len(data) - 1)] ^= 0x40
    path.chmod(0o644)
    path.unlink()  # its links elsewhere stay as they are
    path.write_bytes(data)


def test_a_flipped_byte_is_found_wherever_it_is(place: Path, tmp_path: Path) -> None:
    dice = random.Random(3)
    files = [path for path in place.rglob("*") if path.is_file() and path.stat().st_size and path.name != "lock"]
    assert len(files) > 15
    for path in files:
        damaged = tmp_path / "damaged"
        shutil.copytree(place, damaged)
        flip(damaged / path.relative_to(place), dice.random())
        try:
            assert verify(damaged, skip=("shape", "graph", "term")).faults, path
        except StoreError as error:
            assert "kg-store.json" in str(error)
        shutil.rmtree(damaged)


def test_a_lost_file_is_found_whichever_it_is(place: Path, tmp_path: Path) -> None:
    names = [path.relative_to(place) for path in place.rglob("*") if path.is_file() and path.name != "lock"]
    for name in names:
        damaged = tmp_path / "damaged"
        shutil.copytree(place, damaged)
        (damaged / name).unlink()
        assert verify(damaged, skip=("shape", "graph", "term")).faults, name
        shutil.rmtree(damaged)


def remove_a_quad(place: Path) -> None:
    graph = ox.Store(str(state(place) / "graph"))
    graph.remove(sorted(graph, key=str)[len(graph) // 2])
    graph.flush()


def remove_a_passage(place: Path) -> None:
    graph = ox.Store(str(state(place) / "graph"))
    passage = next(q.subject for q in graph if str(q.predicate).endswith("exact>"))
    for quad in list(graph.quads_for_pattern(passage, None, None, None)):
        graph.remove(quad)
    graph.flush()


def add_a_quad(place: Path) -> None:
    graph = ox.Store(str(state(place) / "graph"))
    name = document_iri(BASE, "two.txt")
    graph.add(ox.Quad(name, ox.NamedNode("https://w3id.org/whomet#madeUp"), ox.Literal("x"), name))
    graph.flush()


def change_the_hash(place: Path) -> None:
    graph = ox.Store(str(state(place) / "graph"))
    quad = next(q for q in graph if str(q.predicate).endswith("sha256>"))
    graph.remove(quad)
    graph.add(ox.Quad(quad.subject, quad.predicate, ox.Literal("0" * 64), quad.graph_name))
    graph.flush()


def edit_a_text(place: Path) -> None:
    """The text, its name and the digests all agree; only the passages do not."""
    home = state(place)
    kept = json.loads((home / "kept.json").read_text())
    name, (slug, key, text, findings) = sorted(kept["kept"].items())[0]
    path = place / "texts" / f"{name}.{text}.txt"
    changed = path.read_text("utf-8").replace("Ek", "Ok").replace("Lind", "Land")
    kept["kept"][name] = [slug, key, digest(changed), findings]
    path.unlink()
    (place / "texts" / f"{name}.{digest(changed)}.txt").write_text(changed, "utf-8")
    (home / "kept.json").write_text(json.dumps(kept))


def forget_a_document(place: Path) -> None:
    home = state(place)
    kept = json.loads((home / "kept.json").read_text())
    kept["kept"].popitem()
    (home / "kept.json").write_text(json.dumps(kept))


def thin_the_index(place: Path) -> None:
    with sqlite3.connect(state(place) / "search.sqlite") as index:
        index.execute("DELETE FROM node WHERE kind = 'person'")
    index.close()


DAMAGES: list[tuple[Callable[[Path], None], set[str]]] = [
    (remove_a_quad, {"graph"}),
    (remove_a_passage, {"graph", "reference", "shape"}),
    (add_a_quad, {"graph", "term"}),
    (change_the_hash, {"document", "graph"}),
    (edit_a_text, {"evidence"}),
    (forget_a_document, {"document"}),
    (thin_the_index, {"count"}),
]


@pytest.mark.parametrize(("damage", "kinds"), DAMAGES, ids=[damage.__name__ for damage, _ in DAMAGES])
def test_damage_that_hides_its_traces_is_found_by_its_meaning(
    place: Path, damage: Callable[[Path], None], kinds: set[str]
) -> None:
    damage(place)
    assert {each.kind for each in verify(place, skip=QUICK).faults} >= {"file"}, "by the digests"
    rewrite_sums(place)
    found = {each.kind for each in verify(place).faults}
    assert found >= kinds and "file" not in found


def test_a_backup_of_a_store_in_use_is_one_of_its_states(place: Path, tmp_path: Path) -> None:
    with Store.open(place) as store, store.whole():
        before = set(store.quads())
        store.forget("two.txt")
        copied = backup(place, tmp_path / "copy")
    assert copied.documents == 2
    assert verify(tmp_path / "copy").faults == ()
    with Store.open(tmp_path / "copy", read_only=True) as copy:
        assert set(copy.quads()) == before and copy.text("two.txt")


def test_restored_is_what_was_backed_up_with_what_people_decided(place: Path, tmp_path: Path) -> None:
    judgements, links = tmp_path / "kg-judgements.yaml", tmp_path / "kg-links.yaml"
    judgements.write_text("[]\n")
    with Store.open(place) as store:
        settle(store)
        before = set(store.quads())
    backup(place, tmp_path / "copy")
    judgements.unlink()
    with Store.open(place) as store:
        store.forget("two.txt")
        settle(store)
    with pytest.raises(StoreError, match="--overwrite"):
        restore(tmp_path / "copy", place)
    copied, found = restore(tmp_path / "copy", place, overwrite=True)
    assert copied.documents == 2 and found.faults == ()
    assert judgements.read_text() == "[]\n" and not links.exists()
    with Store.open(place) as store:
        assert set(store.quads()) == before and store.concluded and store.judgements == judgements
    assert sorted(path.name for path in tmp_path.iterdir()) == [".kg", "copy", "kg-judgements.yaml"]
    restore(tmp_path / "copy", tmp_path / "new")
    assert verify(tmp_path / "new", QUICK).faults == ()


def test_a_damaged_backup_is_not_restored(place: Path, tmp_path: Path) -> None:
    backup(place, tmp_path / "copy")
    edit_a_text(tmp_path / "copy")
    before = (place / "current").read_text()
    copied, found = restore(tmp_path / "copy", place, overwrite=True)
    assert copied.documents == 0 and found.faults and (place / "current").read_text() == before


def test_what_cannot_be_done_is_refused(place: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("")
    for into in (tmp_path / "full", place):
        with pytest.raises(StoreError, match="not empty"):
            backup(place, into)
    with pytest.raises(UsageError, match="lies in the store"):
        backup(place, place / "copy")
    with pytest.raises(StoreError, match="no store"):
        backup(tmp_path / "none", tmp_path / "copy")
    with pytest.raises(StoreError, match="no store"):
        restore(tmp_path / "full", tmp_path / "new")
    with pytest.raises(UsageError, match=f"nothing is called x.*{KINDS[0]}"):
        verify(place, ["x"])
    backup(place, tmp_path / "copy")
    with Store.open(place), pytest.raises(StoreError, match="another process"):
        restore(tmp_path / "copy", place, overwrite=True)


def test_the_commands(place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store, copy = ["--store", str(place)], str(tmp_path / "copy")
    assert run(["verify", *store]) == 0
    assert capsys.readouterr().out.startswith("0 findings; 2 documents, ")
    assert run(["backup", copy, *store]) == 0
    assert "2 documents in" in capsys.readouterr().out
    assert run(["restore", copy, *store]) == 1
    assert "--overwrite" in capsys.readouterr().err
    assert run(["restore", copy, *store, "--overwrite"]) == 0
    edit_a_text(place)
    assert run(["verify", *store, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert told["documents"] == 2 and {"kind", "where", "what"} == set(told["findings"][0])
    edit_a_text(tmp_path / "copy")
    assert run(["restore", copy, *store, "--overwrite"]) == 1
    assert "not whole; nothing was done" in capsys.readouterr().err
