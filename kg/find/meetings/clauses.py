"""Clauses in a row of units: where one ends, and which group is the subject of a verb."""

from __future__ import annotations

from kg.find.meetings.lexicon import Lexicon
from kg.find.meetings.phrases import Group
from kg.find.meetings.units import Unit
from kg.language.analysis import Analysis

# Units within which a clause inside another opens.
INNER = 10
_CLIMB = frozenset(["xcomp", "conj", "advcl", "ccomp", "parataxis", "acl", "acl:relcl"])


class Clauses:
    """One row with its groups, asked about clauses."""

    def __init__(self, analysis: Analysis, units: list[Unit], groups: list[Group], lists: Lexicon) -> None:
        self.lists = lists
        self.analysis = analysis
        self.units = units
        self.groups = groups
        self.unit_of = {i: n for n, unit in enumerate(units) for i in range(unit.first, unit.last)}
        self.starting = {group.first: group for group in groups}

    def kind(self, at: int) -> str:
        """The kind of a unit; "stop" outside the row."""
        return self.units[at].kind if 0 <= at < len(self.units) else "stop"

    def group_at(self, at: int) -> Group | None:
        """The group that holds a unit."""
        return next((group for group in self.groups if group.first <= at < group.last), None)

    def group_before(self, at: int) -> Group | None:
        """The group that ends just before a unit."""
        return next((group for group in self.groups if at in (group.last, group.reach)), None)

    def end(self, at: int) -> int:
        """Where the clause around a unit ends."""
        units = self.units
        skip = 0
        for n in range(at + 1, len(units)):
            if n < skip:
                continue
            unit = units[n]
            word = unit.token.lower
            if (
                self.kind(n - 1) == "comma"
                and unit.kind in ("stop", "prep", "rel")
                and word in self.lists.sets["opening"]
            ):
                close = next((m for m in range(n, len(units)) if units[m].kind == "comma"), None)
                if close is not None and self.kind(close + 1) in ("prep", "date", "verb"):
                    skip = close + 1
                    continue
            if word in (";", ":", "."):
                return n
            if (
                unit.kind in ("stop", "prep", "rel", "det")
                and word in self.lists.sets["opening"]
                and self._clausal(n + 1)
            ):
                return n
            after = n + 2 if self.kind(n + 1) == "adv" else n + 1
            dated = n + 3 if self.kind(n + 1) == "prep" and self.kind(n + 2) == "date" else n + 1
            if unit.kind == "and" and (
                self.kind(after) == "verb"
                or self._new_clause(n + 1)
                or self._new_clause(dated + (self.kind(dated) == "comma"))
            ):
                return n
            if unit.kind == "comma" and (self._new_clause(n + 1) or (self._finite(n + 1) and self._inner(at))):
                return n
            if word == "according":
                return n
        return len(units)

    def _finite(self, at: int) -> bool:
        """Whether a finite verb or its auxiliary stands at a unit."""
        return self.kind(at) == "verb" and self.units[at].token.tag not in ("VB", "VBN", "VBG")

    def _inner(self, at: int) -> bool:
        """Whether the verb of a unit's clause is still to come: a relative clause or a participle behind a comma."""
        for n in range(at, max(0, at - INNER), -1):
            if self.kind(n) == "rel":
                return True
            if self.kind(n) == "comma":
                return self.units[n + 1].token.tag == "VBG"
        return False

    def begin(self, at: int) -> int:
        """Where the clause around a unit begins."""
        units = self.units
        for n in range(at - 1, -1, -1):
            word = units[n].token.lower
            if word in (";", ":", ".") or (units[n].kind in ("stop", "rel") and word in self.lists.sets["opening"]):
                return n + 1
            if units[n].kind == "and" and self.kind(n + 1) == "verb":
                return n + 1
        return 0

    def _clausal(self, at: int) -> bool:
        """Whether a verb stands before the next comma."""
        for n in range(at, min(at + 20, len(self.units))):
            if self.units[n].kind == "verb":
                return True
            if self.units[n].kind in ("comma", "stop"):
                return False
        return False

    def _new_clause(self, at: int) -> bool:
        """Whether a group and its finite verb begin here."""
        group = self.starting.get(at)
        if group is None and self.kind(at) == "pron":
            return self.kind(at + 1) == "verb"
        if group is None:
            return False
        after = group.last
        while self.kind(after) == "adv":
            after += 1
        return self.kind(after) == "verb" and self.units[after].token.tag not in ("VBN", "VBG")

    def lead(self, at: int) -> int:
        """The first unit of the verb chain that ends at a verb ("is due to meet", "has been")."""
        n = at
        while n > 0 and (
            self.units[n - 1].kind in ("verb", "adv", "to")
            or self.units[n - 1].token.lower in self.lists.sets["leading"]
            or (self.units[n - 1].kind == "date" and n > 1 and self._mid_date(n - 1))
            or (self.units[n - 1].kind == "prep" and self.units[n].kind == "date")
        ):
            n -= 1
        return n

    def _over_date(self, lead: int) -> int:
        """Where a verb chain begins, or the date between it and its subject ("A yesterday denied")."""
        n = lead
        while n > 1 and self.kind(n - 1) == "date":
            n -= 2 if self.kind(n - 2) == "prep" else 1
        return n if n < lead and self.group_before(n) is not None else lead

    def _mid_date(self, at: int) -> bool:
        """Whether a date stands inside a verb chain ("offered on Wednesday to sit down", "will today hear")."""
        before = at - 1 if self.units[at - 1].kind != "prep" else at - 2
        return before >= 0 and self.units[before].kind == "verb"

    def subject(self, at: int, depth: int = 0) -> tuple[Group | None, int]:
        """The group that is the subject of a verb, and where its verb chain begins."""
        lead = self._over_date(self.lead(at))
        before = lead - 1
        if depth > 4 or before < 0:
            return self._parsed(at) or self._following(at), lead
        if self.kind(before) == "rel" or (
            self.units[before].token.lower == "that" and self.kind(before) in ("stop", "det")
        ):
            end = before - 1 if self.kind(before - 1) == "comma" else before
            group = self.group_before(end) or self.group_before(before)
            if group is not None and group.prep == "among" and not group.ids and self.kind(group.first - 2) == "verb":
                return self.subject(group.first - 2, depth + 1)[0], lead
            return (self._nearest(group, lead) if group and group.members else self._parsed(at)), lead
        group = self.group_before(lead)
        if group is not None and not group.prep and group.members and self.kind(lead) != "to":
            return self._leftward(group), lead
        beside = self.group_before(at)
        if self.units[at].token.tag == "VBG" and lead == at and beside is not None and beside.members:
            return beside, lead
        if self.kind(lead) == "to" and (earlier := self._verb_before(lead)) is not None:
            controlled = group if group is not None and self.kind(group.first - 1) == "verb" else None
            if (
                controlled is not None
                and controlled.members
                and self.units[earlier].token.lemma in self.lists.sets["controlling"]
            ):
                return controlled, self.lead(earlier)
            subject, start = self.subject(earlier, depth + 1)
            if subject is not None and self._verbs_between(earlier, lead) == 0:
                return subject, start
        if self.kind(before) == "comma":
            group = self.group_before(before)
            parsed = self._parsed(at)
            if group is not None and group.members and not group.prep and self.kind(group.first - 1) == "and":
                return self._leftward(group), lead
            return (parsed or (group if group and not group.prep and group.members else None)), lead
        if self.kind(before) == "and" or (group is not None and group.prep):
            earlier = self._verb_before(before)
            parsed = self._parsed(at)
            if parsed is not None:
                return parsed, lead
            if earlier is not None:
                return self.subject(earlier, depth + 1)[0], lead
        return self._parsed(at) or self._following(at), lead

    def _nearest(self, group: Group, lead: int) -> Group:
        """Of several, the last, where the relative clause has a verb in the singular ("A and B, who has agreed")."""
        token = self.units[lead].token
        if len(group.members) < 2 or not (token.tag == "VBZ" or token.lower == "was"):
            return group
        return Group(group.first, group.last, group.members[-1:], head=group.head)

    def _following(self, at: int) -> Group | None:
        """The subject behind an opening participle: "Prevented from seeing A, B left"."""
        if self.units[at].token.tag not in ("VBG", "VBN"):
            return None
        for n in range(at + 1, min(at + 16, len(self.units))):
            if self.units[n].kind == "comma" and self._new_clause(n + 1):
                return self.starting.get(n + 1)
        return None

    def _verbs_between(self, first: int, last: int) -> int:
        return sum(self.units[n].kind in ("verb", "stop") for n in range(first + 1, last))

    def _leftward(self, group: Group) -> Group:
        """The subject with what "and" joins to it over an aside: "A, the first to come, and his wife, B"."""
        at = group.first - 1
        if self.kind(at) != "and":
            return group
        for other in self.groups:
            if other.last >= at or other.prep or not other.members:
                continue
            finite = any(
                self.units[n].kind == "verb" and self.units[n].token.tag not in ("VB", "VBN", "VBG")
                for n in range(other.last, at)
            )
            if not finite and other.first == self.begin(at):
                return Group(other.first, group.last, other.members + group.members, plural=True)
        return group

    def _verb_before(self, at: int) -> int | None:
        for n in range(at - 1, -1, -1):
            if self.units[n].kind == "verb":
                return n
            if self.units[n].token.lower in (";", ":"):
                return None
        return None

    def _parsed(self, at: int) -> Group | None:
        """The subject as the parse has it: of the verb itself, else of those that govern it."""
        tokens, children = self.analysis.tokens, self.analysis.children
        i = self.units[at].first
        for _ in range(5):
            for child in children[i]:
                if tokens[child].dep.startswith("nsubj"):
                    group = self._group_of(child)
                    if group is not None:
                        return group
            dep, head = tokens[i].dep, tokens[i].head
            if head == i:
                return None
            if dep in ("acl", "acl:relcl") and tokens[head].pos in ("NOUN", "PROPN", "PRON"):
                group = self._group_of(head)
                return group if group and group.members else None
            if dep not in _CLIMB and not dep.startswith(("advcl", "obl", "nmod", "obj")):
                return None
            i = head
        return None

    def _group_of(self, token: int) -> Group | None:
        at = self.unit_of.get(token)
        group = self.group_at(at) if at is not None else None
        return group if group and group.members else None
