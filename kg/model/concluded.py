"""What is concluded across documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.model.found import Findings, Kind, Reason


class Local(NamedTuple):
    """A record of one document, named across documents: the document's slug and the local id."""

    document: str
    id: str


@dataclass(frozen=True, slots=True)
class Identity:
    """One entity across documents, with the local entities that denote it.

    `key` is stable and unique within its kind: the IRI's last part is made of it.
    """

    key: str
    kind: Kind
    label: str
    names: tuple[str, ...]
    members: tuple[Local, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """What several accounts tell of: the meetings, each of one document, that are one."""

    key: str
    accounts: tuple[Local, ...]
    held_later: Local | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """A role in a body over time: the tenures that documents report, in order."""

    key: str
    title: str
    of: str | None
    tenures: tuple[Local, ...]


@dataclass(frozen=True, slots=True)
class Likely:
    """An unnamed role holder in one document whom another document probably names."""

    role: Local
    identity: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """One text that stands in several documents with hardly a change, the first of them in front: one source."""

    documents: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """A pair of records of different documents that the rules brought together, or left apart, only just.

    Entities, or meetings; `weight` is the sum of `reasons`, `joined` what came of it.
    """

    one: Local
    other: Local
    joined: bool
    weight: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person decided, to be told of an entity, of a meeting's occasion or, without `local`, of a document.

    `same_as` is the IRI of the same thing elsewhere, where that is what was decided; `match` one that a machine found.
    """

    document: str
    local: str | None
    reason: Reason
    same_as: str | None = None
    match: str | None = None


class Wish(NamedTuple):
    """A meeting, statement, tenure or unnamed source that wants a key: `folder` is its kind in small letters.

    `key` is the natural one, which others may want too, `start` the offset where it stands first.
    """

    folder: str
    id: str
    key: str
    start: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Every document's findings, and what is concluded across them.

    `findings` may be left out where they are looked up one by one; `wishes` are those of each document, by its slug,
    and `titles` all titles of roles.

    `identity_of` maps each local entity to the key and kind of its identity; `doubts` are the pairs that people
    may decide, the least certain first; `verdicts` what people decided that no other record tells.
    """

    findings: tuple[Findings, ...]
    identities: tuple[Identity, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    offices: tuple[Office, ...] = ()
    likely: tuple[Likely, ...] = ()
    identity_of: Mapping[Local, Identity] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    stories: tuple[Story, ...] = ()
    wishes: Mapping[str, tuple[Wish, ...]] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
