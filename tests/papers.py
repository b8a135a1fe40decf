"""Made papers in a store, settled: what the tests of later builds begin with."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.model import Findings
from kg.settle import settle
from kg.store import Store

sys.path.insert(0, str(Path(__file__).resolve().parent / "bench"))

from made.graph import fill
from made.papers import papers


def findings(number: int, seed: int) -> list[Findings]:
    """The findings of so many papers about a made world."""
    return papers(number, seed=seed).findings


@contextmanager
def settled(place: Path, some: Iterable[Findings]) -> Iterator[Store]:
    """A new store with these, open."""
    with Store.open(place) as opened:
        for one in some:
            opened.keep(one)
        settle(opened)
        yield opened


def filled(place: Path, triples: int) -> None:
    """A store of about so many triples, with statements and all else that can be told, and its index."""
    fill(place, triples)
