"""Whom pronouns and descriptions denote."""

from __future__ import annotations

from functools import cache

import pytest

from kg.find import chains, names, roles
from kg.find.referents import Referents
from kg.language.analysis import Analysis, Token
from kg.language.backend import analyse
from kg.model import Document


@cache
def read(text: str) -> tuple[Analysis, Referents]:
    analysis = next(iter(analyse([Document("t.txt", "t.txt", text, "", "")])))
    entities = chains.link(analysis, names.find(analysis))
    return analysis, Referents(analysis, entities, roles.find(analysis, entities))


def word(analysis: Analysis, wanted: str) -> Token:
    """The first token of that text."""
    return next(token for token in analysis.tokens if token.text == wanted)


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("Anna Berg met Tom Reed in Oslo. She praised the talks.", "She", ["Anna Berg"]),
        ("Anna Berg met Tom Reed in Oslo. Later he left for Bergen.", "he", ["Tom Reed"]),
        ("Mr Holm said he would resign.", "he", ["Holm"]),
        ("Peter Lind, who chairs the board, flew to Bonn on Monday.", "who", ["Peter Lind"]),
        (
            "Peter Lind and Karen Moss met on Friday. The two leaders shook hands.",
            "leaders",
            ["Peter Lind", "Karen Moss"],
        ),
        ("A spokesman was asked about Tom Reed's visit on Monday. He declined to comment.", "He", []),
        ("It is understood that Tom Reed will visit Oslo in May.", "It", []),
    ],
)
def test_what_a_word_denotes(text: str, wanted: str, expected: list[str]) -> None:
    analysis, who = read(text)
    assert [who.entities[one].name for one in who.resolve(word(analysis, wanted))] == expected


def test_first_person_is_left_to_the_speaker() -> None:
    analysis, who = read("“We met twice,” said Anna Berg.")
    assert who.is_first_person(word(analysis, "We"))
    assert who.resolve(word(analysis, "We")) == ()


def test_an_unnamed_antecedent_is_told() -> None:
    analysis, who = read("A spokesman was asked about Tom Reed's visit on Monday. He declined to comment.")
    found = who.antecedent(word(analysis, "He"))
    assert found is not None
    assert found.text == "spokesman"
