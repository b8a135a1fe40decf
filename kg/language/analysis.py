"""An analysed document in plain records: what the finders read, whatever made it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from kg.model import Document, Problem, Span

ParagraphKind = Literal["headline", "heading", "caption", "list", "furniture", "body"]
NameLabel = Literal["PER", "PARTY", "ORG", "PLACE", "ROLE"]


class Token(NamedTuple):
    """A word with its grammar: Universal Dependencies relations and parts of speech, Penn tags.

    `head` is the index of the governing token (its own index at a root); `sentence` the index into
    `Analysis.sentences`. Without a parser `dep` is "" and every token is its own head.
    """

    i: int
    text: str
    lower: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int
    sentence: int

    @property
    def span(self) -> Span:
        """Where the word stands."""
        return Span(self.start, self.end)


class Paragraph(NamedTuple):
    """A line or block of the text; `furniture` is page residue ("Read more", "3 min read")."""

    span: Span
    kind: ParagraphKind


class Sentence(NamedTuple):
    """A sentence: its place, its tokens `first` to `last` (exclusive), and its paragraph's index."""

    number: int
    span: Span
    first: int
    last: int
    paragraph: int


class Segment(NamedTuple):
    """Quoted words of one paragraph: without the marks, and with them."""

    span: Span
    outer: Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks: several segments where each paragraph reopens the marks.

    `closed` is False where the closing mark is missing and the end was inferred; `parent` the index
    of the quotation around it, None at the outermost level; `mark` the opening mark.
    """

    index: int
    segments: tuple[Segment, ...]
    mark: str
    closed: bool = True
    parent: int | None = None

    @property
    def start(self) -> int:
        """Where its first opening mark stands."""
        return self.segments[0].outer.start

    @property
    def end(self) -> int:
        """Just behind its last closing mark."""
        return self.segments[-1].outer.end


class ModelName(NamedTuple):
    """A name that the model found: `first` to `last` (exclusive) are tokens."""

    span: Span
    label: NameLabel
    first: int
    last: int


@dataclass
class Analysis:
    """One document analysed; the finders' only input besides one another's records.

    Without a parser (`parsed` false) tags, parts of speech and relations are "", and there are no `names`.
    `problems` tell of marks without partners and of text that was left out.
    """

    document: Document
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    tokens: tuple[Token, ...]
    quotations: tuple[Quotation, ...] = ()
    names: tuple[ModelName, ...] = ()
    parsed: bool = True
    problems: tuple[Problem, ...] = ()

    @property
    def text(self) -> str:
        """The document's text."""
        return self.document.text

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """For each token the indexes of the tokens that it governs, in order."""
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        return tuple(map(tuple, below))

    @cached_property
    def token_starts(self) -> list[int]:
        """Start offsets of all tokens, for bisecting."""
        return [token.start for token in self.tokens]

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Start offsets of all sentences, for bisecting."""
        return [sentence.span.start for sentence in self.sentences]

    def tokens_in(self, span: Span) -> tuple[Token, ...]:
        """The tokens that lie in the span, those it cuts included."""
        first = bisect_right(self.token_starts, span.start) - 1
        if first < 0 or self.tokens[first].end <= span.start:
            first += 1
        last = first
        while last < len(self.tokens) and self.tokens[last].start < span.end:
            last += 1
        return self.tokens[first:last]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds the offset, or the last one before it; None before the first."""
        index = bisect_right(self.sentence_starts, offset) - 1
        return self.sentences[index] if index >= 0 else None

    def sentence_tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]

    def subtree(self, i: int) -> tuple[int, ...]:
        """The token and everything below it, as sorted indexes."""
        found, todo = {i}, [i]
        while todo:
            for child in self.children[todo.pop()]:
                if child not in found:
                    found.add(child)
                    todo.append(child)
        return tuple(sorted(found))

    def kind_of(self, sentence: Sentence) -> ParagraphKind:
        """The kind of paragraph in which a sentence stands."""
        return self.paragraphs[sentence.paragraph].kind
