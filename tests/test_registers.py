"""Registers: a column mapping, records with their places, who a cell names, and one meeting a number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg import pipeline
from kg.cli import run
from kg.errors import DataError, DocumentError
from kg.model import Bounds, Findings
from kg.queries import run as ask
from kg.registers import Read, Register, load, named, read
from kg.registers.dates import Format, days
from kg.registers.guests import guests
from kg.registers.hosts import host
from kg.registers.table import records
from kg.store import MEMORY, Store

MAPPING = """
title: Meetings of a ministry
publisher: Ministry of Ferries
published: 2020
columns: {meeting: "No", host: Minister, body: Ministry, guest: [Guest], from: Date, to: Until, purpose: About,
          place: Where, status: State}
dates: [DD-MM-YYYY, MM-YYYY, "DD MONTH YYYY", "MONTH YYYY", YYYY]
ranges: [" to "]
possible: {earliest: 2019-01-01, latest: 2020-12-31}
separators: [";"]
status: {"": Held, declined: Cancelled}
"""
HEADER = "No,Minister,Ministry,Guest,Date,Until,About,Where,State\n"
ROWS = """\
1,Minister for Ferries - Ona Brask MP,Ministry of Ferries,Harbour Pilots Association (HPA),03-2020,03-2020,Rope,Lerwick,
1,Minister for Ferries - Ona Brask MP,Ministry of Ferries,"Dr Tove Lunde
Sven Mark - Island Gazette",03-2020,03-2020,Rope prices,Lerwick,
2,Rt Hon Ona Brask MP,Ministry of Ferries,HPA,14-04-2020,15-04-2020,Spring dinner,,
3,Ona Brask,Ministry of Ferries,local residents,02-1999,02-1999,Piers,,
4,,Ministry of Ferries,HPA,03-2020,03-2020,Piers,,
5,Ona Brask,Ministry of Ferries,"The ""Blue Rope"" Trust",May 2020,,Piers,,declined
6,Ona Brask,Ministry of Ferries,HPA,31-02-2020,,Piers,,
7,Baroness Kvist of Unst,Ministry of Ferries,,6 June 2020,,Piers,,
"""


def told(folder: Path, rows: str = ROWS, mapping: str = MAPPING) -> Read:
    (folder / "m.yaml").write_text(mapping, "utf-8")
    (folder / "r.csv").write_text(HEADER + rows, "utf-8")
    return read(Register(folder / "r.csv", str(folder / "m.yaml")))


def names(found: Findings) -> dict[str, str]:
    return {entity.id: entity.name for entity in found.entities}


def test_records_of_one_number_are_one_meeting_with_bounds(tmp_path: Path) -> None:
    found = told(tmp_path)
    name = names(found.findings)
    first, second, *_ = found.findings.meetings
    assert [name[p] for p in first.participants] == [
        "Ona Brask", "Harbour Pilots Association", "Tove Lunde", "Sven Mark", "Island Gazette",
    ]  # fmt: skip
    assert first.when and first.when.bounds == Bounds(date(2020, 3, 1), date(2020, 3, 31))
    assert first.when.text == "03-2020" and first.place and name[first.place] == "Lerwick"
    assert [name[p] for p in second.participants] == ["Ona Brask", "Harbour Pilots Association"]
    assert second.when and second.when.bounds == Bounds(date(2020, 4, 14), date(2020, 4, 15))
    assert second.form == "dinner"
    assert [m.status for m in found.findings.meetings] == ["Held", "Held", "Cancelled", "Held"]


def test_every_fact_shows_its_words(tmp_path: Path) -> None:
    found = told(tmp_path).findings
    text = found.document.text
    assert text == (tmp_path / "r.csv").read_text("utf-8")
    shown = [text[span.start : span.end] for span in found.meetings[0].evidence]
    assert shown[0].startswith("1,Minister for Ferries") and shown[0].endswith("Lerwick,")
    assert shown[1].count("\n") == 1 and "Tove Lunde\nSven Mark" in shown[1]
    for entity in found.entities:
        for mention in entity.mentions:
            assert text[mention.span.start : mention.span.end] == mention.text
    mentioned = {m.text for e in found.entities for m in e.mentions}
    assert {"Ona Brask", "Tove Lunde", "Sven Mark", "Island Gazette", "Kvist of Unst"} <= mentioned
    role = found.roles[0]
    assert {(r.title, text[r.span.start : r.span.end]) for r in found.roles} >= {
        ("MP", "MP"), ("minister for ferries", "Minister for Ferries"),
    }  # fmt: skip
    assert all(text[s.start : s.end] in shown for s in role.evidence)


def test_what_cannot_be_read_is_told_with_line_and_cause(tmp_path: Path) -> None:
    found = told(tmp_path)
    assert found.records == 8
    assert [(p.where, p.what.split(";")[0]) for p in found.problems] == [
        ("r.csv, line 6", "'02-1999' cannot be: this register is of 2019-01-01 to 2020-12-31"),
        ("r.csv, line 7", "no Minister"),
        ("r.csv, line 9", "'31-02-2020' is no day that there is (day is out of range for month)"),
    ]


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        ("1,A,B\n2,Ona Brask,M,HPA,03-2020,,x,,\n", 2, "3 cells where there are 9 columns"),
        ("1,a,b,c,d,e,f,g,h,i,j\n2,Ona Brask,M,HPA,03-2020,,x,,\n", 2, "more cells than the 9 columns"),
        ('1,Ona Brask,M,"HPA,03-2020,,x,,\n2,Ona Brask,M,HPA,03-2020,,x,,\n', 2, "cells where there are"),
        ("2,Ona Brask,M,HPA,04-2020,,x,,\n2,Ona Brask,M,HPA,03-2020,,x,,\n", 3, "another host or date than meeting 2"),
        ("\n\n,Ona Brask,M,HPA,04-2020,,x,,\n2,Ona Brask,M,HPA,03-2020,,x,,\n", 4, "no No"),
        ("3,Ona Brask,M,HPA,2021,,x,,\n2,Ona Brask,M,HPA,03-2020,,x,,\n", 2, "'2021' cannot be"),
        ("3,Ona Brask,M,HPA,04-2020,03-2020,x,,\n2,Ona Brask,M,HPA,03-2020,,x,,\n", 2, "ends before it begins"),
    ],
)
def test_one_broken_record_costs_one_record(tmp_path: Path, rows: str, line: int, what: str) -> None:
    found = told(tmp_path, rows)
    assert [p.where for p in found.problems] == [f"r.csv, line {line}"]
    assert what in found.problems[0].what
    assert len(found.findings.meetings) == 1


def test_an_open_quotation_mark_costs_no_more_than_its_records(tmp_path: Path) -> None:
    sound = [f"{n},Ona Brask,M,Guest {n} Ltd,03-2020,,x,,\n" for n in range(600)]
    rows = [*sound[:300], 'x,Ona Brask,M,"Open Ltd,03-2020,,x,,\n', *sound[300:]]
    found = told(tmp_path, "".join(rows))
    assert len(found.findings.meetings) == 600
    assert [p.where for p in found.problems] == ["r.csv, line 302"]


PEOPLE = [
    ("Sir Karl Voss", [("Person", "Karl Voss", None, None)]),
    ("Amara Diallo MP", [("Person", "Amara Diallo", "MP", None)]),
    ("Rt Hon the Baroness Kvist CBE", [("Person", "Kvist", None, None)]),
    ("Lord Kvist of Unst", [("Person", "Kvist of Unst", None, None)]),
    ("Peter Holm (Northern Ropes)", [("Person", "Peter Holm", None, "Northern Ropes")]),
    ("Peter Holm (Managing Director", [("Person", "Peter Holm", "managing director", None)]),
    ("Anna Berg - Political Editor of the Guardian", [("Person", "Anna Berg", "political editor", "Guardian")]),
    ("Zzora Qvint (Chief Executive)", [("Person", "Zzora Qvint", "chief executive", None)]),
    ("BBC - Peter Holm", [("Person", "Peter Holm", None, "BBC")]),
    ("Peter Holm and Anna Berg", [("Person", "Peter Holm", None, None), ("Person", "Anna Berg", None, None)]),
    ("Chief Executive Peter Holm", [("Person", "Peter Holm", "chief executive", None)]),
    ("Meeting with Dr Ivo Lund", [("Person", "Ivo Lund", None, None)]),
    ("Isle Council (Amara Diallo MP in attendance)",
     [("Organisation", "Isle Council", None, None), ("Person", "Amara Diallo", "MP", None)]),
    ("Peter (Pete) Holm", [("Organisation", "Peter", None, None)]),
    ("Dr Peter (Pete) Holm", [("Person", "Peter Holm", None, None)]),
]  # fmt: skip
BODIES = [
    ("Peter Holm Foundation", "Organisation", "Peter Holm Foundation"),
    ("Sir Karl Voss School", "Organisation", "Sir Karl Voss School"),
    ("Roundtable: Northern Ropes", "Organisation", "Northern Ropes"),
    ("Northern Ropes plc.", "Organisation", "Northern Ropes plc."),
    ("- Northern Ropes", "Organisation", "Northern Ropes"),
    ("General Electric", "Organisation", "General Electric"),
    ("Greenland Party", "Party", "Greenland Party"),
    ("Ferry Summer Party", "Organisation", "Ferry Summer Party"),
    ("Society of Rope Makers", "Organisation", "Society of Rope Makers"),
    ("eCar", "Organisation", "eCar"),
    ("The Economist", "Organisation", "The Economist"),
    ("Mayor of Lerwick", "office", "Mayor of Lerwick"),
    ("Managing Director", "office", "Managing Director"),
    ("local residents", "unnamed", "local residents"),
    ("Shetland SME leaders", "office", "Shetland SME leaders"),
    ("rope makers", "unnamed", "rope makers"),
    ("Ferry industry breakfast", "unnamed", "Ferry industry breakfast"),
]


@pytest.mark.parametrize(("cell", "expected"), PEOPLE, ids=[cell for cell, _ in PEOPLE])
def test_people_are_told_from_what_is_said_of_them(cell: str, expected: list[tuple[str, ...]]) -> None:
    found = guests(cell)
    assert [(g.sort, g.name, g.office, g.of.name if g.of else None) for g in found] == expected


@pytest.mark.parametrize(("cell", "sort", "name"), BODIES, ids=[cell for cell, *_ in BODIES])
def test_bodies_offices_and_crowds(cell: str, sort: str, name: str) -> None:
    assert [(g.sort, g.name) for g in guests(cell)] == [(sort, name)]


@pytest.mark.parametrize("cell", ["", "N/A", "nil return", "-", " ; ", "various"])
def test_a_cell_may_name_nobody(cell: str) -> None:
    assert guests(cell, (";",)) == ()


def test_lists_are_divided() -> None:
    cell = "Isle Council; Peter Holm (Northern Ropes)\nHarbour Pilots Association (HPA)"
    assert [g.name for g in guests(cell, (";",))] == ["Isle Council", "Peter Holm", "Harbour Pilots Association"]
    assert guests(cell, (";",))[-1].acronyms == ("HPA",)


@pytest.mark.parametrize(
    ("cell", "name", "offices"),
    [
        ("Minister of State, Ona Brask MP", "Ona Brask", [("minister of state", "Current")]),
        ("Ona Brask MP, Minister of State", "Ona Brask", [("minister of state", "Current")]),
        ("Minister for Rope, Tar & Sails, Ona Brask", "Ona Brask", [("minister for rope, tar & sails", "Current")]),
        ("Minister for Ferries – Baroness Kvist", "Kvist", [("minister for ferries", "Current")]),
        ("Former Attorney General Peter Holm QC MP", "Peter Holm", [("attorney general", "Former")]),
        ("Rt Hon Qzumi Vass", "Qzumi Vass", []),
        ("Secretary of State for Ferries", None, [("secretary of state for ferries", "Current")]),
    ],
)
def test_hosts(cell: str, name: str | None, offices: list[tuple[str, str]]) -> None:
    found = host(cell)
    assert (found.person.name if found.person else None) == name
    assert [(office.title, office.status) for office in found.offices] == offices


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("05-2010", "2010-05-01", "2010-05-31"),
        ("04-05-2010", "2010-05-04", "2010-05-04"),
        ("3rd March 2011", "2011-03-03", "2011-03-03"),
        ("Sept 2011", "2011-09-01", "2011-09-30"),
        ("2012", "2012-01-01", "2012-12-31"),
        ("01-02-2012 to 03-02-2012", "2012-02-01", "2012-02-03"),
        ("01-2012 to 03-2012", "2012-01-01", "2012-03-31"),
    ],
)
def test_dates(value: str, first: str, last: str) -> None:
    formats = [Format(each) for each in ("MM-YYYY", "DD-MM-YYYY", "DD MONTH YYYY", "MONTH YYYY", "YYYY")]
    assert days(value, formats, [" to "]) == Bounds(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("value", ["13-2010", "31-02-2010", "soon", "03-2012 to 01-2012", "5/2010", "32 May 2010"])
def test_dates_that_are_none(value: str) -> None:
    formats = [Format(each) for each in ("MM-YYYY", "DD-MM-YYYY", "DD MONTH YYYY")]
    with pytest.raises(ValueError, match=r"\w"):
        days(value, formats, [" to "])


def test_names_of_one_host_and_acronyms_are_brought_together(tmp_path: Path) -> None:
    rows = "".join(
        f"{n},{who},M,{guest},03-2020,,x,,\n"
        for n, (who, guest) in enumerate(
            [
                ("Lord Kvist", "HPA"),
                ("Lord Kvist of Unst", "Harbour Pilots Association (HPA)"),
                ("Lord Ivar Kvist of Unst", "Harbour Pilots Association"),
                ("Ona Brask", "The Blue Rope Ltd"),
                ("Ona Braske", "Blue Rope"),
                ("Ona Brask", "Blue Rope Limited"),
                ("Ona Brask", "Ona Brask"),
            ]
        )
    )
    found = told(tmp_path, rows).findings
    assert sorted(names(found).values()) == [
        "Harbour Pilots Association", "Ivar Kvist of Unst", "Ona Brask", "The Blue Rope Ltd",
    ]  # fmt: skip
    assert all(len(set(m.participants)) == len(m.participants) for m in found.meetings)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("columns:", "colums:", "unknown key 'colums'"),
        ("host: Minister,", "", "missing key 'host'"),
        ("body: Ministry,", "boss: Ministry,", "unknown key 'boss'"),
        ("dates: [DD-MM-YYYY", "dates: [DD-YYYY", "'DD-YYYY' is no format"),
        ("declined: Cancelled", "declined: Gone", "'status' must be one of Held, Planned"),
        ("published: 2020", "published: last year", "'last year' is no date"),
        ("earliest: 2019-01-01", "first: 2019-01-01", "unknown key 'first'"),
        ('separators: [";"]', 'separators: ";"', "'separators' must be a list"),
        ("title: Meetings", "title: [Meetings", "cannot be read"),
    ],
)
def test_mappings_are_read_strictly(tmp_path: Path, old: str, new: str, what: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(MAPPING.replace(old, new), "utf-8")
    with pytest.raises(DataError, match=what) as caught:
        load(path)
    assert str(path) in str(caught.value)


def test_a_mapping_that_does_not_fit_names_the_columns(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("A,B\n1,2\n", "utf-8")
    with pytest.raises(DataError, match=r"column 'Department'.*there are A, B"):
        read(Register(tmp_path / "r.csv", "uk-ministers"))
    with pytest.raises(DataError, match="unknown; there are uk-ministers"):
        named("mars")
    with pytest.raises(DocumentError, match=r"none\.csv: cannot be read"):
        read(Register(tmp_path / "none.csv", "uk-ministers"))


def test_offsets_survive_line_ends_and_other_encodings(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING, "utf-8")
    rows = HEADER + "1,Ona Brask,M,Children\x92s Søciety,03-2020,,x,,\n2,Ona Brask,M,Bård Ltd,03-2020,,x,,\n"
    (tmp_path / "r.csv").write_bytes(b"\xef\xbb\xbf" + rows.replace("\n", "\r\n").encode())
    found = read(Register(tmp_path / "r.csv", str(tmp_path / "m.yaml"))).findings
    assert sorted(names(found).values()) == ["Bård Ltd", "Children’s Søciety", "Ona Brask"]
    second = found.meetings[1].evidence[0]
    assert found.document.text[second.start : second.end] == "2,Ona Brask,M,Bård Ltd,03-2020,,x,,"


def test_a_line_is_found_again_in_records_that_span_lines() -> None:
    mapping = named("uk-ministers")
    header = "Meeting ID,Minister,Role,Department,Start Date,End Date,Organisation,Representative,Reason\n"
    text = header + '1,A,,,05-2011,05-2011,"X\nY",,r\n\n2,B,,,05-2011,05-2011,Z,,r'
    found = list(records(text, mapping, "r.csv"))
    assert [(r.line, text[r.span.start], text[r.span.end - 1]) for r in found] == [(2, "1", "r"), (5, "2", "r")]


def test_people_of_a_register_and_of_the_news_are_one(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("Ona Brask met the harbour master Tove Lunde on 3 May 2020.", "utf-8")
    told(tmp_path)
    with Store.open(MEMORY) as store:
        register = Register(tmp_path / "r.csv", str(tmp_path / "m.yaml"))
        report = pipeline.build([tmp_path / "news", register], store, pipeline.Settings("rules"))
        assert report.documents == ("a.txt", "r.csv") and report.records == 8 and len(report.unread) == 3
        rows = list(ask("who-met-whom", {"person": "Ona Brask"}, store))
        assert {row["documents"] for row in rows} >= {"a.txt", "r.csv"}
        tove = next(row for row in rows if row["metName"] == "Tove Lunde" and row["documents"] == "r.csv")
        assert tove["date"] == "2020-03" or "2020-03-01" in str(tove["date"])
        assert len({row["person"] for row in rows if row["personName"] == "Ona Brask"}) == 1
        before = store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
        pipeline.build([register], store, pipeline.Settings("rules", prune=True))
        assert [d.slug for d in store.documents()] == ["r.csv"]
        assert before is not None


def test_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(tmp_path)
    out = tmp_path / "g.ttl"
    code = run(["build", str(tmp_path / "r.csv"), "--mapping", str(tmp_path / "m.yaml"), "-o", str(out)])
    shown = capsys.readouterr()
    assert code == 1
    assert "read 5 records, left out 3" in shown.out
    assert "left out: r.csv: no Minister; nobody is said to have met: line 7" in shown.err
    assert "Blue Rope" in out.read_text("utf-8")
    assert run(["build", str(tmp_path), "--mapping", "uk-ministers", "-o", str(out)]) == 2
    assert "--mapping is for registers" in capsys.readouterr().err
    assert run(["build", str(tmp_path / "r.csv"), "--mapping", "uk-ministers", "-o", str(out)]) == 1
    assert "of the mapping" in capsys.readouterr().err
