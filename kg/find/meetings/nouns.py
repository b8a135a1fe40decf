"""Nouns of meeting: "talks between A and B", "after a dinner with A, B said"."""

from __future__ import annotations

from kg.find.meetings.asking import Asking
from kg.find.meetings.event import Event
from kg.find.meetings.lexicon import NounFrame
from kg.find.meetings.phrases import Group, Member

_DEFINITE = frozenset(("the", "this", "that", "these", "those", "their", "his", "her", "both"))
# Carriers that only say who was there.
_PRESENCE = frozenset(("attend", "join", "witness", "observe", "address"))
# Behind "is" or "was", words that tell of the meeting itself ("talks are under way between A and B").
_SET_UP = frozenset(("held", "arranged", "planned", "scheduled", "under"))


class Nouns(Asking):
    """Reads the nouns of meeting of one row."""

    def frame(self, at: int) -> NounFrame | None:
        """The noun of meeting that stands at a unit, if any."""
        token = self.units[at].token
        for key in dict.fromkeys((token.lemma, token.lower)):
            for frame in self.lists.nouns.get(key, ()):
                size = len(frame.words)
                if size > 1 and (at + 1 < size or self.units[at - 1].token.lemma != frame.words[0]):
                    continue
                if frame.plural and token.lower == token.lemma and token.lower == frame.words[-1]:
                    continue
                if self.units[at].kind == "verb" and token.lower != frame.words[-1]:
                    continue
                return frame
        return None

    def read(self, at: int, frame: NounFrame) -> Event | None:
        """The event that a noun of meeting tells of; None where nobody meets."""
        clauses, units = self.clauses, self.units
        if (
            clauses.kind(at + 1) == "word"
            and units[at + 1].token.pos in ("NOUN", "PROPN")
            and self.frame(at + 1) is None
        ):
            return None
        start = self._start(at)
        if frame.form == "call" and self.clauses.kind(start - 1) == "prep" and self._manner(start - 1, at):
            return None
        event = Event(at, frame.form, clauses.begin(start), clauses.end(at), start, noun=True, sure=False)
        event.sides += self._possessors(start, at)
        stop = self._before_verb(at + 1, event.last)
        beside = [(g, prep) for prep in self.lists.sets["noun_with"] for g in self.after_prep(prep, at + 1, stop)]
        for group, prep in sorted(beside, key=lambda one: (one[0].first, one[1])):
            if prep in ("of", "to") and not any(m.person or (m.body and prep == "of") for m in group.members):
                continue
            event.sides.append(group)
        if frame.form in ("call", "visit"):
            callers = (g for prep in ("from", "by") for g in self.after_prep(prep, at + 1, stop))
            event.sides += [group for group in callers if any(m.person for m in group.members)]
        entity = units[at - 1].entity if at else None
        if event.sides and entity is not None and entity.kind != "Place" and not event.sides[0].first < at:
            event.sides.append(Group(at - 1, at, [Member((entity.id,), at - 1, person=entity.kind == "Person")]))
        event.sides += self._drawn(stop)
        comprised = self._comprised(at, event.last)
        self._agents(event, stop)
        if frame.form == "conference" and not event.sides:
            event.sides += self._holder(start, at)
        self._carry(event, start)
        if frame.form == "visit":
            goal = next(
                (n for n in range(at + 1, stop) if units[n].token.lower == "to" and clauses.kind(n) == "prep"), at
            )
            place = self.place(goal + 1) if goal > at else None
            event.places += [place] if place is not None else []
        if frame.form == "visit" and event.places and not event.sides:
            event.sides += self._abroad(start)
        event.definite = units[start].token.lower in _DEFINITE
        event.gathering = (
            units[at].token.lemma in self.lists.sets["gatherings"]
            or units[at].token.lower in self.lists.sets["gatherings"]
        )
        opened = not any(self.clauses.kind(n) in ("verb", "pron") for n in range(event.first, start))
        topic = start - event.first <= 2 or self.clauses.kind(at + 1) == "verb"
        topic = topic or (opened and self.clauses.kind(at + 1) in ("verb", "adv"))
        event.definite = event.definite and (topic or (event.sure and event.gathering))
        if event.definite and event.carrier is not None and units[event.carrier].token.lemma in _PRESENCE:
            event.adding = event.near = event.near or len({i for m in event.members() for i in m.ids}) > 1
        if comprised is not None:
            event.sides.append(comprised)
            event.adding = event.gathering = event.sure = True
        return event if event.sides or event.hosts or event.definite else None

    def _manner(self, prep: int, at: int) -> bool:
        """ "Joined by video link": how somebody took part in something else."""
        with_whom = self.clauses.kind(at + 1) == "prep" and self.units[at + 1].token.lower in ("with", "between")
        joined = self.units[prep - 1].token.lemma in ("join", "attend", "participate", "part", "dial")
        return joined and self.units[prep].token.lower in ("by", "via") and not with_whom

    def _agents(self, event: Event, stop: int) -> None:
        """ "The congress opened on Monday and was welcomed by A"."""
        for n in range(event.at + 1, event.last):
            if self.units[n].token.lower == "by" and self._given(n - 1, event.at):
                group = self.clauses.starting.get(n + 1)
                if group is not None and any(m.person and m.ids for m in group.members):
                    event.hosts.append(group)
                    event.sure = True
        for n in range(stop, min(stop + 14, len(self.units))):
            if self.units[n].token.lower != "by" or self.clauses.kind(n - 1) not in ("verb", "date"):
                continue
            group = self.clauses.starting.get(n + 1)
            verb = next((m for m in range(n - 1, stop, -1) if self.units[m].kind == "verb"), None)
            if group is None or verb is None or self.units[verb - 1].token.lemma not in ("be", "to"):
                continue
            lemma = self.units[verb].token.lemma
            if lemma in self.lists.sets["hosting"]:
                event.hosts.append(group)
            elif lemma in self.lists.sets["addressing"] | self.lists.sets["leading_talks"]:
                event.sides.append(group)
                event.sure = True
                event.adding = event.adding or lemma in _PRESENCE

    def _given(self, at: int, noun: int) -> bool:
        """ "A reception, hosted by A": whether a participle of receiving belongs to the noun before it."""
        participle = self.clauses.kind(at) == "verb" and self.units[at].token.tag == "VBN"
        if not participle or self.units[at].token.lemma not in self.lists.sets["hosting"]:
            return False
        return not any(self.clauses.kind(n) in ("verb", "rel", "stop") for n in range(noun + 1, at))

    def _holder(self, start: int, at: int) -> list[Group]:
        """The body whose conference it is ("the Green Party conference")."""
        for n in range(at - 1, start - 1, -1):
            entity = self.units[n].entity
            if entity is not None and entity.kind in ("Party", "Organisation"):
                return [Group(n, n + 1, [Member((entity.id,), n, body=True)])]
        return []

    def _start(self, at: int) -> int:
        """Where the noun phrase of a noun of meeting begins."""
        n = at
        while n > 0 and self.units[n - 1].kind in ("word", "det", "poss", "name", "adv", "date"):
            if self.units[n - 1].kind == "name" and self.clauses.kind(n) != "poss" and self.clauses.kind(n) != "word":
                break
            n -= 1
            if self.units[n].kind == "det" and self.clauses.kind(n - 1) in ("word", "date"):
                break
        return n

    def _before_verb(self, first: int, last: int) -> int:
        """Up to the verb of the clause, or past "was held"."""
        within = False
        for n in range(first, last):
            within = self.clauses.kind(n) == "rel" if not within else self.clauses.kind(n) != "comma"
            if self.units[n].kind == "verb" and self.units[n].token.tag not in ("VBN", "VBG") and not within:
                if n + 1 < last and self.units[n + 1].token.lower in _SET_UP:
                    continue
                return n
        return last

    def _possessors(self, start: int, at: int) -> list[Group]:
        """ "A and B's meeting", "their talks"."""
        units, found = self.units, []
        for n in range(start, at):
            unit = units[n]
            if pair := self.reader.paired(n):
                found.append(Group(n, n + 1, [Member((one,), n, person=True) for one in pair]))
            elif (
                unit.kind == "name"
                and self.clauses.kind(n + 1) == "poss"
                and unit.entity is not None
                and unit.entity.kind != "Place"
            ):
                found.append(
                    Group(
                        n,
                        n + 1,
                        [
                            Member(
                                (unit.entity.id,),
                                n,
                                body=unit.entity.kind != "Person",
                                person=unit.entity.kind == "Person",
                            )
                        ],
                    )
                )
            elif unit.kind == "det" and unit.token.lower in ("his", "her", "their", "our", "my", "its"):
                known = self.reader.who.resolve(unit.token)
                if known:
                    found.append(Group(n, n + 1, [Member(known, n, person=True)]))
        if found and start > 0 and units[start - 1].kind == "and":
            other = self.clauses.group_before(start - 1)
            if other is not None:
                found.insert(0, other)
        return found

    def _drawn(self, stop: int) -> list[Group]:
        """ "The round table brought A together with B"."""
        if stop < len(self.units) and self.units[stop].token.lemma in self.lists.sets["draws"]:
            after = stop + 1 + (self.clauses.kind(stop + 1) == "adv")
            group = self.clauses.starting.get(after) or self.clauses.starting.get(stop + 1)
            return [group] if group and group.members else []
        return []

    def _abroad(self, start: int) -> list[Group]:
        """ "A, on a visit to Oslo, said": A."""
        comma = start - 2
        if (
            comma < 1
            or self.units[start - 1].token.lower not in ("on", "during")
            or self.clauses.kind(comma) != "comma"
        ):
            return []
        group = self.clauses.group_before(comma)
        return [group] if group is not None and group.ids and not group.prep else []

    def _comprised(self, at: int, last: int) -> Group | None:
        """ "The meeting, which also included A and B": A and B."""
        for n in range(at + 1, min(at + 6, last)):
            kind = self.clauses.kind(n)
            if kind == "verb" and self.units[n].token.lemma in self.lists.sets["comprising"]:
                after = n + 1 + (self.clauses.kind(n + 1) == "adv")
                group = self.clauses.starting.get(after)
                return group if group is not None and any(m.person and m.ids for m in group.members) else None
            if kind not in ("rel", "comma", "adv", "verb"):
                return None
        return None

    def _carry(self, event: Event, start: int) -> None:
        """Adds the subject of "held talks", or of the clause in "after talks with A, B said"."""
        clauses, units, lists = self.clauses, self.units, self.lists
        n = start - 1
        prep = ""
        if n >= 0 and units[n].kind == "prep":
            prep = units[n].token.lower
            n -= 1
        if prep == "of" and n >= 0 and units[n].token.lower == "ahead":
            prep = "ahead"
        while n >= 0 and units[n].kind == "adv":
            n -= 1
        if n >= 0 and units[n].kind == "verb" and (not prep or prep in ("for", "to", "on", "of", "in", "into")):
            event.carrier, event.lead = n, clauses.lead(n)
            carries = units[n].token.lemma in lists.sets["carriers"] or units[n].token.lemma in lists.sets["hosting"]
            if prep == "for" and not event.sides and units[n].token.lemma in lists.sets["asking"]:
                event.sides = self._addressees(n)
                carries = bool(event.sides)
            if not carries and not (prep and event.sides):
                return
            subject, event.lead = clauses.subject(n)
            event.first = clauses.begin(event.lead)
            event.sure = carries and not prep
            if units[n].token.lemma in lists.sets["hosting"]:
                event.sides += self.after_prep("for", event.at + 1, event.last)
            if subject is not None:
                (event.hosts if units[n].token.lemma in lists.sets["hosting"] else event.sides).append(subject)
            return
        if not event.sides and (self._asked(event, start, prep) or self._invited(event, start, prep)):
            return
        if not event.sides and prep in ("in", "at", "during", "over") and event.form not in ("conference", "hearing"):
            event.sides = self._told(start, event)
        if prep in lists.sets["during"]:
            subject = self._matrix(start, event)
            if subject is not None and (event.sides or len(subject.ids) > 1):
                event.sides.append(subject)
                if prep == "for" and subject.last < start:
                    event.lead = subject.last

    def _matrix(self, start: int, event: Event) -> Group | None:
        """The subject of the clause in which "after talks with A" stands."""
        taken = max((group.last for group in event.sides), default=event.at)
        caption = self.clauses.group_before(start - 1)
        told = any(unit.kind == "verb" and unit.token.tag not in ("VBN", "VBG", "VB") for unit in self.units)
        if caption is not None and caption.members and not told:
            return caption
        if start <= 2:
            for n in range(taken, min(taken + 12, len(self.units))):
                if self.clauses.kind(n) == "comma" and (group := self.clauses.starting.get(n + 1)) and group.members:
                    return group
        for n in range(start - 1, -1, -1):
            if self.units[n].kind == "verb":
                return self.clauses.subject(n)[0]
            if self.units[n].token.lower in (";", ":"):
                return None
        return None
