"""Lines below a title or caption that give its meeting's day and place: "3 May 2019", "Guildhall, Bath"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from kg.find.meetings.account import Account
from kg.find.referents import Referents
from kg.language.analysis import Analysis, Sentence
from kg.model import Entity, When

# Lines below a title that may belong to it.
REACH = 5
_KINDS = ("heading", "caption", "headline", "list")


def complete(
    analysis: Analysis, title: Sentence, accounts: list[Account], who: Referents, times: Sequence[When]
) -> None:
    """Gives the one meeting of a title the place and the day that stand alone in the lines below it.

    Below the headline of the whole document stand the place and day of writing.
    """
    if len(accounts) != 1 or analysis.kind_of(title) not in ("heading", "caption"):
        return
    account = accounts[0]
    for line in analysis.sentences[title.number + 1 : title.number + 1 + REACH]:
        if analysis.kind_of(line) not in _KINDS:
            return
        dates = dates_in(line, times)
        named = [entity for entity, _ in who.names_in(line.span)]
        if _alone(analysis, line, who, dates):
            account.when = account.when or (dates[0] if dates else None)
            account.place = account.place or _place(named)
        elif not set(account.participants) & {entity.id for entity in named}:
            return


def dates_in(line: Sentence, times: Sequence[When]) -> list[When]:
    """The time expressions of a sentence, in order."""
    at = bisect_left(times, line.span.start, key=lambda when: when.span.start if when.span else -1)
    found = []
    while at < len(times) and (span := times[at].span) and span.start < line.span.end:
        found.append(times[at])
        at += 1
    return found


def _alone(analysis: Analysis, line: Sentence, who: Referents, dates: list[When]) -> bool:
    """Whether a line holds nothing but dates, places and bodies."""
    for token in analysis.sentence_tokens(line):
        named = who.name_at(token.i)
        dated = any(when.span and when.span.overlaps(token.span) for when in dates)
        if not dated and token.text.isalnum() and (named is None or named[0].kind == "Person"):
            return False
    return True


def _place(named: list[Entity]) -> str | None:
    """The first place of a line that names one; a body alone is none."""
    return next((entity.id for entity in named if entity.kind == "Place"), None)
