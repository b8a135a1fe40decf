"""The wheel: built, installed in a fresh environment outside the checkout, and put to work there."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.slow


def run(*arguments: str | Path, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(list(map(str, arguments)), cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT, cwd=folder)
    (found,) = folder.glob("*.whl")
    return found


def test_the_wheel_holds_the_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "kg/py.typed",
        "kg/ontology/whomet.ttl",
        "kg/queries/who-met-whom.rq",
        "kg/lexicons/sentences.yaml",
        "kg/models/en/config.cfg",
    ):
        assert wanted in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not [name for name in names if name.startswith(("tests/", "seeds/"))]


def test_the_wheel_does_the_main_job(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    run(tmp_path / "env/bin/pip", "install", "-q", wheel, cwd=tmp_path)
    kg = tmp_path / "env/bin/kg"
    assert "5  documents" in run(kg, "build", ROOT / "seeds", cwd=tmp_path)
    assert "who-met-whom" in run(kg, "query", cwd=tmp_path)
    assert "documents" in run(kg, "query", "who-met-whom", "--format", "csv", cwd=tmp_path)
    script = "import kg; assert '/env/' in kg.__file__, kg.__file__; print(len(kg.open('.kg').query('documents')))"
    assert run(tmp_path / "env/bin/python", "-c", script, cwd=tmp_path).strip() == "5"
