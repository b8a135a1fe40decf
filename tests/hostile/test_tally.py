from __future__ import annotations

import pytest

from tests.hostile.tally import Effort, Tally


def test_the_table_has_counts_largest_values_and_notes() -> None:
    tally = Tally()
    tally.add("faults tried", 2)
    tally.add("tracebacks", 0)
    tally.largest("time for a megabyte", 1.5, "s", "brackets")
    tally.largest("time for a megabyte", 0.5, "s", "capitals")
    tally.note("p99 at 8 clients", "20 ms")
    assert tally.rows() == [
        ("faults tried", "2"),
        ("tracebacks", "0"),
        ("largest time for a megabyte", "1.50 s (brackets)"),
        ("p99 at 8 clients", "20 ms"),
    ]
    with pytest.raises(KeyError, match="these are: faults tried"):
        tally.add("faluts")
    assert Effort("short").of(1, 2, 3) == 1
