from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from kg.language import backend
from kg.language.analysis import Analysis
from kg.model import UNBOUNDED, Bounds, Document


def document(text: str, published: str | None = None, bounds: Bounds = UNBOUNDED) -> Document:
    """A document made of a text that a test writes down."""
    sha = hashlib.sha256(text.encode()).hexdigest()
    return Document("test.txt", "test.txt", text, text.split("\n", 1)[0], sha, published=published, bounds=bounds)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--hostile",
        choices=("short", "full", "long"),
        help="how hard the tests of tests/hostile try: full by default with -m hostile, else short",
    )


@pytest.fixture(scope="session")
def analysed() -> Callable[..., Analysis]:
    """Analyses a text with the pipeline that ships; it is loaded once for all tests."""

    def analyse(text: str, published: str | None = None, bounds: Bounds = UNBOUNDED) -> Analysis:
        return next(iter(backend.analyse([document(text, published, bounds)])))

    return analyse
