"""Who is who: the entities of all documents brought together, kind by kind.

Only entities that share a key (a surname, a name without its country, an acronym) are ever weighed against
each other, so the cost grows with the number of namesakes and not with the square of all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from typing import NamedTuple

from kg.model import Doubt, Identity, Kind
from kg.resolve import reasons as why
from kg.resolve.bodies import bodies_of
from kg.resolve.clusters import Cluster, Joiner, grouped
from kg.resolve.judged import UNDECIDED, Decided
from kg.resolve.keys import Anchor, Held, Wanted, assign, slug
from kg.resolve.names import body, country, fold, is_leaning, place
from kg.resolve.people import people_of
from kg.resolve.profiles import Profile


class Identified(NamedTuple):
    """Who is who, and the pairs that were decided only just."""

    identities: tuple[Identity, ...]
    doubts: tuple[Doubt, ...]


def identities(profiles: Iterable[Profile], held: Held, people: Decided = UNDECIDED) -> Identified:
    """One identity for each person, body and place, with keys that are unique within their kind."""
    joiner = Joiner()
    by_kind: dict[str, list[Profile]] = defaultdict(list)
    for profile in profiles:
        by_kind["Body" if profile.entity.kind in ("Party", "Organisation") else profile.entity.kind].append(profile)
    persons = people_of(by_kind["Person"], joiner)
    bodies = bodies_of(by_kind["Body"], joiner)
    places = [cluster for group in grouped(by_kind["Place"], _place_key).values()
              for cluster in joiner.together(group, why.PLACES)]  # fmt: skip
    clusters: dict[Kind, list[Cluster]] = {"Person": _joined(persons, people), "Party": [], "Organisation": []}
    clusters["Place"] = _joined(places, people)
    for cluster in _joined(bodies, people):
        clusters[_kind(cluster)].append(cluster)
    found = tuple(i for kind, some in clusters.items() for i in _named(kind, some, held))
    return Identified(found, tuple(joiner.doubts))


def _joined(clusters: list[Cluster], people: Decided) -> list[Cluster]:
    """Clusters that people made one put together; a word that parts beats one that joins."""
    if not people.same:
        return clusters
    where = {local: cluster for cluster in clusters for local in cluster.locals}
    for one, other, reason in people.same:
        if one not in where or other not in where:
            continue
        mine, others = where[one], where[other]
        if mine is others:
            mine.reasons.append(reason)
        elif not why.judged(mine, others):
            mine.join(others, [reason])
            where.update((local, mine) for local in others.locals)
    return list(dict.fromkeys(where.values()))


def _place_key(profile: Profile) -> Hashable:
    return country(profile.entity.name) or place(profile.entity.name)


def _kind(cluster: Cluster) -> Kind:
    """Party or organisation, as most mentions say; a party where they are even."""
    counts = Counter({"Party": 0, "Organisation": 0})
    for profile in cluster.members:
        counts[profile.entity.kind] += len(profile.entity.mentions)
    return "Party" if counts["Party"] >= counts["Organisation"] else "Organisation"


def _named(kind: Kind, clusters: list[Cluster], held: Held) -> list[Identity]:
    wanted = []
    for cluster in clusters:
        cluster.members.sort(key=lambda p: p.local)
        apart = "#".join(cluster.first.local)
        wanted.append(Wanted(_key(kind, cluster), apart, _held(kind, cluster, held)))
    return [
        Identity(key, kind, _label(kind, c), _names(c), tuple(p.local for p in c.members), tuple(c.reasons))
        for key, c in sorted(zip(assign(wanted), clusters, strict=True), key=lambda pair: pair[0])
    ]


def _held(kind: Kind, cluster: Cluster, held: Held) -> str | None:
    """The key that most mentions of the cluster have in the store."""
    if not held:
        return None
    keys = Counter(
        key
        for p in cluster.members
        for m in p.entity.mentions
        if (key := held.get(Anchor(kind.lower(), p.local.document, m.span.start)))
    )
    return min(keys, key=lambda key: (-keys[key], key)) if keys else None


def _names(cluster: Cluster) -> tuple[str, ...]:
    found = {" ".join(m.text.split()) for p in cluster.members for m in p.entity.mentions}
    return tuple(sorted(found | {p.entity.name for p in cluster.members}))


def _label(kind: Kind, cluster: Cluster) -> str:
    """The fullest name; of names that are as full, the one in most documents.

    A country goes by its usual name.
    """
    if kind == "Place" and (usual := country(cluster.first.entity.name)):
        return usual
    counts = Counter(p.entity.name for p in cluster.members)
    trusted = [name for name in counts if counts[name] * 10 >= max(counts.values())]
    return min(trusted, key=lambda name: (-len(fold(name)), -counts[name], -sum(map(str.isupper, name)), name))


def _key(kind: Kind, cluster: Cluster) -> str:
    """The label, with the country where the label alone says a leaning that many parties have."""
    label, said = _label(kind, cluster), cluster.first.body.country
    if kind != "Party" or not said or body(label).country or not is_leaning(body(label).words):
        return slug(label)
    return slug(f"{label} {said}")
