"""All finders over one document: the work grows with the text, not with its square."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from kg.find import find
from kg.language.analysis import Analysis

Analyse = Callable[..., Analysis]
STORY = "President Anna Kovel met Mr Tom Reid in Paris. A source said that talks went well. She told the minister so. "


def calls(analysis: Analysis) -> int:
    """How many functions the finders call."""
    count = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        find(analysis)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize(
    ("words", "times"),
    [
        ("The minister said that he said that ", 150),
        (STORY, 40),
        ("president met Anna Kovel talks with Tuesday said party council in Berlin he leader ", 60),
    ],
    ids=["one sentence", "many stories", "no structure"],
)
def test_twice_the_text_is_about_twice_the_work(analysed: Analyse, words: str, times: int) -> None:
    find(analysed(words))
    once, twice = calls(analysed(words * times)), calls(analysed(words * times * 2))
    assert twice < 2.5 * once


def test_who_wrote_an_article_holds_no_office_that_it_tells_of(analysed: Analyse) -> None:
    text = (
        "Chief quits\n\nBy Ada Moss, local democracy reporter\n\nThe leader of Thornbury Borough Council has resigned."
    )
    assert [role.title for role in find(analysed(text)).roles if role.holder] == []


def test_who_accuses_the_holder_of_an_office_does_not_hold_it(analysed: Analyse) -> None:
    text = "Pearse Quill of the Harbour Party is on his feet. He accuses the Taoiseach of having given up."
    assert [role.title for role in find(analysed(text)).roles if role.holder] == []
