"""Between a judgement's things and the records of a document: named by words, and found again by them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kg.judgements import Folder, Thing
from kg.model import Entity, Findings, Local, Meeting, Role, Span, Statement

Record = Entity | Meeting | Role | Statement
_BODIES = frozenset(("party", "organisation"))
_ENTITIES = frozenset(("person", "party", "organisation", "place"))


class _Told(NamedTuple):
    """A record with one of the words by which it can be named."""

    start: int
    local: str
    words: str


def thing(local: Local, one: Findings) -> Thing:
    """How people name a record of a document: by its first words, and where they stand.

    Raises KeyError for a record that the findings lack.
    """
    record = records(one)[local.id]
    if isinstance(record, Entity):
        kind: Folder = record.kind.lower()  # type: ignore[assignment]
        first = min((mention.span for mention in record.mentions), default=None)
        return Thing(kind, local.document, plain(record.name), first.start if first else None)
    folder: Folder = "meeting" if isinstance(record, Meeting) else "tenure" if isinstance(record, Role) else "statement"
    spans = record.segments if isinstance(record, Statement) else record.evidence
    span = min(spans, default=Span(0, 0))
    return Thing(folder, local.document, plain(one.document.text[slice(*span)]), span.start, who(record, one))


def records(one: Findings) -> dict[str, Record]:
    """The records of a document by their local ids."""
    found: list[Record] = [*one.entities, *one.meetings, *one.roles, *one.statements]
    return {record.id: record for record in found}


def who(record: Meeting | Role | Statement, one: Findings) -> tuple[str, ...]:
    """The names of those who take part, speak or hold the office, and of an office what it is."""
    names = {entity.id: entity.name for entity in one.entities} | {s.id: s.description for s in one.sources}
    if isinstance(record, Meeting):
        locals_ = tuple(dict.fromkeys((*record.participants, *record.hosts)))
        return tuple(plain(names[local]) for local in locals_) + tuple(map(plain, record.unnamed))
    if isinstance(record, Role):
        held = (names.get(record.holder or ""), record.title, names.get(record.of or ""))
        return tuple(plain(words) for words in held if words)
    return tuple(plain(names[local]) for local in record.speakers)


def find(thing: Thing, one: Findings | None) -> Local | None:
    """The record of one document that a judgement speaks of, None where the document tells of none.

    It is found by its words among the records of its kind, a name by any mention; where several fit, by where it
    stands, then by who is part of it.
    """
    if one is None:
        return None
    words = plain(thing.words)
    fitting = [told for told in _told(thing.folder, one) if told.words == words]
    if thing.start is not None and (exact := [told for told in fitting if told.start == thing.start]):
        fitting = exact
    if thing.who:
        known = records(one)
        fitting = [told for told in fitting if _is_of(known[told.local], thing.who, one)] or fitting
    return Local(one.document.slug, min(fitting).local) if fitting else None


def _is_of(record: Record, names: tuple[str, ...], one: Findings) -> bool:
    return not isinstance(record, Entity) and sorted(who(record, one)) == sorted(map(plain, names))


def _told(folder: str, one: Findings) -> Iterator[_Told]:
    """Every record of a kind with all words by which it may be named."""
    text = one.document.text
    if folder not in _ENTITIES:
        told: dict[str, tuple[Meeting | Role | Statement, ...]]
        told = {"meeting": one.meetings, "tenure": one.roles, "statement": one.statements}
        for record in told[folder]:
            spans = (*record.evidence, *(record.segments if isinstance(record, Statement) else ()))
            yield from (_Told(span.start, record.id, plain(text[slice(*span)])) for span in spans)
        return
    for entity in one.entities:
        kind = entity.kind.lower()
        if kind == folder or (kind in _BODIES and folder in _BODIES):
            starts = [mention.span.start for mention in entity.mentions]
            yield _Told(min(starts, default=0), entity.id, plain(entity.name))
            yield from (_Told(m.span.start, entity.id, plain(m.text)) for m in entity.mentions)


def plain(words: str) -> str:
    """Words on one line, with single blanks."""
    return " ".join(words.split())
