"""Whom he, she, it and they take up.

Salience after Lappin and Leass (1994): recency in sentences, subjects before others, gender and number as
filters, a clause's subject never its own object; no answer where two candidates are close.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.find.referents.events import Event, Scene
from kg.find.referents.vocabulary import Gender, words
from kg.language.analysis import Token

_RECENCY = (3.0, 2.4, 1.2, 0.5)
_WINDOW = 24
_MARGIN = 0.45
_CLOSE = 8
_OBJECTS = ("obj", "iobj", "obl", "obl:agent")
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
# How much of a subject a name is that a reflexive stresses.
_FOCUS = 0.9
_EMPTY_IT = frozenset({"expl", "expl:pl"})


class Pronouns:
    """Resolves every pronoun of a document once, in order, so that each can take up the one before."""

    def __init__(
        self, scene: Scene, antecedents: dict[int, Event], describe: Callable[[Token], tuple[str, ...]]
    ) -> None:
        self.scene, self.antecedents, self.describe = scene, antecedents, describe
        self.tokens = scene.analysis.tokens
        self.learnt: dict[tuple[str, ...] | int, Gender] = {}
        self._speakers: dict[int, frozenset[tuple[str, ...] | int]] = {}

    def run(self, events: list[Event]) -> None:
        """Fills `antecedents` with what each pronoun takes up."""
        seen: list[Event] = []
        pending = iter(events)
        following = next(pending, None)
        pronouns = words().pronouns
        for token in self.tokens:
            while following is not None and following.i <= token.i:
                if not following.ids and (ids := self.describe(self.tokens[following.i])):
                    gender = self.scene.gender.get(ids[0], following.gender)
                    following = following._replace(ids=ids, gender=gender)
                seen.append(following)
                following = next(pending, None)
            if token.lower == "who" and (noun := self._relative(token, seen)) is not None:
                seen.append(noun)
            kind = pronouns.get(token.lower)
            if kind in ("he", "she", "they", "it") and token.pos in ("PRON", "DET", "") and token.dep not in _EMPTY_IT:
                chosen = self._emphatic(token, seen) or self._choose(token, kind, seen)
                if chosen is not None:
                    if kind in ("he", "she") and not self._gender(chosen):
                        chosen = chosen._replace(gender="m" if kind == "he" else "f")
                        self.learnt[chosen.thing] = chosen.gender
                    self.antecedents[token.i] = chosen
                    here = self.scene.event(token, chosen.sort, chosen.ids, chosen.gender)
                    if token.lower in _REFLEXIVE and chosen.i == token.i - 1:
                        here = here._replace(subject=max(here.subject, _FOCUS))
                    root = chosen.root if chosen.root >= 0 else chosen.i
                    seen.append(here._replace(pronoun=True, root=root))
                elif kind in ("he", "she"):
                    unknown = self.scene.event(token, "person", (), "m" if kind == "he" else "f")
                    seen.append(unknown._replace(pronoun=True))

    def _relative(self, token: Token, seen: list[Event]) -> Event | None:
        """The event of "who": the person that its clause is about comes up again."""
        verb = self.tokens[token.head]
        if not verb.dep.startswith("acl") or verb.head == verb.i or token.dep not in ("nsubj", "nsubj:pass"):
            return None
        noun = next((event for event in reversed(seen[-_WINDOW:]) if event.i == verb.head), None)
        if noun is None or noun.sort != "person":
            return None
        here = self.scene.event(token, "person", noun.ids, self._gender(noun))
        return here._replace(root=noun.root if noun.root >= 0 else noun.i, pronoun=True)

    def _emphatic(self, token: Token, seen: list[Event]) -> Event | None:
        """The name right before a reflexive that only stresses it: "X himself"."""
        if token.lower not in _REFLEXIVE:
            return None
        return next((event for event in reversed(seen[-3:]) if event.i == token.i - 1 and event.ids), None)

    def _speaker(self, token: Token, seen: list[Event]) -> frozenset[tuple[str, ...] | int]:
        """Who introduces the quotation around a token: one who speaks of himself says "I"."""
        quote = self.scene.quote[token.i]
        if quote < 0:
            return frozenset()
        if quote not in self._speakers:
            quotation = self.scene.analysis.quotations[quote]
            words_ = self.scene.analysis.tokens_in(quotation.segments[0].span)
            opening = words_[0].i if words_ else token.i
            first = self.scene.analysis.sentences[self.tokens[opening].sentence].first
            whole = self.tokens[opening].text[:1].isupper() and opening > first + 1
            whole = whole and self.tokens[opening - 2].text in (":", ",")
            self._speakers[quote] = frozenset(
                event.thing for event in seen if whole and first <= event.i < opening and event.subject > 1
            )
        return self._speakers[quote]

    def _choose(self, token: Token, kind: str, seen: list[Event]) -> Event | None:
        reflexive = token.lower.endswith(("self", "selves"))
        barred = self._clause_subjects(token) if token.dep in _OBJECTS and not reflexive else ()
        matrix = self._matrix_subject(token)
        speaker = self._speaker(token, seen)
        scored: list[tuple[float, int, Event]] = []
        things = {event.thing for event in seen[-_WINDOW:] if event.i in barred and event.ids}
        for event in seen[-_WINDOW:]:
            if event.i in barred or event.thing in things or event.thing in speaker or not self._fits(event, kind):
                continue
            score = self._score(event, token, matrix)
            if score is not None:
                scored.append((score, event.i, event))
        if not scored:
            return None
        scored.sort(key=lambda row: row[:2], reverse=True)
        best = scored[0]
        rival = next((row for row in scored[1:] if row[2].thing != best[2].thing), None)
        close = rival is not None and best[0] - rival[0] < _MARGIN
        return None if close else best[2]

    def _fits(self, event: Event, kind: str) -> bool:
        if kind in ("he", "she"):
            wanted: Gender = "m" if kind == "he" else "f"
            return event.sort == "person" and self._gender(event) in ("", wanted) and len(event.ids) < 2
        if kind == "it":
            return event.sort in ("body", "place", "thing")
        return event.sort in ("group", "body") or (event.sort == "person" and not event.ids)

    def _gender(self, event: Event) -> Gender:
        """A person's gender, as pronouns before have told it."""
        return event.gender or self.learnt.get(event.thing, "")

    def _score(self, event: Event, token: Token, matrix: tuple[int, ...]) -> float | None:
        distance = self.scene.step[token.sentence] - event.step
        if distance >= len(_RECENCY):
            return None
        score = _RECENCY[max(0, distance)]
        score += event.subject
        score += 0.7 if event.pronoun else 0.0
        score += 0.3 if self._gender(event) else 0.0
        score += 2.0 if matrix and (event.i in matrix or (event.ids and event.ids == self._ids(matrix))) else 0.0
        if event.quote != self.scene.quote[token.i]:
            score -= 2.0 if event.quote >= 0 else 1.5
            score -= 0.5 * event.subject if self.scene.quote[token.i] >= 0 > event.quote else 0.0
        if token.lower in ("its", "their") and token.i - event.i < _CLOSE and event.quote == self.scene.quote[token.i]:
            score += 1.0
        if event.sort in ("thing", "place"):
            score -= 0.5
        if self.tokens[event.i].dep == "nmod:poss" and not event.pronoun:
            score -= 0.8
        return score

    def _ids(self, matrix: tuple[int, ...]) -> tuple[str, ...]:
        """What the subject of the clause of saying denotes."""
        i = matrix[0]
        verb = self.tokens[self.tokens[i].head]
        if self.tokens[i].tag in ("WP", "WDT") and verb.dep.startswith("acl"):
            i = verb.head
        if i in self.scene.heads:
            return (self.scene.heads[i].id,)
        return self.scene.beside.get(i) or self.describe(self.tokens[i])

    def _subjects(self, verb: int) -> tuple[int, ...]:
        """The subject of a verb and those joined to it."""
        below = self.scene.analysis.children
        for i in below[verb]:
            if self.tokens[i].dep.startswith("nsubj"):
                return (i, *(j for j in below[i] if self.tokens[j].dep in ("conj", "appos")))
        return ()

    def _clause_subjects(self, token: Token) -> tuple[int, ...]:
        return self._subjects(token.head)

    def _matrix_subject(self, token: Token) -> tuple[int, ...]:
        """The subject of the clause of saying around a pronoun ("*X* said that he …")."""
        verb = self.tokens[token.head]
        for _ in range(4):
            if verb.dep in ("ccomp", "xcomp", "advcl", "conj") and verb.head != verb.i:
                verb = self.tokens[verb.head]
                subjects = self._subjects(verb.i)
                if subjects and subjects[0] < token.i:
                    return subjects
        return ()
