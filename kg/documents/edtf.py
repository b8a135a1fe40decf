"""Dates as libraries write them (EDTF, ISO 8601-2 levels 0 and 1): a day, a month, a year, a range."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from kg.model import UNBOUNDED, Bounds

_ONE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)"
    r"(?:-(?P<month>0[1-9]|1[0-2]|2[1-4]|XX)"
    r"(?:-(?P<day>0[1-9]|[12]\d|3[01]|XX)(?:T[\d:.]+(?:Z|[+-]\d\d(?::?\d\d)?)?)?)?)?"
    r"[~?%]?"
)
_OPEN = ("", "..")
_HELP = "write a day 2018-04-25, a month 2018-04, a year 2018 or a range 2018-04-01/2018-04-10, with ~ or ? if unsure"


def bounds(literal: str) -> Bounds:
    """The first and last day that an EDTF date allows; an empty one allows every day.

    A month is its days, a season its year (hemispheres differ), `X` any digit, `..` or nothing an open
    end. Qualifiers (`~` about, `?` uncertain, `%` both) widen nothing: they say how sure, not how far.
    Raises ValueError, in words, where the literal is no such date.
    """
    text = literal.strip()
    if text in _OPEN:
        return UNBOUNDED
    if "/" not in text:
        return _one(text)
    first, _, last = text.partition("/")
    earliest = None if first in _OPEN else _one(first).earliest
    latest = None if last in _OPEN else _one(last).latest
    if earliest and latest and earliest > latest:
        raise ValueError(f"{literal!r} ends before it begins; {_HELP}")
    return Bounds(earliest, latest)


def _one(text: str) -> Bounds:
    match = _ONE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no date; {_HELP}")
    year, month, day = match["year"], match["month"], match["day"]
    whole_year = month is None or month == "XX" or month > "12"
    if whole_year and day not in (None, "XX"):
        raise ValueError(f"{text!r} has a day without a month; {_HELP}")
    try:
        first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
        if whole_year:
            return Bounds(date(first, 1, 1), date(last, 12, 31))
        if first != last:
            raise ValueError("a month of an unknown year")
        if day is None or day == "XX":
            return Bounds(date(first, int(month), 1), date(first, int(month), monthrange(first, int(month))[1]))
        exact = date(first, int(month), int(day))
    except ValueError as error:
        raise ValueError(f"{text!r} is no date ({error}); {_HELP}") from error
    return Bounds(exact, exact)
