"""The small tables over all documents, and which names may bear on each other.

They are made by shuffles and gathered at the driver: one row a distinct name, publisher or near-copy, none a document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any, NamedTuple

from pyspark import RDD

from kg.cluster.session import shard
from kg.model import Local, Story
from kg.resolve.brief import Brief, Name
from kg.resolve.census import core
from kg.resolve.copies import bands, gathered, shared
from kg.resolve.groups import Record, body_groups, near, person_groups, place_groups
from kg.resolve.kinship import blocks
from kg.resolve.names import Words, fold
from kg.resolve.publishers import usual
from kg.resolve.who import Tables, census

Head = tuple[str, str, str | None]
"""A name as written: its sort ("person", "body", "place"), the words, of a body what tells it from namesakes."""


class Known(NamedTuple):
    """The tables, and the group of each name."""

    tables: Tables
    groups: Mapping[Head, int]


def head(name: Name) -> Head:
    """What decides on a name's group, beside what it is called for short."""
    if name.kind in ("Person", "Place"):
        return name.kind.lower(), name.name, None
    return "body", name.name, name.qualifier


def known(briefs: RDD[Brief], parts: int) -> Known:
    """The tables over all documents."""
    heads = (
        briefs.flatMap(lambda one: [(head(n), (frozenset(n.acronyms), frozenset(n.shorts))) for n in one.names])
        .reduceByKey(lambda a, b: (a[0] | b[0], a[1] | b[1]), parts, shard)
        .cache()
    )  # fmt: skip
    homes = (
        briefs.filter(lambda one: bool(one.home and one.publisher))
        .map(lambda one: ((one.publisher or "", one.home or ""), 1))
        .reduceByKey(lambda a, b: a + b, parts, shard)
        .collectAsMap()
    )
    akin = (
        heads.map(lambda item: fold(item[0][1]) if item[0][0] == "person" and len(core(item[0][1])) > 1 else ())
        .filter(bool).distinct(parts)
        .flatMap(lambda words: [(key, words) for key in dict.fromkeys(blocks(words))])
        .groupByKey(parts, shard)
        .flatMap(lambda block: near(sorted(block[1])))
        .distinct(parts).collect()
    )  # fmt: skip
    found = sorted(heads.collect(), key=lambda item: (*item[0][:2], item[0][2] or ""))
    people = census(item[0][1] for item in found if item[0][0] == "person")
    heads.unpersist()
    return Known(Tables(people, usual(homes)), _groups(found, sorted(akin)))


def _groups(
    heads: Iterable[tuple[Head, tuple[frozenset[str], frozenset[str]]]], akin: list[tuple[Words, Words]]
) -> Mapping[Head, int]:
    records: dict[str, list[Record]] = {"person": [], "body": [], "place": []}
    by_number: list[Head] = []
    for (sort, words, qualifier), (acronyms, shorts) in heads:
        local = Local("", str(len(by_number)))
        by_number.append((sort, words, qualifier))
        kind: Any = {"person": "Person", "place": "Place"}.get(sort, "Organisation")
        name = Name(local.id, kind, words, qualifier, None, (), sorted(acronyms), sorted(shorts), "")
        records[sort].append(Record(local, name))
    parted = [
        *person_groups(records["person"], akin), *body_groups(records["body"]), *place_groups(records["place"]),
    ]  # fmt: skip
    return {by_number[int(record.local.id)]: n for n, group in enumerate(parted) for record in group}


def stories(briefs: RDD[Brief], texts: RDD[tuple[str, str]], parts: int) -> tuple[Story, ...]:
    """The near-copies of one text: documents that share a band of their signatures, compared by their words."""
    pairs = (
        briefs.filter(lambda one: bool(one.signature))
        .flatMap(lambda one: [(band, one.slug) for band in bands(one.signature)])
        .groupByKey(parts, shard)
        .flatMap(lambda block: combinations(sorted(set(block[1])), 2))
        .distinct(parts)
    )
    alike = (
        pairs.join(texts, parts)
        .map(lambda item: (item[1][0], (item[0], item[1][1])))
        .join(texts, parts)
        .map(lambda item: ((item[1][0][0], item[0]), shared(item[1][0][1], item[1][1])))
        .filter(lambda item: item[1] > 0)
        .collectAsMap()
    )
    if not alike:
        return ()
    wanted = {slug for pair in alike for slug in pair}
    days = briefs.filter(lambda one: one.slug in wanted).map(lambda one: (one.slug, one.day)).collectAsMap()
    return gathered(days, alike)
