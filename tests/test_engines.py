"""Every stored query gives the same rows in every engine, over the graph of the seed texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import pipeline, queries
from kg.errors import KgError, QueryError
from kg.language import OWN
from kg.lookup import Source
from kg.store import Store
from kg.tables import Result, Table
from tests.bench.engines import REASONS, ROOT, Case, cases, compare, engine

LONG = pytest.mark.long
SLOW = pytest.mark.slow


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[Case, Result]]]:
    """The store, and each case with its rows in-process."""
    place = tmp_path_factory.mktemp("engines") / "kg"
    with Store.open(place) as store:
        pipeline.build([ROOT / "seeds"], store, pipeline.Settings(OWN))
        return place, [(case, queries.answer(case.query, case.given, store)) for case in cases(store)]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("oxigraph", marks=SLOW),
        pytest.param("virtuoso", marks=SLOW),
        pytest.param("kg serve", marks=LONG),
        pytest.param("arq", marks=LONG),
        pytest.param("comunica", marks=LONG),
    ],
)
def test_the_rows_are_those_of_the_store_here(asked: tuple[Path, list[tuple[Case, Result]]], name: str) -> None:
    place, expected = asked
    wrong = {}
    with engine(name, place) as source:
        for case, here in answers(expected):
            try:
                found = compare(here, queries.answer(case.query, case.given, source))
            except KgError as error:
                found = str(error)
            reason = REASONS.get((name, str(case))) or REASONS.get((name, "*"))
            if found not in ("same", "joined") and not reason:
                wrong[str(case)] = found
        broken = [name for name, given in malicious() if not _harmless(name, given, source)]
    assert not wrong and not broken


def malicious() -> Iterator[tuple[str, dict[str, str]]]:
    """A text that would break out of a query pasted together, in the place of a text, a name and an IRI."""
    secret = 'x" } UNION { ?s ?p "secret'
    yield "meetings-with-office", {"office": secret}
    yield "documents", {"published_by": secret}
    yield "who-met-whom", {"person": secret}
    yield "who-met-whom", {"person": "<urn:x> } UNION { ?s ?p ?o }"}


def _harmless(name: str, given: dict[str, str], source: Source) -> bool:
    try:
        answer = queries.run(name, given, source)
    except QueryError:
        return True
    return isinstance(answer, Table) and not answer.rows


def answers(expected: list[tuple[Case, Result]]) -> Iterator[tuple[Case, Result]]:
    """All cases; some of them must have rows, or nothing is shown."""
    assert sum(1 for _, here in expected if isinstance(here, bool) or len(here)) > len(expected) * 3 // 4
    yield from expected
