"""Formats that libraries read: PDF, .docx, feeds, JSON Lines, Parquet, web archives; whole ones and broken ones."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import docx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, SimpleDocTemplate
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from kg.documents import Skipped, Unchanged, count, library, read_all
from kg.documents.markup import words
from kg.model import Document

HEAD = "Talks in Port Avel"
STORY = [
    "Ada Quill, the chair of the Dockers’ Union, met the harbour minister Ben Marsh in Port Avel on Tuesday, and the "
    "two spoke for more than an hour about the wages of the night shift.",
    "“We have talked about the well-known problems of the docks,” she said after the meeting. “There will be another "
    "round of negotiations before the summer, and nobody should doubt that we are ready to go on.”",
    "Marsh said nothing to reporters.",
]
TEXT = "\n\n".join([HEAD, *STORY])
FIRST = ("Ada", "Eva", "Ines", "Maud", "Nora", "Olga", "Rosa", "Tove", "Vera", "Wanda", "Ilse", "Kate", "Lena", "Mina")
PRINTED = [each.replace("Ada", first) for first in FIRST for each in STORY]
"""On three pages and more, no line at the top of two."""
PAGE = f"""<!doctype html><html><head><title>{HEAD} - Courier</title><meta property="og:title" content="{HEAD}">
<meta property="article:published_time" content="2020-03-04"><meta property="og:site_name" content="The Avel Courier">
</head><body><article>{"".join(f"<p>{each}</p>" for each in STORY)}</article></body></html>"""


def found(*paths: Path) -> tuple[list[Document], list[Skipped]]:
    every = list(read_all(paths))
    return [x for x in every if isinstance(x, Document)], [x for x in every if isinstance(x, Skipped)]


def alone(path: Path) -> Document:
    (document,), left_out = found(path)
    assert not left_out
    return document


# PDF


def printed(path: Path, style: str) -> None:
    """A PDF of the story thrice over, by reportlab: with gaps, with indents, or in two columns of cut words."""
    base = getSampleStyleSheet()["BodyText"]
    indent = style == "indents"
    body = ParagraphStyle(
        "story", base, alignment=TA_JUSTIFY, firstLineIndent=12 if indent else 0, spaceBefore=0 if indent else 8,
        embeddedHyphenation=1,
    )  # fmt: skip

    def running(canvas: Canvas, at: object) -> None:
        canvas.drawString(200, 510, "The Avel Courier")
        canvas.drawString(300, 30, f"- {canvas.getPageNumber()} -")

    parts = [Paragraph(HEAD, getSampleStyleSheet()["Title"]), *(Paragraph(each, body) for each in PRINTED)]
    if style == "columns":
        frames = [Frame(left, 60, 200, 440) for left in (40, 260)]
        made = BaseDocTemplate(str(path), pagesize=(500, 542), title=HEAD)
        made.addPageTemplates(PageTemplate(frames=frames, onPage=running))
        made.build(parts)
    else:
        SimpleDocTemplate(str(path), pagesize=(320, 542), title=HEAD).build(
            parts, onFirstPage=running, onLaterPages=running
        )


@pytest.mark.parametrize("style", ["gaps", "indents", "columns"])
def test_pdf_has_the_paragraphs_that_were_set(tmp_path: Path, style: str) -> None:
    printed(tmp_path / "a.pdf", style)
    document = alone(tmp_path / "a.pdf")
    assert document.title == HEAD
    assert document.text.split("\n\n") == [HEAD, *PRINTED]
    assert document.published is None


def test_pdf_of_a_browser(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, "utf-8")
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
         f"--print-to-pdf={tmp_path / 'a.pdf'}", (tmp_path / "a.html").as_uri()],
        check=True, timeout=120, capture_output=True,
    )  # fmt: skip
    assert alone(tmp_path / "a.pdf").text == "\n\n".join(STORY)


def test_pdf_puts_cut_words_together(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for number, line in enumerate((
        "The harbour board began its negotia-", "tions with the ministry and met the vice-", "chair of the union in "
        "North-", "Avel, where the wage-round was to be", "settled, before the wage-", "round could go on.",
    )):  # fmt: skip
        canvas.drawString(72, 700 - 14 * number, line)
    canvas.save()
    assert alone(tmp_path / "a.pdf").text == (
        "The harbour board began its negotiations with the ministry and met the vice-chair of the union in North-Avel, "
        "where the wage-round was to be settled, before the wage-round could go on."
    )


def test_pdf_that_cannot_be_read(tmp_path: Path) -> None:
    printed(tmp_path / "whole.pdf", "gaps")
    whole = (tmp_path / "whole.pdf").read_bytes()
    (tmp_path / "whole.pdf").unlink()
    locked, empty = (
        Canvas(str(tmp_path / "locked.pdf"), encrypt=StandardEncryption("x", "y")),
        Canvas(str(tmp_path / "scan.pdf")),
    )
    locked.drawString(72, 700, "Secret talks")
    empty.rect(72, 72, 200, 200)
    locked.save()
    empty.save()
    (tmp_path / "junk.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 50)
    (tmp_path / "short.pdf").write_bytes(whole[:200])
    documents, left_out = found(tmp_path)
    reasons = {each.path.name: each.reason for each in left_out}
    assert not documents
    assert "password" in reasons["locked.pdf"]
    assert "no text in it" in reasons["scan.pdf"]
    assert "no readable PDF" in reasons["junk.pdf"]
    assert "no readable PDF" in reasons["short.pdf"]


# .docx


def test_docx(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading(HEAD)
    for each in STORY:
        made.add_paragraph(each)
    table = made.add_table(2, 2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("Who", "When", "Quill", "Tuesday"), strict=True
    ):
        cell.text = text
    made.add_paragraph("The end.").add_run("\tOf it.")
    made.sections[0].header.paragraphs[0].text = "The Avel Courier"
    made.core_properties.created = datetime(2020, 3, 4)
    made.save(str(tmp_path / "a.docx"))
    document = alone(tmp_path / "a.docx")
    assert document.text == f"{TEXT}\n\nWho\tWhen\nQuill\tTuesday\n\nThe end.\tOf it."
    assert (document.title, document.published) == (HEAD, None)


def test_docx_as_it_stands_after_review(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("X")
    made.save(str(tmp_path / "a.docx"))
    body = (
        "<w:p><w:r><w:t>Quill </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>once </w:t></w:r></w:ins><w:hyperlink><w:r><w:t>met Marsh</w:t></w:r></w:hyperlink></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a form.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    with zipfile.ZipFile(tmp_path / "a.docx") as old, zipfile.ZipFile(tmp_path / "b.docx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                start, end = data.index(b"<w:body>") + 8, data.index(b"<w:sectPr")
                data = data[:start] + body.encode() + data[end:]
            new.writestr(name, data)
    assert alone(tmp_path / "b.docx").text == "Quill once met Marsh\n\nIn a form."


def test_docx_that_cannot_be_read(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("X")
    made.save(str(tmp_path / "whole.docx"))
    whole = (tmp_path / "whole.docx").read_bytes()
    (tmp_path / "whole.docx").unlink()
    (tmp_path / "short.docx").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "junk.docx").write_bytes(b"PK\x03\x04" + bytes(range(256)) * 20)
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", bytes(210_000_000))
    with zipfile.ZipFile(tmp_path / "other.docx", "w") as other:
        other.writestr("readme.txt", "no document")
    documents, left_out = found(tmp_path)
    reasons = {each.path.name: each.reason for each in left_out}
    assert not documents
    assert set(reasons) == {"short.docx", "junk.docx", "bomb.docx", "other.docx"}
    assert "larger than 200 MB" in reasons.pop("bomb.docx")
    assert all("no readable .docx" in reason for reason in reasons.values())


# Records: JSON Lines


def lines(path: Path, *records: object) -> Path:
    path.write_text("".join(each if isinstance(each, str) else json.dumps(each) + "\n" for each in records), "utf-8")
    return path


def test_json_lines(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "news.jsonl",
        {"id": 17, "text": TEXT, "title": "Quill in talks", "publisher": "Courier", "published": "2020-03-04",
         "url": "https://courier.example/17", "tags": ["docks"]},
        "\n",
        {"url": "https://courier.example/a/18?x=1", "text": "Ada Quill met Ben Marsh.", "published": None},
        {"html": PAGE, "id": "page"},
        {"text": "Ben Marsh was there."},
    )  # fmt: skip
    (first, second, third, last), left_out = found(path)
    assert not left_out
    assert (first.slug, first.name, first.text, first.title) == (
        "news.jsonl/17", "news.jsonl/17", TEXT, "Quill in talks")  # fmt: skip
    assert (first.publisher, first.published, first.address) == ("Courier", "2020-03-04", "https://courier.example/17")
    assert first.bounds == (date(2020, 3, 4), date(2020, 3, 4))
    assert second.slug == "news.jsonl/courier.example/a/18?x=1"
    assert (third.title, third.publisher, third.published) == (HEAD, "The Avel Courier", "2020-03-04")
    assert last.slug == f"news.jsonl/{last.sha256[:16]}"
    assert count([path]) == 0


def test_slugs_do_not_depend_on_the_place_of_a_line(tmp_path: Path) -> None:
    records = [{"text": f"Ada Quill met {name}."} for name in ("Ben Marsh", "Eva Lund", "Tom Reed")]
    one, other = lines(tmp_path / "a.jsonl", *records), {}
    there = {x.text: (x.slug, x.sha256) for x in found(one)[0]}
    lines(one, {"id": "new", "text": "Another."}, *reversed(records))
    other = {x.text: (x.slug, x.sha256) for x in found(one)[0]}
    assert there.items() < other.items()


def test_one_id_for_several_records(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", {"id": "x", "text": "One."}, {"id": "x", "text": "Two."},
                 {"id": "x", "text": "One."}, {"id": "x", "text": "Two.", "other": 1})  # fmt: skip
    (one, two), left_out = found(path)
    assert (one.slug, two.slug) == ("a.jsonl/x", f"a.jsonl/x-{two.sha256[:8]}")
    assert [(each.where, each.failure) for each in left_out] == [("line 3", False), ("line 4", False)]


@pytest.mark.parametrize(
    "name", ["..", "../../etc", ".", "a/../b", "a//b", "/a", "a/", " ", "a\tb", "x" * 201, "a\x00"]
)
def test_an_id_that_is_no_path(tmp_path: Path, name: str) -> None:
    (document,), _ = found(lines(tmp_path / "a.jsonl", {"id": name, "text": "Ada Quill met Ben Marsh."}))
    folder, _, last = document.slug.partition("/")
    assert folder == "a.jsonl"
    assert ".." not in last.split("/")
    assert "//" not in document.slug
    assert 0 < len(last) <= 200


BAD_LINES = [
    ("{", "no JSON"),
    ("[" * 100_000, "no JSON"),
    ("[1]", "an object in braces"),
    ('{"id": 1}', "no field 'text'"),
    ('{"body": "x", "text": null}', "here are body, text"),
    ('{"text": 5}', "field 'text': text is wanted, not int"),
    ('{"text": "x", "title": ["a"]}', "field 'title'"),
    ('{"text": "x", "id": true}', "field 'id'"),
    ('{"text": "x", "published": "4 March"}', "field 'published'"),
    ('{"text": "x", "published": 2020}', "field 'published'"),
]


def test_a_bad_line_costs_itself(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "a.jsonl", '{"text": "First."}\n', *(f"{bad}\n" for bad, _ in BAD_LINES), '{"text": "Last."}'
    )
    with path.open("ab") as file:
        file.write(b'\n{"text": "\xff\xfe"}\n')
    documents, left_out = found(path)
    assert [x.text for x in documents] == ["First.", "Last."]
    assert [x.where for x in left_out] == [f"line {n}" for n in (*range(2, len(BAD_LINES) + 2), len(BAD_LINES) + 3)]
    for each, (_, reason) in zip(left_out, BAD_LINES, strict=False):
        assert reason in each.reason
        assert each.failure


def test_a_line_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.documents.jsonl.LIMIT", 100)
    path = lines(tmp_path / "a.jsonl", {"text": "x" * 1000}, {"text": "Short."})
    (document,), (left_out,) = found(path)
    assert document.text == "Short."
    assert (left_out.where, "larger than" in left_out.reason) == ("line 1", True)


def test_compressed_json_lines(tmp_path: Path) -> None:
    data = lines(tmp_path / "x", *({"id": n, "text": f"{TEXT} {n}"} for n in range(50))).read_bytes()
    (tmp_path / "x").unlink()
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(data))
    documents, left_out = found(tmp_path)
    assert (len(documents), documents[7].slug, left_out) == (50, "a.jsonl.gz/7", [])
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(data)[:-20])
    documents, (fault,) = found(tmp_path)
    assert "no whole gzip file" in fault.reason
    assert fault.failure


def test_known_records_are_not_read_again(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", *({"id": n, "text": f"Talks {n}."} for n in range(3)))
    keys: dict[str, str] = {}
    list(read_all([path], lambda slug, key: bool(keys.setdefault(slug, key)) and False))
    lines(
        path, {"id": 0, "text": "Talks 0.", "seen": 9}, {"id": 1, "text": "Other talks."}, {"id": 2, "text": "Talks 2."}
    )
    again = list(read_all([path], lambda slug, key: keys[slug] == key))
    assert [type(x) for x in again] == [Unchanged, Document, Unchanged]
    (tmp_path / "sources.csv").write_text("file,publisher\na.jsonl,Courier\n", "utf-8")
    assert all(isinstance(x, Document) for x in read_all([path], lambda slug, key: keys[slug] == key))


def test_a_list_of_sources_speaks_for_the_whole_file(tmp_path: Path) -> None:
    lines(tmp_path / "a.jsonl", {"text": "One.", "publisher": "Own"}, {"text": "Two."})
    (tmp_path / "sources.csv").write_text("file,publisher,url,published\na.jsonl,Courier,,2020\n", "utf-8")
    (one, two), _ = found(tmp_path)
    assert (one.publisher, two.publisher, one.published) == ("Own", "Courier", "2020")


# Parquet


def test_parquet(tmp_path: Path) -> None:
    pq.write_table(
        pa.table({
            "id": pa.array([1, None, 3], pa.int64()),
            "text": ["Ada Quill met Ben Marsh.", None, "Eva Lund left."],
            "published": pa.array([date(2020, 3, 4), None, None], pa.date32()),
            "noise": [1.0, 2.0, 3.0],
        }),
        tmp_path / "a.parquet",
    )  # fmt: skip
    (first, last), (left_out,) = found(tmp_path)
    assert (first.slug, first.text, first.published) == ("a.parquet/1", "Ada Quill met Ben Marsh.", "2020-03-04")
    assert last.slug == "a.parquet/3"
    assert (left_out.where, left_out.failure) == ("row 2", True)


def test_parquet_times_give_days(tmp_path: Path) -> None:
    times = pa.array([datetime(2020, 3, 4, 23, 30)], pa.timestamp("us", "UTC"))
    pq.write_table(pa.table({"text": ["Ada Quill met Ben Marsh."], "published": times}), tmp_path / "a.parquet")
    assert alone(tmp_path / "a.parquet").published == "2020-03-04"


def test_parquet_that_cannot_be_read(tmp_path: Path) -> None:
    pq.write_table(pa.table({"body": ["x"]}), tmp_path / "other.parquet")
    data = (tmp_path / "other.parquet").read_bytes()
    (tmp_path / "short.parquet").write_bytes(data[:-9])
    (tmp_path / "junk.parquet").write_bytes(b"PAR1" + bytes(100) + b"PAR1")
    documents, left_out = found(tmp_path)
    reasons = {each.path.name: each.reason for each in left_out}
    assert not documents
    assert "here are body" in reasons["other.parquet"]
    assert "no readable Parquet" in reasons["short.parquet"]
    assert "no readable Parquet" in reasons["junk.parquet"]


# Feeds

RSS = """<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Avel Courier</title>
<item><title>Quill &amp; Muñoz meet</title><link>https://courier.example/1</link><guid>abc</guid>
<pubDate>Wed, 04 Mar 2020 00:30:00 +0200</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>Ada Quill met <b>José Muñoz</b>.</p><script>x()</script>
<p>They<br>talked.</p>]]></content:encoded>
</item><item><guid isPermaLink="false">tag:17</guid>
<description>Ben Marsh &lt;i&gt;left&lt;/i&gt; Port Avel.</description>
</item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry>
<id>tag:wire.example,2020:1</id><title>Talks</title><updated>2020-03-04T23:00:00-05:00</updated>
<source><title>The Avel Courier</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ada Quill met Ben Marsh.</p></div></content>
</entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(RSS.encode("latin-1"))
    (first, second), left_out = found(tmp_path)
    assert not left_out
    assert first.text == "Quill & Muñoz meet\n\nAda Quill met José Muñoz.\n\nThey\n\ntalked."
    assert (first.slug, first.publisher, first.address, first.published) == (
        "a.xml/courier.example/1", "The Avel Courier", "https://courier.example/1", "2020-03-04")  # fmt: skip
    assert (second.slug, second.text, second.published) == ("a.xml/tag:17", "Ben Marsh left Port Avel.", None)


def test_atom(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(ATOM, "utf-8")
    document = alone(tmp_path / "a.atom")
    assert document.text == "Talks\n\nAda Quill met Ben Marsh."
    assert (document.publisher, document.published) == ("The Avel Courier", "2020-03-04")


def test_feeds_that_cannot_be_read(tmp_path: Path) -> None:
    bombs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))
    files = {
        "other.xml": '<?xml version="1.0"?><invoice><total>3</total></invoice>',
        "cut.rss": RSS.replace("iso-8859-1", "utf-8")[:-60],
        "bomb.rss": f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "x">{bombs}]><rss version="2.0"><channel>'
        "<item><title>&a12;</title><description>Quill.</description></item></channel></rss>",
        "file.rss": '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0">'
        "<channel><item><title>A&a;</title><description>Quill.</description></item></channel></rss>",
        "date.rss": "<rss version='2.0'><channel><item><pubDate>soon</pubDate>"
        "<description>x</description></item></channel></rss>",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    documents, left_out = found(tmp_path)
    reasons = {(each.path.name, each.where): each.reason for each in left_out}
    assert "no RSS or Atom" in reasons["other.xml", ""]
    assert "'soon' is no date" in reasons["date.rss", "entry 1"]
    assert any(name == "cut.rss" and "may hold more" in why for (name, _), why in reasons.items())
    assert all(len(each.text) < 10_000 and "root:" not in each.text for each in documents)
    assert any(each.slug.startswith("cut.rss/") for each in documents)


@pytest.mark.parametrize(("piece", "text"), [
    ("Plain & simple", "Plain & simple"),
    ("A &amp; B", "A & B"),
    ("<p>One\ntwo</p><p>Three</p>", "One two\n\nThree"),
    ("a<!-- b -->c<?pi d?>e", "ace"),
    ("<style>x</style>a<script>y</script>b", "ab"),
    ("<div><div>deep", "deep"),
    ("<<<>>>&&&", "<<<>>>&&&"),
])  # fmt: skip
def test_words_of_markup(piece: str, text: str) -> None:
    assert words(piece) == text


# Web archives


def archive(path: Path, *, zipped: bool) -> None:
    """Answers, a redirect, a picture, a resource, and the text of a page."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=zipped)

        def add(url: str, data: bytes, kind: str, sort: str = "response", status: str = "200 OK") -> None:
            head = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(
                url, sort, payload=io.BytesIO(data), http_headers=head if sort == "response" else None,
                warc_content_type=kind if sort != "response" else "",
            ))  # fmt: skip

        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        page = PAGE.replace("Quill", "Muñoz").replace("’", "'").replace("“", '"').replace("”", '"')
        add("https://courier.example/1", page.encode("latin-1"), "text/html; charset=ISO-8859-1")
        add("https://courier.example/1", b"", "text/html", status="301 Moved")
        add("https://courier.example/p.png", b"\x89PNG\r\n\x1a\n", "image/png")
        add("https://courier.example/p.png", b"\x89PNG\r\n\x1a\n", "image/png")
        add("http://courier.example/2.txt", TEXT.encode(), "text/plain", "resource")
        add("http://courier.example/3", b"Ben Marsh left Port Avel.", "text/plain", "conversion")
        add("http://courier.example/4", b"<html><body></body></html>", "text/html")


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_web_archive(tmp_path: Path, name: str) -> None:
    archive(tmp_path / name, zipped=name.endswith("gz"))
    (page, text, taken), left_out = found(tmp_path)
    assert (page.slug, page.address) == (f"{name}/courier.example/1", "https://courier.example/1")
    assert "Ada Muñoz, the chair" in page.text
    assert (page.published, page.publisher, page.title) == ("2020-03-04", "The Avel Courier", HEAD)
    assert (text.text, text.slug, text.published) == (TEXT, f"{name}/courier.example/2.txt", None)
    assert taken.text == "Ben Marsh left Port Avel."
    assert [(each.where, each.reason, each.failure) for each in left_out] == [
        ("record 8", "no main text in the page; save the article itself", False),
        ("2 records", "no page: image/png", False), ("1 records", "no page: status 301", False)]  # fmt: skip


def test_web_archive_that_cannot_be_read(tmp_path: Path) -> None:
    archive(tmp_path / "whole", zipped=True)
    data = (tmp_path / "whole").read_bytes()
    (tmp_path / "whole").unlink()
    (tmp_path / "cut.warc.gz").write_bytes(data[: len(data) // 2])
    (tmp_path / "junk.warc").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "junk.warc.gz").write_bytes(b"\x1f\x8b\x08" + bytes(range(256)) * 20)
    (tmp_path / "none.warc").write_bytes(b"")
    documents, left_out = found(tmp_path)
    faults = {each.path.name for each in left_out if "no readable web archive" in each.reason}
    assert {"junk.warc", "junk.warc.gz"} <= faults
    assert {each.slug for each in documents} <= {f"cut.warc.gz/courier.example/{n}" for n in ("1", "2.txt", "3")}


# Libraries


@pytest.mark.parametrize(("name", "extra", "make"), [
    ("a.pdf", "pdf", lambda path: printed(path, "gaps")),
    ("a.docx", "docx", lambda path: docx.Document().save(str(path))),
    ("a.rss", "feeds", lambda path: path.write_text(RSS, "utf-8")),
    ("a.parquet", "parquet", lambda path: pq.write_table(pa.table({"text": ["x"]}), path)),
    ("a.warc", "warc", lambda path: archive(path, zipped=False)),
])  # fmt: skip
def test_a_missing_library_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, extra: str, make: Callable[[Path], object]
) -> None:
    def missing(module: str) -> object:
        raise ModuleNotFoundError(f"No module named {module!r}")

    make(tmp_path / name)
    (tmp_path / "b.txt").write_text("Ada Quill met Ben Marsh.", "utf-8")
    monkeypatch.setattr(library, "import_module", missing)
    (document,), (fault,) = found(tmp_path)
    assert document.slug == "b.txt"
    assert f"pip install 'whomet[{extra}]'" in fault.reason
    assert fault.failure
