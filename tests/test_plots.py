"""Pictures: what each shows, that it is drawn alike each time, and how the command is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg import plots
from kg.cli import run
from kg.errors import QueryError, UsageError
from kg.store import Store
from tests.servers import BASE, store_of
from tests.test_queries import TURTLE

MORE = """
<person/far> a wm:Person ; rdfs:label "Far Away" .
<person/near> a wm:Person ; rdfs:label "Near By" .
<person/one> a wm:Person ; rdfs:label "<b>One</b> & only" .
<meeting/m1> a wm:Meeting ; rdfs:label "One met Near" ; wm:participant <person/one>, <person/near> ; wm:status wm:Held ;
  wm:earliest "2020-01-02"^^xsd:date ; wm:latest "2020-01-02"^^xsd:date .
<occasion/m1> wm:account <meeting/m1> .
<meeting/m2> a wm:Meeting ; rdfs:label "Near met Far" ; wm:participant <person/far>, <person/near> ; wm:status wm:Held ;
  wm:earliest "2021-03-01"^^xsd:date ; wm:latest "2021-05-01"^^xsd:date .
<occasion/m2> wm:account <meeting/m2> .
<meeting/m3> a wm:Meeting ; rdfs:label "One was to meet Far" ; wm:participant <person/one>, <person/far> ;
  wm:status wm:Cancelled ; wm:latest "2021-06-01"^^xsd:date .
<occasion/m3> wm:account <meeting/m3> .
<statement/s1> a wm:Statement ; rdfs:label "One: yes" ; wm:speaker <person/one> ;
  wm:earliest "2020-07-01"^^xsd:date ; wm:latest "2020-07-01"^^xsd:date .
<document/d1> a wm:Document ; rdfs:label "d1" ; dcterms:issued "2020-02-02"^^xsd:date .
<document/d1#a> wm:passageOf <document/d1> .
<role/mayor> skos:prefLabel "mayor" .
<place/skagen> a wm:Place ; rdfs:label "Skagen" .
<tenure/t1> a wm:Tenure ; org:member <person/one> ; wm:status wm:Current ; org:role <role/mayor> ;
  wm:jurisdiction <place/skagen> ; wm:evidence <document/d1#a> .
<office/mayor> a wm:Office ; rdfs:label "mayor of Skagen" ; wm:tenure <tenure/t1> .
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    prefixes = TURTLE.partition("<document/a>")[0]
    return store_of({"graph/plots": prefixes + MORE}, tmp_path_factory.mktemp("plots") / "kg")


def rows(store: Path, kind: str, **given: str) -> list[dict[str, object]]:
    with Store.open(store, read_only=True) as opened:
        return list(plots.found(kind, {name.rstrip("_"): text for name, text in given.items()}, opened))


def test_a_network_goes_two_steps(store: Path) -> None:
    found = {(row["personName"], row["metName"]) for row in rows(store, "network", person="Near By")}
    assert found == {("Near By", "<b>One</b> & only"), ("Far Away", "Near By")}
    assert len(rows(store, "network", person=f"{BASE}person/one")) == 2
    assert len(rows(store, "network", person=f"{BASE}person/one", to="2020")) == 1
    assert len(rows(store, "network")) == 2


def test_a_timeline_has_meetings_and_statements_with_bounds(store: Path) -> None:
    found = rows(store, "timeline", about=f"{BASE}person/one")
    assert [row["what"] for row in found] == ["held", "said", "cancelled"]
    assert found[2]["earliest"] is None and str(found[2]["latest"]) == "2021-06-01"
    assert len(rows(store, "timeline", about="Far Away", from_="2021")) == 2


def test_months_count_only_what_is_known_to_the_month(store: Path) -> None:
    assert rows(store, "months") == [{"month": "2020-01", "status": "held", "meetings": 1}]


@pytest.mark.parametrize("given", [{"office": f"{BASE}office/mayor"}, {"of": "Skagen"}, {"person": "only"}, {}])
def test_offices_are_told_by_documents(store: Path, given: dict[str, str]) -> None:
    assert [(row["personName"], row["title"], row["status"]) for row in rows(store, "offices", **given)] == [
        ("<b>One</b> & only", "mayor", "current")
    ]


@pytest.mark.parametrize(
    ("kind", "given", "words"),
    [
        ("network", {}, ["Near By", "Far Away", "&lt;b&gt;One&lt;/b&gt; &amp; only"]),
        ("timeline", {"about": "Near By"}, ["One met Near", "Near met Far", "held"]),
        ("months", {}, ["meetings"]),
        ("offices", {}, ["mayor of Skagen", "current"]),
    ],
)
def test_each_picture_is_drawn_alike_each_time(store: Path, kind: str, given: dict[str, str], words: list[str]) -> None:
    with Store.open(store, read_only=True) as opened:
        table = plots.found(kind, given, opened)
    drawn = plots.svg(plots.picture(kind, table))
    assert drawn == plots.svg(plots.picture(kind, table)) != plots.svg(plots.picture(kind, table, "dark"))
    for each in words:
        assert each in drawn.decode()
    assert "NaN" not in drawn.decode() and not re.search(rb"(href|src)=|<script", drawn)


def test_a_png_is_one(store: Path) -> None:
    with Store.open(store, read_only=True) as opened:
        drawn = plots.png(plots.picture("months", plots.found("months", {}, opened)))
    assert drawn.startswith(b"\x89PNG")


def test_what_cannot_be_drawn_is_told(store: Path) -> None:
    with Store.open(store, read_only=True) as opened:
        nothing = plots.found("months", {"from": "2030"}, opened)
        with pytest.raises(QueryError, match="nothing is known"):
            plots.picture("months", nothing)
        with pytest.raises(UsageError, match="network, timeline"):
            plots.found("pie", {}, opened)
    assert b"Nothing is known" in plots.svg(plots.empty())


def test_the_command(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def plot(*arguments: str) -> int:
        return run(["plot", *arguments, "--store", str(store)])

    assert plot("network", "--person", "Near By", "-o", str(tmp_path / "a.svg")) == 0
    assert b"Far Away" in (tmp_path / "a.svg").read_bytes()
    assert plot("network", "-o", str(tmp_path / "a.csv")) == 0
    assert (tmp_path / "a.csv").read_text("utf-8").startswith("person,personName,met,metName,occasions")
    assert plot("months", "--person", "Near By", "-o", str(tmp_path / "b.svg")) == 2
    assert "--about, --from, --to" in capsys.readouterr().err
    assert plot("months", "-o", str(tmp_path / "b.gif")) == 2
    assert "svg" in capsys.readouterr().err and not (tmp_path / "b.gif").exists()
