"""Which body a noun takes up: "the party", "his party", "the board", "the delegation", "the Israelis"."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from kg.find.nations import places
from kg.find.referents.nouns import NEAR, Nouns
from kg.find.referents.vocabulary import words
from kg.language.analysis import Token
from kg.model import Entity, Role

_FAR = 600
# Words behind a delegation in which the body that sends it is named.
_OWN = 10
_BODIES = ("Party", "Organisation")


class Bodies:
    """Resolves nouns for bodies; `owner` says whom a possessive pronoun takes up."""

    def __init__(self, nouns: Nouns, roles: tuple[Role, ...], owner: Callable[[Token], tuple[str, ...]]) -> None:
        self.nouns, self.tokens, self.scene, self.entities = nouns, nouns.tokens, nouns.scene, nouns.entities
        self.owner = owner
        self.parties = self._affiliations(roles)

    def _affiliations(self, roles: tuple[Role, ...]) -> dict[str, set[str]]:
        """The parties of people: by their offices, "Labour's X", "X of Labour", "X (Labour)", "Labour: X, Y"."""
        found: dict[str, set[str]] = {}
        for role in roles:
            if role.holder and role.of and self.entities[role.of].kind == "Party":
                found.setdefault(role.holder, set()).add(role.of)
        heads = self.scene.order
        for one, other in itertools.pairwise(heads):
            party, person = self.scene.heads[one], self.scene.heads[other]
            if self.tokens[one].sentence != self.tokens[other].sentence or {party.kind, person.kind} != {
                "Party",
                "Person",
            }:
                continue
            between = self.tokens[one + 1 : other]
            ends = (party.id, person.id)
            gap = [
                token.lower
                for token in between
                if (hit := self.scene.named.get(token.i)) is None or (hit[0].kind != "Person" and hit[0].id not in ends)
            ]
            if party.kind == "Person":
                if gap in (["of"], ["("], ["of", "the"], ["'s"], ["’s"]):
                    found.setdefault(party.id, set()).add(person.id)
            elif gap in ([], ["'s"], ["’s"]):
                found.setdefault(person.id, set()).add(party.id)
        self._lines(found)
        return found

    def _lines(self, found: dict[str, set[str]]) -> None:
        """Lists with a party before a colon and its people behind it."""
        for sentence in self.scene.analysis.sentences:
            colon = next(
                (
                    i
                    for i in range(sentence.first, min(sentence.last, sentence.first + 14))
                    if self.tokens[i].text.endswith(":")
                ),
                None,
            )
            if colon is None:
                continue
            hits = [
                self.scene.heads[i] for i in range(sentence.first, sentence.last) if i in self.scene.heads and i < colon
            ]
            if hits and hits[0].kind == "Party" and all(hit.kind != "Person" for hit in hits):
                for i in range(colon, sentence.last):
                    if i in self.scene.heads and self.scene.heads[i].kind == "Person":
                        found.setdefault(self.scene.heads[i].id, set()).add(hits[0].id)

    def deputation(self, token: Token) -> tuple[str, ...]:
        """The body from which a delegation comes: named with it here, or where it was brought up before."""
        for at in range(token.i, max(-1, token.i - _FAR), -1):
            other = self.tokens[at]
            if other.lower != token.lower:
                continue
            for near in (at - 1, at - 2, at + 2, at + 3):
                inside = 0 <= near < len(self.tokens) and self.tokens[near].sentence == other.sentence
                hit = self.scene.named.get(near) if inside else None
                linked = near < at or (at + 1 < len(self.tokens) and self.tokens[at + 1].lower in ("of", "from"))
                if hit and linked and hit[0].kind in _BODIES:
                    return (hit[0].id,)
            if self.nouns.determiner(other)[0] in ("a", "an") and other.pos == "NOUN":
                return self._sent_from(other)
            if at and places(self.tokens[at - 1].text) and (body := self.of_people(other, self.tokens[at - 1].text)):
                return body
        return ()

    def _sent_from(self, token: Token) -> tuple[str, ...]:
        """The body from which a new delegation comes: "a delegation of activists from X"; another's is not meant."""
        if places(self.tokens[token.i - 1].text):
            return self.of_people(token, self.tokens[token.i - 1].text)
        for at in range(token.i + 1, min(token.i + _OWN, len(self.tokens))):
            hit = self.scene.named.get(at)
            if hit and hit[0].kind in _BODIES and self.tokens[at].sentence == token.sentence:
                return (hit[0].id,)
            if hit is None and self.tokens[at].tag[:2] not in ("IN", "JJ", "NN", "DT", "PO", "CD"):
                return ()
        return ()

    def of_people(self, token: Token, people: str) -> tuple[str, ...]:
        """The one body before that belongs to a people: its name or qualifier says so."""
        forms = {*places(people), people, people.removesuffix("s")}
        found = dict.fromkeys(
            entity.id
            for _, entity in self.nouns.before(token.i)
            if entity.kind in _BODIES and (entity.qualifier in forms or forms & self._words(entity))
        )
        parties = [one for one in found if self.entities[one].kind == "Party"]
        chosen = parties or list(found)
        if len(chosen) > 1:
            chosen = [one for one in chosen if forms & self._words(self.entities[one])]
        return (chosen[0],) if len(chosen) == 1 else ()

    @staticmethod
    def _words(entity: Entity) -> set[str]:
        """The words of all of a body's names."""
        return {word for mention in entity.mentions for word in mention.text.split()} | set(entity.name.split())

    def _place(self, word: Token) -> bool:
        """Whether a word before a noun is the name of a place: "the UK party"."""
        hit = self.scene.named.get(word.i)
        return hit is not None and hit[0].kind == "Place"

    def body(self, token: Token) -> tuple[str, ...]:
        """The nearest body of the kind that the noun names, subjects first in the nearest sentence."""
        kind, named = words().bodies[token.lower]
        _, between = self.nouns.determiner(token)
        if any(word.lower in words().others for word in between):
            return ()
        nation = next((word.text for word in between if places(word.text) or self._place(word)), None)
        if nation is not None:
            return self.of_people(token, nation)
        if kind == "Party" and (owner := self.nouns.owner(token)) is not None:
            parties = {party for person in self.owner(owner) for party in self.parties.get(person, ())}
            return (parties.pop(),) if len(parties) == 1 else ()
        if (own := self._of_clause(token, kind)) is not None:
            return own
        best: tuple[float, int, str] | None = None
        for at, entity in self.nouns.before(token.i):
            away = self.nouns.away(token, at)
            if away > 3 * NEAR:
                break
            unlike = entity.kind != kind or (named and not named & set(entity.name.split()))
            if unlike or (away > NEAR and not named and kind != "Party"):
                continue
            score = -away + self.scene.subject(self.tokens[at]) - 1.0 * (self.scene.quote[at] >= 0)
            if best is None or score > best[0]:
                best = (score, at, entity.id)
        return (best[2],) if best else ()

    def _of_clause(self, token: Token, kind: str) -> tuple[str, ...] | None:
        """The body that a relative clause is about: "the Israeli delegation, which met the party's …"."""
        verb = token
        for _ in range(4):
            verb = self.tokens[verb.head]
            if verb.dep.startswith("acl") and verb.head != verb.i:
                noun = self.tokens[verb.head]
                ids = self.deputation(noun) if noun.lower in words().deputations else ()
                return ids if ids and self.entities[ids[0]].kind == kind else None
        return None
