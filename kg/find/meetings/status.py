"""Whether a meeting was held, is planned, was offered, called off or denied: what the words around it say."""

from __future__ import annotations

from collections.abc import Mapping

from kg.find.meetings.clauses import Clauses
from kg.find.meetings.event import Event
from kg.find.meetings.groups import Reader
from kg.find.meetings.lexicon import ORDER, Lexicon, Phrase
from kg.model import MeetingStatus

# Units behind a noun of meeting in which it may be said that none is planned.
REACH = 14
_PRESENT = frozenset(("VBZ", "VBP"))


class Judge:
    """Reads the status of the events of one row."""

    def __init__(self, clauses: Clauses, reader: Reader, lists: Lexicon, headline: bool) -> None:
        self.clauses = clauses
        self.units = clauses.units
        self.reader = reader
        self.lists = lists
        self.headline = headline

    def status(self, event: Event) -> MeetingStatus | None:
        """The status of an event; None where the text says that there was no meeting and none is to be."""
        if self._denied(event):
            return "Denied"
        if (at := self._rumoured(event)) is not None:
            return "Denied" if self._rebutted(at, event) else None
        before = self._before(event)
        if self._unmeant(event) or self._open(event):
            return None
        after = range(event.at + 1, event.last)
        if event.noun and self._says(after, self.lists.phrases["moved"], behind=True) is not None:
            return "Planned" if self._new_date(event) else "Cancelled"
        if event.noun and self._unplanned(event):
            return None
        if event.noun and self.none(event):
            return "Denied" if self._quoted(event) else None
        first = {status: self._says(before, self.lists.before[status]) for status in ORDER}
        accepted = next((n for n in before if self.units[n].token.lemma in self.lists.sets["accepting"]), None)
        for status in ORDER:
            at = first[status]
            if at is not None and status != "Cancelled" and self._not(at):
                return None
            if at is not None:
                return status if accepted is None or at <= accepted else "Planned"
            if event.noun and self._says(after, self.lists.after[status], behind=True) is not None:
                return status
        if self._governed(event):
            return "Proposed"
        if self._negated(event):
            return None
        if self._infinitive(event) or self._awaited(event):
            return "Planned"
        return "Held"

    def away(self, event: Event) -> bool:
        """Whether somebody only keeps away from what others hold ("said the union would boycott the talks")."""
        before = range(event.lead, event.at)
        return event.noun and event.definite and self._says(before, self.lists.phrases["keeping_away"]) is not None

    def _not(self, at: int) -> bool:
        """Whether an offer or plan is denied ("never asked to meet", "has not sought talks")."""
        return at > 0 and self.units[at - 1].token.lower in self.lists.sets["never"]

    def _unmeant(self, event: Event) -> bool:
        """ "There are no plans to meet", "she has no intention of visiting"."""
        for n in range(event.first, event.at):
            if self.units[n].token.lower in ("no", "without", "any"):
                near = self.units[n + 1 : n + 4]
                if self.units[n].token.lower == "any" and not self._not(n):
                    continue
                if any(unit.token.lemma in self.lists.sets["intentions"] for unit in near):
                    return True
        return False

    def _open(self, event: Event) -> bool:
        """ "Asked whether he would meet B": nobody says that there is to be a meeting."""
        return any(
            self.units[n].token.lower in ("whether", "if")
            and self.units[n - 1].token.lemma in self.lists.sets["wondering"]
            for n in range(1, event.at)
        )

    def _unplanned(self, event: Event) -> bool:
        """ "A meeting is not planned", "talks are not on the agenda"."""
        for n in range(event.at + 1, min(event.last, event.at + REACH)):
            if self.units[n].token.lower in ("not", "n't", "n’t"):
                near = {unit.token.lower for unit in self.units[n + 1 : n + 4]}
                return bool(near & self.lists.sets["unplanned"])
        return False

    def _before(self, event: Event) -> range:
        """The units between the subject and the word of meeting; the whole clause before an infinitive."""
        verb = event.at if not event.noun else event.carrier
        end = event.at if event.noun else event.at + 1
        lead = event.lead - 1
        if event.noun and event.carrier is None and self.clauses.kind(lead) == "prep" and self._within(lead):
            return range(event.first, end)
        if self.clauses.kind(lead) == "prep" and self.units[lead].token.lower in ("from", "for", "to"):
            return range(event.first, end)
        if verb is not None and verb and self.units[verb - 1].token.lower == "to":
            return range(event.first, end)
        return range(event.lead, end)

    def _within(self, at: int) -> bool:
        """ "Are to discuss the strike over breakfast": whether the clause tells what is done at the meeting."""
        return self.units[at].token.lower in ("over", "at", "during")

    def _governed(self, event: Event) -> bool:
        """ "Suggested that he see B"."""
        verb = event.first - 2
        if event.first < 2 or self.units[event.first - 1].token.lower != "that":
            return False
        return self._says(range(verb, verb + 1), self.lists.before["Proposed"]) is not None

    def none(self, event: Event) -> bool:
        """ "No meeting", "no such talks"."""
        return any(self.units[n].token.lower == "no" for n in range(max(0, event.at - 3), event.at))

    def _quoted(self, event: Event) -> bool:
        at = self.units[event.at].token.start
        return any(q.start < at < q.end for q in self.clauses.analysis.quotations)

    def _says(self, where: range, phrases: Mapping[str, tuple[Phrase, ...]], behind: bool = False) -> int | None:
        for n in where:
            if self.units[n].kind == "name" or (behind and self.units[n].kind not in ("verb", "adv")):
                continue
            token = self.units[n].token
            for key in {token.lower, token.lemma}:
                for phrase in phrases.get(key, ()):
                    if n + len(phrase) <= where.stop + 1 and self.reader.matches(n, phrase):
                        return n
        return None

    def _new_date(self, event: Event) -> bool:
        """ "Put off to Friday", "moved from Monday until June"."""
        for n in range(event.at + 1, min(len(self.units), event.last + 3)):
            if self.units[n].token.lower in ("to", "until", "till"):
                event.moved_to = next((m for m in (n + 1, n + 2, n + 3) if self.clauses.kind(m) == "date"), None)
                if event.moved_to is not None:
                    return True
        return False

    def _negated(self, event: Event) -> bool:
        words = {self.units[n].token.lower for n in range(event.lead, event.at)}
        if event.noun:
            words |= {self.units[n].token.lower for n in range(max(event.first, event.at - 3), event.at)}
        return bool(words & self.lists.sets["never"])

    def _infinitive(self, event: Event) -> bool:
        """A headline's "A to meet B"; and a bare infinitive that depends on nothing past."""
        verb = event.at if not event.noun else event.carrier
        if verb is None or self.clauses.kind(verb - 1) != "to":
            return False
        return self.headline and event.lead >= verb - 2

    def _awaited(self, event: Event) -> bool:
        """ "When she visits Paris": the present tense of what is still to come."""
        opener = self.units[event.first - 1].token.lower if event.first else ""
        return opener in ("when", "before", "until", "once") and self.present(event)

    def _denied(self, event: Event) -> bool:
        for n in range(event.at):
            if self.units[n].token.lemma in self.lists.sets["denials"] and self.units[n].kind != "name":
                return all(self.units[m].token.lower != ";" for m in range(n, event.at))
        return False

    def _rumoured(self, event: Event) -> int | None:
        """The word that tells an event as hearsay ("rumours that A met B"), unless somebody bears it out."""
        for n in range(event.at - 2, -1, -1):
            unit, behind = self.units[n], self.units[n + 1].token.lower
            if unit.kind == "comma":
                return None
            noun = unit.token.lemma in self.lists.sets["rumours"] and behind in ("that", "of", "about")
            noun = noun or (unit.token.lemma in self.lists.sets["unproven"] and behind == "that" and self._doubted(n))
            if unit.kind != "name" and (
                noun or (unit.token.lower in self.lists.sets["hearsay"] and behind in ("that", "to"))
            ):
                true = any(self.units[m].token.lemma in self.lists.sets["bearing_out"] for m in range(n))
                return None if true else n
        return None

    def _doubted(self, at: int) -> bool:
        """Whether nobody bears a report out: "declined to comment on reports that"."""
        return any(self.units[n].token.lemma in self.lists.sets["doubting"] for n in range(max(0, at - 6), at))

    def _rebutted(self, rumour: int, event: Event) -> bool:
        """Whether hearsay is turned down ("rejected rumours that", "the allegation that ... is false")."""
        around = (*range(rumour), *range(event.at + 1, len(self.units)))
        return any(
            self.units[n].kind != "name" and self.units[n].token.lemma in self.lists.sets["rebuttals"] for n in around
        )

    def present(self, event: Event) -> bool:
        """Whether a story, not a headline, tells the event in the present tense."""
        verb = event.at if not event.noun else event.carrier
        if self.headline or verb is None:
            return False
        first = next((n for n in range(event.lead, verb + 1) if self.units[n].kind == "verb"), verb)
        token = self.units[first].token
        over = any([self.units[n + k].token.lower for k in (0, 1)] == ["to", "have"] for n in range(first, verb - 1))
        return token.tag in _PRESENT and token.lemma not in ("have", "do") and not over  # "is said to have met"
