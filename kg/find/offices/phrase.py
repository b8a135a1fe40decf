"""A role phrase and the names of a document by token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.language.analysis import Analysis
from kg.model import Entity, Mention, RoleStatus, Span

Named = Mapping[int, tuple[Entity, Mention]]


class Phrase(NamedTuple):
    """A role phrase: tokens `first` to `last` (exclusive) are the title, `left` to `right` the whole noun phrase.

    `of` are the bodies or places named inside it; `anchor` the token of a word that stands for one
    ("the *party*'s chief executive", "*his* deputy"); `determiner` the word that opens the phrase.
    """

    first: int
    last: int
    head: int
    left: int
    right: int
    title: str
    plural: bool
    status: RoleStatus | None
    of: tuple[str, ...]
    anchor: int | None
    determiner: str

    def span(self, analysis: Analysis) -> Span:
        """Where the title stands."""
        return Span(analysis.tokens[self.first].start, analysis.tokens[self.last - 1].end)


def named_tokens(analysis: Analysis, entities: tuple[Entity, ...]) -> dict[int, tuple[Entity, Mention]]:
    """For each token inside a proper name the entity and the mention."""
    return {
        token.i: (entity, mention)
        for entity in entities
        for mention in entity.mentions
        for token in analysis.tokens_in(mention.span)
    }
