"""Files in, documents out: formats, encodings, languages, sources, slugs."""

from __future__ import annotations

import hashlib
import io
import os
from datetime import date
from pathlib import Path

import pytest

from kg.documents import Reading, Skipped, read, read_all
from kg.documents.decode import decode
from kg.documents.edtf import bounds
from kg.documents.english import foreign
from kg.documents.sources import read as read_sources
from kg.errors import DataError, DocumentError
from kg.model import Document

STORY = "Minister meets union\n\nAda Quill met the Dockers’ Union in Port Avel on Tuesday.\n“We talked,” she said.\n"


def docs(*paths: Path | str) -> list[Document]:
    return [item for item in read_all(paths) if isinstance(item, Document)]


def skipped(*paths: Path | str) -> list[Skipped]:
    return [item for item in read_all(paths) if isinstance(item, Skipped)]


@pytest.mark.parametrize(
    ("literal", "first", "last"),
    [
        ("2018-04-25", "2018-04-25", "2018-04-25"),
        ("2018-04-25~", "2018-04-25", "2018-04-25"),
        ("2018-04-25T07:30:00Z", "2018-04-25", "2018-04-25"),
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2016-02?", "2016-02-01", "2016-02-29"),
        ("2018-04-XX", "2018-04-01", "2018-04-30"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2018-22", "2018-01-01", "2018-12-31"),
        ("2022-04-25/2022-05-01", "2022-04-25", "2022-05-01"),
        ("2022-04/2022-05-02%", "2022-04-01", "2022-05-02"),
        ("2022-04-25/..", "2022-04-25", None),
        ("/2022-05-01", None, "2022-05-01"),
        ("../..", None, None),
        ("", None, None),
    ],
)
def test_edtf(literal: str, first: str | None, last: str | None) -> None:
    found = bounds(literal)
    assert [found.earliest, found.latest] == [day and date.fromisoformat(day) for day in (first, last)]


@pytest.mark.parametrize(
    "literal",
    [
        "25/04/2018",
        "2018-13",
        "2018-02-30",
        "April 2018",
        "2018-4-5",
        "0000",
        "2018-05-01/2018-04-01",
        "2018-04-01/2018-04-02/2018-04-03",
        "2018-22-01",
    ],
)
def test_edtf_refuses(literal: str) -> None:
    with pytest.raises(ValueError, match=r"write a day"):
        bounds(literal)


def test_text_is_kept_as_read(tmp_path: Path) -> None:
    data = STORY.replace("\n", "\r\n").encode()
    (tmp_path / "a.txt").write_bytes(data)
    (document,) = docs(tmp_path)
    assert document.text == data.decode()
    assert document.title == "Minister meets union"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.slug, document.name) == ("a.txt", "a.txt")
    assert document.bounds == (None, None)


@pytest.mark.parametrize(
    "encoding",
    [
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "cp1252",
        "mac_roman",
    ],
)
def test_any_encoding(encoding: str) -> None:
    text = STORY + "“It wasn’t Renée’s café,” she said – “nor mine.”\n" * 3
    assert decode(text.encode(encoding)) == text


def test_latin_1_and_declared_encoding() -> None:
    assert decode("Señor Muñoz met Mme Lefèvre.".encode("latin-1")) == "Señor Muñoz met Mme Lefèvre."
    assert decode("Jiří Řehoř met Łukasz".encode("iso-8859-2"), "iso-8859-2") == "Jiří Řehoř met Łukasz"


def test_damaged_text_keeps_its_length() -> None:
    assert decode(b"Ada\x00Quill met them.") == "Ada Quill met them."
    assert decode(b"Ada \xed\xa0\x80 Quill") == "Ada \ufffd Quill"
    good = "“Yes,” said Zoë Ålund. " * 100
    assert decode(good.encode() + b"\xff end") == good + "\ufffd end"


def test_binary_is_refused() -> None:
    with pytest.raises(DocumentError, match="binary"):
        decode(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20)


def test_markdown(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        "---\ntitle: Quill in talks\ndate: 2020-03-04\nsource: The Avel Courier\n"
        "url: https://courier.example/1\nlayout: x\n---\n"
        "# Talks in *Port Avel*\n\n**Ada Quill** met [Ben Marsh](https://x.example/a_b) of the_union_list.\n\n"
        "<!-- a\nremark -->> “We talked,” she said.\n\n- Ada, chair\n",
        "utf-8",
    )
    (document,) = docs(tmp_path)
    assert document.text == (
        "Talks in Port Avel\n\nAda Quill met Ben Marsh of the_union_list.\n\n“We talked,” she said.\n\n- Ada, chair\n"
    )
    assert (document.title, document.publisher, document.address, document.published) == (
        "Quill in talks",
        "The Avel Courier",
        "https://courier.example/1",
        "2020-03-04",
    )
    assert document.bounds.latest == date(2020, 3, 4)


def test_markdown_without_front_matter(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("## Talks held\n\nAda Quill met Ben Marsh.\n---\nMore.\n", "utf-8")
    (document,) = docs(tmp_path)
    assert document.title == "Talks held"
    assert document.text.endswith("Marsh.\n---\nMore.\n")


@pytest.mark.parametrize(
    ("front", "message"),
    [
        ("a: [", "no YAML"),
        ("- a", "key: value"),
        ("date: 4 March", "is no date"),
    ],
)
def test_bad_front_matter(tmp_path: Path, front: str, message: str) -> None:
    (tmp_path / "a.md").write_text(f"---\n{front}\n---\nText.\n", "utf-8")
    assert message in skipped(tmp_path)[0].reason


PAGE = """<!doctype html><html><head><meta charset="iso-8859-1"><title>Quill meets Muñoz - Courier</title>
<meta property="og:title" content="Quill meets Muñoz"><meta property="og:site_name" content="The Avel Courier">
<meta property="article:published_time" content="2020-03-04T08:00:00Z">
<link rel="canonical" href="https://courier.example/1"></head>
<body><nav><a href="/">Home</a> <a href="/n">News</a></nav>
<article><p>Ada Quill met José Muñoz in Port Avel on Tuesday, and the two spoke of the docks at length.</p>
<p>&ldquo;We talked for an hour about the harbour,&rdquo; she said after they had left the town hall.</p></article>
<footer>Subscribe now</footer></body></html>"""


def test_html(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(PAGE.encode("latin-1"))
    (document,) = docs(tmp_path)
    assert document.text.splitlines()[0] == document.title == "Quill meets Muñoz"
    assert "José Muñoz in Port Avel" in document.text
    assert "“We talked" in document.text
    assert "Subscribe" not in document.text
    assert "Home" not in document.text
    assert (document.publisher, document.address, document.published) == (
        "The Avel Courier",
        "https://courier.example/1",
        "2020-03-04",
    )


def test_folder(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/.hidden.txt", ".git/x.txt", "a.txt", "B.txt", "scan.png", "empty.txt", "blank.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        text = {"empty.txt": "", "blank.txt": " \n"}.get(name, f"{name}. Ada Quill met him.")
        (tmp_path / name).write_text(text, "utf-8")
    found = list(read(tmp_path))
    assert [item.slug for item in found if isinstance(item, Document)] == ["B.txt", "a.txt", "b/2.txt"]
    reasons = {item.path.name: item.reason for item in found if isinstance(item, Skipped)}
    assert set(reasons) == {"scan.png", "empty.txt", "blank.txt"}
    assert reasons["empty.txt"] == reasons["blank.txt"] == "empty"
    assert ".png" in reasons["scan.png"]
    assert ".txt, " in reasons["scan.png"]
    assert not any(item.failure for item in found if isinstance(item, Skipped))


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    assert [(item.path.name, item.reason) for item in skipped(tmp_path)] == [
        ("gone.txt", "no regular file"),
        ("pipe.txt", "no regular file"),
    ]


def test_a_folder_that_cannot_be_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    (tmp_path / "closed").mkdir()
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    (closed,) = skipped(tmp_path)
    assert (closed.path.name, closed.failure) == ("closed", True)
    assert "Permission denied" in closed.reason
    assert len(docs(tmp_path)) == 1


def test_missing_and_too_large(tmp_path: Path) -> None:
    (missing,) = skipped(tmp_path / "nowhere")
    assert missing.failure
    assert "no such" in missing.reason
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    (left_out,) = read_all([tmp_path], how=Reading(50))
    assert isinstance(left_out, Skipped) and left_out.failure
    assert left_out.reason == "larger than 50 bytes; split it, or allow more with --document-bytes"


def test_same_slug_in_two_folders(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"In {folder}.", "utf-8")
    there = [document.slug for document in docs(tmp_path / "one", tmp_path / "two")]
    back = [document.slug for document in docs(tmp_path / "two", tmp_path / "one")]
    assert len(set(there)) == 2
    assert there == back[::-1]
    assert all(slug.startswith("a-") and slug.endswith(".txt") for slug in there)
    assert [document.slug for document in docs(tmp_path / "one", tmp_path / "one" / "a.txt")] == ["a.txt"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Standard:
        buffer = io.BytesIO(STORY.encode())

    monkeypatch.setattr("sys.stdin", Standard)
    (document,) = docs("-")
    assert document.slug == document.sha256[:16]
    assert document.text == STORY


def test_sources(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for name in ("a.txt", "sub/b.txt", "c.txt"):
        (tmp_path / name).write_text(STORY, "utf-8")
    (tmp_path / "sources.csv").write_text(
        "file,publisher,url,published,published_basis\n"
        'a.txt,"Courier, The",https://c.example/a,2018-04-10/2018-04-12,page\n'
        "sub/b.txt,,,2018-04~,guess\n"
        "gone.txt,,,,\n",
        "utf-8",
    )
    found = list(read(tmp_path))
    a, c, b = (item for item in found if isinstance(item, Document))
    assert (a.publisher, a.address, a.published) == ("Courier, The", "https://c.example/a", "2018-04-10/2018-04-12")
    assert a.bounds == (date(2018, 4, 10), date(2018, 4, 12))
    assert (b.slug, b.publisher, b.published, b.bounds.latest) == ("sub/b.txt", None, "2018-04~", date(2018, 4, 30))
    assert (c.publisher, c.published) == (None, None)
    (missing,) = (item for item in found if isinstance(item, Skipped))
    assert missing.failure
    assert "line 4" in missing.reason
    assert "gone.txt" in missing.reason
    assert docs(tmp_path / "a.txt")[0].published == "2018-04-10/2018-04-12"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("file,date\na.txt,2018\n", r"line 1.*unknown key 'date'.*published"),
        ("publisher\nX\n", r"line 1.*missing key 'file'"),
        ("file,published\na.txt,10 April\n", r"line 2.*10 April"),
        ("file,publisher\na.txt,Courier, The\n", r"line 2.*3 cells"),
        ("file\na.txt\na.txt\n", r"line 3.*line 2"),
        ("file,publisher\n,Courier\n", r"line 2.*no file"),
        ('file\n"a.txt\n', r"line 2.*quotation"),
    ],
)
def test_malformed_sources(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "sources.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(DataError, match=rf"(?s)sources\.csv.*{message}"):
        read_sources(path)
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    faults = skipped(tmp_path)
    assert [(fault.path, fault.failure) for fault in faults] == [(path, True)]
    assert len(docs(tmp_path)) == 1


GERMAN = (
    "Der Vorsitzende der Gewerkschaft traf am Dienstag die Ministerin in Berlin, um über die Löhne der Arbeiter zu "
    "sprechen. Danach sagte er, das lange Gespräch sei offen gewesen, und man werde sich bald wieder sehen."
)
FRENCH = (
    "Le ministre a rencontré mardi à Paris les délégués du syndicat des dockers pour parler des salaires. Il a dit "
    "après la réunion que la discussion avait été longue et franche."
)
DUTCH = (
    "De voorzitter van de vakbond sprak dinsdag met de minister over de lonen in de haven of over de pensioenen. Hij "
    "zei dat het een goed gesprek was en dat er meer komt."
)
OFFICERS = (
    "Present: José Muñoz, Renée Lefèvre, Jiří Novák, Łukasz Wójcik, Søren Ålund, Giulia Rossi, Ines Sousa and Zoë "
    "Quill. Apologies: Anna Müller, Bjørn Hansen and Íñigo Zabaleta."
)
MIXED = (
    "El presidente Muñoz met the prime minister of Carvania on Tuesday. “Es una buena noticia para todos nosotros,” he "
    "said in Spanish after they had signed it."
)
CHINESE = "部长星期二在港口会见了工会代表，讨论了工资问题。" * 12


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "de"),
        (FRENCH, "fr"),
        (DUTCH, "nl"),
        (CHINESE, "zh"),
        (OFFICERS, None),
        (MIXED, None),
        (STORY, None),
        ("Der Vorsitzende traf die Ministerin in Berlin.", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert foreign(text) == language


def test_foreign_text_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FRENCH, "utf-8")
    (fault,) = skipped(tmp_path)
    assert fault.reason == "not in English (language 'fr')"
