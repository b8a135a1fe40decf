"""Which people of several documents are one: decided within a group (see `groups`).

Only those who share a key (a full name, the bones of a surname, a surname alone) are ever weighed against each
other, so the cost grows with the number of namesakes and not with the square of all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable

from kg.resolve import reasons as why
from kg.resolve.census import core
from kg.resolve.clusters import Cluster, Joiner, grouped
from kg.resolve.kinship import blocks, relation
from kg.resolve.profiles import Profile

CROWD = 40
"""Of a block, each is weighed against so many others at most: those whose names are nearest in order."""


def people_of(profiles: list[Profile], joiner: Joiner) -> list[Cluster]:
    """A cluster for each person: namesakes first, then other ways of writing a name, then surnames alone."""
    full = grouped((p for p in profiles if len(core(p.name)) > 1), lambda p: p.words)
    clusters = [c for group in full.values() for c in joiner.together(group, why.NAMESAKES)]
    clusters = joiner.families(clusters, list(_pairs(clusters)), why.VARIANTS)
    return _with_surnames(clusters, [p for p in profiles if len(core(p.name)) <= 1], joiner)


def _pairs(clusters: list[Cluster]) -> Iterable[tuple[Cluster, Cluster]]:
    """Clusters whose names may be one person's, each pair once."""
    order = {id(cluster): number for number, cluster in enumerate(clusters)}
    found: dict[tuple[str, ...], list[Cluster]] = defaultdict(list)
    for cluster in sorted(clusters, key=lambda c: (c.first.words, c.first.local)):
        for key in blocks(cluster.first.words):
            found[key].append(cluster)
    seen: set[tuple[int, int]] = set()
    for block in found.values():
        for place, one in enumerate(block):
            for other in block[place + 1 : place + 1 + CROWD]:
                pair = min(order[id(one)], order[id(other)]), max(order[id(one)], order[id(other)])
                if pair not in seen:
                    seen.add(pair)
                    if relation(one.first.words, other.first.words):
                        yield one, other


def _with_surnames(clusters: list[Cluster], profiles: list[Profile], joiner: Joiner) -> list[Cluster]:
    """Surnames alone, each with the one person that the company fits."""
    by_surname: dict[Hashable, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        for last in {words[n:] for words in cluster.names for n in range(1, len(words))}:
            by_surname[last].append(cluster)
        for first in {words[:1] for words in cluster.names} & cluster.shorts:
            by_surname[first].append(cluster)
    single = grouped(profiles, _last)
    loose = [Cluster.of(p) for words, group in single.items() for p in group if by_surname.get(words)]
    rest = joiner.attach(loose, lambda c: by_surname[_last(c.first)], why.SURNAMES)
    known = {_last(c.first) for c in loose}
    alone = [p for words, group in single.items() if words not in known for p in group]
    alone += [p for cluster in rest for p in cluster.members]
    for group in grouped(alone, _last).values():
        clusters += joiner.together(group, why.SINGLE_NAMES)
    return clusters


def _last(profile: Profile) -> Hashable:
    """A surname that stands alone, without its particles."""
    return core(profile.name)
