"""Whether a word is a saying verb, its subject the one spoken to, and whether what it says is only imagined."""

from __future__ import annotations

from kg.find.statements.scene import NOMINAL, Scene
from kg.language.analysis import Sentence

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer")
# What stands before a finite verb, never between an article and its noun: "MPs accused ministers".
_UNQUALIFIED = frozenset({"NOUN", "PROPN", "PRON"})
_PLAIN = frozenset({"VB", "VBP"})


class Verbs:
    """Looks at the verbs of one document."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.tokens = scene, scene.tokens

    def is_verb(self, i: int, sentence: Sentence) -> bool:
        """Whether a word of saying is a verb here."""
        token = self.tokens[i]
        if i == sentence.first and token.tag in _PLAIN and self._calls(i):
            return False
        before = self.tokens[i - 1] if i > sentence.first else None
        behind = self.tokens[i + 1] if i + 1 < sentence.last else None
        quoted = before is not None and not self.scene.narrative(i - 1)
        article = before is not None and before.pos == "DET" and before.dep not in SUBJECTS
        determined = before is not None and (article or before.tag == "PRP$")
        if determined and behind and behind.pos in NOMINAL and not quoted:
            return False
        if self.scene.words.has("sure", token.lower) and (before is None or before.tag not in ("PRP$", "POS")):
            return True
        if quoted and token.tag.startswith("V"):
            return True
        if token.pos == "VERB":
            qualifies = token.tag == "VBN" and token.dep in ("amod", "case")
            return not qualifies or (token.dep == "amod" and self._after_subject(i, sentence))
        return not self.scene.analysis.parsed

    def _calls(self, i: int) -> bool:
        """Whether a verb at the head of a sentence calls on the reader: "Recall that the union had walked out"."""
        return not any(self.tokens[j].dep in SUBJECTS for j in self.scene.analysis.children[i])

    def _after_subject(self, i: int, sentence: Sentence) -> bool:
        """Whether a noun, or a comma that no verb goes before, leads up to what a parse took for a participle."""
        if i == sentence.first:
            return False
        before = self.tokens[i - 1]
        if before.text == ",":
            return not any(t.tag in FINITE for t in self.tokens[sentence.first : i])
        return before.pos in _UNQUALIFIED

    def passive(self, i: int) -> bool:
        """Whether the subject of a verb is the one spoken to or of."""
        children = [self.tokens[j] for j in self.scene.analysis.children[i]]
        if any(c.dep in ("aux:pass", "obl:agent") for c in children):
            return True
        return (
            self.tokens[i].tag == "VBN" and self.tokens[i].dep == "acl" and not any(c.dep in SUBJECTS for c in children)
        )

    def unreal(self, i: int, before: list[str], below: set[str], sentence: Sentence) -> bool:
        """Whether a verb only tells what may, must or would be said, by the words before and below it."""
        words, token = self.scene.words, self.tokens[i]
        if (set(before[-3:]) & below & words.sets["unreal"]) or (before and before[-1] in words.sets["unreal"]):
            return True
        if "to" in before[-1:] and token.tag == "VB":
            governor = self.tokens[token.head]
            return governor.lemma not in ("use", "go", "continue", "hear")
        if below & {"if", "whether", "unless"}:
            return True
        return self.tokens[sentence.first].lower in ("imagine", "suppose")
