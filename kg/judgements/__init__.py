"""What people decided: records that beat every rule, in the words of the texts, so that they outlive a rebuild.

    Pair(one, other, same=False, by="ann", on=date(2021, 5, 4))     these two are not one, whatever the rules say
    resolve(findings, held, Judgements(pairs=(…,)))                 joins and parts what people joined and parted

A thing is named by its document, its words and where they stand, never by an IRI: IRIs come of resolution.
`file` reads and writes them, `things` finds what they speak of, `mend` takes them into the findings.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from kg.errors import UsageError

Folder = Literal["person", "party", "organisation", "place", "meeting", "statement", "tenure"]
FOLDERS: tuple[str, ...] = get_args(Folder)
_SORTS = {"party": "body", "organisation": "body"}


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A record of one document, as people see it.

    `folder` is the first part of its IRI; `document` the slug; `words` a name as the document writes it, or the
    words of a meeting's or tenure's first evidence, or of a statement's first segment; `start` the offset of those
    words, None where they say enough; `who` takes part, speaks or holds the office, where several facts share them.
    """

    folder: Folder
    document: str
    words: str
    start: int | None = None
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Somebody's word that two things are one (`same`), or that they are two.

    People, bodies and places are joined or parted as identities, meetings as occasions. Raises UsageError for two
    things that no word can make one: a person and a place, or tenures.
    """

    one: Thing
    other: Thing
    same: bool
    by: str = ""
    on: date | None = None
    note: str = ""
    where: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        sorts = {_SORTS.get(thing.folder, thing.folder) for thing in (self.one, self.other)}
        if len(sorts) > 1 or sorts & {"statement", "tenure"}:
            folders = f"{self.one.folder} and {self.other.folder}"
            raise UsageError(f"judgement on {self.one.words!r} and {self.other.words!r}: {folders} are never one thing")


@dataclass(frozen=True, slots=True)
class Rejection:
    """Somebody's word that a document does not tell this: a meeting, statement or tenure that was misread."""

    fact: Thing
    by: str = ""
    on: date | None = None
    note: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Correction:
    """Somebody's word on one field of a fact: what the document says instead of what was read.

    `what` is that of the record in `kg.model` ("when", "participants", "place", "status", "speakers"), `value` as
    text: names are divided by " | ", a date is EDTF, nothing is none.
    """

    fact: Thing
    what: str
    value: str
    by: str = ""
    on: date | None = None
    note: str = ""
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Link:
    """Somebody's word that a thing is the one that an IRI elsewhere denotes (`same`), or that it is not."""

    thing: Thing
    iri: str
    same: bool
    by: str = ""
    on: date | None = None
    note: str = ""
    where: str = field(default="", compare=False)


Judgement = Pair | Rejection | Correction | Link


@dataclass(frozen=True, slots=True)
class Judgements:
    """All that people decided, in the order of the file: of two on one matter the later one holds."""

    pairs: tuple[Pair, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    corrections: tuple[Correction, ...] = ()
    links: tuple[Link, ...] = ()

    def in_force(self) -> Iterator[Pair]:
        """The pairs, each matter once, by the last word on it; who was first named on a matter comes first."""
        last: dict[frozenset[Thing], Pair] = {}
        for pair in self.pairs:
            last[frozenset((pair.one, pair.other))] = pair
        yield from last.values()

    def links_in_force(self) -> Iterator[Link]:
        """The links elsewhere, each matter once, by the last word on it."""
        yield from {(link.thing, link.iri): link for link in self.links}.values()

    def __iter__(self) -> Iterator[Judgement]:
        yield from self.pairs
        yield from self.rejections
        yield from self.corrections
        yield from self.links


def told_by(judgement: Judgement) -> str:
    """Who decided and when: "ann decided so on 2021-06-01: I asked her"."""
    on = f"on {judgement.on.isoformat()}" if judgement.on else ""
    who = " ".join(filter(None, (judgement.by or "somebody", "decided so", on)))
    return f"{who}: {judgement.note}" if judgement.note else who


NONE = Judgements()
