"""Runs a spaCy pipeline over paragraphs: the only module that touches spaCy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kg.data import folder
from kg.errors import ModelError
from kg.language import paragraphs, quotations, sentences
from kg.language.analysis import Analysis, ModelName, NameLabel, Sentence, Token
from kg.model import Document, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

OWN = "en"


@cache
def load(name: str = OWN) -> Language:
    """The pipeline of that name: ours, one that is installed, or a folder.

    Raises ModelError where there is none.
    """
    import spacy

    own = folder("models") / name
    try:
        return spacy.load(own if own.is_dir() else Path(name) if Path(name).is_dir() else name)
    except OSError as error:
        raise ModelError(f"language model {name!r}: not found; install it, or use --language rules") from error


def analyse(documents: Iterable[Document], model: str = OWN) -> Iterator[Analysis]:
    """Each document analysed, in order."""
    nlp = load(model)
    prepared = (_prepare(document, nlp) for document in documents)
    for doc, layout in nlp.pipe(prepared, as_tuples=True):
        yield _plain(doc, layout)


class _Layout:
    """What is known of a document before the pipeline runs: our own cuts and offsets."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.paragraphs = paragraphs.split(document.text)
        self.quotations, self.flaws = quotations.find(document.text, self.paragraphs)
        self.spans: list[Span] = []
        self.sentences: list[Sentence] = []


def _prepare(document: Document, nlp: Language) -> tuple[Doc, _Layout]:
    from spacy.tokens import Doc

    layout = _Layout(document)
    forms: list[str] = []
    starts: list[bool | int | None] = []
    spaces: list[bool] = []
    for number, paragraph in enumerate(layout.paragraphs):
        for span in sentences.split(document.text, paragraph.span, prose=paragraph.kind not in ("headline", "heading")):
            first = len(forms)
            for token in nlp.tokenizer(document.text[span.start : span.end]):
                if token.is_space:
                    continue
                offset = span.start + token.idx
                forms.append(token.text)
                starts.append(len(forms) - 1 == first)
                spaces.append(document.text[offset + len(token.text) : offset + len(token.text) + 1].isspace())
                layout.spans.append(Span(offset, offset + len(token.text)))
            if len(forms) > first:
                layout.sentences.append(Sentence(len(layout.sentences), span, first, len(forms), number))
    return Doc(nlp.vocab, words=forms, spaces=spaces, sent_starts=starts), layout


def _plain(doc: Doc, layout: _Layout) -> Analysis:
    spans = layout.spans
    tokens: list[Token] = []
    for sentence in layout.sentences:
        for i in range(sentence.first, sentence.last):
            t = doc[i]
            tokens.append(
                Token(
                    i,
                    t.text,
                    t.text.lower(),
                    t.lemma_.lower(),
                    t.pos_,
                    t.tag_,
                    t.dep_.replace("ROOT", "root"),
                    t.head.i,
                    spans[i].start,
                    spans[i].end,
                    sentence.number,
                )
            )
    names = tuple(
        ModelName(Span(spans[e.start].start, spans[e.end - 1].end), cast(NameLabel, e.label_), e.start, e.end)
        for e in doc.ents
    )
    return Analysis(
        layout.document, layout.paragraphs, tuple(layout.sentences), tuple(tokens), layout.quotations, names
    )
