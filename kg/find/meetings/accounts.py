"""One sentence's accounts of meetings: its events, split where they tell of several."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.find.meetings.account import Account, tell
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
from kg.model import When


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
    events = _met_there(_distinct(list(finder.events())), clauses)
    if not events and kind in ("caption", "heading") and (pictured := finder.pictured()) is not None:
        events = [pictured]
    for event in events:
        status = judge.status(event)
        if status is None or not _enough(event, clauses, reader):
            continue
        if status == "Denied" and event.noun and judge.none(event):
            event.definite = event.adding = event.gathering = True
        told: set[tuple[str, ...]] = set()
        for part, limits in _parts(event, clauses):
            ids = tuple(sorted({i for member in part.members() for i in member.ids}))
            if ids in told and len(ids) > 1:
                continue
            told.add(ids)
            yield tell(part, limits, status, (analysis, sentence, clauses, judge))


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


def _met_there(events: list[Event], clauses: Clauses) -> list[Event]:
    """Leaves out the visit of "A flew to Oslo, where she met B": one meeting is told, and where."""
    met: list[Event] = []
    for event in events:
        opener = clauses.units[event.first - 1].token.lower if event.first else ""
        ids = {i for m in event.members() for i in m.ids}
        there = any(clauses.units[n].token.lower == "there" for n in range(event.at + 1, event.last))
        if (opener == "where" or there) and len(ids) > 1:
            gone = [
                one
                for one in met
                if one.form == "visit" and one.at < event.at and {i for m in one.members() for i in m.ids} < ids
            ]
            met = [one for one in met if one not in gone]
            if there and gone:
                event = replace(event, places=gone[-1].places, visited=gone[-1].at)
        met.append(event)
    return met


def _enough(event: Event, clauses: Clauses, reader: Reader) -> bool:
    """Whether there are people enough for a meeting, and signs enough that the word means one."""
    members = event.members()
    named = {i for m in members for i in m.ids}
    if event.definite and len(named) < 2:
        return True
    if not named or all(m.words for m in members):
        return event.sure and any(g.plural for g in event.sides) and _signs(event, clauses, reader)
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
        if unit.entity is not None and unit.entity.kind == "Organisation" and _at(clauses, n):
            return True
        for phrase in reader.lists.phrases["purposes"].get(unit.token.lower, ()):
            if reader.matches(n, phrase):
                return True
    return False


def _at(clauses: Clauses, at: int) -> bool:
    """ "Gathered at the Academy of Sciences": whether a name stands behind "at"."""
    n = at - 1 - (clauses.kind(at - 1) == "det")
    return clauses.kind(n) == "prep" and clauses.units[n].token.lower == "at"


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
