"""Nothing is fetched while kg works, nothing needless is installed, and the lowest versions named do the work."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.hostile.tally import Effort

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
MODULES = {
    "pyyaml": "yaml",
    "python-dateutil": "dateutil",
    "lxml-html-clean": "lxml_html_clean",
    "vl-convert-python": "vl_convert",
    "charset-normalizer": "charset_normalizer",
}
INDIRECT = {"lxml-html-clean"}
"""Needed by trafilatura, which does not say so for every version of lxml."""
OFFLINE = """
import socket, sys
def refused(*_, **__): raise OSError("nothing may be fetched")
socket.socket.connect = socket.socket.connect_ex = refused
socket.create_connection = socket.getaddrinfo = refused
import importlib, pkgutil, kg
for module in pkgutil.walk_packages(kg.__path__, "kg."):
    if not module.name.startswith(("kg.cluster", "kg.language.training")):
        importlib.import_module(module.name)
from kg.cli import run
store = sys.argv[1] + "/s"
for command in (
    ["build", sys.argv[2], "--workers", "0"], ["query", "who-met-whom"], ["explain", "Tom Watson"], ["stats"],
    ["export", "-f", "rdfxml", "-o", sys.argv[1] + "/g.rdf"], ["site", "-o", sys.argv[1] + "/site"],
    ["plot", "network", "-o", sys.argv[1] + "/n.png"],
):
    assert run([*command, "--store", store]) == 0, command
"""


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=\[;! ]", each, maxsplit=1)[0].lower().replace("_", "-") for each in requirements}


def imported() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "kg").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.split(".")[0])
    return found


def test_every_dependency_is_used_and_has_a_lower_bound() -> None:
    used = imported()
    for name in sorted(names(PROJECT["dependencies"]) - INDIRECT):
        assert MODULES.get(name, name.replace("-", "_")).lower() in {each.lower() for each in used}, name
    for extra in PROJECT["optional-dependencies"].values():
        for each in extra:
            assert ">=" in each or each.startswith(("whomet[", "types-")), each
    assert all(">=" in each for each in PROJECT["dependencies"])


def test_nothing_is_fetched(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OFFLINE, str(tmp_path), str(ROOT / "seeds")]
    shut = ["unshare", "-rn", *command]
    able = shutil.which("unshare") and not subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode
    done = subprocess.run(shut if able else command, capture_output=True, text=True, cwd=ROOT, timeout=280)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.long
@pytest.mark.parametrize("resolution", ["lowest-direct", "highest"])
def test_the_lowest_and_the_newest_versions_do_the_work(tmp_path: Path, resolution: str, effort: Effort) -> None:
    if effort.name == "full":
        pytest.skip("takes minutes for each: with -m long, or --hostile long")
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    python = tmp_path / "env/bin/python"
    subprocess.run([uv, "venv", "-q", "-p", sys.executable, tmp_path / "env"], check=True)
    install = [uv, "pip", "install", "-q", "--python", python, "--resolution", resolution, "-e", f"{ROOT}[test]"]
    subprocess.run(install, check=True)
    tests = ["test_pipeline.py", "test_cli.py", "test_formats.py", "test_serve.py", "test_site.py", "test_plots.py",
             "test_export.py", "test_check.py", "test_reason.py", "test_search.py", "test_questions.py"]  # fmt: skip
    done = subprocess.run(
        [python, "-m", "pytest", "-m", "not long", "-p", "no:cacheprovider", *(f"tests/{name}" for name in tests)],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
