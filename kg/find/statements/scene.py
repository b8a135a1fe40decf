"""One document as the finders of statements see it: which tokens are quoted, which are the writer's own."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from kg.find.referents import Referents
from kg.find.statements.lexicon import Lexicon
from kg.language.analysis import Analysis, Quotation, Sentence, Token
from kg.model import Span

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


@dataclass(frozen=True, slots=True)
class Quote:
    """An outermost quotation with the tokens, first to last (exclusive), of each segment, marks included."""

    quotation: Quotation
    parts: tuple[tuple[int, int], ...]

    @property
    def first(self) -> int:
        """Its first token."""
        return self.parts[0][0]

    @property
    def last(self) -> int:
        """The token behind its last."""
        return self.parts[-1][1]


class Scene:
    """What all finders of statements share."""

    def __init__(self, analysis: Analysis, who: Referents, words: Lexicon) -> None:
        self.analysis, self.who, self.words = analysis, who, words
        self.tokens = analysis.tokens
        self.quotes: list[Quote] = []
        self.quote_of = [-1] * len(self.tokens)
        for quotation in analysis.quotations:
            if quotation.parent is None and (parts := self._parts(quotation)):
                for first, last in parts:
                    self.quote_of[first:last] = [len(self.quotes)] * (last - first)
                self.quotes.append(Quote(quotation, parts))

    def _parts(self, quotation: Quotation) -> tuple[tuple[int, int], ...]:
        starts, parts = self.analysis.token_starts, []
        for segment in quotation.segments:
            first = bisect_right(starts, segment.outer.start) - 1
            if first < 0 or self.tokens[first].end <= segment.outer.start:
                first += 1
            last = bisect_right(starts, segment.outer.end - 1)
            if first < last:
                parts.append((first, last))
        return tuple(parts)

    def narrative(self, i: int) -> bool:
        """Whether the writer speaks, not somebody quoted."""
        return self.quote_of[i] < 0

    def sentence(self, i: int) -> Sentence:
        """The sentence of a token."""
        return self.analysis.sentences[self.tokens[i].sentence]

    def sentences_in(self, span: Span) -> range:
        """The numbers of the sentences that a span touches."""
        starts = self.analysis.sentence_starts
        return range(max(0, bisect_right(starts, span.start) - 1), bisect_left(starts, span.end))

    def paragraph(self, i: int) -> int:
        """The index of the paragraph of a token."""
        return self.sentence(i).paragraph

    def before(self, i: int) -> range:
        """The writer's tokens that run up to token `i` in its sentence, back to a quotation."""
        first = self.sentence(i).first
        start = i
        while start > first and self.narrative(start - 1):
            start -= 1
        return range(start, i)

    def after(self, i: int) -> range:
        """The writer's tokens from token `i` on in the sentence of the token before it, up to a quotation."""
        if i == 0:
            return range(0)
        last = self.sentence(i - 1).last
        end = i
        while end < last and self.narrative(end):
            end += 1
        return range(i, end)

    def words_in(self, area: range) -> list[Token]:
        """The tokens of an area that are no punctuation."""
        return [self.tokens[i] for i in area if self.tokens[i].text[-1].isalnum()]

    def name_near(self, area: range) -> Token | None:
        """The first token of the first name in an area, places left aside where another name follows."""
        first: Token | None = None
        for i in area:
            if hit := self.who.name_at(i):
                if hit[0].kind != "Place":
                    return self.tokens[i]
                first = first or self.tokens[i]
        return first

    def head_of(self, area: range) -> Token | None:
        """The token that governs the first noun phrase of an area."""
        for i in area:
            token = self.tokens[i]
            if (
                token.pos in NOMINAL
                and (token.head not in area or token.head == i)
                and token.dep not in ("obl:unmarked", "obl")
            ):
                return token
        return self.name_near(area)

    def span(self, area: range) -> Span:
        """The characters of a run of tokens."""
        return Span(self.tokens[area.start].start, self.tokens[area.stop - 1].end)
