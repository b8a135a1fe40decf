"""When a holder had an office: "the mayor" is not the former mayor, nor the one to come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kg.find.offices import Phrase
from kg.find.offices import words as office_words
from kg.find.referents.events import Scene
from kg.model import Role, RoleStatus, Span


class _Told(NamedTuple):
    start: int
    title: str
    status: RoleStatus | None


class Times:
    """Tells by the words before an office ("former", "incoming") whether a description may mean its holder."""

    def __init__(self, scene: Scene, offices: Mapping[int, Phrase]) -> None:
        self.analysis = scene.analysis
        self.told: dict[int, list[_Told]] = {}
        for phrase in offices.values():
            sentence = self.analysis.sentences[self.analysis.tokens[phrase.head].sentence]
            row = _Told(phrase.span(self.analysis).start, phrase.title, self._status(phrase))
            self.told.setdefault(sentence.span.start, []).append(row)
        self.known: dict[str, bool] = {}

    def bars(self, phrase: Phrase, role: Role) -> bool:
        """Whether a role is of another time than a description.

        Only the word before the office counts: who "resigned as mayor" is still "the mayor" of that account.
        """
        if role.status == "Current" or phrase.status == role.status:
            return False
        if role.id not in self.known:
            by_word = all(self._only(role, sentence) for sentence in role.evidence)
            self.known[role.id] = by_word or all(reason.rule == "predecessor" for reason in role.reasons)
        return self.known[role.id]

    def _only(self, role: Role, sentence: Span) -> bool:
        """Whether a sentence gives the office with the word of the role's time, and nowhere without."""
        rows = self.told.get(sentence.start, [])
        here = [row for row in rows if row.start == role.span.start]
        alike = here or [row for row in rows if row.title == role.title]
        alike = alike or [row for row in rows if row.title.split()[-1] == role.title.split()[-1]]
        return bool(alike) and all(row.status == role.status for row in alike)

    def _status(self, phrase: Phrase) -> RoleStatus | None:
        """The phrase's status; None where its word tells of an account of the past, or of the fall itself."""
        before = self.analysis.tokens[phrase.left : phrase.first]
        return None if any(token.lower in office_words().lingering for token in before) else phrase.status
