"""People quoted without a name: one record for each that the text tells apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from kg.find.statements.phrases import Phrases
from kg.find.statements.scene import Scene
from kg.language.analysis import Token
from kg.model import Source, Span

_ARTICLES = frozenset({"a", "an", "the", "this", "that", "these", "those"})
# Sources with the same noun that a longer description may take up: the latest.
_LOOKED_AT = 50


@dataclass(slots=True)
class _Known:
    source: Source
    head: str
    last: int


class Sources:
    """The unnamed sources of a document in order of first appearance."""

    def __init__(self, scene: Scene, phrases: Phrases) -> None:
        self.scene, self.phrases = scene, phrases
        self._known: dict[str, _Known] = {}
        self._worded: dict[frozenset[str], _Known] = {}
        self._words: set[str] = set()
        self._headed: dict[str, list[_Known]] = {}

    def all(self) -> tuple[Source, ...]:
        """The sources found so far."""
        return tuple(known.source for known in self._known.values())

    def described(self, word: str) -> bool:
        """Whether a description of a source found so far has a word, given in lower case."""
        return word in self._words

    def place(self, identifier: str) -> int | None:
        """The token at which a source was last spoken of; None for what is no source."""
        known = self._known.get(identifier)
        return known.last if known else None

    def touch(self, identifier: str, i: int) -> None:
        """Note that token `i` speaks of a source again."""
        if known := self._known.get(identifier):
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
        known = self._known[source.id] = _Known(source, head.lemma, head.i)
        self._worded[_plain(description)] = known
        self._words.update(description.lower().split())
        for lemma in {head.lemma, "source"} if self._sourceful(head.lemma) else {head.lemma}:
            self._headed.setdefault(lemma, []).append(known)
        return source.id

    def _taken_up(self, head: Token, phrase: range, description: str) -> _Known | None:
        plain = _plain(description)
        if len(plain) > 1 and plain in self._worded:
            return self._worded[plain]
        first = self.scene.tokens[phrase.start].lower
        if first in ("the", "this", "that", "these", "those"):
            short = len(phrase) <= 3
            alike = islice(reversed(self._headed.get(head.lemma, ())), _LOOKED_AT)
            return next((k for k in alike if short or plain <= _plain(k.source.description)), None)
        return None

    def _sourceful(self, lemma: str) -> bool:
        return self.scene.words.has("source_nouns", lemma)

    def _affiliation(self, span: Span) -> str | None:
        named = self.scene.who.names_in(span)
        bodies = [entity.id for entity, _ in named if entity.kind in ("Organisation", "Party")]
        return bodies[0] if bodies else None


def _plain(description: str) -> frozenset[str]:
    return frozenset(description.lower().split()) - _ARTICLES
