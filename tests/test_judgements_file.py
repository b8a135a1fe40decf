"""The file of judgements, and findings as people mended them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from graph_cases import Told, two_documents

from kg.errors import DataError
from kg.judgements import Correction, Judgements, Link, Pair, Rejection, Thing
from kg.judgements.file import add, beside, forget, load
from kg.judgements.mend import Mender
from kg.judgements.things import find, thing
from kg.link import file as links
from kg.link import profile
from kg.model import Bounds, Local, Meeting, Statement
from kg.registers import mapping

LIND = Thing("person", "a.txt", "Ada Lind", 4)
OTHER = Thing("person", "b.txt", "A. Lind: “no”")
MET = Thing("meeting", "a.txt", "Ada Lind met Bo Ek.", 0, ("Ada Lind", "Bo Ek"))
ALL = (
    Pair(LIND, OTHER, True, "ann", date(2026, 5, 31), "I asked: yes"),
    Pair(LIND, OTHER, False),
    Rejection(MET, "bo"),
    Correction(MET, "participants", "Ada Lind | Cy Dahl", "bo"),
    Correction(MET, "when", "2021-05-03"),
    Correction(MET, "place", ""),
    Link(LIND, "http://www.wikidata.org/entity/Q1", True, "ann"),
    Link(LIND, "http://www.wikidata.org/entity/Q2", False),
)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "j.yaml"
    assert load(path) == Judgements()
    for each in ALL:
        add(path, [each])
    assert list(load(path)) == list(ALL)
    assert [each.where for each in load(path).pairs] == [f"{path}:7", f"{path}:16"]


def test_comments_and_all_else_stay(tmp_path: Path) -> None:
    path = tmp_path / "j.yaml"
    add(path, ALL[:1])
    path.write_text(path.read_text("utf-8") + "# about the links\n\n", "utf-8")
    before = path.read_text("utf-8")
    add(path, ALL[2:])
    assert path.read_text("utf-8").startswith(before)
    assert forget(path, lambda each: each in ALL[2:]) == ALL[2:]
    assert path.read_text("utf-8") == before
    assert forget(path, lambda each: isinstance(each, Link)) == ()


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("same: []", "", "a list of entries is wanted"),
        ("- {}", ":1", "one of same, different, wrong, corrected, linked, not_linked; this one has none"),
        ("# x\n\n- sane: []", ":3", "has none of them"),
        ("- wrong: {meeting: m, document: d}\n  same: []", ":1", "has same and wrong"),
        ("- wrong: {meeting: m, document: d}\n  bye: ann", ":1", "unknown key 'bye'; allowed are by, date, note, wr"),
        ("- wrong: {meeting: m, dokument: d}", ":1", "unknown key 'dokument'; allowed are at, document, "),
        ("- wrong: {meeting: m}", ":1", "missing key 'document'"),
        ("- wrong: {person: m, document: d}", ":1", "a person is no fact"),
        ("- wrong: {meeting: m, tenure: t, document: d}", ":1", "this one is 2 of them"),
        ("- wrong: {meeting: no, document: d}", ":1", "'meeting' must be text (quote yes, no"),
        ("- wrong: {meeting: m, document: d, at: -1}", ":1", "'at' must be a number"),
        ("- wrong: {meeting: m, document: d, who: Ann}", ":1", "'who' must be a list"),
        ("- wrong: {meeting: m, document: d}\n  date: may", ":1", "'date' must be a day"),
        ("- wrong: {meeting: m, document: d}\n  by: a\n  by: b", ":1", "'by' stands twice"),
        ("- same: [{person: m, document: d}]", ":1", "a list of two things"),
        ("- same: [{person: m, document: d}, {place: m, document: d}]", ":1", "person and place are never one"),
        ("- corrected: {meeting: m, document: d}\n  field: when", ":1", "missing key 'value'"),
        ("- corrected: {meeting: m, document: d}\n  field: day\n  value: x", ":1", "unknown field 'day'; allowed are"),
        ("- corrected: {meeting: m, document: d}\n  field: when\n  value: 7", ":1", "'value' must be text"),
        ("- linked: {person: m, document: d}\n  to: Q42", ":1", "'to' must be an IRI"),
        ("- wrong: {meeting: m, document: d}\n- [", ":2", "cannot be read as YAML"),
        ("- a\n", ":1", "an entry is a mapping"),
        ("# x\n- corrected: {meeting: m, document: d}\n  field: when\n  value: 2021-13-13", ":2", "month must be in"),
        ("- wrong: \x01", "", "cannot be read as YAML"),
    ],
)
def test_a_breach_of_the_format_is_named_with_its_line(tmp_path: Path, text: str, line: str, what: str) -> None:
    path = tmp_path / "j.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}{line}: ") and what in str(caught.value)
    with pytest.raises(DataError):
        add(path, ALL[:1])
    assert path.read_text("utf-8") == text


def test_what_is_no_text_is_told_plainly(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"# a\n- wrong: caf\xe9\n")
    for name, told in (("latin.yaml", "latin.yaml:2: is no UTF-8 text"), (".", "is a folder, not a file")):
        with pytest.raises(DataError) as caught:
            load(tmp_path / name)
        assert told in str(caught.value) and "Errno" not in str(caught.value)


READERS: list[Callable[[Path], object]] = [mapping.load, profile.load, links.read]


@pytest.mark.parametrize("read", READERS, ids=["mapping", "profile", "links"])
@pytest.mark.parametrize(
    "text, told",
    [
        (b"a: 1\nb: 2021-13-13\n", ":2: cannot be read as YAML (month"),
        (b"a: [\n", ": cannot be read"),
        (b"\xff", ":1: is no UTF-8"),
    ],
)
def test_other_files_of_people_are_read_as_strictly(
    tmp_path: Path, read: Callable[[Path], object], text: bytes, told: str
) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(text)
    with pytest.raises(DataError) as caught:
        read(path)
    assert str(path) in str(caught.value) and told in str(caught.value)


def test_the_file_stands_beside_the_store(tmp_path: Path) -> None:
    assert beside(tmp_path / ".kg") == tmp_path / "kg-judgements.yaml"
    assert beside(tmp_path / "graph") == tmp_path / "graph-judgements.yaml"


def test_every_record_is_found_by_its_thing() -> None:
    for one in two_documents():
        for record in (*one.entities, *one.meetings, *one.roles, *one.statements):
            local = Local(one.document.slug, record.id)
            named = thing(local, one)
            assert find(named, one) == local
            assert find(replace(named, words=f" {named.words}\n"), one) == local
            assert find(replace(named, words="nothing"), one) is None


def shared_sentence() -> Told:
    """One sentence that tells of two meetings."""
    told = Told("a.txt", "Ada Lind met Bo Ek in Malmo and later Cy Dahl in Lund.", "2021-05-04")
    lind, ek, dahl = (told.entity("Person", name) for name in ("Ada Lind", "Bo Ek", "Cy Dahl"))
    told.meeting("met", lind, ek, place=told.entity("Place", "Malmo"))
    told.meeting("met", lind, dahl, place=told.entity("Place", "Lund"))
    return told


def test_facts_of_one_sentence_are_told_apart_by_who_is_in_them() -> None:
    one = shared_sentence().findings()
    second = thing(Local("a.txt", "m2"), one)
    assert second.who == ("Ada Lind", "Cy Dahl") and find(second, one) == Local("a.txt", "m2")
    mended = Mender(Judgements(rejections=(Rejection(second),))).mend(one)
    assert [meeting.id for meeting in mended.meetings] == ["m1"]


@pytest.mark.parametrize(
    ("what", "value", "field", "expected"),
    [
        ("when", "2021-05", "when", Bounds(date(2021, 5, 1), date(2021, 5, 31))),
        ("when", "", "when", None),
        ("participants", "ada lind | Cy Dahl", "participants", ("e1", "e3")),
        ("place", "Lund", "place", "e5"),
        ("place", "", "place", None),
        ("status", "planned", "status", "Planned"),
    ],
)
def test_a_meeting_is_corrected(what: str, value: str, field: str, expected: object) -> None:
    one = shared_sentence().findings()
    word = Correction(thing(Local("a.txt", "m1"), one), what, value, "ann", date(2026, 5, 31), "I was there")
    mender = Mender(Judgements(corrections=(word,)))
    first, second = mender.mend(one).meetings
    found = getattr(first, field)
    assert (found.bounds if what == "when" and found else found) == expected
    assert second == one.meetings[1] and not mender.problems
    reason = first.reasons[-1].words
    assert reason == f"ann decided so on 2026-05-31: I was there: {what} is {value or 'not told'}"


def test_of_two_corrections_the_later_holds() -> None:
    one = shared_sentence().findings()
    met = thing(Local("a.txt", "m1"), one)
    words = tuple(Correction(met, "place", name) for name in ("Malmo", "Lund"))
    first = Mender(Judgements(corrections=words)).mend(one).meetings[0]
    assert first.place == "e5" and len(first.reasons) == 1


@pytest.mark.parametrize(
    ("what", "value", "told"),
    [
        ("participants", "Di Falk", "names no 'Di Falk', and a fact needs its words; it names Ada Lind, Bo Ek"),
        ("participants", "", "without participants"),
        ("when", "May", "'May' is no date"),
        ("status", "done", "unknown status 'done'; allowed are held, planned"),
        ("place", "Ada Lind", "it names Lund, Malmo"),
        ("speakers", "Ada Lind", "a meeting has no speakers to correct; it has participants, place, status, when"),
    ],
)
def test_a_correction_that_cannot_be_is_a_problem(what: str, value: str, told: str) -> None:
    one = shared_sentence().findings()
    word = Correction(thing(Local("a.txt", "m1"), one), what, value, where="j.yaml:3")
    mender = Mender(Judgements(corrections=(word,)))
    assert mender.mend(one) == one
    (problem,) = mender.problems
    assert problem.where == "j.yaml:3" and told in problem.what


def test_what_leads_to_a_rejected_fact_goes() -> None:
    told = Told("a.txt", "Ada Lind, leader of the Reed Party, met Bo Ek. “We agreed,” she said.")
    lind, ek = told.entity("Person", "Ada Lind"), told.entity("Person", "Bo Ek")
    role, met = told.role(lind, "leader", told.entity("Party", "Reed Party")), told.meeting("met", lind, ek)
    told.said("We agreed", lind)
    one = told.findings()
    led: Statement = replace(one.statements[0], concerns=(met,), made_at=met, in_capacity=role)
    dinner: Meeting = replace(one.meetings[0], id="m2", part_of=met)
    one = replace(one, statements=(led,), meetings=(one.meetings[0], dinner))
    wrong = (Rejection(thing(Local("a.txt", role), one)), Rejection(thing(Local("a.txt", met), one)))
    mended = Mender(Judgements(rejections=wrong)).mend(one)
    assert mended.statements == (replace(led, concerns=(), made_at=None, in_capacity=None),)
    assert [meeting.part_of for meeting in mended.meetings] == [None] and not mended.roles


def test_a_judgement_that_fits_nothing_is_a_problem() -> None:
    one = shared_sentence().findings()
    gone, elsewhere = (Thing("meeting", slug, "Nobody met", 0) for slug in ("a.txt", "z.txt"))
    mender = Mender(Judgements(rejections=(Rejection(gone, where="j.yaml:1"), Rejection(elsewhere))))
    assert mender.mend(one) is one
    mender.finish()
    assert [problem.where for problem in mender.problems] == ["j.yaml:1", "judgement"]
    assert "z.txt" in mender.problems[1].what
