"""The reasons for and against two entities of different documents being one: small rules with weights.

A rule sees two clusters and answers with a Reason or None; the tables at the end say which rules weigh for
which kind, and `LEAST` what their sum must reach.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kg.model import Reason
from kg.resolve.clusters import Cluster, Judge, Table
from kg.resolve.names import country, fold, initials, is_common
from kg.resolve.profiles import Held

_LEAST = 0.5
_SURE = 0.6
"""What is asked where the names alone are not the same."""
_AGE = 45 * 366
_TERM = 366


def _listing(names: Iterable[Collection[str]]) -> str:
    shown = sorted(" ".join(name) for name in names)
    return ", ".join(shown[:3]) + (" and others" if len(shown) > 3 else "")


# People


def same_name(one: Cluster, other: Cluster) -> Reason | None:
    """Both bear the same full name."""
    return Reason("same name", 0.7, f"both are called {one.first.entity.name}")


def same_office(one: Cluster, other: Cluster) -> Reason | None:
    """Both hold one office, in one body or place."""
    shared = {h for h in one.offices & other.offices if h.of}
    return Reason("same office", 0.4, f"both are {min(h.title for h in shared)}") if shared else None


def same_body(one: Cluster, other: Cluster) -> Reason | None:
    """Both hold an office in one body that is no everyday one."""
    mine = {h.of for h in one.offices if h.of and not h.over_place}
    shared = {b for b in mine & {h.of for h in other.offices} if not is_common(b.words)}
    return Reason("same body", 0.2, f"both have an office in {_listing(b.words for b in shared)}") if shared else None


def shared_people(one: Cluster, other: Cluster) -> Reason | None:
    """Their documents name the same other people."""
    shared = (one.people & other.people) - one.names - other.names
    words = f"their documents both name {_listing(shared)}"
    return Reason("shared people", min(0.3, 0.15 * len(shared)), words) if shared else None


def shared_bodies(one: Cluster, other: Cluster) -> Reason | None:
    """Their documents name the same bodies, everyday ones apart."""
    mine = one.names | other.names
    shared = {b for b in one.bodies & other.bodies if b.words not in mine and not is_common(b.words)}
    words = f"their documents both name {_listing(b.words for b in shared)}"
    return Reason("shared bodies", min(0.2, 0.1 * len(shared)), words) if shared else None


def same_publisher(one: Cluster, other: Cluster) -> Reason | None:
    """Their documents have one publisher."""
    shared = one.publishers & other.publishers
    return Reason("same publisher", 0.05, f"both stand in {min(shared)}") if shared else None


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
    return min((abs(a - b) for a in one.days for b in other.days), default=0)


def told_apart(one: Cluster, other: Cluster) -> Reason | None:
    """One document names both, under one name, and tells them apart."""
    clash = one.told & other.told
    return Reason("told apart", -2.0, f"{min(clash)[0]} has both") if clash else None


def judged(one: Cluster, other: Cluster) -> Reason | None:
    """Somebody decided that they are two."""
    if not one.apart or not other.apart:
        return None
    return next((why for local, why in sorted(one.apart.items()) if local in other.locals), None)


def in_one_document(one: Cluster, other: Cluster) -> Reason | None:
    """One document names both, each in its own way, and does not say that they are one."""
    shared = one.documents & other.documents
    return Reason("in one document", -0.3, f"{min(shared)} names both") if shared else None


def surname(one: Cluster, other: Cluster) -> Reason | None:
    """The shorter name ends the longer one."""
    short, long = sorted((one, other), key=lambda c: len(c.first.words))
    words = f"{short.first.entity.name} is the last name of {long.first.entity.name}"
    return Reason("last name", 0.5, words)


def single_name(one: Cluster, other: Cluster) -> Reason | None:
    """Both bear the same single name, which may be anybody's."""
    return Reason("same single name", 0.4, f"both are called {one.first.entity.name}")


def short_of(one: Cluster, other: Cluster) -> Reason | None:
    """First and last names agree, and what stands between does not speak against it."""
    names = (one.first.entity.name, other.first.entity.name)
    return Reason("first and last name", 0.5, f"{min(names)} and {max(names)} differ in a middle name")


def typing_error(one: Cluster, other: Cluster) -> Reason | None:
    """One letter tells the names apart."""
    names = (one.first.entity.name, other.first.entity.name)
    return Reason("one letter", 0.3, f"{min(names)} and {max(names)} differ in one letter")


# Bodies


def same_body_name(one: Cluster, other: Cluster) -> Reason | None:
    """The names are the same, their country apart; less where every country has such a body."""
    name = one.first.entity.name
    if is_common(one.first.body.words):
        return Reason("same common name", 0.4, f"both are called {name}, as such bodies are everywhere")
    weight = 0.6 if one.first.entity.kind == "Party" else 0.7
    return Reason("same name", weight, f"both are called {name}")


def other_kind(one: Cluster, other: Cluster) -> Reason | None:
    """One is called a party and the other is not; graver where the name is a single word."""
    kinds = {c.first.entity.kind for c in (one, other)}
    weight = -0.4 if len(one.first.body.words) == 1 else -0.1
    return Reason("other kind", weight, "one is a party, the other another body") if len(kinds) > 1 else None


def same_party_name(one: Cluster, other: Cluster) -> Reason | None:
    """The names are the same, and one of them says its country."""
    name, countries = one.first.entity.name, {one.first.body.country, other.first.body.country}
    return Reason("same name", 0.3, f"{name} and its namesake of {next(filter(None, sorted(map(str, countries))))}")


def same_home(one: Cluster, other: Cluster) -> Reason | None:
    """The documents, or the name and the other's documents, are at home in one country, or in two."""
    mine, others = _homes(one), _homes(other)
    if not mine or not others:
        return None
    if shared := mine & others:
        return Reason("same country", 0.2, f"both are at home in {min(shared)}")
    return Reason("other country", -0.3, f"at home in {min(mine)} and in {min(others)}")


def _homes(cluster: Cluster) -> set[str]:
    said = cluster.first.body.country
    return {said} if said else cluster.homes


def other_countries(one: Cluster, other: Cluster) -> Reason | None:
    """The names themselves say different countries."""
    mine, others = one.first.body.country, other.first.body.country
    if not mine or not others or mine == others:
        return None
    return Reason("other country", -2.0, f"one is of {min(mine, others)}, the other of {max(mine, others)}")


def same_officers(one: Cluster, other: Cluster) -> Reason | None:
    """The same person holds an office in both."""
    shared = one.officers & other.officers
    return Reason("same officers", 0.4, f"{_listing(shared)} is of both") if shared else None


def namesake_beside(one: Cluster, other: Cluster) -> Reason | None:
    """The unqualified name stands beside a namesake of another country, so that it is the one at home."""
    plain, said = (one, other) if not one.first.body.country else (other, one)
    beside = {
        b.country
        for b in plain.bodies
        if b.words == plain.first.body.words and b.country and b.country != said.first.body.country
    }
    if plain.first.body.country or not beside:
        return None
    return Reason("namesake beside", 0.2, f"its documents tell it from that of {min(beside)}")


def acronym(one: Cluster, other: Cluster) -> Reason | None:
    """A document introduces the acronym for the other; less where only the first letters agree."""
    short, long = sorted((one, other), key=lambda c: len(c.first.body.words))
    letters = "".join(fold(short.first.entity.name))
    words = f"{short.first.entity.name} stands for {long.first.entity.name}"
    if letters in long.acronyms:
        return Reason("acronym", 0.5, words)
    return Reason("initials", 0.3, words) if letters in initials(long.first.entity.name) else None


def beginning(one: Cluster, other: Cluster) -> Reason | None:
    """The longer name goes on where the shorter ends, with "of" or the like."""
    short, long = sorted((one, other), key=lambda c: len(c.first.body.words))
    weight = 0.0 if is_common(short.first.body.words) else 0.3
    return Reason("beginning", weight, f"{short.first.entity.name} begins {long.first.entity.name}")


# Places


def same_place_name(one: Cluster, other: Cluster) -> Reason | None:
    """The names are the same, or names of one country."""
    return Reason("same name", 0.7, f"both are called {one.first.entity.name}")


def other_whole(one: Cluster, other: Cluster) -> Reason | None:
    """They lie in different countries."""
    mine, others = ({country(p.within) for p in c.members} - {None} for c in (one, other))
    if not mine or not others or mine & others:
        return None
    return Reason("other country", -1.0, f"in {min(map(str, mine))} and in {min(map(str, others))}")


_COMPANY: tuple[Judge, ...] = (shared_people, shared_bodies, same_publisher)
_APART: tuple[Judge, ...] = (told_apart, judged)
_PEOPLE: tuple[Judge, ...] = (same_office, same_body, *_COMPANY, other_country, other_place, long_apart, *_APART)
_BODIES: tuple[Judge, ...] = (other_kind, same_officers, *_COMPANY, other_countries, *_APART)

NAMESAKES = Table((same_name, *_PEOPLE), _LEAST)
SURNAMES = Table((surname, *_PEOPLE, in_one_document), _SURE)
SINGLE_NAMES = Table((single_name, *_PEOPLE, in_one_document), _SURE)
MIDDLE_NAMES = Table((short_of, *_PEOPLE, in_one_document), _LEAST)
TYPING_ERRORS = Table((typing_error, *_PEOPLE, in_one_document), _SURE)
BODIES = Table((same_body_name, same_home, *_BODIES), _LEAST)
PARTIES = Table((same_party_name, namesake_beside, same_home, *_BODIES), _LEAST)
ACRONYMS = Table((acronym, *_BODIES, in_one_document), _LEAST)
BEGINNINGS = Table((beginning, *_BODIES, in_one_document), _LEAST)
PLACES = Table((same_place_name, other_whole, judged), _LEAST)
