"""The nouns of kg: frozen records that the steps hand to one another.

Offsets are Python string offsets into `Document.text`, end exclusive. Records inside one document
point at one another by short local ids ("e1" an entity, "a1" an unnamed source, "m1" a meeting,
"s1" a statement); IRIs are minted in `kg.rdf` alone.
"""

from __future__ import annotations

from kg.model.concluded import Doubt, Facts, Identity, Likely, Local, Occasion, Office, Story, Verdict, Wish
from kg.model.found import (
    UNBOUNDED,
    Bounds,
    DateBasis,
    Document,
    Entity,
    Findings,
    Kind,
    Meeting,
    MeetingStatus,
    Mention,
    Problem,
    Reason,
    Role,
    RoleStatus,
    Source,
    Span,
    Statement,
    StatementKind,
    When,
)

__all__ = [
    "UNBOUNDED",
    "Bounds",
    "DateBasis",
    "Document",
    "Doubt",
    "Entity",
    "Facts",
    "Findings",
    "Identity",
    "Kind",
    "Likely",
    "Local",
    "Meeting",
    "MeetingStatus",
    "Mention",
    "Occasion",
    "Office",
    "Problem",
    "Reason",
    "Role",
    "RoleStatus",
    "Source",
    "Span",
    "Statement",
    "StatementKind",
    "Story",
    "Verdict",
    "When",
    "Wish",
]
