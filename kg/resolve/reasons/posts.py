"""Reasons that weigh for people: which offices one person can hold, when; their ages and callings."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Reason
from kg.resolve.clusters import Cluster
from kg.resolve.names import title_country
from kg.resolve.profiles import Held
from kg.resolve.terms import Term, field_of, gap, is_elected

_YEAR = 365.25
_FADES = 20
_NEAR = 31
"""Days within which two terms count as of one time: whoever changes office is seldom told of in both sooner."""
_TERM = 366
_AGES = 2


def same_office(one: Cluster, other: Cluster) -> Reason | None:
    """Both hold one office, in one body or place; the less telling the more years lie between the two terms."""
    shared = {h for h in one.offices & other.offices if h.of}
    if not shared:
        return None
    years, held = min((_years(one.told_terms.get(h), other.told_terms.get(h)), h.title) for h in shared)
    weight = round(0.4 * (1 - years / _FADES), 2)
    if weight <= 0:
        return None
    return Reason("same office", weight, f"both are {held}" + (f", {years:.0f} years apart" if years >= 1 else ""))


def _years(one: Term | None, other: Term | None) -> float:
    return gap(one, other) / _YEAR if one and other else 0


def other_portfolio(one: Cluster, other: Cluster) -> Reason | None:
    """Both sit in a government at one time, with different tasks; less where one may have followed the other."""
    mine, others = ([(h, t) for h, t in c.terms.items() if field_of(h.title)] for c in (one, other))
    if not mine or not others or any(field_of(a.title) & field_of(b.title) for a, _ in mine for b, _ in others):
        return None
    days = _least((a, b) for _, a in mine for _, b in others)
    if days is not None and days > _NEAR:
        return None
    words = f"one is {min(h.title for h, _ in mine)}, the other {min(h.title for h, _ in others)}"
    if days is None:
        return Reason("other office", -0.2, words)
    if days:
        return Reason("other office", -0.3, f"{words}, {days} days apart")
    return Reason("other office", -0.6, f"{words} at the same time")


def other_seat(one: Cluster, other: Cluster) -> Reason | None:
    """They hold different elected offices of different places at one time, neither of them the other's country."""
    mine, others = ([(h, t) for h, t in c.terms.items() if _is_seat(h)] for c in (one, other))
    if not mine or not others:
        return None
    if any(_near(a, b, other) or _near(b, a, one) for a, _ in mine for b, _ in others):
        return None
    days = _least((a, b) for _, a in mine for _, b in others)
    if days is not None and days > _TERM:
        return None
    first, second = (min(_seat(h) for h, _ in each) for each in (mine, others))
    return Reason("other seat", -0.25, f"one is {first}, the other {second}")


def _is_seat(held: Held) -> bool:
    """Whether somebody is elected to the office for a place, or for a country that stands before it ("a Canadian")."""
    for_country = bool(held.country) and not held.of and not title_country(held.title)
    return is_elected(held.title) and (held.over_place or for_country)


def _near(one: Held, other: Held, where: Cluster) -> bool:
    """Whether one person may have both seats: of one place, or of a place and the country around it."""
    if one.title == other.title or (one.of and other.of and set(one.of.words) & set(other.of.words)):
        return True
    if one.country and other.country:
        return one.country == other.country
    return bool(one.country and one.country in where.homes)


def _seat(held: Held) -> str:
    place = " ".join(held.of.words) if held.of else ""
    return f"{held.title} of {place or held.country}"


def other_age(one: Cluster, other: Cluster) -> Reason | None:
    """The ages that the texts give, at the days of the documents, are one person's, or two people's."""
    if not one.born or not other.born:
        return None
    apart = min(abs(a - b) for a in one.born for b in other.born)
    if apart < _AGES:
        return Reason("same age", 0.15, f"both were born about {min(one.born)}")
    return Reason("other age", -0.4, f"by their ages one was born about {min(one.born)}, the other {min(other.born)}")


def other_calling(one: Cluster, other: Cluster) -> Reason | None:
    """They are called by trades that one person seldom has both of."""
    if not one.callings or not other.callings or one.callings & other.callings:
        return None
    return Reason("other calling", -0.25, f"one is of the {min(one.callings)}, the other of the {min(other.callings)}")


def clash(one: Cluster, other: Cluster) -> bool:
    """Whether an office, an age or a calling says that they are two."""
    found = (judge(one, other) for judge in (other_portfolio, other_seat, other_age, other_calling))
    return any(reason.weight < 0 for reason in found if reason)


def _least(pairs: Iterable[tuple[Term | None, Term | None]]) -> int | None:
    """The fewest days between two terms; None where no two are known."""
    return min((gap(a, b) for a, b in pairs if a and b), default=None)
