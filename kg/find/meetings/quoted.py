"""Who says "I" or "we" in a quotation."""

from __future__ import annotations

from collections.abc import Iterator

from kg.find.referents import Referents
from kg.language.analysis import Analysis, Token

# Sentences of one paragraph over which a quotation goes on: those before, and those behind.
BEFORE, BEHIND = 3, 2


def speaker(who: Referents, token: Token, sayings: frozenset[str]) -> tuple[str, ...]:
    """The person beside the verb of saying of the same sentence, or of the nearest in the same paragraph."""
    analysis = who.analysis
    if not who.is_first_person(token) or not _quoted(analysis, token):
        return ()
    for number in _near(analysis, token.sentence):
        for verb in analysis.sentence_tokens(analysis.sentences[number]):
            if verb.lemma in sayings and verb.pos in ("VERB", "") and not _quoted(analysis, verb):
                found = _beside(who, verb) or _subject(who, verb)
                if found:
                    return found
    return ()


def _near(analysis: Analysis, number: int) -> Iterator[int]:
    """The sentence itself, then those of its paragraph, the nearest first and those before it sooner."""
    paragraph = analysis.sentences[number].paragraph
    yield number
    for n in (*range(number - 1, number - BEFORE - 1, -1), *range(number + 1, number + BEHIND + 1)):
        if 0 <= n < len(analysis.sentences) and analysis.sentences[n].paragraph == paragraph:
            yield n


def _beside(who: Referents, verb: Token) -> tuple[str, ...]:
    for i in (verb.i - 1, verb.i + 1):
        hit = who.name_at(i)
        if hit is not None and hit[0].kind == "Person" and not _quoted(who.analysis, who.analysis.tokens[i]):
            return (hit[0].id,)
    return ()


def _subject(who: Referents, verb: Token) -> tuple[str, ...]:
    """Whom the subject of a verb denotes, where that is one person."""
    for i in who.analysis.children[verb.i]:
        subject = who.analysis.tokens[i]
        if subject.dep == "nsubj" and not _quoted(who.analysis, subject):
            ids = who.resolve(subject)
            return ids if len(ids) == 1 and who.entities[ids[0]].kind == "Person" else ()
    return ()


def _quoted(analysis: Analysis, token: Token) -> bool:
    return any(quote.start < token.start < quote.end for quote in analysis.quotations)
