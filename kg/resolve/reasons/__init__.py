"""The reasons for and against two entities of different documents being one: small rules with weights.

A rule sees two clusters and answers with a Reason or None; the tables here say which rules weigh for which sort
of pair, and what their sum must reach.
"""

from __future__ import annotations

from kg.model import Reason
from kg.resolve.clusters import Cluster, Judge, Table
from kg.resolve.names import country
from kg.resolve.reasons import bodies as body
from kg.resolve.reasons import company, people, posts
from kg.resolve.reasons.company import judged

__all__ = ["ACRONYMS", "BEGINNINGS", "BODIES", "NAMESAKES", "PARTIES", "PLACES", "SINGLE_NAMES", "SURNAMES", "VARIANTS",
           "judged"]  # fmt: skip

_LEAST = 0.5
_SURE = 0.6
"""What is asked where a name may be anybody's."""


def same_place_name(one: Cluster, other: Cluster) -> Reason | None:
    """The names are the same, or names of one country."""
    return Reason("same name", 0.7, f"both are called {one.first.name}")


def other_whole(one: Cluster, other: Cluster) -> Reason | None:
    """They lie in different countries."""
    mine, others = ({country(p.within) for p in c.members} - {None} for c in (one, other))
    if not mine or not others or mine & others:
        return None
    return Reason("other country", -1.0, f"in {min(map(str, mine))} and in {min(map(str, others))}")


_COMPANY: tuple[Judge, ...] = (
    company.shared_people, company.shared_bodies, company.same_text, company.same_publisher,
)  # fmt: skip
_APART: tuple[Judge, ...] = (company.told_apart, judged)
_OFFICES: tuple[Judge, ...] = (
    posts.same_office, people.same_body, people.other_country, people.other_place, posts.other_portfolio,
    posts.other_seat, posts.other_age, posts.other_calling,
)  # fmt: skip
_PEOPLE: tuple[Judge, ...] = (
    *_OFFICES, *_COMPANY, company.no_shared_people, people.other_home, people.other_gender, people.long_apart, *_APART,
)  # fmt: skip
_BODIES: tuple[Judge, ...] = (body.other_kind, body.same_officers, *_COMPANY, body.other_countries, *_APART)

NAMESAKES = Table((people.same_name, people.rare_name, *_PEOPLE), _LEAST, near=0.45)
VARIANTS = Table(
    (
        people.kin,
        people.often_so,
        people.other_first_name,
        people.rare_name,
        people.rare_surname,
        *_PEOPLE,
        company.in_one_document,
    ),
    _LEAST,
)
SURNAMES = Table((people.surname, people.rare_surname, *_PEOPLE, company.in_one_document), _SURE)
SINGLE_NAMES = Table((people.single_name, *_PEOPLE, company.in_one_document), _SURE)
BODIES = Table((body.same_body_name, body.same_home, *_BODIES), _LEAST)
PARTIES = Table((body.same_party_name, body.namesake_beside, body.same_home, *_BODIES), _LEAST)
ACRONYMS = Table((body.acronym, *_BODIES, company.in_one_document), _LEAST)
BEGINNINGS = Table((body.beginning, *_BODIES, company.in_one_document), _LEAST)
PLACES = Table((same_place_name, other_whole, judged), _LEAST)
