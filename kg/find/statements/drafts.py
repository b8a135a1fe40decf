"""A statement in the making."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from kg.find.statements.cues import Cue
from kg.language.analysis import Token
from kg.model import Span, StatementKind, When

Place = Literal["before", "after", "none"]


@dataclass(slots=True, eq=False)
class Draft:
    """Words with what shows who uttered them.

    `heads` are the phrases that name the speaker; without any, `inherits` says that the speaker before
    goes on. `place` is where the attribution stands to the words, `at` their first token, `last` the
    token behind their last; `whole` whether they stand as sentences of their own.
    """

    kind: StatementKind
    segments: list[Span]
    at: int
    last: int
    cue: Cue | None = None
    heads: tuple[Token, ...] = ()
    inherits: bool = False
    place: Place = "none"
    whole: bool = False
    noun: Token | None = None
    nested: Draft | None = None
    given: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    rule: str = ""
    sentences: set[int] = field(default_factory=set)
    addressees: tuple[str, ...] = ()
    medium: str | None = None
    when: When | None = None
    mentions: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    made_at: str | None = None
    reports: list[Draft] = field(default_factory=list)
    disputes: list[Draft] = field(default_factory=list)
