"""Where and when an event took place: the names and dates of its clause."""

from __future__ import annotations

from kg.find.meetings.clauses import Clauses
from kg.find.meetings.event import Event
from kg.model import When

_AT = ("at", "inside", "aboard")
_IN = ("in", "on", "outside", "near", "around")
# Behind this many units a date or place at the head of a sentence still belongs to what follows.
OPENING = 6


def place(event: Event, clauses: Clauses, limits: tuple[int, int]) -> str | None:
    """The entity id of the most specific place named: "at" before "in", its clause before the opening."""
    for first, last in (limits, (0, min(OPENING, event.at))):
        found = _places(event, clauses, first, last)
        if found:
            return found
    for at in event.places:
        entity = clauses.units[at].entity
        if entity is not None:
            return entity.id
    return None


def _places(event: Event, clauses: Clauses, first: int, last: int) -> str | None:
    units = clauses.units
    taking_part = {i for member in event.members() for i in member.ids}
    near: list[str] = []
    for n in range(first, last):
        entity = units[n].entity
        if entity is None or entity.kind == "Person" or entity.id in taking_part:
            continue
        prep = _preposition(clauses, n)
        if (
            entity.kind == "Place"
            and event.noun
            and n < event.at
            and clauses.kind(n + 1) == "word"
            and _same_phrase(clauses, n, event.at)
        ):
            return entity.id
        if clauses.kind(n + 1) == "poss" and prep not in _AT:
            continue
        if entity.kind != "Place" and prep not in (*_AT, "in"):
            continue
        if prep in _AT:
            return entity.id
        if prep in _IN or (prep == "to" and event.form == "visit"):
            near.append(entity.id)
    return near[0] if near else None


def _same_phrase(clauses: Clauses, first: int, last: int) -> bool:
    return all(clauses.kind(n) in ("word", "date", "adv") for n in range(first + 1, last))


def _preposition(clauses: Clauses, at: int) -> str:
    """The preposition that governs a name: through words, determiners and names of its phrase."""
    for n in range(at - 1, max(-1, at - 5), -1):
        unit = clauses.units[n]
        if unit.kind == "prep":
            return unit.token.lower
        if unit.kind not in ("det", "word", "poss", "name"):
            return ""
    return ""


def when(event: Event, clauses: Clauses, limits: tuple[int, int]) -> When | None:
    """The date expression of an event: the nearest behind its word, then before it, then the sentence's opening."""
    first, last = limits
    behind = [clauses.units[n].when for n in range(event.at, last) if clauses.units[n].when]
    ahead = [clauses.units[n].when for n in range(first, event.at) if clauses.units[n].when]
    opening = [clauses.units[n].when for n in range(min(OPENING, event.at)) if clauses.units[n].when]
    for found in (behind, ahead[::-1], opening):
        if found:
            return found[0]
    return None
