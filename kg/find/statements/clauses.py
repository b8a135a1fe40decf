"""Where the clause that says what was said begins and ends."""

from __future__ import annotations

from kg.find.statements.cues import Cue, Cues
from kg.find.statements.scene import Scene
from kg.find.statements.verbs import FINITE as _FINITE
from kg.language.analysis import Sentence

_END = frozenset(".!?…;:”’\"'),")
_MARK_REACH = 14


class Clauses:
    """Content clauses of saying verbs, after them, before them or around them."""

    def __init__(self, scene: Scene, cues: Cues) -> None:
        self.scene, self.cues, self.tokens = scene, cues, scene.tokens

    def trim(self, area: range) -> range:
        """An area without the punctuation at its ends."""
        start, stop = area.start, area.stop
        while start < stop and (self.tokens[start].text in _END or self.tokens[start].text in "–—-"):
            start += 1
        while (
            stop > start
            and (self.tokens[stop - 1].text in _END or self.tokens[stop - 1].text in "–—-")
            and self.tokens[stop - 1].text != ")"
        ):
            stop -= 1
        start += start + 1 < stop and self.tokens[start].lower == "that" and self.tokens[start].pos == "SCONJ"
        return range(start, stop)

    def behind(self, cue: Cue, sentence: Sentence) -> range | None:
        """The clause that follows the verb."""
        v, words = cue.token.i, self.scene.words
        mark = self._mark(cue, sentence)
        if mark is not None:
            if words.has("thought", cue.verb) and not words.has("thought_that", cue.verb):
                return None
            return range(mark + 1, self._stop(cue, mark + 1, sentence))
        if words.has("infinitive", cue.verb) and (start := self._infinitive(cue)):
            return range(start, self._stop(cue, start, sentence))
        if cue.by or not words.has("bare", cue.verb) or words.has("thought", cue.verb):
            return None
        start = self._bare(cue, sentence)
        return range(start, self._stop(cue, start, sentence)) if start is not None and start > v else None

    def held(self, cue: Cue, sentence: Sentence) -> range | None:
        """The clause behind "believes", or behind "found" where a report or poll is the subject."""
        words = self.scene.words
        opinion = words.has("opinion", cue.verb) and all(self.cues.agent(s) for s in cue.speakers)
        finding = words.has("finding", cue.verb) and all(words.has("findings", s.lemma) for s in cue.speakers)
        if not (opinion or finding) or cue.by or not cue.speakers:
            return None
        mark = self._mark(cue, sentence)
        start = self._bare(cue, sentence) if mark is None else mark + 1
        return range(start, self._stop(cue, start, sentence)) if start is not None and start > cue.token.i else None

    def opening(self, area: range) -> range | None:
        """A content clause up to a participle behind a comma; None without one, or without a finite verb before it."""
        for i in range(area.start + 1, area.stop - 1):
            if self.tokens[i].text == "," and self.tokens[i + 1].tag == "VBG" and self.scene.narrative(i):
                finite = any(self.tokens[j].tag in _FINITE for j in range(area.start, i))
                return range(area.start, i) if finite else None
        return None

    def _mark(self, cue: Cue, sentence: Sentence) -> int | None:
        """The "that" behind a verb, before any other clause."""
        v = cue.token.i
        for j in range(v + 1, min(sentence.last, v + _MARK_REACH)):
            token = self.tokens[j]
            if not self.scene.narrative(j):
                return None
            if token.lower == "that" and token.pos in ("SCONJ", "PRON", "DET", "ADP"):
                following = self.tokens[j + 1] if j + 1 < sentence.last else None
                if (
                    following is None
                    or following.text in ".;"
                    or (token.dep == "det" and not self._past_listener(cue, j))
                    or (token.dep in ("obj", "obl") and not self.scene.words.has("addressed", cue.verb))
                ):
                    return None
                if (
                    token.dep.startswith("nsubj")
                    and following.tag in _FINITE
                    and j > v + 1
                    and self.tokens[j - 1].pos in ("NOUN", "PROPN")
                    and not self._past_listener(cue, j)
                ):
                    continue
                return j
            if (token.tag in _FINITE and token.dep not in ("acl:relcl",)) or token.text in (";", ":"):
                return None
        return None

    def _past_listener(self, cue: Cue, i: int) -> bool:
        """Whether a "that" stands right behind the name of the one told: a parse may take it for an article."""
        return self.scene.words.has("addressed", cue.verb) and self.scene.who.name_at(i - 1) is not None

    def _past_named(self, cue: Cue, start: int, verb: int) -> int:
        """Behind the name of the one told, where a parse joins it to the subject: "told the Herald he had left"."""
        if start > cue.token.i + 2 or not self.scene.words.has("addressed", cue.verb):
            return start
        first = start + (self.tokens[start].lower == "the")
        hit = self.scene.who.name_at(first)
        behind = self.scene.analysis.tokens_in(hit[1].span)[-1].i + 1 if hit else verb
        return behind if behind < verb and self.tokens[behind].tag in ("PRP", "DT", "PRP$", "EX") else start

    def _infinitive(self, cue: Cue) -> int | None:
        for j in self.scene.analysis.children[cue.token.i]:
            child = self.tokens[j]
            if child.dep in ("xcomp", "ccomp", "advcl") and j > cue.token.i:
                to = [
                    k
                    for k in self.scene.analysis.children[j]
                    if self.tokens[k].lower == "to" and self.tokens[k].dep == "mark"
                ]
                if to and self.scene.narrative(to[0]):
                    return to[0]
        return None

    def _bare(self, cue: Cue, sentence: Sentence) -> int | None:
        """Where a clause without "that" starts; None where none follows."""
        v = cue.token.i
        for j in self.scene.analysis.children[v]:
            child = self.tokens[j]
            if j > v and child.dep in ("ccomp", "parataxis") and self._finite(j):
                below = [k for k in self.scene.analysis.subtree(j) if k > v]
                marks = {self.tokens[k].lower for k in self.scene.analysis.children[j] if self.tokens[k].dep == "mark"}
                if (marks & {"whether", "if"} and "if" not in marks) or not self.scene.narrative(below[0]):
                    return None
                return self._skip_commas(self._past_named(cue, below[0], j))
        start = v + 1
        if self.scene.words.has("addressed", cue.verb):
            start = self._past_addressee(cue)
        area = range(start, sentence.last)
        tokens = [self.tokens[i] for i in area]
        if (
            not tokens
            or tokens[0].pos not in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM")
            or tokens[0].lower in ("what", "how", "whether")
        ):
            return None
        verb = next((n for n, t in enumerate(tokens[:15]) if t.tag in _FINITE), None)
        if (
            verb is None
            or not any(t.pos in ("NOUN", "PROPN", "PRON") for t in tokens[:verb])
            or any(t.text == "," for t in tokens[:verb])
        ):
            return None
        return start

    def _skip_commas(self, i: int) -> int:
        while i < len(self.tokens) and self.tokens[i].text in ",:–—":
            i += 1
        return i

    def _past_addressee(self, cue: Cue) -> int:
        for j in self.scene.analysis.children[cue.token.i]:
            if j > cue.token.i and self.tokens[j].dep in ("iobj", "obj"):
                return self.cues.phrases.whole(self.tokens[j]).stop
        return cue.token.i + 1

    def _finite(self, i: int) -> bool:
        """Whether a clause has a finite verb."""
        if self.tokens[i].tag in _FINITE:
            return True
        return any(
            self.tokens[j].dep in ("aux", "cop", "aux:pass") and self.tokens[j].tag in _FINITE
            for j in self.scene.analysis.children[i]
        )

    def _stop(self, cue: Cue, start: int, sentence: Sentence) -> int:
        """Where a content clause ends: at the next thing that the same speaker, or somebody else, says."""
        stop = sentence.last
        for i in range(start, sentence.last):
            if self.tokens[i].text == ";":
                stop = i
                break
        for other in self.cues.by_sentence[sentence.number]:
            if not start < other.token.i < stop:
                continue
            edge = other.first
            while edge - 1 > start and (
                self.tokens[edge - 1].pos in ("ADV", "CCONJ") or self.tokens[edge - 1].lower in ("while", "before")
            ):
                edge -= 1
            before = self.tokens[edge - 1]
            joined = any(self.tokens[k].pos == "CCONJ" for k in range(edge, other.first + 1)) or before.text == ","
            if other.token.tag == "VBG" and before.text in ",–—" and other.first == other.token.i:
                stop = edge - 1
            elif other.first == other.token.i and self.tokens[other.token.i - 1].pos in ("CCONJ", "ADV") and joined:
                stop = edge
            elif other.first < cue.token.i and self._coordinated(other, cue) and joined:
                back = other.token.i
                while back - 1 > start and self.tokens[back - 1].pos in ("ADV", "CCONJ", "AUX", "PUNCT"):
                    back -= 1
                stop = back
            elif other.token.dep == "conj" and other.token.head == cue.token.i and joined and self._own(other, cue):
                stop = edge
            elif before.text == "," and self._another(other, edge, sentence):
                stop = edge - 1
        if cue.token.dep == "acl:relcl":
            stop = next((i for i in range(start, stop) if self.tokens[i].text == ","), stop)
        return stop

    def _another(self, cue: Cue, edge: int, sentence: Sentence) -> bool:
        """Whether a clause of saying behind a comma stands beside the content: trailing, or somebody else's turn."""
        if not cue.by and self._trailing(cue, sentence):
            return True
        return (
            self.scene.words.has("joining", self.tokens[edge].lower)
            and self._agent(cue)
            and self.behind(cue, sentence) is not None
        )

    def _agent(self, cue: Cue) -> bool:
        """Whether a cue has a named speaker, and a verb that is no thought."""
        named = any(self.scene.who.name_at(s.i) for s in cue.speakers)
        return named and self.scene.words.has("clause", cue.verb) and not self.scene.words.has("thought", cue.verb)

    def _own(self, other: Cue, cue: Cue) -> bool:
        """Whether a cue behind another has a speaker of its own: "supporters say it helps but rivals say it harms"."""
        return bool(other.speakers) and all(s.i > cue.token.i for s in other.speakers)

    def _coordinated(self, other: Cue, cue: Cue) -> bool:
        return {t.i for t in other.speakers} == {t.i for t in cue.speakers}

    def _trailing(self, cue: Cue, sentence: Sentence) -> bool:
        """Whether nothing of weight follows an attribution."""
        return (
            sentence.last - cue.token.i <= 8 and self._mark(cue, sentence) is None and self._bare(cue, sentence) is None
        )
