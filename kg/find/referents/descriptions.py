"""Whom a definite description takes up: "the Labour leader", "the union", "the two groups", "the delegation"."""

from __future__ import annotations

from kg.find.nations import is_people, places
from kg.find.offices import Phrase
from kg.find.offices import words as office_words
from kg.find.referents.events import Scene
from kg.find.referents.vocabulary import words
from kg.language.analysis import Token
from kg.model import Entity, Role

_DEFINITE = frozenset({"the", "this", "that", "both", "these", "those"})
_OWNERS = frozenset({"his", "her", "its", "their"})
_RANKS = frozenset(
    {
        "deputy",
        "vice",
        "shadow",
        "prime",
        "co",
        "acting",
        "general",
        "assistant",
        "under",
        "first",
        "honorary",
        "chief",
        "lord",
    }
)
_NEAR = 4


class Descriptions:
    """Looks up what nouns with an article denote in one document."""

    def __init__(self, scene: Scene, roles: tuple[Role, ...], offices: dict[int, Phrase]) -> None:
        self.scene, self.offices = scene, offices
        self.tokens = scene.analysis.tokens
        self.by_head: dict[str, list[Role]] = {}
        for role in roles:
            if role.holder is not None:
                self.by_head.setdefault(_head(role.title), []).append(role)
        self.entities = scene.entities

    def resolve(self, token: Token) -> tuple[str, ...]:
        """The ids that the noun phrase headed by the token denotes, as far as it is known."""
        if (phrase := self.offices.get(token.i)) is not None:
            return self._office(phrase)
        if token.pos not in ("NOUN", "PROPN", "NUM", "PRON", ""):
            return ()
        known = words()
        if token.lower in known.sets and (number := self._number(token)):
            return self._set(token, number, known.sets[token.lower])
        if token.lower in known.deputations:
            return self._deputation(token)
        if is_people(token.text):
            return self._of_people(token, token.text)
        if token.lower in known.bodies and self._definite(token):
            return self._body(token, *known.bodies[token.lower])
        return ()

    def _determiner(self, token: Token) -> tuple[str, list[Token]]:
        """The article or possessive before a noun, and the words between."""
        between: list[Token] = []
        first = self.scene.analysis.sentences[token.sentence].first
        for i in range(token.i - 1, max(first, token.i - 6) - 1, -1):
            before = self.tokens[i]
            if before.lower in _DEFINITE | _OWNERS | {"a", "an"}:
                return before.lower, between
            if before.tag[:2] not in ("JJ", "NN", "CD", "VB") and before.text != "-":
                break
            between.append(before)
        return "", between

    def _definite(self, token: Token) -> bool:
        return self._determiner(token)[0] in _DEFINITE | _OWNERS

    def _before(self, i: int) -> list[tuple[int, Entity]]:
        """Names before a token, the nearest first."""
        return [(at, self.scene.heads[at]) for at in reversed(self.scene.named_before(i))]

    def _office(self, phrase: Phrase) -> tuple[str, ...]:
        if (beside := self._beside(phrase)) is not None:
            return (beside,)
        if phrase.plural or phrase.determiner in ("a", "an") or (not phrase.determiner and not phrase.of):
            number = self._number(self.tokens[phrase.head])
            return self._set(self.tokens[phrase.head], number, "people") if phrase.plural and number else ()
        last = {entity.id: at for at, entity in reversed(self._before(phrase.left))}
        scored: dict[str, tuple[float, int]] = {}
        wanted = _title_words(phrase.title)
        for role in self.by_head.get(_head(phrase.title), ()):
            title = _title_words(role.title)
            if not wanted <= title or (wanted ^ title) & _RANKS or role.holder is None:
                continue
            if phrase.of and role.of is not None and role.of not in phrase.of:
                continue
            score = (
                (wanted == title) + 2.0 * bool(phrase.of and role.of in phrase.of) + 0.5 * (role.status == "Current")
            )
            score -= 2.0 if phrase.status == "Former" and role.status != "Former" else 0.0
            if self.entities[role.holder].kind == "Person":
                scored[role.holder] = max(scored.get(role.holder, (-1.0, -1)), (score, last.get(role.holder, -1)))
        if not scored:
            return ()
        ranked = sorted(scored.items(), key=lambda item: item[1], reverse=True)
        if len(ranked) > 1 and ranked[0][1][0] - ranked[1][1][0] < 0.5 and ranked[0][1][1] < 0:
            return ()
        return (ranked[0][0],)

    def _beside(self, phrase: Phrase) -> str | None:
        """The person whose name follows the phrase at once."""
        i = phrase.right
        while i < len(self.tokens) and self.tokens[i].text in office_words().honorifics:
            i += 1
        hit = self.scene.named.get(i)
        return hit[0].id if hit and hit[0].kind == "Person" and not phrase.plural else None

    def _number(self, token: Token) -> int:
        known = words()
        if token.lower in known.numbers:
            return known.numbers[token.lower] if self._definite(token) else 0
        determiner, between = self._determiner(token)
        number = next((known.numbers[word.lower] for word in between if word.lower in known.numbers), 0)
        if determiner == "both" or (token.i and self.tokens[token.i - 1].lower == "both"):
            return 2
        return number if determiner in _DEFINITE | _OWNERS else 0

    def _set(self, token: Token, number: int, sort: str) -> tuple[str, ...]:
        kinds = {"people": ("Person",), "bodies": ("Party", "Organisation"), "places": ("Place",)}.get(
            sort, ("Person", "Party", "Organisation", "Place")
        )
        step = self.scene.step[token.sentence]
        near: list[str] = []
        latest = None
        for at, entity in self._before(token.i):
            away = step - self.scene.step[self.tokens[at].sentence]
            if away > _NEAR:
                break
            if entity.kind not in kinds:
                continue
            latest = away if latest is None else latest
            if len(set(near)) >= number and away > latest:
                break
            near.append(entity.id)
        distinct = tuple(dict.fromkeys(reversed(near)))
        return distinct if len(distinct) == number else self._pair(token, number, kinds)

    def _pair(self, token: Token, number: int, kinds: tuple[str, ...]) -> tuple[str, ...]:
        """The last names joined by "and" that are as many as wanted."""
        step = self.scene.step[token.sentence]
        for at, entity in self._before(token.i):
            if step - self.scene.step[self.tokens[at].sentence] > _NEAR:
                break
            joined = [
                self.scene.heads[i]
                for i in self.scene.analysis.children[at]
                if self.tokens[i].dep == "conj" and i in self.scene.heads
            ]
            ids = (entity.id, *(other.id for other in joined))
            if len(set(ids)) == number and all(self.entities[one].kind in kinds for one in ids):
                return ids
        return ()

    def _deputation(self, token: Token) -> tuple[str, ...]:
        """The body from which a delegation comes: named with it here, or where it was brought up before."""
        for at in range(token.i, max(-1, token.i - 600), -1):
            other = self.tokens[at]
            if other.lower != token.lower:
                continue
            for near in (at - 1, at - 2, at + 2, at + 3):
                inside = 0 <= near < len(self.tokens) and self.tokens[near].sentence == other.sentence
                hit = self.scene.named.get(near) if inside else None
                linked = near < at or (at + 1 < len(self.tokens) and self.tokens[at + 1].lower in ("of", "from"))
                if hit and linked and hit[0].kind in ("Party", "Organisation"):
                    return (hit[0].id,)
            if at and places(self.tokens[at - 1].text) and (body := self._of_people(other, self.tokens[at - 1].text)):
                return body
        return ()

    def _of_people(self, token: Token, people: str) -> tuple[str, ...]:
        """The one body before that belongs to a people: its name or qualifier says so."""
        forms = {*places(people), people, people.removesuffix("s")}
        found = dict.fromkeys(
            entity.id
            for _, entity in self._before(token.i)
            if entity.kind in ("Party", "Organisation")
            and (entity.qualifier in forms or forms & set(entity.name.split()))
        )
        parties = [one for one in found if self.entities[one].kind == "Party"]
        chosen = parties or list(found)
        return (chosen[0],) if len(chosen) == 1 else ()

    def _body(self, token: Token, kind: str, named: frozenset[str]) -> tuple[str, ...]:
        """The nearest body of the kind that the noun names, subjects first in the nearest sentence."""
        _, between = self._determiner(token)
        nation = next((word.text for word in between if places(word.text)), None)
        if nation is not None:
            return self._of_people(token, nation) if kind in ("Party", "Organisation") else ()
        if (own := self._of_clause(token, kind)) is not None:
            return own
        step = self.scene.step[token.sentence]
        best: tuple[float, int, str] | None = None
        for at, entity in self._before(token.i):
            away = step - self.scene.step[self.tokens[at].sentence]
            if away > 3 * _NEAR:
                break
            if (
                entity.kind != kind
                or (named and not named & set(entity.name.split()))
                or (away > _NEAR and not named and kind != "Party")
            ):
                continue
            score = -away + 1.5 * self.scene.is_subject(self.tokens[at]) - 1.0 * (self.scene.quote[at] >= 0)
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
                ids = self._deputation(noun) if noun.lower in words().deputations else ()
                return ids if ids and self.entities[ids[0]].kind == kind else None
        return None


def _head(title: str) -> str:
    core = title.lower().split(" of ")[0].split(" for ")[0].replace("-", " ").split()
    return core[-1] if core[-1] not in ("general", "elect") or len(core) == 1 else core[-2]


def _title_words(title: str) -> frozenset[str]:
    return frozenset(title.lower().replace("-", " ").split()) - {"of", "the", "for", "and", "party"}
