"""No regular expression of kg goes back without end: each is attacked with strings made from its own tree."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.patterns import LONGEST
from tests.hostile.tally import Effort, Tally

ROOT = Path(__file__).resolve().parents[2]
WHOLE = ("documents/decode.py", "documents/english.py", "documents/markup.py", "language/marks.py")
"""Modules whose patterns are searched for in whole texts, from every character on."""


@pytest.mark.parametrize("length, only", [(60, ("",)), (400, ("",)), (30_000, WHOLE)])
def test_every_pattern_ends(tally: Tally, effort: Effort, length: int, only: tuple[str, ...]) -> None:
    if length == 400 and effort.name == "short":
        pytest.skip("at full effort")
    command = [sys.executable, "-m", "tests.hostile.patterns", str(length), *only]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280)
    assert done.returncode == 0, done.stderr
    attacked = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(attacked) > (100 if "" in only else 3)
    tally.add("bad inputs tried", sum(each["attacks"] for each in attacked))
    hanging = [each for each in attacked if each["seconds"] >= LONGEST]
    tally.add("hangs", len(hanging))
    assert not hanging
