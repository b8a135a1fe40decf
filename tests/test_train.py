"""Marked text is read strictly and held out; a pipeline trained on a little of it finds what it learnt."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from kg.errors import DataError, ModelError
from kg.language import backend, features
from kg.language.train import train
from kg.language.training import scores
from kg.language.training.augment import Augmenter, Shares
from kg.language.training.examples import named, tokens
from kg.language.training.marked import Item, Marked, flat, read, read_all
from kg.language.training.settings import Settings
from kg.model import Document

PEOPLE = ["Ada Quill", "Ben Marsh", "Cora Vance", "Dov Lerner", "Esi Boateng", "Finn Hale", "Gita Rao", "Hugo Prat"]
PLACES = ["Port Avel", "Morrow", "Lindale", "Castry"]
LINES = [
    f"[ROLE|minister] [PER|{person}] met the [ORG|Dockers Union] in [PLACE|{PLACES[i % 4]}]."
    for i, person in enumerate(PEOPLE * 4)
]


def folder(path: Path, **files: str) -> Path:
    (path / "names").mkdir(parents=True)
    for name, text in files.items():
        (path / "names" / f"{name}.txt").write_text(text, "utf-8")
    return path


def item(*lines: str) -> Item:
    from kg.language.training.marked import _line

    return tuple(_line(line) for line in lines)


def test_every_fifth_is_held_out(tmp_path: Path) -> None:
    articles = "\n\n".join(f"Head {n}\nBody of [PER|P{n}]" for n in range(1, 12))
    folder(tmp_path, articles=articles, lines="\n".join(f"[PER|Q{n}] spoke." for n in range(1, 8)))
    training, testing = read(tmp_path / "names")
    assert [flat(held).text for held in testing] == ["Head 5\nBody of P5", "Head 10\nBody of P10", "Q5 spoke."]
    assert len(training) == 9 + 6
    assert flat(training[0]) == Marked("Head 1\nBody of P1", ((15, 17, "PER"),))


def test_more_text_is_trained_on_whole(tmp_path: Path) -> None:
    folder(tmp_path, b="\n".join(f"[PER|Q{n}] spoke." for n in range(1, 7)), a="Head\nBody\n\nHead")
    assert [flat(item).text for item in read_all(tmp_path / "names")] == [
        "Head\nBody",
        "Head",
        *(f"Q{n} spoke." for n in range(1, 7)),
    ]
    assert read_all(tmp_path / "none") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Ada\n[PERSON|Ada] spoke.", r"line 2: unknown label 'PERSON'; allowed are PER, PARTY"),
        ("[PER|] spoke.", "line 1: .* marks no name"),
        ("[PER|Ada ] spoke.", "line 1: .* blanks around"),
        ("[PER|Ada spoke.", "line 1: a bracket or bar"),
        ("[ORG|Friends of [PLACE|Morrow]] spoke.", "line 1: a bracket or bar"),
    ],
)
def test_malformed_marks(tmp_path: Path, text: str, message: str) -> None:
    folder(tmp_path, bad=text)
    with pytest.raises(DataError, match=message):
        read(tmp_path / "names")


def test_swapped_names_are_alike_throughout_an_item() -> None:
    augment = Augmenter(Random(3), Shares(swapped=1, capitals=0, quotes=0, spliced=0))
    augment.learn([item(f"[PER|{person}]") for person in PEOPLE])
    seen = set()
    for _ in range(30):
        (full,), (short, _) = augment(item("[PER|Zoe Zimmer]", "[PER|Zimmer] left."))
        assert full.text.split()[1] == short.text
        seen.add(full.text)
    assert len(seen) > 5


def test_swapped_ends_and_offices_keep_to_their_kind() -> None:
    augment = Augmenter(Random(2), Shares(swapped=1, capitals=0, quotes=0, tails=0.5, offices=1))
    line = "[ROLE|clerk] [PER|Ada Quill] left the [ORG|Ministry of Trade] in [PLACE|Morrow]."
    augment.learn(
        [
            item(line),
            item("[ROLE|reeve] [PER|Ben Marsh], [ROLE|head] of the [ORG|Board of Fisheries], met [ROLE|bailiffs]."),
            item("The [ORG|Harbour] of [PLACE|Harbour]."),
        ]
    )
    found = [augment(item(line))[0] for _ in range(60)]
    assert {swapped[0].text for swapped in found} == {"clerk", "reeve"}
    bodies = {piece.text for swapped in found for piece in swapped if piece.label == "ORG"}
    assert bodies == {"Ministry of Trade", "Ministry of Fisheries", "Board of Fisheries"}


def test_capitals_and_quotation_marks() -> None:
    upper = Augmenter(Random(1), Shares(0, 1, 0))
    found = {flat(upper(item("[PER|Ada Quill] talks with union", "She left."))).text for _ in range(40)}
    assert "ADA QUILL TALKS WITH UNION\nShe left." in found
    assert "Ada Quill Talks With Union\nShe left." in found
    quotes = Augmenter(Random(1), Shares(0, 0, 1))
    found = {flat(quotes(item("“No,” said [PER|Ada]’s aide."))).text for _ in range(20)}
    assert found == {'"No," said Ada\'s aide.', "“No,” said Ada’s aide."}


def test_a_name_over_a_wrong_sentence_end_is_learnt() -> None:
    nlp = spacy.blank("en")
    example = named(nlp, item("They met [PER|Xo. Zed Young]. All left."))
    (name,) = example.reference.ents
    assert name.text == "Xo. Zed Young"
    assert not any(token.is_sent_start for token in name[1:])


def test_features_tell_of_the_word_elsewhere() -> None:
    nlp = spacy.blank("en")
    text = "QUILL MEETS UNION\nMs Ada Quill met them. Then Quill left."
    doc, _ = tokens(nlp, text)
    rows = features.columns(doc).tolist()
    norm = [nlp.vocab.strings[row[0]] for row in rows]
    left = len(rows[0]) - 3
    headline, first, later = (i for i, word in enumerate(norm) if word == "quill")
    assert nlp.vocab.strings[rows[headline][left]] == "ada"
    assert nlp.vocab.strings[rows[later][left]] == "ada"
    assert nlp.vocab.strings[rows[first][left]] == "then"
    assert rows[headline][left - 1] != rows[first][left - 1]


def treebank(path: Path) -> None:
    words = ["Ada", "met", "them", "."]
    one = {
        "words": words,
        "tags": ["NNP", "VBD", "PRP", "."],
        "pos": ["PROPN", "VERB", "PRON", "PUNCT"],
        "lemmas": ["Ada", "meet", "they", "."],
        "heads": [1, 1, 1, 1],
        "deps": ["nsubj", "ROOT", "obj", "punct"],
        "morphs": ["Number=Sing", "Tense=Past", "Case=Acc", ""],
    }
    path.mkdir(parents=True)
    for name in ("tiny_train", "tiny_test"):
        DocBin(
            ["TAG", "POS", "LEMMA", "HEAD", "DEP", "MORPH", "SENT_START"],
            docs=[
                Doc(spacy.blank("en").vocab, **one)
                for _ in range(25)  # type: ignore[arg-type]
            ],
        ).to_disk(path / f"{name}.spacy")


@pytest.mark.slow
def test_a_little_training(tmp_path: Path) -> None:
    data = folder(tmp_path / "data", lines="\n".join(LINES))
    treebank(data / "treebank")
    told: list[str] = []
    settings = Settings(grammar_steps=10, name_steps=30, batch=100, rate=0.004, dropout=0.1, shares=Shares(0, 0, 0))
    found = train(data, tmp_path / "out", report=told.append, settings=settings)
    assert found["PER"] > 90
    assert found["las tiny_test"] == 100
    assert any("words/s" in line for line in told)
    nlp = backend.load(str(tmp_path / "out")).nlp
    assert "Quill" not in spacy.load(tmp_path / "out").vocab.strings
    assert nlp.meta["performance"]["PER"] == found["PER"]
    (analysis,) = backend.analyse(
        [Document("a", "a", "minister Ada Quill met the Dockers Union in Morrow.", "", "")], str(tmp_path / "out")
    )
    assert [(analysis.text[name.span.start : name.span.end], name.label) for name in analysis.names] == [
        ("minister", "ROLE"),
        ("Ada Quill", "PER"),
        ("Dockers Union", "ORG"),
        ("Morrow", "PLACE"),
    ]
    assert scores.names(nlp, [item("minister [PER|Nobody] met.")])["ALL"] < 100


@pytest.mark.slow
def test_names_are_learnt_on_from_ours(tmp_path: Path) -> None:
    data = folder(tmp_path / "data", lines="\n".join(LINES))
    settings = Settings(name_steps=2, batch=100, rate=0.0001, shares=Shares(0, 0, 0), start="en")
    assert train(data, tmp_path / "out", print, settings)["PER"] > 90, "from nothing two steps teach none"
    treebank(data / "treebank")
    with pytest.raises(DataError, match="learnt from nothing"):
        train(data, tmp_path / "out", print, settings)
    with pytest.raises(ModelError, match="cannot be loaded"):
        train(folder(tmp_path / "b", a=LINES[0]), tmp_path / "out", print, Settings(start=str(tmp_path / "none")))


def test_nothing_to_train_on(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        train(tmp_path / "none", tmp_path / "out")
    with pytest.raises(DataError, match="nothing to train on"):
        train(tmp_path, tmp_path / "out", print)
