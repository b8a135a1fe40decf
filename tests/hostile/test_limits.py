"""Every document has a limit of size and of time; what goes over it is left out, and the build goes on."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Timer

import pytest

from kg import pipeline
from kg.cli import run
from kg.documents import registry
from kg.documents.formats import html
from kg.documents.page import Page
from kg.errors import DataError, KgError
from kg.pipeline import analysing
from kg.pipeline.guard import Guard, LostError
from kg.store import Store
from tests.hostile.tally import Tally

STORY = "Jane Doe, leader of the Harbour Party, met Omar Khalidi in Lisbon on 3 May 2021."
HANG = re.compile(r"(?:a+)+b")


def busy(_: object = None) -> None:
    """Python code without an end."""
    while True:
        pass


def deep_in_c(_: object = None) -> None:
    """One call that never comes back in time, and looks at no signal."""
    HANG.match("a" * 60)
    pow(7, 10**9)


def asleep(_: object = None) -> None:
    """No work at all: only the clock can tell."""
    time.sleep(600)


def ended(_: object = None) -> None:
    """What the system does to a process that takes too much memory."""
    os.kill(os.getpid(), 9)


def broken(_: object = None) -> None:
    """A mistake of ours, or of a library."""
    raise ZeroDivisionError("division by zero")


def refused(_: object = None) -> None:
    """An error that we report."""
    raise DataError("no such thing")


def leave_soon() -> None:
    Timer(0.2, os._exit, (0,)).start()


def ready(_: str) -> None:
    """Nothing to load."""


@pytest.mark.parametrize(
    "job, error, said",
    [
        (busy, LostError, "took more than 0.5 seconds"),
        (deep_in_c, LostError, "took more than 0.5 seconds"),
        (asleep, LostError, "took more than 0.5 seconds"),
        (ended, LostError, "perhaps for want of memory"),
        (broken, KgError, "ZeroDivisionError: division by zero"),
        (refused, DataError, "no such thing"),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_job_that_hangs_or_dies_costs_only_itself(
    tally: Tally, job: Callable[[object], None], error: type[Exception], said: str
) -> None:
    guard = Guard(0.5, ready)
    try:
        with pytest.raises(error, match=said):
            guard.run(job, None)
        assert guard.run(os.path.basename, "a/b") == "b"
    finally:
        guard.close()
    tally.add("faults tried")
    tally.add("faults survived")


def test_a_process_that_left_is_begun_anew() -> None:
    guard = Guard(5, ready)
    number = guard.run(os.getpid)
    guard.close()
    again = Guard(5, ready)
    try:
        assert again.run(os.getpid) == number, "an idle process is kept for the next guard"
        again.run(leave_soon)  # as it does when it was idle for long
        time.sleep(1)
        assert again.run(os.getpid) != number
    finally:
        again.close()


def hanging(batch: Sequence[analysing.Keyed], language: str) -> list[analysing.Result]:
    if any("hang" in document.name for document, _ in batch):
        deep_in_c()
    return analysing.analyse_batch(batch, language)


def hanging_page(data: bytes) -> Page:
    if b"hang" in data:
        deep_in_c()
    return html(data)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_that_hangs_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tally: Tally, workers: int
) -> None:
    for name in ("a.txt", "hang.txt", "z.txt"):
        (tmp_path / name).write_text(STORY, "utf-8")
    (tmp_path / "page.html").write_text(f"<html><body><p>{STORY} hang</p></body></html>", "utf-8")
    monkeypatch.setattr(analysing, "analyse_batch", hanging)
    monkeypatch.setitem(registry.READERS, ".html", hanging_page)  # type: ignore[arg-type]
    with Store.open(":memory:") as store:
        report = pipeline.build([tmp_path], store, pipeline.Settings("rules", workers=workers, seconds=1))
        assert [document.slug for document in store.documents()] == ["a.txt", "z.txt"] == list(report.documents)
    why = "took more than 1 seconds; split it, or give more with --document-seconds"
    assert {(skipped.path.name, skipped.reason) for skipped in report.failures} == {
        ("hang.txt", why),
        ("page.html", why),
    }
    tally.add("bad inputs tried", 2)
    tally.add("hangs", 0)


def test_a_document_over_the_size_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tally: Tally
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    (tmp_path / "line.txt").write_bytes(b"x" * 50_000_000)
    command = ["build", "a.txt", "line.txt", "--language", "rules", "--workers", "0", "--store", "s"]
    assert run(command) == 1
    said = capsys.readouterr()
    assert "read 1 document, left out 1" in said.out
    assert "line.txt: larger than 20,000,000 bytes; split it, or allow more with --document-bytes" in said.err
    (tmp_path / "kg.toml").write_text("document-bytes = 20\ndocument-seconds = 3\n", "utf-8")
    assert run(command) == 1 and "a.txt: larger than 20 bytes" in capsys.readouterr().err
    assert run([*command, "--document-bytes", "100"]) == 1 and "read 1 document" in capsys.readouterr().out
    tally.add("bad inputs tried", 2)


@pytest.mark.parametrize("line", ["document-bytes = 0", "document-seconds = -1", 'document-seconds = "1"'])
def test_a_limit_that_is_no_number_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kg.toml").write_text(line, "utf-8")
    assert run(["build", "."]) == 1
    assert f"kg.toml: {line.split()[0]!r} must be a whole number above 0" in capsys.readouterr().err


def test_help_states_the_limits(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    for words in ("--document-bytes", "default: 20000000", "--document-seconds", "default: 300"):
        assert words in said
    assert pipeline.Settings().bytes == 20_000_000 and pipeline.Settings().seconds == 300
