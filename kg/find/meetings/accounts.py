"""One sentence's accounts of meetings: events with status, place and date, split where there are several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from kg.find.meetings import circumstances
from kg.find.meetings.clauses import Clauses
from kg.find.meetings.event import Event
from kg.find.meetings.events import Finder
from kg.find.meetings.groups import Reader, Recent
from kg.find.meetings.lexicon import words
from kg.find.meetings.phrases import Group
from kg.find.meetings.status import Judge
from kg.find.meetings.units import row
from kg.find.referents import Referents
from kg.language.analysis import Analysis, Sentence
from kg.model import Bounds, MeetingStatus, Span, When


@dataclass
class Account:
    """What one sentence tells of one meeting.

    `joins`: it takes up a meeting told of before, `adds` with people of its own, `needs` only if there is one;
    `away`: it only tells who did not come; `company`: only who came along; `visit` is what it is part of.
    """

    participants: list[str]
    status: MeetingStatus
    evidence: list[Span]
    form: str
    sentence: int
    hosts: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    place: str | None = None
    when: When | None = None
    headline: bool = False
    cue: str = ""
    gathering: bool = False
    joins: bool = False
    needs: bool = False
    adds: bool = False
    away: bool = False
    company: bool = False
    turn: bool = False
    subject: str | None = None
    invited_by: str | None = None
    visit: Account | None = None
    first: int = 0

    def __post_init__(self) -> None:
        self.first = self.sentence


def read(
    analysis: Analysis, sentence: Sentence, who: Referents, times: Sequence[When], recent: Recent | None = None
) -> Iterator[Account]:
    """The accounts of one sentence, in order; `recent` are those who met by the sentence before."""
    if analysis.text[: sentence.span.end].endswith("?"):
        return
    lists = words()
    kind = analysis.kind_of(sentence)
    if kind not in ("caption", "heading") and not any(
        t.lower in lists.cues or t.lemma in lists.cues for t in analysis.sentence_tokens(sentence)
    ):
        return
    units = row(analysis, sentence, who, times, lists)
    reader = Reader(units, who, lists, recent)
    clauses = Clauses(analysis, units, reader.groups(), lists)
    headline = kind in ("headline", "heading", "caption") and not analysis.text[: sentence.span.end].endswith(".")
    judge = Judge(clauses, reader, lists, headline)
    finder = Finder(clauses, reader, lists)
    events = _distinct(list(finder.events()))
    if not events and kind in ("caption", "heading") and (pictured := finder.pictured()) is not None:
        events = [pictured]
    for event in events:
        status = judge.status(event)
        if status is None or not _enough(event, clauses, reader):
            continue
        told: set[tuple[str, ...]] = set()
        for part, limits in _parts(event, clauses):
            ids = tuple(sorted({i for member in part.members() for i in member.ids}))
            if ids in told and len(ids) > 1:
                continue
            told.add(ids)
            yield _account(part, limits, status, (analysis, sentence, clauses, judge))


def _distinct(events: list[Event]) -> list[Event]:
    """One event of "sat down for talks with": the word with more people speaks for both."""
    kept: list[Event] = []
    for event in events:
        ids = {i for m in event.members() for i in m.ids}
        for n, other in enumerate(kept):
            others = {i for m in other.members() for i in m.ids}
            if ids and (ids == others or (event.at < other.last and (ids <= others or others <= ids))):
                best = event if len(ids) > len(others) else other
                worse = other if best is event else event
                kept[n] = replace(
                    best,
                    hosts=best.hosts or worse.hosts,
                    sure=best.sure or worse.sure,
                    form=best.form if best.form != "meeting" else worse.form,
                )
                break
        else:
            kept.append(event)
    return kept


def _enough(event: Event, clauses: Clauses, reader: Reader) -> bool:
    """Whether there are people enough for a meeting, and signs enough that the word means one."""
    members = event.members()
    named = {i for m in members for i in m.ids}
    if event.definite and len(named) < 2:
        return True
    if not named or all(m.words for m in members):
        return False
    several = len(named) + sum(not m.ids for m in members) > 1
    if not event.sure and not event.noun and not _signs(event, clauses, reader):
        return False
    if several:
        return True
    if event.places and event.form == "visit":
        return True
    if event.form == "conference" and event.noun and _signs(event, clauses, reader):
        return True
    return event.alone or (event.noun and event.sure and event.form != "visit")


def _signs(event: Event, clauses: Clauses, reader: Reader) -> bool:
    """A place, a date or a purpose in the clause."""
    if event.form == "visit" and event.places:
        return True
    for n in range(event.first, event.last):
        unit = clauses.units[n]
        if unit.when is not None:
            return True
        if unit.entity is not None and unit.entity.kind == "Place" and n > 0 and clauses.kind(n - 1) in ("prep", "det"):
            return True
        for phrase in reader.lists.phrases["purposes"].get(unit.token.lower, ()):
            if reader.matches(n, phrase):
                return True
    return False


def _parts(event: Event, clauses: Clauses) -> Iterator[tuple[Event, tuple[int, int]]]:
    """The event itself, or one for each of "A in Paris on Monday, B in Rome on Tuesday" and "with A and with B"."""
    targets = [group for group in event.sides if group.first > event.at]
    begin = min((group.first for group in targets), default=event.at)
    chain = _chain(targets, event, clauses) if len(targets) == 1 else []
    subjects = [group for group in event.sides if group.first <= event.at]
    if chain:
        stops = [group.first for group in chain[1:]] + [event.last]
        for n, group in enumerate(chain):
            yield replace(event, sides=[*subjects, group]), (event.first if n == 0 else group.first, stops[n])
        return
    repeated = len(targets) > 1 and len({group.prep for group in targets}) == 1 and targets[0].prep in ("with", "to")
    whole = targets[0] if len(targets) == 1 else None
    if whole is not None and sum(bool(m.ids) for m in whole.members) > 1 and _apart(event, clauses):
        for member in whole.members:
            only = replace(whole, members=[member])
            yield replace(event, sides=[*subjects, only]), (min(event.first, begin), event.last)
        return
    if repeated:
        stops = [group.first for group in targets[1:]] + [event.last]
        for n, group in enumerate(targets):
            limits = (event.first if n == 0 else group.first, stops[n])
            yield replace(event, sides=[*subjects, group], shared=targets[0].first), limits
        return
    yield event, (min(event.first, begin), event.last)


def _apart(event: Event, clauses: Clauses) -> bool:
    """ "Held separate talks with B and C", "phone calls with B and C"."""
    words = {unit.token.lower for unit in clauses.units[event.lead : event.last]}
    word = clauses.units[event.at].token
    several = event.noun and word.lower != word.lemma and word.lemma in clauses.lists.sets["countable"]
    return several or bool(words & clauses.lists.sets["apart"])


def _chain(targets: list[Group], event: Event, clauses: Clauses) -> list[Group]:
    """Bare groups behind the object, each set off by its own place or date."""
    found = list(targets)
    at = targets[0].last
    while at < event.last:
        group = clauses.starting.get(at)
        if (
            group
            and group.members
            and not group.prep
            and clauses.kind(at - 1) in ("and", "comma")
            and any(m.person for m in group.members)
        ):
            between = range(found[-1].last, group.first)
            told = any(clauses.units[n].when is not None or clauses.units[n].kind == "name" for n in between)
            if told and clauses.kind(group.last) != "verb":
                found.append(group)
                at = group.last
                continue
        at += 1
    return found if len(found) > 1 else []


def _account(
    event: Event, limits: tuple[int, int], status: MeetingStatus, scene: tuple[Analysis, Sentence, Clauses, Judge]
) -> Account:
    analysis, sentence, clauses, judge = scene
    told = circumstances.when(event, clauses, limits)
    published = analysis.document.bounds
    status = _by_date(status, told, published, judge.present(event))
    if event.moved_to is not None:
        told = clauses.units[event.moved_to].when
    if told is not None and status == "Proposed" and not event.noun:
        told = _unless_of_offer(told, event, clauses)
    lead = {clauses.units[n].token.lower for n in range(event.lead, event.at)}
    missed = bool(lead & {"have", "had"})
    future = (status in ("Planned", "Proposed") and "had" not in lead) or (
        status == "Cancelled" and event.noun and not missed
    )
    if told is not None:
        told = replace(told, bounds=told.ahead if future and told.ahead else told.bounds, ahead=None)
        told = _stretched(told, event, clauses)
    members = event.members()
    hosts = [i for group in event.hosts for i in group.ids]
    return Account(
        list(dict.fromkeys(i for member in members for i in member.ids)),
        status,
        [sentence.span],
        event.form,
        sentence.number,
        hosts=list(dict.fromkeys(hosts)),
        unnamed=list(dict.fromkeys(m.words for m in members if not m.ids and m.words)),
        place=circumstances.place(event, clauses, limits),
        when=told,
        headline=judge.headline,
        cue=clauses.units[event.at].token.text,
        gathering=event.gathering,
        subject=next((g.ids[0] for g in (*event.sides, *event.hosts) if g.first < event.at and len(g.ids) == 1), None),
        adds=event.definite and event.gathering and event.sure,
        joins=event.definite and (event.adding or len({i for member in members for i in member.ids}) < 2),
        needs=event.needs,
        turn=event.turn,
        company=event.near,
        away=judge.away(event),
        invited_by=event.inviter or _inviter(event, clauses),
    )


def _inviter(event: Event, clauses: Clauses) -> str | None:
    """Who invites, where the word for the meeting or the noun before it says that somebody does."""
    nouns = clauses.lists.sets["invitations"]
    if {clauses.units[n].token.lemma for n in (event.at, event.lead)} & nouns:
        return next((i for group in event.hosts for i in group.ids), None)
    for n in range(event.first, event.at):
        if clauses.units[n].token.lemma in nouns and clauses.kind(n) == "word":
            group = clauses.starting.get(n + 2)
            if clauses.units[n + 1].token.lower in ("from", "by") and group is not None:
                return next(iter(group.ids), None)
    return None


def _unless_of_offer(told: When, event: Event, clauses: Clauses) -> When | None:
    """No date where it only says when the offer was made ("offered on Monday to meet")."""
    within = any(clauses.units[n].when is told for n in range(event.lead, event.at))
    return None if within and clauses.kind(event.at - 1) == "to" else told


def _stretched(told: When, event: Event, clauses: Clauses) -> When:
    """ "A two-day visit ended on Thursday": from the day before."""
    units, bounds = clauses.units, told.bounds
    if not event.noun or event.at < 3 or units[event.at - 1].token.lower != "day" or bounds.earliest is None:
        return told
    days = words().numbers.get(units[event.at - 3].token.lower)
    if days is None or bounds.earliest != bounds.latest:
        return told
    span = timedelta(days=days - 1)
    near = {units[n].token.lemma for n in range(event.first, min(event.at + 4, len(units))) if units[n].kind == "verb"}
    if near & {"end", "conclude", "finish", "complete", "wrap"}:
        return replace(told, bounds=Bounds(bounds.earliest - span, bounds.latest))
    if near & {"begin", "open", "start", "launch"}:
        return replace(told, bounds=Bounds(bounds.earliest, bounds.earliest + span))
    return told


def _by_date(status: MeetingStatus, told: When | None, published: Bounds, present: bool) -> MeetingStatus:
    """Held becomes planned where the day lies ahead, or the story tells a dated event in the present tense."""
    if status != "Held" or told is None:
        return status
    latest = published.latest
    if latest is not None and told.bounds.earliest is not None and told.bounds.earliest > latest:
        return "Planned"
    return "Planned" if present else "Held"
