"""Days and ranges of days: the arithmetic behind date expressions."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from kg.model import UNBOUNDED, Bounds

Days = tuple[date, date]


class Reading(NamedTuple):
    """The days that an expression allows: told of what has happened, and of what is to come."""

    past: Bounds
    ahead: Bounds


UNKNOWN = Reading(UNBOUNDED, UNBOUNDED)


def fixed(first: date, last: date | None = None) -> Reading:
    """The same days, whichever way the text looks."""
    bounds = Bounds(first, last or first)
    return Reading(bounds, bounds)


def read(published: Bounds, count: Callable[[date, bool], Days]) -> Reading:
    """Counts from the publication, ahead or back; bounds widen where its day is uncertain."""
    first, last = published.earliest or published.latest, published.latest or published.earliest
    if first is None or last is None:
        return UNKNOWN

    def widened(ahead: bool) -> Bounds:
        one, other = count(first, ahead), count(last, ahead)
        return Bounds(min(one[0], other[0]), max(one[1], other[1]))

    return Reading(widened(False), widened(True))


def month(year: int, number: int, part: str = "") -> Days:
    """The first and last day of a month, or of its "early", "mid" or "late" third."""
    last = monthrange(year, number)[1]
    low, high = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}.get(part, (1, last))
    return date(year, number, low), date(year, number, high)


def week(day: date, offset: int = 0) -> Days:
    """Monday and Sunday of the week that holds a day, `offset` weeks on."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=offset)
    return monday, monday + timedelta(days=6)


def months_on(day: date, offset: int) -> Days:
    """The whole month that lies `offset` months after that of a day."""
    moved = day + relativedelta(months=offset)
    return month(moved.year, moved.month)


def weekday(day: date, number: int, which: str, ahead: bool) -> date:
    """The day of the week that "Tuesday", "last", "next" or "this Tuesday" means as seen from a day."""
    back, on = (day.weekday() - number) % 7, (number - day.weekday()) % 7
    if which == "last":
        return day - timedelta(days=back or 7)
    if which in ("next", "coming"):
        return day + timedelta(days=on or 7)
    if which == "this":
        return day + timedelta(days=on) if ahead else week(day)[0] + timedelta(days=number)
    return day + timedelta(days=on) if ahead else day - timedelta(days=back)


def nearest(day: date, number: int, of_month: int, ahead: bool) -> date | None:
    """The last (or next) day of that month and number, seen from a day; None where there is none."""
    for step in range(5):
        year = day.year + (step if ahead else -step)
        if not MINYEAR <= year <= MAXYEAR or number > monthrange(year, of_month)[1]:
            continue
        found = date(year, of_month, number)
        if (found >= day) if ahead else (found <= day):
            return found
    return None


def year_of_month(day: date, number: int, ahead: bool) -> int:
    """The year of the last (or next) month of that number, the current one included."""
    if ahead:
        return day.year + (number < day.month)
    return day.year - (number > day.month)
