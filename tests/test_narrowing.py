"""Nodes found beforehand: every stored query answers the same with them as without, and an engine gets them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from kg import narrowing, queries, slots
from kg.narrowing import Anchor, narrowed
from kg.sidecar import FILE
from kg.store import Store
from kg.tables import Result, Triples, collect
from tests.papers import filled, findings, settled

ANCHORED = [query for path in queries.files() if (query := queries.load(path)).anchor]
MOST_TOLD = """SELECT ?v { %s } GROUP BY ?v ORDER BY DESC(COUNT(*)) ?v LIMIT 3"""
TOLD = {
    "person": "?m wm:participant ?v . ?v a wm:Person",
    "place": "?m wm:place/wm:within* ?v",
    "body": "?t org:organization|wm:jurisdiction ?v",
    "document": "?s wm:evidence/wm:passageOf ?v",
}
WORDS = {"medium": "letter", "published_by": "the"}
PERIODS = ({"from": "2016", "to": "2017"}, {"from": "2018-03"}, {"to": "2018-03"}, {"from": "1900", "to": "1900"})


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    place = tmp_path_factory.mktemp("narrowing") / "kg"
    filled(place, 20_000)
    with Store.open(place, read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module")
def told(store: Store) -> dict[str, list[str]]:
    """Nodes of each kind that the graph tells most of; the second person met the first."""
    found = {kind: [row[0].value for row in store.query(MOST_TOLD % asked)] for kind, asked in TOLD.items()}  # type: ignore[union-attr]
    met = f"?m wm:status wm:Held ; wm:participant <{found['person'][0]}> , ?v . ?v a wm:Person"
    others = [row[0].value for row in store.query(MOST_TOLD % met)]  # type: ignore[union-attr]
    return found | {"person": [found["person"][0], *(each for each in others if each != found["person"][0])]}


def cases(query: queries.Query, told: dict[str, list[str]]) -> Iterator[dict[str, str]]:
    """What is needed with a period, with each parameter and with two of them."""
    values = {
        p.name: told["body" if p.name in ("affiliation", "paper", "of", "representing") else kind][p.name == "second"]
        for p in query.parameters
        if (kind := {"entity": "person"}.get(p.type, p.type)) in told
    }
    values |= {p.name: "held" for p in query.parameters if p.type == "status"}
    values |= {p.name: WORDS[p.name] for p in query.parameters if p.type == "string"}
    needed = {p.name: values[p.name] for p in query.parameters if p.required}
    further = [{name: value} for name, value in values.items() if name not in needed]
    further += [period for period in PERIODS if {"from", "to"} <= {p.name for p in query.parameters}]
    yield needed
    yield from (needed | each for each in further)
    yield from (needed | one | other for one, other in combinations(further, 2))


def lines(result: Result) -> list[str]:
    assert not isinstance(result, bool)
    return sorted(map(str, result.triples)) if isinstance(result, Triples) else list(map(str, result.rows))


@pytest.mark.parametrize("query", ANCHORED, ids=lambda query: query.name)
def test_every_answer_is_the_same(store: Store, told: dict[str, list[str]], query: queries.Query) -> None:
    helped = found = 0
    for given in cases(query, told):
        text = queries.bind(query, given, store)
        full = queries.narrowed(query, text, store)
        here, there = lines(collect(store.query(full))), lines(collect(store.query(text)))
        assert here == there, given
        helped += full != text
        found += full != text and bool(here)
    assert helped and found, "no case was narrowed that has an answer"


TEXT = """SELECT DISTINCT ?meeting WHERE {
  VALUES ?place { UNDEF }
  VALUES ?person { UNDEF }
  VALUES ?from { UNDEF }
  BIND(BOUND(?place) AS ?placed)
  ?meeting wm:status ?status ; wm:participant ?person , ?other .
  FILTER(!?placed || EXISTS { ?spot wm:within* ?place . ?meeting wm:place ?spot })
  FILTER(!BOUND(?from) || ?latest >= ?from)
}"""


@pytest.mark.parametrize(
    "name, kept",
    [("place", False), ("person", True)],
)
def test_a_condition_that_the_nodes_meet_is_asked_once(
    store: Store, told: dict[str, list[str]], name: str, kept: bool
) -> None:
    given = {name: f"<{told[name][0]}>"}
    full = narrowed(TEXT, slots.filled(TEXT, given), Anchor("meeting", ("meeting",)), store)
    assert f"\nVALUES (?meeting ?{name}) {{ (<{store.base}meeting/" in full
    assert ("?spot" in full) is False and (f"?{name} , ?other" in full) is kept


def test_without_an_index_only_conditions_help(tmp_path_factory: pytest.TempPathFactory) -> None:
    with settled(tmp_path_factory.mktemp("bare") / "kg", findings(20, seed=5)) as bare:
        assert bare.home
        (bare.home / FILE).unlink()
        query = queries.named("meetings")
        text = queries.bind(query, PERIODS[0], bare)
        assert queries.narrowed(query, text, bare) == text
        place = next(row["p"].value for row in bare.query("SELECT ?p { ?m wm:place ?p }"))  # type: ignore[union-attr]
        text = queries.bind(query, {"place": place}, bare)
        assert "VALUES (?meeting ?place)" in queries.narrowed(query, text, bare)


def test_too_many_nodes_do_not_help(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(narrowing, "MOST", 3)
    query = queries.named("meetings")
    text = queries.bind(query, PERIODS[1], store)
    assert queries.narrowed(query, text, store) == text
