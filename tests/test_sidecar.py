"""What the index beside the store says of periods."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import search
from kg.rdf.iris import inferred_graph
from kg.sidecar import FILE, during, of_revision
from kg.store import Store
from tests.servers import BASE, store_of

TURTLE = f"""
@base <{BASE}> .
@prefix wm: <https://w3id.org/whomet#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<meeting/day> wm:earliest "2020-03-04"^^xsd:date ; wm:latest "2020-03-04"^^xsd:date .
<meeting/year> wm:earliest "2020-01-01"^^xsd:date ; wm:latest "2020-12-31"^^xsd:date .
<meeting/before> wm:latest "2020-03-10"^^xsd:date .
<meeting/after> wm:earliest "2020-03-20"^^xsd:date .
<meeting/undated> wm:status wm:Held .
<statement/day> wm:earliest "2020-03-04"^^xsd:date ; wm:latest "2020-03-04"^^xsd:date .
<document/a> wm:latest "2021-01-01"^^xsd:date .
"""
MORE = f"""<{BASE}meeting/day> <https://w3id.org/whomet#latest>
"2020-03-06"^^<http://www.w3.org/2001/XMLSchema#date> ."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """One meeting has two last days, told in two graphs."""
    with Store.open(store_of({"graph/main": TURTLE, "graph/more": MORE}, tmp_path / "kg")) as opened:
        search.update(opened)
        yield opened


@pytest.mark.parametrize(
    "kinds, first, last, expected",
    [
        (["meeting"], "2020-03-04", "2020-03-04", "before day year"),
        (["meeting"], "2020-03-06", "2020-03-06", "before day year"),
        (["meeting"], "2020-03-07", "2020-03-07", "before year"),
        (["meeting"], "2020-03-11", "2020-03-19", "year"),
        (["meeting"], "2020-03-11", None, "after year"),
        (["meeting"], None, "2019-12-31", "before"),
        (["meeting"], "2021-01-01", "2021-12-31", "after"),
        (["statement", "document"], "2020-03-01", "2020-03-31", "a day"),
    ],
)
def test_what_the_bounds_allow_in_a_period(
    store: Store, kinds: list[str], first: str | None, last: str | None, expected: str
) -> None:
    found = during(store, kinds, first, last, 100)
    assert found is not None
    assert sorted(iri.rpartition("/")[2] for iri in found) == expected.split()


def test_it_is_not_told_where_it_is_too_much_or_not_known(store: Store) -> None:
    assert during(store, ["meeting"], "2020-03-04", "2020-03-04", 3)
    assert during(store, ["meeting"], "2020-03-04", "2020-03-04", 2) is None
    with store.whole():
        graph = inferred_graph(store.base)
        store.oxigraph.add(ox.Quad(ox.NamedNode(f"{store.base}a"), ox.NamedNode("urn:b"), ox.Literal("c"), graph))
    search.update(store)
    assert during(store, ["meeting"], None, "2020-03-04", 100) is None
    with Store.open(":memory:") as other:
        assert during(other, ["meeting"], None, "2020-03-04", 100) is None


def test_an_index_of_another_time_is_not_asked(store: Store) -> None:
    assert store.home and of_revision(store.home / FILE, store.revision)
    assert not of_revision(store.home / FILE, "another") and not of_revision(store.home / FILE, "")
    (store.home / FILE).unlink()
    assert during(store, ["meeting"], None, "2020-03-04", 100) is None
