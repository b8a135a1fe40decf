from __future__ import annotations

import pytest

from kg.resolve.census import Census, core
from kg.resolve.kinship import blocks, bones, relation
from kg.resolve.names import fold


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("Gülşen Öztürk", "Gulsen Ozturk", "same words"),
        ("A. Lindgren", "Ada Lindgren", "initial"),
        ("Bob Fenwick", "Robert Fenwick", "short form"),
        ("Muhammad Tamimi", "Mohamed Tamimi", "other spelling"),
        ("Tareq al-Hamdi", "Tarek El Hamdi", "other spelling"),
        ("Tareq al-Hamdi", "Tareq Hamdi", "middle name"),
        ("Jörg Grünfeld", "Jorg Gruenfeld", "umlaut"),
        ("Ada B. Lindgren", "Ada Lindgren", "middle name"),
        ("Ada B. Lindgren", "Ada Brita Lindgren", "middle name"),
        ("Inés Valmonte", "Inés Valmonte Corona", "second surname"),
        ("Han Min-soo", "Min-soo Han", "other order"),
        ("Han Min-soo", "Han Minsoo", "other order"),
        ("Ada Lindgren", "Ada Lindgran", "other letters"),
        ("Ada Lindgren", "Ada Lindgrens", "one letter"),
        ("Joost van der Veld", "Joost Veld", "particle"),
        ("A. Valmonte", "Ana Valmonte Corona", "initial and second surname"),
    ],
)
def test_names_of_one_person(one: str, other: str, rule: str) -> None:
    found = relation(fold(one), fold(other))
    assert found and found.rule == rule and relation(fold(other), fold(one)) == found
    assert set(blocks(fold(one))) & set(blocks(fold(other)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lindgren", "Eva Lindgren"),
        ("Mahmoud Tamimi", "Mohammed Tamimi"),
        ("Ada B. Lindgren", "Ada C. Lindgren"),
        ("B. Lindgren", "Ada Lindgren"),
        ("Ada Lindgren", "Ada Lindqvist"),
        ("Martin Ekdahl", "Martina Ekdahl"),
        ("Ada Ek", "Ada Eks"),
        ("Ada Lindgren Corona", "Ada Lindgren Valmonte"),
    ],
)
def test_names_of_two(one: str, other: str) -> None:
    assert relation(fold(one), fold(other)) is None


def test_bones_are_what_romanisations_share() -> None:
    assert bones("yushchenko") == bones("yuschenko") and bones("qaddafi") == bones("kadafi") != bones("gaddafi")


@pytest.mark.parametrize(
    ("name", "words"),
    [("al-Hamdi", ("hamdi",)), ("van der Veld", ("veld",)), ("Ben Hart", ("ben", "hart")), ("Al Hart", ("al", "hart")),
     ("Ada van der Veld", ("ada", "van", "der", "veld"))],
)  # fmt: skip
def test_a_surname_may_have_particles(name: str, words: tuple[str, ...]) -> None:
    assert core(name) == words


def test_common_names_are_told_from_rare_ones() -> None:
    few = Census([("ada", "lind")])
    assert few.rarity(("ada", "lind")) is None and few.namesakes("lind") is None
    crowd = [(f"given{n % 20}", f"name{n}") for n in range(400)]
    census = Census([*crowd, *((f"given{n}", "smith") for n in range(20))])
    assert [census.rarity(name) for name in (("given1", "smith"), ("given1", "name7"), ("ada", "name7"))] == [1, 0, -1]
    assert census.namesakes("smith") == 4 and census.namesakes("name7") == 1
