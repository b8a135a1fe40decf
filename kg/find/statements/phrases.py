"""Reads noun phrases off the surface: parses stumble over "a source close to the minister said"."""

from __future__ import annotations

from kg.find.statements.scene import NOMINAL, Scene
from kg.language.analysis import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVE = frozenset({"who", "whose", "which", "that", "whom"})
_INNER = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "X"})
_REACH = 24
_DATELINE = 12
_DESCRIBED = 16


class Phrases:
    """Noun phrases of one document, found from any of their words."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.tokens = scene, scene.tokens
        self.links, self.loose = scene.words.sets["source_links"], scene.words.sets["source_loose"]

    def chunk(self, i: int) -> range:
        """The simple noun phrase around a token: article, adjectives, nouns, names and possessors."""
        sentence = self.scene.sentence(i)
        if self.tokens[i].pos == "PRON" and not self._inside(i) and self.tokens[i].dep != "nmod:poss":
            return range(i, i + 1)
        start, stop = i, i + 1
        while start > sentence.first and self.tokens[start].pos != "DET" and self._inside(start - 1):
            start -= 1
        while stop < sentence.last:
            if self._inside(stop) and (self.tokens[stop].pos != "DET" or self._named(stop)):
                stop += 1
            elif (behind := self._bracketed(stop, sentence.last)) is not None:
                stop = behind
            else:
                break
        return range(start, stop)

    def _bracketed(self, i: int, last: int) -> int | None:
        """The token behind a bracket inside a phrase ("a JD(U) member"); None where none opens or no noun follows."""
        opened = self.tokens[i].text == "(" or (self.tokens[i].text == ")" and "(" in self.tokens[i - 1].text)
        if not opened:
            return None
        closed = next((j for j in range(i, min(last, i + 4)) if self.tokens[j].text == ")"), None)
        if closed is None or closed + 1 >= last or not self._inside(closed + 1):
            return None
        return closed + 1

    def _named(self, i: int) -> bool:
        return self.scene.who.name_at(i) is not None

    def _inside(self, i: int) -> bool:
        """Whether a token may be part of a simple noun phrase."""
        if not self.scene.narrative(i):
            return False
        token = self.tokens[i]
        if self._named(i):
            return True
        if self.scene.words.has("sure", token.lower) or token.dep in ("obl:unmarked", "nmod:unmarked"):
            return False
        return (
            token.pos in _INNER
            or token.dep == "amod"
            or token.tag in ("POS", "PRP$", "HYPH")
            or token.lower in ("-", "’s", "'s")
        )

    def head(self, area: range) -> Token | None:
        """The head of a simple noun phrase: the name of a person at its end, or its last noun."""
        words = self.scene.words
        last = area.stop - 1
        while last > area.start and self.tokens[last].text in words.sets["postnominals"]:
            last -= 1
        hit = self.scene.who.name_at(last)
        described = self.tokens[area.start].pos in ("DET", "NUM") and (hit is None or hit[0].kind != "Person")
        if last < area.stop - 1 and described:
            last = area.stop - 1
            hit = self.scene.who.name_at(last)
            if hit is None and self.tokens[last].pos not in NOMINAL:
                return self.tokens[last]
        if hit is None and words.has("bodies", self.tokens[last].lemma) and last > area.start:
            beside = self.scene.who.name_at(last - 1)
            hit = beside if beside and beside[0].kind in ("Organisation", "Party") else None
        if hit:
            inside = self.scene.analysis.tokens_in(hit[1].span)
            return next((t for t in inside if all(t.head != u.i or t.i == u.i for u in inside)), inside[0])
        nominal = (self.tokens[i] for i in reversed(area) if self.tokens[i].pos in NOMINAL)
        return next((t for t in nominal if t.tag != "PRP$"), None)

    def subject(self, head: Token, verb: int) -> Token:
        """The head of the whole phrase that a parse gives as the subject of a verb behind it.

        Hops from "the ministry" to "a source" in "a source at the ministry", and from an office in
        apposition to the name before it ("Ann Gray, the mayor, said").
        """
        if head.i > verb or head.sentence != self.tokens[verb].sentence:
            return head
        first = self.scene.sentence(head.i).first
        head = self._past_dateline(head, first, verb)
        area = self.chunk(head.i)
        for _ in range(3):
            before = self._before(area, first)
            if before is None:
                break
            area = before
        if area.start - 2 >= first and self.tokens[area.start - 1].text == "," and not self._holds_person(area):
            hit = self.scene.who.name_at(area.start - 2)
            if (
                hit
                and hit[0].kind == "Person"
                and self.tokens[area.stop].text in (",", "and", "of", "for", "who", "at", "in")
            ):
                area = self.chunk(area.start - 2)
        return self.head(area) or head

    def _past_dateline(self, head: Token, first: int, verb: int) -> Token:
        """The phrase behind the dash of "Lima, Peru – The union said", where a parse took the place for the subject."""
        dash = next(
            (i for i in range(first, min(verb, first + _DATELINE)) if self.tokens[i].text in ("–", "—", "-", "--")),
            None,
        )
        if dash is None or head.i > dash or any(self.tokens[i].tag in _FINITE for i in range(first, dash)):
            return head
        hit = self.scene.who.name_at(first)
        return self.behind(dash + 1) or head if hit and hit[0].kind == "Place" else head

    def _before(self, area: range, first: int) -> range | None:
        """The noun phrase that this one hangs on by a preposition."""
        at = area.start - 1
        if at <= first or self.tokens[at].lower not in self.links or not self.scene.narrative(at):
            return None
        at -= 1
        if at > first and (self.tokens[at].lower in self.loose or self.tokens[at].tag in ("VBG", "VBN")):
            at -= 1
        if self.tokens[at].pos not in NOMINAL or not self.scene.narrative(at):
            return None
        before = self.chunk(at)
        head = self.head(before)
        if head is None or self._named(head.i) or not self._governs(before, first, head):
            return None
        return before

    def _governs(self, area: range, first: int, head: Token) -> bool:
        """Whether a noun phrase can be a subject: no preposition or verb stands before it."""
        if area.start == first:
            return True
        before = self.tokens[area.start - 1]
        if not self.scene.narrative(before.i):
            return True
        return (
            before.pos in ("PUNCT", "CCONJ", "SCONJ", "SYM")
            or self.tokens[head.i].dep.startswith("nsubj")
            or self.scene.words.has("source_nouns", head.lemma)
        )

    def described(self, i: int) -> Token | None:
        """The person whose description in commas ends right before a verb: "Gray, head of the Farmers' Union, said"."""
        if self.tokens[i - 1].text != ",":
            return None
        for j in range(i - 2, max(self.scene.sentence(i).first, i - _DESCRIBED), -1):
            if self.tokens[j].tag in _FINITE or not self.scene.narrative(j):
                return None
            hit = self.scene.who.name_at(j - 1) if self.tokens[j].text == "," else None
            if hit and hit[0].kind == "Person":
                return self.tokens[j - 1]
        return None

    def _holds_person(self, area: range) -> bool:
        return any((hit := self.scene.who.name_at(i)) and hit[0].kind == "Person" for i in area)

    def behind(self, i: int) -> Token | None:
        """The head of the noun phrase that starts at a token or after an adverb."""
        if i < len(self.tokens) and self.tokens[i].pos == "ADV":
            i += 1
        if i >= len(self.tokens) or not self.scene.narrative(i):
            return None
        token = self.tokens[i]
        if token.pos == "PRON" and token.tag != "PRP$":
            return token
        if not self._inside(i):
            return None
        return self.head(self.chunk(i))

    def whole(self, head: Token) -> range:
        """A noun phrase with what follows without a comma: "a source close to the minister who was there"."""
        area = self.chunk(head.i)
        stop, relative = area.stop, False
        last = min(self.scene.sentence(head.i).last, stop + _REACH)
        if self._named(head.i):
            return area
        while stop < last and self.scene.narrative(stop):
            token = self.tokens[stop]
            if token.text in ",;:–—-.?!" or (
                token.pos in ("CCONJ", "SCONJ") and token.lower not in self.links and token.lower != "who"
            ):
                break
            if token.lower in _RELATIVE:
                if relative or token.lower == "that":
                    break
                relative = True
            elif token.tag in _FINITE:
                if not relative or (
                    stop > area.stop and any(self.tokens[j].tag in _FINITE for j in range(area.stop, stop))
                ):
                    break
            elif not (
                token.lower in self.links
                or token.lower in self.loose
                or self._inside(stop)
                or token.tag in ("VBG", "VBN", "VB", "TO", "PRP", "PRP$")
                or (token.pos == "ADV" and relative)
            ):
                break
            stop += 1
        while stop > area.stop and not (self.tokens[stop - 1].text[-1].isalnum() or self.tokens[stop - 1].text == ")"):
            stop -= 1
        while stop > area.stop and self.tokens[stop - 1].pos in ("ADP", "ADV", "DET", "PRON"):
            stop -= 1
        return range(area.start, stop)
