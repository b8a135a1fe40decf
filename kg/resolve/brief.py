"""What resolution keeps of one document: all that bears on who is who, without the text.

    brief(findings)                 made once a document, and kept
    packed(brief); unpacked(line)   as one line of JSON and back

A brief's head says which groups its records fall into; the details of a name are a line of JSON of their own, read
only where the name's group is decided.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from kg.model import UNBOUNDED, Bounds, Findings, Kind, Meeting, MeetingStatus, RoleStatus, Wish
from kg.resolve.context import Context, Reading
from kg.resolve.copies import signed
from kg.resolve.names import Body, Words
from kg.resolve.natural import wishes
from kg.resolve.profiles import Company, as_body


class Name(NamedTuple):
    """One local entity: `starts` are the offsets of its mentions, `within` the id of the place in which it lies.

    `acronyms` are those by which the document calls it, `shorts` the single words by which it goes on calling it;
    `detail` is what else tells it from a namesake, in JSON.
    """

    id: str
    kind: Kind
    name: str
    qualifier: str | None
    within: str | None
    starts: Sequence[int]
    acronyms: Sequence[str]
    shorts: Sequence[str]
    detail: str


class Post(NamedTuple):
    """One role that a document tells of: `holder` and `of` are local ids, None where nobody or nothing is named."""

    id: str
    holder: str | None
    title: str
    of: str | None
    status: RoleStatus


class Told(NamedTuple):
    """One document's account of a meeting: `who` and `place` are local ids, `start` where its evidence begins.

    `first` and `last` are the days on which it can have been.
    """

    id: str
    who: Sequence[str]
    place: str | None
    status: MeetingStatus
    form: str | None
    start: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Brief:
    """One document as resolution sees it.

    `home` is the country that its own text is at home in, `signature` that of its text for near-copies (see
    `copies`), `company` whom and what it names, in JSON, `wishes` what wants a key.
    """

    slug: str
    publisher: str | None
    published: Bounds
    home: str | None
    signature: str
    company: str
    names: tuple[Name, ...]
    posts: tuple[Post, ...]
    meetings: tuple[Told, ...]
    wishes: tuple[Wish, ...]

    @property
    def day(self) -> date | None:
        """The day of publication; the first where several are possible."""
        return self.published.earliest

    def people(self) -> frozenset[Words]:
        """The full names of its people."""
        return _people(self.company)

    def companions(self, story: str | None = None) -> Company:
        """Those who stand in it; nobody where it names so many that they are no company."""
        people, bodies, crowded = json.loads(self.company)
        day = self.day.toordinal() if self.day else None
        told = () if crowded else map(tuple, people)
        return Company(frozenset(told), frozenset(map(as_body, bodies)), self.publisher, day, story)


@lru_cache(maxsize=1 << 12)
def _people(company: str) -> frozenset[Words]:
    return frozenset(map(tuple, json.loads(company)[0]))


def brief(findings: Findings) -> Brief:
    """The brief of one document: a pure function of its findings."""
    findings = signed(findings)
    document, context = findings.document, Context(findings)
    company = _json([sorted(context.people), _bodies(context.bodies), context.crowded])
    return Brief(
        document.slug,
        document.publisher,
        document.bounds,
        context.home,
        findings.signature,
        company,
        tuple(_name(Reading(entity, context)) for entity in findings.entities),
        tuple(Post(role.id, role.holder, role.title, role.of, role.status) for role in findings.roles),
        tuple(_told(meeting, document.bounds) for meeting in findings.meetings),
        tuple(wishes(findings)),
    )


def _name(reading: Reading) -> Name:
    entity, shorts, acronyms = reading.entity, sorted(reading.shorts), sorted(reading.acronyms)
    told: list[Collection[object] | str | None] = [
        [mention.text for mention in entity.mentions], acronyms, shorts, sorted(reading.officers),
        sorted(reading.genders), sorted(reading.born), sorted(reading.callings),
        sorted(reading.offices, key=repr),
        sorted(([held, now, told] for (held, now), told in reading.terms.items()), key=repr), reading.within,
    ]  # fmt: skip
    return Name(
        entity.id, entity.kind, entity.name, entity.qualifier, entity.within,
        [mention.span.start for mention in entity.mentions], acronyms, [word for word, in shorts], _json(told),
    )  # fmt: skip


def _bodies(bodies: Iterable[Body]) -> list[Body]:
    return sorted(bodies, key=lambda each: (each.words, each.country or ""))


def _told(meeting: Meeting, published: Bounds) -> Told:
    who = tuple(dict.fromkeys((*meeting.participants, *meeting.hosts)))
    start = min((span.start for span in meeting.evidence), default=0)
    first, last = _possible(meeting, published)
    return Told(meeting.id, who, meeting.place, meeting.status, meeting.form, start, first, last)


def _possible(meeting: Meeting, published: Bounds) -> Bounds:
    """The days told, less those after the paper's own where it was held, or before where it is still to come."""
    first, last = meeting.when.bounds if meeting.when else UNBOUNDED
    if first and first == last:
        return Bounds(first, last)
    if meeting.status == "Held" and published.latest and (not first or first <= published.latest):
        return Bounds(first, min(last or published.latest, published.latest))
    if meeting.status == "Planned" and published.earliest and first and last:
        return Bounds(max(first, min(last, published.earliest)), last)
    return Bounds(first, last)


def packed(one: Brief) -> str:
    """A brief as one line of JSON."""
    meetings = [[*each[:-2], _iso(each.first), _iso(each.last)] for each in one.meetings]
    head = [one.slug, one.publisher, *map(_iso, one.published), one.home, one.signature, one.company]
    return _json([*head, one.names, one.posts, meetings, one.wishes])


def unpacked(line: str) -> Brief:
    """What `packed` wrote. Raises ValueError for anything else."""
    try:
        slug, publisher, first, last, home, signature, company, names, posts, meetings, wanted = json.loads(line)
        return Brief(
            slug, publisher, Bounds(_day(first), _day(last)), home, signature, company,
            tuple(Name(*each) for each in names),
            tuple(Post(*each) for each in posts),
            tuple(Told(*[*each[:-2], *map(_day, each[-2:])]) for each in meetings),
            tuple(Wish(*each) for each in wanted),
        )  # fmt: skip
    except (TypeError, ValueError) as error:
        raise ValueError(f"no brief of a document: {error}") from error


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(read: Any) -> date | None:
    return date.fromisoformat(read) if read else None
