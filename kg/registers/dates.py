"""Dates in a register's columns: formats that a mapping lists, and the days that each value allows.

A format is written with DD, MM, MONTH (a month's name, in full or short) and YYYY: "DD-MM-YYYY", "MONTH YYYY", "YYYY".
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from functools import cache

from kg.data import lexicon
from kg.model import Bounds

_TOKENS = {"DD": r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", "MM": r"(?P<month>\d{1,2})", "MONTH": r"(?P<name>[^\W\d_]+)\.?",
           "YYYY": r"(?P<year>\d{4})"}  # fmt: skip
_TOKEN = re.compile("DD|MONTH|MM|YYYY")


@cache
def _months() -> dict[str, int]:
    """Names of months, in small letters, by number."""
    months = enumerate(lexicon("dates")["months"], 1)
    return {str(name).lower().rstrip("."): number for number, names in months for name in names}


class Format:
    """One way of writing a date. Raises ValueError for one without a year, or with a day and no month."""

    def __init__(self, text: str) -> None:
        self.text = text
        tokens = _TOKEN.findall(text)
        month = {"MM", "MONTH"} & set(tokens)
        if "YYYY" not in tokens or len(set(tokens)) < len(tokens) or len(month) > 1 or ("DD" in tokens and not month):
            raise ValueError(f"dates: {text!r} is no format; write it with DD, MM or MONTH, and YYYY, as DD-MM-YYYY")
        parts = _TOKEN.split(text)
        pattern = "".join(re.escape(p) + (_TOKENS[tokens[i]] if i < len(tokens) else "") for i, p in enumerate(parts))
        self._pattern = re.compile(pattern)

    def bounds(self, value: str) -> Bounds | None:
        """The days that a value allows, None where it is of another format. Raises ValueError for no such day."""
        found = self._pattern.fullmatch(value)
        if found is None:
            return None
        parts = found.groupdict()
        year = int(parts["year"])
        if parts.get("name"):
            month = _months().get(parts["name"].lower())
            if month is None:
                return None
        elif parts.get("month"):
            month = int(parts["month"])
        else:
            return Bounds(date(year, 1, 1), date(year, 12, 31))
        if parts.get("day"):
            exact = date(year, month, int(parts["day"]))
            return Bounds(exact, exact)
        if not 1 <= month <= 12:
            raise ValueError(f"there is no month {month}")
        return Bounds(date(year, month, 1), date(year, month, monthrange(year, month)[1]))


def days(value: str, formats: Iterable[Format], ranges: Iterable[str] = ()) -> Bounds:
    """The days that a cell allows, alone or as a range with one of `ranges` between two dates.

    Raises ValueError, in words, where the value is of no format, names no day that there is, or ends before it begins.
    """
    text = " ".join(value.split())
    formats = tuple(formats)
    for each in formats:
        if (found := _tried(each, text)) is not None:
            return found
    for joint in ranges:
        first, middle, last = text.partition(joint)
        if middle:
            start, end = days(first, formats), days(last, formats)
            return between(start, end, text)
    raise ValueError(f"{text!r} is no date as the mapping writes them ({', '.join(each.text for each in formats)})")


def between(start: Bounds, end: Bounds, words: str) -> Bounds:
    """From the first day of one to the last of the other. Raises ValueError where that is before."""
    if start.earliest and end.latest and start.earliest > end.latest:
        raise ValueError(f"{words!r} ends before it begins")
    return Bounds(start.earliest, end.latest)


def _tried(form: Format, text: str) -> Bounds | None:
    try:
        return form.bounds(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is no day that there is ({error})") from error
