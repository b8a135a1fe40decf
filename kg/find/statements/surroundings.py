"""The sentences around a quotation that stands alone, and whose words they make it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.find.statements.cues import Cue, Cues
from kg.find.statements.drafts import Draft, Place
from kg.find.statements.scene import Quote, Scene
from kg.language.analysis import Sentence, Token


@dataclass(frozen=True, slots=True)
class Attribution:
    """How a quotation is attributed; see `Draft` for the fields that both have."""

    rule: str
    whole: bool
    cue: Cue | None = None
    heads: tuple[Token, ...] = ()
    place: Place = "none"
    inherits: bool = False
    continues: bool = False
    noun: Token | None = None


class Surroundings:
    """Looks for a speaker in the sentences before and behind."""

    def __init__(self, scene: Scene, cues: Cues) -> None:
        self.scene, self.cues, self.tokens = scene, cues, scene.tokens

    def carried(self, quote: Quote, before: Quote | None, draft: Draft | None) -> Attribution | None:
        """The speaker of a quotation that stands alone: whoever spoke or was spoken of just before."""
        left, right = self.scene.before(quote.first), self.scene.after(quote.last)
        if self.scene.words_in(left) or self.scene.words_in(right):
            return None
        number = self.tokens[quote.first].sentence
        if before is not None and draft is not None:
            apart = number - self.tokens[before.last - 1].sentence
            steps = self.scene.paragraph(quote.first) - self.scene.paragraph(before.last - 1)
            if apart <= 1 and steps <= 1:
                return Attribution("goes on", True, None, inherits=True, continues=draft.whole)
        found: Attribution | None = None
        sentences = self.scene.analysis.sentences
        here = self.scene.paragraph(quote.first)
        if number > 0 and here - sentences[number - 1].paragraph <= self._fills(quote):
            found = self._beat(sentences[number - 1])
        last = self.tokens[quote.last - 1].sentence
        headline = here == 0 and number == 0
        if found is None and last + 1 < len(sentences) and (headline or sentences[last + 1].paragraph == here):
            found = self._beat(sentences[last + 1])
        return found

    def _fills(self, quote: Quote) -> bool:
        """Whether nothing but a quotation stands in its paragraphs, and the paragraph before is running text."""
        paragraphs = self.scene.analysis.paragraphs
        first, last = self.scene.paragraph(quote.first), self.scene.paragraph(quote.last - 1)
        alone = paragraphs[last].span.end <= quote.quotation.end + 1
        return alone and first > 0 and paragraphs[first - 1].kind == "body"

    def _beat(self, sentence: Sentence) -> Attribution | None:
        """The sentence before names who acts or speaks."""
        cues = [cue for cue in self.cues.by_sentence[sentence.number] if cue.speakers and not cue.passive]
        main = next((cue for cue in cues if cue.token.dep == "root"), cues[-1] if cues else None)
        if main:
            return Attribution("sentence before", True, None, main.speakers)
        for i in range(sentence.first, sentence.last):
            token = self.tokens[i]
            if token.dep in ("nsubj", "nsubj:pass") and self.scene.narrative(i) and self._person(token):
                return Attribution("sentence before", True, None, (token,))
        own = [i for i in range(sentence.first, sentence.last) if self.scene.narrative(i)]
        people = {hit[0].id: i for i in own if (hit := self.scene.who.name_at(i)) and hit[0].kind == "Person"}
        if len(people) == 1:
            return Attribution("only person near", True, None, (self.tokens[next(iter(people.values()))],))
        return None

    def person_in(self, area: range) -> Token | None:
        """A token of the first person named in an area."""
        named = (i for i in area if (hit := self.scene.who.name_at(i)) and hit[0].kind == "Person")
        return next((self.tokens[i] for i in named), None)

    def _person(self, token: Token) -> bool:
        if hit := self.scene.who.name_at(token.i):
            return hit[0].kind != "Place"
        if token.lower in ("he", "she", "they", "i"):
            return True
        if self.scene.words.has("source_nouns", token.lemma):
            return True
        resolved = self.scene.who.resolve(token)
        return any(self.scene.who.entities[i].kind == "Person" for i in resolved if i in self.scene.who.entities)

    def owned(self, noun: Token, *more: str) -> bool:
        """Whether the text says whose words a noun names."""
        behind = self.tokens[noun.i + 1].lower if noun.i + 1 < len(self.tokens) else ""
        if behind in ("by", "from", *more):
            return True
        for j in self.scene.analysis.children[noun.i]:
            child = self.tokens[j]
            if child.dep == "nmod:poss":
                return True
            if child.dep == "nmod" and {self.tokens[k].lower for k in self.scene.analysis.children[j]} & {
                "by",
                "from",
                *more,
            }:
                return True
        return False

    def summed_up(self, quote: Quote) -> Attribution | None:
        """“…” That was the answer of the mayor."""
        number = self.tokens[quote.last - 1].sentence + 1
        if number >= len(self.scene.analysis.sentences):
            return None
        sentence = self.scene.analysis.sentences[number]
        first = [t for t in self.scene.analysis.sentence_tokens(sentence)[:8] if self.scene.narrative(t.i)]
        if not first or first[0].lower not in ("that", "those", "this", "these", "such", "so", "thus", "the"):
            return None
        noun = next((t for t in first if t.pos == "NOUN" and self.scene.words.has("utterance", t.lemma)), None)
        if sentence.paragraph - self.scene.paragraph(quote.last - 1) > 1:
            return None
        if noun and self.owned(noun, "of"):
            return Attribution("summed up behind", True, None, (noun,), "after", noun=noun)
        cue = next((cue for cue in self.cues.by_sentence[sentence.number] if cue.speakers), None)
        if cue and cue.token.i - sentence.first <= 2:
            return Attribution("summed up behind", True, cue, cue.speakers, "after")
        taken_up = noun is not None and first[0].lower != "the"
        named = self.scene.name_near(range(sentence.first, sentence.last)) if taken_up else None
        return Attribution("summed up behind", True, None, (named,), "after", noun=noun) if named else None
