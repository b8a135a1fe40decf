"""Who said what, to whom."""

from __future__ import annotations

from kg.find.referents import Referents
from kg.language.analysis import Analysis
from kg.model import Meeting, Source, Statement, When


def find(
    analysis: Analysis, who: Referents, times: tuple[When, ...], meetings: tuple[Meeting, ...]
) -> tuple[tuple[Source, ...], tuple[Statement, ...]]:
    """The unnamed sources and the statements of a document, in order."""
    return (), ()
