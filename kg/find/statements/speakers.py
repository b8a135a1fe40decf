"""Who speaks: from the head of a phrase to entities of the document or unnamed sources."""

from __future__ import annotations

from kg.find.statements.cues import Cue, Cues
from kg.find.statements.epithets import Epithets
from kg.find.statements.scene import NOMINAL, Scene
from kg.find.statements.sources import Sources
from kg.language.analysis import Token

_PERSONAL = frozenset({"he", "she", "they", "i", "we", "him", "her", "them", "his", "their"})


_REACH = 4
_GENDER = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f"}


class Speakers:
    """Resolves speakers in the order of the text; the last one is remembered for what follows."""

    def __init__(self, scene: Scene, cues: Cues, sources: Sources) -> None:
        self.scene, self.cues, self.sources = scene, cues, sources
        self.tokens = scene.tokens
        self.last: tuple[str, ...] = ()
        self.last_at = -1
        self.epithets = Epithets(scene, cues.phrases)
        self._offices = frozenset(phrase.head for phrase in scene.who.phrases)
        self.writings: dict[int, Token] = {}
        self._seen: dict[int, tuple[str, ...]] = {}

    def of_cue(self, cue: Cue) -> tuple[str, ...]:
        """The speakers of a cue; () where the text gives none."""
        found: dict[str, None] = {}
        for head in cue.speakers:
            found.update(dict.fromkeys(self.of(head)))
        return tuple(found)

    def remember(self, speakers: tuple[str, ...], at: int) -> None:
        """Note who spoke last, and at which token the text says so."""
        self.last, self.last_at = speakers, at

    def of(self, head: Token) -> tuple[str, ...]:
        """The ids of those whom a noun phrase denotes."""
        if head.i not in self._seen:
            self._seen[head.i] = self._find(head)
        return self._seen[head.i]

    def _find(self, head: Token) -> tuple[str, ...]:
        hit = self.scene.who.name_at(head.i)
        if hit and (author := self._possessed(head)):
            return author
        if hit and (member := self.epithets.member(head, hit[0].id, self.last, self.last_at)):
            return member
        if hit:
            return (hit[0].id,) if hit[0].kind != "Place" else (self.sources.of(head),)
        if head.pos == "PRON" or head.lower in _PERSONAL or head.lower == "it":
            return self._pronoun(head)
        if named := self.named_beside(head):
            return named
        if self.scene.words.has("utterance", head.lemma):
            self.writings[head.i] = head
            return self.author(head)
        if not self._anonymous(head) and (resolved := self._known(head)):
            return resolved
        if not self.sources.described(head.lower) and (meant := self.epithets.of(head, self.last, self.last_at)):
            return meant
        return (self.sources.of(head),)

    def _known(self, head: Token) -> tuple[str, ...]:
        """What the document's names say of a head; places do not speak."""
        entities = self.scene.who.entities
        return tuple(i for i in self.scene.who.resolve(head) if i not in entities or entities[i].kind != "Place")

    def _possessed(self, head: Token) -> tuple[str, ...]:
        """A name that only qualifies a word of utterance behind it ("the Mills letter")."""
        governor = self.tokens[head.head]
        if governor.i != head.i and head.dep == "compound" and self.scene.words.has("utterance", governor.lemma):
            return self.author(governor)
        return ()

    def named_beside(self, head: Token) -> tuple[str, ...]:
        """The name that an office or description stands in apposition to."""
        who = self.scene.who
        for j in self.scene.analysis.children[head.i]:
            child = self.tokens[j]
            if child.dep in ("appos", "flat", "nmod:desc") and (hit := who.name_at(j)) and hit[0].kind == "Person":
                return (hit[0].id,)
        area = self.cues.phrases.chunk(head.i)
        at = head.i + 1
        if (
            at < len(self.tokens)
            and (hit := who.name_at(at))
            and hit[0].kind == "Person"
            and self._same_sentence(head, at)
        ):
            return (hit[0].id,)
        return self._named_behind(head, area.stop) or self._named_past(head, area)

    def _named_past(self, head: Token, area: range) -> tuple[str, ...]:
        """The name in commas behind what a phrase goes on with: "a spokesman for Mr Gray, Tom Hart, said".

        Behind an office ("a spokesman for the mayor, Tom Hart") it may be the office's and is left alone.
        """
        stop = self.cues.phrases.whole(head).stop
        words, last = self.scene.words, self.tokens[stop - 1]
        person = any(words.has(names, last.lemma) for names in ("source_nouns", "chairs", "honorifics"))
        person = person or last.i in self._offices
        one_of = head.lower in ("one", "another")
        if stop <= area.stop or head.lemma == "source" or (person and not one_of):
            return ()
        return self._named_behind(head, stop)

    def _named_behind(self, head: Token, end: int) -> tuple[str, ...]:
        """The person named between the comma at a token and the next mark."""
        if end + 1 >= len(self.tokens) or self.tokens[end].text != "," or not self._same_sentence(head, end + 1):
            return ()
        hit = self.scene.who.name_at(end + 1)
        if not hit and self.scene.narrative(end + 1) and end + 2 < len(self.tokens):
            hit = self.scene.who.name_at(end + 2)
        if hit and hit[0].kind == "Person":
            after = self.scene.analysis.tokens_in(hit[1].span)[-1].i + 1
            if after >= len(self.tokens) or self.tokens[after].text in (",", ".", ":", "”", "–", ";"):
                return (hit[0].id,)
        return ()

    def _same_sentence(self, head: Token, i: int) -> bool:
        return self.tokens[i].sentence == head.sentence and self.scene.narrative(i)

    def _anonymous(self, head: Token) -> bool:
        """Whether a phrase describes somebody whom the writer does not name."""
        words = self.scene.words
        if words.has("spokespeople", head.lemma) or head.lemma == "source":
            return True
        if not words.has("source_nouns", head.lemma):
            return False
        first = self.tokens[self.cues.phrases.chunk(head.i).start].lower
        plural = head.tag in ("NNS", "NNPS")
        if first in ("the", "this", "that", "these", "those"):
            return self.sources.described(head.lower)
        return plural or first in ("a", "an", "one", "another", "some", "several", "two", "three", "four", "many")

    def author(self, noun: Token) -> tuple[str, ...]:
        """Who wrote or uttered what a noun names ("Mr Gray's letter", "a Labour statement", "the letter")."""
        children = [self.tokens[j] for j in self.scene.analysis.children[noun.i]]
        for child in children:
            if child.dep == "nmod:poss":
                return self.of(child)
        if self.tokens[noun.i + 1].lower in ("by", "from") and (maker := self.cues.phrases.behind(noun.i + 2)):
            return tuple(dict.fromkeys(i for head in self.cues.joint(maker) for i in self.of(head)))
        for child in children:
            if child.dep in ("nmod", "obl") and child.i > noun.i:
                cases = {self.tokens[j].lower for j in self.scene.analysis.children[child.i]}
                if cases & {"by", "from", "of"} and (self.scene.who.name_at(child.i) or child.pos in NOMINAL):
                    return self.of(child)
        area = self.cues.phrases.chunk(noun.i)
        for i in range(area.start, noun.i):
            if (hit := self.scene.who.name_at(i)) and hit[0].kind != "Place":
                return (hit[0].id,)
        return self._last_writer(noun) or (self.sources.of(noun),)

    def _last_writer(self, noun: Token) -> tuple[str, ...]:
        for number in range(noun.sentence, max(-1, noun.sentence - 4), -1):
            sentence = self.scene.analysis.sentences[number]
            for cue in self.cues.by_sentence[number]:
                if cue.token.i < noun.i and self.scene.words.has("writing", cue.verb) and cue.speakers:
                    return self.of_cue(cue)
            for i in range(sentence.first, min(sentence.last, noun.i)):
                token = self.tokens[i]
                if token.lemma == noun.lemma and token.i != noun.i and self.scene.narrative(i):
                    named = [
                        child for j in self.scene.analysis.children[i] if (child := self.tokens[j]).dep == "nmod:poss"
                    ]
                    if named:
                        return self.of(named[0])
        return ()

    def _pronoun(self, head: Token) -> tuple[str, ...]:
        if head.lower in ("it", "they") and (written := self._written(head)):
            return written
        if head.lower in _PERSONAL and head.lower != "it" and (source := self._source(head)):
            return source
        if head.lower in ("one", "another", "some", "others", "both", "many", "all", "most", "few", "neither"):
            return self._known(head) or (self.sources.of(head),)
        if found := self._known(head):
            return found
        taken_up = self.scene.who.antecedent(head)
        if taken_up is not None and taken_up.i != head.i and taken_up.pos in ("NOUN", "PROPN"):
            return self.of(taken_up)
        near = self.last_at >= 0 and self.scene.paragraph(head.i) - self.scene.paragraph(self.last_at) <= 1
        if near and head.lower != "it":
            return self.last
        return self._subject_before(head)

    def _written(self, head: Token) -> tuple[str, ...]:
        """The author of the writing that is the subject of the sentence before."""
        if head.sentence == 0 or head.lower != "it":
            return ()
        for token in self.scene.analysis.sentence_tokens(self.scene.analysis.sentences[head.sentence - 1]):
            if token.dep in ("nsubj", "nsubj:pass") and self.scene.narrative(token.i):
                if not self.scene.words.has("utterance", token.lemma):
                    return ()
                self.writings[head.i] = token
                return self.author(token)
        return ()

    def _source(self, head: Token) -> tuple[str, ...]:
        """The unnamed source that spoke last, unless somebody named was spoken of since and fits the pronoun."""
        if announced := self._announced(head):
            return announced
        if len(self.last) != 1 or (place := self.sources.place(self.last[0])) is None:
            return ()
        if self.scene.paragraph(head.i) - self.scene.paragraph(self.last_at) > 1:
            return ()
        for found in self._known(head):
            mentions = self.scene.who.entities[found].mentions if found in self.scene.who.entities else ()
            if any(self.tokens[place].end <= m.span.start < head.start for m in mentions):
                return ()
        self.sources.touch(self.last[0], head.i)
        return self.last

    def _announced(self, head: Token) -> tuple[str, ...]:
        """The unnamed source that the sentence before has as its subject."""
        if head.sentence == 0 or any(
            self.tokens[i].dep.startswith("nsubj") and self.scene.narrative(i)
            for i in range(self.scene.sentence(head.i).first, head.i)
        ):
            return ()
        for token in self.scene.analysis.sentence_tokens(self.scene.analysis.sentences[head.sentence - 1]):
            if token.dep in ("nsubj", "nsubj:pass") and self.scene.narrative(token.i):
                subject = self.cues.phrases.subject(token, token.head) if token.head > token.i else token
                if self.scene.who.name_at(subject.i) is not None:
                    return ()
                if named := self.named_beside(subject):
                    gender = self.scene.who.scene.gender.get(named[0], "")
                    return () if gender and gender != _GENDER.get(head.lower, gender) else named
                if self._anonymous(subject):
                    return (self.sources.of(subject),)
            relative = self.tokens[token.i + 1 : token.i + 3]
            if self._anonymous(token) and [t.lower for t in relative] == [",", "who"] and self.scene.narrative(token.i):
                return (self.sources.of(token),)
        return ()

    def _subject(self, token: Token) -> bool:
        """Whether a token is a subject or owns one ("Gray's words")."""
        if token.dep == "nmod:poss":
            token = self.tokens[token.head]
        return token.dep in ("nsubj", "nsubj:pass")

    def _subject_before(self, head: Token) -> tuple[str, ...]:
        """The last resort for a pronoun: the named subject before it; where nobody was named yet, the first behind."""
        kinds: tuple[str, ...] = ("Person",) if head.lower in ("he", "she", "i") else ("Organisation", "Party")
        if head.lower in ("they", "we"):
            kinds = ("Organisation", "Party", "Person")
        sentences = self.scene.analysis.sentences
        for number in range(head.sentence, max(-1, head.sentence - _REACH), -1):
            named = [
                hit[0].id
                for token in self.scene.analysis.sentence_tokens(sentences[number])
                if token.i < head.i
                and self._subject(token)
                and self.scene.narrative(token.i)
                and (hit := self.scene.who.name_at(token.i))
                and hit[0].kind in kinds
            ]
            if named:
                return (named[0],)
        people = [entity for entity in self.scene.who.entities.values() if entity.kind in kinds]
        before = [entity for entity in people if entity.mentions[0].span.start < head.start]
        if before:
            return (max(before, key=lambda e: max(m.span.start for m in e.mentions if m.span.start < head.start)).id,)
        return (min(people, key=lambda e: e.mentions[0].span.start).id,) if people else ()
