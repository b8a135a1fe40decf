"""The days that each kind of date expression allows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

from kg.find.dates import calendar
from kg.find.dates.calendar import UNKNOWN, Days, Reading
from kg.find.dates.words import words
from kg.model import UNBOUNDED, Bounds

Match = re.Match[str]


@dataclass
class Scene:
    """What an expression is read against: the publication, and the day told of before it."""

    published: Bounds
    told: Reading | None = None
    year: int | None = None
    far: bool = False


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else words().numbers[text.lower()]


def _month_of(text: str) -> int:
    return words().months[text.rstrip(".")]


def _in_year(scene: Scene, number: int, month: int) -> Reading:
    """A day and month without a year: of the year told of, else the nearest one."""
    if scene.year is not None:
        day = _day(scene.year, month, number)
        if (
            day
            and scene.told
            and scene.told.past.earliest
            and day < scene.told.past.earliest
            and scene.told.past.earliest.year == scene.year
        ):
            day = _day(scene.year + 1, month, number) or day
        return calendar.fixed(day) if day else UNKNOWN

    def count(seen: date, ahead: bool) -> Days:
        day = calendar.nearest(seen, number, month, ahead) or seen
        return day, day

    return calendar.read(scene.published, count)


def whole(match: Match, scene: Scene) -> Reading | None:
    """ "29 Feb 2016", "July 4", "from 4 to 6 August", "July 10 or 12"."""
    got = match.groupdict()
    month = _month_of(got["month"])
    first, last = int(got["first"]), int(got.get("last") or got["first"])
    if not 1 <= first <= 31 or not 1 <= last <= 31:
        return None
    if got.get("year"):
        one, other = _day(int(got["year"]), month, first), _day(int(got["year"]), month, last)
        return calendar.fixed(one, other) if one and other else None
    low, high = _in_year(scene, first, month), _in_year(scene, last, month)
    return Reading(*(Bounds(a.earliest, b.latest) for a, b in zip(low, high, strict=True)))


def two_months(match: Match, scene: Scene) -> Reading | None:
    """ "from 30 May to 2 June"."""
    year = int(match["year"]) if match["year"] else None
    against = Scene(scene.published, None, year if year else scene.year)
    low = _in_year(against, int(match["first"]), _month_of(match["month"]))
    high = _in_year(against, int(match["last"]), _month_of(match["month2"]))
    return Reading(*(Bounds(a.earliest, b.latest) for a, b in zip(low, high, strict=True)))


def iso(match: Match, _scene: Scene) -> Reading | None:
    """ "2016-02-29"."""
    day = _day(int(match["year"]), int(match["m"]), int(match["first"]))
    return calendar.fixed(day) if day else None


def month(match: Match, scene: Scene) -> Reading | None:
    """ "in July", "late August", "September 1945", "last May", "between January and March"."""
    got = match.groupdict()
    number, part = (
        _month_of(got["month"]),
        {"mid-": "mid"}.get((got.get("part") or "").lower(), (got.get("part") or "").lower()),
    )
    until = _month_of(got["month2"]) if got.get("month2") else number
    if got.get("year"):
        year = int(got["year"])
        return calendar.fixed(calendar.month(year, number, part)[0], calendar.month(year, until, part)[1])
    which = (got.get("which") or "").lower()

    def count(seen: date, ahead: bool) -> Days:
        forward = ahead if which in ("", "this") else which == "next"
        year = scene.year or calendar.year_of_month(seen, number, forward)
        end = year + (until < number)
        return calendar.month(year, number, part)[0], calendar.month(end, until, part)[1]

    return calendar.read(scene.published, count)


def year(match: Match, _scene: Scene) -> Reading | None:
    """ "In 1994", "in the 1990s"."""
    year = int(match["year"])
    return calendar.fixed(date(year, 1, 1), date(year + (9 if match["s"] else 0), 12, 31))


def season(match: Match, scene: Scene) -> Reading | None:
    """ "Last summer", "in the spring", "winter 2019"."""
    first, last = words().seasons[match["season"].lower()]
    which = (match["which"] or "").lower()

    def span(year: int) -> Days:
        return date(year, first, 1), calendar.month(year + (last < first), last)[1]

    if match["year"]:
        return calendar.fixed(*span(int(match["year"])))

    def count(seen: date, ahead: bool) -> Days:
        step = {"last": -1, "next": 1}.get(which, 0)
        if which == "this":
            return span(seen.year)
        found = span(seen.year + (step if (step > 0 and span(seen.year)[0] <= seen) else 0))
        if step < 0 or (not ahead and not step):
            return found if found[0] <= seen and not (step < 0 and found[1] >= seen) else span(seen.year - 1)
        return found if found[1] >= seen else span(seen.year + 1)

    return calendar.read(scene.published, count)


def weekday(match: Match, scene: Scene) -> Reading | None:
    """ "Tuesday", "last Friday evening", "Thursday and Friday"; "the Tuesday" of a tale is none."""
    got = match.groupdict()
    if scene.far or got["the"]:
        return UNKNOWN
    names, which = words().weekdays, (got["which"] or "").lower()

    def count(seen: date, ahead: bool) -> Days:
        day = calendar.weekday(seen, names[got["weekday"]], which, ahead)
        if not got.get("last"):
            return day, day
        other = calendar.weekday(seen, names[got["last"]], which, ahead)
        if other < day:
            day, other = (day, other + timedelta(weeks=1)) if ahead else (day - timedelta(weeks=1), other)
        return day, other

    return calendar.read(scene.published, count)


def weekday_on(match: Match, scene: Scene) -> Reading | None:
    """ "The following Tuesday": counted from the day told of before."""
    number, step = words().weekdays[match["weekday"]], 1 if match["way"] == "following" else -1

    def moved(bounds: Bounds) -> Bounds:
        if bounds.earliest is None:
            return UNBOUNDED
        day = calendar.weekday(bounds.earliest, number, "next" if step > 0 else "last", step > 0)
        return Bounds(day, day)

    return Reading(*(moved(bounds) for bounds in scene.told)) if scene.told is not None else UNKNOWN


def feast(match: Match, scene: Scene) -> Reading | None:
    """ "Good Friday", "Christmas Eve 2019", "the eve of Bastille Day": of the year told of, else the nearest."""
    where, back = words().feasts[match["feast"]], timedelta(days=bool(match["eve"]))

    def of(year: int) -> date:
        day = easter(year) + timedelta(days=where) if isinstance(where, int) else date(year, *where)
        return day - back

    if match["year"] or scene.year is not None:
        return calendar.fixed(of(int(match["year"] or scene.year or 0)))

    def count(seen: date, ahead: bool) -> Days:
        day = of(seen.year)
        if day < seen and ahead:
            day = of(seen.year + 1)
        elif day > seen and not ahead:
            day = of(seen.year - 1)
        return day, day

    return calendar.read(scene.published, count)


def half(match: Match, _scene: Scene) -> Reading | None:
    """ "In the second half of 2023"."""
    first, last = (1, 6) if match["nth"] == "first" else (7, 12)
    return calendar.fixed(date(int(match["year"]), first, 1), calendar.month(int(match["year"]), last)[1])


def relative_day(match: Match, scene: Scene) -> Reading | None:
    """ "Yesterday", "earlier today", "last night": counted from publication."""
    offset = words().days[" ".join(match["day"].lower().split())]
    return calendar.read(scene.published, lambda seen, _: (seen + timedelta(days=offset),) * 2)


def anchored(match: Match, scene: Scene) -> Reading | None:
    """ "That evening", "the next day": counted from the day told of before."""
    offset = words().anchored[" ".join(match["anchored"].lower().split())]
    return _later(scene, timedelta(days=offset))


def _later(scene: Scene, offset: timedelta) -> Reading:
    if scene.told is None:
        return UNKNOWN
    return Reading(*(_moved(bounds, offset) for bounds in scene.told))


def _moved(bounds: Bounds, offset: timedelta) -> Bounds:
    if bounds.earliest is None or bounds.latest is None:
        return UNBOUNDED
    return Bounds(bounds.earliest + offset, bounds.latest + offset)


def days_on(match: Match, scene: Scene) -> Reading | None:
    """ "two days ago" from publication, "three days later" from the day told of; longer units are too vague."""
    steps, unit, way = _number(match["n"]), match["unit"].lower(), match["way"].lower()
    if unit != "day":
        return UNKNOWN
    if way == "ago":
        return calendar.read(scene.published, lambda seen, _: (seen - timedelta(days=steps),) * 2)
    return _later(scene, timedelta(days=steps if way == "later" else -steps))


def period(match: Match, scene: Scene) -> Reading | None:
    """ "this week", "earlier this month", "next year", "at the end of the month", "over the weekend"."""
    part, which, unit = (match["part"] or "").lower(), match["which"].lower(), match["unit"].lower()
    step = {"last": -1, "next": 1}.get(which, 0)

    def count(seen: date, ahead: bool) -> Days:
        if unit == "week":
            low, high = calendar.week(seen, step)
        elif unit == "weekend":
            gone = step or (0 if ahead or seen.weekday() >= 5 or which == "this" else -1)
            if step < 0 and seen.weekday() == 6:
                gone = -1
            low = calendar.week(seen, gone)[0] + timedelta(days=5)
            high = low + timedelta(days=1)
        elif unit == "month":
            low, high = calendar.months_on(seen, step)
        else:
            low, high = date(seen.year + step, 1, 1), date(seen.year + step, 12, 31)
        if part.startswith("earlier"):
            return low, min(seen, high)
        if part.startswith("later"):
            return max(seen, low), high
        if part and unit == "month":
            return calendar.month(low.year, low.month, "late" if "end" in part or part == "late" else part)
        return low, high

    return calendar.read(scene.published, count)


def vague(_match: Match, _scene: Scene) -> Reading | None:
    """ "In the coming weeks": a time, but no days."""
    return Reading(UNBOUNDED, UNBOUNDED)
