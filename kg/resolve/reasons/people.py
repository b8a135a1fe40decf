"""Reasons that weigh for people: names, offices, countries, years."""

from __future__ import annotations

from collections.abc import Collection

from kg.model import Reason
from kg.resolve.census import NAMESAKES
from kg.resolve.clusters import Cluster
from kg.resolve.kinship import relation
from kg.resolve.names import is_common
from kg.resolve.profiles import Held
from kg.resolve.reasons.company import listing
from kg.resolve.reasons.posts import clash

_AGE = 45 * 366
_TERM = 366
_NAMES = 60
_HOME = 0.5
_SLIPS = 3


def same_name(one: Cluster, other: Cluster) -> Reason | None:
    """Both bear the same full name."""
    return Reason("same name", 0.7, f"both are called {one.first.name}")


def rare_name(one: Cluster, other: Cluster) -> Reason | None:
    """The name is one that hardly two people bear, or one that many do."""
    known = [c.first.rarity for c in (one, other) if c.first.rarity is not None]
    if not known:
        return None
    same = one.first.words == other.first.words
    if same and max(known) < 0:
        return Reason("rare name", 0.1, f"hardly anybody else can be called {one.first.name}")
    if (min(known) if same else max(known)) > 0:
        return Reason("common name", -0.1, f"many can be called {one.first.name}")
    return None


def rare_surname(one: Cluster, other: Cluster) -> Reason | None:
    """Hardly any other full name ends in the surname; nothing for two of one full name whom an office or age parts."""
    known = [c.first.namesakes for c in (one, other) if c.first.namesakes is not None]
    if not known or max(known) > NAMESAKES or (one.first.words == other.first.words and clash(one, other)):
        return None
    return Reason("rare surname", 0.15, f"of all full names {max(known)} end so")


def same_body(one: Cluster, other: Cluster) -> Reason | None:
    """Both hold an office in one body that is no everyday one."""
    mine = {h.of for h in one.offices if h.of and not h.over_place}
    shared = {b for b in mine & {h.of for h in other.offices} if not is_common(b.words)}
    return Reason("same body", 0.2, f"both have an office in {listing(b.words for b in shared)}") if shared else None


def other_country(one: Cluster, other: Cluster) -> Reason | None:
    """They hold offices of different countries."""
    mine, others = ({h.country for h in c.offices if h.country} for c in (one, other))
    if not mine or not others or mine & others:
        return None
    return Reason("other country", -0.5, f"offices of {min(mine)} and of {min(others)}")


def other_place(one: Cluster, other: Cluster) -> Reason | None:
    """They hold one office over different places, not years apart: two mayors."""
    mine, others = (_seats(c.offices) for c in (one, other))
    clash = sorted(title for title in mine.keys() & others.keys() if mine[title].isdisjoint(others[title]))
    if not clash or _apart(one, other) > 10 * _TERM:
        return None
    return Reason("other place", -0.4, f"both are {clash[0]}, of different places")


def _seats(offices: Collection[Held]) -> dict[str, set[object]]:
    found: dict[str, set[object]] = {}
    for held in offices:
        if held.over_place:
            found.setdefault(held.title, set()).add(held.of)
    return found


def long_apart(one: Cluster, other: Cluster) -> Reason | None:
    """A working life lies between their documents."""
    years = _apart(one, other) // 365
    return Reason("long apart", -0.5, f"{years} years lie between them") if years * 365 > _AGE else None


def _apart(one: Cluster, other: Cluster) -> int:
    """Days between the years in which documents name each; 0 where these overlap or are unknown."""
    if not (one.first_day and one.last_day and other.first_day and other.last_day):
        return 0
    return max(0, one.first_day - other.last_day, other.first_day - one.last_day)


def surname(one: Cluster, other: Cluster) -> Reason | None:
    """The shorter name ends the longer one."""
    short, long = sorted((one, other), key=lambda c: len(c.first.words))
    words = f"{short.first.name} is the last name of {long.first.name}"
    return Reason("last name", 0.5, words)


def single_name(one: Cluster, other: Cluster) -> Reason | None:
    """Both bear the same single name, which may be anybody's."""
    return Reason("same single name", 0.4, f"both are called {one.first.name}")


def kin(one: Cluster, other: Cluster) -> Reason | None:
    """Their names differ in a way in which papers write one person's name."""
    found = relation(one.first.words, other.first.words)
    if not found:
        return Reason("other name", -2.0, "their names are two")
    names = sorted((one.first.name, other.first.name))
    return Reason(found.rule, found.weight, f"{names[0]} and {names[1]}: {found.words}")


def other_first_name(one: Cluster, other: Cluster) -> Reason | None:
    """A name that one goes by elsewhere is none that the other can have: another first or middle name."""
    if len(one.names) * len(other.names) in (1, 2) or len(one.names) * len(other.names) > _NAMES:
        return None
    clash = ((a, b) for a in sorted(one.names) for b in sorted(other.names) if min(len(a), len(b)) > 1)
    found = next(((a, b) for a, b in clash if not relation(a, b)), None)
    return Reason("other first name", -0.3, f"{listing([found[0]])} and {listing([found[1]])}") if found else None


def other_gender(one: Cluster, other: Cluster) -> Reason | None:
    """One is addressed as a man, the other as a woman."""
    genders = {frozenset(c.genders) for c in (one, other)}
    if len(genders) < 2 or any(len(each) != 1 for each in genders):
        return None
    return Reason("other gender", -0.6, "one is addressed as a man, the other as a woman")


def other_home(one: Cluster, other: Cluster) -> Reason | None:
    """Their documents are mostly at home in one country, or in others."""
    if not one.homes or not other.homes:
        return None
    mine, others = one.homes.total(), other.homes.total()
    shared = sum(min(count / mine, other.homes[land] / others) for land, count in one.homes.items())
    lands = (
        min(one.homes, key=lambda land: (-one.homes[land], land)),
        min(other.homes, key=lambda land: (-other.homes[land], land)),
    )
    if shared >= _HOME:
        return Reason("same country", 0.1, f"their documents are at home in {lands[0]}")
    if shared:
        return None
    return Reason("other country", -0.15, f"their documents are at home in {lands[0]} and in {lands[1]}")


def often_so(one: Cluster, other: Cluster) -> Reason | None:
    """Only a letter tells the names apart, but both stand in several documents: that is no slip."""
    found = relation(one.first.words, other.first.words)
    fewest = min(len(one.documents), len(other.documents))
    if not found or fewest < _SLIPS or "one letter" not in found.rule:
        return None
    return Reason("often so", -0.3, f"either stands in {fewest} documents")
