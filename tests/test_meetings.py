"""Who met whom, when, where, and whether they did."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from kg.find import find
from kg.language.backend import analyse
from kg.model import Bounds, Document, Findings


@cache
def read(text: str) -> Findings:
    day = date(2024, 3, 14)
    return find(next(iter(analyse([Document("t.txt", "t.txt", text, "", "0", bounds=Bounds(day, day))]))))


def told(text: str) -> list[tuple[set[str], str]]:
    found = read(text)
    names = {entity.id: entity.name for entity in found.entities}
    return [({names[i] for i in meeting.participants}, meeting.status) for meeting in found.meetings]


A, B, C = "Anna Berg", "Tom Reed", "Karen Moss"
HELD = [
    f"{A} met {B} in Oslo on Monday.",
    f"{A} held talks with {B} on Tuesday.",
    f"{A} and {B} met in Oslo on Monday.",
    f"{A} was received by {B} at the palace on Monday.",
    f"A meeting between {A} and {B} ended without agreement.",
    f"{A} sat down with {B} in Bonn on Monday.",
    f"{A} dined with {B} in Bonn on Monday.",
]


@pytest.mark.parametrize("text", HELD)
def test_a_meeting_of_two(text: str) -> None:
    assert told(text) == [({A, B}, "Held")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{A} will meet {B} in Oslo on Friday.", "Planned"),
        (f"{A} is due to meet {B} on Friday.", "Planned"),
        (f"{A} refused to meet {B} on Monday.", "Cancelled"),
        (f"{A} cancelled her meeting with {B} in Oslo.", "Cancelled"),
        (f"{A} has asked for a meeting with {B}.", "Proposed"),
        (f"The embassy denied that {A} had met {B} last week.", "Denied"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert [found for _, found in told(text)] == [status]


@pytest.mark.parametrize(
    "text",
    [
        f"{A} and {B} have never met.",
        f"{A} met the deadline that {B} had set.",
        f"{A}'s proposal met with resistance from {B}.",
        f"{A} said that pensioners struggle to make ends meet, and {B} agreed.",
        f"{A} won the vote against {B} on Monday.",
    ],
)
def test_what_is_no_meeting(text: str) -> None:
    assert told(text) == []


def test_place_and_date() -> None:
    (meeting,) = read(f"{A} met {B} in Oslo on Monday.").meetings
    names = {entity.id: entity.name for entity in read(f"{A} met {B} in Oslo on Monday.").entities}
    assert meeting.place is not None and names[meeting.place] == "Oslo"
    assert meeting.when is not None and meeting.when.bounds == Bounds(date(2024, 3, 11), date(2024, 3, 11))


def test_one_meeting_told_twice_is_one() -> None:
    found = read(f"{A} meets {B}\n\n{A} met {B} in Oslo on Monday, her office said in a statement.")
    assert len(found.meetings) == 1 and len(found.meetings[0].evidence) == 2
