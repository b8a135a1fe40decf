"""The words that say whose a quotation is."""

from __future__ import annotations

from kg.find.statements.cues import Cue, Cues
from kg.find.statements.scene import NOMINAL, Quote, Scene
from kg.find.statements.surroundings import Attribution, Surroundings
from kg.language.analysis import Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PAUSES = (",", "–", "—", "-", ".", ";")
_WEAK_REACH = 6
_FRAGMENT_REACH = 25


class Attributions:
    """Finds the attribution of each quotation of a document."""

    def __init__(self, scene: Scene, cues: Cues) -> None:
        self.scene, self.cues, self.tokens = scene, cues, scene.tokens
        self.around = Surroundings(scene, cues)

    def of(self, quote: Quote) -> Attribution | None:
        """The attribution that the text gives beside a quotation; None where it gives none."""
        left, right = self.scene.before(quote.first), self.scene.after(quote.last)
        starts = not self.scene.words_in(left) and left.start == self.scene.sentence(quote.first).first
        whole = starts or self._opens(quote, left)
        if starts and (found := self._behind(quote, right) or self._introduced(quote) or self.around.summed_up(quote)):
            return found
        if starts:
            return None
        if left and (self.tokens[left[-1]].text == ":" or self._char_before(quote) == ":"):
            return self._colon(left)
        found = self._leading(quote, left, whole) or self._trailing(quote, right)
        if found is None and self._paused(quote):
            found = self._behind(quote, right)
        return found or self._verbless(quote, left, right)

    def _verbless(self, quote: Quote, left: range, right: range) -> Attribution | None:
        """The message from the mayor was that “…”; Gray on the plan “…”: a noun of utterance, or a bare name."""
        noun = next((t for t in self.scene.words_in(left) if self.scene.words.has("utterance", t.lemma)), None)
        if noun is not None and self.around.owned(noun, "of") and noun.i != left[-1]:
            return Attribution("noun of utterance", False, None, (noun,), "before", noun=noun)
        bare = not self.scene.words_in(right) and not any(self.tokens[i].tag in _FINITE for i in left)
        opening = self.scene.words_in(range(quote.first, quote.last))
        if (
            bare
            and len(opening) > 3
            and opening[0].text[0].isupper()
            and left.start == self.scene.sentence(quote.first).first
        ):
            person = self.around.person_in(left)
            return Attribution("name before", True, None, (person,), "before") if person else None
        return None

    def _paused(self, quote: Quote) -> bool:
        """Whether quoted words end as they do before an attribution."""
        text = self.scene.analysis.text[quote.quotation.start : quote.quotation.segments[-1].span.end].rstrip()
        return text.endswith((",", "?", "!", "…", "–", "—"))

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
        start = quote.quotation.start
        return self.scene.analysis.text[max(0, start - 3) : start].rstrip()[-1:]

    def _behind(self, quote: Quote, right: range) -> Attribution | None:
        """“…,” said the mayor; “…,” the mayor said."""
        words = self.scene.words_in(right)
        if (
            words
            and self.tokens[right[0]].text in ("–", "—", "-", "(", ",")
            and not any(t.tag in _FINITE for t in words)
        ):
            named = self.around.person_in(right)
            return Attribution("name behind", True, None, (named,), "after") if named else None
        if words and words[0].lemma == "be" and any(t.lower in ("how", "what") for t in words[:3]):
            described = next((cue for cue in self.cues.within(right) if cue.speakers), None)
            return Attribution("how it was put", False, described, described.speakers, "after") if described else None
        if words and self.tokens[right[0]].text == ":" and (named := self.scene.name_near(right)):
            return Attribution("name behind a colon", True, None, (named,), "after")
        if words and words[0].lower == "according" and (cues := self.cues.within(right)):
            return Attribution("according to", True, cues[0], cues[0].speakers, "after")
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
        if self._paused(quote) and (beside := self.cues.gesture(right)):
            return Attribution("any verb beside", True, beside, beside.speakers, "after")
        return None

    def _verb_between(self, words: list[Token], cue: Cue) -> bool:
        """Whether another clause stands between a quotation and a saying verb."""
        owned = {j for head in cue.speakers for j in self.scene.analysis.subtree(head.i)}
        between = [t for t in words if t.i < cue.token.i]
        if len(between) > 1 and between[0].tag == "VBD" and between[1].pos in NOMINAL:
            between = between[1:]
        return any(t.tag in _FINITE and t.i not in owned and t.dep not in ("aux", "aux:pass") for t in between)

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
        spoken = [self.tokens[i] for i in area if self.scene.words.has("utterance", self.tokens[i].lemma)]
        named = next((noun for noun in spoken if self.around.owned(noun, "of")), None) or self.scene.name_near(area)
        return (named,) if named else ()

    def _leading(self, quote: Quote, left: range, whole: bool) -> Attribution | None:
        """The saying verb or noun that governs a quotation from the left."""
        sentence = self.scene.sentence(quote.first)
        area = range(sentence.first, quote.first)
        candidates = [cue for cue in self.cues.within(area) if cue.speakers and self._reaches(cue, quote, whole)]
        plain = [cue for cue in candidates if cue.real and not self.scene.words.has("weak_fragment", cue.verb)]
        if any(self.scene.words.has("clause", cue.verb) for cue in plain):
            candidates = plain
        chain = self._chain(quote)
        if words := self._in_the_words_of(left):
            return Attribution("in the words of", whole, None, words, "before")
        if (claim := self._claimed(left)) and not whole:
            return Attribution("noun", False, None, (claim,), "before", noun=claim)
        for i in chain:
            token = self.tokens[i]
            if (
                self.scene.words.has("utterance", token.lemma)
                and token.i < quote.first
                and self.around.owned(token)
                and not whole
            ):
                return Attribution("noun", False, None, (token,), "before", noun=token)
            hit = next((cue for cue in candidates if cue.token.i == i), None)
            if hit:
                return Attribution("governing verb", whole, hit, hit.speakers, "before")
        if candidates:
            return Attribution("nearest verb", whole, candidates[-1], candidates[-1].speakers, "before")
        return None

    def _claimed(self, left: range) -> Token | None:
        """The noun of claims by B that …; B's claim that …."""
        clause = False
        for i in reversed(left):
            token = self.tokens[i]
            if clause and token.tag in _FINITE:
                return None
            clause = clause or token.lower == "that"
            if (
                clause
                and token.pos == "NOUN"
                and self.scene.words.has("accounts", token.lemma)
                and self.around.owned(token)
            ):
                return token
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

    def _in_the_words_of(self, left: range) -> tuple[Token, ...]:
        """In the words of the mayor, “…”; in her words, “…”; to quote the mayor, “…”."""
        for i in reversed(left):
            token = self.tokens[i]
            if token.lower in ("words", "phrase") and i + 2 < left.stop and self.tokens[i + 1].lower == "of":
                head = self.cues.phrases.behind(i + 2)
                return (head,) if head else ()
            if token.lower in ("words", "phrase", "view", "opinion") and (owner := self._owner(token)):
                return (owner,)
        return ()

    def _owner(self, noun: Token) -> Token | None:
        children = (self.tokens[j] for j in self.scene.analysis.children[noun.i])
        return next((child for child in children if child.dep == "nmod:poss"), None)

    def _trailing(self, quote: Quote, right: range) -> Attribution | None:
        """It was “a disgrace”, the mayor said."""
        last = self.scene.sentence(quote.first).last
        for cue in self.cues.within(range(right.start, last)):
            saying = cue.verb == "according" or self.scene.words.has("clause", cue.verb)
            plain = saying and cue.speakers and not cue.negated
            edge = min(cue.first, cue.token.i) - 1
            if (
                plain
                and edge >= quote.last - 1
                and (edge < quote.last or self.tokens[edge].text in (",", "–", "—"))
                and not any(self.tokens[j].lower == "that" for j in range(cue.token.i, min(last, cue.token.i + 4)))
            ):
                return Attribution("trailing attribution", False, cue, cue.speakers, "after")
        return None
