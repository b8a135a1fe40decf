"""Date expressions and the days they allow."""

from __future__ import annotations

from datetime import date

import pytest

from kg.find import dates
from kg.language import paragraphs
from kg.language.analysis import Analysis
from kg.model import UNBOUNDED, Bounds, Document, When


def found(text: str, published: str = "") -> tuple[When, ...]:
    first, _, last = published.partition("/")
    bounds = Bounds(date.fromisoformat(first), date.fromisoformat(last or first)) if published else UNBOUNDED
    return dates.find(Analysis(Document("x", "x", text, text, "0", bounds=bounds), paragraphs.split(text), (), ()))


def days(bounds: Bounds | None) -> tuple[str | None, ...]:
    return tuple(day and day.isoformat() for day in bounds) if bounds else ()


# 14 March 2024 is a Thursday.
PAST = [
    ("They met on 29 Feb 2016.", "2016-02-29", "2016-02-29"),
    ("They met on July 4, 2012, in Oslo.", "2012-07-04", "2012-07-04"),
    ("They met on Tuesday.", "2024-03-12", "2024-03-12"),
    ("They met on Tuesday evening.", "2024-03-12", "2024-03-12"),
    ("They met on Thursday.", "2024-03-14", "2024-03-14"),
    ("They met last Thursday.", "2024-03-07", "2024-03-07"),
    ("They met yesterday.", "2024-03-13", "2024-03-13"),
    ("Earlier today they met.", "2024-03-14", "2024-03-14"),
    ("They met last night.", "2024-03-13", "2024-03-13"),
    ("They met last week.", "2024-03-04", "2024-03-10"),
    ("They met earlier this week.", "2024-03-11", "2024-03-14"),
    ("They met this week.", "2024-03-11", "2024-03-17"),
    ("They met last weekend.", "2024-03-09", "2024-03-10"),
    ("They met earlier this month.", "2024-03-01", "2024-03-14"),
    ("They met in July.", "2023-07-01", "2023-07-31"),
    ("They met in late August.", "2023-08-21", "2023-08-31"),
    ("They met on 18 December.", "2023-12-18", "2023-12-18"),
    ("They met in 1994.", "1994-01-01", "1994-12-31"),
    ("They met in September 1945.", "1945-09-01", "1945-09-30"),
    ("They met between 6 and 9 June 2020.", "2020-06-06", "2020-06-09"),
    ("They met from 4 to 6 February.", "2024-02-04", "2024-02-06"),
    ("They met on 1–2 September 2022.", "2022-09-01", "2022-09-02"),
    ("They met from 30 May to 2 June 2021.", "2021-05-30", "2021-06-02"),
    ("They met two days ago.", "2024-03-12", "2024-03-12"),
    ("They met last summer.", "2023-06-01", "2023-08-31"),
    ("They met nearly two years ago.", None, None),
    ("They met on the eve of the vote.", None, None),
    ("They met on Easter Monday.", "2023-04-10", "2023-04-10"),
    ("They met on Christmas Eve.", "2023-12-24", "2023-12-24"),
    ("They met on Good Friday 2019.", "2019-04-19", "2019-04-19"),
    ("They met on the eve of Bastille Day.", "2023-07-13", "2023-07-13"),
    ("They met in the second half of 2021.", "2021-07-01", "2021-12-31"),
    ("They met this past Tuesday.", "2024-03-12", "2024-03-12"),
]
AHEAD = [
    ("The talks were put off until Tuesday.", "2024-03-19", "2024-03-19"),
    ("They will meet on Easter Monday.", "2024-04-01", "2024-04-01"),
    ("They will meet on Tuesday.", "2024-03-19", "2024-03-19"),
    ("They will meet next month.", "2024-04-01", "2024-04-30"),
    ("They will meet later this month.", "2024-03-14", "2024-03-31"),
    ("They will meet later in the year.", "2024-03-14", "2024-12-31"),
    ("They will meet at the end of the month.", "2024-03-21", "2024-03-31"),
    ("They will meet in July.", "2024-07-01", "2024-07-31"),
    ("They will meet on 10 February.", "2025-02-10", "2025-02-10"),
    ("They will meet on July 10 or 12.", "2024-07-10", "2024-07-12"),
    ("They look forward to meeting this summer.", "2024-06-01", "2024-08-31"),
    ("They will meet tomorrow.", "2024-03-15", "2024-03-15"),
    ("They will meet between January and March.", "2025-01-01", "2025-03-31"),
    ("They will meet next Thursday.", "2024-03-21", "2024-03-21"),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), PAST)
def test_what_has_happened_counts_back(text: str, earliest: str | None, latest: str | None) -> None:
    (when,) = found(text, "2024-03-14")
    assert days(when.bounds) == (earliest, latest)


@pytest.mark.parametrize(("text", "earliest", "latest"), AHEAD)
def test_what_is_to_come_counts_on(text: str, earliest: str, latest: str) -> None:
    (when,) = found(text, "2024-03-14")
    assert days(when.ahead) == (earliest, latest)


def test_an_uncertain_publication_widens_the_bounds() -> None:
    (when,) = found("They met last night.", "2024-03-01/2024-03-31")
    assert days(when.bounds) == ("2024-02-29", "2024-03-30")


@pytest.mark.parametrize(
    "text", ["They met on Tuesday.", "They met last week.", "They met in July.", "They met on 18 December."]
)
def test_without_a_publication_relative_expressions_have_no_bounds(text: str) -> None:
    (when,) = found(text)
    assert when.bounds == UNBOUNDED


def test_a_dateline_counts_as_publication() -> None:
    assert days(found("RIGA, 3 June 2021 — They met on Monday.")[1].bounds) == ("2021-05-31", "2021-05-31")


def test_an_anchored_expression_counts_from_the_day_told_of_before() -> None:
    text = "On Tuesday they dined. That evening they danced, and the next morning they left."
    assert [days(when.bounds)[0] for when in found(text, "2024-03-14")] == ["2024-03-12", "2024-03-12", "2024-03-13"]


def test_a_tale_of_old_days_lends_its_year_and_no_weekdays() -> None:
    text = "They met on 13 October 1997 and again on 11 December. On Thursday night she called."
    assert [days(when.bounds)[0] for when in found(text, "2008-04-10")] == ["1997-10-13", "1997-12-11", None]


@pytest.mark.parametrize("text", ["No talks since 2009.", "They may march on.", "Votes must be in by Friday."])
def test_limits_and_other_words_are_no_dates(text: str) -> None:
    assert found(text, "2024-03-14") == ()
