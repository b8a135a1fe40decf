"""Officer lists: an office above or before the names of those who hold it, line by line."""

from __future__ import annotations

from collections import Counter

from kg.find.offices import Phrase
from kg.find.roles.context import Claim, Context
from kg.language.analysis import Sentence

_BULLETS = frozenset({"•", "–", "—", "-", "*", "·", "o", ".", ")", "●", "▪"})
_MANY = 40


class Lists:
    """Reads lines that hold nothing but an office, and the names below them."""

    def __init__(self, context: Context) -> None:
        self.context, self.tokens = context, context.tokens
        self.sentences = context.analysis.sentences
        self.by_sentence: dict[int, list[Phrase]] = {}
        self.above: tuple[int, str | None] = (-1, None)
        for phrase in context.phrases:
            self.by_sentence.setdefault(self.tokens[phrase.head].sentence, []).append(phrase)

    def claims(self) -> list[Claim]:
        """The claims of all lists, in order."""
        found: list[Claim] = []
        for sentence in self.sentences:
            phrases = [
                p for p in self.by_sentence.get(sentence.number, ()) if p.title not in self.context.words.letters
            ]
            if len(phrases) != 1:
                continue
            phrase = phrases[0]
            alone, colon = self._alone(phrase, sentence)
            if alone:
                found.extend(self._below(phrase, sentence, colon))
            elif phrase.plural and self.tokens[sentence.last - 1].text == ":":
                found.extend(self._bodies_below(phrase, sentence))
            elif (
                phrase.right < sentence.last
                and self.tokens[phrase.right].text == ":"
                and self._first(sentence) == phrase.left
            ):
                found.extend(self._inline(phrase, sentence))
        return found

    def _first(self, sentence: Sentence) -> int:
        i = sentence.first
        while i < sentence.last - 1 and (self.tokens[i].text in _BULLETS or self.tokens[i].text.isdigit()):
            i += 1
        return i

    def _alone(self, phrase: Phrase, sentence: Sentence) -> tuple[bool, bool]:
        """Whether a sentence holds an office only, and whether a colon ends it."""
        colon = self.tokens[sentence.last - 1].text == ":"
        alone = self._first(sentence) == phrase.left and phrase.right >= sentence.last - colon
        return alone and (self.tokens[phrase.first].text[0].isupper() or colon), colon

    def _people(self, sentence: Sentence) -> list[str]:
        """The people of a line that holds names only."""
        first = self._first(sentence)
        people, end = self.context.people_from(first, sentence.last)
        return people if end >= sentence.last else []

    def _below(self, phrase: Phrase, sentence: Sentence, colon: bool) -> list[Claim]:
        people: list[str] = []
        end = sentence.number
        for following in self.sentences[sentence.number + 1 : sentence.number + 1 + _MANY]:
            listed = self._people(following)
            if not listed and people and phrase.plural and self._first(following) in self.context.named:
                continue
            if not listed or (people and not (phrase.plural or colon)):
                break
            people += listed
            end = following.number
        of = phrase.of[0] if phrase.of else self._listed_of(sentence)
        if people and not phrase.of:
            self.above = (end + 1, of)
        return [self._claim(one, phrase, of) for one in people]

    def _listed_of(self, sentence: Sentence) -> str | None:
        """The body of the list that goes on here, else of the one that begins."""
        return self.above[1] if self.above[0] == sentence.number else self._body(sentence)

    def _inline(self, phrase: Phrase, sentence: Sentence) -> list[Claim]:
        """ "Treasurer: X (Y)"."""
        people, _ = self.context.people_from(phrase.right + 1, sentence.last)
        of = phrase.of[0] if phrase.of else self._body(sentence)
        return [self._claim(one, phrase, of) for one in people]

    def _bodies_below(self, phrase: Phrase, sentence: Sentence) -> list[Claim]:
        """ "The leaders who signed were:" above lines "X, Y Council": each leads the body beside the name."""
        found: list[Claim] = []
        for following in self.sentences[sentence.number + 1 : sentence.number + 1 + _MANY]:
            person = self.context.person_from(self._first(following), following.last)
            if person is None:
                break
            i = person[1]
            hit = (
                self.context.named.get(i + 1)
                if i + 1 < following.last and self.tokens[i].text in (",", "–", "—", "-", "(")
                else None
            )
            if (
                hit
                and hit[0].kind in ("Organisation", "Party", "Place")
                and phrase.title.split()[-1] in self.context.words.headships
            ):
                found.append(self._claim(person[0], phrase, hit[0].id))
        return found

    def _claim(self, holder: str, phrase: Phrase, of: str | None) -> Claim:
        return Claim(holder, phrase.title, of, phrase.status, phrase, "list", 1.0)

    def _body(self, sentence: Sentence) -> str | None:
        """The body of a list: named in the heading above it, else the one that the text before names most."""
        count: Counter[str] = Counter()
        for before in reversed(self.sentences[max(0, sentence.number - _MANY) : sentence.number]):
            here = dict.fromkeys(
                self.context.named[i][0].id
                for i in range(before.first, before.last)
                if i in self.context.named and self.context.named[i][0].kind in ("Party", "Organisation")
            )
            kind = self.context.analysis.kind_of(before)
            if (
                here
                and kind in ("heading", "headline")
                and not self.context.person_from(self._first(before), before.last)
            ):
                return self._parent(next(iter(here)))
            if not self._listed(before):
                count.update(list(here))
        return count.most_common(1)[0][0] if count else None

    def _parent(self, body: str) -> str:
        """The body of which a body is an organ, where its name says so: "EPP" for "EPP Presidency"."""
        words = self.context.entities[body].name.split()
        if words[-1].lower() not in self.context.words.organs:
            return body
        for other in self.context.entities.values():
            forms = {mention.text for mention in other.mentions} | {other.name, *other.acronyms}
            if other.id != body and other.kind in ("Party", "Organisation") and " ".join(words[:-1]) in forms:
                return other.id
        return body

    def _listed(self, sentence: Sentence) -> bool:
        return self.context.analysis.kind_of(sentence) == "list"
