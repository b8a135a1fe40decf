"""The site as files: complete, with relative links alone, searchable without a server, brought up to date."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from kg.cli import run
from kg.errors import StoreError
from kg.serve.pages.files import MARKER, write
from kg.store import Store
from tests.servers import BASE, store_of
from tests.test_pages import DIFFER, Read

ODD = DIFFER + (
    '<person/b%C3%BC%20%22x> a wm:Person ; rdfs:label "</script><b>Bü" . '
    f'<document/{"long" * 60}.txt> a wm:Document ; dcterms:title "long" ; dcterms:identifier "long" ; rdfs:label "l" . '
    '<document/..%2F..%2Fescape.txt> a wm:Document ; dcterms:title "up" ; dcterms:identifier "up" ; rdfs:label "up" .'
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    store_of({"graph/main": ODD}, folder / "kg")
    assert run(["site", "--store", str(folder / "kg"), "-o", str(folder / "out")]) == 0
    return folder / "out"


def test_every_link_leads_to_a_file(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 40
    for path in pages:
        read = Read(path.read_text("utf-8"))
        sources = [str(g.get("src") or g.get("href")) for tag, g in read.tags if tag in ("script", "link")]
        for link in (*read.links, *sources):
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme == "https" and tag_is_outside(link)
            elif parts.path:
                assert not parts.path.startswith("/"), (path, link)
                target = Path(os.path.normpath(path.parent / unquote(parts.path)))
                assert target.is_relative_to(site) and target.is_file(), (path, link)


def tag_is_outside(link: str) -> bool:
    return not link.startswith(BASE)


def test_files_stay_in_their_folder(site: Path) -> None:
    assert all(path.resolve().is_relative_to(site.resolve()) for path in site.rglob("*"))
    assert not (site.parent / "escape.txt.html").exists()
    assert all(len(path.name.encode()) < 256 for path in site.rglob("*"))


def test_tables_and_graph_are_there(site: Path) -> None:
    rows = list(csv.DictReader((site / "person" / "ada.meetings.csv").read_text("utf-8").splitlines()))
    assert {row["status"] for row in rows} == {"held | denied", "cancelled"}
    assert len(json.loads((site / "person" / "ada.meetings.json").read_text("utf-8"))) == 2
    assert "wm:Meeting" in (site / "graph.ttl").read_text("utf-8")


def test_pages_of_files_need_no_server(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "/sparql" not in text and "api/queries" not in text and "page/" not in text, path
        assert 'http-equiv="Content-Security-Policy"' in text


def test_the_list_for_searching_is_harmless(site: Path) -> None:
    text = (site / "static" / "index.js").read_text("utf-8")
    assert "<" not in text
    entries = json.loads(text.removeprefix("window.KG_INDEX=").removesuffix(";\n"))
    assert [entry[2] for entry in entries if entry[1] == "Person" and "Bü" in entry[2]] == ["</script><b>Bü"]


@pytest.mark.parametrize(
    "typed, found",
    [("morales", "Ada Morales"), ("Moralse", "Ada Morales"), ("lindqv jon", "Jonas Lindqvist"), ("qq", "")],
)
def test_names_are_found_without_a_server(site: Path, typed: str, found: str) -> None:
    """The script in a stand-in for a browser, where Node is there."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    made = subprocess.run(
        [node, "-e", STAND_IN, str(site / "static"), typed], capture_output=True, text=True, timeout=30, check=True
    )
    assert (json.loads(made.stdout) or [""])[0] == found


STAND_IN = """
const fs = require("fs"), [folder, typed] = process.argv.slice(1), shown = [];
const made = () => ({ append(...them) { for (const one of them) if (one.href) shown.push(one.textContent); } });
global.window = global;
global.location = { search: "?q=" + encodeURIComponent(typed) };
global.document = { getElementById: made, createElement: made, querySelector: made };
for (const name of ["index.js", "search.js"]) (0, eval)(fs.readFileSync(folder + "/" + name, "utf8"));
console.log(JSON.stringify(shown));
"""


def test_a_site_is_brought_up_to_date(tmp_path: Path) -> None:
    folder = store_of({"graph/main": DIFFER}, tmp_path / "kg")
    with Store.open(folder) as store:
        first = write(store, tmp_path / "out")
        (tmp_path / "out" / "mine.txt").write_text("kept")
        before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*") if path.name != MARKER}
        assert write(store, tmp_path / "out") == first
        assert before[tmp_path / "out" / "index.html"] == (tmp_path / "out" / "index.html").stat().st_mtime_ns
        store.remove(f"{BASE}graph/main")
        write(store, tmp_path / "out")
    assert not (tmp_path / "out" / "person" / "ada.html").exists()
    assert (tmp_path / "out" / "mine.txt").exists() and (tmp_path / "out" / "index.html").exists()


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    folder = store_of({"graph/main": DIFFER}, tmp_path / "kg")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("x")
    with Store.open(folder) as store, pytest.raises(StoreError, match="no site of kg"):
        write(store, tmp_path / "letters")
    assert run(["site", "--store", str(folder), "-o", str(tmp_path / "letters")]) == 1


def test_the_command_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["site", "--help"]) == 0
    assert re.search(r"Example: kg site -o \w+", capsys.readouterr().out)
