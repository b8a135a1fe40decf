"""No trace of what was removed, no word of what is redacted, no secret where others may read it."""

from __future__ import annotations

import base64
import io
import os
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.backup import backup
from kg.cli import run
from kg.pipeline import Settings, build
from kg.settle import remove
from kg.store import Store
from tests.hostile.forking import ROOT
from tests.hostile.tally import Tally

WORDS = ("Zanzibarovsky", "Quuxholm", "flibbertigibbets", "Fernsby Trust")
SECRET = """Mayor Mia Zanzibarovsky met Bo Ek of the Fernsby Trust in Quuxholm on 3 May 2021.
“We are no flibbertigibbets,” Mia Zanzibarovsky said.
"""
OTHERS = (
    "Mayor Jane Doe met Bo Ek in Lisbon on 4 May 2021. “We agreed,” Jane Doe said.\n",
    "Bo Ek, the chair of the Quay Trust, met Omar Khalidi in Oslo on 5 May 2021.\n",
)
NAME = "zz-leaked-memo.txt"


def texts(place: Path, *, secret: bool) -> Path:
    place.mkdir()
    for number, text in enumerate(OTHERS):
        (place / f"{number}.txt").write_text(text * 3, "utf-8")
    if secret:
        (place / NAME).write_text(SECRET, "utf-8")
    return place


def traces(folder: Path, *words: str) -> list[str]:
    """The files whose bytes, in three codes, or names hold a word, in any case; archives are looked into."""
    found = []
    for path in sorted(folder.rglob("*")):
        data = str(path.relative_to(folder)).encode() + b"\n" + (path.read_bytes() if path.is_file() else b"")
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                data += b"".join(archive.read(name) for name in archive.namelist())
        small = data.lower()
        if any(word.lower().encode(code) in small for word in words for code in ("utf-8", "utf-16-le", "utf-16-be")):
            found.append(str(path.relative_to(folder)))
    return found


def tables(state: Path) -> list[bytes]:
    """Oxigraph's tables, compressed as they are."""
    return sorted((path.read_bytes() for path in (state / "graph").glob("*.sst")), key=lambda data: (len(data), data))


def differing(one: bytes, other: bytes) -> int:
    """In how many bytes two tables of a size differ."""
    return sum(a != b for a, b in zip(one, other, strict=True))


def test_nothing_of_a_removed_document_is_left(tmp_path: Path, tally: Tally, monkeypatch: pytest.MonkeyPatch) -> None:
    """Searched in each byte; and since Oxigraph compresses its tables, those are compared with the tables of a store
    that never held the document."""
    place = tmp_path / ".kg"
    how = Settings("rules")
    with Store.open(place) as store:
        build([texts(tmp_path / "in", secret=True)], store, how)
        (place / "asked").mkdir()
        (place / "asked" / "1.json").write_text(SECRET, "utf-8")
        words = (*WORDS, NAME, store.documents()[-1].sha256)
        assert len(traces(place, *words)) >= 5, "the search must find what is there"
        remove(store, [NAME])
    tally.add("faults tried")
    assert traces(place, *words) == []
    with Store.open(tmp_path / "never") as never:
        build([texts(tmp_path / "in2", secret=False)], never, how)
        never.scrub()
        assert never.home
        state = never.home
    with Store.open(place, read_only=True) as store:
        assert store.home
        one, other = tables(store.home), tables(state)
        assert [len(each) for each in one] == [len(each) for each in other] and len(one) > 5
        assert max(map(differing, one, other)) < 64, "the hour of their making and their checksum differ, no more"
        copied = backup(place, tmp_path / "copy")
        assert copied.documents == 2
    for form in ("turtle", "nquads", "jsonld", "rdfxml", "graphml"):
        assert run(["export", "-f", form, "-o", str(tmp_path / "copy" / f"x.{form}"), "--store", str(place)]) == 0
    assert traces(tmp_path / "copy", *words) == []
    tally.add("faults survived")


REDACTED = ("We are no", "Mayor Mia", "met Bo Ek of", "no flibbertigibbets", "3 May 2021", "said.")


@pytest.mark.parametrize(
    "form", ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml", "graphml", "csv-tables", "aligned", "triples"]
)
def test_a_redacted_export_holds_names_and_no_words(tmp_path: Path, form: str) -> None:
    place, out = tmp_path / ".kg", tmp_path / "out"
    with Store.open(place) as store:
        build([texts(tmp_path / "in", secret=True)], store, Settings("rules"))
        passages = {q.object.value for q in store.quads() if str(q.predicate).endswith("exact>")}  # type: ignore[union-attr]
    asked = {"aligned": ["-f", "turtle", "--aligned"], "triples": ["-f", "turtle", "--triple-terms"]}
    options = asked.get(form, ["-f", form])
    if form != "csv-tables":
        out.mkdir()
    target = out if form == "csv-tables" else out / "file"
    assert run(["export", *options, "--redact", "-o", str(target), "--store", str(place)]) == 0
    whole = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file()).decode()
    assert "Zanzibarovsky" in whole and "Bo Ek" in whole
    assert not [words for words in REDACTED if words in whole]
    assert not [words for words in passages if len(words.split()) > 4 and words in whole]
    if form not in ("graphml", "csv-tables"):
        assert "char=" in whole and "whomet#exact" not in whole
        assert "wm:exact " not in whole and '"exact": "Mayor' not in whole


class _Refuses(BaseHTTPRequestHandler):
    """A server that refuses, and says what it was sent."""

    def _refuse(self) -> None:
        sent = self.headers.get("Authorization", "")
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        time.sleep(0.2)
        self.send_response(401 if not sent else self.server.code)  # type: ignore[attr-defined]
        self.send_header("WWW-Authenticate", 'Basic realm="kg"')
        body = f"you sent {sent}, that is ".encode() + base64.b64decode(sent.partition(" ")[2])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _refuse  # noqa: N815

    def log_message(self, *about: object) -> None:
        pass


@contextmanager
def refusing(code: int) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Refuses)
    server.code = code  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("code", [400, 401, 403, 500])
def test_a_password_stands_in_no_error_file_or_process_list(tmp_path: Path, code: int, tally: Tally) -> None:
    place, password = tmp_path / ".kg", "Sesam-öffne-dich"
    with Store.open(place) as store:
        build([texts(tmp_path / "in", secret=False)], store, Settings("rules"))
    seen = io.BytesIO()
    command = [
        sys.executable,
        "-c",
        "from kg.cli import main; main()",
        "push",
        "",
        "--user",
        "ann",
        "--store",
        str(place),
    ]
    with refusing(code) as url:
        command[4] = f"{url}/query"
        process = subprocess.Popen(
            [*command, "--graph-store", f"{url}/store"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, "KG_PASSWORD": password},
        )  # fmt: skip
        while process.poll() is None:
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    seen.write(path.read_bytes())
                except OSError:
                    continue
            time.sleep(0.05)
        said = process.stdout.read() if process.stdout else b""
    tally.add("faults tried")
    assert process.returncode == 1 and b"Traceback" not in said
    coded = base64.b64encode(f"ann:{password}".encode())
    for secret in (password.encode(), coded, base64.b64encode(f"ann:{password}".encode("latin-1"))):
        assert secret not in said and secret not in seen.getvalue()
    assert b"push" in seen.getvalue() and traces(place, password, coded.decode()) == []
    tally.add("faults survived")
