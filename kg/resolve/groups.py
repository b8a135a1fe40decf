"""Which names may bear on each other: groups that can be decided one by one, in any order, on any machine.

    person_groups(records); body_groups(records); place_groups(records)

A group holds all names that share a key, or share one with a third: full names that are akin and surnames alone;
bodies of one name with their acronyms and longer names. No rule ever weighs names of two groups against each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from typing import NamedTuple

from kg.model import Local
from kg.resolve.bodies import JOINS
from kg.resolve.brief import Name
from kg.resolve.census import core
from kg.resolve.kinship import blocks, relation
from kg.resolve.names import Words, body, country, fold, initials, is_acronym, place
from kg.resolve.people import CROWD


class Record(NamedTuple):
    """A name with the document that names it."""

    local: Local
    name: Name


Group = list[Record]


class Union:
    """Things brought together pair by pair (union-find)."""

    def __init__(self) -> None:
        self._above: dict[Hashable, Hashable] = {}

    def __contains__(self, thing: object) -> bool:
        """Whether a thing was ever brought together with another."""
        return thing in self._above

    def root(self, thing: Hashable) -> Hashable:
        """What stands for all that a thing was brought together with."""
        above = self._above
        root = thing
        while (higher := above.get(root, root)) != root:
            root = higher
        while thing != root:
            above[thing], thing = root, above[thing]
        return root

    def join(self, one: Hashable, other: Hashable) -> None:
        """Bring two things together."""
        one, other = self.root(one), self.root(other)
        self._above[one] = self._above[other] = one


def _gathered(keyed: Iterable[tuple[Hashable, Record]], union: Union) -> Iterator[Group]:
    """The records of each group in their order, groups in the order of their first record."""
    found: dict[Hashable, Group] = defaultdict(list)
    for key, record in keyed:
        found[union.root(key)].append(record)
    yield from found.values()


def person_groups(records: Iterable[Record], pairs: Iterable[tuple[Words, Words]] | None = None) -> Iterator[Group]:
    """People by full names that are akin, with the surnames alone that may be theirs.

    `pairs` are those that `akin` finds, where they are known already.
    """
    union = Union()
    keyed: list[tuple[Hashable, Record]] = []
    full: dict[Words, set[str]] = {}
    single: set[Words] = set()
    for record in records:
        words, kept = fold(record.name.name), core(record.name.name)
        if len(kept) > 1:
            full.setdefault(words, set()).update(record.name.shorts)
            keyed.append((("full", words), record))
        else:
            single.add(kept)
            keyed.append((("single", kept), record))
    for one, other in akin(full) if pairs is None else pairs:
        union.join(("full", one), ("full", other))
    shorts: dict[Hashable, set[str]] = defaultdict(set)
    for words, short in full.items():
        shorts[union.root(("full", words))] |= short
    family = {words: union.root(("full", words)) for words in full}
    for words in full:
        for last in (words[n:] for n in range(1, len(words))):
            if last in single:
                union.join(("full", words), ("single", last))
        if words[:1] in single and words[0] in shorts[family[words]]:
            union.join(("full", words), ("single", words[:1]))
    return _gathered(keyed, union)


def akin(names: Iterable[Words]) -> Iterator[tuple[Words, Words]]:
    """Pairs of full names that one person may bear; of a block each name with so many others as stand next to it."""
    found: dict[tuple[str, ...], list[Words]] = defaultdict(list)
    for words in sorted(names):
        for key in dict.fromkeys(blocks(words)):
            found[key].append(words)
    for block in found.values():
        yield from near(block)


def near(block: list[Words]) -> Iterator[tuple[Words, Words]]:
    """The pairs of one sorted block."""
    for at, one in enumerate(block):
        for other in block[at + 1 : at + 1 + CROWD]:
            if relation(one, other):
                yield one, other


def body_groups(records: Iterable[Record]) -> Iterator[Group]:
    """Bodies by names, with those whose acronym a name is, and those that a name begins."""
    union = Union()
    keyed = [(body(record.name.name, record.name.qualifier).words, record) for record in records]
    short = {"".join(fold(r.name.name)) for words, r in keyed if len(words) == 1 and is_acronym(r.name.name)}
    whole: dict[Words, Words] = {}
    for words, record in keyed:
        called = fold(record.name.name)
        union.join(words, whole.setdefault(called, words))
        if len(words) == 1 and is_acronym(record.name.name):
            union.join("".join(called), words)
    for words, record in keyed:
        if len(words) > 1:
            for letters in {*record.name.acronyms, *initials(record.name.name)} & short:
                union.join(letters, words)
    for called, words in whole.items():
        for n in range(2, len(called) - 1):
            if called[n] in JOINS and called[:n] in whole:
                union.join(words, whole[called[:n]])
    return _gathered(keyed, union)


def place_groups(records: Iterable[Record]) -> Iterator[Group]:
    """Places by their names."""
    return _gathered(((place_key(record.name.name), record) for record in records), Union())


def place_key(name: str) -> Hashable:
    """What two names of one place share."""
    return country(name) or place(name)
