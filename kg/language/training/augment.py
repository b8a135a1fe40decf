"""Makes new training text of old: other names, other capitals, other quotation marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from kg.language.training.marked import Item, Line, Piece

_TITLE_CASE = re.compile(r"(?<![\w’'])[a-z](?=\w{3})")
_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_SHORT_LINE = 200
_LINK = re.compile(r" (?:of|for) ")
_POOLED = ("PLACE", "ORG", "PARTY", "ROLE")
_Class = tuple[str, int, str, bool, str]


@dataclass(frozen=True, slots=True)
class Shares:
    """How often an item is changed, 0 to 1: names swapped, a line's capitals, the quotation marks.

    `spliced` is the share of swapped-in words that are joined of two, so that no list is learnt; `tails`
    that of names with "of" or "for" that get another's end ("Ministry of Fisheries"); `offices` that of
    offices swapped.
    """

    swapped: float = 0.5
    capitals: float = 0.3
    quotes: float = 0.3
    spliced: float = 0.3
    tails: float = 0.25
    offices: float = 0.25


@dataclass(slots=True)
class Augmenter:
    """Changes items at random; names are swapped for others of the training text, alike throughout an item."""

    random: Random
    shares: Shares = Shares()
    first: list[str] = field(default_factory=list)
    last: list[str] = field(default_factory=list)
    pools: dict[_Class, list[str]] = field(default_factory=dict)
    ends: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def learn(self, items: Sequence[Item]) -> None:
        """Take up the names of the training items; what is now a place, now a body is swapped in nowhere."""
        labels: dict[str, set[str]] = {}
        for item in items:
            for line in item:
                for label, text in line:
                    if label:
                        labels.setdefault(text, set()).add(label)
        for item in items:
            for line in item:
                for at, (label, text) in enumerate(line):
                    words = text.split()
                    if label == "PER" and len(words) > 1 and not text.isupper():
                        self.first.append(words[0])
                        self.last.append(words[-1])
                    elif label in _POOLED and len(labels[text]) == 1:
                        self.pools.setdefault(_alike(line, at), []).append(text)
                        if halves := _halves(text):
                            self.ends.setdefault((label, halves[1]), []).append(halves[2])

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
            for at, piece in enumerate(line):
                text = piece.text
                if piece.label in chosen and piece.label == "PER":
                    text = self._person(text, words, surnames)
                elif piece.label in chosen:
                    text = names.setdefault(piece, self._other(line, at))
                elif piece.label == "ROLE" and self.random.random() < self.shares.offices:
                    text = self._other(line, at)
                new.append(Piece(piece.label, text))
            found.append(tuple(new))
        return tuple(found)

    def _other(self, line: Line, at: int) -> str:
        label, text = line[at]
        if label != "PLACE" and (halves := _halves(text)) and self.random.random() < self.shares.tails:
            return halves[0] + halves[1] + self.random.choice(self.ends.get((label or "", halves[1]), [halves[2]]))
        pool = self.pools.get(_alike(line, at))
        if not pool or self.random.random() < 0.4:
            return text
        return self._fresh(pool) if label == "PLACE" else self.random.choice(pool)

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


def _alike(line: Line, at: int) -> _Class:
    """Names are swapped within such a class.

    A name's class: as many words, an article before or not, an acronym or not. An office's: as many
    words, the person or preposition behind it, a capital, a plural.
    """
    label, text = line[at]
    size = min(len(text.split()), 3)
    if label != "ROLE":
        before = line[at - 1].text if at else ""
        return label or "", size, "the" * before.rstrip().lower().endswith("the"), len(text) > 1 and text.isupper(), ""
    behind = line[at + 1].text if at + 1 < len(line) else ""
    word = behind.split()[0] if behind.startswith(" ") and behind.strip() else behind[:1]
    if behind == " " and at + 2 < len(line):
        word = line[at + 2].label or ""
    kind = word if word in ("PER", "of", "for", "to", "at", "in", "on") else ""
    return label, size, kind, text[0].isupper(), "s" * text.endswith("s")


def _halves(text: str) -> tuple[str, str, str] | None:
    """What stands before the first "of" or "for", the link with its blanks, and what stands behind."""
    match = _LINK.search(text)
    return (text[: match.start()], match.group(), text[match.end() :]) if match else None


def _each(item: Item, change: Callable[[str], str]) -> Item:
    return tuple(tuple(Piece(label, change(text)) for label, text in line) for line in item)
