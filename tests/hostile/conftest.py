"""How hard the hostile tests try, and the table of what they tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.tally import TALLY, Effort, Tally

HERE = Path(__file__).resolve().parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.hostile)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    rows = TALLY.rows()
    if rows:
        terminalreporter.section("hostile: tried and survived")
        width = max(len(name) for name, _ in rows)
        for name, value in rows:
            terminalreporter.write_line(f"{name:<{width}}  {value}")


@pytest.fixture(scope="session")
def tally() -> Tally:
    """Where a test notes what it tried; printed as one table at the end of the run."""
    return TALLY


@pytest.fixture(scope="session")
def effort(request: pytest.FixtureRequest) -> Effort:
    """How often to try: `--hostile long`, full where the tests were asked for by `-m hostile`, else short."""
    asked = request.config.getoption("--hostile")
    marked = "hostile" in (request.config.getoption("-m") or "")
    return Effort(asked or ("full" if marked else "short"))
