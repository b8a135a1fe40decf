"""Why a thing elsewhere is, or is not, an entity of ours: a table of small rules with weights."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from kg.model import Reason
from kg.resolve.names import body, fold, is_acronym
from kg.resolve.titles import canonical

_SMALL = frozenset(("of", "the", "for", "and", "in", "state", "member"))
_LIFE = 100


@dataclass(frozen=True, slots=True)
class Office:
    """An office, its body or place, and the days on which it was held, as far as known."""

    title: str
    of: str | None = None
    start: date | None = None
    end: date | None = None


@dataclass(slots=True)
class Ours:
    """What our documents tell of an entity: names, offices, and the days on which they tell of it."""

    node: str
    kind: str
    label: str
    names: set[str] = field(default_factory=set)
    offices: set[Office] = field(default_factory=set)
    days: set[date] = field(default_factory=set)


@dataclass(slots=True)
class Theirs:
    """What an endpoint tells of a thing; `names` are those by which it was found, `rivals` how many were found so."""

    iri: str
    label: str = ""
    description: str = ""
    names: set[str] = field(default_factory=set)
    offices: set[Office] = field(default_factory=set)
    born: date | None = None
    died: date | None = None
    rivals: int = 0


def same_label(one: Ours, other: Theirs) -> Reason | None:
    """The fullest name is the same."""
    if fold(one.label) != fold(other.label):
        return None
    return Reason("same name", 0.5, f"both are called {other.label}")


def other_name(one: Ours, other: Theirs) -> Reason | None:
    """It is found by another of the names, or bears ours as another of its own."""
    if fold(one.label) == fold(other.label) or not other.names:
        return None
    return Reason("another name", 0.35, f"{other.label} is called {min(other.names)} as well")


def alone(one: Ours, other: Theirs) -> Reason | None:
    """Nobody else there bears the name; or several do."""
    if other.rivals == 0:
        return Reason("only one", 0.15, "no other of this kind bears the name there")
    return Reason("namesakes", -0.1, f"{other.rivals + 1} bear the name there")


def long_name(one: Ours, other: Theirs) -> Reason | None:
    """A body's name of three words and more is seldom borne by two."""
    words = body(one.label).words
    if one.kind == "person" or other.rivals or len(words) < 3 or is_acronym(one.label):
        return None
    return Reason("long name", 0.2, f"a name of {len(words)} words")


def same_office(one: Ours, other: Theirs) -> Reason | None:
    """Both hold one office at days that agree, or one that no day speaks against."""
    found = [(o, t) for o in one.offices for t in other.offices if _one_office(o, t)]
    timed = [(o, t) for o, t in found if not _at_other_times(o, t)]
    if timed:
        best = min(timed, key=lambda pair: (pair[1].start is None, pair[1].title))[1]
        weight = 0.4 if best.start or best.end else 0.3
        return Reason("same office", weight, f"both are {best.title}{_when(best)}")
    if found:
        best = min((t for _, t in found), key=lambda t: t.title)
        return Reason("office at another time", -0.3, f"{other.label} was {best.title}{_when(best)}")
    return None


def lifetime(one: Ours, other: Theirs) -> Reason | None:
    """Told of before birth or after death."""
    if not one.days:
        return None
    first, last = min(one.days), max(one.days)
    if other.died and other.died < first:
        return Reason("dead by then", -1.0, f"died on {other.died}, told of on {first}")
    if other.born and (other.born > last or last.year - other.born.year > _LIFE):
        return Reason("not of that time", -1.0, f"born on {other.born}, told of on {last}")
    return None


JUDGES: tuple[Callable[[Ours, Theirs], Reason | None], ...] = (
    same_label, other_name, alone, long_name, same_office, lifetime,
)  # fmt: skip


def weigh(one: Ours, other: Theirs) -> tuple[float, tuple[Reason, ...]]:
    """The sum of what all rules say, and their reasons."""
    reasons = tuple(reason for judge in JUDGES if (reason := judge(one, other)))
    return round(sum(reason.weight for reason in reasons), 2), reasons


def _one_office(ours: Office, theirs: Office) -> bool:
    """Whether the words of one office are those of the other, with or without its body or place."""
    title, whole = _words(canonical(ours.title)), _words(canonical(theirs.title)) | _words(theirs.of or "")
    mine = title | _words(ours.of or "")
    plain = _words(canonical(theirs.title))
    return bool(title) and (title == plain or (title <= whole and whole - mine <= _GENERAL) or plain == mine)


_GENERAL = frozenset(("united", "kingdom", "uk", "british", "party", "secretary", "department", "office", "ministry"))


def _words(text: str) -> frozenset[str]:
    found = re.sub(r"\bmp\b", "member of parliament", text.lower())
    return frozenset(fold(found)) - _SMALL


def _at_other_times(ours: Office, theirs: Office) -> bool:
    over = ours.start and theirs.end and theirs.end < ours.start
    return bool(over or (ours.end and theirs.start and theirs.start > ours.end))


def _when(office: Office) -> str:
    if not office.start and not office.end:
        return ""
    return f" ({office.start or '…'} to {office.end or '…'})"
