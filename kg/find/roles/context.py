"""What the role rules look at: the tokens, names and role phrases of one document."""

from __future__ import annotations

from typing import NamedTuple

from kg import data
from kg.find.offices import Phrase, words
from kg.find.referents import Referents
from kg.language.analysis import Analysis
from kg.model import Entity, RoleStatus


class Claim(NamedTuple):
    """One place where a text gives an office to somebody: `rule` and `weight` say why we think so.

    `of` is None where the place names no body; `status` None where it says nothing of the time.
    """

    holder: str | None
    title: str
    of: str | None
    status: RoleStatus | None
    phrase: Phrase
    rule: str
    weight: float


class Context:
    """One document as the role rules see it."""

    def __init__(self, analysis: Analysis, entities: tuple[Entity, ...], who: Referents) -> None:
        self.analysis, self.tokens = analysis, analysis.tokens
        self.entities = {entity.id: entity for entity in entities}
        self.words = words()
        self.codes = data.words("parties", "codes")
        self.who = who
        self.named, self.phrases = self.who.scene.named, self.who.phrases

    def stop(self, i: int) -> int:
        """The end of the sentence that holds token `i`."""
        return self.analysis.sentences[self.tokens[i].sentence].last

    def start(self, i: int) -> int:
        """The first token of the sentence that holds token `i`."""
        return self.analysis.sentences[self.tokens[i].sentence].first

    def person_from(self, i: int, stop: int) -> tuple[str, int] | None:
        """The person whose name starts at `i`, honorifics skipped, and where the name ends."""
        if i + 2 < stop and self.tokens[i].text == "(" and self.tokens[i + 2].text == ")":
            i += 3 * self.tokens[i + 1].text.isupper()  # "Chief of Army Staff (COAS) General …"
        while (
            i < stop
            and i not in self.named
            and (
                self.tokens[i].text in self.words.honorifics
                or self.tokens[i].text in self.words.ranks
                or (self.tokens[i].text == "." and self.tokens[i - 1].text in self.words.honorifics)
            )
        ):
            i += 1
        hit = self.named.get(i) if i < stop else None
        if hit is None or hit[0].kind != "Person":
            return None
        if i - 1 in self.named and self.named[i - 1][1] is hit[1]:
            return None
        while i < stop and i in self.named and self.named[i][1] is hit[1]:
            i += 1
        return hit[0].id, i

    def behind_name(self, i: int, stop: int) -> int:
        """Skips letters, a code and one bracket behind a name: "Weber MEP (CSU)", "Smith, R-Iowa,"."""
        i = self._behind_code(i, stop)
        while i < stop and (self.tokens[i].text in self.words.letters):
            i += 1
        if i < stop and self.tokens[i].text == "(":
            for j in range(i + 1, min(stop, i + 9)):
                if self.tokens[j].text == ")":
                    return j + 1
        return i

    def _behind_code(self, i: int, stop: int) -> int:
        """Skips ", R-S.D." at `i`; `i` itself where no code stands."""
        code = i + 3 < stop and self.tokens[i].text == "," and self.tokens[i + 1].text in self.codes
        if not code or self.tokens[i + 2].text not in ("-", "–"):
            return i
        hit, end = self.named.get(i + 3), i + 4
        while hit and end < stop and end in self.named and self.named[end][1] is hit[1]:
            end += 1
        return end

    def _before_code(self, j: int, start: int) -> int:
        """The last token of the name before ", R-S.D." that ends at `j`; `j` itself where no code stands."""
        hit, first = self.named.get(j), j
        while hit and first - 1 >= start and first - 1 in self.named and self.named[first - 1][1] is hit[1]:
            first -= 1
        marks = first - 3 > start and self.tokens[first - 1].text in ("-", "–") and self.tokens[first - 3].text == ","
        return first - 4 if marks and self.tokens[first - 2].text in self.codes else j

    def people_from(self, i: int, stop: int) -> tuple[list[str], int]:
        """The people of a list "A, B and C" that starts at `i`, and where it ends."""
        found: list[str] = []
        while (person := self.person_from(i, stop)) is not None:
            found.append(person[0])
            end = i = self.behind_name(person[1], stop)
            while i < stop and self.tokens[i].lower in (",", ";", "and", "&"):
                i += 1
            if i == end:
                break
        else:
            end = i
            while found and self.tokens[end - 1].lower in (",", ";", "and", "&"):
                end -= 1
        return found, end

    def person_before(self, i: int, start: int) -> str | None:
        """The person whose name ends right before `i`, letters, brackets, an age and "of X" skipped."""
        j = self._before_code(i - 1, start)
        if j >= start and self.tokens[j].text == ")":
            while j >= max(start, i - 9) and self.tokens[j].text != "(":
                j -= 1
            j -= 1
        while j >= start and (
            self.tokens[j].text in self.words.letters or (self.tokens[j].text.isdigit() and j > start)
        ):
            j -= 1
            if j >= start and self.tokens[j].text == ",":
                j -= 1
        hit = self.named.get(j) if j >= start else None
        if hit and hit[0].kind in ("Place", "Party", "Organisation"):
            mention = hit[1]
            while j >= start and j in self.named and self.named[j][1] is mention:
                j -= 1
            while j >= start and self.tokens[j].lower in ("the", "of"):
                j -= 1
                if self.tokens[j + 1].lower == "of":
                    break
            else:
                return None
            hit = self.named.get(j) if j >= start else None
        return hit[0].id if hit and hit[0].kind == "Person" else None
