"""Whom a word denotes: a name, a pronoun ("he"), an office ("the Labour leader"), a group ("the delegation").

The one place in which meetings and statements look up who is meant.
"""

from __future__ import annotations

from kg.language.analysis import Analysis, Token
from kg.model import Entity, Mention, Role, Span


class Referents:
    """Answers "who is this?" for tokens and spans of one document."""

    def __init__(self, analysis: Analysis, entities: tuple[Entity, ...], roles: tuple[Role, ...]) -> None:
        self.analysis = analysis
        self.entities = {entity.id: entity for entity in entities}
        self.roles = roles
        self._by_token: dict[int, tuple[Entity, Mention]] = {}
        for entity in entities:
            for mention in entity.mentions:
                for token in analysis.tokens_in(mention.span):
                    self._by_token[token.i] = (entity, mention)

    def name_at(self, i: int) -> tuple[Entity, Mention] | None:
        """The entity and mention whose name holds token `i`, if any."""
        return self._by_token.get(i)

    def names_in(self, span: Span) -> tuple[tuple[Entity, Mention], ...]:
        """The named entities in a span, in order of place, each mention once."""
        found: dict[Mention, Entity] = {}
        for token in self.analysis.tokens_in(span):
            if (hit := self._by_token.get(token.i)) and span.covers(hit[1].span):
                found.setdefault(hit[1], hit[0])
        return tuple((entity, mention) for mention, entity in found.items())

    def resolve(self, head: Token) -> tuple[str, ...]:
        """The ids of the entities that the noun phrase headed by `head` denotes; () where nobody is known.

        A name denotes its entity; a pronoun or definite description the entity or entities that it takes
        up ("they", "the two groups", "the Labour leader", "his deputy", "the delegation", "the party").
        """
        hit = self._by_token.get(head.i)
        return (hit[0].id,) if hit else ()
