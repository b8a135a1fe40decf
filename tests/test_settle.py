"""Settling anew: only what changed is decided and described again, and it comes out as if everything had been."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg.judgements import Judgement, Pair, Rejection
from kg.judgements.file import add
from kg.judgements.things import thing
from kg.model import Findings, Local
from kg.rdf import Description
from kg.settle import Settled, settle
from kg.store import Store
from kg.store.notes import Notes
from tests.papers import findings, settled

SIZE = 120


@pytest.fixture(scope="module")
def corpus() -> list[Findings]:
    return findings(SIZE + 20, seed=11)


@pytest.fixture
def store(tmp_path: Path, corpus: list[Findings]) -> Iterator[Store]:
    with settled(tmp_path / "store", corpus[:SIZE]) as opened:
        yield opened


@pytest.fixture
def described(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents whose graphs are made, as they are."""
    slugs: list[str] = []
    document = Description.document

    def noted(self: Description, slug: str):  # type: ignore[no-untyped-def]
        slugs.append(slug)
        return document(self, slug)

    monkeypatch.setattr(Description, "document", noted)
    return slugs


def from_all(store: Store) -> set[str]:
    """The graph as it comes out without notes; the keys in use are kept."""
    with store.whole():
        for name in ("step", "decided", *(f"documents-{number:02}" for number in range(64))):
            store.note(name, "")
    settle(store)
    return set(map(str, store.quads()))


def scratch(told: list[Findings], place: Path) -> set[str]:
    with settled(place, told) as other:
        return set(map(str, other.quads()))


def judge(store: Store, *words: Judgement) -> None:
    assert store.judgements
    add(store.judgements, words)


def add_one(store: Store, corpus: list[Findings]) -> Settled:
    store.keep(corpus[SIZE])
    return settle(store)


def change_names(store: Store, corpus: list[Findings]) -> Settled:
    """One document tells of somebody else's names."""
    one, other = corpus[7], corpus[SIZE + 1]
    document = replace(other.document, slug=one.document.slug, name=one.document.name)
    store.keep(replace(other, document=document))
    return settle(store)


def change_a_date(store: Store, corpus: list[Findings]) -> Settled:
    one = next(each for each in corpus if each.meetings)
    store.keep(replace(one, meetings=(replace(one.meetings[0], when=None), *one.meetings[1:])))
    return settle(store)


def lose_one(store: Store, corpus: list[Findings]) -> Settled:
    return settle(store, [corpus[5].document.slug])


def judge_two_apart(store: Store, corpus: list[Findings]) -> Settled:
    known = {each.document.slug: each for each in corpus}
    told = [Local(*each) for each in _shared(corpus[:SIZE])]
    judge(store, Pair(*(thing(local, known[local.document]) for local in told), same=False))
    return settle(store)


def _shared(told: list[Findings]) -> list[tuple[str, str]]:
    """Two documents' records of one full name."""
    seen: dict[str, tuple[str, str]] = {}
    for one in told:
        for entity in one.entities:
            if entity.kind == "Person" and " " in entity.name:
                local = one.document.slug, entity.id
                if entity.name in seen and seen[entity.name][0] != local[0]:
                    return [seen[entity.name], local]
                seen[entity.name] = local
    raise AssertionError("no name stands in two documents")


def reject_a_meeting(store: Store, corpus: list[Findings]) -> Settled:
    one = next(each for each in corpus if each.meetings)
    judge(store, Rejection(thing(Local(one.document.slug, one.meetings[0].id), one)))
    return settle(store)


CHANGES: list[tuple[Callable[[Store, list[Findings]], Settled], int]] = [
    (add_one, SIZE // 4),
    (change_names, SIZE // 4),
    (change_a_date, SIZE // 4),
    (lose_one, SIZE // 4),
    (judge_two_apart, SIZE // 4),
    (reject_a_meeting, SIZE // 4),
]


@pytest.mark.parametrize(("change", "most"), CHANGES, ids=[case[0].__name__ for case in CHANGES])
def test_a_change_comes_out_as_from_all_and_touches_little(
    change: Callable[[Store, list[Findings]], Settled], most: int, store: Store, corpus: list[Findings],
    described: list[str],
) -> None:  # fmt: skip
    before = set(map(str, store.quads()))
    done = change(store, corpus)
    after = set(map(str, store.quads()))
    assert len(described) < most and done.decided < most
    assert after != before and after == from_all(store)


def test_nothing_changed_decides_and_describes_nothing(store: Store, described: list[str]) -> None:
    assert settle(store) == Settled(0) and described == []


def test_many_changes_end_like_a_build_from_scratch(tmp_path: Path, store: Store, corpus: list[Findings]) -> None:
    kept = {one.document.slug: one for one in corpus[:SIZE]}
    chance = random.Random(4)
    for _ in range(6):
        for new in chance.sample(corpus[SIZE:], 2):
            kept[new.document.slug] = new
            store.keep(new)
        gone = chance.choice(sorted(kept))
        del kept[gone]
        settle(store, [gone])
    assert set(map(str, store.quads())) == from_all(store)
    told, anew = set(map(str, store.quads())), scratch(list(kept.values()), tmp_path / "anew")
    assert len(told ^ anew) < len(anew) / 50  # keys that stay where a namesake came later


def test_what_is_noted_is_of_the_graph_when_a_build_is_stopped(
    store: Store, corpus: list[Findings], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*given: object) -> None:
        raise KeyboardInterrupt

    before = set(map(str, store.quads()))
    with monkeypatch.context() as during:
        during.setattr(Notes, "write", stop)
        with pytest.raises(KeyboardInterrupt):
            change_names(store, corpus)
    assert store.notes().in_step and set(map(str, store.quads())) == before
    settle(store)
    after = set(map(str, store.quads()))
    assert after != before and after == from_all(store)


def test_a_graph_changed_by_hand_is_mended(store: Store, corpus: list[Findings]) -> None:
    before = set(map(str, store.quads()))
    store.remove(next(each.iri for each in store.documents()))
    assert not store.notes().in_step
    assert settle(store).changed == 1 and set(map(str, store.quads())) == before
