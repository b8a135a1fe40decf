"""Who is who: each group of names decided alone, then keys given that are unique among all.

Only entities that share a key (a surname, a name without its country, an acronym) are ever weighed against
each other, so the cost grows with the number of namesakes and not with the square of all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.model import Doubt, Identity, Kind, Local, Reason
from kg.resolve import reasons as why
from kg.resolve.bodies import bodies_of
from kg.resolve.clusters import Joiner, grouped
from kg.resolve.groups import place_key
from kg.resolve.judged import Decided
from kg.resolve.keys import Anchor, Held, Wanted, assign, slug
from kg.resolve.names import body, country, fold, is_leaning
from kg.resolve.people import people_of
from kg.resolve.profiles import Profile

SORTS = ("person", "body", "place")
_ORDER: tuple[Kind, ...] = ("Person", "Party", "Organisation", "Place")


class Known(NamedTuple):
    """Names that are one: `key` is the natural one, that others may want too; `members` are sorted."""

    kind: Kind
    key: str
    label: str
    names: tuple[str, ...]
    members: tuple[Local, ...]
    reasons: tuple[Reason, ...]


class Verdicts(NamedTuple):
    """What was decided of one group, and the pairs that were decided only just."""

    known: tuple[Known, ...]
    doubts: tuple[Doubt, ...]


def decide(sort: str, profiles: Iterable[Profile]) -> Verdicts:
    """Who is who in one group of a sort: a pure function of its profiles, in the order of their documents."""
    joiner = Joiner()
    given = list(profiles)
    if sort == "person":
        clusters = people_of(given, joiner)
    elif sort == "body":
        clusters = bodies_of(given, joiner)
    else:
        clusters = [cluster for group in grouped(given, lambda p: place_key(p.name)).values()
                    for cluster in joiner.together(group, why.PLACES)]  # fmt: skip
    return Verdicts(tuple(named(c.members, c.reasons) for c in clusters), tuple(joiner.doubts))


def named(members: Sequence[Profile], reasons: Iterable[Reason]) -> Known:
    """What names that are one are called together."""
    ordered = sorted(members, key=lambda p: p.local)
    kind, label = _kind(members), _label(ordered)
    return Known(kind, _key(kind, label, ordered[0]), label, _names(ordered), tuple(p.local for p in ordered),
                 tuple(reasons))  # fmt: skip


def joined(
    known: Iterable[Known], people: Decided, profiles: Callable[[Iterable[Local]], list[Profile]]
) -> list[Known]:
    """Those whom people made one put together; a word that parts beats one that joins.

    `profiles` gives those of some names.
    """
    found = list(known)
    if not people.same:
        return found
    where = {local: number for number, one in enumerate(found) for local in one.members}
    for one, other, reason in people.same:
        if one not in where or other not in where:
            continue
        mine, others = where[one], where[other]
        if mine == others:
            found[mine] = found[mine]._replace(reasons=(*found[mine].reasons, reason))
        elif not people.parts(found[mine].members, found[others].members):
            reasons = dict.fromkeys((*found[mine].reasons, *found[others].reasons, reason))
            members = *found[mine].members, *found[others].members
            found[mine] = named(profiles(members), reasons)
            where.update((local, mine) for local in found[others].members)
    return [found[number] for number in dict.fromkeys(where.values())]


def identities(known: Iterable[Known], held: Held, starts: Mapping[Local, Sequence[int]]) -> tuple[Identity, ...]:
    """An identity for each, with keys that are unique within their kind; `starts` are the offsets of the mentions."""
    by_kind: dict[Kind, list[Known]] = {kind: [] for kind in _ORDER}
    for one in known:
        by_kind[one.kind].append(one)
    found = (sorted(_identified(some, held, starts), key=lambda i: i.key) for some in by_kind.values())
    return tuple(identity for some in found for identity in some)


def _identified(some: list[Known], held: Held, starts: Mapping[Local, Sequence[int]]) -> Iterator[Identity]:
    keys = assign(Wanted(one.key, "#".join(one.members[0]), _held(one, held, starts)) for one in some)
    for key, one in zip(keys, some, strict=True):
        yield Identity(key, one.kind, one.label, one.names, one.members, one.reasons)


def _held(one: Known, held: Held, starts: Mapping[Local, Sequence[int]]) -> str | None:
    """The key under which a store holds most of the mentions, the first of equals by name."""
    if not held:
        return None
    keys = Counter(
        key
        for local in one.members
        for start in starts[local]
        if (key := held.get(Anchor(one.kind.lower(), local.document, start)))
    )
    return min(keys, key=lambda key: (-keys[key], key)) if keys else None


def _kind(members: Iterable[Profile]) -> Kind:
    """Of bodies party or organisation, as most mentions say; a party where they are even."""
    counts: Counter[Kind] = Counter()
    for profile in members:
        counts[profile.kind] += len(profile.texts)
    return max(counts, key=lambda kind: (counts[kind], kind == "Party"))


def _names(members: Iterable[Profile]) -> tuple[str, ...]:
    found: set[str] = set()
    for profile in members:
        found.add(profile.name)
        found.update(" ".join(text.split()) for text in profile.texts)
    return tuple(sorted(found))


def _label(members: Sequence[Profile]) -> str:
    """The fullest name; of names that are as full, the one in most documents.

    A country goes by its usual name.
    """
    first = members[0]
    if first.kind == "Place" and (usual := country(first.name)):
        return usual
    counts = Counter(p.name for p in members)
    trusted = [name for name in counts if counts[name] * 10 >= max(counts.values())]
    return min(trusted, key=lambda name: (-len(fold(name)), -counts[name], -sum(map(str.isupper, name)), name))


def _key(kind: Kind, label: str, first: Profile) -> str:
    """The label, with the country where the label alone says a leaning that many parties have."""
    said = first.body.country
    if kind != "Party" or not said or body(label).country or not is_leaning(body(label).words):
        return slug(label)
    return slug(f"{label} {said}")
