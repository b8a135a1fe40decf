"""To whom something was said, through what medium and when, as the sentence around the words tells."""

from __future__ import annotations

from kg.find.statements.cues import Cues
from kg.find.statements.drafts import Draft
from kg.find.statements.scene import NOMINAL, Scene
from kg.find.statements.speakers import Speakers
from kg.language.analysis import Token
from kg.model import When

_REACH = 7
_CHAIN = 4


class Audience:
    """Reads the writer's words around the saying verb of a statement."""

    def __init__(self, scene: Scene, cues: Cues, speakers: Speakers, times: tuple[When, ...]) -> None:
        self.scene, self.cues, self.speakers = scene, cues, speakers
        self.tokens = scene.tokens
        self.dated: dict[int, tuple[int, When]] = {}
        for number, when in enumerate(times):
            if when.span and (tokens := scene.analysis.tokens_in(when.span)):
                self.dated.setdefault(tokens[0].i, (number, when))

    def fill(self, drafts: list[Draft]) -> None:
        """Give each draft its addressees, medium and time; what goes on with a letter or interview keeps them."""
        before: Draft | None = None
        for draft in drafts:
            own = self._own_words(draft)
            draft.addressees = self._addressees(draft, own)
            draft.medium = self._medium(draft, own)
            draft.when = self._when(draft, own)
            if before is not None and before.speakers == draft.speakers and self._goes_on(draft, before):
                draft.addressees = draft.addressees or before.addressees
                draft.medium = draft.medium or before.medium
                draft.when = draft.when or before.when
            before = draft

    def _goes_on(self, draft: Draft, before: Draft) -> bool:
        """Whether a statement belongs to the same letter, speech or interview as the one before."""
        if self.scene.paragraph(draft.at) - self.scene.paragraph(before.last - 1) > 1:
            return False
        if draft.cue and before.cue and draft.cue.token.sentence == before.cue.token.sentence:
            return True
        if draft.cue is None or self.scene.words.has("going_on", draft.cue.verb):
            return True
        return any(self.tokens[i].lower in ("you", "your", "yours") for i in range(draft.at, draft.last))

    def _own_words(self, draft: Draft) -> list[Token]:
        """The writer's words in the sentences of a statement, the content of indirect speech left out."""
        numbers = {draft.cue.token.sentence} if draft.cue else {head.sentence for head in draft.heads}
        if draft.noun:
            numbers.add(draft.noun.sentence)
        numbers.update(noun.sentence for head in draft.heads if (noun := self.speakers.writings.get(head.i)))
        found: list[Token] = []
        for number in sorted(numbers):
            found += [
                token
                for token in self.scene.analysis.sentence_tokens(self.scene.analysis.sentences[number])
                if self.scene.narrative(token.i) and not any(s.start <= token.start < s.end for s in draft.segments)
            ]
        return found

    def _addressees(self, draft: Draft, own: list[Token]) -> tuple[str, ...]:
        cue = draft.cue
        if cue and cue.verb in self.scene.words.sets["addressed"] and (told := self._told(draft, cue.token)):
            return told
        for token in own:
            if token.lower not in ("to", "with", "on") or token.i + 1 >= len(self.tokens):
                continue
            if not self._leads(token) or (head := self.cues.phrases.behind(token.i + 1)) is None:
                continue
            if found := self._listener(draft, head, media=token.lower == "on"):
                return found
        return ()

    def _told(self, draft: Draft, verb: Token) -> tuple[str, ...]:
        for j in self.scene.analysis.children[verb.i]:
            child = self.tokens[j]
            if j > verb.i and child.dep in ("iobj", "obj") and self.scene.narrative(j):
                return self._listener(draft, child)
            if j < verb.i and child.dep == "nsubj:pass" and draft.cue and draft.cue.passive:
                return self._listener(draft, child)
        head = self.cues.phrases.behind(verb.i + 1)
        return self._listener(draft, head) if head else ()

    def _leads(self, link: Token) -> bool:
        """Whether a verb or noun of addressing stands shortly before "to", "with" or "on"."""
        first = max(self.scene.sentence(link.i).first, link.i - _REACH)
        for i in range(link.i - 1, first - 1, -1):
            token = self.tokens[i]
            if not self.scene.narrative(i) or token.text in ",;:":
                return False
            verb = self.scene.words.verbs.get(token.lower, token.lemma)
            if self.scene.words.has("leading_to", verb) or self.scene.words.has("leading_to", token.lemma):
                return link.lower != "with" or token.lemma in ("interview", "speak", "talk", "chat", "sit")
            if token.tag in ("VBD", "VBZ", "VBP", "MD"):
                return False
        return False

    def _listener(self, draft: Draft, head: Token, *, media: bool = False) -> tuple[str, ...]:
        who = self.scene.who
        if head.lower in ("it", "them", "us", "me", "you") or self.scene.words.has("audiences", head.lemma):
            return ()
        area = self.cues.phrases.chunk(head.i)
        whole = self.cues.phrases.head(area) or head
        hit = who.name_at(whole.i)
        beside = () if hit else self.speakers.named_beside(whole)
        found = (hit[0].id,) if hit else beside or (who.resolve(whole) if whole.pos in NOMINAL else ())
        entities = [who.entities[i] for i in found if i in who.entities and i not in draft.speakers]
        if media:
            return tuple(e.id for e in entities if self._outlet(e.id))
        return tuple(e.id for e in entities if e.kind != "Place")

    def _outlet(self, identifier: str) -> bool:
        entity = self.scene.who.entities.get(identifier)
        outlet = self.scene.words.sets["outlet_words"]
        return entity is not None and entity.kind == "Organisation" and bool(set(entity.name.split()) & outlet)

    def _medium(self, draft: Draft, own: list[Token]) -> str | None:
        words = self.scene.words
        if draft.cue and draft.cue.verb in words.media_verbs:
            return words.media_verbs[draft.cue.verb]
        nouns = {t.i for t in (draft.noun, *(self.speakers.writings.get(h.i) for h in draft.heads)) if t}
        for token in own:
            before = self.tokens[token.i - 1] if token.i else token
            pair = f"{before.lower} {token.lemma}"
            medium = words.media.get(pair) or words.media.get(token.lemma) or words.media.get(token.lower)
            if before.text == "-" and token.i > 1:
                medium = words.media.get(f"{self.tokens[token.i - 2].lower} {token.lemma}", medium)
            if medium and (token.i in nouns or token.dep.startswith(("obl", "nmod", "iobj")) or self._utters(token)):
                return medium
        if any(t.lemma == "write" and t.i + 1 < len(self.tokens) and self.tokens[t.i + 1].lower == "to" for t in own):
            return "letter"
        told = draft.cue is not None and draft.cue.verb in ("tell", "speak", "say")
        return "interview" if told and any(self._outlet(i) for i in draft.addressees) else None

    def _utters(self, noun: Token) -> bool:
        """Whether a noun is what somebody issues ("issued a statement")."""
        return noun.dep in ("obj", "nsubj") and noun.pos == "NOUN"

    def _when(self, draft: Draft, own: list[Token]) -> When | None:
        anchors = {draft.cue.token.i} if draft.cue else set()
        anchors |= {t.i for t in own if t.lemma in self.scene.words.media}
        dated = [(*self.dated[t.i], t) for t in own if t.i in self.dated]
        dated.sort(key=lambda found: found[0])
        return next((when for _, when, token in dated if self._hangs(token, anchors)), None)

    def _hangs(self, token: Token, anchors: set[int]) -> bool:
        """Whether a word depends on one of the anchors within a few steps, over no relative clause."""
        for _ in range(_CHAIN):
            if token.i in anchors:
                return True
            if token.dep == "acl:relcl" or token.head == token.i:
                return False
            token = self.tokens[token.head]
        return token.i in anchors
