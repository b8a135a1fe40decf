"""Texts that only repeat something: none hangs, whatever it repeats, and every offset is true."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from kg.find import find
from kg.language import analyse
from kg.pipeline.analysing import warm
from kg.pipeline.guard import Guard
from tests.conftest import document
from tests.hostile.pathological import CASES
from tests.hostile.tally import Effort, Tally

LIMIT = 300


def taken(name: str, size: int) -> float:
    """Seconds of processor time for one case with the rules; its offsets are checked."""
    text = CASES[name](size).replace("\0", " ")
    start = time.process_time()
    found = find(next(iter(analyse([document(text)], "rules"))))
    seconds = time.process_time() - start
    for entity in found.entities:
        for mention in entity.mentions:
            assert text[mention.span.start : mention.span.end] == mention.text
    return seconds


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    each = Guard(LIMIT, warm, "rules")
    yield each
    each.close()


def test_no_repetition_hangs(guard: Guard, tally: Tally, effort: Effort) -> None:
    size = effort.of(2_000, 20_000, 1_000_000)
    unit = "time for a megabyte" if effort.name == "long" else f"time for {size // 1000} kB of one repetition"
    for name in CASES:
        tally.largest(unit, guard.run(taken, name, size), "s", name)
        tally.add("bad inputs tried")
    tally.add("hangs", 0)


@pytest.mark.parametrize("sign", ['"', "(", "A", ",", ".", "-"])
def test_a_run_without_spaces_reaches_the_tokenizer_in_pieces(sign: str) -> None:
    from kg.language.layout import LONGEST_RUN, lay_out

    for size in (1_000, 4_000, 16_000):
        given: list[int] = []

        def noted(piece: str, given: list[int] = given) -> list[object]:
            given.append(len(piece))
            return []

        lay_out(document(f"Ada met {sign * size} in Lisbon."), noted)
        assert max(given) <= LONGEST_RUN and sum(given) <= size + 100
