"""Whatever bytes arrive: something is read, or an error of ours says what is wrong; never a traceback, never a hang."""

from __future__ import annotations

import gzip
import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from kg import pipeline
from kg.store import Store
from tests.hostile.inputs import LARGEST, TARGETS, take
from tests.hostile.tally import Effort, Tally

ROOT = Path(__file__).resolve().parents[2]
STORY = "Jane Doe, leader of the Harbour Party, met Omar Khalidi in Lisbon on 3 May 2021. “We agreed,” she said.\n"
WORDS = st.sampled_from(
    ["“", "”", '"', "'", "’", "‘", "\n", "\n\n", " ", ", ", ". ", "(", ")", "met with ", "said ", "told ", "the ",
     "Jane Doe", "Mr ", "Quill", "Harbour Party", "leader of ", "on Tuesday", "3 May 2021", "last week", "A. ",
     "\u202e", "\u200b", "\x1b[31m", "\ufeff", "\x85", "\u2028", "é", "王", "İ", "ß", "ﬁ", "👩‍👩‍👧", "-", "—", "…", "?",
     ":", "I", "she ", "House of Commons", "• ", "1. ", "By ", "&", "/", "€5m", "e\u0301"]
)  # fmt: skip
SHAPES = st.sampled_from(
    [b"---\n", b"title: ", b"&a [*a,*a]", b"<html>", b"<p>", b"</", b"<!--", b"<![CDATA[", b"&#0;", b"{", b"}", b'"',
     b":", b"[", b"]", b",", b"\r\n", b"\n", b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"#+ ", b"SELECT ", b"WHERE {",
     b"?a ", b"PK\3\4", b"%PDF-1.7\n", b"WARC/1.0\r\n", b"PAR1", b"\x1f\x8b\x08\0", b"columns:", b"- a: ",
     b"!!python/object:os.system", b"2021-02-30", b"1e999", b"judgements:\n", b"<?xml version='1.0'?>",
     b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<rss>",
     b"<item>", b"Content-Length: 99999999999\r\n", b"file,publisher\n", b"'", b"|", b">", b"\t", b"~", b"* "]
)  # fmt: skip
FORMATS = sorted(TARGETS)
BAD = [
    ("text", b'"' * 900 + "‘“".encode() * 300),
    ("text", b"\xed\xa0\x80 met \x00 \xff\xfe"),
    ("text", b"Harbour mayor meets minister\n\nab" + " · cd".encode() * 80 + b" | ef" * 80 + b"!\n"),
    (".md", b"---\ntitle: &a [" + b"x," * 9 + b"]\nb: &b [*a,*a,*a]\npublisher: [*b,*b]\n---\nx"),
    (".md", b"---\n" + b"[" * 2900),
    (".md", b"# " + b"#" * 2900 + b" x"),
    (".html", b"<div>" * 580),
    (".html", b"<table>" + b"<tr><td>" * 360),
    (".html", b'<html><meta charset="utf-7"><p>+ADw-script+AD4-'),
    (".jsonl", b"[" * 2900),
    (".jsonl", b'{"text": "\\ud800", "id": "../../x"}'),
    (".rss", b'<!DOCTYPE a [<!ENTITY b "bb">' + b'<!ENTITY c "&b;&b;&b;">' + b"]><rss><item>&c;</item></rss>"),
    ("mapping", b"&a [*a]"),
    ("judgements", b"a: &a {b: *a}"),
    ("links", b"\0"),
    ("kg.toml", b"a = " + b"[" * 2000),
    ("query header", b"#+ &a [*a]\n#+ summary: *a\nSELECT * {}"),
    ("sparql", b"SELECT * { " + b"{ " * 700),
]
"""Inputs that broke something, or break other programs: target and bytes."""


@pytest.mark.parametrize("target, data", BAD, ids=range(len(BAD)))
def test_what_broke_once(tally: Tally, target: str, data: bytes) -> None:
    take(target, data)
    tally.add("bad inputs tried")
    tally.add("tracebacks", 0)


@pytest.mark.parametrize("target", FORMATS)
def test_any_bytes(tally: Tally, effort: Effort, target: str) -> None:
    pieces = WORDS.map(lambda word: word.encode("utf-8", "surrogatepass")) if target == "text" else SHAPES
    number = effort.of(15, 150, 3000)

    @seed(8)
    @settings(max_examples=number, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.one_of(st.lists(pieces, max_size=60).map(b"".join), st.binary(max_size=200)))
    def tried(data: bytes) -> None:
        take(target, data)
        tally.add("bad inputs tried")

    tried()


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris has no wheel for this Python")
@pytest.mark.parametrize("target", FORMATS)
def test_atheris_finds_no_way_through(tally: Tally, effort: Effort, tmp_path: Path, target: str) -> None:
    runs = effort.of(0, 300, 20_000)
    if not runs:
        pytest.skip("at full effort")
    begin = tmp_path / "begin"
    begin.mkdir()
    for number, (of, data) in enumerate(BAD):
        if of == target:
            (begin / str(number)).write_bytes(data)
    (begin / "story").write_text(STORY, "utf-8")
    command = [sys.executable, "-m", "tests.hostile.fuzz", target, str(begin), f"-runs={runs}", "-seed=1",
               f"-max_len={LARGEST}", "-timeout=60", f"-artifact_prefix={tmp_path}/"]  # fmt: skip
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=effort.of(60, 120, 1800))
    assert done.returncode == 0, done.stderr[-3000:]
    assert re.search(r"Done \d+ runs|DONE", done.stderr), done.stderr[-500:]
    tally.add("bad inputs tried", runs)


def bomb() -> bytes:
    """A .docx of some kilobytes whose text is as long as a thousand books."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"a" * 300_000_000)
    return out.getvalue()


def laughs(kind: str) -> bytes:
    """Ten entities, each of ten of the one before."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "lol">{entities}]><{kind}>&l9;</{kind}>'.encode()


FILES: dict[str, Callable[[], bytes]] = {
    "bomb.docx": bomb,
    "bomb.jsonl.gz": lambda: gzip.compress(b"a" * 60_000_000),
    "laughs.html": lambda: laughs("html"),
    "laughs.rss": lambda: laughs("rss"),
    "laughs.xhtml": lambda: laughs("html"),
    "deep.html": lambda: b"<div>" * 200_000 + b"<p>Jane Doe met Omar Khalidi.</p>",
    "table.html": lambda: b"<table>" + b"<tr><td>Jane Doe</td><td>met</td></tr>" * 20_000 + b"</table>",
    "line.txt": lambda: b"x" * 50_000_000,
    "nul.txt": lambda: b"\0" * 100_000,
    "surrogates.txt": lambda: b"\xed\xa0\x80\xed\xb0\x80" * 200 + STORY.encode() * 40,
    "mixed.txt": lambda: STORY.encode("cp1252") * 20 + STORY.encode() * 20 + STORY.encode("utf-16-le"),
    "direction.txt": lambda: ("\u202e" + STORY + "\u202c\u200f\u2066") .encode() * 30,
    "quotes.txt": lambda: b'"' * 100_000,
}  # fmt: skip


def test_hostile_files_cost_only_themselves(tmp_path: Path, tally: Tally) -> None:
    for name, made in FILES.items():
        (tmp_path / name).write_bytes(made())
    (tmp_path / "zz.txt").write_text(STORY, "utf-8")
    with Store.open(":memory:") as store:
        report = pipeline.build([tmp_path], store, pipeline.Settings("rules", workers=2, seconds=20))
        texts = {found.document.slug: found.document.text for found in store.findings()}
    assert "zz.txt" in report.documents and "direction.txt" in report.documents
    left_out = {skipped.path.name: skipped.reason for skipped in report.skipped}
    assert set(left_out) | {slug.partition("/")[0] for slug in texts} == {*FILES, "zz.txt"}
    assert "larger than" in left_out["bomb.docx"] and "larger than" in left_out["line.txt"]
    assert not [reason for reason in left_out.values() if "want of memory" in reason], left_out
    assert all("lollol" not in text for text in texts.values())
    tally.add("bad inputs tried", len(FILES))
    tally.add("hangs", sum("took more than" in reason for reason in left_out.values()))
    tally.add("tracebacks", sum("Error:" in reason for reason in left_out.values()))
