"""Noun phrases in a row of units: whom they name, and whom they make possessors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from kg.find.meetings.lexicon import Lexicon
from kg.find.meetings.quoted import speaker
from kg.find.meetings.units import Unit
from kg.find.referents import Referents

# How far a relative clause or bracket inside a group is looked through, in units.
REACH = 14
_INNER = ("of", "from", "for")


class Member(NamedTuple):
    """One who may take part: entity ids, or the words for somebody unnamed; `at` is the unit."""

    ids: tuple[str, ...]
    at: int
    words: str = ""
    body: bool = False
    person: bool = False


@dataclass
class Group:
    """Units `first` to `last` (exclusive) that name people; `prep` is the preposition before them.

    `reach` is where the relative clause behind them ends, 0 where there is none.
    """

    first: int
    last: int
    members: list[Member] = field(default_factory=list)
    possessors: list[Member] = field(default_factory=list)
    prep: str = ""
    plural: bool = False
    head: str = ""
    reach: int = 0

    @property
    def ids(self) -> list[str]:
        """All entity ids, in order, each once."""
        return list(dict.fromkeys(i for member in self.members for i in member.ids))

    @property
    def words(self) -> list[str]:
        """The words for its unnamed members."""
        return [member.words for member in self.members if not member.ids and member.words]


class Phrases:
    """Reads the noun phrases of one row."""

    def __init__(self, units: list[Unit], who: Referents, lists: Lexicon) -> None:
        self.units = units
        self.who = who
        self.lists = lists

    def kind(self, at: int) -> str:
        """The kind of a unit; "stop" behind the row."""
        return self.units[at].kind if at < len(self.units) else "stop"

    def new_subject(self, at: int) -> bool:
        """Whether what stands before `at` is the subject of a new clause."""
        while self.kind(at) == "adv":
            at += 1
        return self.kind(at) == "verb" and self.units[at].token.tag not in ("VBN", "VBG")

    def phrase(self, at: int) -> Group | None:
        """One noun phrase: who takes part where it names people, and whom it makes possessors."""
        units, start = self.units, at
        persons: list[Member] = []
        bodies: list[Member] = []
        possessors: list[Member] = []
        noun: int | None = None
        last_name: int | None = None
        plural = False
        while at < len(units):
            unit = units[at]
            if unit.kind == "name" and unit.entity is not None:
                member = Member(
                    (unit.entity.id,),
                    at,
                    body=unit.entity.kind in ("Party", "Organisation"),
                    person=unit.entity.kind == "Person",
                )
                if unit.entity.kind == "Person" and (persons or (noun == at - 1 and self._event(noun))):
                    break
                if unit.entity.kind == "Person":
                    persons.append(member)
                elif member.body and not persons:
                    bodies.append(member)
                last_name = at
            elif unit.kind == "poss":
                possessors = persons + bodies
                persons, bodies, noun = [], [], None
            elif unit.kind == "word":
                if (
                    persons
                    and last_name == at - 1
                    and unit.token.pos not in ("NUM", "")
                    and not unit.token.text[0].isupper()
                ):
                    possessors, persons = possessors + persons, []
                noun = at
                plural = unit.token.tag in ("NNS", "NNPS")
            elif unit.kind == "det":
                if at > start and (noun is not None or last_name is not None):
                    break
            elif unit.kind == "pron":
                if at > start:
                    break
                return self._pronoun(at)
            elif unit.kind == "adv":
                if noun is not None or last_name is not None:
                    break
            elif unit.kind == "prep" and unit.token.lower in _INNER and (noun is not None or persons or bodies):
                break
            elif unit.kind == "comma" and unit.token.lower == "(" and (noun is not None or persons or bodies):
                close = next((n for n in range(at, min(at + REACH, len(units))) if units[n].token.lower == ")"), None)
                if close is None:
                    break
                at = close
            else:
                break
            at += 1
        if noun is None and last_name is None:
            return None
        return self._close(start, at, persons, (bodies, possessors, noun, last_name, plural))

    def _close(
        self,
        start: int,
        at: int,
        persons: list[Member],
        parts: tuple[list[Member], list[Member], int | None, int | None, bool],
    ) -> Group | None:
        bodies, possessors, noun, last_name, plural = parts
        units = self.units
        end, inner = at, None
        head = units[noun].token.lemma if noun is not None else ""
        human = noun is not None and (
            head in self.lists.sets["people"] or units[noun].token.lower in self.lists.sets["people"]
        )
        human = human or (
            noun is not None
            and (
                units[noun].token.tag == "NNPS" or self._counterpart(noun) or self.who.is_deputation(units[noun].token)
            )
        )
        if (
            (human or persons or bodies)
            and at < len(units)
            and units[at].kind == "prep"
            and (units[at].token.lower in _INNER or self._sent_to(head, at))
        ):
            inner = self.phrase(at + 1)
            if inner is not None:
                end = self._places(at + 1, inner.last)
                while inner and end < len(units) and units[end].kind == "and":
                    more = self.phrase(end + 1)
                    if (
                        more is None
                        or any(m.person for m in more.members)
                        or self.new_subject(more.last)
                        or not more.members
                    ):
                        break
                    inner.members += more.members
                    end = more.last
        group = Group(start, end, persons, possessors, plural=plural, head=head)
        if persons:
            return group
        if bodies and (noun is None or (last_name is not None and noun < last_name)):
            group.members = bodies
            return group
        if inner is not None and human and any(m.person for m in inner.members) and self._office(start, inner):
            group.members, group.head = [m for m in inner.members if m.person], head
            return group
        if not human or noun is None:
            return group if possessors else Group(start, end, [], possessors, plural=plural, head=head)
        words = self._text(start, end)
        known = self.who.resolve(units[noun].token)
        if known:
            group.members = [Member(known, noun, person=True)]
        elif inner is not None and inner.members and (plural or head in self.lists.sets["speaking_for"]):
            group.members = [m for m in inner.members if m.body or head in ("delegation", "team", "group")] or [
                Member((), noun, words)
            ]
        elif (bodies or (possessors and possessors[-1].body)) and (plural or head in self.lists.sets["speaking_for"]):
            group.members = [*(bodies or possessors), Member((), noun, words)]
            group.possessors = [] if not bodies else possessors
        else:
            group.members = [Member((), noun, words)]
        return group

    def _sent_to(self, head: str, at: int) -> bool:
        """ "The envoy to the council, A B"."""
        return self.units[at].token.lower == "to" and head in self.lists.sets["envoys"]

    def _places(self, first: int, end: int) -> int:
        """Where a list of places ends that a phrase opens ("of Greece, Cyprus and Egypt"); `end` where it is none."""
        at, joint = end, ""
        if not self._place(end - 1) or end - first > 2:
            return end
        while self.kind(at) in ("comma", "and") and self._place(at + 1):
            joint, at = self.kind(at), at + 2
        return at if joint == "and" else end

    def _event(self, noun: int) -> bool:
        """Whether a noun is one of meeting: in "on the eve of the summit A said", A is not its name."""
        return self.units[noun].token.lemma in self.lists.nouns

    def _place(self, at: int) -> bool:
        entity = self.units[at].entity if at < len(self.units) else None
        return entity is not None and entity.kind == "Place"

    def _counterpart(self, noun: int) -> bool:
        """ "Her opposite number"."""
        before = self.units[noun - 1].token.lower if noun else ""
        return f"{before} {self.units[noun].token.lower}" in self.lists.sets["people"]

    def _office(self, start: int, inner: Group) -> bool:
        """ "Mayor of Riga Anna Berg": a name of no person stands between the office and the person's."""
        first = next((unit for unit in self.units[inner.first : inner.last] if unit.kind == "name"), None)
        return first is not None and first.entity is not None and first.entity.kind != "Person"

    def _pronoun(self, at: int) -> Group | None:
        token = self.units[at].token
        known, end = self.who.resolve(token), at + 1
        if not known and (speaking := speaker(self.who, token, self.lists.sets["sayings"])):
            return Group(at, end, [Member(speaking, at, token.text, person=True)])
        if not known and token.lower not in self.lists.sets["persons"]:
            return None
        return Group(
            at,
            end,
            [Member(known, at, "" if known else token.text, person=True)],
            plural=token.lower in ("we", "they", "them", "us", "both"),
        )

    def _text(self, first: int, last: int) -> str:
        analysis = self.who.analysis
        return analysis.text[
            analysis.tokens[self.units[first].first].start : analysis.tokens[self.units[last - 1].last - 1].end
        ]
