"""Finds the words of saying that the writer uses, and the heads of the phrases that say who speaks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.find.statements.phrases import Phrases
from kg.find.statements.scene import NOMINAL, Scene
from kg.find.statements.verbs import FINITE, SUBJECTS, Verbs
from kg.language.analysis import Sentence, Token

RELATIVE = frozenset({"who", "which", "that", "whom"})
_WITH = 16


@dataclass(frozen=True, slots=True)
class Cue:
    """A saying verb (or "according to") in the writer's own words.

    `verb` is the plain form; `speakers` heads of phrases, none where the text leaves the speaker out;
    `first` the token at which the attribution starts; `real` is False for what is negated, possible,
    intended or imagined; `by` True where the speaker stands behind the verb.
    """

    token: Token
    verb: str
    speakers: tuple[Token, ...]
    first: int
    real: bool = True
    negated: bool = False
    passive: bool = False

    @property
    def by(self) -> bool:
        """Whether the speaker stands behind the verb."""
        return bool(self.speakers) and self.speakers[0].i > self.token.i


class Cues:
    """All cues of a document, sentence by sentence."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.tokens = scene, scene.tokens
        self.phrases, self.verbs = Phrases(scene), Verbs(scene)
        self.by_sentence: list[list[Cue]] = [self._of(sentence) for sentence in scene.analysis.sentences]

    def within(self, area: range) -> list[Cue]:
        """The cues whose verb stands in an area of one sentence."""
        if not area:
            return []
        return [cue for cue in self.by_sentence[self.tokens[area.start].sentence] if cue.token.i in area]

    def gesture(self, area: range) -> Cue | None:
        """The first finite verb of an area as a cue, whatever it means, where a person is its subject."""
        words = self.scene.words_in(area)
        verb = next((t for t in words if t.tag in ("VBD", "VBZ")), None)
        if words and words[0].lower.endswith("ed") and words[0].tag != "IN":
            verb = words[0]
        if verb is None or verb.pos == "AUX":
            return None
        sentence = self.scene.sentence(verb.i)
        speakers = self._by_place(verb.i, sentence) or self.subjects(verb.i)
        if not speakers or not self.agent(speakers[0]):
            return None
        return Cue(verb, verb.lemma, speakers, min(verb.i, self.phrases.chunk(speakers[0].i).start))

    def _of(self, sentence: Sentence) -> list[Cue]:
        if self.scene.analysis.kind_of(sentence) == "furniture":
            return []
        found: list[Cue] = []
        for i in range(sentence.first, sentence.last):
            if self.scene.narrative(i) and (cue := self._at(i, sentence)):
                found.append(self._coordinated(cue, found[-1]) if found else cue)
        return found

    def _coordinated(self, cue: Cue, before: Cue) -> Cue:
        """A verb joined by "and" to the saying verb before it has its speaker, not a thing in its clause."""
        i = cue.token.i
        joint = self.tokens[i - 1].pos == "CCONJ" or (
            self.tokens[i - 1].pos == "ADV" and self.tokens[i - 2].pos == "CCONJ"
        )
        if not before.speakers or cue.passive:
            return cue
        alike = before.token.tag in (cue.token.tag, "VBN") and not before.passive
        if joint and alike and cue.token.tag in FINITE and not self._own_subject(i):
            return replace(cue, speakers=before.speakers, first=i)
        if not cue.speakers:
            return cue
        subject = cue.speakers[0]
        named = self.scene.who.name_at(subject.i) is not None or subject.pos == "PRON"
        if self._participle(cue) and subject.i > before.token.i and not named:
            return replace(cue, speakers=before.speakers, first=i)
        if not joint:
            return cue
        apart = not self.agent(subject) or (subject.pos == "PRON" and cue.token.tag == before.token.tag != "VB")
        inside = subject.i > before.token.i and apart
        return replace(cue, speakers=before.speakers, first=i) if inside else cue

    def _own_subject(self, i: int) -> bool:
        return any(self.tokens[j].dep in SUBJECTS for j in self.scene.analysis.children[i])

    def _participle(self, cue: Cue) -> bool:
        """Whether a verb goes on with a saying behind a comma: "said the race would tighten, noting that …"."""
        before = self.tokens[cue.token.i - 1]
        return cue.token.tag == "VBG" and before.text in (",", "–", "—")

    def agent(self, token: Token) -> bool:
        """Whether a head can speak: a name, a personal pronoun, a person by trade."""
        if hit := self.scene.who.name_at(token.i):
            return hit[0].kind != "Place"
        if self.scene.who.resolve(token):
            return True
        return token.lower in ("he", "she", "they") or self.scene.words.has("source_nouns", token.lemma)

    def _at(self, i: int, sentence: Sentence) -> Cue | None:
        token, words = self.tokens[i], self.scene.words
        if token.lower == "according" and i + 2 < sentence.last and self.tokens[i + 1].lower == "to":
            return self._according(i)
        verb = words.verbs.get(token.lower)
        if verb is None or not self.verbs.is_verb(i, sentence):
            return None
        passive = self.verbs.passive(i)
        beside = () if passive else self._by_place(i, sentence)
        speakers = self._agents(i) if passive else beside or self.subjects(i)
        if not speakers and not passive:
            speakers = self._beside(i, sentence)
        led = token.tag in FINITE or (token.tag == "VBG" and self._with(i, sentence))
        named = self._named_before(i) if speakers and not passive and led else None
        if named is not None and (
            not self.agent(speakers[0]) or token.tag == "VBG" or self._employs(speakers[0], named)
        ):
            speakers = (named,)
        first = min([i, *(self._start(s) for s in speakers if s.sentence == token.sentence)])
        before = [self.tokens[j].lower for j in range(max(sentence.first, i - 4), i) if self.scene.narrative(j)]
        below = {self.tokens[j].lower for j in self.scene.analysis.children[i] if j < i}
        negated = bool((set(before[-2:]) | below) & words.sets["negation"])
        real = not negated and not self.verbs.unreal(i, before, below, sentence)
        if speakers and any(self.tokens[j].lower in words.sets["nobody"] for j in self.phrases.chunk(speakers[0].i)):
            real, negated = False, True
        return Cue(token, verb, speakers, first, real, negated, passive)

    def _with(self, i: int, sentence: Sentence) -> bool:
        """Whether a participle has its own subject: "with its leader, Ann Gray, saying …"."""
        for j in range(i - 1, max(sentence.first - 1, i - _WITH), -1):
            if self.tokens[j].tag in FINITE or not self.scene.narrative(j):
                return False
            if self.tokens[j].lower == "with":
                return True
        return False

    def _employs(self, head: Token, named: Token) -> bool:
        """Whether a body only tells whose officer is named behind it: "First Bus managing director Gray said"."""
        hit = self.scene.who.name_at(head.i)
        between = self.tokens[head.i + 1 : named.i]
        bare = all(t.pos not in ("ADP", "PUNCT", "CCONJ", "PRON") and t.tag not in FINITE for t in between)
        return bool(hit and hit[0].kind in ("Organisation", "Party") and 0 < len(between) < 8 and bare)

    def _named_before(self, i: int) -> Token | None:
        """The person whose name, in commas perhaps, stands right before a verb."""
        at = i - 2 if self.tokens[i - 1].text == "," else i - 1
        hit = self.scene.who.name_at(at) if at >= 0 and self.tokens[at].sentence == self.tokens[i].sentence else None
        return self._governor(self.tokens[at]) if hit and hit[0].kind == "Person" and self.scene.narrative(at) else None

    def _start(self, head: Token) -> int:
        """Where the phrase of a speaker starts: with the office before the name in "the mayor, Ann Gray, said"."""
        start = self.phrases.chunk(head.i).start
        first = self.scene.sentence(head.i).first
        if start - 2 > first and self.tokens[start - 1].text == "," and self.tokens[start - 2].pos == "NOUN":
            before = self.phrases.chunk(start - 2)
            if self.tokens[before.start].pos == "DET" and self.tokens[before.start - 1].text == ",":
                return before.start
        return start

    def _according(self, i: int) -> Cue | None:
        head = self.phrases.behind(i + 2)
        return Cue(self.tokens[i], "according", self.joint(head), i) if head else None

    def _agents(self, i: int) -> tuple[Token, ...]:
        for j in self.scene.analysis.children[i]:
            child = self.tokens[j]
            if (
                j > i
                and (child.dep == "obl:agent" or (child.dep == "obl" and self._case(j) == "by"))
                and child.pos in NOMINAL
            ):
                return self.joint(child)
        return ()

    def _case(self, i: int) -> str:
        return next((self.tokens[j].lower for j in self.scene.analysis.children[i] if self.tokens[j].dep == "case"), "")

    def subjects(self, i: int) -> tuple[Token, ...]:
        """The subject, or that of the verb that governs this one without a subject of its own."""
        children, at = self.scene.analysis.children, i
        for _ in range(6):
            own = [self.tokens[j] for j in children[at] if self.tokens[j].dep in SUBJECTS and self.scene.narrative(j)]
            own = [t for t in own if t.pos in NOMINAL or self.scene.who.name_at(t.i) or t.pos in ("DET", "X", "ADJ")]
            token = self.tokens[at]
            if own:
                head = min(own, key=lambda t: abs(t.i - at))
                if head.lower in RELATIVE:
                    governor = self.tokens[token.head]
                    return self.joint(governor) if token.dep.startswith("acl") and governor.pos in NOMINAL else ()
                return self.joint(head, i)
            governor = self.tokens[token.head]
            if governor.i == at or not self.scene.narrative(governor.i):
                return ()
            if token.dep in ("acl", "acl:relcl"):
                return self.joint(governor) if governor.pos in NOMINAL and governor.i < at else ()
            if token.dep == "parataxis" and governor.dep == "root" and governor.pos in ("NOUN", "PROPN"):
                return self.joint(governor, i) if governor.i < at else ()
            if (token.dep == "conj" and governor.i < at) or token.dep in ("advcl", "xcomp", "parataxis", "dep"):
                at = governor.i
                continue
            return ()
        return ()

    def _beside(self, i: int, sentence: Sentence) -> tuple[Token, ...]:
        """Who stands beside the verb: the last resort where the parse shows no subject."""
        after = self.scene.after(i + 1)
        stop = next((j for j in after if self.tokens[j].text in ",;:."), after.stop)
        before = self.scene.before(i)
        if not before or not self.scene.words_in(before):
            named = self.scene.name_near(range(i + 1, stop))
            head = self._governor(named) if named else self.scene.head_of(range(i + 1, stop))
            return self.joint(head) if head else ()
        if self.tokens[i].tag == "VBG":
            return ()
        for j in reversed(before):
            token = self.tokens[j]
            if token.dep in SUBJECTS:
                return self.joint(token, i)
            if token.pos not in ("AUX", "VERB", "PART", "ADV", "ADP"):
                break
        near = range(max(before.start, i - 4), i)
        named = next((self.tokens[j] for j in reversed(near) if self.scene.who.name_at(j)), None)
        if named and self.tokens[i - 1].text not in self.scene.words.sets["postnominals"]:
            return self.joint(self._governor(self.phrases.described(i) or named))
        beside = self.tokens[i - 1]
        alone = ("another", "others", "some", "both", "neither")
        if not named and beside.pos not in NOMINAL and beside.lower not in alone:
            return ()
        return self.joint(self.phrases.head(range(self.phrases.chunk(beside.i).start, i)) or beside)

    def _governor(self, named: Token) -> Token:
        """The head token of the name that holds a token."""
        hit = self.scene.who.name_at(named.i)
        inside = self.scene.analysis.tokens_in(hit[1].span) if hit else (named,)
        return next((t for t in inside if all(t.head != u.i or t.i == u.i for u in inside)), named)

    def _by_place(self, i: int, sentence: Sentence) -> tuple[Token, ...]:
        """Who speaks where a quotation stands before: “…,” said the mayor; “…,” the mayor said."""
        before = self.scene.before(i)
        words = self.scene.words_in(before)
        if len(words) > 1 and words[0].tag in ("VBN", "VBD") and words[1].pos in NOMINAL:
            words = words[1:]
        quoted = before.start > sentence.first
        if quoted and (not words or (len(words) == 1 and words[0].pos == "ADV")):
            head = self.phrases.behind(i + 1)
            return self.joint(head) if head else ()
        if quoted and words[0].pos in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM") and words[0].lower not in RELATIVE:
            head = self.phrases.head(self.phrases.chunk(words[0].i))
            verbs = [t for t in words if t.tag in FINITE and t.i < i]
            if head and head.i < i and len(verbs) <= any(t.lower in RELATIVE for t in words):
                return self.joint(head)
        if (
            before
            and self.tokens[i].tag != "VBG"
            and self.tokens[before[-1]].text in (",", "–", "—")
            and not self.scene.words.has("addressed", self.tokens[i].lemma)
        ):
            head = self.phrases.behind(i + 1)
            hit = self.scene.who.name_at(head.i) if head else None
            left = [self.tokens[j] for j in self.scene.analysis.children[i] if self.tokens[j].dep in SUBJECTS and j < i]
            if head and hit and hit[0].kind == "Person" and not any(self.agent(t) for t in left):
                return self.joint(head)
        return ()

    def joint(self, head: Token, verb: int | None = None) -> tuple[Token, ...]:
        """A head and those coordinated with it: names, or descriptions with an article of their own."""
        whole = head if verb is None else self.phrases.subject(head, verb)
        if whole.i != head.i:
            return (whole,)
        found = [head]
        for j in self.scene.analysis.children[head.i]:
            child = self.tokens[j]
            if child.dep != "conj" or child.pos not in NOMINAL or not self.scene.narrative(j):
                continue
            if len(child.text) == 1:
                continue  # a party's letter: "Gray, R-Iowa"
            if self.scene.who.name_at(j) or self.tokens[self.phrases.chunk(j).start].pos in ("DET", "PRON"):
                found.append(child)
        return tuple(found)
