"""Building again: only what changed is analysed, in one process or several, stopped or not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from kg import engine, pipeline
from kg.documents import Skipped
from kg.pipeline import analysing
from kg.store import Store

STORY = "Jane Doe, leader of the Harbour Party, met Omar Khalidi in Lisbon on 3 May 2021."
OTHER = "Omar Khalidi, the chair of the Quay Trust, said: “We agreed.”"
ROOT = Path(__file__).parent.parent
MANY = 5 * analysing.BATCH


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that were analysed, as they are."""
    names: list[str] = []
    find = analysing.find

    def noted(analysis):  # type: ignore[no-untyped-def]
        names.append(analysis.document.name)
        return find(analysis)

    monkeypatch.setattr(analysing, "find", noted)
    return names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "texts"
    place.mkdir()
    (place / "a.txt").write_text(STORY, "utf-8")
    (place / "b.txt").write_text(OTHER, "utf-8")
    return place


def built(folder: Path, place: Path) -> tuple[pipeline.Report, str]:
    store = Store.open(place)
    report = pipeline.build([folder], store, pipeline.Settings(workers=0))
    with kg.Graph(store) as graph:
        return report, graph.export(form="nquads")


def rename(folder: Path) -> None:
    (folder / "a.txt").rename(folder / "c.txt")


CHANGES: list[tuple[str, Callable[[Path], object], list[str]]] = [
    ("nothing", lambda folder: None, []),
    ("one text", lambda folder: (folder / "a.txt").write_text(STORY + " Both left.", "utf-8"), ["a.txt"]),
    ("its source", lambda folder: (folder / "sources.csv").write_text("file,publisher\nb.txt,Post\n"), ["b.txt"]),
    ("touched, not changed", lambda folder: os.utime(folder / "a.txt", (1, 1)), []),
    ("its name", rename, ["c.txt"]),
]


@pytest.mark.parametrize(("change", "apply", "again"), CHANGES, ids=[case[0] for case in CHANGES])
def test_only_what_changed_is_analysed_again(
    folder: Path, tmp_path: Path, read: list[str], change: str, apply: Callable[[Path], object], again: list[str]
) -> None:
    built(folder, tmp_path / "store")
    read.clear()
    apply(folder)
    report, _ = built(folder, tmp_path / "store")
    assert (read, report.unchanged) == (again, 2 - len(again))


def test_another_engine_reads_everything_again(
    folder: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    built(folder, tmp_path / "store")
    monkeypatch.setattr(engine, "digest", lambda language: "later")
    read.clear()
    built(folder, tmp_path / "store")
    assert sorted(read) == ["a.txt", "b.txt"]


def test_the_engine_is_known_by_its_words_and_model() -> None:
    assert engine.digest("en") != engine.digest("rules") and engine.digest("en") == engine.digest("en")


def test_a_build_step_by_step_ends_like_one_at_once(folder: Path, tmp_path: Path) -> None:
    (folder / "b.txt").rename(tmp_path / "b.txt")
    built(folder, tmp_path / "store")
    (tmp_path / "b.txt").rename(folder / "b.txt")
    assert built(folder, tmp_path / "store")[1] == built(folder, tmp_path / "other")[1]


def test_what_was_analysed_but_not_joined_is_joined_by_the_next_build(
    folder: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*given: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr(Store, "describe", stop)
        with pytest.raises(KeyboardInterrupt), Store.open(tmp_path / "store") as store:
            pipeline.build([folder], store)
    read.clear()
    whole = built(folder, tmp_path / "store")
    assert read == [] and whole[1] == built(folder, tmp_path / "other")[1]


def write_many(folder: Path) -> None:
    for number in range(MANY):
        (folder / f"{number:03}.txt").write_text(STORY.replace("Omar", f"Omar {chr(65 + number % 26)}."), "utf-8")


def test_several_processes_make_the_same_graph(folder: Path, tmp_path: Path) -> None:
    write_many(folder)
    with Store.open(tmp_path / "two") as two, Store.open(tmp_path / "one") as one:
        reports = [pipeline.build([folder], store, pipeline.Settings(workers=n)) for store, n in ((two, 2), (one, 1))]
        assert reports[0] == reports[1] and len(reports[0].documents) == MANY + 2
        assert set(two.quads()) == set(one.quads())


def _ends_on_bad(batch: list[analysing.Keyed], language: str) -> list[analysing.Result]:
    if any(document.name == "bad.txt" for document, _ in batch):
        os._exit(9)
    return analysing.analyse_batch(batch, language)


def test_a_document_that_ends_its_process_costs_only_itself(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_many(folder)
    (folder / "bad.txt").write_text(STORY, "utf-8")
    monkeypatch.setattr(analysing, "analyse_batch", _ends_on_bad)
    with Store.open(tmp_path / "store") as store:
        report = pipeline.build([folder], store, pipeline.Settings("rules", workers=2))
    why = "the process that analysed it was ended, perhaps for want of memory"
    assert report.failures == (Skipped(Path("bad.txt"), why, failure=True),)
    assert len(report.documents) == MANY + 2


def test_an_interrupt_stops_in_order_and_the_next_run_goes_on(folder: Path, tmp_path: Path) -> None:
    write_many(folder)
    code = "from kg.cli import main; main()"
    command = [sys.executable, "-c", code, "build", str(folder), "--store", str(tmp_path / "store"), "--workers", "2"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    kept = tmp_path / "store" / "findings"
    for _ in range(600):
        if kept.is_dir() and any(kept.glob("*.json")):
            break
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (0, 130) and "Traceback" not in said, said
    report, graph = built(folder, tmp_path / "store")
    assert len(report.documents) == MANY + 2 and report.unchanged > 0
    assert graph == built(folder, tmp_path / "other")[1]


def test_a_watched_folder_is_built_when_it_changes(folder: Path, tmp_path: Path) -> None:
    code = "from kg.cli import main; main()"
    command = [sys.executable, "-u", "-c", code, "build", str(folder), "--store", str(tmp_path / "s"), "--watch"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    try:
        first = next(line for line in process.stdout if line.startswith("read"))
        time.sleep(1)
        (folder / "new.txt").write_text(OTHER.replace("Omar", "Uma"), "utf-8")
        second = next(line for line in process.stdout if line.startswith("read"))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
    assert first == "read 2 documents, left out 0\n"
    assert second == "read 3 documents, left out 0, 2 unchanged\n" and process.returncode == 0
