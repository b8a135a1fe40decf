"""Content that stands before its cue or around it: "the plan, said the mayor, would fail"."""

from __future__ import annotations

from kg.find.statements.clauses import Clauses
from kg.find.statements.cues import Cue
from kg.find.statements.verbs import FINITE as _FINITE
from kg.language.analysis import Sentence, Token


class Inverted:
    """Finds what stands before or on both sides of a cue."""

    def __init__(self, clauses: Clauses) -> None:
        self.clauses, self.scene, self.cues, self.tokens = clauses, clauses.scene, clauses.cues, clauses.tokens

    def around(self, cue: Cue, sentence: Sentence) -> list[range]:
        """Ministers would wait, the mayor said; the plan, said the mayor, would fail."""
        following = self.tokens[cue.token.i + 1] if cue.token.i + 1 < sentence.last else None
        if self.scene.words.has("thought", cue.verb) or (following and following.tag in ("WP", "WRB", "WDT")):
            return []
        edge = min(cue.first, cue.token.i)
        if edge <= sentence.first + 1 or self.tokens[edge - 1].text not in (",", "–", "—"):
            return []
        if any(
            self.tokens[j].lower in ("as", "if", "when") and self.tokens[j].dep == "mark"
            for j in self.scene.analysis.children[cue.token.i]
        ):
            return []
        end = max([cue.token.i, *(self.cues.phrases.whole(s).stop - 1 for s in cue.speakers)]) + 1
        after = next((j for j in range(end, sentence.last) if self.tokens[j].text in ",;–—"), sentence.last)
        rest = range(after, sentence.last)
        if after < sentence.last and self.tokens[after].text == ";":
            rest = range(0)
        first = sentence.first
        for j in range(sentence.first, edge - 1):
            if self.tokens[j].text == ";":
                first = j + 1
        front = range(first, edge - 1)
        if any(not self.scene.narrative(j) for j in front) or any(
            c.token.i in front and c.real and self.clauses.behind(c, sentence)
            for c in self.cues.by_sentence[sentence.number]
        ):
            return []
        if rest and after + 1 < sentence.last and self.tokens[after + 1].lower == "that":
            return [range(after + 2, sentence.last)]
        if (
            rest
            and front
            and (self.tokens[front[-1]].pos in ("SCONJ", "CCONJ") or self.tokens[front[-1]].lower == "because")
        ):
            return [rest]
        finite = any(self.tokens[j].tag in _FINITE for j in front)
        if finite:
            return [front]
        if rest and any(self.tokens[j].tag in _FINITE for j in rest):
            return [front, rest]
        return []

    def according(self, cue: Cue, sentence: Sentence) -> list[range]:
        """What stands before or behind "according to"."""
        edge = cue.token.i
        last = max(self.cues.phrases.whole(s).stop for s in cue.speakers)
        front, rest = range(sentence.first, edge), range(last, sentence.last)
        if len(self.scene.words_in(front)) >= 2 and any(self.tokens[j].tag in _FINITE for j in front):
            return [front]
        comma = next((j for j in rest if self.tokens[j].text == ","), None)
        if comma is None or not any(self.tokens[j].tag in _FINITE for j in rest):
            return []
        return [range(self._main(comma, sentence), sentence.last)]

    def _main(self, comma: int, sentence: Sentence) -> int:
        """Where the main clause starts behind a front "according to" with its appositions."""
        root: Token | None = next(
            (t for t in self.scene.analysis.sentence_tokens(sentence) if t.head == t.i and t.i > comma), None
        )
        if root is not None and self.scene.analysis.parsed:
            subjects = [
                j for j in self.scene.analysis.children[root.i] if self.tokens[j].dep.startswith("nsubj") and j > comma
            ]
            if subjects:
                return self.cues.phrases.chunk(subjects[0]).start
        return comma + 1
