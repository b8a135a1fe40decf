"""Which office a document gives to whom."""

from __future__ import annotations

from kg.find.referents import Referents
from kg.find.roles.beside import Beside
from kg.find.roles.bodies import Bodies
from kg.find.roles.context import Claim, Context
from kg.find.roles.descriptions import described
from kg.find.roles.lists import Lists
from kg.find.roles.merge import merge
from kg.find.roles.successors import Successors
from kg.find.roles.verbs import Verbs
from kg.language.analysis import Analysis
from kg.model import Entity, Role


def find(analysis: Analysis, entities: tuple[Entity, ...], who: Referents | None = None) -> tuple[Role, ...]:
    """The roles of a document in order: one for each holder, title and body, with every sentence that says so.

    `who` are the referents of the document while no role is known; they are made where they are not given.
    """
    context = Context(analysis, entities, who or Referents(analysis, entities, ()))
    claims: list[Claim] = Lists(context).claims()
    taken = frozenset(claim.phrase.head for claim in claims)
    claims += [claim for claim in Beside(context).claims() if claim.phrase.head not in taken]
    claims = _settled(claims)
    taken = frozenset(claim.phrase.head for claim in claims)
    claims += Verbs(context).claims(taken)
    claims = _completed(context, claims)
    after = Successors(context).claims(claims)
    renamed = {(claim.phrase.head, claim.holder) for claim in after}
    claims = [claim for claim in claims if (claim.phrase.head, claim.holder) not in renamed] + after
    claims = _completed(context, claims + described(context, claims))
    return merge(context, claims)


def _completed(context: Context, claims: list[Claim]) -> list[Claim]:
    bodies = Bodies(context, claims)
    return [bodies.completed(claim) for claim in claims]


def _settled(claims: list[Claim]) -> list[Claim]:
    """Without the doubtful claims whose holder has another office: "The leader, A, and B met" is a list."""
    sure = {claim.holder for claim in claims if claim.weight >= 0.5}
    return [claim for claim in claims if claim.weight >= 0.5 or claim.holder not in sure]
