"""What a whole change took and gave, and of which subjects a graph tells something else than before."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.store import changes
from kg.store.changes import Changes
from kg.store.sketch import Sketch


def quad(subject: str, value: str) -> ox.Quad:
    iri = "https://example.org/"
    return ox.Quad(ox.NamedNode(iri + subject), ox.NamedNode(iri + "p"), ox.Literal(value), ox.NamedNode(iri + "g"))


A, B, C = quad("a", "1"), quad("b", "1"), quad("c", "1")


def test_a_quad_that_comes_back_did_not_change() -> None:
    counted = Changes("7")
    counted.count([A], [B])
    counted.count([B], [A, C])
    assert (counted.removed, counted.added, counted.known) == (set(), {C}, True)


def test_what_was_written_uncounted_stays_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Changes("7")
    counted.lose()
    counted.count([A], [B])
    assert not counted.known and not counted.removed and not counted.added
    monkeypatch.setattr(changes, "MOST", 2)
    many = Changes("7")
    many.count([A], [B])
    assert many.known
    many.count([], [C])
    assert not many.known


def test_subjects_that_are_told_of_otherwise() -> None:
    before = Sketch([A, B], None)
    assert before.subjects is None and before.quads == []
    same = Sketch([A, B], before.digests)
    assert same.subjects == set() and same.quads == [] and same.digests == before.digests
    other = quad("b", "2")
    now = Sketch([other, C], before.digests)
    assert now.subjects == {each.subject.value for each in (A, B, C)}  # one went, one changed, one came
    assert now.quads == [other, C]
