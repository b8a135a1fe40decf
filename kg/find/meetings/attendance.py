"""Those who were there: "Present: A, B", "other speakers included", bullets behind "those who attended"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.find.meetings.account import Account
from kg.find.meetings.lexicon import Lexicon, Phrase, Phrases, words
from kg.find.referents import Referents
from kg.language.analysis import Analysis, Sentence, Token
from kg.model import MeetingStatus, Span, When

# Lines that may follow the words which announce a list.
LINES = 40
# Sentences at the head of a record that may give its date.
HEAD = 12
# Words of a cue that by itself tells of a meeting.
_TELLING = ("present", "participants", "attend", "part in", "attendance")
# Words of a line that announces a list.
HEADING = 8
# Words that a gap ("...") in a cue may stand for.
GAP = 5


def read(analysis: Analysis, who: Referents, times: Sequence[When]) -> Iterator[Account]:
    """An account for each list of those present, to be joined to the meeting that it belongs to."""
    lists = words()
    sentences = analysis.sentences
    number = 0
    while number < len(sentences):
        sentence = sentences[number]
        number += 1
        absent = _absent(analysis.sentence_tokens(sentence), lists)
        tokens = analysis.sentence_tokens(sentence)[:absent]
        company, start = _cue(tokens, lists.phrases["along"])
        cue = company or _cue(tokens, lists.phrases["attendance"])[0] or _among(tokens, lists)
        cue = cue or _heading(analysis, sentence, who, lists) or _they(tokens, who)
        if cue is None or analysis.kind_of(sentence) == "furniture":
            continue
        account = Account(
            _people(_until(analysis, sentence, absent, start), who),
            _status(tokens, lists),
            [sentence.span],
            "meeting",
            sentence.number,
            cue=cue,
            joins=True,
            gathering=True,
            company=company is not None,
        )
        if company is not None and start:
            account.led = tuple(_people(_until(analysis, sentence, start), who))
        account.adds = True
        account.needs = company is not None or not any(word in cue for word in _TELLING) or account.status == "Planned"
        while (
            number < len(sentences) and number - sentence.number <= LINES and _listed(analysis, sentences[number], who)
        ):
            line = sentences[number]
            away = _absent(analysis.sentence_tokens(line), lists)
            if away == 0:
                break
            account.participants += _people(_until(analysis, line, away), who)
            account.evidence.append(line.span)
            number += 1
            if away is not None:
                break
        account.participants = list(dict.fromkeys(account.participants))
        if account.participants:
            if sentence.number < HEAD and not account.needs:
                account.when = next(
                    (
                        when
                        for when in times
                        if when.span and when.basis == "Stated" and when.span.start < sentence.span.end
                    ),
                    None,
                )
            yield account


def _cue(tokens: tuple[Token, ...], phrases: Phrases) -> tuple[str | None, int]:
    """The words that tell of company, and where they stand; None and 0 where there are none."""
    for n, token in enumerate(tokens):
        for phrase in phrases.get(token.lower, ()):
            if _matches(tokens, n, phrase):
                return " ".join(phrase), n
    return None, 0


def _among(tokens: tuple[Token, ...], lists: Lexicon) -> str | None:
    """The words for some of those who met, at the beginning of a sentence or behind a word of meeting."""
    met = True
    for n, token in enumerate(tokens):
        for phrase in lists.phrases["among"].get(token.lower, ()) if met else ():
            if _matches(tokens, n, phrase):
                return " ".join(phrase)
        met = (met and n > 0) or token.lemma in lists.cues or token.lower in lists.cues
    return None


def _absent(tokens: tuple[Token, ...], lists: Lexicon) -> int | None:
    """The token from which a line tells who was not there: "Apologies: A"; None where it does not."""
    for n, token in enumerate(tokens):
        if any(_matches(tokens, n, phrase) for phrase in lists.phrases["absence"].get(token.lower, ())):
            return n
    return None


def _until(analysis: Analysis, sentence: Sentence, n: int | None, first: int = 0) -> Span:
    """The part of a sentence from its token `first` on, before its token `n`."""
    start = analysis.tokens[sentence.first + first].start
    return Span(start, sentence.span.end if n is None else max(start, analysis.tokens[sentence.first + n].start))


def _matches(tokens: tuple[Token, ...], at: int, phrase: Phrase) -> bool:
    if "..." in phrase:
        gap = phrase.index("...")
        rest = phrase[gap + 1 :]
        return _matches(tokens, at, phrase[:gap]) and any(
            _matches(tokens, n, rest) for n in range(at + gap + 1, at + gap + 1 + GAP)
        )
    return at + len(phrase) <= len(tokens) and all(tokens[at + k].lower == word for k, word in enumerate(phrase))


def _status(tokens: tuple[Token, ...], lists: Lexicon) -> MeetingStatus:
    """Whether those named will be there: "A and B will attend"."""
    ahead = any(_matches(tokens, n, p) for n, t in enumerate(tokens) for p in lists.phrases["coming"].get(t.lower, ()))
    return "Planned" if ahead else "Held"


def _heading(analysis: Analysis, sentence: Sentence, who: Referents, lists: Lexicon) -> str | None:
    """The words of a line that only announces a list of people: "The following attended:", "Attendees"."""
    tokens = analysis.sentence_tokens(sentence)
    following = sentence.number + 1
    if sum(token.text.isalnum() for token in tokens) > HEADING or following >= len(analysis.sentences):
        return None
    if tokens[-1].text in (".", "!", "?") or not _listed(analysis, analysis.sentences[following], who):
        return None
    return _cue(tokens, lists.phrases["list_heads"])[0]


def _they(tokens: tuple[Token, ...], who: Referents) -> str | None:
    """ "They were A, B and C", behind a sentence about people without their names."""
    if len(tokens) < 4 or tokens[0].lower != "they" or tokens[1].lower not in ("were", "included"):
        return None
    named = {hit[0].id for token in tokens if (hit := who.name_at(token.i)) and hit[0].kind == "Person"}
    first = any((hit := who.name_at(token.i)) and hit[0].kind == "Person" for token in tokens[2:6])
    return f"they {tokens[1].lower}" if first and len(named) > 1 else None


def _listed(analysis: Analysis, sentence: Sentence, who: Referents) -> bool:
    """Whether a line goes on a list: a bullet, "Label: names" or a person's name and office, without a full stop."""
    if analysis.kind_of(sentence) == "list":
        return True
    ended = analysis.text[sentence.span.end - 1] in ".!?"
    if not ended and any(
        (hit := who.name_at(token.i)) and hit[0].kind == "Person" for token in analysis.sentence_tokens(sentence)[:3]
    ):
        return not any(token.pos in ("VERB", "AUX") for token in analysis.sentence_tokens(sentence))
    text = analysis.text[sentence.span.start : sentence.span.end]
    return ":" in text[:40] and not text.endswith((".", "!", "?"))


def _people(where: Span, who: Referents) -> list[str]:
    """The persons named in a stretch of text, or its bodies where it names nobody."""
    named = who.names_in(where)
    persons = [entity.id for entity, _ in named if entity.kind == "Person"]
    return persons or [entity.id for entity, _ in named if entity.kind in ("Organisation", "Party")]
