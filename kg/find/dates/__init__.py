"""Date expressions and the days that they allow."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from kg.find.dates.calendar import Reading
from kg.find.dates.expressions import NEEDED, Rule, needed, rules
from kg.find.dates.readings import Match, Scene
from kg.find.dates.words import words
from kg.language.analysis import Analysis
from kg.model import UNBOUNDED, Span, When

# A story that dwells more days before its publication than this does not count weekdays from it.
FAR = 60
# Paragraphs that may lie between a day told of and "that evening".
REACH = 4
# Paragraphs over which a tale of old days goes on without another date.
FAR_REACH = 10


class _Found(NamedTuple):
    start: int
    end: int
    rule: Rule
    match: Match


@cache
def _limit() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words().alternatives['limit']})(?: the| early| late)? $", re.IGNORECASE)


@cache
def _put_off() -> re.Pattern[str]:
    lists = words().alternatives
    return re.compile(rf"\b(?:{lists['put_off']}) (?:until|till) (?:the )?$", re.IGNORECASE)


@cache
def _cue() -> re.Pattern[str]:
    """A cheap test whether a paragraph can hold a date at all."""
    lists = words().alternatives
    months = lists["month"].partition(")")[0]
    near = (
        r"to(?:day|night|morrow)|yesterday|(?:this|last|next|that|same|following|previous|coming|recent) \w+|"
        r"ago|later|earlier|(?:the|a) day|soon|on the eve|(?:the|by) (?:morning|afternoon|evening|night\w*|weekend)|"
        r"(?:the )?end of|in the near"
    )
    return re.compile(
        rf"\d{{4}}|\b(?:{lists['weekday']}|{months}|{lists['season']}|{lists['feast']})|\b(?:{near})\b", re.IGNORECASE
    )


# What makes a limit the day of what follows: "since May 2019, when they met".
_TOLD_OF = re.compile(r", (?:when|at which|the day)\b")
_DATELINE = re.compile(r"^\W{0,3}(?:[A-Z][\w.’'-]*,? ){1,4}(?:\(\w+\) )?$")


def find(analysis: Analysis) -> tuple[When, ...]:
    """The date expressions of a document in order, resolved against its publication.

    Weeks run Monday to Sunday; an uncertain publication widens the bounds; without one relative
    expressions have none. "That evening" counts from the day told of before it.
    """
    published = analysis.document.bounds
    scene = Scene(published)
    text = analysis.text.replace("\u00a0", " ")
    found: list[When] = []
    told_in = -REACH
    for number, paragraph in enumerate(analysis.paragraphs):
        if paragraph.kind == "furniture":
            continue
        if number - told_in >= REACH:
            scene.told = None
        if number - told_in >= FAR_REACH:
            scene.year, scene.far = None, False
        for one in _expressions(text, paragraph.span):
            limited = _limit().search(text, max(paragraph.span.start, one.start - 16), one.start) is not None
            limited = limited and not _TOLD_OF.match(text, one.end)
            limited = limited and not _put_off().search(text, max(paragraph.span.start, one.start - 24), one.start)
            reading = one.rule.read(one.match, scene)
            if reading is None:
                continue
            if _dateline(text, paragraph.span, one) and published == UNBOUNDED and number < REACH:
                scene.published = reading.past
            when = _when(analysis.text, one, reading)
            if limited:
                continue
            found.append(when)
            if reading.past.earliest is not None:
                _tell(scene, one, reading)
                told_in = number
    return tuple(found)


def _expressions(text: str, span: Span) -> list[_Found]:
    """The expressions of one paragraph, none overlapping: the earlier rule wins, then the longer."""
    if not _cue().search(text, *span):
        return []
    taken: list[_Found] = []
    there = {name: needed(name).search(text, *span) is not None for name in NEEDED}
    for rule in rules():
        if not there.get(rule.needs or "", True):
            continue
        for match in rule.pattern.finditer(text, *span):
            start, end = match.span()
            while text[start] == " ":
                start += 1
            while end > start and text[end - 1] in (
                " ,." if text[end - 4 : end].isalpha() or text[end - 5 : end - 1].isalpha() else " ,"
            ):
                end -= 1
            if all(end <= other.start or start >= other.end for other in taken):
                taken.append(_Found(start, end, rule, match))
    return sorted(taken, key=lambda one: one.start)


def _tell(scene: Scene, one: _Found, reading: Reading) -> None:
    """The text now speaks of these days."""
    past = reading.past
    assert past.earliest is not None
    scene.told = reading if past.earliest == past.latest else None
    stated = "year" in one.match.groupdict() and one.match["year"]
    seen = scene.published.latest
    narrow = past.latest is not None and (past.latest - past.earliest).days < FAR
    if seen is not None and narrow and (seen - past.earliest).days > FAR and (stated or scene.year):
        scene.year, scene.far = (past.earliest.year if past.earliest.year != seen.year else None), True
    elif one.rule.basis == "RelativeToPublication" or stated:
        scene.year, scene.far = None, False


def _dateline(text: str, paragraph: Span, one: _Found) -> bool:
    return one.start - paragraph.start < 60 and bool(_DATELINE.match(text[paragraph.start : one.start]))


def _when(text: str, one: _Found, reading: Reading) -> When:
    words_ = text[one.start : one.end]
    when = When(words_, Span(one.start, one.end), reading.past, one.rule.basis, reading.ahead)
    if when.basis == "Stated" and reading.past != reading.ahead:
        return replace(when, basis="RelativeToPublication")
    return when
