"""Proper names with their types."""

from __future__ import annotations

from kg.language.analysis import Analysis
from kg.model import Kind, Mention

_KINDS: dict[str, Kind] = {"PER": "Person", "PARTY": "Party", "ORG": "Organisation", "PLACE": "Place"}


def find(analysis: Analysis) -> tuple[Mention, ...]:
    """Every proper name of a person, party, organisation or place, in order, none overlapping."""
    return tuple(
        Mention(name.span, _KINDS[name.label], analysis.text[name.span.start : name.span.end])
        for name in analysis.names
        if name.label in _KINDS
    )
