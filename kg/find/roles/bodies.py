"""Of which body or place an office is, where a word stands for it: "the party's chief executive", "his deputy"."""

from __future__ import annotations

from kg.find.offices import Phrase
from kg.find.roles.context import Claim, Context


class Bodies:
    """Completes claims with the body that their words take up."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def completed(self, claim: Claim) -> Claim:
        """The claim with its body, as far as the text tells it."""
        if claim.of is not None or claim.phrase.anchor is None:
            return claim
        return claim._replace(of=self._anchored(claim.phrase, claim.holder))

    def _anchored(self, phrase: Phrase, holder: str | None) -> str | None:
        if phrase.anchor is None:
            return None
        found = self.context.who.resolve(self.context.tokens[phrase.anchor])
        if len(found) != 1 or found[0] == holder:
            return None
        if self.context.entities[found[0]].kind != "Person":
            return found[0]
        return found[0] if phrase.title.split(" of ")[0] in self.context.words.personal else self._affiliation(found[0])

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
