"""The role lexicon as sets ready for looking up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.data import check_keys, lexicon
from kg.model import RoleStatus

_KEYS = (
    "heads",
    "tails",
    "makers",
    "letters",
    "short",
    "honorifics",
    "ranks",
    "governing",
    "behind",
    "modifiers",
    "fields",
    "status",
    "passed",
    "lingering",
    "bodies",
    "ordinals",
    "links",
    "gives",
    "leaves",
    "follows",
    "holds",
    "leads",
    "leading",
    "headships",
    "personal",
    "vague",
    "organs",
    "shadows",
)


@dataclass(frozen=True, slots=True)
class Words:
    """The role lexicon, as sets ready for looking up."""

    heads: Mapping[str, str]
    tails: frozenset[str]
    makers: Mapping[str, frozenset[str]]
    letters: frozenset[str]
    short: Mapping[str, str]
    honorifics: frozenset[str]
    ranks: frozenset[str]
    governing: frozenset[str]
    behind: frozenset[str]
    modifiers: frozenset[str]
    fields: frozenset[str]
    status: Mapping[str, RoleStatus]
    passed: frozenset[str]
    lingering: frozenset[str]
    bodies: frozenset[str]
    ordinals: Mapping[str, frozenset[str]]
    links: Mapping[str, RoleStatus]
    gives: frozenset[str]
    leaves: frozenset[str]
    follows: frozenset[str]
    holds: frozenset[str]
    leads: frozenset[str]
    leading: frozenset[str]
    headships: frozenset[str]
    personal: frozenset[str]
    vague: frozenset[str]
    organs: frozenset[str]
    shadows: frozenset[str]


def _plural(noun: str) -> str:
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "ch", "sh", "x")) else "s")


@cache
def words() -> Words:
    """The role lexicon, read once; DataError where it is malformed."""
    read = lexicon("roles")
    check_keys("roles.yaml", read, _KEYS, _KEYS)
    single = {noun.casefold(): noun.casefold() for noun in read["heads"] if " " not in noun}
    heads = {_plural(noun): noun for noun in single} | single
    return Words(
        heads,
        frozenset(read["tails"]) | {_plural(tail) for tail in read["tails"]},
        {tail: frozenset(made) for tail, made in read["makers"].items()},
        frozenset(read["letters"]),
        read["short"],
        frozenset(read["honorifics"]),
        frozenset(read["ranks"]),
        frozenset(read["governing"]),
        frozenset(read["behind"]),
        frozenset(read["modifiers"]),
        frozenset(read["fields"]),
        {word: status for status, listed in read["status"].items() for word in listed},
        frozenset(read["passed"]),
        frozenset(read["lingering"]),
        frozenset(read["bodies"]),
        {word: frozenset(offices) for word, offices in read["ordinals"].items()},
        read["links"],
        frozenset(read["gives"]),
        frozenset(read["leaves"]),
        frozenset(read["follows"]),
        frozenset(read["holds"]),
        frozenset(read["leads"]),
        frozenset(read["leading"]),
        frozenset(read["headships"]),
        frozenset(read["personal"]),
        frozenset(read["vague"]),
        frozenset(read["organs"]),
        frozenset(read["shadows"]),
    )
