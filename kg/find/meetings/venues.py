"""Bodies that are named as the place of a meeting: "at the Foreign Ministry", "in the Senate"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.find.referents import Referents
from kg.language.analysis import Analysis
from kg.model import Entity, Meeting, Mention, Role

# Prepositions that make a place of the name behind them, articles aside.
_LOCATIVE = frozenset(("at", "in", "inside", "outside", "near", "from", "to", "into"))
_ARTICLES = frozenset(("the", "a", "his", "her", "their", "its", "our"))


def settle(
    analysis: Analysis, who: Referents, roles: Iterable[Role], met: tuple[Meeting, ...]
) -> tuple[tuple[Entity, ...], tuple[Meeting, ...]]:
    """The entities and meetings of a document, every meeting's place a Place.

    A body that the text only ever speaks of as a place becomes one; of another its premises become an
    entity of their own.
    """
    entities = who.entities
    acting = {one for meeting in met for one in meeting.participants} | {role.of for role in roles}
    premises: dict[str, Entity] = {}
    for meeting in met:
        body = entities.get(meeting.place or "")
        if body is None or body.kind == "Place" or body.id in premises:
            continue
        there = tuple(replace(m, kind="Place") for m in body.mentions if _locative(analysis, m))
        mentions = there or (replace(body.mentions[0], kind="Place"),)
        alone = len(there) == len(body.mentions) and body.id not in acting
        key = body.id if alone else f"e{len(entities) + len(premises) + 1}"
        premises[body.id] = Entity(key, "Place", body.name, mentions, reasons=body.reasons if alone else ())
    if not premises:
        return tuple(entities.values()), met
    made = {place.id: place for place in premises.values()}
    kept = [made.pop(one, entity) for one, entity in entities.items()]
    moved = (replace(m, place=premises[m.place].id) if m.place in premises else m for m in met)
    return (*kept, *made.values()), tuple(moved)


def _locative(analysis: Analysis, mention: Mention) -> bool:
    """Whether a preposition of place stands before a name, and it owns nothing."""
    tokens = analysis.tokens_in(mention.span)
    at, behind = tokens[0].i - 1, tokens[-1].i + 1
    if behind < len(analysis.tokens) and analysis.tokens[behind].lower in ("'s", "’s", "'", "’"):
        return False
    while at > 0 and (analysis.tokens[at].lower in _ARTICLES or analysis.tokens[at].pos == "ADJ"):
        at -= 1
    return at >= 0 and analysis.tokens[at].lower in _LOCATIVE
