"""Role phrases as they stand in a text: "former deputy leader of X", "the party's chief executive".

The vocabulary that role finding and reference share; who holds an office is decided in `kg.find.roles`.
"""

from __future__ import annotations

from kg.find.offices.around import Around
from kg.find.offices.phrase import Named, Phrase, named_tokens
from kg.find.offices.titles import Titles
from kg.find.offices.vocabulary import Words, words
from kg.language.analysis import Analysis

__all__ = ["Named", "Phrase", "Reader", "Words", "named_tokens", "words"]


class Reader:
    """Reads the role phrases of one document."""

    def __init__(self, analysis: Analysis, named: Named) -> None:
        self.analysis, self.named, self.tokens = analysis, named, analysis.tokens
        self.words = words()
        self.titles, self.around = Titles(analysis, named), Around(analysis, named)

    def phrases(self) -> tuple[Phrase, ...]:
        """Every role phrase in order, none overlapping."""
        found: list[Phrase] = []
        behind = 0
        for sentence in self.analysis.sentences:
            for i in range(sentence.first, sentence.last):
                if i < behind or i in self.named or not self.titles.is_head(i, sentence.first):
                    continue
                phrase = self._read(i, sentence.first, sentence.last, behind)
                if phrase:
                    found.append(phrase)
                    behind = max(phrase.last, phrase.right)
        return tuple(self._owned(found))

    def _owned(self, phrases: list[Phrase]) -> list[Phrase]:
        """With the office that owns an office as its anchor: "the prime minister's adviser", "an aide to the mayor"."""
        for n in range(len(phrases) - 1):
            one, other = phrases[n], phrases[n + 1]
            free = not other.of and other.anchor is None
            if free and other.left == one.right + 1 and self.tokens[one.right].lower in ("'s", "’s"):
                phrases[n + 1] = other._replace(anchor=one.head, left=one.left, determiner="'s")
            elif (
                not one.of
                and one.anchor is None
                and other.left == one.right + 1
                and other.determiner in ("the", "his", "her", "their")
                and self.tokens[one.right].lower in ("to", "of", "for")
            ):
                phrases[n] = one._replace(anchor=other.head, right=self._behind_name(other.right))
        return phrases

    def _behind_name(self, i: int) -> int:
        """Where the name of a person that starts at `i` ends; `i` where there is none."""
        hit = self.around.named.get(i)
        while hit and hit[0].kind == "Person" and i in self.around.named and self.around.named[i][1] is hit[1]:
            i += 1
        return i

    def _read(self, head: int, start: int, stop: int, behind: int) -> Phrase | None:
        token, tokens = self.tokens[head], self.tokens
        if token.text in self.words.short:
            left, status, of, anchor, determiner = self.around.before(head, max(start, behind))
            title, plural = self.words.short[token.text], token.text.rstrip(".").endswith("s")
            return Phrase(head, head + 1, head, left, head + 1, title, plural, status, of, anchor, determiner)
        if token.text in self.words.letters:
            return self._letters(head, start, behind)
        first = self.titles.start(head, max(start, behind))
        last = head + 1
        while last < stop and tokens[last].lower in self.words.behind and last not in self.named:
            last += 1
        if last + 1 < stop and tokens[last].text == "-" and tokens[last + 1].lower in self.words.behind:
            last += 2
        left, status, of, anchor, determiner = self.around.before(first, max(start, behind))
        if last > head + 1 and tokens[last - 1].lower in ("elect", "designate"):
            status = "Incoming"
        plural = self.words.heads.get(token.lower, token.lower) != token.lower
        toward = last < stop and tokens[last].lower == "to"
        right, last, after, anchor_after = self.around.after(last, stop, plural, determiner == "the")
        if after and not (of and toward):
            of = after
        elif anchor is None and not of:
            anchor = anchor_after
        singular = self.words.heads.get(token.lower, token.lower)
        text = self.analysis.text
        title = (
            text[tokens[first].start : token.start]
            + (singular if plural else token.text)
            + text[token.end : tokens[last - 1].end]
        )
        title = self._without_coming(" ".join(title.split())) if status == "Incoming" else " ".join(title.split())
        if not plural:
            of = of[:1]
        return Phrase(first, last, head, left, right, _lower(title), plural, status, of, anchor, determiner)

    @staticmethod
    def _without_coming(title: str) -> str:
        for tail in ("-elect", " elect", "-designate", " designate"):
            title = title.removesuffix(tail)
        return title

    def _letters(self, head: int, start: int, behind: int) -> Phrase:
        token = self.tokens[head]
        plural = token.text.endswith("s") and token.text[:-1] in self.words.letters
        left, status, of, anchor, determiner = self.around.before(head, max(start, behind))
        right, _, after, anchor_after = self.around.after(head + 1, len(self.tokens), plural)
        return Phrase(
            head,
            head + 1,
            head,
            left,
            right,
            token.text[:-1] if plural else token.text,
            plural,
            status,
            after or of,
            anchor or (None if of else anchor_after),
            determiner,
        )


def _lower(title: str) -> str:
    return title if title in words().letters else title.lower()
