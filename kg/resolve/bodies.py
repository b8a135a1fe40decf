"""Which parties and other bodies of several documents are one: decided within a group (see `groups`)."""

from __future__ import annotations

from collections import defaultdict

from kg.resolve import reasons as why
from kg.resolve.clusters import Cluster, Joiner, grouped
from kg.resolve.names import fold, initials, is_acronym
from kg.resolve.profiles import Profile

JOINS = frozenset(("of", "for", "on", "in", "and", "to"))
"""Words with which a longer name goes on where a shorter one ends."""


def bodies_of(profiles: list[Profile], joiner: Joiner) -> list[Cluster]:
    """A cluster for each body: those of one name first, then with country, acronyms and beginnings of names."""
    clusters = [c for group in grouped(profiles, lambda p: p.body).values()
                for c in joiner.together(group, why.BODIES)]  # fmt: skip
    clusters = _with_country(clusters, joiner)
    clusters = _with_acronyms(clusters, joiner)
    return _with_beginnings(clusters, joiner)


def _with_country(clusters: list[Cluster], joiner: Joiner) -> list[Cluster]:
    """ "Labour" and "UK Labour Party" as one, "Labour" and "Israeli Labor Party" as two."""
    of_country: dict[tuple[str, ...], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if cluster.first.body.country:
            of_country[cluster.first.body.words].append(cluster)
    loose = [c for c in clusters if not c.first.body.country and c.first.body.words in of_country]
    rest = joiner.attach(loose, lambda c: of_country[c.first.body.words], why.PARTIES)
    return [c for c in clusters if c not in loose] + rest


def _with_acronyms(clusters: list[Cluster], joiner: Joiner) -> list[Cluster]:
    """ "BDF" and "Board of Deep Ferries" as one, where a document says so or the company does."""
    long_for: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if len(cluster.first.body.words) > 1:
            for letters in cluster.acronyms | set(initials(cluster.first.name)):
                long_for[letters].append(cluster)
    short = (c for c in clusters if len(c.first.body.words) == 1 and is_acronym(c.first.name))
    loose = [c for c in short if _letters(c) in long_for]
    rest = joiner.attach(loose, lambda c: long_for[_letters(c)], why.ACRONYMS)
    return [c for c in clusters if c not in loose] + rest


def _letters(cluster: Cluster) -> str:
    return "".join(fold(cluster.first.name))


def _with_beginnings(clusters: list[Cluster], joiner: Joiner) -> list[Cluster]:
    """ "Board of Ferries" and "Board of Ferries of the Isles" as one, where the company says so."""
    longer: dict[tuple[str, ...], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        for words in {fold(p.name) for p in cluster.members}:
            for n in range(2, len(words) - 1):
                if words[n] in JOINS and cluster not in longer[words[:n]]:
                    longer[words[:n]].append(cluster)

    def candidates(cluster: Cluster) -> list[Cluster]:
        return [c for c in longer[fold(cluster.first.name)] if c is not cluster]

    loose = [c for c in clusters if fold(c.first.name) in longer and candidates(c)]
    rest = joiner.attach(loose, candidates, why.BEGINNINGS)
    return [c for c in clusters if c not in loose] + rest
