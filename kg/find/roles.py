"""Which office a document gives to whom."""

from __future__ import annotations

from kg.language.analysis import Analysis
from kg.model import Entity, Role


def find(analysis: Analysis, entities: tuple[Entity, ...]) -> tuple[Role, ...]:
    """The roles of a document in order."""
    return ()
