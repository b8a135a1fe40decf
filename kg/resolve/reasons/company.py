"""Reasons that weigh for everything that has a name: the company in which documents name it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import log2

from kg.model import Reason
from kg.resolve.clusters import Cluster
from kg.resolve.names import is_common, is_leaning


def listing(names: Iterable[Collection[str]]) -> str:
    """Up to three names, sorted."""
    shown = sorted(" ".join(name) for name in names)
    return ", ".join(shown[:3]) + (" and others" if len(shown) > 3 else "")


def shared_people(one: Cluster, other: Cluster) -> Reason | None:
    """Their documents name the same other people.

    Two are enough where few documents stand behind either; where many do, it is the part of the smaller side's
    company that counts, for somebody in a hundred documents stands beside everybody once.
    """
    shared = (one.people & other.people) - one.names - other.names
    if not shared:
        return None
    fewest = min(len(one.people - one.names), len(other.people - other.names))
    many = max(len(one.documents), len(other.documents))
    weight = min(0.3, max(0.15 * len(shared) / many**0.5, 0.3 * len(shared) / max(fewest, 2)))
    return Reason("shared people", round(weight, 2), f"their documents both name {listing(shared)}")


def no_shared_people(one: Cluster, other: Cluster) -> Reason | None:
    """Nobody stands beside both, and the more telling the more people and documents there are.

    Who is in many documents has met most of those who stand beside him in the next one.
    """
    mine, others = one.people - one.names, other.people - other.names
    if not mine or not others or not mine.isdisjoint(others):
        return None
    fewest, many = min(len(mine), len(others)), log2(1 + max(len(one.documents), len(other.documents)))
    weight = min(0.3, many / 15, 0.02 * fewest * many)
    words = f"of {len(mine)} and {len(others)} people beside them none is the same"
    return Reason("no shared people", -round(weight, 2), words)


def shared_bodies(one: Cluster, other: Cluster) -> Reason | None:
    """Their documents name the same bodies, everyday ones apart; less where many countries have such a party."""
    mine = one.names | other.names
    shared = {b for b in one.bodies & other.bodies if b.words not in mine and not is_common(b.words)}
    if not shared:
        return None
    weight = sum(0.05 if not b.country and is_leaning(b.words) else 0.1 for b in shared)
    words = f"their documents both name {listing(b.words for b in shared)}"
    return Reason("shared bodies", round(min(0.2, weight), 2), words)


def same_text(one: Cluster, other: Cluster) -> Reason | None:
    """They stand in near-copies of one text."""
    if one.stories.isdisjoint(other.stories) or not one.documents.isdisjoint(other.documents):
        return None
    return Reason("same text", 0.4, f"near-copies of {min(one.stories & other.stories)} name both")


def same_publisher(one: Cluster, other: Cluster) -> Reason | None:
    """Their documents have one publisher."""
    shared = one.publishers & other.publishers
    return Reason("same publisher", 0.05, f"both stand in {min(shared)}") if shared else None


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
