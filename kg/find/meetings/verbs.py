"""Verbs of meeting: "A met B", "A was received by B", "A and B sat down"."""

from __future__ import annotations

from kg.find.meetings.event import Event, Words
from kg.find.meetings.lexicon import VerbFrame
from kg.find.meetings.phrases import Group

_BE = frozenset(("be", "get"))


class Verbs(Words):
    """Reads the verbs of meeting of one row."""

    def read(self, at: int, frame: VerbFrame) -> Event | None:
        """The event that a verb tells of as its frame has it; None where nobody meets."""
        clauses, units = self.clauses, self.units
        after = at + 1
        for word in frame.then:
            while clauses.kind(after) == "adv" and units[after].token.lower != word:
                after += 1
            if after >= len(units) or units[after].token.lower != word:
                return None
            after += 1
        subject, lead = clauses.subject(at)
        event = Event(at, frame.form, clauses.begin(lead), clauses.end(at), lead, sure=frame.sure, alone=frame.alone)
        passive = self._passive(at, lead)
        target = self._object(after, event.last) if frame.object and not passive else None
        if target is None and frame.object and not passive:
            target = self._relative_object(subject)
        others = [group for prep in frame.preps for group in self.after_prep(prep, after, event.last)]
        if frame.alone and target is None:
            others += self._partner(clauses.lead(at))
        if frame.behind and not self._behind(after if passive else target.last if target else -1, frame):
            return None
        if passive:
            if not frame.object and not others:
                return None
            agents = self.after_prep("by", after, event.last)
            if subject is None or (not agents and not others):
                return None
            event.sides = [subject, *others]
            if frame.by == "host" or frame.subject == "host":
                event.hosts = agents
            else:
                event.sides += agents
            return event
        if frame.barred and target is not None:
            behind = self.units[target.last].token.lower if target.last < len(self.units) else ""
            if self.clauses.kind(target.last) in ("to", "verb") or behind == "as":
                return None
        each = self.reader.matches(after, ("each", "other")) or self.reader.matches(after, ("one", "another"))
        if frame.object and not target and not others and not frame.alone and not each:
            place = self.place(after)
            entity = units[place].entity if place is not None else None
            if frame.then and entity is not None and entity.kind != "Place":
                return None
            if frame.object == "place" and place is not None and subject is not None:
                event.sides, event.places = [subject, *self._along(place)], [place]
                return event
            return None
        if frame.times and not self._timed(after, event.last):
            return None
        if subject is not None and target is not None and subject.ids and set(subject.ids) == set(target.ids):
            subject = None
        if frame.object == "place" and target is not None and all(m.body for m in target.members):
            event.places, target = [m.at for m in target.members], None
            if subject is None:
                return None
            event.sides = [subject]
            return event
        if frame.lemma == "join" and target is not None and self._pronoun(target) and subject is not None:
            event.sides = [subject]
            event.definite = event.gathering = event.adding = event.needs = event.sure = True
            return event
        if subject is not None:
            (event.hosts if frame.subject == "host" else event.sides).append(subject)
        if target is not None:
            if self._listens(target) or self._kin(target):
                return None
            if frame.persons and not any(m.person or (m.words and not m.ids) for m in target.members):
                return None
            purpose = self.clauses.kind(at - 1) == "to"
            known = target.head in self.lists.sets["received"] | self.lists.sets["receivers"]
            if (not frame.sure or frame.barred) and not (purpose or known or any(m.ids for m in target.members)):
                return None
            if frame.object == "host":
                event.hosts.append(target)
            else:
                event.sides.append(target)
        others = [g for g in others if g.prep != "as" or all(m.body for m in g.members)]
        if frame.persons:
            others = [g for g in others if any(m.person or not m.ids for m in g.members)]
        event.sides += others
        if subject is None and not (event.sides and frame.object):
            return None
        if not target and not others:
            reciprocal = subject is not None and (
                subject.plural
                or len(subject.ids) > 1
                or len(subject.members) > 1
                or any(m.body for m in subject.members)
            )
            received = frame.times and any(
                self.units[n].token.lemma in self.lists.sets["venues"] for n in range(after, event.last)
            )
            if not ((frame.alone or each) and reciprocal) and not received:
                return None
            if not frame.times and self._something_else(after, event.last, frame.object):
                return None
        return event

    def _behind(self, at: int, frame: VerbFrame) -> bool:
        return 0 <= at < len(self.units) and self.units[at].token.lower in frame.behind

    def _along(self, place: int) -> list[Group]:
        """Persons who come along: "visited Oslo on Monday with B"."""
        n = place + 1
        while n < place + 4 and (self.clauses.kind(n) in ("date", "adv") or self._dating(n)):
            n += 1
        if self.clauses.kind(n) == "prep" and self.units[n].token.lower in ("with", "alongside"):
            group = self.clauses.starting.get(n + 1)
            if group is not None and any(m.person and m.ids for m in group.members):
                return [group]
        return []

    def _pronoun(self, group: Group) -> bool:
        """Whether a group is a pronoun that takes up people of a sentence before."""
        unit = self.units[group.first]
        known = self.reader.who.antecedent(unit.token)
        beside = known is not None and known.sentence == unit.token.sentence
        return group.last - group.first == 1 and unit.kind == "pron" and not beside

    def _dating(self, at: int) -> bool:
        """Whether a preposition stands here that only opens a date."""
        return self.clauses.kind(at) == "prep" and self.clauses.kind(at + 1) == "date"

    def _partner(self, lead: int) -> list[Group]:
        """ "Agreed with B to meet": B."""
        group = self.clauses.group_before(lead) if self.clauses.kind(lead) == "to" else None
        verb = group.first - 2 if group is not None and group.prep == "with" else -1
        if group is None or verb < 0 or self.units[verb].token.lemma not in self.lists.sets["agreeing"]:
            return []
        return [group] if group.members else []

    def _kin(self, target: Group) -> bool:
        """ "Met his wife, B, at university"."""
        near = self.units[target.first : target.first + 3]
        return near[0].kind == "det" and any(unit.token.lemma in self.lists.sets["kin"] for unit in near)

    def sent(self, at: int) -> Event | None:
        """ "A was in Oslo as part of a delegation": a visit of A and of those who sent it."""
        clauses, units = self.clauses, self.units
        place = self.place(at + 2)
        if place is None or units[at + 1].token.lower not in ("in", "at"):
            return None
        subject, lead = clauses.subject(at)
        for n in range(place + 1, len(units)):
            if clauses.kind(n) in ("verb", "rel", "pron"):
                return None
            if self._visit(n) and subject is not None and (units[at].token.lemma != "be" or n > place + 1):
                last = max(clauses.end(at), n + 1)
                return Event(at, "visit", clauses.begin(lead), last, lead, sides=[subject], places=[place])
            for phrase in self.lists.phrases["sent_with"].get(units[n].token.lower, ()):
                group = clauses.starting.get(n + len(phrase)) if self.reader.matches(n, phrase) else None
                if subject is not None and group is not None and group.head in self.lists.sets["deputations"]:
                    sides, last = [subject, group], max(clauses.end(at), group.last)
                    return Event(at, "visit", clauses.begin(lead), last, lead, sides=sides, places=[place])
        return None

    def _visit(self, at: int) -> bool:
        """Whether a noun of visiting stands here behind "on" or "for" and its article ("for a two-day visit")."""
        if not any(frame.form == "visit" for frame in self.lists.nouns.get(self.units[at].token.lemma, ())):
            return False
        n = at - 1
        while n > 0 and self.clauses.kind(n) in ("word", "det", "adv", "stop"):
            n -= 1
        return self.units[n].token.lower in ("on", "for")

    def _timed(self, after: int, last: int) -> bool:
        """Whether a time is spent, and not on doing something else."""
        stop = next((n for n in range(after, last) if self.clauses.kind(n) == "prep"), last)
        near = range(after, min(after + 5, max(stop, after + 2), last))
        if any(self.clauses.kind(n) == "verb" for n in near):
            return False
        return any(
            self.units[n].token.lemma in self.lists.sets["times"] or self.clauses.kind(n) == "date" for n in near
        )

    def _something_else(self, after: int, last: int, takes: str) -> bool:
        """Whether the verb has an object that is nobody ("met the deadline"), or another preposition for one."""
        n = after
        while n < last and self.units[n].kind in ("adv", "date"):
            n += 1
        if n < last and self.units[n].kind in (("det", "word") if takes else ("det",)):
            text = self.units[n].token.lower
            if text in ("each", "one", "together") or self.units[n].token.dep.startswith("obl"):
                return False
            return not any(unit.token.lemma in self.lists.sets["times"] for unit in self.units[n : n + 3])
        return bool(takes) and n < last and self.units[n].token.lower == "with"

    def _passive(self, at: int, lead: int) -> bool:
        if self.units[at].token.tag not in ("VBN", "VBD"):
            return False
        chain = [self.units[n].token.lemma for n in range(lead, at) if self.units[n].kind == "verb"]
        if chain:
            return (chain[-1] in _BE and self.units[at].token.tag == "VBN") or chain[-1] in _BE
        agent = self.clauses.starting.get(at + 2)
        return agent is not None and agent.prep == "by" and bool(agent.members)

    def _relative_object(self, subject: Group | None) -> Group | None:
        """ "A, whom B met": A."""
        at = subject.first - 1 if subject is not None else -1
        if self.clauses.kind(at) != "rel" or self.units[at].token.lower not in ("whom", "who"):
            return None
        before = self.clauses.group_before(at - (self.clauses.kind(at - 1) == "comma"))
        return before if before is not None and before.members else self.clauses.group_before(at)

    def _object(self, at: int, last: int) -> Group | None:
        while at < last and self.units[at].kind in ("adv", "date"):
            at += 1
        group = self.clauses.starting.get(at)
        return group if group and group.members else None
