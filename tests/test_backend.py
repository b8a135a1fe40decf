from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise

import pytest
from conftest import document

from kg.errors import ModelError
from kg.language import backend, layout
from kg.language.analysis import Analysis
from kg.language.extents import extents

TEXT = (
    "Ministers meet unions\nIlse Brandt told Hill News:”I’m glad that Mr. Amadi met the nurses’ union. "
    "It went well.”\n\n"
    "“Is it over?” Ms Reed asked. She said: ‘We won’t go.’\n\nRead more"
)


def test_offsets_are_true(analysed: Callable[..., Analysis]) -> None:
    analysis = analysed(TEXT)
    assert all(TEXT[t.start : t.end] == t.text for t in analysis.tokens)
    assert "".join(t.text for t in analysis.tokens) == "".join(TEXT.split())
    assert [t.i for t in analysis.tokens] == list(range(len(analysis.tokens)))
    for sentence in analysis.sentences:
        tokens = analysis.sentence_tokens(sentence)
        assert (tokens[0].start, tokens[-1].end) == sentence.span
        assert all(sentence.first <= t.head < sentence.last and t.sentence == sentence.number for t in tokens)
        assert sum(t.dep == "root" for t in tokens) == 1


def test_marks_are_tokens_of_their_own(analysed: Callable[..., Analysis]) -> None:
    words = [t.text for t in analysed(TEXT).tokens]
    assert words[words.index("News") :][:5] == ["News", ":", "”", "I", "’m"]


def test_the_parser_keeps_our_sentences() -> None:
    own = backend.load()
    text = "He went. she said no (It is. so). “Why? Where?” he asked. The end\nA list of men\n- one man\n1. Two came."
    laid = layout.lay_out(document(text), own.nlp.tokenizer)
    reader = backend._Reader(own, laid)
    (part,) = laid.parts()
    doc = own.nlp(reader.doc(part))
    assert [(s.start, s.end) for s in doc.sents] == [(s.first, s.last) for s in laid.sentences]


@pytest.mark.parametrize(
    ("words", "label", "expected"),
    [
        ("the acting chair", "ROLE", "chair"),
        ("Sens.", "ROLE", "Sens."),
        ("the nurses'", "ORG", "nurses"),
        ("the Tarrant”", "PER", "Tarrant"),
        ("the Morrow Weavers' Guild", "ORG", "Morrow Weavers' Guild"),
        ("Harbour Workers’ Party", "PARTY", "Harbour Workers’ Party"),
        ("Tarrant 'of the Weavers", "ORG", "of the Weavers"),
    ],
)
def test_where_a_models_name_begins_and_ends(words: str, label: str, expected: str) -> None:
    text = f"He saw {words} Lee and Brandt in Rome."
    laid = layout.lay_out(document(text), backend.load().nlp.tokenizer)
    first = laid.spans.index(next(span for span in laid.spans if span.start == 7))
    last = next(i for i, span in enumerate(laid.spans) if span.end == 7 + len(words)) + 1
    (name,) = extents(laid, [(first, last, label)])
    assert text[name.span.start : name.span.end] == expected


def test_base_forms(analysed: Callable[..., Analysis]) -> None:
    found = {
        t.lower: t.lemma
        for t in analysed("They met, held talks, apologised and said that it was told to the ministries.").tokens
    }
    expected = {
        "met": "meet",
        "held": "hold",
        "talks": "talk",
        "apologised": "apologise",
        "said": "say",
        "told": "tell",
    }
    assert {word: found[word] for word in expected} == expected


def test_rules_alone() -> None:
    (analysis,) = backend.analyse([document(TEXT)], "rules")
    assert not analysis.parsed
    assert analysis.names == ()
    assert {(t.dep, t.pos, t.tag) for t in analysis.tokens} == {("", "", "")}
    assert all(t.head == t.i for t in analysis.tokens)
    assert [t.lemma for t in analysis.tokens if t.lower in ("told", "met", "asked", "ministers")] == [
        "ministers",
        "tell",
        "meet",
        "ask",
    ]
    assert len(analysis.quotations) == 3


def test_many_documents_keep_their_order(analysed: Callable[..., Analysis]) -> None:
    texts = [f"Delegate {n} met the mayor." for n in range(40)]
    assert [a.text for a in backend.analyse(document(t) for t in texts)] == texts


def test_long_texts_are_cut_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(f"The mayor met delegate {n}. They talked." for n in range(40))
    (whole,) = backend.analyse([document(text)])
    monkeypatch.setattr(layout, "LONGEST_PART", 50)
    (cut,) = backend.analyse([document(text)])
    assert [t[:3] for t in cut.tokens] == [t[:3] for t in whole.tokens]
    laid = layout.lay_out(document(text), backend.load().nlp.tokenizer)
    parts = list(laid.parts())
    assert parts[0].first == 0 and parts[-1].last == len(laid.forms)
    assert all(a.last == b.first for a, b in pairwise(parts))
    assert max(part.last - part.first for part in parts) <= 50
    starts = {s.first for s in laid.sentences if s.span.start == laid.paragraphs[s.paragraph].span.start}
    assert {part.first for part in parts} <= starts


def test_what_is_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "LONGEST_TEXT", 40)
    monkeypatch.setattr(layout, "LONGEST_SENTENCE", 5)
    (analysis,) = backend.analyse([document("One two three four five six seven.\nLeft out.")], "rules")
    assert [s.last - s.first for s in analysis.sentences] == [5, 3]
    assert [p.where for p in analysis.problems] == ["test.txt#char=40,44", "test.txt#char=0,34"]


def test_flaws_reach_the_analysis() -> None:
    (analysis,) = backend.analyse([document("She left.” Then rain.")], "rules")
    assert [p.where for p in analysis.problems] == ["test.txt#char=9,10"]


def test_memory_of_words_stays_bounded() -> None:
    store = backend.load().nlp.vocab.strings
    before = len(store)
    for _ in backend.analyse(document(f"Zz{n}qx met Yy{n}kw in Ww{n}ton.") for n in range(300)):
        pass
    assert len(store) - before < 50


@pytest.mark.parametrize("name", ["no-such-model", "/no/such/folder"])
def test_unknown_model(name: str) -> None:
    with pytest.raises(ModelError, match=name):
        next(iter(backend.analyse([document("x")], name)))


def test_importing_loads_no_model() -> None:
    code = "import sys, kg.language; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
