"""The made corpus: it is the same for the same seed, what is resolved holds up to its truth, in any order."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from kg.model import Facts
from kg.resolve import resolve

sys.path.insert(0, str(Path(__file__).resolve().parent / "bench"))

from identities import measured
from made.papers import Corpus, papers

LEAST = {
    "people": (0.98, 0.95),
    "bodies and places": (0.8, 0.95),
    "meetings": (0.9, 0.8),
    "planned, then held": (0.75, 0.65),
    "near-copies": (1.0, 1.0),
}
"""A little below what the benchmark prints for a thousand documents, for these are fewer."""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return papers(600, seed=7)


@pytest.fixture(scope="module")
def facts(corpus: Corpus) -> Facts:
    return resolve(corpus.findings)


def test_the_corpus_is_made_the_same_again(corpus: Corpus) -> None:
    again = papers(600, seed=7)
    assert again.findings == corpus.findings and again.people == corpus.people
    assert papers(20, seed=8).findings != papers(20, seed=7).findings


@pytest.mark.parametrize("what", LEAST)
def test_what_is_resolved_holds_up(what: str, corpus: Corpus, facts: Facts) -> None:
    precision, recall = measured(corpus, facts)[what]
    assert precision >= LEAST[what][0] and recall >= LEAST[what][1], (precision, recall)


def test_the_order_of_documents_does_not_matter(corpus: Corpus, facts: Facts) -> None:
    shuffled = random.Random(3).sample(corpus.findings, len(corpus.findings))
    assert resolve(shuffled) == facts


def test_every_identity_of_several_names_says_why(facts: Facts) -> None:
    several = [i for i in facts.identities if i.kind == "Person" and len({n.lower() for n in i.names if " " in n}) > 3]
    assert several and all(identity.reasons for identity in several)
