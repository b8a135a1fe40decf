"""Adjectives of nations and the places that they stand for."""

from __future__ import annotations

from functools import cache

from kg.data import check_keys, lexicon


@cache
def _places() -> dict[str, tuple[str, ...]]:
    read = lexicon("demonyms")
    check_keys("demonyms.yaml", read, ("places", "peoples"), ("places", "peoples"))
    places = {adjective: tuple(map(str, names)) for adjective, names in read["places"].items()}
    peoples = {adjective + "s": names for adjective, names in places.items() if adjective[-1] not in "sh"}
    peoples |= {people: places.get(adjective, (adjective,)) for people, adjective in read["peoples"].items()}
    return places | peoples


def places(word: str) -> tuple[str, ...]:
    """The names of the place for which an adjective or a people stands ("Israeli", "Israelis"); () for another word."""
    return _places().get(word, ())


def is_country(name: str) -> bool:
    """Whether a name is that of a country."""
    return name in lexicon("places")["countries"] or any(name in names for names in _places().values())


def is_people(word: str) -> bool:
    """Whether the word names the people of a place in the plural ("Israelis", "Britons")."""
    return (word.endswith("s") and word in _places() and word[:-1] in _places()) or word in lexicon("demonyms")[
        "peoples"
    ]
