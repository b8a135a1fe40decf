"""Work in processes of its own: one begun ahead of its work does it, or is replaced where it left."""

from __future__ import annotations

import operator
import os
from collections.abc import Iterator

import pytest

from kg.pipeline.guard import Guard, LostError
from kg.pipeline.reading import warm


@pytest.fixture
def guard(request: pytest.FixtureRequest) -> Iterator[Guard]:
    opened = Guard(20.0, warm, request.node.name)
    yield opened
    opened.close()


def test_a_process_that_was_begun_ahead_does_the_first_job(guard: Guard) -> None:
    guard.prepare()
    (ahead,) = guard._idle
    guard.prepare()
    assert guard._idle == [ahead] and ahead.begun and not ahead.used
    assert guard.run(os.getpid) == ahead.process.pid and ahead.used


def test_one_that_left_before_it_had_a_job_is_replaced(guard: Guard) -> None:
    guard.prepare()
    (ahead,) = guard._idle
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), ahead._to.fileno())  # it sees that nothing comes any more
    assert ahead.process.wait(20) == 0
    assert guard.run(operator.add, 1, 2) == 3
    assert ahead not in guard._idle


@pytest.mark.parametrize("code", [0, 9])
def test_a_job_that_ends_its_process_is_lost_with_or_without_preparation(guard: Guard, code: int) -> None:
    guard.prepare()
    with pytest.raises(LostError, match="was ended"):
        guard.run(os._exit, code)
    with pytest.raises(LostError, match="was ended"):
        guard.run(os._exit, code)
    assert guard.run(operator.add, 1, 2) == 3
