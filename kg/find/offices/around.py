"""What stands around a title: article, status, body before it; "of X" behind it."""

from __future__ import annotations

from kg.find.nations import places
from kg.find.offices.phrase import Named
from kg.find.offices.vocabulary import words
from kg.language.analysis import Analysis
from kg.model import RoleStatus

_DETERMINERS = frozenset({"the", "a", "an", "this", "that"})
_OWNERS = frozenset({"his", "her", "its", "their", "our", "my", "whose"})
_APOSTROPHES = frozenset({"'s", "’s", "'", "’", "‘s"})

Ids = tuple[str, ...]


class Around:
    """Reads the surroundings of a title in one document."""

    def __init__(self, analysis: Analysis, named: Named) -> None:
        self.analysis, self.named, self.tokens = analysis, named, analysis.tokens
        self.words = words()
        self.places: dict[str, str] = {}
        for entity, mention in named.values():
            if entity.kind == "Place":
                self.places.setdefault(mention.text, entity.id)

    def before(self, first: int, floor: int) -> tuple[int, RoleStatus | None, tuple[str, ...], int | None, str]:
        """Reads what stands before a title: where the phrase starts, its status, bodies, anchor and determiner."""
        left = first
        status: RoleStatus | None = None
        of: Ids = ()
        anchor: int | None = None
        tokens = self.tokens
        while left > floor:
            i = left - 1
            token = tokens[i]
            if token.lower in _DETERMINERS:
                return i, status, of, anchor, token.lower
            if token.lower in _OWNERS:
                return i, status, of, anchor if of or anchor else i, token.lower
            if (hit := self.named.get(i)) and not of and anchor is None and hit[0].kind != "Person":
                of, left = (hit[0].id,), self._mention_start(i)
            elif hit and of and tokens[left].lower in _APOSTROPHES:
                left = self._mention_start(i)
            elif token.lower in _APOSTROPHES and i > floor:
                if (hit := self.named.get(i - 1)) and not of:
                    of, left = (hit[0].id,), self._mention_start(i - 1)
                elif hit:
                    left = self._mention_start(i - 1)
                    return left, status, of, anchor, "'s"
                elif tokens[i - 1].pos in ("NOUN", "PROPN", ""):
                    anchor, left = (None if of else i - 1), i - 1
                    while left > floor and tokens[left - 1].tag in ("NN", "JJ", "CD"):
                        left -= 1
                    if left > floor and tokens[left - 1].lower in _DETERMINERS | _OWNERS:
                        left -= 1
                    return left, status, of, anchor, "'s"
                else:
                    break
                if left > floor and tokens[left - 1].lower == "the":
                    left -= 1
                return left, status, of, anchor, "'s"
            elif token.text == ")" and (opened := self._opened(i)) > floor and not of:
                left = opened
            elif token.lower in self.words.status:
                status, left = self.words.status[token.lower], i
            elif token.text == "-" and i > floor and tokens[i - 1].lower in self.words.status:
                status, left = self.words.status[tokens[i - 1].lower], i - 1
            elif token.lower in self.words.passed:
                left = i
            elif names := self._demonym(i):
                place = next((self.places[name] for name in names if name in self.places), None)
                two = not places(token.text) or bool(i > floor and places(tokens[i - 1].text + " " + token.text))
                of, left = of or ((place,) if place else ()), i - two
            elif token.tag in ("JJ", "JJS", "CD", "RB") and token.text[0].islower():
                left = i
            else:
                break
        return left, status, of, anchor, ""

    def _opened(self, i: int) -> int:
        """Where an acronym's bracket between a body and a title opens: "Homeland Union (HU) leader"; -1 if none."""
        opened = next((j for j in range(i - 2, max(i - 5, 0), -1) if self.tokens[j].text == "("), -1)
        hit = self.named.get(opened - 1)
        return opened if hit and hit[0].kind != "Person" else -1

    def _demonym(self, i: int) -> tuple[str, ...]:
        """The names of the place whose adjective ends at `i`: "Irish", "South Korean"."""
        two = places(self.tokens[i - 1].text + " " + self.tokens[i].text) if i else ()
        return two or places(self.tokens[i].text)

    def _mention_start(self, i: int) -> int:
        mention = self.named[i][1]
        while i - 1 in self.named and self.named[i - 1][1] is mention:
            i -= 1
        return i

    def _mention_end(self, i: int) -> int:
        mention = self.named[i][1]
        while i + 1 in self.named and self.named[i + 1][1] is mention:
            i += 1
        return i + 1

    def after(
        self, last: int, stop: int, plural: bool, definite: bool = False
    ) -> tuple[int, int, tuple[str, ...], int | None]:
        """Reads "of X" behind a title: where the phrase and the title end, the bodies, the word that stands for one."""
        tokens = self.tokens
        stop = min(stop, self.analysis.sentences[tokens[last - 1].sentence].last)
        right = last
        while right + 1 < stop and tokens[right].lower in ("of", "for", "at", "in", "to", "on", "with"):
            word = tokens[right].lower
            i = right + 1
            if tokens[i].lower in ("the", "an", "a", "its", "their", "his", "her"):
                i += 1
            if i + 2 < stop and tokens[i].tag == "NN" and tokens[i + 1].lower in _APOSTROPHES and i + 2 in self.named:
                i += 2
            if i >= stop:
                break
            i = self._behind_adjectives(i, stop)
            if i in self.named and (owned := self._owned(i, stop)) is not None:
                i = owned
            if i in self.named:
                ids = [self.named[i][0].id]
                end = self._mention_end(i)
                while plural and end + 1 < stop and tokens[end].lower in ("and", ",") and self._joined(end + 1):
                    step = end + 1 + (tokens[end + 1].lower == "the")
                    ids.append(self.named[step][0].id)
                    end = self._mention_end(step)
                if end < stop and tokens[end].lower in _APOSTROPHES:
                    tail = self._complement(end + 1, stop)
                    if tail > end + 1:
                        return tail, tail if right > last else last, tuple(ids[:1]), None
                if word in ("in", "on", "with", "at") and (self.named[i][0].kind != "Organisation" or definite):
                    return right, last, (), None
                if end < stop and (tokens[end].lower in self.words.heads or self._opens_title(end, stop)):
                    return right, last, (), None
                end = self._behind_bracket(end, stop)
                return end, last if right == last else right, tuple(dict.fromkeys(ids)), None
            if word not in ("of", "for"):
                break
            end = self._complement(i, stop)
            if end == i:
                break
            if tokens[end - 1].lower in self.words.bodies and i > right + 1:
                return end, last if right == last else right, (), end - 1
            right = end
        return right, max(right, last), (), None

    def _behind_adjectives(self, i: int, stop: int) -> int:
        """Where a body begins behind words that describe it: "of the right-wing | Conservative Party"; else `i`."""
        for j in range(i, min(stop, i + 6)):
            hit = self.named.get(j)
            if hit is not None:
                return j if hit[0].kind in ("Party", "Organisation") and self._describes(j - 1) else i
            described = self.tokens[j].tag in ("JJ", "VBG", "VBN", "NN") or self.tokens[j].text == "-"
            if not described or self.tokens[j].text[0].isupper():
                break
        return i

    def _describes(self, i: int) -> bool:
        """Whether a word is an adjective, or ends one with a hyphen ("right-wing")."""
        return self.tokens[i].tag == "JJ" or self.tokens[i - 1].text == "-"

    def _opens_title(self, i: int, stop: int) -> bool:
        """Whether another title starts right behind a name: "an adviser to the Labour *deputy leader*"."""
        modifies = self.tokens[i].lower in self.words.modifiers or self.tokens[i].lower in self.words.fields
        return modifies and i + 1 < stop and self.tokens[i + 1].lower in self.words.heads

    def _owned(self, i: int, stop: int) -> int | None:
        """Where the body starts in "Israel's Labor Party"; None where no name follows a possessive."""
        end = self._mention_end(i)
        if end + 1 >= stop or self.tokens[end].lower not in _APOSTROPHES or self.named[i][0].kind != "Place":
            return None
        hit = self.named.get(end + 1)
        return end + 1 if hit and hit[0].kind in ("Party", "Organisation") else None

    def _behind_bracket(self, i: int, stop: int) -> int:
        """Skips an acronym in brackets behind a name."""
        if i + 2 < stop and self.tokens[i].text == "(":
            for j in range(i + 2, min(stop, i + 5)):
                if self.tokens[j].text == ")":
                    return j + 1
        return i

    def _joined(self, i: int) -> bool:
        """Whether a place or body follows that a plural title also covers: "of Poland and Greece"."""
        i += self.tokens[i].lower == "the"
        return not (i not in self.named or self.named[i][0].kind == "Person")

    def _complement(self, i: int, stop: int) -> int:
        """Where the noun phrase that starts at `i` ends: nouns and adjectives, joined by "and"."""
        tokens, end = self.tokens, i
        while end < stop and end - i < 7 and end not in self.named:
            token = tokens[end]
            joins = (
                token.lower in ("and", ",", "&")
                and end > i
                and end + 1 < stop
                and end + 1 not in self.named
                and tokens[end + 1].tag[:2] in ("NN", "JJ")
                and tokens[end + 1].lower not in self.words.heads
                and tokens[end + 1].text[0].isupper() == tokens[i].text[0].isupper()
                and (token.lower != "," or tokens[i].text[0].isupper())
            )
            if (
                (token.lower in _APOSTROPHES and end > i)
                or joins
                or (token.text in ("-", "–") and token.start == tokens[end - 1].end)
            ):
                end += 1
                continue
            if token.tag[:2] not in ("NN", "JJ") or token.lower in self.words.status:
                break
            if token.text in self.words.honorifics and end + 1 in self.named and end > i:
                break
            end += 1
        while end > i and (tokens[end - 1].lower in ("and", ",", "&", "-") or tokens[end - 1].lower in _APOSTROPHES):
            end -= 1
        return end
