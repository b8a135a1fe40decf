"""What the descriptions of one document share: articles before a noun, names before a token."""

from __future__ import annotations

from kg.find.referents.events import Scene
from kg.language.analysis import Token
from kg.model import Entity

DEFINITE = frozenset({"the", "this", "that", "both", "these", "those"})
OWNERS = frozenset({"his", "her", "its", "their"})
NEAR = 4


class Nouns:
    """Looks around nouns."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.tokens, self.entities = scene, scene.analysis.tokens, scene.entities

    def determiner(self, token: Token) -> tuple[str, list[Token]]:
        """The article or possessive before a noun, and the words between, the nearest first."""
        between: list[Token] = []
        first = self.scene.analysis.sentences[token.sentence].first
        for i in range(token.i - 1, max(first, token.i - 6) - 1, -1):
            before = self.tokens[i]
            if before.lower in DEFINITE | OWNERS | {"a", "an"}:
                return before.lower, between
            if before.tag[:2] not in ("JJ", "NN", "CD", "VB") and before.text != "-":
                break
            between.append(before)
        return "", between

    def definite(self, token: Token) -> bool:
        """Whether an article or possessive says that the thing is known."""
        return self.determiner(token)[0] in DEFINITE | OWNERS

    def owner(self, token: Token) -> Token | None:
        """The possessive pronoun before a noun."""
        determiner, between = self.determiner(token)
        return self.tokens[token.i - len(between) - 1] if determiner in OWNERS else None

    def before(self, i: int) -> list[tuple[int, Entity]]:
        """Names before a token, the nearest first."""
        return [(at, self.scene.heads[at]) for at in reversed(self.scene.named_before(i))]

    def away(self, token: Token, at: int) -> int:
        """How many sentences of narrative lie between a name and a token."""
        return self.scene.step[token.sentence] - self.scene.step[self.tokens[at].sentence]
