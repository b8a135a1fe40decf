"""Which accounts of meetings are weighed against each other: those that share a block, and stand near in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import NamedTuple

from kg.model import Local, Reason
from kg.resolve.occasions.account import Account, recalls, weighed

BEARING = 0.5
"""The weight from which a pair of accounts can be one meeting, or a matter for people to decide."""
_NEIGHBOURS = 60


class Pair(NamedTuple):
    """Two accounts, and what speaks for their being of one meeting."""

    weight: float
    reasons: tuple[Reason, ...]
    one: Account
    other: Account

    @property
    def days(self) -> int:
        """How many of the two have a day."""
        return self.one.exact + self.other.exact

    @property
    def firm(self) -> Local:
        """The one with a day, if either has."""
        return self.other.local if self.other.exact else self.one.local

    @property
    def bears(self) -> bool:
        """Whether anything can follow from it."""
        return self.weight >= BEARING or recalls(self.one, self.other) or recalls(self.other, self.one)


Key = tuple[str, ...]
"""What accounts of one block share: a status and two participants, or one and a place or day."""


def keys(account: Account) -> Iterator[Key]:
    """The keys of the blocks in which an account stands: two participants, or one with the place or day."""
    who, status = sorted(account.who)[:12], account.status
    for pair in combinations(who, 2):
        yield ("both", status, *pair)
    for one_of, mark in product(who, (*account.where, *([str(account.day())] if account.exact else []))):
        yield "alone", status, one_of, mark


def blocks(told: Iterable[Account]) -> Iterator[list[Account]]:
    """Accounts that share two participants, or all of one and the place or day."""
    found: dict[Key, list[Account]] = defaultdict(list)
    for account in told:
        for key in keys(account):
            found[key].append(account)
    yield from (block for key, block in found.items() if weighs(key, block))


def weighs(key: Key, block: Iterable[Account]) -> bool:
    """Whether accounts of one block are weighed: they share two participants, or one of them has one alone."""
    return key[0] == "both" or any(len(account.who) == 1 for account in block)


def paired(told: Iterable[Account]) -> Iterator[Pair]:
    """The pairs of all blocks, each once."""
    found: set[tuple[Local, Local]] = set()
    for block in blocks(told):
        for first, second in near(block):
            if (first.local, second.local) not in found:
                found.add((first.local, second.local))
                yield Pair(*weighed(first, second), first, second)


def near(block: Iterable[Account]) -> Iterator[tuple[Account, Account]]:
    """The pairs of one block that are weighed, each in the order of documents.

    An account is weighed against those told next to it in time, so that a pair of people who meet every week costs
    no square.
    """
    ordered = sorted(block, key=lambda a: (a.day(), a.local))
    for i, one in enumerate(ordered):
        for other in ordered[i + 1 : i + 1 + _NEIGHBOURS]:
            if one.local.document != other.local.document:
                first, second = sorted((one, other), key=lambda a: a.local)
                yield first, second
