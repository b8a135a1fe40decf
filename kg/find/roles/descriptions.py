"""Offices that only a later description gives: "Anna Berg flew in. … The prime minister said"."""

from __future__ import annotations

from kg.find.offices import Phrase
from kg.find.roles.context import Claim, Context
from kg.language.analysis import Token

_NEAR = 2


def described(context: Context, claims: list[Claim]) -> list[Claim]:
    """Claims for descriptions that nobody holds so far: to the one person whom the text leaves, or to nobody named."""
    return _Described(context, claims).claims()


class _Described:
    def __init__(self, context: Context, claims: list[Claim]) -> None:
        self.context, self.tokens = context, context.tokens
        self.taken = {claim.phrase.head for claim in claims}
        self.held: dict[str, list[Claim]] = {}
        for claim in claims:
            if claim.holder:
                self.held.setdefault(claim.holder, []).append(claim)
        heads = [(claim.holder, self.tokens[claim.phrase.head]) for claim in claims]
        self.subjects = {(holder, head.sentence) for holder, head in heads if head.dep.startswith("nsubj")}
        self.leads = self._leaders()

    def _leaders(self) -> dict[str, str]:
        """Body to person in "X, who leads Y"."""
        found: dict[str, str] = {}
        for token in self.tokens:
            if token.lemma not in self.context.words.leads or token.pos != "VERB":
                continue
            below = [self.tokens[i] for i in self.context.analysis.children[token.i]]
            subject = next((child for child in below if child.dep == "nsubj"), None)
            body = next((child for child in below if child.dep == "obj"), None)
            people = self.context.who.resolve(subject) if subject else ()
            hit = self.context.named.get(body.i) if body else None
            if len(people) == 1 and hit and hit[0].kind in ("Party", "Organisation"):
                found[hit[0].id] = people[0]
        return found

    def claims(self) -> list[Claim]:
        found: list[Claim] = []
        for phrase in self.context.phrases:
            if phrase.head in self.taken or phrase.plural or phrase.status:
                continue
            if phrase.determiner not in ("the", "'s") and not (phrase.of and phrase.determiner == ""):
                continue
            claim = self._claim(phrase)
            if claim is not None:
                found.append(claim)
            if claim is not None and claim.holder is not None:
                self.held.setdefault(claim.holder, []).append(claim)
        return found

    def _claim(self, phrase: Phrase) -> Claim | None:
        of = phrase.of[0] if phrase.of else None
        title = phrase.title.split()[-1] if " of " not in phrase.title else phrase.title
        known = [one for one, held in self.held.items() for claim in held if self._same(phrase, claim)]
        if known:
            return None
        if of and phrase.title in self.context.words.headships:
            heads = {
                one
                for one, held in self.held.items()
                for claim in held
                if claim.of == of and claim.title in self.context.words.headships and claim.status != "Former"
            }
            if of in self.leads:
                heads.add(self.leads[of])
            if len(heads) == 1:
                return Claim(heads.pop(), phrase.title, of, None, phrase, "same-head", 0.7)
        if title in self.context.words.vague:
            return None
        owner = phrase.right < len(self.tokens) and self.tokens[phrase.right].lower in ("'s", "’s")
        free = phrase.determiner == "the" and not (owner and phrase.title in self.context.words.leading)
        person = self._salient(phrase) if free else None
        if person:
            return Claim(person, phrase.title, of, None, phrase, "description", 0.6)
        return Claim(None, phrase.title, of, None, phrase, "unnamed", 0.5) if of else None

    def _busy(self, person: str) -> bool:
        """Whether a person has an office beside which a second one is unlikely."""
        known = self.context.words
        return any(
            claim.title not in known.letters and claim.title.split()[-1] not in known.vague
            for claim in self.held.get(person, ())
        )

    def _alike(self, person: str, phrase: Phrase) -> bool:
        """Whether a person's office has the same head noun and rank: a "leader" for "leader of the opposition"."""
        wanted = phrase.title.split(" of ")[0]
        leads = wanted == "leader" and bool(phrase.of)
        known = self.context.words.leading
        return any(wanted == claim.title or (leads and claim.title in known) for claim in self.held[person])

    def _is_subject(self, token: Token) -> bool:
        """Whether a name is a subject, or stands beside an office that is one: "the leader in the house Gray said"."""
        scene = self.context.who.scene
        return scene.is_subject(token) or (scene.heads[token.i].id, token.sentence) in self.subjects

    def _same(self, phrase: Phrase, claim: Claim) -> bool:
        """Whether a claim already says who the described one is."""
        wanted, title = set(phrase.title.lower().split()), set(claim.title.lower().split())
        return wanted <= title and (not phrase.of or claim.of is None or claim.of in phrase.of)

    def _acting(self, head: Token) -> set[str]:
        """Whom the subject of a verb denotes that has the described one as its object ("she accused the mayor")."""
        verb = self.tokens[head.head]
        if head.dep not in ("obj", "iobj", "obl"):
            return set()
        below = (self.tokens[i] for i in self.context.analysis.children[verb.i])
        subject = next((child for child in below if child.dep == "nsubj" and child.i < head.i), None)
        return set(self.context.who.resolve(subject)) if subject else set()

    def _salient(self, phrase: Phrase) -> str | None:
        """The one person without an office in the sentences before, subjects first."""
        scene = self.context.who.scene
        step = scene.step[self.tokens[phrase.head].sentence]
        barred = self._acting(self.tokens[phrase.head])
        subjects: dict[str, int] = {}
        others: dict[str, int] = {}
        for i in reversed(scene.named_before(phrase.left)):
            away = step - scene.step[self.tokens[i].sentence]
            if away > _NEAR:
                break
            entity = scene.heads[i]
            if entity.kind != "Person" or scene.quote[i] >= 0 or away == 0 or entity.id in barred:
                continue
            subject = self._is_subject(self.tokens[i])
            if self._busy(entity.id):
                if subject and self._alike(entity.id, phrase):
                    return entity.id
                if subject and not subjects:
                    return None
                continue
            (subjects if subject else others).setdefault(entity.id, away)
        for group in (subjects, others):
            if len(group) == 1:
                return next(iter(group))
            if group:
                return None
        return None
