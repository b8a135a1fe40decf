"""Nouns that a text puts beside a name, and who is meant when such a noun comes again alone.

"Joyce Tran, 44, a nurse from Monroeville" makes "the nurse" mean her, as long as no other nurse is brought up.
"""

from __future__ import annotations

from kg.find.referents.events import Scene
from kg.find.referents.vocabulary import words
from kg.language.analysis import Token

_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "no", "any"})
_BEFORE = 6


class Callings:
    """Who is called by which noun in one document, in order of place."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.tokens = scene, scene.analysis.tokens
        self.called: dict[str, list[tuple[int, str]]] = {}
        self.unnamed: dict[str, int] = {}
        linked: set[int] = set()
        for i, entity in scene.heads.items():
            if entity.kind == "Person":
                for noun in self._nouns(i):
                    linked.add(noun.i)
                    self.called.setdefault(noun.lower, []).append((noun.i, entity.id))
        for token in self.tokens:
            if token.lower in self.called and token.i not in linked and self._indefinite(token):
                self.unnamed.setdefault(token.lower, token.i)

    def resolve(self, token: Token) -> tuple[str, ...]:
        """The one person called by this noun before it; () where there is none, or are several, or somebody unnamed."""
        before = {person for at, person in self.called.get(token.lower, ()) if at < token.i}
        known = words().gender.get(token.lower, "")
        before = {one for one in before if not known or self.scene.gender.get(one, "") in ("", known)}
        if len(before) != 1 or self.unnamed.get(token.lower, token.i) < token.i:
            return ()
        return (before.pop(),)

    def _nouns(self, i: int) -> list[Token]:
        """The nouns in apposition to a name, those right before it, and what it is said to be."""
        found = []
        for j in self.scene.analysis.children[i]:
            child = self.tokens[j]
            if j > i and child.dep == "appos" and self._common(child):
                found.append(child)
        head = self.tokens[self.tokens[i].head]
        if head.i != i and self._common(head):
            copula = any(self.tokens[j].dep == "cop" for j in self.scene.analysis.children[head.i])
            if self.tokens[i].dep == "appos" or (self.tokens[i].dep == "nsubj" and copula and head.i > i):
                found.append(head)
        first = self._first(i)
        before = self.tokens[max(0, first - 1)]
        if before.i < first and before.sentence == self.tokens[i].sentence and self._common(before):
            found.append(before)
        return found

    def _first(self, i: int) -> int:
        """The first token of the name around a token."""
        mention = self.scene.named[i][1]
        while i > 0 and self.scene.named.get(i - 1, (None, None))[1] is mention:
            i -= 1
        return i

    def _common(self, token: Token) -> bool:
        known = words()
        capital = token.tag == "NNP" and (token.lower in known.persons or token.lower in known.epithets)
        return (token.tag == "NN" or capital) and token.i not in self.scene.named

    def _indefinite(self, token: Token) -> bool:
        first = self.scene.analysis.sentences[token.sentence].first
        for i in range(token.i - 1, max(first, token.i - _BEFORE) - 1, -1):
            before = self.tokens[i]
            if before.lower in _INDEFINITE:
                return True
            if before.tag[:2] not in ("JJ", "NN", "CD", "VB") and before.text != "-":
                return False
        return False
