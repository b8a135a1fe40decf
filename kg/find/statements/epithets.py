"""Whom "the businessman" or "the Nevada Democrat" takes up: the one person whom the story is about just then."""

from __future__ import annotations

from kg.find.referents.vocabulary import words as referent_words
from kg.find.statements.phrases import Phrases
from kg.find.statements.scene import Scene
from kg.language.analysis import Token

# How many sentences and paragraphs lie at most between such a word and the person it takes up.
_SENTENCES = 4
_PARAGRAPHS = 1


class Epithets:
    """Takes up persons of one document by what they are."""

    def __init__(self, scene: Scene, phrases: Phrases) -> None:
        self.scene, self.phrases, self.tokens = scene, phrases, scene.tokens

    def of(self, head: Token, last: tuple[str, ...], at: int) -> tuple[str, ...]:
        """The person meant by a noun for a person with "the"; `last` spoke last, at token `at`."""
        known = referent_words()
        wanted = known.gender.get(head.lower, "")
        if head.lower not in known.epithets and not (wanted and head.pos == "NOUN"):
            return ()
        return self._person(head, wanted, last, at) if head.tag in ("NN", "NNP") and self._definite(head) else ()

    def member(self, head: Token, party: str, last: tuple[str, ...], at: int) -> tuple[str, ...]:
        """The person meant by a word that names a party as well; () where the party is meant."""
        hit = self.scene.who.name_at(head.i)
        word = self.scene.analysis.text[hit[1].span.start : hit[1].span.end].split()[-1] if hit else ""
        if not self.scene.words.has("adherents", word) or not self._definite(head):
            return ()
        found = self._person(head, "", last, at)
        parties = self.scene.who.parties(found[0]) if found else ()
        return found if not parties or party in parties or " " in (hit[0].name if hit else "") else ()

    def _definite(self, head: Token) -> bool:
        return self.tokens[self.phrases.chunk(head.i).start].lower == "the"

    def _person(self, head: Token, gender: str, last: tuple[str, ...], at: int) -> tuple[str, ...]:
        """The nearest person who is a subject before, or who spoke last; () where the two are not one."""
        who = self.scene.who
        near = self._subject_before(head)
        spoke = last[0] if len(last) == 1 and last[0] in who.entities and at >= 0 else None
        if spoke and self.scene.paragraph(head.i) - self.scene.paragraph(at) > _PARAGRAPHS:
            spoke = None
        if near and spoke and near[1] != spoke and near[0] < at:
            return ()
        found = near[1] if near else spoke
        if found is None or who.entities[found].kind != "Person":
            return ()
        return (found,) if not gender or who.scene.gender.get(found, "") in ("", gender) else ()

    def _subject_before(self, head: Token) -> tuple[int, str] | None:
        """The last person before a word who is named, or taken up by a pronoun, as the subject of a sentence."""
        sentences = self.scene.analysis.sentences
        for number in range(head.sentence - 1, max(-1, head.sentence - _SENTENCES), -1):
            sentence = sentences[number]
            if self.scene.paragraph(head.i) - sentence.paragraph > _PARAGRAPHS:
                return None
            for token in self.scene.analysis.sentence_tokens(sentence):
                if self.scene.narrative(token.i) and self.scene.who.scene.subject(token) > 1:
                    ids = self.scene.who.resolve(token)
                    if len(ids) == 1 and ids[0] in self.scene.who.entities:
                        person = self.scene.who.entities[ids[0]].kind == "Person"
                        return (token.i, ids[0]) if person else None
        return None
