"""Words of meeting in a row of units, each with those who meet."""

from __future__ import annotations

from collections.abc import Iterator

from kg.find.meetings.clauses import Clauses
from kg.find.meetings.event import Event
from kg.find.meetings.groups import Reader
from kg.find.meetings.invitations import Invitations
from kg.find.meetings.lexicon import Lexicon, VerbFrame
from kg.find.meetings.nouns import Nouns
from kg.find.meetings.phrases import Group
from kg.find.meetings.verbs import Verbs


class Finder:
    """Finds the events of one row."""

    def __init__(self, clauses: Clauses, reader: Reader, lists: Lexicon) -> None:
        self.clauses = clauses
        self.units = clauses.units
        self.reader = reader
        self.lists = lists
        self.verbs = Verbs(clauses, reader, lists)
        self.nouns = Nouns(clauses, reader, lists)
        self.invitations = Invitations(clauses, reader, lists)

    def events(self) -> Iterator[Event]:
        """Every word of meeting that is told of people, in order."""
        for at, unit in enumerate(self.units):
            if unit.kind in ("name", "date", "comma", "stop") or self._means_nothing(at):
                continue
            event = None
            frames = self.lists.verbs.get(unit.token.lemma) if unit.kind == "verb" else None
            if frames:
                event = next(
                    (e for frame in frames if (frame.then or unit.token.pos != "AUX") and (e := self._verb(at, frame))),
                    None,
                )
            if event is None and unit.kind in ("word", "verb"):
                frame = self.nouns.frame(at)
                event = self.nouns.read(at, frame) if frame else None
            if event is None and unit.kind == "verb" and unit.token.lemma in self.lists.sets["arriving"]:
                event = self.verbs.sent(at)
            if event is None and unit.token.lower in self.lists.sets["turns"]:
                event = self._turn(at)
            if event is None and unit.kind == "verb" and unit.token.lemma in self.lists.sets["sending"]:
                event = self._sent(at)
            if event is None and unit.kind == "verb" and unit.token.lemma in self.lists.sets["addressing"]:
                event = self._addressed(at)
            if event is not None:
                self._company(event)
                self._owner(event)
                yield event

    def _verb(self, at: int, frame: VerbFrame) -> Event | None:
        return self.invitations.read(at, frame) or self.verbs.read(at, frame)

    def _means_nothing(self, at: int) -> bool:
        phrases = self.lists.phrases["nothing"]
        with_whom = self.clauses.starting.get(at + 2)
        if self.clauses.kind(at + 1) == "prep" and with_whom is not None and with_whom.prep == "with" and with_whom.ids:
            return False
        for start in range(max(0, at - 3), at + 1):
            token = self.units[start].token
            for key in (token.lower,) if token.lower == token.lemma else (token.lower, token.lemma):
                for phrase in phrases.get(key, ()):
                    if start + len(phrase) > at and self.reader.matches(start, phrase):
                        return True
        return False

    def pictured(self) -> Event | None:
        """A caption's "A with B", both persons, without any verb."""
        if any(unit.kind == "verb" for unit in self.units):
            return None
        for group in self.clauses.groups:
            before = self.clauses.group_before(group.first - 1)
            if before is None or group.prep != "with" or before.prep:
                continue
            if all(any(m.person and m.ids for m in side.members) for side in (before, group)):
                return Event(group.first - 1, "meeting", 0, len(self.units), group.first - 1, sides=[before, group])
        return None

    def _turn(self, at: int) -> Event | None:
        """ "On Friday it will be the turn of B": B meets whom the one before met."""
        group = self.clauses.starting.get(at + 2)
        verb = at - 2
        if self.units[at - 1].token.lower != "the" or verb < 0 or self.units[verb].token.lemma != "be":
            return None
        if self.clauses.kind(at + 1) != "prep" or group is None or not group.ids:
            return None
        lead = self.clauses.lead(verb)
        first, last = self.clauses.begin(lead), self.clauses.end(at)
        return Event(at, "meeting", first, last, lead, sides=[group], turn=True, carrier=verb, sure=True, alone=True)

    def _sent(self, at: int) -> Event | None:
        """ "She stayed away and sent her deputy, B": B was at the meeting told of just before."""
        group = self.clauses.starting.get(at + 1)
        if group is None or not any(m.person and m.ids for m in group.members) or self.clauses.kind(at + 1) != "det":
            return None
        behind = group.last + (self.clauses.kind(group.last) == "comma")
        word = self.units[behind].token.lower if behind < len(self.units) else "."
        instead = word in (".", ";", "in", "instead") or self.reader.matches(behind, ("to", "represent"))
        if not instead and self.units[behind - 1].kind != "adv":
            return None
        sides = [Group(group.first, group.last, [m for m in group.members if m.person])]
        event = Event(at, "meeting", self.clauses.begin(at), group.last, self.clauses.lead(at), sides=sides)
        event.definite = event.gathering = event.adding = event.needs = event.sure = event.near = True
        return event

    def _addressed(self, at: int) -> Event | None:
        """ "A addressed delegates": somebody more at a gathering told of already."""
        n = at + 1
        while self.clauses.kind(n) in ("det", "word", "poss") and n < at + 5:
            token = self.units[n].token
            if {token.lower, token.lemma} & self.lists.sets["gatherings"] and self.clauses.kind(n + 1) != "word":
                subject, lead = self.clauses.subject(at)
                if subject is None:
                    return None
                event = Event(at, "meeting", self.clauses.begin(lead), self.clauses.end(at), lead, sides=[subject])
                event.definite = event.gathering = True
                return event
            n += 1
        return None

    def _company(self, event: Event) -> None:
        """Adds "accompanied by C", before or behind."""
        for group in self.clauses.groups:
            if group.prep == "company" and event.first <= group.first < event.last and group not in event.sides:
                event.sides.append(group)

    def _owner(self, event: Event) -> None:
        """Adds as host who owns the place ("at the farm of C") or invited ("at the invitation of C")."""
        for n in range(event.at + 1, event.last):
            for phrase in self.lists.phrases["inviting"].get(self.units[n].token.lower, ()):
                group = self.clauses.starting.get(n + len(phrase)) if self.reader.matches(n, phrase) else None
                if group is not None:
                    event.hosts.append(group)
                    event.inviter = next(iter(group.ids), None)
            if self.units[n].token.lemma not in self.lists.sets["venues"] or self.units[n].kind != "word":
                continue
            owner = None
            if self.clauses.kind(n + 1) == "prep" and self.units[n + 1].token.lower == "of":
                owner = self.clauses.starting.get(n + 2)
            group = self.clauses.group_at(n)
            persons = [m for g in (owner, group) if g for m in g.members + g.possessors if m.person and m.ids]
            prep = self.units[group.first - 1].token.lower if group is not None and group.first else ""
            if owner is not None:
                prep = next(
                    (self.units[k].token.lower for k in range(n - 1, event.at, -1) if self.units[k].kind == "prep"), ""
                )
            if persons and prep in ("at", "in", "to"):
                event.hosts.append(Group(n, n + 1, persons[:1]))
