"""The pages: what each kind shows, that it shows text as text, and how it travels."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from kg import pipeline, queries
from kg.serve.pages.dates import dated, when
from kg.serve.pages.links import Links, file_name, outside
from kg.serve.pages.marking import Mark, paragraphs, steps
from kg.serve.pages.rendering import capital, heading
from kg.store import Store
from kg.tables import write
from tests.servers import BASE, Got, fetch, kg_serve, store_of

TEXTS = {
    "a.txt": """Harbour leader Ada Morales meets Jonas Lindqvist

Ada Morales, the leader of the Harbour Party, met Jonas Lindqvist in Skagen on 3 March 2020.

"We agreed on everything that matters," Morales said. "It was a long evening."

She will meet the Fishing Council next week.
""",
    "b.txt": """Second thoughts

Jonas Lindqvist, the mayor of Skagen, said that he had never met Ada Morales <script>alert(1)</script>.

<img src=x onerror=alert(2)> "javascript:alert(3) is no address," said Jonas Lindqvist. \u202edesrever Wordwithoutend"""
    + "x" * 300
    + "\n",
}
SOURCES = """file,publisher,url,published
a.txt,The Lantern & Sons,https://lantern.example/a?x=1&y=2,2020-03-04
b.txt,"<b>Bold</b> News",javascript:alert(4),2020-03-06
"""

DIFFER = f"""
@base <{BASE}> .
@prefix wm: <https://w3id.org/whomet#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<document/one.txt> a wm:Document ; dcterms:title "Talks at last" ; dcterms:identifier "one.txt" ;
  rdfs:label "Talks at last" ; dcterms:publisher "The Lantern" ; wm:earliest "2020-03-04"^^xsd:date ;
  wm:latest "2020-03-04"^^xsd:date .
<document/two.txt> a wm:Document ; dcterms:title "No talks" ; dcterms:identifier "two.txt" ; rdfs:label "No talks" ;
  dcterms:publisher "Morning Post" .
<person/ada> a wm:Person ; rdfs:label "Ada Morales" ; wm:mentionedIn <document/one.txt#char=0,11> .
<person/jonas> a wm:Person ; rdfs:label "Jonas Lindqvist" .
<place/skagen> a wm:Place ; rdfs:label "Skagen" . <place/aalborg> a wm:Place ; rdfs:label "Aalborg" .
<meeting/1> a wm:Meeting ; rdfs:label "Ada Morales met Jonas Lindqvist" ; wm:status wm:Held ; wm:place <place/skagen> ;
  wm:participant <person/ada>, <person/jonas> ; wm:host <person/ada> ; wm:when "on Tuesday" ;
  wm:dateBasis wm:RelativeToPublication ; wm:earliest "2020-03-03"^^xsd:date ; wm:latest "2020-03-03"^^xsd:date ;
  wm:reason "meeting word (+1.00): told by 'met'" ; wm:evidence <document/one.txt#char=0,44> .
<meeting/2> a wm:Meeting ; rdfs:label "Jonas Lindqvist denied to have met Ada Morales" ; wm:status wm:Denied ;
  wm:participant <person/ada>, <person/jonas> ; wm:place <place/aalborg> ; wm:dateBasis wm:BoundedByPublication ;
  wm:evidence <document/two.txt#char=0,52> ; wm:unnamedParticipant "two aides" .
<occasion/1> a wm:Occasion ; wm:account <meeting/1>, <meeting/2> .
<meeting/3> a wm:Meeting ; rdfs:label "Ada Morales not to meet Jonas Lindqvist" ; wm:status wm:Cancelled ;
  wm:participant <person/ada>, <person/jonas> ; wm:earliest "2020-01-01"^^xsd:date ; wm:latest "2020-12-31"^^xsd:date ;
  wm:evidence <document/two.txt#char=60,100> .
<occasion/2> a wm:Occasion ; wm:account <meeting/3> ; wm:heldAs <occasion/1> .
<document/one.txt#char=0,11> a wm:Passage ; wm:exact "Ada Morales" ; wm:start 0 ; wm:end 11 ;
  wm:passageOf <document/one.txt> .
<document/one.txt#char=0,44> a wm:Passage ; wm:exact "Ada Morales met Jonas Lindqvist on Tuesday." ;
  wm:start 0 ; wm:end 44 ; wm:passageOf <document/one.txt> .
<document/two.txt#char=0,52> a wm:Passage ; wm:exact "Mr Lindqvist denied that he had met with Ms Morales." ;
  wm:start 0 ; wm:end 52 ; wm:passageOf <document/two.txt> .
<document/two.txt#char=60,100> a wm:Passage ; wm:exact "A meeting planned for 2020 was called off" ;
  wm:start 60 ; wm:end 100 ; wm:passageOf <document/two.txt> .
"""
"""Two documents that disagree on one meeting."""


class Read(HTMLParser):
    """A page: its links, ids, scripts and text; fails where tags do not nest."""

    VOID = frozenset(("meta", "link", "input", "br", "img", "hr"))

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append((tag, given))
        assert not any(name.startswith("on") or name == "style" for name in given)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and "href" in given:
            self.links.append(str(given["href"]))
            assert "a" not in self._open
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, text in {**TEXTS, "sources.csv": SOURCES}.items():
        (folder / name).write_text(text, "utf-8")
    with Store.open(folder / "kg", BASE) as opened:
        pipeline.build([folder], opened)
    return folder / "kg"


@pytest.fixture(scope="module")
def url(store: Path) -> Iterator[str]:
    with kg_serve(store, store.parent / "log", "--workers", "1") as address:
        yield address


def page(url: str, path: str) -> Read:
    got = fetch(f"{url}/{path}", {"Accept": "text/html"})
    assert got.status == 200, got.text
    return Read(got.text)


@pytest.fixture(scope="module")
def everything(url: str) -> dict[str, Got]:
    """Every page that can be reached from the first one, by its address."""
    found: dict[str, Got] = {}
    waiting = [f"{url}/"]
    while waiting:
        address = waiting.pop()
        found[address] = fetch(address, {"Accept": "text/html, */*;q=0.1"})
        if found[address].status == 303:  # a node's lasting address leads to its page
            found[address] = fetch(urljoin(address, found[address].headers["Location"]), {"Accept": "text/html"})
        if found[address].media == "text/html":
            for link in Read(found[address].text).links:
                then = urljoin(address, link).partition("#")[0]
                if urlsplit(then).netloc == urlsplit(url).netloc and then not in found and then not in waiting:
                    waiting.append(then)
    return found


def test_every_link_leads_somewhere(everything: dict[str, Got]) -> None:
    assert {address: got.status for address, got in everything.items() if got.status != 200} == {}
    kinds = {urlsplit(address).path.split("/")[2] for address in everything if "/page/" in address}
    assert {"person", "party", "place", "occasion", "statement", "document", "office", "tenure", "role"} <= kinds


def test_every_anchor_is_there(everything: dict[str, Got]) -> None:
    for address, got in everything.items():
        if got.media != "text/html":
            continue
        for link in Read(got.text).links:
            then, _, anchor = urljoin(address, link).partition("#")
            if anchor and then in everything:
                assert anchor in Read(everything[then].text).ids, (address, link)


def test_every_page_is_light_sound_and_named(everything: dict[str, Got]) -> None:
    titles = {}
    for address, got in everything.items():
        if got.media != "text/html":
            continue
        read = Read(got.text)
        assert len(got.body) <= 60_000, address
        assert len(read.ids) == len(set(read.ids)), address
        tags = [tag for tag, _ in read.tags]
        assert tags.count("h1") == 1 and "main" in tags and "header" in tags and "footer" in tags, address
        assert any(tag == "html" and given.get("lang") == "en" for tag, given in read.tags)
        named = {given["for"] for tag, given in read.tags if tag == "label"}
        fields = [given for tag, given in read.tags if tag in ("input", "select", "textarea")]
        fields = [given for given in fields if given.get("type") != "hidden"]
        assert all(field.get("id") in named for field in fields), address
        described = [given["content"] for tag, given in read.tags if given.get("name") == "description"]
        assert len(described) == 1 and described[0]
        titles[address] = re.search("<title>(.*?)</title>", got.text)
    assert all(titles.values())


def test_nothing_foreign_is_loaded(everything: dict[str, Got]) -> None:
    for address, got in everything.items():
        if got.media == "text/html":
            for tag, given in Read(got.text).tags:
                source = given.get("src") or (given.get("href") if tag == "link" else None)
                assert not source or not urlsplit(source).netloc, address


def test_text_of_documents_stays_text(everything: dict[str, Got]) -> None:
    shown = everything[next(address for address in everything if address.endswith("document/b.txt"))]
    read = Read(shown.text)
    assert "<script>alert(1)</script>" in read.text and "<img src=x onerror=alert(2)>" in read.text
    assert "�desrever" in read.text and "\u202e" not in shown.text
    for address, got in everything.items():
        if got.media == "text/html":
            read = Read(got.text)
            assert not any(link.lower().startswith("javascript:") for link in read.links), address
            assert all(given.get("src") for tag, given in read.tags if tag == "script")
            assert not any(tag == "b" for tag, _ in read.tags)
            assert all("picture=" in str(given["src"]) for tag, given in read.tags if tag == "img")
    assert "javascript:alert(4)" in Read(shown.text).text


def test_a_document_has_its_names_words_and_meetings_marked(url: str) -> None:
    text = TEXTS["a.txt"]
    read = page(url, "page/document/a.txt")
    start = text.index("Jonas Lindqvist in")
    name = next(given for tag, given in read.tags if given.get("id") == f"char={start},{start + 15}")
    assert name["class"] == "name" and str(name["href"]).endswith("person/jonas-lindqvist")
    start = text.index("We agreed")
    assert any(i.startswith(f"char={start},") for i in read.ids)
    met = text.index("Ada Morales, the leader")
    marked = [given["class"] for _, given in read.tags if str(given.get("id", "")).startswith(f"char={met},")]
    assert "meeting" in marked
    notes = [given for tag, given in read.tags if tag == "a" and str(given.get("class", "")).startswith("note")]
    assert any("occasion/" in str(note["href"]) for note in notes) and any(
        "statement/" in str(n["href"]) for n in notes
    )


def test_a_person_shows_the_sentence_behind_each_fact(url: str) -> None:
    read = page(url, "page/person/ada-morales")
    assert "met Jonas Lindqvist in Skagen on 3 March 2020." in read.text
    assert "We agreed on everything that matters" in read.text
    assert "leader of Harbour Party" in read.text and "The Lantern & Sons" in read.text
    assert "planned" in read.text
    assert any("document/a.txt#char=" in link for link in read.links)
    assert any(given.get("datetime") == "2020-03-03" for tag, given in read.tags if tag == "time")


def test_accounts_that_differ_stand_side_by_side(tmp_path: Path) -> None:
    folder = store_of({"graph/main": DIFFER}, tmp_path / "kg")
    with kg_serve(folder, tmp_path / "log", "--workers", "1") as url:
        read = page(url, "page/occasion/1")
        for words in (
            "They differ on whether it took place and where it was",
            "The Lantern",
            "Morning Post",
            "two aides",
        ):
            assert words in read.text
        assert "“on Tuesday”: counted from the day of publication" in read.text
        assert "the text gives no date; it lies before the publication" in read.text
        assert "Announced before: Ada Morales not to meet Jonas Lindqvist" in read.text
        accounts = [given["class"] for tag, given in read.tags if str(given.get("class")).startswith("account ")]
        assert accounts == ["account held", "account denied"]
        statuses = [given["class"] for _, given in read.tags if str(given.get("class")).startswith("status ")]
        assert "status denied" in statuses and "status held" in statuses
        alone = page(url, "page/meeting/2")
        assert "the meeting with all accounts" in alone.text and "Tuesday" not in alone.text
        person = page(url, "page/person/ada")
        assert "some day in 2020" in person.text and "cancelled" in person.text and "Later held" in person.text
        assert any(given.get("class") == "date range" for _, given in person.tags)
        assert "The text is not kept beside this graph." in page(url, "page/document/two.txt").text


@pytest.mark.parametrize(
    "path, words",
    [
        ("", ["Latest meetings", "Ada Morales"]),
        ("people", ["Ada Morales", "Jonas Lindqvist"]),
        ("people?order=name", ["by name"]),
        ("people?page=99999", ["Ada Morales"]),
        ("page/place/skagen", ["Meetings here", "Jonas Lindqvist"]),
        ("page/party/harbour-party", ["leader"]),
        ("page/office/leader-of-harbour-party", ["Ada Morales", "current"]),
        ("page/role/leader", ["Who holds it", "Ada Morales"]),
        ("search?q=lindquist", ["Jonas Lindqvist"]),
        ("search?q=moralez+ada", ["Ada Morales", "leader of Harbour Party"]),
        ("search?q=%22everything+that+matters%22", ["Statements", "everything that matters"]),
        ("search?q=%3Cscript%3E", ["<script>"]),
        ("search?q=nothingofthekind", ["Try fewer words"]),
        ("query", ["Who met whom"]),
        ("query/meetings-of", ["Fill in what is needed"]),
        ("query/meetings-of?participant=Lindqvist", ["Ada Morales", "The SPARQL"]),
        ("query/meetings-of?participant=Nobody", ["nothing is called 'Nobody'"]),
        ("query/offices?status=Current", ["mayor"]),
        ("editor", ["SPARQL", "Examples", "ended after 30 seconds"]),
        ("editor?example=meetings-of", ["VALUES ?participant { UNDEF }", "ask it with a form"]),
        ("editor?example=none", ["SPARQL", "Examples"]),
        ("editor?query=SELECT+%28%22%3Cb%3E%22+AS+%3Fx%29+%7B%7D&view=json", ['"value":', "<b>"]),
        ("editor?query=SELECT+%28%22%3Cb%3E%22+AS+%3Fx%29+%7B%7D&view=csv", ["Raw CSV", "x <b>"]),
        ("editor?query=SELECT+%281+AS+%3Fx%29+%7B%7D&view=nonsense", ["Raw TSV"]),
        ("editor?query=SELECT+%3Fx+%7B%0A+%3Fx+a+%0A%7D", ["line 3", "^"]),
        ("editor?query=ASK+%7B%7D", ["Yes."]),
        ("editor?query=SELECT+%28COUNT%28*%29+AS+%3Fn%29+%7B+%3Fx+a+wm%3ADocument+%7D", ["Answer", "2"]),
        ("editor?query=SELECT+*+%7B+SERVICE+%3Chttp%3A%2F%2F127.0.0.1%3A1%2F%3E+%7B%7D+%7D", ["calls no other"]),
        ("about", ["documents", "The Lantern & Sons"]),
    ],
)
def test_a_page_shows(url: str, path: str, words: list[str]) -> None:
    text = page(url, path).text
    assert [word for word in words if word not in text] == []


def test_tables_are_taken_away(url: str, store: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(fetch(f"{url}/page/person/ada-morales?table=meetings&format=csv").text)))
    assert any(row["date"] == "2020-03-03" and "Jonas Lindqvist" in row["participants"] for row in rows)
    assert all(row["evidence"] and row["document"] for row in rows)
    met = json.loads(fetch(f"{url}/page/person/ada-morales?table=company&format=json").body)
    assert [(row["name"], row["meetings"]) for row in met] == [("Jonas Lindqvist", "1")]
    told = fetch(f"{url}/page/person/ada-morales?table=documents&format=csv").text.splitlines()
    assert len(told) == 3 and any("document/a.txt#char=" in line for line in told)
    told = json.loads(fetch(f"{url}/people?format=json").body)
    assert {"Ada Morales", "Jonas Lindqvist"} <= {row["name"] for row in told}
    with Store.open(store, read_only=True) as opened:
        local = write(queries.run("meetings-of", {"participant": "Jonas Lindqvist"}, opened), "csv")
    assert fetch(f"{url}/query/meetings-of?participant=Jonas+Lindqvist&format=csv").text == local


@pytest.mark.parametrize(
    "path, status",
    [
        ("page/person/nobody", 404),
        ("nowhere/at/all", 404),
        ("page/document/none.txt", 404),
        ("page/occasion/none", 404),
        ("page/statement/%3Cscript%3E", 404),
        ("query/none", 404),
        ("page/person/ada-morales?table=none&format=csv", 404),
        ("people?format=exe", 406),
        ("static/..%2Fsite.py", 404),
        ("static/none.css", 404),
    ],
)
def test_what_is_not_there_is_said(url: str, path: str, status: int) -> None:
    got = fetch(f"{url}/{path}", {"Accept": "text/html"})
    assert got.status == status and "<script>" not in got.text.replace("<script src", "")
    if status == 404 and not path.startswith("static"):
        assert got.media == "text/html"


def test_an_answer_that_has_not_changed_is_not_sent_again(url: str) -> None:
    first = fetch(f"{url}/page/person/ada-morales")
    tag = first.headers["ETag"]
    again = fetch(f"{url}/page/person/ada-morales", {"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"") and "must-revalidate" in first.headers["Cache-Control"]
    assert fetch(f"{url}/people").headers["ETag"] != tag


def test_headers_keep_a_page_from_harm(url: str) -> None:
    for path in ("", "page/person/ada-morales", "static/site.css", "api/queries", "page/person/nobody"):
        headers = fetch(f"{url}/{path}").headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "earliest, latest, words, sure",
    [
        ("2016-02-29", "2016-02-29", "29 February 2016", "day"),
        ("2016-01-01", "2016-12-31", "some day in 2016", "range"),
        ("2018-07-01", "2018-07-31", "some day in July 2018", "range"),
        ("2022-04-25", "2022-05-01", "between 25 April and 1 May 2022", "range"),
        ("2022-04-25", "2022-04-26", "between 25 and 26 April 2022", "range"),
        ("2021-12-31", "2022-01-01", "between 31 December 2021 and 1 January 2022", "range"),
        ("", "2022-05-01", "by 1 May 2022", "open"),
        ("2022-05-01", "", "from 1 May 2022 on", "open"),
        ("", "", "date unknown", "none"),
        ("nonsense", None, "date unknown", "none"),
    ],
)
def test_a_date_says_how_sure_it_is(earliest: str, latest: str, words: str, sure: str) -> None:
    found = when(earliest, latest)
    assert (found.words, found.sure) == (words, sure)


@pytest.mark.parametrize(
    "text, words",
    [
        ("The Lantern, 2020-03-04", "The Lantern, 4 March 2020"),
        ("The Lantern, 2022-04-25/2022-05-01", "The Lantern, between 25 April and 1 May 2022"),
        ("../2022-05-01", "by 1 May 2022"),
        ("2022-05-01/..", "from 1 May 2022 on"),
        ("../..", "../.."),
        ("2022-13-01", "2022-13-01"),
        ("on 2022-05-01", "on 2022-05-01"),
        ("The Lantern", "The Lantern"),
        ("", ""),
    ],
)
def test_days_and_intervals_are_written_in_words(text: str, words: str) -> None:
    assert dated(text) == words


def test_headings_begin_with_a_capital() -> None:
    assert [heading(column) for column in ("person", "otherNames", "heldAs", "documentURL", "")] == [
        "Person",
        "Other names",
        "Held as",
        "DocumentURL",
        "",
    ]
    assert capital("deputy leader of Åland") == "Deputy leader of Åland"


@pytest.mark.parametrize(
    "marks, written",
    [
        ([(0, 3, "a")], "<a>abc</a>defgh"),
        ([(0, 8, "a"), (2, 4, "b")], "<a>ab<b>cd</b>efgh</a>"),
        ([(0, 4, "a"), (2, 6, "b")], "<a>ab<b>cd</b></a><b>ef</b>gh"),
        ([(0, 4, "a"), (0, 4, "b")], "<a><b>abcd</b></a>efgh"),
        ([(0, 2, "a"), (2, 4, "b")], "<a>ab</a><b>cd</b>efgh"),
        ([(-5, 2, "a"), (6, 20, "b")], "<a>ab</a>cdef<b>gh</b>"),
        ([(0, 6, "a"), (1, 8, "b"), (2, 3, "c")], "<a>a<b>b<c>c</c>def</b></a><b>gh</b>"),
        ([(3, 3, "a")], "abcdefgh"),
    ],
)
def test_marks_that_overlap_are_written_nested(marks: list[tuple[int, int, str]], written: str) -> None:
    out = ""
    for step in steps("abcdefgh", 0, 8, [Mark(*mark) for mark in marks]):
        if step.kind == "text":
            out += step.text
        else:
            assert step.mark
            out += f"<{'/' * (step.kind == 'end')}{step.mark.kind}>"
    assert out == written


def test_paragraphs_are_between_empty_lines_or_lines() -> None:
    cut = "one\ntwo\n\nthree\n"
    assert [cut[a:b].strip() for a, b in paragraphs(cut, 0, len(cut))] == ["one\ntwo", "three"]
    lines = "x one\ntwo\nthree"
    assert [lines[a:b] for a, b in paragraphs(lines, 2, len(lines))] == ["one", "two", "three"]


def test_links_are_relative() -> None:
    assert Links("page/person/jane").to("person/joe") == "../../page/person/joe"
    assert Links("").to("people", page=2) == "./people?page=2"
    assert Links("people").passage("document/a.txt", 13_000, 13_010) == "./page/document/a.txt?part=2#char=13000,13010"
    assert file_name("document/caf%C3%A9.txt", {"part": "2"}) == "document/café.txt.part-2.html"
    assert file_name("person/joe", {"table": "meetings", "format": "csv"}) == "person/joe.meetings.csv"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//x", "http://", "ftp://x/y", "http://["]
)
def test_only_the_web_is_linked_to(address: str) -> None:
    assert outside(address) is None
