"""Who said what, to whom: attributions of every kind, what is refused, and what hangs on a statement."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.errors import DataError
from kg.find import find
from kg.find.statements import lexicon
from kg.language.analysis import Analysis
from kg.model import Findings

Analyse = Callable[..., Analysis]
Said = list[tuple[str, str, tuple[str, ...]]]


def said(found: Findings) -> Said:
    """Each statement as (speakers, kind, words)."""
    names = {e.id: e.name for e in found.entities} | {a.id: f"?{a.description}" for a in found.sources}
    text = found.document.text
    return [
        (" & ".join(names[i] for i in s.speakers), s.kind, tuple(text[p.start : p.end] for p in s.segments))
        for s in found.statements
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“The dam will hold,” said water minister Nadia Rahimi.",
            [("Nadia Rahimi", "Direct", ("The dam will hold,",))],
        ),
        (
            "First Bus managing director Simon Goffe said: “We have a bus.”",
            [("Simon Goffe", "Direct", ("We have a bus.",))],
        ),
        ("But one senior Tory MP fumed: “It stinks.”", [("?one senior Tory MP", "Direct", ("It stinks.",))]),
        (
            "Rep. Nadia Rahimi, R-Iowa, called the plan “a bailout by another name.”",
            [("Nadia Rahimi", "Mixed", ("a bailout by another name.",))],
        ),
        (
            "Nadia Rahimi spoke to Tom Hart.\n\nTH: Will it hold?\n\nNR: It will, says everybody.",
            [
                ("Tom Hart", "Direct", ("Will it hold?",)),
                ("Nadia Rahimi", "Direct", ("It will, says everybody.",)),
            ],
        ),
        (
            "“The dam,” water minister Nadia Rahimi told reporters, “will hold.”",
            [("Nadia Rahimi", "Direct", ("The dam,", "will hold."))],
        ),
        (
            "Nadia Rahimi, the water minister, said: “The dam will hold.\n\n“It has held before.”",
            [("Nadia Rahimi", "Direct", ("The dam will hold.", "It has held before."))],
        ),
        (
            "“The dam will hold,” Nadia Rahimi said. “It has held before.”",
            [("Nadia Rahimi", "Direct", ("The dam will hold,", "It has held before."))],
        ),
        (
            "“The dam will hold,” said Nadia Rahimi. By noon it was gone. “It has held before,” she added.",
            [
                ("Nadia Rahimi", "Direct", ("The dam will hold,",)),
                ("Nadia Rahimi", "Direct", ("It has held before,",)),
            ],
        ),
        (
            "“You knew,” said Nadia Rahimi. “I did not,” replied Tomas Berg.",
            [("Nadia Rahimi", "Direct", ("You knew,",)), ("Tomas Berg", "Direct", ("I did not,",))],
        ),
        (
            "A spokesman for the Dam Board, Tomas Berg, denied it. “It will hold,” he said, adding that it was new.",
            [("Tomas Berg", "Direct", ("It will hold,",)), ("Tomas Berg", "Indirect", ("it was new",))],
        ),
        (
            "Nadia Rahimi, a former engineer, called the plan “a folly” and said the dam was old.",
            [("Nadia Rahimi", "Mixed", ("a folly",)), ("Nadia Rahimi", "Indirect", ("the dam was old",))],
        ),
        ("Another called him “a fool.”", [("?Another", "Mixed", ("a fool.",))]),
        (
            "Nadia Rahimi told Nord TV’s “Good Morning, Harbour Town” that the dam would hold.",
            [("Nadia Rahimi", "Indirect", ("the dam would hold",))],
        ),
        (
            "Nadia Rahimi said that the dam would hold, noting that the wall was new.",
            [
                ("Nadia Rahimi", "Indirect", ("the dam would hold",)),
                ("Nadia Rahimi", "Indirect", ("the wall was new",)),
            ],
        ),
        (
            "The Dam Board was calm, with its engineer, Tomas Berg, saying the wall was new.",
            [("Tomas Berg", "Indirect", ("the wall was new",))],
        ),
        (
            "Joyce Tran, 44, a nurse from Lund, left early. Then Tomas Berg came.\n\n“It was late,” the nurse said.",
            [("Joyce Tran", "Direct", ("It was late,",))],
        ),
        (
            "Rep. Tomas Berg met Rep. Nadia Rahimi.\n\n“It was late,” the congresswoman said.",
            [("Nadia Rahimi", "Direct", ("It was late,",))],
        ),
        ("Nadia Rahimi called the plan “a folly”.", [("Nadia Rahimi", "Mixed", ("a folly",))]),
        (
            "Tomas Berg, a former minister, criticised the visit, accusing Nadia Rahimi of “courting headlines”.",
            [("Tomas Berg", "Mixed", ("courting headlines",))],
        ),
        ("The plan was “a folly”, Nadia Rahimi said.", [("Nadia Rahimi", "Mixed", ("a folly",))]),
        ("The plan is, in the words of Nadia Rahimi, “a folly”.", [("Nadia Rahimi", "Mixed", ("a folly",))]),
        (
            "Nadia Rahimi put down her pen. “Ask somebody else.”",
            [("Nadia Rahimi", "Direct", ("Ask somebody else.",))],
        ),
        (
            "“It was cold,” grimaced Nadia Rahimi.",
            [("Nadia Rahimi", "Direct", ("It was cold,",))],
        ),
        (
            "Nadia Rahimi: When did you know?\n\nTomas Berg: On the Friday.",
            [
                ("Nadia Rahimi", "Direct", ("When did you know?",)),
                ("Tomas Berg", "Direct", ("On the Friday.",)),
            ],
        ),
    ],
)
def test_quoted_words_find_their_speaker(analysed: Analyse, text: str, expected: Said) -> None:
    assert said(find(analysed(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Nadia Rahimi said that the dam would hold.",
            [("Nadia Rahimi", "Indirect", ("the dam would hold",))],
        ),
        (
            "The dam would hold, Nadia Rahimi said on Monday.",
            [("Nadia Rahimi", "Indirect", ("The dam would hold",))],
        ),
        (
            "According to Nadia Rahimi, the dam was built in a hurry.",
            [("Nadia Rahimi", "Indirect", ("the dam was built in a hurry",))],
        ),
        (
            "Villagers were told by Nadia Rahimi that the dam would hold.",
            [("Nadia Rahimi", "Indirect", ("the dam would hold",))],
        ),
        (
            "Nadia Rahimi said the dam would hold and added that the road would not.",
            [
                ("Nadia Rahimi", "Indirect", ("the dam would hold",)),
                ("Nadia Rahimi", "Indirect", ("the road would not",)),
            ],
        ),
        (
            "Nadia Rahimi’s office told The Marwell Herald she had left.",
            [("?Nadia Rahimi’s office", "Indirect", ("she had left",))],
        ),
        (
            "Jon Cope welcomed it, but Nadia Rahimi, head of the Farmers’ Union, said concrete results were needed.",
            [("Nadia Rahimi", "Indirect", ("concrete results were needed",))],
        ),
        (
            "Nadia Rahimi left early, warning that the river was still rising.",
            [("Nadia Rahimi", "Indirect", ("the river was still rising",))],
        ),
        (
            "Senator Nadia Rahimi of Nevada spoke for an hour. The Nevada Democrat said the bill was dead.",
            [("Nadia Rahimi", "Indirect", ("the bill was dead",))],
        ),
        (
            "Tomas Berg bought the club. The businessman said he would sell it.",
            [("Tomas Berg", "Indirect", ("he would sell it",))],
        ),
        ("Recall that the union had on Monday walked out of a meeting convened by the Speaker of the House.", []),
    ],
)
def test_indirect_speech_gives_its_clause(analysed: Analyse, text: str, expected: Said) -> None:
    assert said(find(analysed(text))) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Marchers held placards reading “Hands off our river” outside the ministry.",
        "The “experts” hired by the ministry were two cousins.",
        "Nadia Rahimi did not say whether the dam would hold.",
        "Nobody in the ministry could say how old the dam was.",
        "The minister's office declined to comment.",
        "Employers must tell their workers by May how much leave they are owed.",
        "The said property was sold in June.",
        "A short film called “Our River” was shown.",
    ],
)
def test_what_nobody_said_is_no_statement(analysed: Analyse, text: str) -> None:
    assert said(find(analysed(text))) == []


@pytest.mark.parametrize(
    ("text", "descriptions", "speakers"),
    [
        ("A source close to Nadia Rahimi said: “It is over.”", ["A source close to Nadia Rahimi"], ["a1"]),
        (
            "“It is over,” said a senior harbour official. The official added that the cranes were sold.",
            ["a senior harbour official"],
            ["a1", "a1"],
        ),
        (
            "One diplomat, who asked not to be named, said the talks had been “cold”. “Nobody smiled,” he said.",
            ["One diplomat"],
            ["a1", "a1"],
        ),
        ("A spokesman for Oldmere Council said rents would rise.", ["A spokesman for Oldmere Council"], ["a1"]),
    ],
)
def test_unnamed_sources_are_one_for_each_referent(
    analysed: Analyse, text: str, descriptions: list[str], speakers: list[str]
) -> None:
    found = find(analysed(text))
    assert [a.description for a in found.sources] == descriptions
    assert [s.speakers[0] for s in found.statements] == speakers


@pytest.mark.parametrize(
    ("text", "addressee", "medium"),
    [
        ("Nadia Rahimi told Tomas Berg: “The dam will hold.”", "Tomas Berg", None),
        ("In a letter to Tomas Berg, Nadia Rahimi said: “The dam will hold.”", "Tomas Berg", "letter"),
        ("In a speech on Monday, Nadia Rahimi said: “The dam will hold.”", None, "speech"),
        ("“The dam will hold,” Nadia Rahimi told reporters.", None, None),
    ],
)
def test_addressee_and_medium(analysed: Analyse, text: str, addressee: str | None, medium: str | None) -> None:
    found = find(analysed(text))
    names = {e.id: e.name for e in found.entities}
    (statement,) = found.statements
    assert [names[i] for i in statement.addressees] == ([addressee] if addressee else [])
    assert statement.medium == medium


def test_a_denied_claim_reports_and_disputes_whose_it_is(analysed: Analyse) -> None:
    found = find(analysed("Aides of Tomas Berg denied claims by Nadia Rahimi that the talks had been “a farce”."))
    outer, inner = found.statements
    names = {e.id: e.name for e in found.entities}
    assert [names[i] for i in inner.speakers] == ["Nadia Rahimi"]
    assert outer.disputes == outer.reports == (inner.id,)


def test_words_name_those_whom_they_address(analysed: Analyse) -> None:
    found = find(analysed("In a letter to Tomas Berg, Nadia Rahimi said: “You have lost our trust.”"))
    names = {e.id: e.name for e in found.entities}
    assert [names[i] for i in found.statements[0].mentions] == ["Tomas Berg"]


def test_nothing_breaks_without_a_parse(analysed: Analyse) -> None:
    whole = analysed("“The dam will hold,” said Nadia Rahimi. A source said: “It will not.”")
    bare = tuple(t._replace(pos="", tag="", dep="", lemma=t.lower, head=t.i) for t in whole.tokens)
    plain = Analysis(
        whole.document, whole.paragraphs, whole.sentences, bare, whole.quotations, whole.names, parsed=False
    )
    assert ("Nadia Rahimi", "Direct", ("The dam will hold,",)) in said(find(plain))


def test_an_unknown_key_in_the_word_list_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "lexicon", lambda name: {"clauses": []})
    lexicon.load.cache_clear()
    try:
        with pytest.raises(DataError, match="unknown key 'clauses'"):
            lexicon.load()
    finally:
        lexicon.load.cache_clear()


def test_a_source_without_words_is_left_out(analysed: Analyse) -> None:
    text = "Tom Reid said afterwards that he believed the right thing was being done. "
    found = find(analysed(text + "Anna Kovel hoped, she said, that all would be well."))
    assert found.statements and not found.sources
