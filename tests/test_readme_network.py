"""What the README shows of commands that need a server, against a real one. Numbers may differ, words may not."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import oxigraph
from tests.test_readme import README, ROOT, output, short

BLOCKS = re.findall(r"^```text\n(.*?)^```", README.read_text("utf-8"), re.M | re.S)
ADDRESS = "127.0.0.1:7878"


def masked(line: str) -> str:
    return re.sub(r"\d[\d,]*", "N", line)


def sessions() -> Iterator[list[tuple[str, list[str]]]]:
    for block in BLOCKS:
        parts = [part.rstrip("\n").split("\n") for part in re.split(r"^\$ ", block, flags=re.M)[1:]]
        if any(ADDRESS in command for command, *_ in parts):
            yield [(command, shown) for command, *shown in parts]


@pytest.mark.slow
def test_the_commands_do_what_the_readme_shows(tmp_path: Path) -> None:
    found = list(sessions())
    assert found
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    output("kg build seeds", tmp_path)
    for session in found:
        with oxigraph(tmp_path / "data") as (url, _):
            for command, shown in session:
                if command.startswith("kg "):
                    lines = short(output(command.replace(f"http://{ADDRESS}", url), tmp_path))
                    assert [masked(line) for line in lines] == [masked(line) for line in shown], command
