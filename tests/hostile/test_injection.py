"""A document that tries to become code: markup, SPARQL, formulas, steering of terminals; built and shown everywhere."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urljoin, urlsplit

import pyoxigraph as ox
import pytest
from lxml import etree

import kg
from kg import pipeline, queries
from kg.cli import run
from kg.store import Store
from tests.hostile.serving import Served, served
from tests.hostile.tally import Effort, Tally
from tests.servers import fetch

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
QUERY = '"} } ; DROP ALL ; SELECT * { ?s ?p "'
FORMULAS = ("=cmd|'/C calc'!A0", "+1+2", "-2+3", "@SUM(1)", '=HYPERLINK("http://a.example","b")')
STORY = f"""=1+1 Harbour mayor meets minister {MARKUP}

Harbour mayor Jane Doe met the finance minister, Richard Roe, in Lisbon on 3 March 2021.

“{MARKUP}{QUERY}” said Richard Roe, the leader of the Quay Party.

“=cmd|'/C calc'!A0 is what we agreed,” Jane Doe told the Harbour “]]>&lt;/script&gt; Times.

\x1b]0;owned\x07Jane \x1b[31mDoe\x1b[0m said: “\x1b[2J\u202egnihton\u202c was agreed.”

“-2+3+cmd is our offer,” said Omar =HYPERLINK Khalidi, chair of the @SUM Trust.
"""
NAMES = ("=cmd.txt", "a<b>&'\"c.txt", "esc\x1b[31m\nline.txt", "a..%2f..%2fetc.txt", "\u202etxt.exe.txt", "+1 {}.txt")


class _Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("hostile")
    texts = folder / "texts"
    texts.mkdir()
    for n, name in enumerate(NAMES):
        (texts / name).write_text(STORY.replace("3 March", f"{n + 1} March"), "utf-8")
    rows = [f'"{name}","{formula.replace(chr(34), chr(34) * 2)}",{"javascript:alert(1)"},2021-03-04'
            for name, formula in zip((NAMES[0], NAMES[3]), FORMULAS, strict=False)]  # fmt: skip
    (texts / "sources.csv").write_text("file,publisher,url,published\n" + "\n".join(rows) + "\n", "utf-8")
    with Store.open(folder / "store") as opened:
        report = pipeline.build([texts], opened, pipeline.Settings(workers=0))
        assert len(report.documents) == len(NAMES), report.skipped
    yield folder / "store"


@pytest.fixture(scope="module")
def server(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(store, tmp_path_factory.mktemp("log") / "log") as each:
        yield each


def safe_page(body: str) -> None:
    """A page runs nothing that a document brought: no script but the page's own, no handler, no address of scripts."""
    tags = _Tags()
    tags.feed(body)
    for tag, given in tags.found:
        assert not [name for name in given if name.startswith("on")], given
        for name in ("href", "src", "action"):
            assert not (given.get(name) or "").strip().lower().startswith(("javascript:", "data:text")), given
        assert tag != "img" or given.get("src") != "x"
    assert "<script>alert" not in body


def safe_table(text: str) -> None:
    """No cell runs as a formula."""
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            assert not cell.startswith(FORMULA) or cell.removeprefix("-").replace(".", "", 1).isdigit(), cell


def test_every_offset_is_true_and_the_text_is_as_it_was(store: Path, tally: Tally) -> None:
    with kg.open(store) as graph:
        whole = {found.document.text for found in graph.store.findings()}
        rows = list(
            graph.sparql(  # type: ignore[arg-type]
                "SELECT ?start ?end ?words { ?p wm:start ?start ; wm:end ?end ; wm:exact ?words }"
            )
        )
        assert len(rows) > 50
        for row in rows:
            assert any(text[row["start"] : row["end"]] == row["words"] for text in whole)
    tally.add("bad inputs tried", len(NAMES))
    tally.add("tracebacks", 0)


def test_pages_run_nothing(server: Served, tally: Tally, effort: Effort) -> None:
    todo, seen = ["/"], set()
    kinds: dict[str, int] = {}
    while todo and len(seen) < effort.of(90, 250, 1000):
        path = todo.pop(0)
        if path in seen:
            continue
        seen.add(path)
        got = fetch(server.url + path, {"Accept": "text/html"})
        assert got.status in (200, 303, 400, 404), (path, got.status, got.text[:200])
        if got.media != "text/html":
            if got.media == "text/csv":
                safe_table(got.text)
            continue
        safe_page(got.text)
        tags = _Tags()
        tags.feed(got.text)
        for _, given in tags.found:
            link = urlsplit(urljoin(server.url + path, given.get("href") or ""))
            if f"{link.scheme}://{link.netloc}" != server.url:
                continue
            kind = link.path.split("/")[1] + ("?" if link.query else "")
            kinds[kind] = kinds.get(kind, 0) + 1
            if kinds[kind] <= 12:
                todo.append(link.path + (f"?{link.query}" if link.query else ""))
    assert len(seen) > 40 and len(kinds) > 8, kinds
    tally.add("hostile requests tried", len(seen))
    tally.add("hostile requests that reached what is not theirs", 0)


@pytest.mark.parametrize(
    "bad", [MARKUP, QUERY, "\x1b[31m", "' OR 1=1 --", "\u202e", "%00", "../../etc/passwd", "{{7*7}}"]
)
def test_parameters_become_nothing_but_words(server: Served, tally: Tally, bad: str) -> None:
    paths = [f"/search?q={quote(bad)}", f"/api/queries/who-met-whom?person={quote(bad)}",
             f"/api/queries/documents?from={quote(bad)}", f"/person/{quote(bad)}", f"/sparql?query={quote(bad)}",
             f"/api/queries/{quote(bad)}", f"/document/{quote(bad, safe='')}"]  # fmt: skip
    for path in paths:
        got = fetch(server.url + path, {"Accept": "text/html"})
        assert got.status < 500, (path, got.status)
        assert "Traceback" not in got.text
        if got.media == "text/html":
            safe_page(got.text)
            assert "49" not in got.text or "{{7*7}}" not in bad or "{{7*7}}" in got.text
    tally.add("hostile requests tried", len(paths))


def test_no_table_runs_as_a_formula(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], tally: Tally
) -> None:
    number = 0
    for name in (path.stem for path in queries.files()):
        if run(["query", name, "--store", str(store), "--format", "csv"]) == 0:
            safe_table(capsys.readouterr().out)
            number += 1
        capsys.readouterr()
    assert number > 10
    assert run(["sparql", "SELECT ?o { ?s ?p ?o }", "--store", str(store), "--format", "csv"]) == 0
    cells = capsys.readouterr().out
    assert "'=" in cells, "a formula is there, and made harmless"
    safe_table(cells)
    assert run(["identities", "--store", str(store), "--format", "csv"]) == 0
    safe_table(capsys.readouterr().out)
    assert run(["export", "-f", "csv-tables", "-o", str(tmp_path / "tables"), "--store", str(store)]) == 0
    for path in (tmp_path / "tables").glob("*.csv"):
        safe_table(path.read_text("utf-8"))
    for picture in ("network", "timeline", "months"):
        run(["plot", picture, "-o", str(tmp_path / f"{picture}.csv"), "--store", str(store)])
        if (tmp_path / f"{picture}.csv").exists():
            safe_table((tmp_path / f"{picture}.csv").read_text("utf-8"))
    tally.add("bad inputs tried", number + 6)


@pytest.mark.parametrize("form, read", [
    ("turtle", ox.RdfFormat.TURTLE), ("ntriples", ox.RdfFormat.N_TRIPLES), ("nquads", ox.RdfFormat.N_QUADS),
    ("trig", ox.RdfFormat.TRIG), ("rdfxml", ox.RdfFormat.RDF_XML), ("graphml", None),
])  # fmt: skip
def test_exports_are_well_formed(store: Path, tmp_path: Path, form: str, read: ox.RdfFormat | None) -> None:
    out = tmp_path / "graph"
    assert run(["export", "-f", form, "-o", str(out), "--store", str(store)]) == 0
    if read is None:
        etree.fromstring(out.read_bytes(), etree.XMLParser(resolve_entities=False))
    else:
        assert len(list(ox.parse(out.read_bytes(), format=read))) > 500


def test_a_site_runs_nothing(store: Path, tmp_path: Path) -> None:
    assert run(["site", "-o", str(tmp_path / "site"), "--store", str(store)]) == 0
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 20
    for path in pages:
        safe_page(path.read_text("utf-8"))
        assert path.resolve().is_relative_to((tmp_path / "site").resolve())


def test_a_terminal_is_not_steered(store: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for command in (
        ["query", "documents"],
        ["query", "statements-by"],
        ["explain", "Jane Doe"],
        ["stats"],
        ["identities"],
        ["query", "who-met-whom", "--person", "\x1b[31mnobody"],
        ["query", "\x1b[2Jno-such-query"],
        ["explain", "\u202enobody"],
        ["sparql", "SELECT \x1b[31m"],
        ["remove", "\x1b[31mnowhere"],
    ):
        run([*command, "--store", str(store)])
        said = capsys.readouterr()
        for text in (said.out, said.err):
            assert not STEERING.search(text), (command, text)
    bad = tmp_path / "\x1b[31mno\nway"
    run(["build", str(bad), "--store", str(tmp_path / "s")])
    assert not STEERING.search(capsys.readouterr().err)
