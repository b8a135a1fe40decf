"""Invented findings for the tests of what comes after the finders."""

from __future__ import annotations

import hashlib
import re
from datetime import date

from kg.model import (
    Bounds,
    Document,
    Entity,
    Findings,
    Kind,
    Meeting,
    MeetingStatus,
    Mention,
    Reason,
    Role,
    RoleStatus,
    Source,
    Span,
    Statement,
    When,
)


class Told:
    """Findings of one invented document, written by naming what its text holds."""

    def __init__(self, slug: str, text: str, day: str | None = None, publisher: str | None = None) -> None:
        bounds = Bounds(date.fromisoformat(day), date.fromisoformat(day)) if day else Bounds(None, None)
        digest = hashlib.sha256(text.encode()).hexdigest()
        title = text.split("\n")[0]
        self.document = Document(slug, slug.rpartition("/")[2], text, title, digest, None, publisher, day, bounds)
        self.entities: list[Entity] = []
        self.roles: list[Role] = []
        self.meetings: list[Meeting] = []
        self.statements: list[Statement] = []
        self.sources: list[Source] = []

    def span(self, words: str) -> Span:
        start = self.document.text.index(words)
        return Span(start, start + len(words))

    def entity(
        self,
        kind: Kind,
        *names: str,
        qualifier: str | None = None,
        within: str | None = None,
        acronyms: tuple[str, ...] = (),
    ) -> str:
        text = self.document.text
        mentions = tuple(
            Mention(Span(*found.span()), kind, name, (Reason("invented", 1.0, "a test says so"),))
            for name in names
            for found in re.finditer(rf"\b{re.escape(name)}\b", text)
        )
        assert mentions, names
        local = f"e{len(self.entities) + 1}"
        self.entities.append(Entity(local, kind, names[0], mentions, qualifier, within, acronyms))
        return local

    def role(self, holder: str | None, title: str, of: str | None = None, status: RoleStatus = "Current") -> str:
        local = f"r{len(self.roles) + 1}"
        span = self.span(title)
        self.roles.append(Role(local, holder, title.lower(), of, status, span, (self._sentence(span),)))
        return local

    def meeting(
        self,
        words: str,
        *who: str,
        status: MeetingStatus = "Held",
        days: tuple[str, str] | None = None,
        place: str | None = None,
        unnamed: tuple[str, ...] = (),
    ) -> str:
        local = f"m{len(self.meetings) + 1}"
        when = When("then", None, Bounds(*map(date.fromisoformat, days)), "Stated") if days else None
        evidence = (self._sentence(self.span(words)),)
        self.meetings.append(Meeting(local, who, status, evidence, unnamed=unnamed, place=place, when=when))
        return local

    def said(self, words: str, *who: str, medium: str | None = None) -> str:
        local = f"s{len(self.statements) + 1}"
        span = self.span(words)
        self.statements.append(Statement(local, who, "Direct", (span,), (self._sentence(span),), "said", medium=medium))
        return local

    def source(self, words: str) -> str:
        local = f"a{len(self.sources) + 1}"
        self.sources.append(Source(local, words, self.span(words)))
        return local

    def _sentence(self, span: Span) -> Span:
        text = self.document.text
        before = text[: span.start].replace(". ", ".\n")
        start = before.rfind("\n") + 1
        end = min(i for i in (text.find(". ", span.end) + 1, text.find("\n", span.end), len(text)) if i > 0)
        return Span(start, end)

    def findings(self) -> Findings:
        return Findings(
            self.document,
            tuple(self.entities),
            tuple(self.sources),
            tuple(self.roles),
            tuple(self.meetings),
            tuple(self.statements),
        )


def two_documents() -> list[Findings]:
    """Two papers on one meeting; the second names its people less fully."""
    text = (
        "Ada Lind met Bo Ek in Malmo\nAda Lind, leader of the Reed Party, met Bo Ek of the Board of Ferries in Malmo "
        "on 3 May 2021. “We agreed,” Lind said. A source close to the board said: “Not yet.”"
    )
    one = Told("north/one two.txt", text, "2021-05-04", "The Northern Post")
    lind = one.entity("Person", "Ada Lind", "Lind")
    ek = one.entity("Person", "Bo Ek")
    party = one.entity("Party", "Reed Party")
    board = one.entity("Organisation", "Board of Ferries")
    malmo = one.entity("Place", "Malmo")
    one.role(lind, "leader", party)
    one.meeting("met Bo Ek of", lind, ek, board, days=("2021-05-03", "2021-05-03"), place=malmo)
    one.said("We agreed", lind, medium="interview")
    one.said("Not yet", one.source("A source close to the board"))
    text = "Reed Party leader Lind and Bo Ek held talks on Monday. The general secretary of the Reed Party was there."
    two = Told("two.txt", text, "2021-05-05", "The Island Echo")
    lind = two.entity("Person", "Lind")
    ek = two.entity("Person", "Bo Ek")
    party = two.entity("Party", "Reed Party")
    two.role(lind, "leader", party)
    two.role(None, "general secretary", party)
    two.meeting("held talks", lind, ek, days=("2021-05-03", "2021-05-03"), unnamed=("The general secretary",))
    return [one.findings(), two.findings()]
