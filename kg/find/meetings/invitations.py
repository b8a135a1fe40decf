"""Invitations told by a noun: "their invitation to host her in Rome", "an invitation for him to visit Rome"."""

from __future__ import annotations

from kg.find.meetings.event import Event, Words
from kg.find.meetings.lexicon import VerbFrame
from kg.find.meetings.phrases import Group, Member

# Units over which a noun of inviting and its possessor are looked for.
REACH = 14
_OWNERS = ("his", "her", "their", "its")
_FINITE = ("VBD", "VBZ", "VBN", "VBP")


class Invitations(Words):
    """Reads the infinitives that belong to a noun of inviting."""

    def read(self, at: int, frame: VerbFrame) -> Event | None:
        """The visit to which a noun before "to host" or "to visit" invites; None where there is no such noun."""
        if frame.form != "visit" or frame.object not in ("guest", "place") or self.clauses.kind(at - 1) != "to":
            return None
        noun = self._noun(at)
        if noun is None or self._accepted(noun):
            return None
        place = self.place(at + 1) if frame.object == "place" else None
        guest = self._guest(at) if frame.object == "place" else self.clauses.starting.get(at + 1)
        if guest is None or not guest.ids or (frame.object == "place" and place is None):
            return None
        inviter = self._inviter(noun, at)
        hosts = [inviter] if inviter is not None and not set(inviter.ids) & set(guest.ids) else []
        if not hosts and place is None:
            return None
        places = [place] if place is not None else []
        return Event(at, "visit", noun, self.clauses.end(at), noun, sides=[guest], hosts=hosts, places=places)

    def _noun(self, at: int) -> int | None:
        for n in range(at - 2, max(-1, at - REACH), -1):
            if self.units[n].token.lemma in self.lists.sets["invitations"] and self.clauses.kind(n) == "word":
                return n
            if self.clauses.kind(n) in ("stop", "rel") or self.units[n].token.tag in ("VB", "VBZ"):
                return None
        return None

    def _accepted(self, noun: int) -> bool:
        """Whether it is told before that the invitation was accepted."""
        return any(
            self.units[n].token.lemma in self.lists.sets["accepting"] and self.units[n].token.tag in _FINITE
            for n in range(noun)
        )

    def _guest(self, at: int) -> Group | None:
        """ "For him to visit", "to B to visit"."""
        before = self.units[at - 2]
        ids = (before.entity.id,) if before.entity is not None else self.reader.who.resolve(before.token)
        return Group(at - 2, at - 1, [Member(tuple(ids), at - 2, person=True)]) if ids else None

    def _inviter(self, noun: int, at: int) -> Group | None:
        """Who invites: behind "by" or "from", or the possessor of the noun or of what includes it."""
        for n in range(noun + 1, at):
            group = self.clauses.starting.get(n + 1)
            if self.units[n].token.lower in ("by", "from") and group is not None and group.ids:
                return group
        for n in range(noun - 1, max(-1, noun - REACH), -1):
            unit = self.units[n]
            if unit.kind == "verb" and unit.token.lower != "including":
                return None
            if unit.token.lower in _OWNERS and (ids := self.reader.who.resolve(unit.token)):
                return Group(n, n + 1, [Member(tuple(ids), n)])
            if unit.kind == "poss" and (owner := self.units[n - 1].entity) is not None and owner.kind != "Place":
                return Group(n - 1, n, [Member((owner.id,), n - 1, person=owner.kind == "Person")])
        return None
