"""The index brought up to what changed: its rows are those of an index made from the whole graph."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from kg import search
from kg.judgements import Rejection
from kg.judgements.file import add
from kg.judgements.things import thing
from kg.model import Findings, Local
from kg.rdf.iris import document_iri
from kg.search import Index, keeping, schema, tables
from kg.settle import settle
from kg.store import Store
from tests.papers import findings, settled

SIZE = 150
NODE = "path, kind, label, sort, day, status, detail, mentions, documents"
ROWS = {
    "node": f"SELECT {NODE} FROM node ORDER BY id",
    "name": "SELECT n.path, m.name, m.folded FROM name m JOIN node n ON n.id = m.node",
    "part": "SELECT n.path, p.relation, f.path, p.day FROM part p"
    " JOIN node n ON n.id = p.node JOIN node f ON f.id = p.fact",
    "span": "SELECT d.path, s.first, s.last, s.what, n.path FROM span s"
    " JOIN node d ON d.id = s.document JOIN node n ON n.id = s.node",
    "period": "SELECT * FROM period ORDER BY path",
    **{
        table: f"SELECT n.path, t.text FROM {table} t LEFT JOIN node n ON n.id = t.rowid"
        for table in schema.WORDY.values()
    },
}
"""What each table holds, with paths instead of numbers, which are free but for their order."""


@pytest.fixture(scope="module")
def corpus() -> list[Findings]:
    return findings(SIZE + 60, seed=23)


@pytest.fixture
def store(tmp_path: Path, corpus: list[Findings]) -> Iterator[Store]:
    with settled(tmp_path / "store", corpus[:SIZE]) as opened:
        yield opened


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A mark for each index that is made from the whole graph for the disk."""
    marks: list[str] = []

    class Noted(tables.Maker):
        def __init__(self, store: Store, database: sqlite3.Connection) -> None:
            marks.append(store.place)
            super().__init__(store, database)

    monkeypatch.setattr(keeping, "Maker", Noted)
    return marks


def differences(store: Store) -> list[object]:
    """What the index on disk holds otherwise than one made anew."""
    on_disk = keeping.at(store)
    assert on_disk is not None
    found: list[object] = []
    with closing(on_disk), closing(sqlite3.connect(":memory:")) as made:
        tables.Maker(store, made).make(store.revision)
        for asked in ROWS.values():
            one, other = on_disk.execute(asked).fetchall(), made.execute(asked).fetchall()
            found += [one, other] if "ORDER" in asked and one != other else []
            found += (Counter(one) - Counter(other)).items()
            found += (Counter(other) - Counter(one)).items()
        for table in ("part", "span", "name"):  # no row may speak of a node that is gone
            ((one,), (other,)) = (each.execute(f"SELECT COUNT(*) FROM {table}").fetchone() for each in (on_disk, made))
            found += [(table, one, other)] if one != other else []
        found += _answers(Index(on_disk)) ^ _answers(Index(made))
    return found


def _answers(index: Index) -> set[tuple[object, ...]]:
    """What some searches find: by parts of names, and by words."""
    found: set[tuple[object, ...]] = set()
    for name in [name for _, name in index.other_names()][::25]:
        found.update((name, each.entry.path, round(each.score)) for each in index.names(name, limit=5))
    for kind in schema.WORDY:
        for words in ("the", "talks", "agreed harbour", "minister"):
            found.add((kind, words, index.words(words, kind)[1]))
    return found


def change(store: Store, corpus: list[Findings], chance: random.Random) -> list[str]:
    """Change some document of the store in some way; the slugs of those to be removed."""
    known = [one for one in corpus if one.document.slug in {each.slug for each in store.kept.values()}]
    one, other = chance.sample(known, 2)
    title = f"{other.document.title} {chance.random():.3f}"
    match chance.choice(["new", "title", "names", "date", "fewer", "gone", "publisher", "reject"]):
        case "new":
            store.keep(chance.choice(corpus[SIZE:]))
        case "title":
            store.keep(replace(one, document=replace(one.document, title=title)))
        case "publisher":
            store.keep(replace(one, document=replace(one.document, publisher=chance.choice(["Post", None]))))
        case "names":
            document = replace(other.document, slug=one.document.slug, name=one.document.name)
            store.keep(replace(other, document=document))
        case "date":
            store.keep(replace(one, document=replace(one.document, published=other.document.published)))
        case "fewer":
            store.keep(replace(one, statements=one.statements[1:], meetings=one.meetings[1:]))
        case "gone":
            return [one.document.slug]
        case "reject" if one.meetings and one == store.findings_of(one.document.slug):
            assert store.judgements
            add(store.judgements, (Rejection(thing(Local(one.document.slug, one.meetings[0].id), one)),))
    return []


@pytest.mark.parametrize("seed", range(3))
def test_many_changes_leave_the_rows_of_an_index_made_anew(
    store: Store, corpus: list[Findings], anew: list[str], seed: int
) -> None:
    chance, rounds = random.Random(seed), 12
    for turn in range(rounds):
        settle(store, [slug for _ in range(1 + turn % 2) for slug in change(store, corpus, chance)])
        assert differences(store) == [], turn
    assert len(anew) < rounds / 3


def test_one_changed_title_makes_nothing_anew(store: Store, corpus: list[Findings], anew: list[str]) -> None:
    document = replace(corpus[3].document, title="Ferries and an unheard-of quorvit")
    store.keep(replace(corpus[3], document=document))
    settle(store)
    assert anew == [] and differences(store) == []
    with closing(search.opened(store)) as index:
        assert [each.entry.kind for each in index.words("quorvit", "document")[0]] == ["document"]


def test_what_was_written_beside_is_not_missed(store: Store, anew: list[str]) -> None:
    with store.whole():
        with store.changing() as oxigraph:
            oxigraph.update("DELETE { GRAPH ?g { ?s rdfs:label ?o } } INSERT { GRAPH ?g { ?s rdfs:label 'Quorvit' } }"
                            " WHERE { GRAPH ?g { ?s a wm:Person ; rdfs:label ?o } }",
                            prefixes={"rdfs": "http://www.w3.org/2000/01/rdf-schema#",
                                      "wm": "https://w3id.org/whomet#"})  # fmt: skip
        search.update(store)
    assert len(anew) == 1 and differences(store) == []


def test_documents_that_come_one_by_one_find_room(
    store: Store, corpus: list[Findings], anew: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(8):
        document = replace(corpus[SIZE].document, slug=f"zz-{number:03}.txt", name=f"zz-{number:03}.txt")
        store.keep(replace(corpus[SIZE], document=document))
        settle(store)
    assert anew == [] and differences(store) == []


def test_a_broken_index_is_made_anew_with_the_next_change(
    store: Store, corpus: list[Findings], anew: list[str]
) -> None:
    assert store.home
    file = store.home / keeping.FILE
    whole = file.read_bytes()
    file.unlink()
    file.write_bytes(whole[:20_000] + b"\x00" * (len(whole) - 20_000))
    with store.whole():
        store.remove(document_iri(store.base, corpus[3].document.slug).value)
        search.update(store)
    assert differences(store) == []
