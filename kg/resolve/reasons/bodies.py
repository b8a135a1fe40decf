"""Reasons that weigh for bodies: parties, ministries, movements, companies."""

from __future__ import annotations

from kg.model import Reason
from kg.resolve.clusters import Cluster
from kg.resolve.names import fold, initials, is_common
from kg.resolve.reasons.company import listing


def same_body_name(one: Cluster, other: Cluster) -> Reason | None:
    """The names are the same, their country apart; less where every country has such a body."""
    name = one.first.name
    if is_common(one.first.body.words):
        return Reason("same common name", 0.4, f"both are called {name}, as such bodies are everywhere")
    weight = 0.6 if one.first.kind == "Party" else 0.7
    return Reason("same name", weight, f"both are called {name}")


def other_kind(one: Cluster, other: Cluster) -> Reason | None:
    """One is called a party and the other is not; graver where the name is a single word."""
    kinds = {c.first.kind for c in (one, other)}
    weight = -0.4 if len(one.first.body.words) == 1 else -0.1
    return Reason("other kind", weight, "one is a party, the other another body") if len(kinds) > 1 else None


def same_party_name(one: Cluster, other: Cluster) -> Reason | None:
    """The names are the same, and one of them says its country."""
    name, countries = one.first.name, {one.first.body.country, other.first.body.country}
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
    return {said} if said else set(cluster.homes)


def other_countries(one: Cluster, other: Cluster) -> Reason | None:
    """The names themselves say different countries."""
    mine, others = one.first.body.country, other.first.body.country
    if not mine or not others or mine == others:
        return None
    return Reason("other country", -2.0, f"one is of {min(mine, others)}, the other of {max(mine, others)}")


def same_officers(one: Cluster, other: Cluster) -> Reason | None:
    """The same person holds an office in both."""
    shared = one.officers & other.officers
    return Reason("same officers", 0.4, f"{listing(shared)} is of both") if shared else None


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
    letters = "".join(fold(short.first.name))
    words = f"{short.first.name} stands for {long.first.name}"
    if letters in long.acronyms:
        return Reason("acronym", 0.5, words)
    return Reason("initials", 0.3, words) if letters in initials(long.first.name) else None


def beginning(one: Cluster, other: Cluster) -> Reason | None:
    """The longer name goes on where the shorter ends, with "of" or the like."""
    short, long = sorted((one, other), key=lambda c: len(c.first.body.words))
    weight = 0.0 if is_common(short.first.body.words) else 0.3
    return Reason("beginning", weight, f"{short.first.name} begins {long.first.name}")
