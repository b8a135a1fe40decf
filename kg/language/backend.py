"""Runs a spaCy pipeline, or rules alone, over documents: the only module that loads one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.data import folder
from kg.errors import ModelError
from kg.language import labels, lemmas
from kg.language.analysis import Analysis, ModelName, Token
from kg.language.extents import extents
from kg.language.layout import Layout, Part, lay_out
from kg.model import Document

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

OWN = "en"
RULES = "rules"
# How many characters are analysed before the results are handed on and the pipeline forgets their words,
# and how many tokens it computes at once.
_BATCH = 100_000
_AT_ONCE = 10_000
_NEEDED = ("tagger", "parser")
# Shortened titles that spaCy's English cuts at their stop.
_TITLES = ("Sens.", "Reps.", "Govs.", "Amb.", "Cllr.", "Eng.")


@dataclass(frozen=True)
class Backend:
    """A loaded pipeline and how to read its labels; without a parser it gives tokens only."""

    nlp: Language
    parsed: bool
    public: bool

    def forgetting(self) -> AbstractContextManager[object]:
        """A zone at whose end the pipeline forgets the words that it met, so that memory stays bounded."""
        return self.nlp.memory_zone() if hasattr(self.nlp, "memory_zone") else nullcontext()


@cache
def load(language: str = OWN) -> Backend:
    """The backend of that name: ours ("en"), "rules", an installed pipeline, or a folder with one.

    Raises ModelError where there is none, or where it cannot tag and parse.
    """
    import spacy

    if language == RULES:
        return Backend(spacy.blank("en"), parsed=False, public=False)
    nlp = read(language)
    missing = [name for name in _NEEDED if name not in nlp.pipe_names]
    if missing:
        raise ModelError(
            f"language model {language!r}: has no {' and no '.join(missing)}; name one that has, or {RULES}"
        )
    _mend_tokens(nlp)
    return Backend(nlp, parsed=True, public=labels.is_public(nlp.pipe_labels["parser"]))


def read(language: str) -> Language:
    """A pipeline as it stands on disk: ours, an installed one, or that of a folder; each time a new one.

    Raises ModelError where there is none.
    """
    import spacy

    import kg.language.features  # noqa: F401  registers our embedding with spaCy

    own = folder("models") / language
    try:
        return spacy.load(own if own.is_dir() else Path(language) if Path(language).is_dir() else language)
    except (OSError, ValueError) as error:
        raise ModelError(
            f"language model {language!r}: cannot be loaded ({error}); install it, or name {OWN} or {RULES}"
        ) from error


def _mend_tokens(nlp: Language) -> None:
    """Take the tokeniser its emoticons ("(Marxist): X" ends in a bracket and a colon), and give it titles."""
    from spacy.attrs import ORTH
    from spacy.tokenizer import Tokenizer

    if isinstance(nlp.tokenizer, Tokenizer) and (rules := nlp.tokenizer.rules):
        kept = {text: cut for text, cut in rules.items() if text.isspace() or _is_word(text)}
        nlp.tokenizer.rules = kept | {title: [{ORTH: title}] for title in _TITLES}


def _is_word(text: str) -> bool:
    return any(letter.isalpha() for letter in text) and not any(mark in "()[]{}<>:;=" for mark in text)


def analyse(documents: Iterable[Document], language: str = OWN) -> Iterator[Analysis]:
    """Each document analysed, in order, some batches of documents ahead of the reader.

    A text is analysed up to `layout.LONGEST_TEXT` characters; a pipeline is never given more than
    `layout.LONGEST_PART` tokens at once, so memory does not grow with the number or length of documents beyond
    what one analysis holds. Raises ModelError where the language model cannot be loaded.
    """
    backend = load(language)
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.text)
        if size >= _BATCH:
            yield from _run(backend, batch)
            batch, size = [], 0
    yield from _run(backend, batch)


def _run(backend: Backend, batch: Sequence[Document]) -> list[Analysis]:
    with backend.forgetting():
        layouts = [lay_out(document, backend.nlp.tokenizer) for document in batch]
        if not backend.parsed:
            return [_bare(layout) for layout in layouts]
        readers = [_Reader(backend, layout) for layout in layouts]
        parts = [(reader, part) for reader in readers for part in reader.layout.parts()]
        words = sum(part.last - part.first for _, part in parts)
        docs = ((reader.doc(part), (reader, part)) for reader, part in parts)
        together = max(1, _AT_ONCE * len(parts) // max(1, words))
        for doc, (reader, part) in backend.nlp.pipe(docs, as_tuples=True, batch_size=together):
            reader.read(doc, part)
        return [reader.result() for reader in readers]


class _Reader:
    """Gives a document's parts to a pipeline and takes the plain results back."""

    def __init__(self, backend: Backend, layout: Layout) -> None:
        self.backend = backend
        self.layout = layout
        self.tokens: list[Token] = []
        self.names: list[ModelName] = []
        self.bounds = [sentence.first for sentence in layout.sentences]

    def doc(self, part: Part) -> Doc:
        """A part as the pipeline wants it, our sentence bounds set."""
        from spacy.tokens import Doc

        text, spans = self.layout.document.text, self.layout.spans[part.first : part.last]
        starts: list[bool | int | None] = [False] * len(spans)
        for sentence in self.layout.sentences[
            bisect_left(self.bounds, part.first) : bisect_left(self.bounds, part.last)
        ]:
            starts[sentence.first - part.first] = True
        spaces = [text[end : end + 1].isspace() for _, end in spans]
        return Doc(
            self.backend.nlp.vocab, words=self.layout.forms[part.first : part.last], spaces=spaces, sent_starts=starts
        )

    def read(self, doc: Doc, part: Part) -> None:
        """Take over what the pipeline found in a part."""
        strings = _Strings(doc)
        lemma_row, pos_row, tag_row, dep_row, head_row = doc.to_array(["LEMMA", "POS", "TAG", "DEP", "HEAD"]).T
        lower = [form.lower() for form in self.layout.forms[part.first : part.last]]
        tags = [strings[tag] for tag in tag_row.tolist()]
        deps = [labels.relation(strings[dep]) for dep in dep_row.tolist()]
        heads = [i + offset for i, offset in enumerate(head_row.astype("int64").tolist())]
        if self.backend.public:
            heads, deps = labels.Tree(lower, tags, heads, deps).universal()
        bases = [
            lemmas.lemma(word, tag, strings[base])
            for word, tag, base in zip(lower, tags, lemma_row.tolist(), strict=True)
        ]
        kinds = [strings[kind] for kind in pos_row.tolist()]
        self._add(part, list(zip(lower, bases, kinds, tags, deps, heads, strict=True)))
        found = ((ent.start + part.first, ent.end + part.first, ent.label_) for ent in doc.ents)
        self.names.extend(extents(self.layout, found))

    def _add(self, part: Part, rows: list[tuple[str, str, str, str, str, int]]) -> None:
        """Add the tokens of a part; what is governed from another sentence becomes a root."""
        layout, tokens = self.layout, self.tokens
        for sentence in layout.sentences[bisect_left(self.bounds, part.first) : bisect_left(self.bounds, part.last)]:
            for i in range(sentence.first, sentence.last):
                lower, base, kind, tag, dep, head = rows[i - part.first]
                head += part.first
                if not sentence.first <= head < sentence.last:
                    head, dep = i, "root"
                start, end = layout.spans[i]
                tokens.append(Token(i, layout.forms[i], lower, base, kind, tag, dep, head, start, end, sentence.number))

    def result(self) -> Analysis:
        """The whole document."""
        return _analysis(self.layout, self.tokens, self.names, parsed=True)


class _Strings(dict[int, str]):
    """The strings behind a pipeline's numbers, each looked up once."""

    def __init__(self, doc: Doc) -> None:
        self.store = doc.vocab.strings

    def __missing__(self, key: int) -> str:
        found = self[key] = self.store[key]
        return found


def _bare(layout: Layout) -> Analysis:
    """Tokens without grammar, each its own head."""
    tokens = []
    for sentence in layout.sentences:
        for i in range(sentence.first, sentence.last):
            form, (start, end) = layout.forms[i], layout.spans[i]
            lower = form.lower()
            base = lemmas.lemma(lower, "", form)
            tokens.append(Token(i, form, lower, base, "", "", "", i, start, end, sentence.number))
    return _analysis(layout, tokens, [], parsed=False)


def _analysis(layout: Layout, tokens: list[Token], names: list[ModelName], *, parsed: bool) -> Analysis:
    return Analysis(
        layout.document,
        layout.paragraphs,
        tuple(layout.sentences),
        tuple(tokens),
        layout.quotations,
        tuple(names),
        parsed,
        tuple(layout.problems),
    )
