"""Who met whom, when, where."""

from __future__ import annotations

from kg.find.referents import Referents
from kg.language.analysis import Analysis
from kg.model import Meeting, When


def find(analysis: Analysis, who: Referents, times: tuple[When, ...]) -> tuple[Meeting, ...]:
    """The meetings that a document reports, each told once however many sentences report it."""
    return ()
