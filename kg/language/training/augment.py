"""Makes new training text of old: other names, other capitals, other quotation marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random

from kg.language.training.marked import Item, Line, Piece

_TITLE_CASE = re.compile(r"(?<![\w’'])[a-z](?=\w{3})")
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_SHORT_LINE = 200


@dataclass(frozen=True, slots=True)
class Shares:
    """How often an item is changed, 0 to 1: names swapped, a line's capitals, the quotation marks.

    `spliced` is the share of swapped-in words that are joined of two, so that no list is learnt.
    """

    swapped: float = 0.5
    capitals: float = 0.3
    quotes: float = 0.3
    spliced: float = 0.3


@dataclass(slots=True)
class Augmenter:
    """Changes items at random; names are swapped for others of the training text, alike throughout an item."""

    random: Random
    shares: Shares = Shares()
    first: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    pools: dict[tuple[str, int, bool, bool], list[str]] = field(default_factory=dict)

    def learn(self, items: Iterable[Item]) -> None:
        """Take up the names of the training items."""
        for item in items:
            for line in item:
                before = ""
                for label, text in line:
                    words = text.split()
                    if label == "PER" and len(words) > 1 and not text.isupper():
                        self.first.append(words[0])
                        self.last.append(words[-1])
                    elif label in ("PLACE", "ORG", "PARTY"):
                        self.pools.setdefault(_alike(label, text, before), []).append(text)
                    before = text

    def __call__(self, item: Item) -> Item:
        """The item, changed or not."""
        if self.random.random() < self.shares.swapped:
            item = self._swapped(item)
        if self.random.random() < self.shares.capitals:
            item = self._capitals(item)
        chance = self.random.random()
        if chance < self.shares.quotes / 2:
            return _each(item, lambda text: text.translate(_STRAIGHT))
        if chance < self.shares.quotes:
            return _each(item, lambda text: re.sub(r'"(?=\w)', "“", text).replace('"', "”").replace("'", "’"))
        return item

    def _capitals(self, item: Item) -> Item:
        """A line, most often the headline, in capitals or In Title Case."""
        at = 0 if self.random.random() < 0.7 else self.random.randrange(len(item))
        if len(item) == 1 and sum(len(piece.text) for piece in item[0]) > _SHORT_LINE:
            return item
        upper = self.random.random() < 0.45
        line = tuple(
            Piece(label, text.upper() if upper else _TITLE_CASE.sub(lambda m: m.group().upper(), text))
            for label, text in item[at]
        )
        return (*item[:at], line, *item[at + 1 :])

    def _swapped(self, item: Item) -> Item:
        words: dict[str, str] = {}
        names: dict[Piece, str] = {}
        surnames = {text.split()[-1].lower() for line in item for label, text in line if label == "PER" and " " in text}
        chosen = [label for label in ("PER", "PLACE", "ORG", "PARTY") if self.random.random() < 0.6]
        found: list[Line] = []
        for line in item:
            new: list[Piece] = []
            before = ""
            for piece in line:
                text = piece.text
                if piece.label in chosen and piece.label == "PER":
                    text = self._person(text, words, surnames)
                elif piece.label in chosen:
                    text = names.setdefault(piece, self._other(piece, before))
                new.append(Piece(piece.label, text))
                before = piece.text
            found.append(tuple(new))
        return tuple(found)

    def _other(self, piece: Piece, before: str) -> str:
        pool = self.pools.get(_alike(piece.label or "", piece.text, before))
        if not pool or self.random.random() < 0.4:
            return piece.text
        return self._fresh(pool) if piece.label == "PLACE" else self.random.choice(pool)

    def _person(self, name: str, words: dict[str, str], surnames: set[str]) -> str:
        if not self.first:
            return name
        parts = name.split(" ")
        for i, part in enumerate(parts):
            if not part[:1].isupper() or len(part.rstrip(".")) < 2:
                continue
            is_last = part.lower() in surnames or (i and i == len(parts) - 1)
            if part.lower() not in words:
                words[part.lower()] = self._fresh(self.last if is_last else self.first)
            new = words[part.lower()]
            parts[i] = new.upper() if part.isupper() and len(part) > 2 else new
        return " ".join(parts)

    def _fresh(self, pool: list[str]) -> str:
        head = self.random.choice(pool)
        if self.random.random() < self.shares.spliced:
            tail = self.random.choice(pool)
            if head.isalpha() and tail.isalpha() and min(len(head), len(tail)) > 3:
                cut = self.random.randint(2, min(5, len(tail) - 1))
                return head[: self.random.randint(2, len(head) - 1)] + tail[-cut:].lower()
        return head


def _alike(label: str, text: str, before: str) -> tuple[str, int, bool, bool]:
    """Names are swapped within such a class: as many words, an article before or not, an acronym or not."""
    return label, min(len(text.split()), 3), before.rstrip().lower().endswith("the"), len(text) > 1 and text.isupper()


def _each(item: Item, change: Callable[[str], str]) -> Item:
    return tuple(tuple(Piece(label, change(text)) for label, text in line) for line in item)
