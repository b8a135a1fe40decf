"""Groups of people and bodies in a row of units: "the chancellor, A B, and his deputy, accompanied by C D"."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.find.meetings.lexicon import Lexicon, Phrase
from kg.find.meetings.phrases import REACH, Group, Member, Phrases
from kg.find.meetings.units import Unit
from kg.find.referents import Referents
from kg.language.analysis import Token

_SIZES = {"two": 2, "three": 3, "four": 4}
# Nouns for all who met, whoever went to see whom.
_ALL = frozenset(("leader", "side", "two", "three", "pair", "duo", "trio"))
_DASH = re.compile("[-–—/]")


class Recent(NamedTuple):
    """Those who took part in the meeting told of last; `fresh` where that is just before; `subjects` met the others."""

    ids: tuple[str, ...] = ()
    fresh: bool = True
    subjects: tuple[str, ...] = ()


class Reader:
    """Reads the groups of one row."""

    def __init__(self, units: list[Unit], who: Referents, lists: Lexicon, recent: Recent | None = None) -> None:
        """`recent` are those who took part in the meeting told of before."""
        self.recent, self.fresh, self.subjects = recent or Recent()
        self.units = units
        self.who = who
        self.lists = lists
        self.finite = False
        self.phrases = Phrases(units, who, lists)

    def groups(self) -> list[Group]:
        """All groups of the row, from left to right, none overlapping."""
        found: list[Group] = []
        at = 0
        while at < len(self.units):
            company = self.company(at) if at == 0 or self.units[at - 1].kind != "verb" else 0
            at += company
            if at < len(self.units) and self.units[at].kind in ("name", "det", "word", "pron", "adv"):
                group = self._group(at)
                if group is not None and company:
                    group.prep = "company"
                if group is not None:
                    self._take_up(group, found)
                    found.append(group)
                    at = max(group.last, at + 1)
                    continue
            at += 1
        return found

    def _take_up(self, group: Group, before: list[Group]) -> None:
        """ "They", unknown so far, are the several who were named last in the sentence."""
        if len(group.members) != 1:
            return
        member = group.members[0]
        word = self.units[member.at].token
        if (
            not member.words
            and word.lower not in ("they", "them")
            and not (len(member.ids) == 2 and len(self.recent) == 2 and self._people_in(self.recent))
        ):
            return
        if word.lower in ("they", "them") and group.last - group.first == 1 and self._far(word):
            known = next((other for other in reversed(before) if len(other.ids) > 1 and not other.prep), None)
            pair = list(dict.fromkeys(i for other in before for m in other.members if m.person for i in m.ids))
            if known is not None:
                group.members = [Member(tuple(known.ids), group.first, person=True)]
                return
            if len(pair) == 2 and any(other.prep == "with" for other in before):
                group.members = [Member(tuple(pair), group.first, person=True)]
                return
        if group.last - group.first > 3 or group.possessors or not self.recent or word.tag in ("NN", "NNP"):
            return
        jointly = {word.lower, word.lemma} & self.lists.sets["jointly"]
        body = word.lower in ("they", "them") and self.fresh and bool(member.ids) and not self._people_in(member.ids)
        if body and self._people_in(self.recent) and not set(member.ids) & set(self.recent):
            group.members = [Member(self._continued(group), group.first, person=True)]
            return
        if not member.words and (not self._people_in(member.ids) or group.last - group.first < 2 or word.pos == "PRON"):
            return
        if jointly and self._definite(group):
            group.members = [Member(self._continued(group), group.first, person=True)]

    def _continued(self, group: Group) -> tuple[str, ...]:
        """ "They also met C", "the diplomats had seen C": those of the subject told of before; else all who met."""
        word = self.units[group.first].token.lower
        behind = self.units[group.last].token.lower if group.last < len(self.units) else ""
        also = word in ("they", "both") and behind in ("also", "later", "then", "earlier", "afterwards")
        if len(self.subjects) > 1 and (also or (word == "the" and group.head not in _ALL)):
            return self.subjects
        return self.recent

    def _far(self, pronoun: Token) -> bool:
        """Whether a pronoun takes up nobody, or somebody of a sentence before."""
        known = self.who.antecedent(pronoun)
        return known is None or known.sentence != pronoun.sentence

    def _people_in(self, ids: tuple[str, ...]) -> bool:
        return all(self.who.entities[one].kind == "Person" for one in ids)

    def _definite(self, group: Group) -> bool:
        """ "They", "the leaders", "the two sides": not "two leaders", "Israeli ministers"."""
        words = [unit.token.lower for unit in self.units[group.first : group.last]]
        inner = words[1:-1]
        if len(words) == 1:
            return self.fresh and words[0] in ("they", "them", "both")
        if not self.fresh and not inner and words[0] != "both":
            return False
        return words[0] in ("the", "both") and all(_SIZES.get(word) == len(self.recent) for word in inner)

    def _group(self, at: int) -> Group | None:
        phrase = self.phrases.phrase(at)
        if phrase is None or not (phrase.members or phrase.possessors):
            return None
        group = phrase
        group.prep = self._prep(at)
        inside = bool(group.prep) or (at > 0 and self.units[at - 1].kind in ("verb", "adv") and self._verb_before(at))
        self.finite = any(unit.kind == "verb" and unit.token.tag != "VBG" for unit in self.units[:at])
        while True:
            more = self._more(group, inside)
            if more is None:
                return group
            group = more

    def _verb_before(self, at: int) -> bool:
        while at > 0 and self.units[at - 1].kind == "adv":
            at -= 1
        return at > 0 and self.units[at - 1].kind == "verb"

    def _prep(self, at: int) -> str:
        if at > 0 and self.units[at - 1].kind == "prep":
            return self.units[at - 1].token.lower
        return ""

    def _more(self, group: Group, inside: bool) -> Group | None:
        """The group lengthened by what follows it, or None where it ends."""
        at = group.last
        if at >= len(self.units):
            return None
        kind = self.units[at].kind
        if kind == "comma" and self.phrases.kind(at + 1) == "and":
            return self._joined(group, at + 2, inside)
        if kind == "and":
            return self._joined(group, at + 1, inside)
        if self.units[at].token.text == ":" and group.members and not group.ids and not group.members[-1].person:
            return self._apposed(group, at + 1, inside)
        step = at + 1 if kind == "comma" else at
        company = self.company(step)
        if company:
            return self._joined(group, step + company, inside=True)
        if kind == "comma" and self.phrases.kind(at + 1) == "rel":
            if self.units[at + 2 : at + 3] and self.units[at + 2].token.lemma in self.lists.sets["comprising"]:
                return self._joined(group, at + 3, inside=True)
            group.reach = self._relative(at)
            return None
        if (
            kind == "comma"
            and self.phrases.kind(at + 1) == "prep"
            and self.units[at + 1].token.lower == "with"
            and group.head != "with"
        ):
            return self._joined(group, at + 2, inside=True)
        if kind == "comma" and self.phrases.kind(at + 1) == "prep":
            return self._belonging(group, at)
        if kind == "comma":
            return self._apposed(group, at + 1, inside)
        return None

    def _belonging(self, group: Group, at: int) -> Group | None:
        """ "A, of the Farmers' Party, and B": the group over what A belongs to."""
        if self.units[at + 1].token.lower not in ("of", "from", "for") or not (
            group.members and group.members[-1].person
        ):
            return None
        phrase = self.phrases.phrase(at + 2)
        if phrase is None or any(m.person for m in phrase.members) or self.phrases.kind(phrase.last) != "comma":
            return None
        return Group(
            group.first, phrase.last + 1, group.members, group.possessors, group.prep, group.plural, group.head
        )

    def company(self, at: int) -> int:
        """How many units from `at` say "accompanied by" or the like; 0 for none."""
        if at >= len(self.units):
            return 0
        for phrase in self.lists.phrases["company"].get(self.units[at].token.lower, ()):
            if self.matches(at, phrase):
                return len(phrase)
        return 0

    def matches(self, at: int, phrase: Phrase) -> bool:
        """Whether the words of a phrase stand from a unit on, as written or by lemma."""
        units = self.units
        return at + len(phrase) <= len(units) and all(
            word in (units[at + n].token.lower, units[at + n].token.lemma) for n, word in enumerate(phrase)
        )

    def paired(self, at: int) -> list[str]:
        """The people of "the Berg–Reed summit", where the text names them elsewhere."""
        unit = self.units[at]
        parts = _DASH.split(unit.text) if unit.kind in ("name", "word") else []
        if len(parts) < 2 or not all(part[:1].isupper() for part in _DASH.split(unit.token.text)):
            return []
        found = [self.who.surname(part) for part in parts]
        return [one for one in found if one is not None] if all(found) else []

    def _joined(self, group: Group, at: int, inside: bool) -> Group | None:
        while self.phrases.kind(at) == "adv":
            at += 1
        phrase = self.phrases.phrase(at)
        if phrase is None or not phrase.members:
            return None
        if inside and self.finite and self.phrases.new_subject(phrase.last):
            return None
        return _sum(group, phrase)

    def _apposed(self, group: Group, at: int, inside: bool) -> Group | None:
        """After a comma: a name apposed to a role, another of a list, or a description to skip."""
        phrase = self.phrases.phrase(at)
        if phrase is None:
            return None
        after = self.phrases.kind(phrase.last)
        if any(member.person for member in phrase.members):
            if inside and self.phrases.new_subject(phrase.last):
                return None
            if group.members and not group.members[-1].ids and not group.plural:
                group.members.pop()
            return _sum(group, phrase)
        bodies = [member for member in phrase.members if member.body]
        if bodies and all(member.body for member in group.members):
            return None if inside and self.phrases.new_subject(phrase.last) else _sum(group, phrase)
        if after in ("comma", "stop") or not inside:
            named = group.members and group.members[-1].person
            if named and not bodies and after == "comma":
                return Group(
                    group.first, phrase.last, group.members, group.possessors, group.prep, group.plural, group.head
                )
            if named and bodies and after == "comma" and phrase.head in self.lists.sets["people"]:
                return Group(
                    group.first, phrase.last, group.members, group.possessors, group.prep, group.plural, group.head
                )
            if named and after in ("comma", "stop") and phrase.members:
                return Group(
                    group.first, phrase.last, group.members, group.possessors, group.prep, group.plural, group.head
                )
        return None

    def _relative(self, at: int) -> int:
        """Where ", who ranks fifth in the party, " ends: before the verb that goes on; 0 where it does not."""
        for end in range(at + 2, min(at + REACH, len(self.units))):
            if self.units[end].kind == "comma":
                return end + 1 if self.phrases.kind(end + 1) in ("verb", "adv") else 0
            if self.units[end].kind == "stop":
                return 0
        return 0


def _sum(group: Group, phrase: Group) -> Group:
    head = "with" if group.head == "with" else group.head
    return Group(group.first, phrase.last, group.members + phrase.members, group.possessors, group.prep, True, head)
