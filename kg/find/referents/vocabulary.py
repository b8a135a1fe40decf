"""The words that take up something named elsewhere, from the lexicon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg.data import check_keys, lexicon
from kg.find.nations import places
from kg.model import Kind

Gender = Literal["m", "f", ""]
_KEYS = (
    "pronouns",
    "male",
    "female",
    "male_names",
    "female_names",
    "persons",
    "groups",
    "bodies",
    "deputations",
    "sets",
    "epithets",
    "others",
    "numbers",
    "offices",
    "relatives",
    "styles",
)


@dataclass(frozen=True, slots=True)
class Words:
    """The referent lexicon, as sets ready for looking up."""

    pronouns: Mapping[str, str]
    gender: Mapping[str, Gender]
    names: Mapping[str, Gender]
    persons: frozenset[str]
    groups: frozenset[str]
    bodies: Mapping[str, tuple[Kind, frozenset[str]]]
    deputations: frozenset[str]
    sets: Mapping[str, str]
    epithets: frozenset[str]
    others: frozenset[str]
    numbers: Mapping[str, int]
    offices: Mapping[str, tuple[str, ...]]
    styles: frozenset[str]


def glued(word: str) -> tuple[str, str] | None:
    """The people and the noun of a word in which the blank between them is missing ("Danishdelegation")."""
    if not word[:1].isupper() or not word.endswith(tuple(words().deputations)):
        return None
    for noun in words().deputations:
        people = word.removesuffix(noun)
        if people != word and places(people):
            return people, noun
    return None


@cache
def words() -> Words:
    """The referent lexicon, read once; DataError where it is malformed."""
    read = lexicon("referents")
    check_keys("referents.yaml", read, _KEYS, _KEYS)
    check_keys("referents.yaml: pronouns", read["pronouns"], ("he", "she", "they", "it", "first"))
    for noun, body in read["bodies"].items():
        check_keys(f"referents.yaml: bodies: {noun}", body, ("kind", "named"), ("kind",))
    gender: dict[str, Gender] = dict.fromkeys(read["male"], "m")
    gender |= dict.fromkeys(read["female"], "f")
    names: dict[str, Gender] = dict.fromkeys(read["male_names"], "m")
    names |= dict.fromkeys(read["female_names"], "f")
    return Words(
        {form: kind for kind, forms in read["pronouns"].items() for form in forms},
        gender,
        names,
        frozenset(read["persons"]),
        frozenset(read["groups"]),
        {noun: (body["kind"], frozenset(body.get("named", ()))) for noun, body in read["bodies"].items()},
        frozenset(read["deputations"]),
        read["sets"],
        frozenset(read["epithets"]),
        frozenset(read["others"]),
        read["numbers"],
        {str(title): tuple(map(str, others)) for title, others in read["offices"].items()},
        frozenset(read["styles"]),
    )
