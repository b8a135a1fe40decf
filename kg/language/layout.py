"""A document cut for a pipeline: paragraphs, quotations, sentences and tokens, all with true offsets."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from kg.language import paragraphs, quotations, sentences
from kg.language.analysis import Paragraph, Quotation, Sentence
from kg.model import Document, Problem, Span

# A text is analysed up to this many characters; a pipeline is given parts of about this many tokens at most,
# cut at paragraphs where that can be; no sentence has more than so many tokens.
LONGEST_TEXT = 10_000_000
LONGEST_PART = 4_000
LONGEST_SENTENCE = 600
# A tokenizer looks at a run without spaces again for each sign that it takes off: longer runs are given in pieces.
LONGEST_RUN = 200
_PIECE = 50
_RUN = re.compile(rf"\S{{{LONGEST_RUN + 1},}}")


# Gives objects with `text`, `idx` (the offset) and `is_space`, as spaCy does.
Tokenizer = Callable[[str], Iterable[Any]]


class Part(NamedTuple):
    """A run of whole sentences that a pipeline is given at once: tokens `first` to `last` (exclusive)."""

    first: int
    last: int


@dataclass(slots=True)
class Layout:
    """What is known of a document before a pipeline runs."""

    document: Document
    paragraphs: tuple[Paragraph, ...]
    quotations: tuple[Quotation, ...]
    forms: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def parts(self) -> Iterator[Part]:
        """The document in parts of bounded length, each of whole sentences, cut between paragraphs where possible."""
        first = last = 0
        paragraph_end = 0
        for n, sentence in enumerate(self.sentences):
            if sentence.last - first > LONGEST_PART and last > first:
                cut = paragraph_end if paragraph_end > first else last
                yield Part(first, cut)
                first = cut
            last = sentence.last
            if n + 1 == len(self.sentences) or self.sentences[n + 1].paragraph != sentence.paragraph:
                paragraph_end = last
        if last > first:
            yield Part(first, last)


def lay_out(document: Document, tokenizer: Tokenizer) -> Layout:
    """Cut a document; what its marks lack and what is too long stands in `problems`."""
    text = document.text
    blocks = paragraphs.split(text)
    problems: list[Problem] = []
    if len(text) > LONGEST_TEXT:
        blocks = tuple(block for block in blocks if block.span.end <= LONGEST_TEXT)
        problems.append(
            _problem(document, Span(LONGEST_TEXT, len(text)), "text too long: the rest is left out; cut the file")
        )
    quoted, flaws = quotations.find(text, blocks)
    problems.extend(_problem(document, flaw.span, flaw.what) for flaw in flaws)
    layout = Layout(document, blocks, quoted, problems=problems)
    cuts = _cuts(layout)
    for number, block in enumerate(blocks):
        for span in sentences.split(text, block.span, prose=block.kind not in ("headline", "heading")):
            first = len(layout.forms)
            _tokenize(layout, tokenizer, span, cuts)
            _add_sentences(layout, first, span, number)
    return layout


def _problem(document: Document, span: Span, what: str) -> Problem:
    return Problem(f"{document.slug}#char={span.start},{span.end}", what)


def _cuts(layout: Layout) -> list[int]:
    """The offsets beside every mark of a quotation: no token crosses them."""
    places: set[int] = set()
    for quotation in layout.quotations:
        width = len(quotation.mark)
        for inner, outer in quotation.segments:
            if outer.start < inner.start:
                places.update((outer.start, outer.start + width))
            if inner.end < outer.end:
                places.update((outer.end - width, outer.end))
    return sorted(places)


def _tokenize(layout: Layout, tokenizer: Tokenizer, span: Span, cuts: list[int]) -> None:
    """Add the tokens of a sentence, those that hold a quotation's mark cut beside it."""
    text, forms, spans = layout.document.text, layout.forms, layout.spans
    next_cut = bisect_right(cuts, span.start)
    for start, form in _words(tokenizer, text, span):
        end = start + len(form)
        while next_cut < len(cuts) and cuts[next_cut] <= start:
            next_cut += 1
        if next_cut < len(cuts) and cuts[next_cut] < end:
            last_cut = bisect_left(cuts, end, next_cut)
            for a, b in pairwise([start, *cuts[next_cut:last_cut], end]):
                for piece in tokenizer(text[a:b]):
                    forms.append(piece.text)
                    spans.append(Span(a + piece.idx, a + piece.idx + len(piece.text)))
        else:
            forms.append(form)
            spans.append(Span(start, end))


def _words(tokenizer: Tokenizer, text: str, span: Span) -> Iterator[tuple[int, str]]:
    """Place and form of each token, spaces left out; no piece that the tokenizer is given holds a long run."""
    for a, b in _pieces(text, span):
        for token in tokenizer(text[a:b]):
            if not token.is_space:
                yield a + token.idx, token.text


def _pieces(text: str, span: Span) -> Iterator[tuple[int, int]]:
    start = span.start
    for run in _RUN.finditer(text, span.start, span.end):
        if start < run.start():
            yield start, run.start()
        for start in range(run.start(), run.end(), _PIECE):
            yield start, min(start + _PIECE, run.end())
        start = run.end()
    if start < span.end:
        yield start, span.end


def _add_sentences(layout: Layout, first: int, span: Span, paragraph: int) -> None:
    """Make a sentence of the tokens from `first` on; several where it is longer than a pipeline should be given."""
    spans, made = layout.spans, layout.sentences
    end = len(layout.forms)
    if end - first > LONGEST_SENTENCE:
        layout.problems.append(_problem(layout.document, span, f"sentence of {end - first} words: cut; check the text"))
    while end > first:
        last = min(end, first + LONGEST_SENTENCE)
        cut = Span(span.start, span.end if last == end else spans[last - 1].end)
        made.append(Sentence(len(made), cut, first, last, paragraph))
        if last < end:
            span = Span(spans[last].start, span.end)
        first = last
