"""Who is asked for a meeting, invited to one, or told something at it."""

from __future__ import annotations

from kg.find.meetings.event import Event, Words
from kg.find.meetings.phrases import Group, Member

# Units before a noun of meeting in which somebody is invited to it.
INVITED = 9


class Asking(Words):
    """Reads the verbs and nouns of asking around a noun of meeting."""

    def _addressees(self, verb: int) -> list[Group]:
        """Who is written to: "in a letter to B, A asked for a meeting"."""
        for n in range(verb):
            if self.units[n].token.lemma in self.lists.sets["letters"] and self.clauses.kind(n + 1) == "prep":
                group = self.clauses.starting.get(n + 2)
                return [group] if group is not None and group.members and group.prep == "to" else []
        return []

    def _asked(self, event: Event, start: int, prep: str) -> bool:
        """ "A asked B for a meeting": takes both in, and says whether it did."""
        group = self.clauses.group_at(start - 2) if prep == "for" else None
        verb = group.first - 1 if group is not None else -1
        if group is None or not group.members or self.clauses.kind(verb) != "verb":
            return False
        if self.units[verb].token.lemma not in self.lists.sets["asking"]:
            return False
        subject, event.lead = self.clauses.subject(verb)
        event.carrier, event.first, event.sure = verb, self.clauses.begin(event.lead), True
        event.sides = [group] if subject is None else [subject, group]
        return True

    def _invited(self, event: Event, start: int, prep: str) -> bool:
        """ "A declined an invitation from B to a meeting": takes both in."""
        for n in range(start - 1, max(-1, start - INVITED), -1) if prep in ("to", "for") else ():
            if self.units[n].token.lemma in self.lists.sets["invitations"] and self.clauses.kind(n) == "word":
                group = self.clauses.starting.get(n + 2)
                verb = next((m for m in range(n - 1, -1, -1) if self.clauses.kind(m) == "verb"), None)
                if verb is None:
                    return False
                subject, event.lead = self.clauses.subject(verb)
                event.carrier, event.first, event.sure = verb, self.clauses.begin(event.lead), True
                inviter = group if group is not None and self.units[n + 1].token.lower in ("from", "by") else None
                owner = self.units[n - 2].entity if self.clauses.kind(n - 1) == "poss" else None
                if inviter is None and owner is not None and owner.kind != "Place":
                    inviter = Group(n - 2, n - 1, [Member((owner.id,), n - 2, person=owner.kind == "Person")])
                event.sides = [one for one in (subject, inviter) if one is not None and one.ids]
                event.inviter = next(iter(inviter.ids), None) if inviter is not None else None
                return bool(event.sides)
        return False

    def _told(self, start: int, event: Event) -> list[Group]:
        """Whoever is told something in a call or at a meeting: "A told B at a dinner that"."""
        for n in (*range(start - 1, -1, -1), *range(event.at + 1, min(event.at + 14, len(self.units)))):
            if self.units[n].kind == "verb" and self.units[n].token.lemma in self.lists.sets["telling"]:
                group = self.clauses.starting.get(n + 1)
                if group is None or not any(m.person and m.ids for m in group.members) or self._listens(group):
                    return []
                subject = self.clauses.subject(n)[0]
                return [subject, group] if subject is not None and n > event.at else [group]
        return []
