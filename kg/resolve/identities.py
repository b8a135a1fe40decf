"""Who is who: the entities of all documents brought together, kind by kind.

Only entities that share a key (a surname, a name without its country, an acronym) are ever weighed against
each other, so the cost grows with the number of namesakes and not with the square of all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import NamedTuple

from kg.model import Doubt, Identity, Kind
from kg.resolve import reasons as why
from kg.resolve.clusters import Cluster, Joiner
from kg.resolve.judged import UNDECIDED, Decided
from kg.resolve.keys import Anchor, Held, Wanted, assign, slug
from kg.resolve.names import body, country, fold, initials, is_acronym, is_leaning, nearly_same, place
from kg.resolve.profiles import Profile

_JOINS = frozenset(("of", "for", "on", "in", "and", "to"))


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
    persons = _people(by_kind["Person"], joiner)
    bodies = _bodies(by_kind["Body"], joiner)
    places = [cluster for group in _grouped(by_kind["Place"], _place_key).values()
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


def _grouped(things: Iterable[Profile], key: Callable[[Profile], Hashable]) -> dict[Hashable, list[Profile]]:
    found: dict[Hashable, list[Profile]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return found


def _people(profiles: list[Profile], joiner: Joiner) -> list[Cluster]:
    full = _grouped((p for p in profiles if len(p.words) > 1), lambda p: p.words)
    clusters = [c for group in full.values() for c in joiner.together(group, why.NAMESAKES)]
    clusters = _without_middle_names(clusters, joiner)
    clusters = _without_typing_errors(clusters, joiner)
    by_surname: dict[tuple[str, ...], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        for words in {p.words for p in cluster.members}:
            for n in range(1, len(words)):
                if cluster not in by_surname[words[n:]]:
                    by_surname[words[n:]].append(cluster)
    single = _grouped((p for p in profiles if len(p.words) <= 1), lambda p: p.words)
    loose = [Cluster.of(p) for group in single.values() for p in group if by_surname.get(p.words)]
    rest = joiner.attach(loose, lambda c: by_surname[c.first.words], why.SURNAMES)
    known = {c.first.words for c in loose}
    alone = [p for words, group in single.items() if words not in known for p in group]
    alone += [p for cluster in rest for p in cluster.members]
    for group in _grouped(alone, lambda p: p.words).values():
        clusters += joiner.together(group, why.SINGLE_NAMES)
    return clusters


def _without_middle_names(clusters: list[Cluster], joiner: Joiner) -> list[Cluster]:
    """ "Ann B. Lee" and "Ann Lee" as one."""
    blocks: dict[tuple[str, str], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        blocks[cluster.first.words[0], cluster.first.words[-1]].append(cluster)
    loose = [c for c in clusters if len(blocks[c.first.words[0], c.first.words[-1]]) > 1 and len(c.first.words) > 2]

    def candidates(cluster: Cluster) -> list[Cluster]:
        words = cluster.first.words
        return [c for c in blocks[words[0], words[-1]] if len(c.first.words) == 2]

    rest = joiner.attach(loose, candidates, why.MIDDLE_NAMES)
    return [c for c in clusters if c not in loose] + rest


def _without_typing_errors(clusters: list[Cluster], joiner: Joiner) -> list[Cluster]:
    """ "Ann Lindgren" and "Ann Lindgern" as one, where more than the name speaks for it."""
    blocks: dict[tuple[str, str], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        blocks[cluster.first.words[0], cluster.first.words[-1][:1]].append(cluster)

    def rank(cluster: Cluster) -> tuple[int, tuple[str, ...]]:
        return -len(cluster.documents), cluster.first.words

    def candidates(cluster: Cluster) -> list[Cluster]:
        words = cluster.first.words
        near = (c for c in blocks[words[0], words[-1][:1]] if nearly_same(words[-1], c.first.words[-1]))
        return [c for c in near if rank(c) < rank(cluster)]

    loose = [c for c in clusters if len(c.documents) == 1 and candidates(c)]
    rest = joiner.attach(loose, candidates, why.TYPING_ERRORS)
    return [c for c in clusters if c not in loose] + rest


def _bodies(profiles: list[Profile], joiner: Joiner) -> list[Cluster]:
    clusters = [c for group in _grouped(profiles, lambda p: p.body).values()
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
            for letters in cluster.acronyms | set(initials(cluster.first.entity.name)):
                long_for[letters].append(cluster)
    short = (c for c in clusters if len(c.first.body.words) == 1 and is_acronym(c.first.entity.name))
    loose = [c for c in short if _letters(c) in long_for]
    rest = joiner.attach(loose, lambda c: long_for[_letters(c)], why.ACRONYMS)
    return [c for c in clusters if c not in loose] + rest


def _letters(cluster: Cluster) -> str:
    return "".join(fold(cluster.first.entity.name))


def _with_beginnings(clusters: list[Cluster], joiner: Joiner) -> list[Cluster]:
    """ "Board of Ferries" and "Board of Ferries of the Isles" as one, where the company says so."""
    longer: dict[tuple[str, ...], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        for words in {fold(p.entity.name) for p in cluster.members}:
            for n in range(2, len(words) - 1):
                if words[n] in _JOINS and cluster not in longer[words[:n]]:
                    longer[words[:n]].append(cluster)

    def candidates(cluster: Cluster) -> list[Cluster]:
        return [c for c in longer[fold(cluster.first.entity.name)] if c is not cluster]

    loose = [c for c in clusters if fold(c.first.entity.name) in longer and candidates(c)]
    rest = joiner.attach(loose, candidates, why.BEGINNINGS)
    return [c for c in clusters if c not in loose] + rest


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
