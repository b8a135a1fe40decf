"""The natural keys of what one document tells: what their IRIs are made of where nobody else wants the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kg.model import Findings, Meeting, Role, Span, Statement, Wish
from kg.resolve.keys import day_of, slug


def wishes(one: Findings) -> Iterator[Wish]:
    """Every meeting, statement, tenure and unnamed source of a document, with the key that it wants."""
    names = {entity.id: entity.name for entity in one.entities} | {s.id: s.description for s in one.sources}
    for m in one.meetings:
        yield Wish("meeting", m.id, meeting_key(m, names), _first(m.evidence))
    for s in one.statements:
        yield Wish("statement", s.id, _statement_key(s, names, one.document.text), _first(s.segments))
    for r in one.roles:
        yield Wish("tenure", r.id, _tenure_key(r, names), _first(r.evidence))
    for source in one.sources:
        yield Wish("source", source.id, slug(source.description), source.span.start)


def _first(spans: tuple[Span, ...]) -> int:
    return min((span.start for span in spans), default=0)


def meeting_key(meeting: Meeting, names: Mapping[str, str]) -> str:
    """The natural key of a meeting: its date and participants, sorted."""
    who = sorted(slug(names[p]) for p in meeting.participants) + sorted(map(slug, meeting.unnamed))
    shown = who[:4] + ["others"] * (len(who) > 4)
    return f"{day_of(meeting.when.bounds if meeting.when else None)}-{slug('-'.join(shown) or 'meeting')}"


def _statement_key(statement: Statement, names: Mapping[str, str], text: str) -> str:
    who = "-".join(sorted(slug(names[s]) for s in statement.speakers)) or "nobody-named"
    words = "-".join(text[slice(*statement.segments[0])].split()[:6])
    return f"{slug(who, 60)}-{slug(words, 40)}"


def _tenure_key(role: Role, names: Mapping[str, str]) -> str:
    parts = [names[role.holder] if role.holder else "unnamed", role.title, names[role.of] if role.of else ""]
    return slug("-".join(filter(None, parts)))
