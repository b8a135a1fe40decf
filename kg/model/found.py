"""What one document says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

Kind = Literal["Person", "Party", "Organisation", "Place"]
MeetingStatus = Literal["Held", "Planned", "Proposed", "Cancelled", "Denied"]
RoleStatus = Literal["Current", "Former", "Incoming"]
StatementKind = Literal["Direct", "Mixed", "Indirect"]
DateBasis = Literal["Stated", "RelativeToPublication", "BoundedByPublication"]


class Span(NamedTuple):
    """A stretch of a document's text: `text[start:end]`."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class Bounds(NamedTuple):
    """The first and last day on which something can have been, inclusive; None where unknown."""

    earliest: date | None
    latest: date | None


UNBOUNDED = Bounds(None, None)


@dataclass(frozen=True, slots=True)
class Document:
    """A source text as read, with what is known of its publication.

    `slug` is the path below the folder that was given, with its ending; `published` is EDTF as
    found (a day, a month, an interval) and `bounds` the days that it allows.
    """

    slug: str
    name: str
    text: str
    title: str
    sha256: str
    address: str | None = None
    publisher: str | None = None
    published: str | None = None
    bounds: Bounds = UNBOUNDED


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision was taken: the rule, its weight (positive speaks for it), and a sentence."""

    rule: str
    weight: float
    words: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A proper name where it stands; the span holds no honorific, article or possessive."""

    span: Span
    kind: Kind
    text: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something named in one document: every mention that denotes it.

    `name` is the fullest form. `qualifier` tells namesakes apart ("Israel" for a party that the
    text calls the Israeli Labor Party); None where the text gives none. `within` is the entity id of
    the place in which a place lies, as the text says.
    """

    id: str
    kind: Kind
    name: str
    mentions: tuple[Mention, ...]
    qualifier: str | None = None
    within: str | None = None
    acronyms: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody quoted without a name: one per document and referent."""

    id: str
    description: str
    span: Span
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """One document's word that a person holds, held or will hold an office.

    `title` is the role in lower case without the body ("shadow health secretary"; "MP" and such keep
    their capitals); `of` the entity id of the body or place. `holder` is None where nobody is named
    ("Labour general secretary"). `evidence` are whole sentences, `span` the role words.
    """

    id: str
    holder: str | None
    title: str
    of: str | None
    status: RoleStatus
    span: Span
    evidence: tuple[Span, ...]
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """A date expression and the days that it allows.

    `bounds` reads it as told of what has happened; `ahead`, where it differs, of what is still to come
    ("on Tuesday" is the last one or the next).
    """

    text: str
    span: Span | None
    bounds: Bounds
    basis: DateBasis
    ahead: Bounds | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One document's account of agents who meet, however many sentences report it.

    `participants` (hosts among them) are entity ids; `unnamed` words for those who took part without
    a name; `evidence` whole sentences, best first; `form` one of the forms in the ontology.
    """

    id: str
    participants: tuple[str, ...]
    status: MeetingStatus
    evidence: tuple[Span, ...]
    hosts: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    form: str | None = None
    place: str | None = None
    when: When | None = None
    invited_by: str | None = None
    part_of: str | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody is reported to have said or written.

    `speakers` are ids of entities or of sources (several for a joint statement); `segments` the words
    themselves without quotation marks, in order; `evidence` the whole sentences around them.
    """

    id: str
    speakers: tuple[str, ...]
    kind: StatementKind
    segments: tuple[Span, ...]
    evidence: tuple[Span, ...]
    cue: str | None = None
    addressees: tuple[str, ...] = ()
    medium: str | None = None
    when: When | None = None
    mentions: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    made_at: str | None = None
    reports: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()
    in_capacity: str | None = None
    on_behalf_of: str | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that was left out, with its place: reported, never swallowed."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that one document says: the result of steps 1 to 3, a pure function of the document.

    `signature` is the MinHash of the text's words by which near-copies are found, in hexadecimal digits; "" where it
    was not made yet or the text is too short.
    """

    document: Document
    entities: tuple[Entity, ...] = ()
    sources: tuple[Source, ...] = ()
    roles: tuple[Role, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()
    signature: str = ""
