"""Indirect speech: the content clause of a saying verb, after it, before it or around it."""

from __future__ import annotations

from kg.find.statements.clauses import Clauses
from kg.find.statements.cues import Cue, Cues
from kg.find.statements.drafts import Draft, Place
from kg.find.statements.inverted import Inverted
from kg.find.statements.scene import Scene
from kg.language.analysis import Sentence

_OBJECT = 4


def find(scene: Scene, cues: Cues, quoted: list[Draft]) -> list[Draft]:
    """The indirect statements of a document in order."""
    return _Finder(scene, cues, quoted).all()


class _Finder:
    def __init__(self, scene: Scene, cues: Cues, quoted: list[Draft]) -> None:
        self.scene, self.cues, self.tokens = scene, cues, scene.tokens
        self.clauses = Clauses(scene, cues)
        self.inverted = Inverted(self.clauses)
        self.claims: dict[int, list[Draft]] = {}
        for draft in quoted:
            if draft.rule == "noun" and draft.noun is not None:
                self.claims.setdefault(draft.noun.sentence, []).append(draft)
        self.used = {draft.cue.token.i for draft in quoted if draft.cue}
        self.taken = [False] * len(scene.tokens)
        for token in (t for draft in quoted for span in draft.segments for t in scene.analysis.tokens_in(span)):
            self.taken[token.i] = True

    def all(self) -> list[Draft]:
        """Every indirect statement."""
        found: list[Draft] = []
        for sentence in self.scene.analysis.sentences:
            for cue in self.cues.by_sentence[sentence.number]:
                if cue.token.i in self.used or not cue.speakers or not (cue.real or cue.verb == "deny"):
                    continue
                if draft := self._draft(cue, sentence, self._parts(cue, sentence)):
                    found.append(draft)
                else:
                    found += self._unquoted(cue, sentence)
            found += self._listed(sentence)
            found += self._denied(sentence)
        return found

    def _parts(self, cue: Cue, sentence: Sentence) -> list[range]:
        words = self.scene.words
        if cue.token.lower == "according":
            return self.inverted.according(cue, sentence)
        if held := self.clauses.held(cue, sentence):
            return [] if self._within(cue, sentence) else [held]
        if not words.has("clause", cue.verb) and not words.has("infinitive", cue.verb):
            return []
        if not words.has("clause", cue.verb) and not any(self.cues.agent(head) for head in cue.speakers):
            return []
        if cue.verb == "ask" and cue.token.dep == "acl:relcl":
            return []
        behind = self.clauses.behind(cue, sentence)
        return [behind] if behind else self.inverted.around(cue, sentence)

    def _within(self, cue: Cue, sentence: Sentence) -> bool:
        """Whether what somebody holds is only part of what is said in the sentence."""
        words = self.scene.words
        return any(
            other is not cue
            and words.has("clause", other.verb)
            and not words.has("thought", other.verb)
            and self._holds(other, cue, sentence)
            for other in self.cues.by_sentence[sentence.number]
        )

    def _holds(self, other: Cue, cue: Cue, sentence: Sentence) -> bool:
        """Whether one cue stands in what another says: "he said that he believed …", "they believe …, he said"."""
        if other.token.i > cue.token.i:
            return other.by or not self.clauses.behind(other, sentence)
        behind = self.clauses.behind(other, sentence)
        return behind is not None and cue.token.i in behind

    def _unquoted(self, cue: Cue, sentence: Sentence) -> list[Draft]:
        """The content before a participle with a quotation of its own: "said A, turning from his word that “B”"."""
        if cue.token.lower == "according" or not self.scene.words.has("clause", cue.verb):
            return []
        behind = self.clauses.behind(cue, sentence)
        part = self.clauses.opening(behind) if behind else None
        draft = self._draft(cue, sentence, [part]) if part else None
        return [draft] if draft else []

    def _draft(self, cue: Cue, sentence: Sentence, parts: list[range]) -> Draft | None:
        parts = [part for part in map(self.clauses.trim, parts) if part]
        if not parts or any(self.taken[i] for part in parts for i in part):
            return None
        if sum(len(self.scene.words_in(part)) for part in parts) < 2:
            return None
        place: Place = "before" if parts[0].start > cue.token.i else "after"
        draft = Draft(
            "Indirect", [self.scene.span(part) for part in parts], parts[0].start, parts[-1].stop, cue, cue.speakers
        )
        draft.place, draft.rule, draft.sentences = place, "content clause", {sentence.number}
        return draft

    def _listed(self, sentence: Sentence) -> list[Draft]:
        """The unions made three demands in a letter, including more pay."""
        for i in range(sentence.first, sentence.last):
            token = self.tokens[i]
            if token.lower != "including" or self.tokens[i - 1].text != "," or not self.scene.narrative(i):
                continue
            for noun in (self.tokens[j] for j in range(sentence.first, i)):
                verb = self.tokens[noun.head]
                if (
                    noun.dep == "obj"
                    and self.scene.words.has("utterance", noun.lemma)
                    and self.scene.words.has("listing", verb.lemma)
                ):
                    speakers = self.cues.subjects(verb.i)
                    cue = Cue(verb, verb.lemma, speakers, verb.i)
                    draft = self._draft(cue, sentence, [range(i + 1, sentence.last)]) if speakers else None
                    return [draft] if draft else []
        return []

    def _denied(self, sentence: Sentence) -> list[Draft]:
        """A source denied claims by the union that the talks had been “a farce”."""
        found = []
        for inner in self.claims.get(sentence.number, ()):
            noun = inner.noun or self.tokens[inner.at]
            denying = [
                cue
                for cue in self.cues.by_sentence[sentence.number]
                if cue.token.i < noun.i <= cue.token.i + _OBJECT
                and cue.speakers
                and self.scene.words.has("disputing", cue.verb)
            ]
            if denying:
                area = range(self.cues.phrases.chunk(noun.i).start, inner.last)
                outer = Draft(
                    "Indirect", [self.scene.span(area)], area.start, area.stop, denying[-1], denying[-1].speakers
                )
                outer.place, outer.rule, outer.sentences = "before", "denied claim", {sentence.number}
                inner.nested = outer
                found.append(outer)
        return found
