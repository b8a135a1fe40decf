"""The words that say whose a quotation is."""

from __future__ import annotations

from dataclasses import dataclass

from kg.find.statements.cues import Cue, Cues
from kg.find.statements.drafts import Draft, Place
from kg.find.statements.scene import NOMINAL, Quote, Scene
from kg.language.analysis import Sentence, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PAUSES = (",", "–", "—", "-", ".", ";")
_WEAK_REACH = 6
_FRAGMENT_REACH = 25


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


class Attributions:
    """Finds the attribution of each quotation of a document."""

    def __init__(self, scene: Scene, cues: Cues) -> None:
        self.scene, self.cues, self.tokens = scene, cues, scene.tokens

    def of(self, quote: Quote) -> Attribution | None:
        """The attribution that the text gives beside a quotation; None where it gives none."""
        left, right = self.scene.before(quote.first), self.scene.after(quote.last)
        starts = not self.scene.words_in(left) and left.start == self.scene.sentence(quote.first).first
        whole = starts or self._opens(quote, left)
        if starts and (found := self._behind(quote, right) or self._introduced(quote) or self._summed_up(quote)):
            return found
        if starts:
            return None
        if left and (self.tokens[left[-1]].text == ":" or self._char_before(quote) == ":"):
            return self._colon(left)
        if found := self._leading(quote, left, whole):
            return found
        return self._trailing(quote, right)

    def _opens(self, quote: Quote, left: range) -> bool:
        """Whether the quoted words stand as a sentence of their own behind what leads up to them."""
        if not left:
            return False
        before = self.tokens[left[-1]]
        if before.text == ":" or self._char_before(quote) == ":":
            return True
        inner = self.scene.words_in(range(quote.first, quote.last))
        if not inner or before.lower in ("that", "how"):
            return False
        between = left.start > self.scene.sentence(quote.first).first
        if before.text in (",", "–", "—") and between:
            return True
        capital = inner[0].text[0].isupper() and (inner[0].pos != "PROPN" or len(inner) > 4)
        return (
            (before.text == "," or self.scene.words.verbs.get(before.lower) is not None) and capital and len(inner) > 2
        )

    def _char_before(self, quote: Quote) -> str:
        """The last character before the opening mark: marks typed backwards stick to the colon."""
        return self.scene.analysis.text[: quote.quotation.start].rstrip()[-1:]

    def _behind(self, quote: Quote, right: range) -> Attribution | None:
        """“…,” said the mayor; “…,” the mayor said."""
        words = self.scene.words_in(right)
        if not words or words[0].lower in ("and", "but", "or", "which", "that", "as", "while", "of", "for", "in", "at"):
            return None
        if words[0].lemma == "be" and (
            noun := next((w for w in words[1:6] if self.scene.words.has("utterance", w.lemma)), None)
        ):
            return Attribution("utterance behind", True, None, (noun,), "after", noun=noun)
        for cue in self.cues.within(right):
            if cue.token.lower == "according":
                return Attribution("according to", True, cue, cue.speakers, "after")
            if self._verb_between(words, cue):
                return None
            if not cue.speakers or cue.negated:
                continue
            return Attribution("attribution behind", True, cue, cue.speakers, "after")
        return None

    def _verb_between(self, words: list[Token], cue: Cue) -> bool:
        """Whether another clause stands between a quotation and a saying verb."""
        owned = {j for head in cue.speakers for j in self.scene.analysis.subtree(head.i)}
        between = [t for t in words if t.i < cue.token.i]
        if len(between) > 1 and between[0].tag == "VBD" and between[1].pos in NOMINAL:
            between = between[1:]
        return any(t.tag in _FINITE and t.i not in owned and t.dep not in ("aux", "aux:pass") for t in between)

    def _summed_up(self, quote: Quote) -> Attribution | None:
        """“…” That was the answer of the mayor."""
        number = self.tokens[quote.last - 1].sentence + 1
        if number >= len(self.scene.analysis.sentences):
            return None
        sentence = self.scene.analysis.sentences[number]
        first = [t for t in self.scene.analysis.sentence_tokens(sentence)[:8] if self.scene.narrative(t.i)]
        if not first or first[0].lower not in ("that", "those", "this", "these", "such", "so"):
            return None
        noun = next((t for t in first if self.scene.words.has("utterance", t.lemma)), None)
        if noun and self._owned(noun, "of"):
            return Attribution("summed up behind", True, None, (noun,), "after", noun=noun)
        return None

    def _introduced(self, quote: Quote) -> Attribution | None:
        """The sentence before ends in a colon."""
        number = self.tokens[quote.first].sentence - 1
        if number < 0:
            return None
        sentence = self.scene.analysis.sentences[number]
        last = self.tokens[sentence.last - 1]
        if last.text != ":" or not self.scene.narrative(last.i):
            return None
        return self._colon(range(sentence.first, sentence.last))

    def _colon(self, area: range) -> Attribution | None:
        """X said: “…”; his message was simple: “…”; X on Y: “…”."""
        cues = [
            cue for cue in self.cues.within(range(self.scene.sentence(area.start).first, area.stop)) if cue.speakers
        ]
        saying = [cue for cue in cues if self.scene.words.has("clause", cue.verb)]
        if cues:
            cue = (saying or cues)[-1]
            return Attribution("colon", True, cue, cue.speakers, "before")
        heads = self._heads(area)
        return Attribution("colon without verb", True, None, heads, "before") if heads else None

    def _heads(self, area: range) -> tuple[Token, ...]:
        """The subject of a sentence, or the first name in a headline."""
        for i in area:
            token = self.tokens[i]
            if token.dep in ("nsubj", "nsubj:pass") and token.pos in NOMINAL and self.scene.narrative(i):
                head = token
                for j in self.scene.analysis.children[i]:
                    if self.tokens[j].dep == "nmod:poss" and not self.scene.words.has("source_nouns", token.lemma):
                        head = self.tokens[j]
                return (head,)
        named = self.scene.name_near(area)
        return (named,) if named else ()

    def _leading(self, quote: Quote, left: range, whole: bool) -> Attribution | None:
        """The saying verb or noun that governs a quotation from the left."""
        sentence = self.scene.sentence(quote.first)
        area = range(sentence.first, quote.first)
        candidates = [cue for cue in self.cues.within(area) if cue.speakers and self._reaches(cue, quote, whole)]
        chain = self._chain(quote)
        if words := self._in_the_words_of(left):
            return Attribution("in the words of", whole, None, words, "before")
        for i in chain:
            token = self.tokens[i]
            if (
                self.scene.words.has("utterance", token.lemma)
                and token.i < quote.first
                and self._owned(token)
                and not whole
            ):
                return Attribution("noun", False, None, (token,), "before", noun=token)
            hit = next((cue for cue in candidates if cue.token.i == i), None)
            if hit:
                return Attribution("governing verb", whole, hit, hit.speakers, "before")
        if candidates:
            return Attribution("nearest verb", whole, candidates[-1], candidates[-1].speakers, "before")
        return None

    def _reaches(self, cue: Cue, quote: Quote, whole: bool) -> bool:
        words, distance = self.scene.words, quote.first - cue.token.i
        if cue.token.lower == "according" or words.has("clause", cue.verb):
            return not cue.negated or cue.verb == "deny"
        if words.has("weak_fragment", cue.verb):
            return distance <= _WEAK_REACH and not cue.negated and words.has("fragment", cue.verb)
        if words.has("fragment", cue.verb):
            between = [self.tokens[i] for i in range(cue.token.i + 1, quote.first)]
            return distance <= _FRAGMENT_REACH and not any(
                t.tag in _FINITE and t.dep in ("conj", "root") for t in between
            )
        return whole and distance <= 4 and words.has("manner", cue.verb)

    def _chain(self, quote: Quote) -> list[int]:
        """The governors of the quoted words, nearest first."""
        inside = range(quote.first, quote.last)
        i = next(
            (i for i in inside if self.tokens[i].head not in inside and self.tokens[i].pos != "PUNCT"), quote.first
        )
        found: list[int] = []
        while self.tokens[i].head != i and len(found) < 40:
            i = self.tokens[i].head
            found.append(i)
        return found

    def _owned(self, noun: Token, *more: str) -> bool:
        """Whether the text says whose words a noun names."""
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

    def _in_the_words_of(self, left: range) -> tuple[Token, ...]:
        for i in reversed(left):
            if self.tokens[i].lower == "words" and i + 2 < left.stop and self.tokens[i + 1].lower == "of":
                head = self.scene.name_near(range(i + 2, left.stop)) or self.scene.head_of(range(i + 2, left.stop))
                return (head,) if head else ()
        return ()

    def _trailing(self, quote: Quote, right: range) -> Attribution | None:
        """It was “a disgrace”, the mayor said."""
        last = self.scene.sentence(quote.first).last
        for cue in self.cues.within(range(right.start, last)):
            plain = self.scene.words.has("clause", cue.verb) and cue.speakers and not cue.negated
            edge = min(cue.first, cue.token.i) - 1
            if (
                plain
                and edge >= quote.last - 1
                and (edge < quote.last or self.tokens[edge].text in (",", "–", "—"))
                and not any(self.tokens[j].lower == "that" for j in range(cue.token.i, min(last, cue.token.i + 4)))
            ):
                return Attribution("trailing attribution", False, cue, cue.speakers, "after")
        return None

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
        if number == 0:
            return None
        sentence = self.scene.analysis.sentences[number - 1]
        if sentence.paragraph != self.scene.paragraph(quote.first):
            return None
        return self._beat(sentence)

    def _beat(self, sentence: Sentence) -> Attribution | None:
        """The sentence before names who acts or speaks."""
        cues = [cue for cue in self.cues.by_sentence[sentence.number] if cue.speakers and not cue.passive]
        if cues:
            return Attribution("sentence before", True, None, cues[-1].speakers)
        for i in range(sentence.first, sentence.last):
            token = self.tokens[i]
            if token.dep in ("nsubj", "nsubj:pass") and self.scene.narrative(i) and self._person(token):
                return Attribution("sentence before", True, None, (token,))
        return None

    def _person(self, token: Token) -> bool:
        if hit := self.scene.who.name_at(token.i):
            return hit[0].kind != "Place"
        if token.lower in ("he", "she", "they", "i"):
            return True
        if self.scene.words.has("source_nouns", token.lemma):
            return True
        resolved = self.scene.who.resolve(token)
        return any(self.scene.who.entities[i].kind == "Person" for i in resolved if i in self.scene.who.entities)
