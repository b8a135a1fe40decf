"""Each kind of date expression: its pattern, with the reading of what it matches."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from kg.find.dates import readings
from kg.find.dates.calendar import Reading
from kg.find.dates.readings import Match, Scene
from kg.find.dates.words import Words, words
from kg.model import DateBasis


class Rule(NamedTuple):
    """A pattern with the reading of what it matches; None where it is no date after all.

    `needs` is a list of words of which one stands in every match, so that other paragraphs can be passed over.
    """

    pattern: re.Pattern[str]
    read: Callable[[Match, Scene], Reading | None]
    basis: DateBasis
    needs: str | None = None


def _compile(pattern: str, lists: Words) -> re.Pattern[str]:
    filled = re.sub(
        r"(?<!\?P)<(\w+?)(\d?)(?::(\w+))?>", lambda m: f"(?P<{m[3] or m[1] + m[2]}>{lists.alternatives[m[1]]})", pattern
    )
    return re.compile(filled)


YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
OF_YEAR = r"(?:,? " + YEAR + r"\b|, (?=(?:at|in) )|(?!\d))"
ORDINAL = r"(?:st|nd|rd|th)?"
TO = r"(?: ?[-–—] ?| to | and | or )"
NEEDED = ("month", "season", "feast")
_NAMED = r"(?:(?:<weekday>,? )?(?:the )?)"

_RULES: tuple[tuple[str, Callable[[Match, Scene], Reading | None], DateBasis], ...] = (
    (rf"\b{YEAR}-(?P<m>\d\d)-(?P<first>\d\d)\b", readings.iso, "Stated"),
    (
        rf"\b(?P<first>\d{{1,2}}){ORDINAL} <month>{TO}(?P<last>\d{{1,2}}){ORDINAL} <month2>{OF_YEAR}",
        readings.two_months,
        "Stated",
    ),
    (
        rf"\b{_NAMED}(?P<first>\d{{1,2}}){ORDINAL}{TO}(?P<last>\d{{1,2}}){ORDINAL}(?: of)? <month>\b{OF_YEAR}",
        readings.whole,
        "Stated",
    ),
    (rf"\b{_NAMED}(?P<first>\d{{1,2}}){ORDINAL}(?: of)? <month>\b{OF_YEAR}", readings.whole, "Stated"),
    (
        rf"\b(?:<weekday>,? )?<month> (?P<first>\d{{1,2}}){ORDINAL}\b{TO}(?P<last>\d{{1,2}}){ORDINAL}(?!\d)"
        rf"(?! (?:January|February|March|April|May|June|July|August|September|October|November|December)){OF_YEAR}",
        readings.whole,
        "Stated",
    ),
    (rf"\b(?:<weekday>,? )?<month> (?P<first>\d{{1,2}}){ORDINAL}\b(?!:|\.\d){OF_YEAR}", readings.whole, "Stated"),
    (rf"\b[Bb]etween <month> and <month2>(?: {YEAR})?\b", readings.month, "Stated"),
    (rf"\b[Ff]rom <month> to <month2>(?: {YEAR})?\b", readings.month, "Stated"),
    (rf"\b(?:(?P<part>early|mid|late|Early|Mid|Late)[ -])?<month>,? {YEAR}\b", readings.month, "Stated"),
    (
        r"\b(?:[Ii]n|[Dd]uring)(?: the)? (?P<part>early|mid|late)[ -]<month>(?! \d)",
        readings.month,
        "RelativeToPublication",
    ),
    (r"\b(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[ -]<month>(?! \d)", readings.month, "RelativeToPublication"),
    (r"\b(?:[Ii]n|[Dd]uring|of|for) <month>(?! \d)", readings.month, "RelativeToPublication"),
    (r"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his) <month>(?! \d)", readings.month, "RelativeToPublication"),
    (rf"\b(?P<which>)(?:[Ii]n |[Tt]he )*<season>(?: of)? {YEAR}\b", readings.season, "Stated"),
    (
        r"\b(?:(?:[Ii]n|[Oo]ver|[Dd]uring) )?(?P<which>[Ll]ast|[Nn]ext|[Tt]his) <season>\b(?P<year>)",
        readings.season,
        "RelativeToPublication",
    ),
    (r"\b[Ii]n (?:the )?(?P<which>)<season>\b(?P<year>)", readings.season, "RelativeToPublication"),
    (rf"\b(?:[Ii]n )?[Tt]he (?P<nth>first|second) half of {YEAR}\b", readings.half, "Stated"),
    (
        rf"\b(?:[Ii]n|[Dd]uring|of|[Tt]hroughout)(?: the)? (?:early |late )?{YEAR}(?P<s>s?)\b(?!-)",
        readings.year,
        "Stated",
    ),
    (
        r"\b(?:[Ee]arlier )?<day>(?: morning| afternoon| evening| night)?\b",
        readings.relative_day,
        "RelativeToPublication",
    ),
    (rf"\b(?P<eve>[Tt]he eve of )?<feast>\b(?:,? {YEAR}\b)?", readings.feast, "RelativeToPublication"),
    (
        r"\b(?:[Tt]he )(?P<way>following|previous|preceding) <weekday>(?: <part>)?\b",
        readings.weekday_on,
        "RelativeToPublication",
    ),
    (
        r"\b(?P<the>the )?(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his past|[Tt]his|[Cc]oming|[Tt]his coming|[Tt]he coming) )?"
        r"<weekday>"
        r"(?:(?: and |[-–]| to )<weekday:last>)?(?: <part>)?\b(?! Island\b)",
        readings.weekday,
        "RelativeToPublication",
    ),
    (r"\b(?:<part> )?<day>\b", readings.relative_day, "RelativeToPublication"),
    (r"\b(?:[Ll]ater |[Ee]arlier )?<anchored>\b", readings.anchored, "RelativeToPublication"),
    (
        r"\b(?:(?:nearly|almost|about|some|just|more than|over|around) )?<number:n> "
        r"(?P<unit>day|week|month|year|decade)s? (?P<way>ago|later|earlier)\b",
        readings.days_on,
        "RelativeToPublication",
    ),
    (
        r"\b(?:(?P<part>[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate|[Mm]id) )(?:in )?(?P<which>this|next|last|the) "
        r"(?P<unit>week|weekend|month|year)\b",
        readings.period,
        "RelativeToPublication",
    ),
    (
        r"\b(?:[Aa]t|[Bb]y|[Bb]efore) (?P<part>the end) of (?P<which>this|next|last|the) (?P<unit>week|month|year)\b",
        readings.period,
        "RelativeToPublication",
    ),
    (
        r"\b(?P<part>)(?P<which>[Tt]his|[Nn]ext|[Ll]ast) (?P<unit>week|weekend|month|year)\b"
        r"(?!['’]s (?:elections?|budget))",
        readings.period,
        "RelativeToPublication",
    ),
    (
        r"\b(?P<part>)(?:(?:[Oo]ver|[Aa]t|[Oo]n|[Dd]uring) |(?<=spent )|(?<=spend ))(?P<which>the) (?P<unit>weekend)\b",
        readings.period,
        "RelativeToPublication",
    ),
    (r"\b<vague>\b", readings.vague, "RelativeToPublication"),
)


@cache
def rules() -> tuple[Rule, ...]:
    """The kinds of date expression, the more telling first."""
    lists = words()
    return tuple(Rule(_compile(pattern, lists), read, basis, _needs(pattern)) for pattern, read, basis in _RULES)


def _needs(pattern: str) -> str | None:
    return next((name for name in NEEDED if f"<{name}" in pattern), None)


@cache
def needed(name: str) -> re.Pattern[str]:
    """Any word of the list that rules name in `needs`."""
    return re.compile(f"({words().alternatives[name]})")
