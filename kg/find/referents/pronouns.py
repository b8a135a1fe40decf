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
_OBJECTS = ("obj", "iobj", "obl", "obl:agent")
_EMPTY_IT = frozenset({"expl", "expl:pl"})


class Pronouns:
    """Resolves every pronoun of a document once, in order, so that each can take up the one before."""

    def __init__(self, scene: Scene, events: list[Event], describe: Callable[[Token], tuple[str, ...]]) -> None:
        self.scene, self.describe = scene, describe
        self.tokens = scene.analysis.tokens
        self.antecedents: dict[int, Event] = {}
        self._run(events)

    def _run(self, events: list[Event]) -> None:
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
            kind = pronouns.get(token.lower)
            if kind in ("he", "she", "they", "it") and token.pos in ("PRON", "DET", "") and token.dep not in _EMPTY_IT:
                chosen = self._choose(token, kind, seen)
                if chosen is not None:
                    self.antecedents[token.i] = chosen
                    here = self.scene.event(token, chosen.sort, chosen.ids, chosen.gender)
                    seen.append(here._replace(pronoun=True))

    def _choose(self, token: Token, kind: str, seen: list[Event]) -> Event | None:
        barred = (
            self._clause_subject(token)
            if token.dep in _OBJECTS and not token.lower.endswith(("self", "selves"))
            else None
        )
        matrix = self._matrix_subject(token)
        scored: list[tuple[float, int, Event]] = []
        for event in seen[-_WINDOW:]:
            if event.i == barred or not self._fits(event, kind):
                continue
            score = self._score(event, token, matrix)
            if score is not None:
                scored.append((score, event.i, event))
        if not scored:
            return None
        scored.sort(key=lambda row: row[:2], reverse=True)
        best = scored[0]
        rival = next(
            (row for row in scored[1:] if row[2].ids != best[2].ids or (not row[2].ids and row[2].i != best[2].i)), None
        )
        close = rival is not None and best[0] - rival[0] < _MARGIN
        return None if close else best[2]

    def _fits(self, event: Event, kind: str) -> bool:
        if kind in ("he", "she"):
            wanted: Gender = "m" if kind == "he" else "f"
            return event.sort == "person" and event.gender in ("", wanted) and len(event.ids) < 2
        if kind == "it":
            return event.sort in ("body", "place", "thing")
        return event.sort in ("group", "body") or (event.sort == "person" and not event.ids)

    def _score(self, event: Event, token: Token, matrix: int | None) -> float | None:
        distance = self.scene.step[token.sentence] - event.step
        if distance >= len(_RECENCY):
            return None
        score = _RECENCY[max(0, distance)]
        score += 1.5 if event.subject else 0.0
        score += 0.4 if event.pronoun else 0.0
        score += 0.5 if event.gender else 0.0
        score += 2.0 if matrix is not None and event.i == matrix else 0.0
        if event.quote != self.scene.quote[token.i]:
            score -= 2.0 if event.quote >= 0 else 1.0
        if event.sort in ("thing", "place"):
            score -= 0.5
        if self.tokens[event.i].dep == "nmod:poss":
            score -= 0.4
        return score

    def _clause_subject(self, token: Token) -> int | None:
        return next(
            (i for i in self.scene.analysis.children[token.head] if self.tokens[i].dep.startswith("nsubj")), None
        )

    def _matrix_subject(self, token: Token) -> int | None:
        """The subject of the clause of saying around a pronoun ("*X* said that he …")."""
        verb = self.tokens[token.head]
        for _ in range(4):
            if verb.dep in ("ccomp", "xcomp", "advcl", "conj") and verb.head != verb.i:
                verb = self.tokens[verb.head]
                subject = next(
                    (i for i in self.scene.analysis.children[verb.i] if self.tokens[i].dep.startswith("nsubj")), None
                )
                if subject is not None and subject < token.i:
                    return subject
        return None
