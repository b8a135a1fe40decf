"""Offices over time, shuffled by body and title; likely holders of unnamed ones, shuffled by title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from pyspark import RDD

from kg.cluster.meetings import Told
from kg.cluster.people import Who, alone, mapping
from kg.cluster.session import shard
from kg.model import Identity, Kind, Likely, Local, Office
from kg.resolve.brief import Brief, Post
from kg.resolve.keys import slug
from kg.resolve.offices import Told as Telling
from kg.resolve.offices import likely, office_group, offices, tellings
from kg.resolve.titles import canonical, plain


class _Part(NamedTuple):
    """One document's roles of one title, with all whom it names."""

    one: Brief
    who: Who


def posts(documents: RDD[Told], parts: int) -> RDD[tuple[Office, Identity | None]]:
    """Every office with its body or place."""
    return documents.flatMap(_tenures).groupByKey(parts, shard).flatMap(_offices)


def _tenures(item: Told) -> Iterator[tuple[str, Telling]]:
    document, (one, who) = item
    for told in tellings((one,), mapping(document, who)):
        if group := office_group(told):
            yield slug(f"{group[0]} of {group[1].partition('/')[2]}"), replace(told, one=_slim(one))


def _offices(item: tuple[str, Iterable[Telling]]) -> Iterator[tuple[Office, Identity | None]]:
    group = list(item[1])
    bodies = {f"{told.of.kind.lower()}/{told.of.key}": told.of for told in group if told.of}
    return ((office, bodies.get(office.of or "")) for office in offices(group))


def holders(documents: RDD[Told], parts: int) -> RDD[Likely]:
    """Who an unnamed holder of an office probably is."""
    return documents.flatMap(_titles).groupByKey(parts, shard).flatMap(_likely)


def _titles(item: Told) -> Iterator[tuple[str, _Part]]:
    _, (one, who) = item
    found: dict[str, list[Post]] = defaultdict(list)
    for post in one.posts:
        found[plain(canonical(post.title))].append(post)
    for title, some in found.items():
        yield title, _Part(replace(_slim(one), posts=tuple(some)), who or [])


def _likely(item: tuple[str, Iterable[_Part]]) -> tuple[Likely, ...]:
    """The likely holders of one title; of identities only the members in documents that tell of it bear on them."""
    parts = sorted(item[1], key=lambda part: part.one.slug)
    if not any(post.holder is None for part in parts for post in part.one.posts):
        return ()
    members: dict[tuple[Kind, str], list[Local]] = defaultdict(list)
    for part in parts:
        for local, identity in part.who:
            members[identity.kind, identity.key].append(Local(part.one.slug, local))
    whole = {
        (identity.kind, identity.key): replace(alone(identity), members=tuple(members[identity.kind, identity.key]))
        for part in parts for _, identity in part.who
    }  # fmt: skip
    who = {local: whole[key] for key, locals_ in members.items() for local in locals_}
    return likely(tellings([part.one for part in parts], who))


def _slim(one: Brief) -> Brief:
    return replace(one, names=(), posts=(), meetings=(), signature="")
