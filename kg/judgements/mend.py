"""Findings as people mended them: without the facts that they rejected, and with what they corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

from kg.documents.edtf import bounds
from kg.errors import UsageError
from kg.judgements import Correction, Judgement, Judgements, Rejection, told_by
from kg.judgements.file import SEPARATOR
from kg.judgements.things import Record, find, plain, records
from kg.model import Entity, Findings, Meeting, MeetingStatus, Problem, Reason, Role, RoleStatus, Statement, When

_WEIGHT = 100.0
_STATUSES: Mapping[type, tuple[str, ...]] = {Meeting: get_args(MeetingStatus), Role: get_args(RoleStatus)}
_NOUNS: Mapping[type, str] = {Meeting: "meeting", Role: "tenure", Statement: "statement", Entity: "name"}


class Mender:
    """Takes judgements on facts into findings, document by document, and notes those that fit nothing.

    `problems` and `rejected` (documents with the word on them) are whole once every document was mended.
    """

    def __init__(self, judgements: Judgements) -> None:
        self.problems: list[Problem] = []
        self.rejected: list[tuple[str, Reason]] = []
        self._waiting: dict[str, list[Rejection | Correction]] = defaultdict(list)
        facts: list[Rejection | Correction] = [*judgements.corrections, *judgements.rejections]
        for judgement in facts:
            self._waiting[judgement.fact.document].append(judgement)

    def mend(self, one: Findings) -> Findings:
        """The findings of a document as people want them; local ids stay."""
        last: dict[tuple[str, str], Rejection | Correction] = {}
        for judgement in self._waiting.pop(one.document.slug, ()):
            local = find(judgement.fact, one)
            if local is None:
                self.problems.append(unmatched(judgement, judgement.fact.words, judgement.fact.document))
            else:
                last[local.id, judgement.what if isinstance(judgement, Correction) else ""] = judgement
        changed: dict[str, Record] = {}
        gone: set[str] = set()
        for (local_id, _), judgement in last.items():
            if isinstance(judgement, Rejection):
                gone.add(local_id)
                words = f"{told_by(judgement)}: no {judgement.fact.folder} is told by “{judgement.fact.words}”"
                self.rejected.append((one.document.slug, Reason("judgement", -_WEIGHT, words)))
                continue
            try:
                changed[local_id] = corrected(changed.get(local_id) or records(one)[local_id], judgement, one)
            except UsageError as error:
                self.problems.append(Problem(judgement.where or "judgement", f"obeyed no longer: {error}"))
        return _without(_with(one, changed), gone) if changed or gone else one

    def finish(self) -> None:
        """Note what speaks of documents that were not there."""
        for left in self._waiting.values():
            self.problems += [unmatched(each, each.fact.words, each.fact.document) for each in left]
        self._waiting.clear()


def unmatched(judgement: Judgement, words: str, document: str) -> Problem:
    """What is said of a judgement that fits nothing (any longer)."""
    what = f"this judgement fits nothing: “{words}” is not found in {document}; it stays until you forget it"
    return Problem(judgement.where or "judgement", what)


def corrected(record: Record, word: Correction, one: Findings) -> Record:
    """The record with one field corrected, and who did it among its reasons.

    Raises UsageError for a field that the record lacks, and for a value that is none of what can stand there.
    """
    how = _HOW.get((type(record), word.what))
    if how is None:
        fields = ", ".join(sorted(name for kind, name in _HOW if kind is type(record)))
        raise UsageError(f"a {_NOUNS[type(record)]} has no {word.what} to correct; it has {fields}")
    reason = Reason("judgement", _WEIGHT, f"{told_by(word)}: {word.what} is {word.value or 'not told'}")
    mended: Record = replace(record, **how(record, word.value.strip(), one), reasons=(*record.reasons, reason))
    return mended


def _when(record: Any, value: str, one: Findings) -> dict[str, Any]:
    if not value:
        return {"when": None}
    try:
        days = bounds(value)
    except ValueError as error:
        raise UsageError(str(error)) from error
    old = record.when
    return {"when": When(old.text if old else "", old.span if old else None, days, "Stated")}


def _status(record: Any, value: str, one: Findings) -> dict[str, Any]:
    allowed = _STATUSES[type(record)]
    if value.capitalize() not in allowed:
        raise UsageError(f"unknown status {value!r}; allowed are {', '.join(each.lower() for each in allowed)}")
    return {"status": value.capitalize()}


def _participants(record: Any, value: str, one: Findings) -> dict[str, Any]:
    locals_ = tuple(dict.fromkeys(_agent(name, one) for name in _names(value)))
    if not locals_:
        raise UsageError("a meeting without participants is none; reject it instead")
    return {"participants": locals_, "hosts": tuple(each for each in record.hosts if each in locals_)}


def _speakers(record: Any, value: str, one: Findings) -> dict[str, Any]:
    sources = {plain(source.description).casefold(): source.id for source in one.sources}
    found = (sources.get(plain(name).casefold()) or _agent(name, one) for name in _names(value))
    return {"speakers": tuple(dict.fromkeys(found))}


def _place(record: Any, value: str, one: Findings) -> dict[str, Any]:
    places = [entity for entity in one.entities if entity.kind == "Place"]
    return {"place": _named(value, places, one) if value else None}


def _names(value: str) -> list[str]:
    return [name for name in map(str.strip, value.split(SEPARATOR.strip())) if name]


def _agent(name: str, one: Findings) -> str:
    return _named(name, [entity for entity in one.entities if entity.kind != "Place"], one)


def _named(name: str, entities: list[Entity], one: Findings) -> str:
    """The local id of what the document calls so; whole names go before other mentions."""
    wanted = plain(name).casefold()
    for entity in entities:
        if plain(entity.name).casefold() == wanted:
            return entity.id
    for entity in entities:
        if any(plain(mention.text).casefold() == wanted for mention in entity.mentions):
            return entity.id
    known = ", ".join(sorted(entity.name for entity in entities)) or "nothing of the kind"
    raise UsageError(f"{one.document.slug} names no {name!r}, and a fact needs its words; it names {known}")


_HOW: Mapping[tuple[type, str], Callable[[Any, str, Findings], dict[str, Any]]] = {
    (Meeting, "when"): _when, (Meeting, "participants"): _participants, (Meeting, "place"): _place,
    (Meeting, "status"): _status, (Statement, "when"): _when, (Statement, "speakers"): _speakers,
    (Role, "status"): _status,
}  # fmt: skip


def _with(one: Findings, changed: Mapping[str, Any]) -> Findings:
    def mended(found: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(changed.get(record.id, record) for record in found)

    return replace(one, roles=mended(one.roles), meetings=mended(one.meetings), statements=mended(one.statements))


def _without(one: Findings, gone: set[str]) -> Findings:
    """The findings without some records, and without what leads to them."""
    if not gone:
        return one

    def kept(locals_: Iterable[str]) -> tuple[str, ...]:
        return tuple(local for local in locals_ if local not in gone)

    def known(local: str | None) -> str | None:
        return None if local in gone else local

    def meetings() -> Iterator[Meeting]:
        for each in one.meetings:
            if each.id not in gone:
                yield replace(each, part_of=known(each.part_of))

    def statements() -> Iterator[Statement]:
        for each in one.statements:
            if each.id not in gone:
                yield replace(
                    each, concerns=kept(each.concerns), made_at=known(each.made_at), reports=kept(each.reports),
                    disputes=kept(each.disputes), in_capacity=known(each.in_capacity),
                )  # fmt: skip

    roles = tuple(role for role in one.roles if role.id not in gone)
    return replace(one, roles=roles, meetings=tuple(meetings()), statements=tuple(statements()))
