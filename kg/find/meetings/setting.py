"""Day and place that the sentence before sets: "She spent Monday in Oslo. She met A and saw B"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.find.meetings.account import Account
from kg.find.meetings.lexicon import Lexicon
from kg.find.meetings.lines import dates_in
from kg.find.referents import Referents
from kg.language.analysis import Analysis, Sentence
from kg.model import When

# Days that a stated time may span to be that of the next sentence too.
SPAN = 7
_PRONOUNS = frozenset(("he", "she", "they"))
_WHERE = frozenset(("in", "at", "on", "to", "from", "for"))


class Setting:
    """Looks at the sentence before an account, where both are of one paragraph and speak of the same people."""

    def __init__(self, analysis: Analysis, who: Referents, times: Sequence[When], lists: Lexicon) -> None:
        self.analysis, self.who, self.times, self.lists = analysis, who, times, lists
        self.carried: list[When] = []

    def carry(self, account: Account, told: Sequence[Account]) -> None:
        """Gives a held meeting without a day, or without a place, what the sentence before sets; `told` are before."""
        if account.status != "Held" or account.joins or account.headline or account.sentence == 0:
            return
        sentence = self.analysis.sentences[account.sentence]
        line = self.analysis.sentences[account.sentence - 1]
        if line.paragraph != sentence.paragraph or self._elsewhen(sentence, line):
            return
        if not self._named(line) & set(account.participants):
            return
        if account.when is None:
            near = [one.when for one in told[-3:] if one.sentence == line.number and one.when is not None]
            account.when = self._day(line) or next((when for when in near if when in self.carried), None)
            self.carried += [account.when] if account.when is not None else []
        if account.place is None and all(one.sentence != line.number for one in told[-3:]):
            account.place = self._place(line)

    def _elsewhen(self, sentence: Sentence, line: Sentence) -> bool:
        """Whether a sentence looks back from the one before: "had met", "earlier", "once"."""
        words = {token.lower for token in self.analysis.sentence_tokens(sentence)}
        before = {token.lower for token in self.analysis.sentence_tokens(line)}
        return bool(words & self.lists.sets["elsewhen"]) or ("had" in words and "had" not in before)

    def _named(self, line: Sentence) -> set[str]:
        """Whom a sentence names, or takes up by a pronoun."""
        found = {entity.id for entity, _ in self.who.names_in(line.span)}
        for token in self.analysis.sentence_tokens(line):
            if token.lower in _PRONOUNS:
                found.update(self.who.resolve(token))
        return found

    def _day(self, line: Sentence) -> When | None:
        """The one day or week of a sentence that has come by the publication."""
        dates = dates_in(line, self.times)
        if len(dates) != 1 or dates[0].span is None:
            return None
        first, last = dates[0].bounds
        published = self.analysis.document.bounds.latest
        if (
            first is None
            or last is None
            or (last - first).days >= SPAN
            or (published is not None and first > published)
        ):
            return None
        at = dates[0].span.start
        quoted = any(quote.start < at < quote.end for quote in self.analysis.quotations)
        return None if quoted else dates[0]

    def _place(self, line: Sentence) -> str | None:
        """Where a sentence without a meeting brings people: the one place of it."""
        tokens = self.analysis.sentence_tokens(line)
        if not any(token.lemma in self.lists.sets["moving"] and token.pos in ("VERB", "AUX") for token in tokens):
            return None
        places = [(entity.id, mention) for entity, mention in self.who.names_in(line.span) if entity.kind == "Place"]
        if len({one for one, _ in places}) != 1:
            return None
        first = self.analysis.tokens_in(places[0][1].span)[0].i
        before = [self.analysis.tokens[i].lower for i in range(max(line.first, first - 2), first)]
        return places[0][0] if set(before) & _WHERE else None
