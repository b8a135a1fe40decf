"""Offices beside a name: before it, in apposition, in brackets, as letters, and chains of them."""

from __future__ import annotations

from kg.find.offices import Phrase
from kg.find.roles.context import Claim, Context

_CLOSING = frozenset({",", ".", ";", ":", ")", "–", "—", "-", "”", "’", '"', "'", "…", "?", "!", "|", "•"})
_DASHES = frozenset({"–", "—", "-", "|", "•"})
_JOINS = frozenset({"and", "&", "/", ","})
Found = tuple[list[str], str, float]


class Beside:
    """Gives the phrases that stand beside names to those who bear the names."""

    def __init__(self, context: Context) -> None:
        self.context, self.tokens = context, context.tokens

    def claims(self) -> list[Claim]:
        """Every claim by place, chains included, in order of the phrases."""
        phrases = self.context.phrases
        found = [self._holders(phrase) for phrase in phrases]
        for n in range(len(phrases) - 1, 0, -1):
            here = found[n]
            if here and not found[n - 1] and here[1] in ("before-name", "letters", "chain") and self._leads_to(n):
                found[n - 1] = (here[0], "chain", 0.8)
        for n in range(1, len(phrases)):
            before = found[n - 1]
            if before and not found[n] and before[1] in ("after-name", "chain", "brackets") and self._goes_on(n):
                found[n] = (before[0], "chain", 0.8)
        made: list[Claim] = []
        for n, (phrase, row) in enumerate(zip(phrases, found, strict=True)):
            if row:
                made.extend(self._spread(phrase, row, self._shared(n)))
        return made

    def _leads_to(self, n: int) -> bool:
        """Whether the office before the n-th is of the same person: "deputy leader and shadow chancellor X"."""
        one, other = self.context.phrases[n - 1], self.context.phrases[n]
        alike = other.determiner not in ("the", "a") or one.determiner == other.determiner
        return alike and self._chained(one, other)

    def _goes_on(self, n: int) -> bool:
        """Whether the n-th office is of the one who holds the office before it: "X, leader and chancellor,"."""
        one, other = self.context.phrases[n - 1], self.context.phrases[n]
        return self._chained(one, other) and (other.determiner in ("", "'s") or self._closes(other))

    def _shared(self, n: int) -> tuple[str, ...]:
        """The bodies named only behind the second of two joined offices: "founder and director of X"."""
        phrases = self.context.phrases
        if phrases[n].of or phrases[n].anchor is not None or n + 1 >= len(phrases):
            return phrases[n].of
        after = phrases[n + 1]
        return (
            after.of
            if after.determiner == "" and after.of and after.left == after.first and self._chained(phrases[n], after)
            else ()
        )

    def _spread(self, phrase: Phrase, row: Found, of: tuple[str, ...]) -> list[Claim]:
        people, rule, weight = row
        if len(of) > 1 and len(of) == len(people):
            pairs: list[tuple[str, str | None]] = list(zip(people, of, strict=True))
        else:
            pairs = [(one, of[0] if of else None) for one in people]
        if rule == "before-name":
            pairs = [(people[0], self._governed(phrase, pairs[0][1]))]
        if rule == "brackets" and pairs[0][1] is None:
            pairs = [(people[0], self._near_bracket(phrase))]
        title = self._without_party(phrase.title, pairs[0][1])
        return [Claim(one, title, body, phrase.status, phrase, rule, weight) for one, body in pairs if one != body]

    def _of_name(self, i: int) -> str | None:
        """The place or body in "president X of Y"."""
        stop = self.context.stop(i - 1)
        ahead = self.context.person_from(i, stop)
        if ahead is None or ahead[1] + 1 >= stop or self.tokens[ahead[1]].lower != "of":
            return None
        j = ahead[1] + 1 + (self.tokens[ahead[1] + 1].lower == "the")
        hit = self.context.named.get(j)
        return hit[0].id if hit and hit[0].kind != "Person" else None

    def _without_party(self, title: str, of: str | None) -> str:
        """The title without the noun that belongs to the party's name: "the Green party leader"."""
        party = of is not None and self.context.entities[of].kind == "Party"
        return title.removeprefix("party ") if party else title

    def _governed(self, phrase: Phrase, of: str | None) -> str | None:
        """The body before an office or behind the name; a place behind it where the office is held of one."""
        behind = self._of_name(phrase.right)
        entities = self.context.entities
        governs = phrase.title.split()[-1] in self.context.words.governing
        if of is None:
            return None if behind and governs and entities[behind].kind == "Party" else behind
        place = behind is not None and entities[behind].kind == "Place"
        return behind if governs and place and entities[of].kind == "Party" else of

    def _near_bracket(self, phrase: Phrase) -> str | None:
        """The body right before an office in brackets, or at the end of the list: "A (Chair) and B (Clerk), Oxfam"."""
        named = self.context.named
        before = named.get(phrase.left - 2)
        if before and before[0].kind != "Person":
            return before[0].id
        stop = self.context.stop(phrase.head)
        i = phrase.right + 1
        for _ in range(4):
            while i < stop and self.tokens[i].lower in (",", "and", "the"):
                i += 1
            hit = named.get(i) if i < stop else None
            if hit and hit[0].kind in ("Party", "Organisation") and self.tokens[i - 1].lower in (",", "the"):
                return hit[0].id
            ahead = self.context.person_from(i, stop)
            if ahead is None:
                return None
            i = self.context.behind_name(ahead[1], stop)
        return None

    def _chained(self, one: Phrase, other: Phrase) -> bool:
        between = self.tokens[one.right : other.left]
        if self.tokens[one.head].sentence != self.tokens[other.head].sentence or len(between) > 2:
            return False
        joined = all(token.lower in _JOINS for token in between) and not (len(between) == 1 and between[0].text == ",")
        return joined and one.right <= other.left

    def _closes(self, phrase: Phrase) -> bool:
        return phrase.right >= self.context.stop(phrase.head) or self.tokens[phrase.right].text in _CLOSING

    def _holders(self, phrase: Phrase) -> Found | None:
        context, tokens = self.context, self.tokens
        start, stop = context.start(phrase.head), context.stop(phrase.head)
        if phrase.title in context.words.letters:
            if (person := context.person_before(phrase.left, start)) and not phrase.plural:
                return [person], "letters", 1.0
        elif (
            phrase.head > start
            and self.tokens[phrase.left - 1].text == "("
            and phrase.right < stop
            and tokens[phrase.right].text == ")"
        ):
            return self._bracketed(phrase, start)
        right = phrase.right
        if phrase.plural:
            return self._several(phrase, right, stop)
        if (ahead := context.person_from(right, stop)) is not None and phrase.determiner not in ("a", "an"):
            return [ahead[0]], "before-name", 1.0
        if ahead is not None:
            return ([ahead[0]], "before-name", 0.7) if ahead[1] < stop and tokens[ahead[1]].text != "'s" else None
        left, ahead_row = self._apposed(phrase, start, stop), self._before_comma(phrase, right, stop)
        if left and ahead_row and self._is_new(ahead_row[0][0], phrase) and not self._is_new(left[0][0], phrase):
            return ahead_row
        return left or ahead_row

    def _is_new(self, person: str, phrase: Phrase) -> bool:
        """Whether a person is first named in the sentence of the phrase."""
        first = min(mention.span.start for mention in self.context.entities[person].mentions)
        return first >= self.context.analysis.sentences[self.tokens[phrase.head].sentence].span.start

    def _bracketed(self, phrase: Phrase, start: int) -> Found | None:
        i = phrase.left - 1
        person = self.context.person_before(i, start)
        if person is None and i - 1 in self.context.named:
            j = i - 1
            while (
                j > start
                and (j in self.context.named or self.tokens[j].text == ",")
                and self.context.named.get(j, self.context.named[i - 1])[0].kind != "Person"
            ):
                j -= 1
            hit = self.context.named.get(j)
            person = hit[0].id if hit and hit[0].kind == "Person" else None
        return ([person], "brackets", 0.9) if person else None

    def _several(self, phrase: Phrase, right: int, stop: int) -> Found | None:
        if right < stop and self.tokens[right].text in (",", ":", "–", "—", "-"):
            right += 1
            people, end = self.context.people_from(right, stop)
            sure = len(people) > 1 and (
                end >= stop or self.tokens[end].text in _CLOSING or self.tokens[end].tag.startswith("VB")
            )
            return (people, "before-names", 0.9) if sure else None
        people, _ = self.context.people_from(right, stop)
        return (people, "before-names", 0.9) if people else None

    def _apposed(self, phrase: Phrase, start: int, stop: int) -> Found | None:
        left = phrase.left - 1
        if left <= start or self.tokens[left].text not in (",", *_DASHES):
            return None
        person = self.context.person_before(left, start)
        if person is None:
            return None
        right = phrase.right
        closed = right >= stop or self.tokens[right].text in _CLOSING
        if not closed:
            following = self.tokens[right]
            closed = following.tag[:2] in ("VB", "MD", "WP", "WD") or following.lower in (
                "and",
                "/",
                "&",
                "who",
                "in",
                "from",
                "at",
                "on",
                "since",
                "for",
                "with",
                "to",
            )
        if following_name := self._next_name(right, stop):
            closed = closed and following_name != "direct"
        return ([person], "after-name", 1.0) if closed else None

    def _next_name(self, right: int, stop: int) -> str:
        return "direct" if self.context.person_from(right, stop) else ""

    def _before_comma(self, phrase: Phrase, right: int, stop: int) -> Found | None:
        """ "the prime minister, X, …": an apposition where it is closed and opens no list."""
        if right >= stop or self.tokens[right].text not in (",", "–", "—", ":"):
            return None
        ahead = self.context.person_from(right + 1, stop)
        if ahead is None or (phrase.determiner in ("a", "an") and not self._one(phrase, ahead[1], stop)):
            return None
        end = self.context.behind_name(ahead[1], stop)
        seat = self.context.named.get(end + 1) if end + 1 < stop and self.tokens[end].lower == "of" else None
        while (
            seat and end < stop and (self.tokens[end].lower == "of" or self.context.named.get(end, seat)[1] is seat[1])
        ):
            end += 1
        if self.tokens[right].text == ":":
            return [ahead[0]], "list", 0.9
        if phrase.determiner == "" and not phrase.of and phrase.left > self.context.start(phrase.head):
            return None
        if end < stop and self.tokens[end].text not in _CLOSING and not self.tokens[end].tag.startswith(("VB", "MD")):
            return None
        weight = 0.9
        if (
            end + 1 < stop
            and self.tokens[end].text == ","
            and self.tokens[end + 1].lower == "and"
            and not self._pair_follows(end + 2, stop)
        ):
            weight = 0.4
        return [ahead[0]], "comma-name", weight

    def _one(self, phrase: Phrase, end: int, stop: int) -> bool:
        """Whether "a former minister of X, Y," names the one: with its body or its time, and a comma behind."""
        told = phrase.status is not None or bool(phrase.of) or " of " in phrase.title
        return told and end < stop and self.tokens[end].text in (",", ".", ";")

    def _pair_follows(self, i: int, stop: int) -> bool:
        """Whether an office with its own name comes next: "the leader, A, and the chair, B"."""
        following = next((p for p in self.context.phrases if p.left == i), None)
        if following is None:
            return False
        right = following.right + (following.right < stop and self.tokens[following.right].text == ",")
        return self.context.person_from(right, stop) is not None
