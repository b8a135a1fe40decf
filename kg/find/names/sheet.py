"""A document's words as the name finder sees them: capitals, list words, loud lines."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from kg.find.names.lists import Lists, Word, lists
from kg.language.analysis import Analysis, Token

_OPENING = frozenset("\"'“‘«(–—-:•*[…")
_ACRONYM = re.compile(r"(?:[A-Z][a-z]?){2,7}|(?:[A-Z]\.){2,5}|[A-Z]+[0-9]{1,3}|[A-Z]{1,3}&[A-Z]")

Stretch = tuple[int, int]


class Sheet:
    """One document's tokens with what lists, letters and layout say of each."""

    def __init__(self, analysis: Analysis) -> None:
        self.analysis = analysis
        self.tokens = analysis.tokens
        self.lists: Lists = lists()
        self.texts = [token.text.replace("’", "'") for token in analysis.tokens]
        self.size = len(self.texts)
        self.capital = [text[0].isupper() for text in self.texts]
        self._keys: dict[Stretch, str] = {}
        self.loud = [False] * self.size
        self.shouting = [False] * self.size
        self.initial = [False] * self.size
        self.lower_words: set[str] = set()
        self.flags: list[int] = [Word.NONE] * self.size
        for sentence in analysis.sentences:
            self._read(sentence.first, sentence.last)

    def _read(self, first: int, last: int) -> None:
        words = [i for i in range(first, last) if self.texts[i][0].isalpha()]
        long = [i for i in words if len(self.texts[i]) > 3]
        shouting = len(words) > 2 and all(self.texts[i].isupper() for i in long) and len(long) > 1
        titled = (
            len(long) > 3
            and sum(self.capital[i] for i in long) > 0.75 * len(long)
            and self.texts[last - 1] not in ".?!"
        )
        known = self.lists.flags
        for i in range(first, last):
            text = self.texts[i]
            if self.capital[i]:
                self.flags[i] = known.get(text.title() if shouting and len(text) > 1 else text, Word.NONE)
                if shouting:
                    self.flags[i] |= known.get(text, Word.NONE)
            elif not titled and text[0].islower():
                self.lower_words.add(text)
            self.loud[i] = shouting or titled
            self.shouting[i] = shouting
        k = first
        while k < last and self.texts[k] in _OPENING:
            k += 1
        if k < last:
            self.initial[k] = True
        for i in range(first + 1, last):
            if self.texts[i - 1] in '"“‘:•' and self.capital[i]:
                self.initial[i] = True

    @cached_property
    def home(self) -> str:
        """The country whose places and people the text names most, clearly; "" where none is."""
        count: Counter[str] = Counter()
        for i in range(self.size):
            if not self.capital[i]:
                continue
            if country := self.lists.adjectives.get(self.texts[i]):
                count[country] += 1
            for entry in self.lists.known.get(self.texts[i], ()):
                if (
                    entry.country
                    and self.texts[i] not in self.lists.home_words
                    and tuple(self.texts[i : i + len(entry.words)]) == entry.words
                ):
                    count[entry.country] += 1
                    break
        (first, most), (_, next_most) = (*count.most_common(2), ("", 0), ("", 0))[:2]
        return first if most > 1.5 * next_most else ""

    def words(self, stretch: Stretch) -> str:
        """The stretch as it stands in the text."""
        first, last = stretch
        return self.analysis.text[self.tokens[first].start : self.tokens[last - 1].end]

    def key(self, stretch: Stretch) -> str:
        """The stretch for comparison: case, line breaks and curly marks evened out."""
        found = self._keys.get(stretch)
        if found is None:
            found = self._keys[stretch] = " ".join(self.words(stretch).replace("’", "'").casefold().split())
        return found

    def joined(self, i: int) -> bool:
        """Whether token `i` follows the one before it without a space."""
        return i > 0 and self.tokens[i - 1].end == self.tokens[i].start

    def before(self, first: int) -> Token | None:
        """The token before `first` within its sentence."""
        return (
            self.tokens[first - 1]
            if first > 0 and self.tokens[first - 1].sentence == self.tokens[first].sentence
            else None
        )

    def after(self, last: int) -> Token | None:
        """The token at `last` within the sentence of the one before it."""
        return (
            self.tokens[last]
            if last < self.size and self.tokens[last].sentence == self.tokens[last - 1].sentence
            else None
        )

    def is_acronym(self, i: int) -> bool:
        """Whether the word is made of capitals as acronyms are."""
        return (
            not self.shouting[i]
            and len(self.texts[i]) > 1
            and self.texts[i][:2].isupper()
            and bool(_ACRONYM.fullmatch(self.texts[i]))
        )

    def is_short(self, i: int) -> bool:
        """Whether the word could be an introduced short form: mostly capitals, or one capitalised made-up word."""
        text = self.texts[i]
        return (
            1 < len(text) < 12 and text[0].isalpha() and sum(letter.isupper() for letter in text) > 1
        ) or self.is_acronym(i)

    def is_known(self, stretch: Stretch) -> bool:
        """Whether a list has just these words as a name."""
        words = tuple(self.texts[slice(*stretch)])
        return any(entry.words == words for entry in self.lists.known.get(words[0], ()))
