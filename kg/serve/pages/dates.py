"""Dates in words that say how sure they are."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date

_BASES = {
    "Stated": "the text gives the date",
    "RelativeToPublication": "counted from the day of publication",
    "BoundedByPublication": "the text gives no date; it lies before the publication",
}


_DAY = r"\d{4}-\d\d-\d\d"
_INTERVAL = re.compile(rf"(?:^|(?<=, ))(?:({_DAY})|({_DAY}|\.\.)/({_DAY}|\.\.))$")


@dataclass(frozen=True, slots=True)
class When:
    """A date as pages show it.

    `sure` is "day" where it is one day, "range" where it may be any of several, "open" where one end is unknown,
    "none" where nothing is known; `written` are the words of the text.
    """

    words: str
    sure: str
    basis: str = ""
    written: str = ""
    earliest: str = ""
    latest: str = ""

    @property
    def interval(self) -> str:
        """The bounds as ISO 8601: a day, or two days with a slash; ".." stands for an end that is unknown."""
        if self.earliest == self.latest:
            return self.earliest
        return f"{self.earliest or '..'}/{self.latest or '..'}"


def when(earliest: str | None, latest: str | None, basis: str = "", written: str = "") -> When:
    """The words for what lies between two days (ISO), either of which may be unknown."""
    told = _BASES.get(basis, "")
    words, sure = _words(_day(earliest), _day(latest))
    return When(words, sure, told, written, earliest or "", latest or "")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None


def _words(first: date | None, last: date | None) -> tuple[str, str]:
    if first and last:
        if first == last:
            return day(first), "day"
        return _range(first, last), "range"
    if last:
        return f"by {day(last)}", "open"
    if first:
        return f"from {day(first)} on", "open"
    return "date unknown", "none"


def dated(text: str) -> str:
    """Text whose end is an ISO day or interval (after a comma, or alone), with that in words."""
    return _INTERVAL.sub(lambda found: _told(found[1] or found[2], found[1] or found[3]) or found[0], text)


def _told(first: str, last: str) -> str:
    earliest, latest = _day(first), _day(last)
    return _words(earliest, latest)[0] if earliest or latest else ""


def day(value: date) -> str:
    """A day as people write it: 29 February 2016."""
    return f"{value.day} {month_name[value.month]} {value.year}"


def _range(first: date, last: date) -> str:
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole and (first.year, first.month) == (last.year, last.month):
        return f"some day in {month_name[first.month]} {first.year}"
    if whole and first.month == 1 and last.month == 12:
        return f"some day in {first.year}" if first.year == last.year else f"some day in {first.year} to {last.year}"
    if first.year != last.year:
        return f"between {day(first)} and {day(last)}"
    if first.month != last.month:
        return f"between {first.day} {month_name[first.month]} and {day(last)}"
    return f"between {first.day} and {day(last)}"
