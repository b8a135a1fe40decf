"""Which accounts tell of one meeting: accounts shuffled by block, pairs by group, occasions by the key they want."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from pyspark import RDD, StorageLevel

from kg.cluster.components import components
from kg.cluster.people import Who, mapping
from kg.cluster.session import shard
from kg.model import Local, Occasion
from kg.resolve.brief import Brief
from kg.resolve.occasions import Group, Meets, decide, natural_key, occasions
from kg.resolve.occasions.account import Account, Atlas, told, weighed, within
from kg.resolve.occasions.later import held_later
from kg.resolve.occasions.pairs import Key, Pair, keys, near, weighs

Told = tuple[str, tuple[Brief, Who | None]]
"""A document's slug with its brief and whom it names."""


def accounts(documents: RDD[Told], copies: Any) -> RDD[Account]:
    """Every account of a meeting, told in identities; `copies` is broadcast."""
    places = documents.flatMap(lambda item: within(item[1][0], mapping(item[0], item[1][1]))).distinct().collect()
    atlas = documents.context.broadcast(Atlas(sorted(places)))
    return documents.flatMap(
        lambda item: told(item[1][0], mapping(item[0], item[1][1]), atlas.value, copies.value.get(item[0]))
    )


def held(found: RDD[Account], parts: int) -> RDD[tuple[Occasion, str | None]]:
    """Every occasion, with the key of that as which it was held."""
    by_place = found.map(lambda account: (account.local, account))
    firsts = _meets(found, parts).flatMap(lambda m: [(local, m if local == m.accounts[0] else m.accounts[0])
                                                     for local in m.accounts])  # fmt: skip
    known = by_place.leftOuterJoin(firsts, parts).leftOuterJoin(_later(found, parts), parts)
    made = (
        known.map(_led).groupByKey(parts, shard).map(_wanted).groupByKey(parts, shard).flatMap(_made)
        .persist(StorageLevel.MEMORY_AND_DISK)
    )  # fmt: skip
    where = made.flatMap(lambda occasion: [(local, occasion.key) for local in occasion.accounts])
    plans = made.map(lambda occasion: (occasion.held_later or Local("", ""), occasion))
    return plans.leftOuterJoin(where, parts).values()


def _meets(found: RDD[Account], parts: int) -> RDD[Meets]:
    """The accounts that are one, group by group."""
    pairs = (
        found.flatMap(lambda account: [(key, account) for key in keys(account)])
        .groupByKey(parts, shard)
        .flatMap(_paired)
        .reduceByKey(lambda one, other: one, parts, shard)
        .persist(StorageLevel.MEMORY_AND_DISK)
    )
    roots = components(pairs.keys(), parts)
    return (
        pairs.map(lambda item: (item[0][0], item[1])).join(roots, parts)
        .map(lambda item: (item[1][1], item[1][0])).groupByKey(parts, shard).flatMap(_decided)
    )  # fmt: skip


def _paired(block: tuple[Key, Iterable[Account]]) -> Iterator[tuple[tuple[Local, Local], Pair]]:
    found = list(block[1])
    for one, other in near(found) if weighs(block[0], found) else ():
        pair = Pair(*weighed(one, other), one, other)
        if pair.bears:
            yield (one.local, other.local), pair


def _decided(group: tuple[Local, Iterable[Pair]]) -> tuple[Meets, ...]:
    pairs = list(group[1])
    there = {account.local: account for pair in pairs for account in (pair.one, pair.other)}
    # One account is one object: it stands in several pairs, which came here by several ways.
    pairs = [pair._replace(one=there[pair.one.local], other=there[pair.other.local]) for pair in pairs]
    return decide(Group(list(there.values()), pairs)).meets


def _led(item: Any) -> tuple[Local, Any]:
    """An account by the first of those that are one with it, with what came of it; the first brings why."""
    local, ((account, meets), later) = item
    first = meets.accounts[0] if isinstance(meets, Meets) else meets or local
    return first, (account, meets if isinstance(meets, Meets) else None, later)


def _wanted(item: tuple[Local, Iterable[Any]]) -> tuple[str, list[Any]]:
    """The accounts of one occasion by the key that it wants."""
    group = sorted(item[1], key=lambda each: each[0].local)
    return natural_key([account for account, _, _ in group]), group


def _made(item: tuple[str, Iterable[list[Any]]]) -> tuple[Occasion, ...]:
    """The occasions that want one key."""
    rows = [row for group in item[1] for row in group]
    meets = [met for _, met, _ in rows if met is not None]
    later = {account.local: came for account, _, came in rows if came is not None}
    return occasions([account for account, _, _ in rows], {}, meets, later)


def _later(found: RDD[Account], parts: int) -> RDD[tuple[Local, Any]]:
    """What came of plans: each plan beside the held meetings of its first two participants."""
    plans = found.filter(lambda a: a.status in ("Planned", "Proposed") and len(a.who) > 1).map(
        lambda a: (tuple(sorted(a.who)[:2]), a)
    )
    kept = found.filter(lambda a: a.status == "Held").flatMap(
        lambda a: [(pair, a) for pair in combinations(sorted(a.who), 2)]
    )
    return plans.cogroup(kept, parts).flatMap(lambda item: held_later([*item[1][0], *item[1][1]]))
