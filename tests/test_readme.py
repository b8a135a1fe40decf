"""The README's commands run, and print what it says. `python tests/test_readme.py` writes what they print into it."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg import queries

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
MORE = "…"
LINES = 14
"""Lines of output that the README shows of each command; a line with an ellipsis stands for the rest."""


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command with the lines of output below it."""
    for block in CONSOLE.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, *shown = part.rstrip("\n").split("\n")
            yield command, shown


COMMANDS = list(commands(README.read_text("utf-8")))
START, TEST = COMMANDS[0], COMMANDS[1]
ASKED = [each for each in COMMANDS if each[0].startswith("kg ")]


def output(command: str, folder: Path) -> list[str]:
    """The lines that a `kg` command prints in a folder."""
    code = "from kg.cli import main; main()"
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"} | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code, *shlex.split(command)[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return [line.rstrip() for line in done.stdout.rstrip("\n").split("\n") if done.stdout]


def short(lines: list[str]) -> list[str]:
    return lines if len(lines) <= LINES else [*lines[: LINES - 1], MORE]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    output("kg build seeds", folder)
    return folder


@pytest.mark.slow
@pytest.mark.parametrize("command, shown", ASKED, ids=[command for command, _ in ASKED])
def test_a_command_prints_what_the_readme_shows(command: str, shown: list[str], built: Path) -> None:
    assert short(output(command, built)) == shown


@pytest.mark.slow
def test_the_start_prints_what_the_readme_shows(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")  # a second build of one folder says what was unchanged
    parts = [part.removeprefix(".venv/bin/") for part in START[0].split(" && ") if part.startswith(".venv/bin/kg ")]
    lines = [line for part in parts for line in output(part, tmp_path)]
    assert short(lines) == START[1]


@pytest.mark.long
def test_the_start_works_on_a_fresh_machine(tmp_path: Path) -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    for name in filter(None, listed):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "COLUMNS")}
    done = subprocess.run(["bash", "-c", START[0]], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert short([line.rstrip() for line in done.stdout.rstrip("\n").split("\n")]) == START[1]


def test_the_ci_runs_the_second_command() -> None:
    assert TEST[0] in (ROOT / ".ci" / "run").read_text("utf-8").split("\n")


def listing() -> str:
    """The stored queries as a table."""
    found = [queries.load(path) for path in queries.files()]
    return "\n".join(
        ["| query | answers |", "| --- | --- |", *(f"| `{each.name}` | {each.summary} |" for each in found)]
    )


def test_the_readme_lists_every_query() -> None:
    assert between(README.read_text("utf-8"), "queries") == listing()


def between(text: str, name: str) -> str:
    return text.partition(f"<!-- {name} -->\n")[2].partition(f"\n<!-- /{name} -->")[0]


def test_the_readme_keeps_to_its_files() -> None:
    for name in re.findall(r"`((?:ontology|queries|seeds|kg)/[\w./-]*)`", README.read_text("utf-8")):
        assert (ROOT / name).exists(), name


def write() -> None:
    """Put what the commands print into the README."""
    import tempfile

    text = README.read_text("utf-8")
    start, end = text.index("<!-- queries -->"), text.index("<!-- /queries -->")
    text = f"{text[:start]}<!-- queries -->\n{listing()}\n{text[end:]}"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copytree(ROOT / "seeds", folder / "seeds")
        done: dict[str, list[str]] = {}
        build = output("kg build seeds", folder)
        for command, _ in COMMANDS:
            if command == START[0]:
                done[command] = short([*build, *output("kg query who-met-whom", folder)])
            elif command.startswith("kg "):
                done[command] = short(output(command, folder))

    def filled(block: re.Match[str]) -> str:
        lines = [part.split("\n")[0] for part in re.split(r"^\$ ", block[1], flags=re.M)[1:]]
        return "```console\n" + "".join("\n".join([f"$ {line}", *done.get(line, [])]) + "\n" for line in lines) + "```"

    README.write_text(CONSOLE.sub(filled, text), "utf-8")


if __name__ == "__main__":
    write()
