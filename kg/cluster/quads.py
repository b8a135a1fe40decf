"""The graph as lines of N-Quads: each document's graph, and the graph of conclusions piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pyoxigraph as ox
from pyspark import RDD

from kg.cluster.people import Who, mapping
from kg.cluster.session import shard
from kg.model import Facts, Findings, Identity, Likely, Local, Occasion, Office, Story
from kg.rdf.account import Account
from kg.rdf.identity import Conclusions
from kg.rdf.iris import Minter, apart
from kg.resolve.brief import Brief
from kg.resolve.keys import Anchor, Wanted, assign
from kg.store.findings import from_json

Source = tuple[str, tuple[str, str]]
"""A document's slug with its text and its findings in JSON."""
Keyed = tuple[tuple[str, Local], str]
"""An account's folder and place, with its key."""


class Piece(NamedTuple):
    """Something concluded, and the accounts whose IRIs it needs: their folder, their places."""

    what: Any
    folder: str
    accounts: Sequence[Local]

    @property
    def name(self) -> str:
        """What tells it from other pieces."""
        return f"{type(self.what[0]).__name__} {self.what[0].key if self.folder == 'meeting' else self.what[0]!r}"


def keys(briefs: RDD[Brief], parts: int) -> RDD[Keyed]:
    """The key of every account, unique within its folder."""

    def asked(one: Brief) -> Iterator[tuple[tuple[str, str], tuple[Local, str]]]:
        for wish in one.wishes:
            local = Local(one.slug, wish.id)
            yield (wish.folder, wish.key), (local, apart(Anchor(wish.folder, one.slug, wish.start), local))

    def given(item: tuple[tuple[str, str], Iterable[tuple[Local, str]]]) -> Iterator[Keyed]:
        (folder, natural), those = item
        accounts = list(those)
        keys = assign(Wanted(natural, apart) for _, apart in accounts)
        yield from (((folder, local), key) for (local, _), key in zip(accounts, keys, strict=True))

    return briefs.flatMap(asked).groupByKey(parts, shard).flatMap(given)


def documents(found: RDD[Source], who: RDD[tuple[str, Who]], named: RDD[Keyed], base: str) -> RDD[tuple[str, str]]:
    """Each document's slug with the lines of its graph."""
    parts = found.getNumPartitions()
    those = named.map(lambda item: (item[0][1].document, item)).groupByKey(parts, shard)

    def lines(item: Any) -> tuple[str, str]:
        slug, ((source, mine), keyed) = item
        one = _findings((slug, source))
        facts = Facts((one,), identity_of=mapping(slug, mine))
        minter = Minter(facts, base, keys=dict(keyed or ()))
        return slug, "\n".join(_lines(Account(facts, one, minter).quads()))

    return found.leftOuterJoin(who, parts).leftOuterJoin(those, parts).map(lines)


def conclusions(pieces: RDD[Piece], named: RDD[Keyed], base: str, parts: int) -> RDD[str]:
    """The lines of occasions, offices and likely holders, with the keys of the accounts that they tell of."""
    asked = pieces.flatMap(lambda piece: [((piece.folder, local), piece.name) for local in piece.accounts])
    given = asked.join(named, parts).map(lambda item: (item[1][0], (item[0], item[1][1]))).groupByKey(parts, shard)
    return (
        pieces.map(lambda piece: (piece.name, piece)).join(given, parts)
        .flatMap(lambda item: _lines(_told(item[1][0], dict(item[1][1]), base)))
    )  # fmt: skip


def entities(found: RDD[Identity], base: str) -> RDD[str]:
    """The lines of people, bodies and places."""
    return found.flatMap(lambda identity: _lines(_plain(base).entity(identity)))


def roles(briefs: RDD[Brief], base: str, parts: int) -> RDD[str]:
    """The lines of the names of roles."""

    def titles(one: Brief) -> Iterator[tuple[str, str]]:
        mint = Minter(Facts(()), base, keys={}).role
        return ((mint(title).value, title) for title in {post.title for post in one.posts})

    return (
        briefs.flatMap(titles).distinct(parts).groupByKey(parts, shard)
        .flatMap(lambda item: _lines(_plain(base).role(ox.NamedNode(item[0]), set(item[1]))))
    )  # fmt: skip


def copies(stories: Iterable[Story], base: str) -> list[str]:
    """The lines of near-copies."""
    return [line for story in stories for line in _lines(_plain(base).copies(story))]


def occasion(item: tuple[Occasion, str | None]) -> Piece:
    """The piece of an occasion, with the key of that as which it was held."""
    return Piece(item, "meeting", item[0].accounts)


def office(item: tuple[Office, Identity | None]) -> Piece:
    """The piece of an office, with its body."""
    return Piece(item, "tenure", item[0].tenures)


def holder(likely: Likely) -> Piece:
    """The piece of a likely holder."""
    return Piece((likely, None), "tenure", (likely.role,))


def _told(piece: Piece, named: dict[tuple[str, Local], str], base: str) -> Iterator[ox.Quad]:
    what, other = piece.what
    known = (other,) if isinstance(other, Identity) else ()
    if isinstance(what, Likely):
        known = (Identity(what.identity, "Person", "", (), ()),)
    tell = Conclusions(Facts((), known), Minter(Facts(()), base, keys=named))
    if isinstance(what, Occasion):
        return tell.occasion(what, other)
    return tell.holder(what) if isinstance(what, Likely) else tell.office(what)


def _plain(base: str) -> Conclusions:
    facts = Facts(())
    return Conclusions(facts, Minter(facts, base, keys={}))


def _findings(source: Source) -> Findings:
    slug, (text, packed) = source
    return from_json(packed, text, slug)


def _lines(quads: Iterable[ox.Quad]) -> list[str]:
    """Quads as lines, sorted and each once."""
    written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    return sorted(set(written.decode().split("\n")) - {""})
