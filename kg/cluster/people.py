"""Who is who: names shuffled by group, each group decided alone; keys by what wants one key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pyspark import RDD

from kg.cluster.session import shard
from kg.cluster.small import Known, head
from kg.collector import paused
from kg.model import Identity, Local
from kg.resolve.brief import Brief
from kg.resolve.identities import Known as Decided
from kg.resolve.identities import decide, identities
from kg.resolve.who import Names

Who = list[tuple[str, Identity]]
"""The local ids of one document, each with its identity, whose members are left out."""


def people(briefs: RDD[Brief], known: Any, copies: Any, parts: int) -> RDD[Identity]:
    """Every identity; `known` and `copies` are broadcast."""

    def dealt(one: Brief) -> Iterator[tuple[tuple[str, int], Brief]]:
        table: Known = known.value
        found: dict[tuple[str, int], list[Any]] = {}
        for name in one.names:
            of = head(name)
            found.setdefault((of[0], table.groups[of]), []).append(name)
        for group, names in found.items():
            yield group, replace(one, names=tuple(names), posts=(), meetings=(), signature="")

    def decided(group: tuple[tuple[str, int], Iterable[Brief]]) -> list[Decided]:
        ordered = sorted(group[1], key=lambda one: one.slug)
        with paused():
            names = Names(ordered, copies=copies.value, over_all=known.value.tables)
            locals_ = (Local(one.slug, name.id) for one in ordered for name in one.names)
            return list(decide(group[0][0], names.profiles(locals_)).known)

    return (
        briefs.flatMap(dealt).groupByKey(parts, shard).flatMap(decided)
        .map(lambda one: ((one.kind, one.key), one)).groupByKey(parts, shard)
        .flatMap(lambda wanted: identities(list(wanted[1]), {}, {}))
    )  # fmt: skip


def by_document(found: RDD[Identity], parts: int) -> RDD[tuple[str, Who]]:
    """The identities that each document names."""
    return (
        found.flatMap(lambda i: [(local.document, (local.id, alone(i))) for local in i.members])
        .groupByKey(parts, shard)
        .mapValues(list)
    )


def alone(identity: Identity) -> Identity:
    """An identity without its members, which may be many."""
    return Identity(identity.key, identity.kind, identity.label, (), ())


def mapping(slug: str, who: Who | None) -> Mapping[Local, Identity]:
    """The identity of each name of a document."""
    return {Local(slug, local): identity for local, identity in who or ()}
