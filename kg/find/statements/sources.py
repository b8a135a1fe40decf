"""People quoted without a name: one record for each that the text tells apart."""

from __future__ import annotations

from dataclasses import dataclass

from kg.find.statements.phrases import Phrases
from kg.find.statements.scene import Scene
from kg.language.analysis import Token
from kg.model import Source, Span

_ARTICLES = frozenset({"a", "an", "the", "this", "that", "these", "those"})


@dataclass(slots=True)
class _Known:
    source: Source
    head: str
    last: int


class Sources:
    """The unnamed sources of a document in order of first appearance."""

    def __init__(self, scene: Scene, phrases: Phrases) -> None:
        self.scene, self.phrases = scene, phrases
        self._known: list[_Known] = []

    def all(self) -> tuple[Source, ...]:
        """The sources found so far."""
        return tuple(known.source for known in self._known)

    def place(self, identifier: str) -> int | None:
        """The token at which a source was last spoken of; None for what is no source."""
        return next((known.last for known in self._known if known.source.id == identifier), None)

    def touch(self, identifier: str, i: int) -> None:
        """Note that token `i` speaks of a source again."""
        for known in self._known:
            if known.source.id == identifier:
                known.last = max(known.last, i)

    def of(self, head: Token) -> str:
        """The id of the source that a noun phrase describes: an earlier one taken up, or a new one."""
        phrase = self.phrases.whole(head)
        span = self.scene.span(phrase)
        description = self.scene.analysis.text[span.start : span.end]
        earlier = self._taken_up(head, phrase, description)
        if earlier:
            earlier.last = max(earlier.last, head.i)
            return earlier.source.id
        number = len(self._known) + 1
        source = Source(f"a{number}", description, span, self._affiliation(span))
        self._known.append(_Known(source, head.lemma, head.i))
        return source.id

    def _taken_up(self, head: Token, phrase: range, description: str) -> _Known | None:
        plain = _plain(description)
        for known in reversed(self._known):
            if _plain(known.source.description) == plain and len(plain) > 1:
                return known
        first = self.scene.tokens[phrase.start].lower
        if first in ("the", "this", "that", "these", "those"):
            short = len(phrase) <= 3
            for known in reversed(self._known):
                same = known.head == head.lemma or (
                    head.lemma == "source" and self.scene.words.has("source_nouns", known.head)
                )
                if same and (short or plain <= _plain(known.source.description)):
                    return known
        return None

    def _affiliation(self, span: Span) -> str | None:
        named = self.scene.who.names_in(span)
        bodies = [entity.id for entity, _ in named if entity.kind in ("Organisation", "Party")]
        return bodies[0] if bodies else None


def _plain(description: str) -> frozenset[str]:
    return frozenset(description.lower().split()) - _ARTICLES
