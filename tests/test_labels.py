from __future__ import annotations

import pytest
from conftest import document

from kg.language import backend, labels, layout
from kg.language.analysis import Analysis

# Each row: word, Penn tag, index of the governor, relation. First as the public pipelines have it, then as
# Universal Dependencies do; both must read alike.
Rows = list[tuple[str, str, int, str]]

PARSES: list[tuple[str, Rows, Rows]] = [
    (
        "object and prepositions",
        [
            ("Brandt", "NNP", 1, "nsubj"),
            ("met", "VBD", 1, "ROOT"),
            ("Amadi", "NNP", 1, "dobj"),
            ("in", "IN", 1, "prep"),
            ("Oslo", "NNP", 3, "pobj"),
            ("on", "IN", 1, "prep"),
            ("Monday", "NNP", 5, "pobj"),
            (".", ".", 1, "punct"),
        ],
        [
            ("Brandt", "NNP", 1, "nsubj"),
            ("met", "VBD", 1, "root"),
            ("Amadi", "NNP", 1, "obj"),
            ("in", "IN", 4, "case"),
            ("Oslo", "NNP", 1, "obl"),
            ("on", "IN", 6, "case"),
            ("Monday", "NNP", 1, "obl"),
            (".", ".", 1, "punct"),
        ],
    ),
    (
        "passive with agent",
        [
            ("She", "PRP", 2, "nsubjpass"),
            ("was", "VBD", 2, "auxpass"),
            ("received", "VBN", 2, "ROOT"),
            ("by", "IN", 2, "agent"),
            ("Amadi", "NNP", 3, "pobj"),
        ],
        [
            ("She", "PRP", 2, "nsubj:pass"),
            ("was", "VBD", 2, "aux:pass"),
            ("received", "VBN", 2, "root"),
            ("by", "IN", 4, "case"),
            ("Amadi", "NNP", 2, "obl:agent"),
        ],
    ),
    (
        "copula, noun modifier, apposition of the subject",
        [
            ("Brandt", "NNP", 1, "nsubj"),
            ("is", "VBZ", 1, "ROOT"),
            ("leader", "NN", 1, "attr"),
            ("of", "IN", 2, "prep"),
            ("the", "DT", 5, "det"),
            ("party", "NN", 3, "pobj"),
            (".", ".", 1, "punct"),
        ],
        [
            ("Brandt", "NNP", 2, "nsubj"),
            ("is", "VBZ", 2, "cop"),
            ("leader", "NN", 2, "root"),
            ("of", "IN", 5, "case"),
            ("the", "DT", 5, "det"),
            ("party", "NN", 2, "nmod"),
            (".", ".", 2, "punct"),
        ],
    ),
    (
        "chain of conjuncts",
        [
            ("Brandt", "NNP", 5, "nsubj"),
            (",", ",", 0, "punct"),
            ("Amadi", "NNP", 0, "conj"),
            ("and", "CC", 2, "cc"),
            ("Reed", "NNP", 2, "conj"),
            ("met", "VBD", 5, "ROOT"),
        ],
        [
            ("Brandt", "NNP", 5, "nsubj"),
            (",", ",", 0, "punct"),
            ("Amadi", "NNP", 0, "conj"),
            ("and", "CC", 4, "cc"),
            ("Reed", "NNP", 0, "conj"),
            ("met", "VBD", 5, "root"),
        ],
    ),
    (
        "infinitive, possessive, relative clause",
        [
            ("Her", "PRP$", 1, "poss"),
            ("aide", "NN", 4, "nsubj"),
            ("who", "WP", 3, "nsubj"),
            ("left", "VBD", 1, "relcl"),
            ("wants", "VBZ", 4, "ROOT"),
            ("to", "TO", 6, "aux"),
            ("talk", "VB", 4, "xcomp"),
        ],
        [
            ("Her", "PRP$", 1, "nmod:poss"),
            ("aide", "NN", 4, "nsubj"),
            ("who", "WP", 3, "nsubj"),
            ("left", "VBD", 1, "acl:relcl"),
            ("wants", "VBZ", 4, "root"),
            ("to", "TO", 6, "mark"),
            ("talk", "VB", 4, "xcomp"),
        ],
    ),
    (
        "dative with and without a preposition",
        [
            ("She", "PRP", 1, "nsubj"),
            ("gave", "VBD", 1, "ROOT"),
            ("him", "PRP", 1, "dative"),
            ("it", "PRP", 1, "dobj"),
            ("and", "CC", 1, "cc"),
            ("wrote", "VBD", 1, "conj"),
            ("to", "IN", 5, "dative"),
            ("Amadi", "NNP", 6, "pobj"),
        ],
        [
            ("She", "PRP", 1, "nsubj"),
            ("gave", "VBD", 1, "root"),
            ("him", "PRP", 1, "iobj"),
            ("it", "PRP", 1, "obj"),
            ("and", "CC", 5, "cc"),
            ("wrote", "VBD", 1, "conj"),
            ("to", "IN", 7, "case"),
            ("Amadi", "NNP", 5, "obl"),
        ],
    ),
    (
        "preposition on preposition, clause behind a preposition",
        [
            ("He", "PRP", 1, "nsubj"),
            ("came", "VBD", 1, "ROOT"),
            ("out", "IN", 1, "prep"),
            ("of", "IN", 2, "prep"),
            ("talks", "NNS", 3, "pobj"),
            ("after", "IN", 1, "prep"),
            ("meeting", "VBG", 5, "pcomp"),
            ("Reed", "NNP", 6, "dobj"),
        ],
        [
            ("He", "PRP", 1, "nsubj"),
            ("came", "VBD", 1, "root"),
            ("out", "IN", 4, "case"),
            ("of", "IN", 4, "case"),
            ("talks", "NNS", 1, "obl"),
            ("after", "IN", 6, "mark"),
            ("meeting", "VBG", 1, "advcl"),
            ("Reed", "NNP", 6, "obj"),
        ],
    ),
    (
        "there is",
        [("There", "EX", 1, "expl"), ("was", "VBD", 1, "ROOT"), ("a", "DT", 3, "det"), ("meeting", "NN", 1, "attr")],
        [("There", "EX", 1, "expl"), ("was", "VBD", 1, "root"), ("a", "DT", 3, "det"), ("meeting", "NN", 1, "nsubj")],
    ),
]


def parsed(rows: Rows, ents: list[tuple[int, int, str]] = [], *, public: bool) -> Analysis:  # noqa: B006
    """An analysis made of a spaCy Doc that is built by hand, as if a pipeline had parsed it."""
    from spacy.tokens import Doc, Span

    nlp = backend.load("rules").nlp
    words = [row[0] for row in rows]
    doc = Doc(nlp.vocab, words, tags=[r[1] for r in rows], heads=[r[2] for r in rows], deps=[r[3] for r in rows])
    doc.ents = [Span(doc, first, last, label) for first, last, label in ents]
    laid = layout.lay_out(document(" ".join(words)), nlp.tokenizer)
    reader = backend._Reader(backend.Backend(nlp, parsed=True, public=public), laid)
    reader.read(doc, layout.Part(0, len(words)))
    return reader.result()


@pytest.mark.parametrize(("what", "public", "universal"), PARSES, ids=[case[0] for case in PARSES])
def test_both_sets_of_labels_read_alike(what: str, public: Rows, universal: Rows) -> None:
    expected = [(word, head, dep) for word, _, head, dep in universal]
    for rows, is_public in ((public, True), ([(*r[:3], r[3].replace("root", "ROOT")) for r in universal], False)):
        tokens = parsed(rows, public=is_public).tokens
        assert [(t.text, t.head, t.dep) for t in tokens] == expected


def test_which_set_a_parser_has() -> None:
    assert labels.is_public(["ROOT", "dobj", "pobj", "prep"])
    assert not labels.is_public(backend.load().nlp.pipe_labels["parser"])


NAMED: list[tuple[str, list[tuple[int, int, str]], list[tuple[str, str]]]] = [
    (
        "Keir Brandt visited the United Nations in Oslo",
        [(0, 2, "PERSON"), (3, 6, "ORG"), (7, 8, "GPE")],
        [("Keir Brandt", "PER"), ("United Nations", "ORG"), ("Oslo", "PLACE")],
    ),
    ("Dutch voters on Monday", [(0, 1, "NORP"), (3, 4, "DATE")], []),
    (
        "Hill Labour and Hill House",
        [(0, 2, "PARTY"), (3, 5, "FAC")],
        [("Hill Labour", "PARTY"), ("Hill House", "PLACE")],
    ),
    ("Brandt 's aide", [(0, 2, "PERSON")], [("Brandt", "PER")]),
    ("told Hill News “ Amadi left", [(1, 5, "ORG")], [("Hill News", "ORG")]),
    ("Ann “ Annie ” Brandt left", [(0, 5, "PER")], [("Ann “ Annie ” Brandt", "PER")]),
]


@pytest.mark.parametrize(("text", "ents", "expected"), NAMED)
def test_names(text: str, ents: list[tuple[int, int, str]], expected: list[tuple[str, str]]) -> None:
    rows = [(word, "NNP", 0, "dep") for word in text.split()]
    analysis = parsed(rows, ents, public=True)
    assert [(text[n.span.start : n.span.end], n.label) for n in analysis.names] == expected


def test_a_name_ends_with_its_sentence() -> None:
    text = "He met Brandt. Amadi left."
    rows = [(w, "NNP", i, "dep") for i, w in enumerate(["He", "met", "Brandt", ".", "Amadi", "left", "."])]
    from spacy.tokens import Doc, Span

    nlp = backend.load("rules").nlp
    doc = Doc(nlp.vocab, [r[0] for r in rows], heads=[0] * 7, deps=["dep"] * 7)
    doc.ents = [Span(doc, 2, 5, "PERSON")]
    laid = layout.lay_out(document(text), nlp.tokenizer)
    reader = backend._Reader(backend.Backend(nlp, parsed=True, public=True), laid)
    reader.read(doc, layout.Part(0, 7))
    assert [text[n.span.start : n.span.end] for n in reader.result().names] == ["Brandt."[:-1]]
    assert [t.head for t in reader.result().tokens] == [0, 0, 0, 0, 4, 5, 6]
