"""The words of a title: its head noun and what stands before it."""

from __future__ import annotations

from kg.find.nations import places
from kg.find.offices.phrase import Named
from kg.find.offices.vocabulary import words
from kg.language.analysis import Analysis, Token

_LONGEST = 9


class Titles:
    """Finds head nouns of offices and where their titles start."""

    def __init__(self, analysis: Analysis, named: Named) -> None:
        self.named, self.tokens = named, analysis.tokens
        self.words = words()
        self.roles = {i: name for name in analysis.names if name.label == "ROLE" for i in range(name.first, name.last)}

    def is_head(self, i: int, first: int) -> bool:
        """Whether token `i` of the sentence that starts at `first` is the head noun of an office."""
        token = self.tokens[i]
        if token.text in self.words.letters or token.text in self.words.short:
            return True
        if token.lower not in self.words.heads and token.lower not in self.words.tails and i not in self.roles:
            return False
        before = self.tokens[i - 1].lower if i > first else ""
        sure = token.text[0].isupper() and (before in self.words.modifiers or before in self.words.fields)
        sure = sure or self._made(token, before)
        if token.pos == "ADJ" and i + 1 < len(self.tokens) and self.tokens[i + 1].pos not in ("NOUN", "PROPN", "ADJ"):
            sure = True
        sure = sure or self._between_names(i)
        if token.pos not in ("NOUN", "PROPN", "") and not sure:
            return False
        if token.lower in self.words.heads:
            return not self._goes_on(i)
        if token.lower in self.words.tails:
            if self.tokens[i - 1].tag == "NNP" and self._between_names(i):
                return True
            if self._singular_tail(token.lower) in self.words.makers:
                return self._made(token, before)
            return before in self.words.modifiers or before in self.words.fields or i in self.roles
        name = self.roles.get(i)
        if token.lower in self.words.modifiers or token.lower in self.words.behind:
            return False
        ends = name is not None and i == name.last - 1 and token.pos in ("NOUN", "PROPN", "")
        return ends and token.tag != "NNS"

    def _between_names(self, i: int) -> bool:
        """Whether a body or field stands right before and a person behind: "Komeito chief Hana Mori"."""
        body, person = self.named.get(i - 1), self.named.get(i + 1)
        if person is None or person[0].kind != "Person" or i == 0:
            return False
        return body[0].kind != "Person" if body else self.tokens[i - 1].lower in self.words.fields

    def _goes_on(self, i: int) -> bool:
        """Whether the title's head noun is still to come: "deputy prime minister", "chief executive"."""
        token, stop = self.tokens[i], min(len(self.tokens), i + 5)
        if i + 2 < len(self.tokens) and self.tokens[i + 1].text == "-" and self.tokens[i + 1].start == token.end:
            return self.tokens[i + 2].lower not in self.words.behind
        if i + 1 < stop and self._made(self.tokens[i + 1], token.lower):
            return True
        if token.lower not in self.words.modifiers and token.lower != "deputy":
            return False
        for j in range(i + 1, stop):
            word = self.tokens[j]
            if j in self.named or word.sentence != token.sentence:
                return False
            if word.lower in self.words.heads or self._made(word, self.tokens[j - 1].lower):
                return True
            if word.lower not in self.words.modifiers and word.lower not in self.words.fields:
                return False
        return False

    def _singular_tail(self, tail: str) -> str:
        return tail if tail in self.words.makers else tail.removesuffix("s")

    def _made(self, tail: Token, before: str) -> bool:
        return before in self.words.makers.get(self._singular_tail(tail.lower), ())

    def start(self, head: int, floor: int) -> int:
        """The first token of the title whose head noun is `head`, not before `floor`."""
        first = head
        tokens = self.tokens
        while first > floor and head - first < _LONGEST:
            before = tokens[first - 1]
            if first - 1 in self.named:
                if (start := self._no_body(first - 1)) is None or start < floor:
                    break
                first = start
                continue
            if (
                before.text in ("-", "–")
                and before.end == tokens[first].start
                and first - 2 >= floor
                and tokens[first - 2].end == before.start
            ):
                if tokens[first - 2].lower in self.words.status or first - 2 in self.named:
                    break
                first -= 2
                continue
            same = first - 1 in self.roles and self.roles.get(first - 1) is self.roles.get(head)
            if same and before.lower in ("'s", "’s", "'", "’") and first - 2 >= floor:
                first -= 2
                continue
            if before.lower in ("and", "&") and first - 2 >= floor and self._listed(first, head):
                first -= 2
                continue
            if not self._modifies(before, tokens[head]):
                break
            first -= 1
        return first

    def _no_body(self, i: int) -> int | None:
        """Where a seeming body of words of office starts: "Youth & Students" in "Youth & Students Officer"."""
        entity, mention = self.named[i]
        known = self.words.fields | self.words.modifiers | {"and", "&"}
        parts = mention.text.lower().split()
        if entity.kind != "Organisation" or len(entity.mentions) > 1 or not known.issuperset(parts):
            return None
        if len(parts) < 2 and parts[0] not in self.words.modifiers:
            return None
        while i - 1 in self.named and self.named[i - 1][1] is mention:
            i -= 1
        return i

    def _listed(self, first: int, head: int) -> bool:
        """Whether "X and" before a title belongs to it: "Youth & Students Officer"."""
        if first == head:
            return False
        one, other = self.tokens[first - 2], self.tokens[first]
        if first - 2 in self.named or one.text[0].isupper() != other.text[0].isupper():
            return False
        if one.lower in self.words.heads:
            return False
        return other.lower not in self.words.modifiers and (one.lower in self.words.fields or one.text[0].isupper())

    def _modifies(self, word: Token, head: Token) -> bool:
        lower = word.lower
        if lower in self.words.ordinals and self.tokens[word.i + 1].lower not in self.words.ordinals[lower]:
            return False
        if lower in self.words.status or lower in self.words.passed or places(word.text) or not word.text[0].isalpha():
            return False
        if word.text in self.words.honorifics and word.text[0].isupper():
            return lower in self.words.modifiers and word.i in self.roles
        if (
            lower in self.words.modifiers
            or lower in self.words.fields
            or (word.i in self.roles and head.i in self.roles)
        ):
            return True
        if lower in self.words.heads:
            return False
        if head.text[0].isupper() and not word.text[0].isupper():
            return False
        return word.tag in ("NN", "NNS") or (word.tag == "NNP" and head.text[0].isupper() and word.text[0].isupper())
