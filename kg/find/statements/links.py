"""What a statement is about, which meeting it concerns, which others it passes on or disputes."""

from __future__ import annotations

from collections.abc import Mapping

from kg.find.statements.cues import Cues
from kg.find.statements.drafts import Draft
from kg.find.statements.scene import Scene
from kg.find.statements.speakers import Speakers
from kg.language.analysis import Token
from kg.model import Meeting, Role, Source, Span

_TAKEN_UP = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_YOU = frozenset({"you", "your", "yours", "yourself"})
_AFTER = frozenset({"after", "following", "before", "during", "at", "since"})
_NEAR = 12
_OBJECT = 10
# Sentences back to a meeting, negative ones ahead, nearest first: one ahead counts as two and a half back.
_DISTANCES = sorted(range(2 - _NEAR, _NEAR + 1), key=lambda away: away if away >= 0 else 1.5 - away)


class Links:
    """Looks up what ties the statements of one document to people, meetings and one another."""

    def __init__(self, scene: Scene, cues: Cues, speakers: Speakers, meetings: tuple[Meeting, ...]) -> None:
        self.scene, self.cues, self.speakers, self.meetings = scene, cues, speakers, meetings
        self.tokens = scene.tokens
        self.told: dict[int, dict[int, Meeting]] = {}
        self.nearest: dict[int, Meeting] = {}
        for number, meeting in enumerate(meetings):
            for span in meeting.evidence:
                for sentence in scene.sentences_in(span):
                    self.told.setdefault(sentence, {})[number] = meeting
                if first := scene.analysis.sentence_at(span.start):
                    self.nearest.setdefault(first.number, meeting)
        self.roles: dict[str, list[tuple[int, Role]]] = {}
        for number, role in enumerate(scene.who.roles):
            if role.holder:
                self.roles.setdefault(role.holder, []).append((number, role))

    def fill(self, drafts: list[Draft]) -> None:
        """Give each draft its mentions, meetings, and the drafts that it reports or disputes."""
        for draft in drafts:
            draft.mentions = self._mentions(draft)
            draft.concerns, draft.made_at = self._concerns(draft)
        self._reports(drafts)
        for number, draft in enumerate(drafts):
            self._disputes(draft, drafts, number)
        for number, draft in enumerate(drafts):
            self._inherit(draft, drafts[number - 1] if number else None)

    def cue_words(self, draft: Draft) -> str | None:
        """The saying words as written."""
        if draft.cue:
            return "according to" if draft.cue.verb == "according" else draft.cue.token.text
        return draft.noun.text if draft.noun else None

    def evidence(self, draft: Draft) -> tuple[Span, ...]:
        """The whole sentences around the words and their attribution."""
        return tuple(self.scene.analysis.sentences[n].span for n in sorted(draft.sentences))

    def capacity(self, draft: Draft) -> str | None:
        """The role in which the speaker speaks: the one that the evidence gives."""
        spans = self.evidence(draft)
        for role in self._roles(draft):
            if any(span.covers(role.span) for span in spans):
                return role.id
        return None

    def _roles(self, draft: Draft) -> list[Role]:
        held = [each for speaker in draft.speakers for each in self.roles.get(speaker, ())]
        return [role for _, role in sorted(held, key=lambda each: each[0])]

    def behalf(self, draft: Draft, sources: Mapping[str, Source]) -> str | None:
        """The body that a spokesperson, named or not, speaks for."""
        words = self.scene.words.sets["spokespeople"]
        for source in (sources[speaker] for speaker in draft.speakers if speaker in sources):
            if set(source.description.lower().split()) & words:
                return source.affiliation
        for role in self._roles(draft):
            if role.of and set(role.title.split()) & words:
                entity = self.scene.who.entities.get(role.of)
                return role.of if entity and entity.kind != "Place" else None
        return None

    def _mentions(self, draft: Draft) -> tuple[str, ...]:
        """The entities named in the words, and those that their pronouns and titles take up."""
        who, found = self.scene.who, dict[str, None]()
        for span in draft.segments:
            found.update(dict.fromkeys(entity.id for entity, _ in who.names_in(span)))
            for token in self.scene.analysis.tokens_in(span):
                if token.lower in _YOU:
                    found.update(dict.fromkeys(draft.addressees))
                elif token.lower in _TAKEN_UP or (token.pos == "NOUN" and self.tokens[max(0, token.i - 1)].text != "“"):
                    found.update(dict.fromkeys(i for i in who.resolve(token) if i in who.entities))
        return tuple(found)

    def _concerns(self, draft: Draft) -> tuple[tuple[str, ...], str | None]:
        """The meetings that the words are about, and the one at which they were said."""
        near_by = {
            number: meeting
            for segment in draft.segments
            for sentence in self.scene.sentences_in(segment)
            for number, meeting in self.told.get(sentence, {}).items()
            if any(span.overlaps(segment) for span in meeting.evidence)
        }
        found = dict.fromkeys(near_by[number].id for number in sorted(near_by))
        made_at: str | None = None
        for token in self._around(draft):
            if (
                token.lower in self.scene.words.sets["afterwards"]
                and token.sentence in draft.sentences
                and self.meetings
            ):
                found.update(dict.fromkeys(self._nearest(token)))
            if not self.scene.words.has("meeting_nouns", token.lemma) or not self._definite(token):
                continue
            near = self._nearest(token)
            found.update(dict.fromkeys(near))
            before = self._preposition(token)
            if (
                self.scene.narrative(token.i)
                and token.i < draft.at
                and before in ("at", "during", "in")
                and near
                and draft.kind != "Indirect"
            ):
                made_at = made_at or near[0]
        return tuple(found), made_at

    def _around(self, draft: Draft) -> list[Token]:
        """The words of a statement and the writer's words in the sentence of its cue."""
        inside = [t for span in draft.segments for t in self.scene.analysis.tokens_in(span)]
        known = {t.i for t in inside}
        numbers = {draft.cue.token.sentence} if draft.cue else {head.sentence for head in draft.heads}
        own = [
            t
            for n in numbers
            for t in self.scene.analysis.sentence_tokens(self.scene.analysis.sentences[n])
            if self.scene.narrative(t.i) and t.i not in known
        ]
        return own + inside

    def _definite(self, token: Token) -> bool:
        chunk = (
            self.cues.phrases.chunk(token.i) if self.scene.narrative(token.i) else range(max(0, token.i - 3), token.i)
        )
        return (
            any(
                self.tokens[i].lower in ("the", "this", "that", "these", "those", "our", "their", "his", "her")
                for i in chunk
            )
            or self._preposition(token) in _AFTER
        )

    def _preposition(self, token: Token) -> str:
        for j in self.scene.analysis.children[token.i]:
            if self.tokens[j].dep == "case":
                return self.tokens[j].lower
        return ""

    def _nearest(self, token: Token) -> tuple[str, ...]:
        """The meeting told nearest to a token, those before it first."""
        for away in _DISTANCES:
            if meeting := self.nearest.get(token.sentence - away):
                return (meeting.id,)
        return ()

    def _reports(self, drafts: list[Draft]) -> None:
        """A said that B said: the inner cue stands in the outer content."""
        spoken: dict[int, list[Draft]] = {}
        for draft in drafts:
            if draft.cue or draft.nested:
                spoken.setdefault(draft.cue.token.sentence if draft.cue else self.tokens[draft.at].sentence, []).append(
                    draft
                )
        for outer in drafts:
            if outer.kind != "Indirect":
                continue
            for inner in (
                d for n in sorted(outer.sentences) for d in spoken.get(n, ()) if d.speakers != outer.speakers
            ):
                inside = inner.cue is not None and outer.at <= inner.cue.token.i < outer.last
                if inner is not outer and (inner.nested is outer or inside):
                    outer.reports.append(inner)

    def _disputes(self, draft: Draft, drafts: list[Draft], number: int) -> None:
        """Whom a statement contradicts, where the text says that it does."""
        if draft.nested is not None:
            return
        own = [t for t in self._around(draft) if self.scene.narrative(t.i)]
        before = self._sentence_before(draft)
        denied = draft.cue is not None and self.scene.words.has("disputing", draft.cue.verb)
        if denied:
            draft.disputes += draft.reports
        if (denied or any(t.lower in self.scene.words.sets["contrasting"] for t in own)) and not draft.disputes:
            near = [d for d in drafts[max(0, number - 3) : number] if self._close(draft, d)]
            mine = [d for d in near if d.speakers == draft.speakers]
            if mine:
                draft.disputes += mine[-1].disputes
            elif near and denied:
                draft.disputes.append(near[-1])
        for token in (*before, *own):
            verb = self.scene.words.verbs.get(token.lower, token.lemma)
            if not self.scene.words.has("disputing", verb) or token.i == (draft.cue.token.i if draft.cue else -1):
                continue
            opponents = self._opponents(token, drafts)
            matter = [
                d
                for d in drafts
                if opponents and set(d.speakers) <= opponents and not set(d.speakers) & set(draft.speakers)
            ]
            about = [d for d in matter if d.concerns] or matter
            draft.disputes += [d for d in about if d not in draft.disputes]

    def _close(self, draft: Draft, other: Draft) -> bool:
        return self.tokens[draft.at].sentence - self.tokens[other.last - 1].sentence <= 1

    def _sentence_before(self, draft: Draft) -> list[Token]:
        """The sentence before, where it only announces the statement: its subject is who speaks."""
        number = min(draft.sentences, default=0) - 1
        if number < 0 or draft.cue is None or not draft.heads or draft.heads[0].pos != "PRON":
            return []
        tokens = self.scene.analysis.sentence_tokens(self.scene.analysis.sentences[number])
        announced = any(
            t.dep.startswith("nsubj") and self.scene.narrative(t.i) and self.speakers.of(t) == draft.speakers
            for t in tokens
        )
        return [t for t in tokens if self.scene.narrative(t.i)] if announced else []

    def _opponents(self, verb: Token, drafts: list[Draft]) -> set[str]:
        """Whose account a disputing verb has as its object ("contradicting the groups' version")."""
        for i in range(verb.i + 1, min(self.scene.sentence(verb.i).last, verb.i + _OBJECT)):
            noun = self.tokens[i]
            if not self.scene.words.has("accounts", noun.lemma):
                continue
            children = [self.tokens[j] for j in self.scene.analysis.children[i]]
            owner = next((c for c in children if c.dep == "nmod:poss"), None)
            if owner is None and self.tokens[i + 1].lower in ("by", "of", "from"):
                owner = self.cues.phrases.behind(i + 2)
            if owner is None:
                return set()
            if found := self.scene.who.resolve(owner):
                return set(found)
            joint = [d.speakers for d in drafts if len(d.speakers) > 1 and d.at < verb.i]
            return set(joint[-1]) if joint and owner.tag == "NNS" else set()
        return set()

    def _inherit(self, draft: Draft, before: Draft | None) -> None:
        """A reply concerns what the other side's words concern; who goes on speaking goes on about it."""
        concerns = dict.fromkeys(draft.concerns)
        for other in (*draft.disputes, *draft.reports):
            concerns.update(dict.fromkeys(other.concerns))
        going_on = draft.cue is not None and self.scene.words.has("going_on", draft.cue.verb)
        if before is not None and before.speakers == draft.speakers and going_on:
            concerns.update(dict.fromkeys(before.concerns))
        draft.concerns = tuple(concerns)
