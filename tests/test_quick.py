"""A stored query is answered without the command-line library, and just as with it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg import pipeline
from kg.cli import run
from kg.store import Store

ROOT = Path(__file__).resolve().parent.parent
UNUSED = ("typer", "spacy", "rdflib", "starlette", "trafilatura", "kg.find", "kg.language", "kg.resolve.clusters")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("quick")
    (folder / "a.txt").write_text("Ada Morales met Jonas Lindqvist in Skagen on 3 March 2020.\n")
    with Store.open(folder / "kg") as built:
        pipeline.build([folder / "a.txt"], built)
    return str(folder / "kg")


def test_little_is_loaded(store: str) -> None:
    told = f"import sys; from kg.cli import run; run(['query', 'who-met-whom', '--store', {store!r}]); "
    told += f"print([name for name in {UNUSED} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "Jonas Lindqvist" in done.stdout and done.stderr.splitlines()[-1] == "[]"


@pytest.mark.parametrize(
    "asked",
    [
        ("who-met-whom",),
        ("who-met-whom", "--person", "Ada Morales", "--format", "csv"),
        ("who-met-whom", "--person=Ada Morales", "--format=json"),
        ("who-met-whom", "--person", "Nobody"),
        ("who-met-whom", "--nobody", "x"),
        ("who-met-who",),
        ("met",),
    ],
)
def test_the_answer_is_the_same(store: str, asked: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    quick = run(["query", *asked, "--store", store]), capsys.readouterr()
    whole = run(["query", "--store", store, *asked]), capsys.readouterr()
    assert quick == whole
