"""Whom a number of agents takes up: "the two groups", "the pair", "both men", "the three"."""

from __future__ import annotations

from collections.abc import Callable

from kg.find.referents.nouns import DEFINITE, NEAR, OWNERS, Nouns
from kg.find.referents.vocabulary import words
from kg.language.analysis import Token

_KINDS = {"people": ("Person",), "bodies": ("Party", "Organisation"), "parties": ("Party",), "places": ("Place",)}
_LONG = 40


class Sets:
    """Resolves sets, each the next time also by the one before."""

    def __init__(self, nouns: Nouns, owner: Callable[[Token], tuple[str, ...]]) -> None:
        self.owner = owner
        self.nouns, self.tokens, self.scene = nouns, nouns.tokens, nouns.scene
        self.told: list[tuple[int, tuple[str, ...]]] = []

    def number(self, token: Token) -> int:
        """How many agents a noun takes up; 0 where it says none."""
        known = words()
        if token.lower in known.numbers:
            follows = token.dep == "nummod" or self.tokens[min(token.i + 1, len(self.tokens) - 1)].pos == "NOUN"
            return known.numbers[token.lower] if self.nouns.definite(token) and not follows else 0
        determiner, between = self.nouns.determiner(token)
        if determiner == "both":
            return 2
        number = next((known.numbers[word.lower] for word in between if word.lower in known.numbers), 0)
        return number if determiner in DEFINITE | OWNERS else 0

    def resolve(self, token: Token, number: int, sort: str) -> tuple[str, ...]:
        """The ids of the last agents of that sort and number; () where they are not clear."""
        if sort == "any":
            return self.resolve(token, number, "people") or self.resolve(token, number, "bodies")
        kinds = _KINDS[sort]
        found = self._joined(token, number, kinds, 0) or self._here(token, number, kinds)
        if not found and number > 2:
            found = self._earlier(token, number, kinds)
        found = found or self._near(token, number, kinds)
        if not found and token.lower not in words().numbers:
            for at, ids in reversed(self.told):
                if at < token.i and len(ids) == number and self.nouns.away(token, at) < _LONG and self._are(ids, kinds):
                    found = ids
                    break
        if found:
            self.told.append((token.i, found))
        return found

    def _earlier(self, token: Token, number: int, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """ "The four leaders": the last four who are named together, however far before."""
        return next((ids for away in range(1, _LONG) if (ids := self._joined(token, number, kinds, away))), ())

    def _are(self, ids: tuple[str, ...], kinds: tuple[str, ...]) -> bool:
        return all(self.nouns.entities[one].kind in kinds for one in ids)

    def _here(self, token: Token, number: int, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """ "A has no plans to see B, but the pair spoke": all the names of the sentence, where they are as many."""
        if token.lower not in words().numbers:
            return ()
        ids = dict.fromkeys(
            entity.id
            for at, entity in self.nouns.before(token.i)
            if self.tokens[at].sentence == token.sentence and entity.kind in kinds
        )
        return tuple(reversed(ids)) if len(ids) == number else ()

    def _near(self, token: Token, number: int, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """All the names of the last sentence that has some, where they are as many as wanted."""
        for reach in range(1, NEAR):
            if joined := self._joined(token, number, kinds, reach):
                return joined
            ids = dict.fromkeys(
                entity.id
                for at, entity in self.nouns.before(token.i)
                if 1 <= self.nouns.away(token, at) <= reach and entity.kind in kinds and self.scene.quote[at] < 0
            )
            if len(ids) == number:
                return tuple(reversed(ids))
            if len(ids) > number:
                return ()
        return ()

    def _joined(self, token: Token, number: int, kinds: tuple[str, ...], away: int) -> tuple[str, ...]:
        """The names joined by "and" that many sentences before, the last such set."""
        for at, entity in self.nouns.before(token.i):
            if self.nouns.away(token, at) != away:
                continue
            top = self.tokens[self.tokens[at].head]
            if self.tokens[at].dep == "conj" and (owner := self.owner(top)) and number == 1 + len(owner) and away == 0:
                return (*owner, entity.id)
            joined = [self.scene.heads[i].id for i in self.scene.joined_to(at) if i < token.i]
            if away and self.scene.subject(self.tokens[at]) < 0.5:
                continue
            ids = tuple(dict.fromkeys((entity.id, *joined)))
            if len(ids) == number and self._are(ids, kinds):
                return ids
        return ()
