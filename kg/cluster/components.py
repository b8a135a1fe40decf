"""Which things hang together, however many pairs bring them together: connected components.

By rounds of large and small stars (R. Kiveris et al., "Connected Components in MapReduce and Beyond", 2014), each a
shuffle; their number grows with the logarithm of the longest way between two things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyspark import RDD, StorageLevel

from kg.cluster.session import shard

_Edge = tuple[Any, Any]


def components(pairs: RDD[_Edge], parts: int) -> RDD[_Edge]:
    """Each thing that stands in a pair, with the least of all that it hangs together with; that one too."""
    edges = _kept(pairs.map(lambda pair: (max(pair), min(pair))).distinct(parts))
    before = _state(edges)
    while True:
        large = _grouped(edges.flatMap(lambda e: [e, e[::-1]]), parts).flatMap(_large)
        small = _kept(_grouped(large, parts).flatMap(_small).distinct(parts))
        after = _state(small)
        edges.unpersist()
        edges = small
        if after == before:
            return edges.flatMap(lambda e: [e, (e[1], e[1])]).distinct(parts)
        before = after


def _grouped(edges: RDD[_Edge], parts: int) -> RDD[tuple[Any, Iterable[Any]]]:
    return edges.groupByKey(parts, shard)


def _large(around: tuple[Any, Iterable[Any]]) -> Iterator[_Edge]:
    """What is larger than a thing, brought to the least of its neighbours."""
    thing, others = around[0], set(around[1])
    least = min(thing, *others)
    return ((other, least) for other in others if other > thing)


def _small(around: tuple[Any, Iterable[Any]]) -> Iterator[_Edge]:
    """A thing and what is smaller than it, brought to the least of them."""
    thing, others = around[0], set(around[1])
    least = min(others)
    return ((other, least) for other in (thing, *others) if other != least)


def _kept(edges: RDD[_Edge]) -> RDD[_Edge]:
    return edges.persist(StorageLevel.MEMORY_AND_DISK)


def _state(edges: RDD[_Edge]) -> tuple[int, int]:
    """How many edges there are, and a sum over them that differs when one does."""
    return edges.map(lambda e: (1, shard(e))).fold((0, 0), lambda a, b: (a[0] + b[0], a[1] + b[1]))
