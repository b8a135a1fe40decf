"""Offices that a predecessor or successor held or holds: "her predecessor, X", "Y's successor as mayor, X"."""

from __future__ import annotations

from collections.abc import Iterable

from kg.find.offices import Phrase
from kg.find.roles.context import Claim, Context
from kg.language.analysis import Token
from kg.model import RoleStatus

_OWNERS = frozenset({"his", "her"})
_APOSTROPHES = frozenset({"'s", "’s", "'", "’"})
_PASSED = frozenset({"immediate", "direct", "late"})
_BREAKS = frozenset({",", "–", "—"})


class Successors:
    """Gives the office of one person to the one named as predecessor or successor."""

    def __init__(self, context: Context) -> None:
        self.context, self.tokens = context, context.tokens
        self.by_left = {phrase.left: phrase for phrase in context.phrases}

    def claims(self, known: Iterable[Claim]) -> list[Claim]:
        """The claims of these words, after the claims that other rules made."""
        held: dict[str, list[Claim]] = {}
        for claim in known:
            if claim.holder is not None:
                held.setdefault(claim.holder, []).append(claim)
        words = [token for token in self.tokens if token.lower in ("predecessor", "successor")]
        return [claim for word in words for claim in self._claim(word, held)]

    def _claim(self, word: Token, held: dict[str, list[Claim]]) -> list[Claim]:
        office = self._office(word)
        owner, left = self._owner(word)
        named = self._named(office.right if office else word.i + 1, self.context.stop(word.i))
        if owner is None or named is None or named == owner:
            return []
        basis = self._basis(word, office, held.get(owner, []))
        title = basis.title if basis else office.title if office else None
        if title is None:
            return []
        of = office.of[0] if office and office.of else basis.of if basis else None
        status: RoleStatus | None = "Former"
        if word.lower == "successor":
            status = "Incoming" if basis and basis.status == "Incoming" else "Current"
        phrase = office or Phrase(
            word.i, word.i + 1, word.i, left, word.i + 1, title, False, status, (of,) if of else (), None, "'s"
        )
        return [Claim(named, title, of if of != named else None, status, phrase, word.lower, 0.8)]

    def _office(self, word: Token) -> Phrase | None:
        """The office in "his predecessor as mayor"."""
        i = word.i + 1
        following = i + 1 < self.context.stop(word.i) and self.tokens[i].lower == "as"
        phrase = self.by_left.get(i + 1) if following else None
        return phrase if phrase and not phrase.plural else None

    def _owner(self, word: Token) -> tuple[str | None, int]:
        """Whose predecessor a word tells of, and where the noun phrase starts."""
        i, start = word.i - 1, self.context.start(word.i)
        while i > start and self.tokens[i].lower in _PASSED:
            i -= 1
        if i >= start and self.tokens[i].lower in _OWNERS:
            found = self.context.who.resolve(self.tokens[i])
        elif i > start and self.tokens[i].lower in _APOSTROPHES and i - 1 in self.context.named:
            found = (self.context.named[i - 1][0].id,)
        else:
            return None, i
        people = [one for one in found if self.context.entities[one].kind == "Person"]
        return (people[0] if len(people) == 1 == len(found) else None), i

    def _named(self, i: int, stop: int) -> str | None:
        """Who is named right behind the phrase, between commas, or after "is" and "was"."""
        if i >= stop:
            return None
        if self.tokens[i].text in _BREAKS:
            ahead = self.context.person_from(i + 1, stop)
            end = self.context.behind_name(ahead[1], stop) if ahead else stop
            closed = end >= stop or self.tokens[end].tag in (".", ",", ":", "''", "HYPH")
            joined = end + 1 < stop and self.tokens[end].text == "," and self.tokens[end + 1].lower == "and"
            return ahead[0] if ahead and closed and not joined else None
        linked = self.tokens[i].lower in ("is", "was")
        person = self.context.person_from(i + linked, stop)
        return person[0] if person else None

    def _basis(self, word: Token, office: Phrase | None, claims: list[Claim]) -> Claim | None:
        """The owner's office that is meant: the last told before, of those that end in the title where one is said."""
        known = self.context.words
        fit = [
            claim
            for claim in claims
            if claim.phrase.head < word.i
            and claim.title not in known.letters
            and claim.title.split()[-1] not in known.vague
            and (office is None or f" {claim.title}".endswith(f" {office.title}"))
        ]
        return max(fit, key=lambda claim: claim.phrase.head, default=None)
