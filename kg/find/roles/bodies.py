"""Of which body or place an office is, where a word stands for it: "the party's chief executive", "his deputy"."""

from __future__ import annotations

from kg.find.offices import Phrase
from kg.find.roles.context import Claim, Context
from kg.language.analysis import Token

# "Our political editor" is the paper's, which is not the body that the text names most.
_STAFF = frozenset({"editor", "correspondent", "reporter", "columnist"})


class Bodies:
    """Completes claims with the body that their words take up."""

    def __init__(self, context: Context, claims: list[Claim]) -> None:
        self.context = context
        self.office_heads: dict[int, str | None] = dict.fromkeys(phrase.head for phrase in context.phrases)
        self.held: dict[str, set[str]] = {}
        self.bodies: dict[str, set[str]] = {}
        for claim in claims:
            if claim.holder:
                self.office_heads[claim.phrase.head] = claim.holder
                self.held.setdefault(claim.title, set()).add(claim.holder)
            if claim.of:
                self.bodies.setdefault(claim.title, set()).add(claim.of)
        self.past = {(claim.title, claim.holder) for claim in claims if claim.phrase.status == "Former"}
        self.past -= {(claim.title, claim.holder) for claim in claims if claim.phrase.status != "Former"}
        self.former = {phrase.head for phrase in context.phrases if phrase.status == "Former"}
        named = [entity for entity in context.entities.values() if entity.kind == "Place"]
        most = max(named, key=lambda entity: len(entity.mentions), default=None)
        self.main_place = {most.id} if most else set()
        self.led = self._led(claims)
        self.titles = {phrase.head: phrase.title for phrase in context.phrases}

    def _holder(self, head: int) -> str | None:
        """The one person who has the title at `head` in this document."""
        first = {one: min(m.span.start for m in self.context.entities[one].mentions) for one in self.context.entities}
        place = self.context.tokens[head].start
        title = self.titles[head]
        holders = {one for one in self.held.get(title, ()) if first[one] < place}
        if head not in self.former:
            holders = {one for one in holders if (title, one) not in self.past}
        return next(iter(holders)) if len(holders) == 1 else None

    def _as_deputies(self, claim: Claim) -> str | None:
        """The body of "the speaker" where the text has a "deputy speaker" of one."""
        bodies = {of for rank in ("deputy ", "vice ", "vice-") for of in self.bodies.get(rank + claim.title, ())}
        return next(iter(bodies)) if len(bodies) == 1 else None

    def _described(self, claim: Claim) -> str | None:
        """The place in "the prime minister of X" where one person is prime minister here and X is named most."""
        if len(self.held.get(claim.title, ())) != 1 or claim.title in self.bodies:
            return None
        places = {of for p in self.context.phrases if p.title == claim.title and p.determiner == "the" for of in p.of}
        return next(iter(places)) if len(places) == 1 and places == self.main_place else None

    def _opposition(self, claim: Claim) -> str | None:
        """The party of a shadow office: the one whose leader is named, of a country with shadow cabinets.

        A party that is led by a head of government or a minister is none.
        """
        if not claim.title.startswith("shadow "):
            return None
        return next(iter(self.led)) if len(self.led) == 1 else None

    def _led(self, claims: list[Claim]) -> set[str]:
        """The parties of countries with shadow cabinets whose leader is named and holds no office of government."""
        governing = {
            claim.holder
            for claim in claims
            if claim.title.split()[-1] in ("minister", "chancellor", "premier")
            and not claim.title.startswith("shadow ")
        }
        found: set[str] = set()
        for claim in claims:
            body = self.context.entities.get(claim.of or "")
            if claim.title != "leader" or claim.status == "Former" or body is None or body.kind != "Party":
                continue
            if claim.holder not in governing and body.qualifier in (None, *self.context.words.shadows):
                found.add(body.id)
        return found

    def _publisher(self) -> tuple[str, ...]:
        """The body that "our" means outside quotations: the one named most."""
        named = [entity for entity in self.context.entities.values() if entity.kind in ("Party", "Organisation")]
        most = max(named, key=lambda entity: len(entity.mentions), default=None)
        return (most.id,) if most else ()

    def completed(self, claim: Claim) -> Claim:
        """The claim with its body, as far as the text tells it."""
        if claim.of is not None:
            return claim
        if claim.phrase.anchor is None:
            return claim._replace(of=self._as_deputies(claim) or self._described(claim) or self._opposition(claim))
        of = self._anchored(claim.phrase, claim.holder)
        office = claim.phrase.anchor in self.office_heads
        if of is None and not office and claim.phrase.head < claim.phrase.anchor < claim.phrase.right:
            return claim._replace(title=self._whole(claim.phrase))
        return claim._replace(of=of)

    def _whole(self, phrase: Phrase) -> str:
        """The title with the body that nobody names: "head of the general secretariat"."""
        tokens = self.context.tokens
        words = self.context.analysis.text[tokens[phrase.first].start : tokens[phrase.right - 1].end]
        return " ".join(words.lower().split())

    def _anchored(self, phrase: Phrase, holder: str | None) -> str | None:
        if phrase.anchor is None:
            return None
        if phrase.anchor in self.office_heads:
            owner = self.office_heads[phrase.anchor] or self._holder(phrase.anchor)
            return owner if owner != holder else None
        token = self.context.tokens[phrase.anchor]
        ours = self.context.who.is_first_person(token)
        if ours and phrase.title.split()[-1] in _STAFF:
            return None
        found = self._publisher() if ours else self.context.who.resolve(token)
        if not found and token.lower in ("its", "their"):
            beside = self._only(token)
            found = beside if len(beside) == 1 else self.context.who.parties(holder)
        if len(found) != 1 or found[0] == holder:
            return None
        if self.context.entities[found[0]].kind != "Person":
            return found[0]
        return found[0] if phrase.title.split(" of ")[0] in self.context.words.personal else self._affiliation(found[0])

    def _only(self, token: Token) -> tuple[str, ...]:
        """The one party or organisation named in this sentence before a token and in the sentence before."""
        number = self.context.analysis.sentences[token.sentence].number
        first = self.context.analysis.sentences[max(0, number - 1)].first
        named = (self.context.named.get(i) for i in range(first, token.i))
        return tuple(dict.fromkeys(hit[0].id for hit in named if hit and hit[0].kind in ("Party", "Organisation")))

    def _affiliation(self, person: str) -> str | None:
        """The place or body in "X of Y" where the person is named."""
        context = self.context
        for i, (entity, mention) in context.named.items():
            if entity.id != person or i + 2 >= len(context.tokens) or context.tokens[i].end != mention.span.end:
                continue
            if context.tokens[i + 1].lower == "of":
                hit = context.named.get(i + 2) or context.named.get(i + 3)
                return hit[0].id if hit and hit[0].kind != "Person" else None
        return None
