"""Training examples in the shape in which the product reads: whole documents, cut by our own rules."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from kg.errors import DataError
from kg.language.layout import lay_out
from kg.language.training.augment import Augmenter
from kg.language.training.marked import Item, Line, flat
from kg.model import Document, Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.training import Example

_WHOLE = 0.65
_ALONE = 0.5
_PIECE = 120
_QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"))


def tokens(nlp: Language, text: str) -> tuple[Doc, list[Span]]:
    """A text as the product hands it to the pipeline, and where each token stands."""
    from spacy.tokens import Doc

    layout = lay_out(Document("text", "text", text, "", ""), nlp.tokenizer)
    starts: list[bool | int | None] = [False] * len(layout.forms)
    for sentence in layout.sentences:
        starts[sentence.first] = True
    spaces = [text[end : end + 1].isspace() for _, end in layout.spans]
    return Doc(nlp.vocab, words=layout.forms, spaces=spaces, sent_starts=starts), layout.spans


def named(nlp: Language, item: Sequence[Line]) -> Example:
    """An item as an example; a name that does not end with tokens is left out."""
    from spacy import tokens as spacy_tokens
    from spacy.training import Example

    text, names = flat(item)
    doc, spans = tokens(nlp, text)
    first = {span.start: i for i, span in enumerate(spans)}
    last = {span.end: i + 1 for i, span in enumerate(spans)}
    fitting = [(first[a], last[b], label) for a, b, label in names if a in first and b in last]
    # No name may cross a sentence's start: the model could not find it, nor learn from it.
    inside = {i for a, b, _ in fitting for i in range(a + 1, b)}
    if any(doc[i].is_sent_start for i in inside):
        starts = [bool(token.is_sent_start) and token.i not in inside for token in doc]
        doc = _doc([token.text for token in doc], doc, starts)
    gold = doc.copy()
    gold.set_ents([spacy_tokens.Span(gold, a, b, label=label) for a, b, label in fitting])
    return Example(doc, gold)


def names(nlp: Language, items: Sequence[Item], augment: Augmenter, random: Random) -> Iterator[Example]:
    """One round of all items, changed at random: articles whole or line by line, paragraphs alone or joined."""
    units: list[Item] = []
    alone: list[Line] = []
    for item in items:
        if len(item) == 1:
            alone.append(item[0])
        elif random.random() < _WHOLE:
            units.append(item)
        else:
            units.extend((line,) for line in item)
    random.shuffle(alone)
    while alone:
        count = 1 if random.random() < _ALONE else random.randint(2, 6)
        units.append(tuple(alone[:count]))
        del alone[:count]
    random.shuffle(units)
    for unit in units:
        yield named(nlp, augment(unit))


def treebank(nlp: Language, path: Path) -> list[Doc]:
    """The documents of a spaCy DocBin with tags, lemmas, morphology and a parse.

    Raises DataError where the file is none, or has no parse.
    """
    from spacy.tokens import DocBin

    try:
        docs = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    except (OSError, ValueError, KeyError) as error:
        raise DataError(f"{path}: no spaCy DocBin ({error}); write it with `python -m spacy convert`") from error
    if not docs or not all(doc.has_annotation("DEP") for doc in docs):
        raise DataError(f"{path}: documents without a parse; give a treebank")
    return docs


def parsed(docs: Sequence[Doc], random: Random) -> Iterator[Example]:
    """One round of a treebank in pieces of some sentences, with quotation marks of all kinds."""
    from spacy.training import Example

    pieces = [piece for doc in docs for piece in _pieces(doc)]
    random.shuffle(pieces)
    for piece in pieces:
        words = _requoted(piece, random)
        starts = [bool(token.is_sent_start) for token in piece] if random.random() < 0.7 else None
        gold = piece.copy() if words is None else _rewritten(piece, words)
        yield Example(_doc([token.text for token in gold], gold, starts), gold)


def bare(doc: Doc) -> Doc:
    """A document with its own tokens and sentences and nothing else: what the product gives the parser."""
    return _doc([token.text for token in doc], doc, [bool(token.is_sent_start) for token in doc])


def _doc(words: list[str], like: Doc, starts: list[bool] | None) -> Doc:
    from spacy.tokens import Doc

    spaces = [bool(token.whitespace_) for token in like]
    return Doc(like.vocab, words=words, spaces=spaces, sent_starts=starts)  # type: ignore[arg-type]


def _pieces(doc: Doc) -> Iterator[Doc]:
    start = end = 0
    for sentence in doc.sents:
        if sentence.end - start > _PIECE and end > start:
            yield doc[start:end].as_doc()
            start = end
        end = sentence.end
    yield doc[start:end].as_doc()


def _requoted(doc: Doc, random: Random) -> list[str] | None:
    if random.random() < 0.5:
        return None
    opening, closing = random.choice(_QUOTES)
    curly = random.random() < 0.5
    words = [{"``": opening, "''": closing}.get(token.tag_, token.text) for token in doc]
    return [re.sub(r"(?<=.)'|'(?=.)", "’", word) for word in words] if curly else words


def _rewritten(doc: Doc, words: list[str]) -> Doc:
    from spacy.tokens import Doc

    return Doc(
        doc.vocab,
        words=words,
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[token.tag_ for token in doc],
        pos=[token.pos_ for token in doc],
        morphs=[str(token.morph) for token in doc],
        lemmas=[token.lemma_ for token in doc],
        heads=[token.head.i for token in doc],
        deps=[token.dep_ for token in doc],
    )
