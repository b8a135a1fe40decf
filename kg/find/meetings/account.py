"""What one sentence tells of one meeting: status, place and date beside those who meet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from kg.find.meetings import circumstances
from kg.find.meetings.clauses import Clauses
from kg.find.meetings.event import Event
from kg.find.meetings.lexicon import words
from kg.find.meetings.phrases import Group
from kg.find.meetings.status import Judge
from kg.language.analysis import Analysis, Sentence
from kg.model import Bounds, MeetingStatus, Span, When

# Adverbs by which a sentence goes on to another meeting.
_MORE = frozenset(("also", "later", "then", "subsequently", "afterwards"))
_THEY = ("they", "both")


@dataclass
class Account:
    """What one sentence tells of one meeting.

    `joins`: it takes up a meeting told of before, `adds` with people of its own, `needs` only if there is one;
    `away`: it only tells who did not come; `company`: only who came along;
    `filled`: with the people of a visit; `more`: told as another meeting ("also met"); `visit` is what it is part of.
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
    they: bool = False
    deputed: bool = False
    filled: bool = False
    more: bool = False
    led: tuple[str, ...] = ()
    subject: str | None = None
    subjects: tuple[str, ...] = ()
    invited_by: str | None = None
    visit: Account | None = None
    first: int = 0

    def __post_init__(self) -> None:
        self.first = self.sentence


def tell(
    event: Event, limits: tuple[int, int], status: MeetingStatus, scene: tuple[Analysis, Sentence, Clauses, Judge]
) -> Account:
    """The account of an event: whom it names, when and where it was by the units within `limits`."""
    analysis, sentence, clauses, judge = scene
    told = circumstances.when(event, clauses, limits)
    published = analysis.document.bounds
    status = _by_date(status, told, published, judge.present(event))
    if event.moved_to is not None:
        told = clauses.units[event.moved_to].when
    if told is not None and status == "Proposed" and not event.noun:
        told = _unless_of_offer(told, event, clauses)
    lead = [clauses.units[n].token.lower for n in range(event.lead, event.at)]
    missed = "have" in lead or "had" in lead
    over = "had" in lead and not _reported(event.lead + lead.index("had"), clauses)
    future = (status in ("Planned", "Proposed") and not over) or (status == "Cancelled" and event.noun and not missed)
    if told is not None:
        told = replace(told, bounds=told.ahead if future and told.ahead else told.bounds, ahead=None)
        told = _stretched(_from_now(told, published) if future else told, event, clauses)
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
        more=any(clauses.units[n].token.lower in _MORE for n in range(event.first, event.at)),
        subjects=next((tuple(g.ids) for g in event.sides if g.first < event.at and not g.prep and len(g.ids) > 1), ()),
        adds=event.definite and event.gathering and event.sure,
        joins=event.definite and (event.adding or len({i for member in members for i in member.ids}) < 2),
        needs=event.needs,
        turn=event.turn,
        they=bool(event.sides) and all(clauses.units[g.first].token.lower in _THEY for g in event.sides),
        deputed=any(_deputed(group, clauses) for group in event.sides if group.first < event.at),
        company=event.near,
        away=judge.away(event),
        invited_by=event.inviter or _inviter(event, clauses),
    )


def _reported(at: int, clauses: Clauses) -> bool:
    """Whether a verb stands in what somebody said, where "had asked" was "has asked"."""
    return any(clauses.units[n].token.lemma in clauses.lists.sets["sayings"] for n in range(at))


def _later(told: When, published: Bounds) -> bool:
    """Whether a time runs from the publication on: "later in the year"."""
    first, last = told.bounds
    if first is None or last is None or published.earliest is None or published.latest is None:
        return False
    return told.text.lower().startswith("later") and first >= published.earliest and last > published.latest


def _from_now(told: When, published: Bounds) -> When:
    """ "Before the end of the year", of what is still to come: not before the publication."""
    (first, last), day = told.bounds, published.earliest
    if first is None or last is None or day is None or not first < day <= last:
        return told
    return replace(told, bounds=Bounds(day, last)) if told.text.lower().startswith(("before ", "by ")) else told


def _deputed(group: Group, clauses: Clauses) -> bool:
    """ "This delegation": those whose visit is told of just before."""
    word = clauses.units[group.first].token.lower
    return word in ("this", "that", "the") and group.head in clauses.lists.sets["deputations"]


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
    if not event.noun or bounds.earliest is None or bounds.earliest != bounds.latest:
        return told
    at = next((n for n in range(event.at - 1, max(2, event.at - 4), -1) if units[n].token.lower == "day"), None)
    days = words().numbers.get(units[at - 2].token.lower) if at is not None else None
    if days is None:
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
    if _later(told, published):
        return "Planned"
    return "Planned" if present else "Held"
