from __future__ import annotations

import time

import pytest

from kg.language import paragraphs

HEADLINE = "Ministers meet unions in Hill\n"

# A line under a headline, and what kind it is.
LINES = [
    # furniture
    ("Read more", "furniture"),
    ("read more:", "furniture"),
    ("Read more: Hill council votes on bins", "furniture"),
    ("ALSO READ: Traffic plan for the bridge", "furniture"),
    ("Related: Savings plan for schools", "furniture"),
    ("comments", "furniture"),
    ("24 Comments", "furniture"),
    ("Comments are closed on this article", "furniture"),
    ("3 min read", "furniture"),
    ("Share this article", "furniture"),
    ("Share: Facebook Twitter Email", "furniture"),
    ("Advertisement", "furniture"),
    ("Story continues below", "furniture"),
    ("Sign up to our morning email", "furniture"),
    ("Subscribe to the Hill Note for news from the council", "furniture"),
    ("Follow us on Twitter", "furniture"),
    ("Home > News > Politics", "furniture"),
    ("Last updated: 14 Oct 2023, 18:12", "furniture"),
    ("By Ilse Brandt", "furniture"),
    ("By Ilse Brandt, Deputy Editor", "furniture"),
    ("By ILSE BRANDT and Bo Ek in Oslo", "furniture"),
    ("(Reporting by Ilse Brandt; editing by Bo Ek)", "furniture"),
    ("© Hill News 2023. All rights reserved.", "furniture"),
    ("ENDS", "furniture"),
    ("* * *", "furniture"),
    ("PRESS RELEASE – FOR IMMEDIATE USE", "furniture"),
    # captions
    ("Photo: Ilse Brandt with the mayor of Hill", "caption"),
    ("Ilse Brandt meets the mayor at Hill town hall on Monday. (PA Media/Bo Ek)", "caption"),
    ("Ilse Brandt and the mayor of Hill after their talks. Photograph: Bo Ek/Getty", "caption"),
    ("Picture credit: Bo Ek", "caption"),
    # lists
    ("• President: Ilse Brandt (HP)", "list"),
    ("- Ilse Brandt, mayor", "list"),
    ("2. Bo Ek, clerk to the council", "list"),
    ("Treasurer: Ilse Brandt", "list"),
    ("Head of Policy: Bo Ek", "list"),
    ("Education Co-ordinators (job share): Ann Lee and Bo Ek", "list"),
    # headings
    ("What happens next?", "body"),
    ("Talks in Oslo", "heading"),
    ("1. Opening", "heading"),
    ("Hill, 7 March 2024", "heading"),
    ("Potsdam (dpa)", "heading"),
    # body
    ("Ministers met.", "body"),
    ("By the end of the day the council had met the unions twice, and nobody said much.", "body"),
    ("Share prices fell after the minister spoke.", "body"),
    ("The Treasurer: a man who said that he would never again speak to the council about money.", "body"),
    ("1.1 The Prime Minister opened the summit on Thursday morning and thanked everybody who had come.", "body"),
    ("Sign of the times: the mayor said he would sign up.", "body"),
    ("Related bodies of the union met the mayor of Hill, who told them that the plan was dead.", "body"),
]


def kinds(text: str) -> list[tuple[str, str]]:
    return [(text[p.span.start : p.span.end], p.kind) for p in paragraphs.split(text)]


@pytest.mark.parametrize(("line", "kind"), LINES)
def test_kinds(line: str, kind: str) -> None:
    assert kinds(HEADLINE + "\n" + line + "\nThe mayor spoke.\n")[1] == (line, kind)


def test_headline_is_the_first_line_of_the_story() -> None:
    found = kinds("Home > News\n\nMinisters meet unions\nBy Ilse Brandt\nThe talks ended.\n")
    assert [kind for _, kind in found] == ["furniture", "headline", "furniture", "body"]


@pytest.mark.parametrize(
    "text", ["The mayor met the union.", "The mayor met the union.\nThey talked.", "“We go,” she said"]
)
def test_a_sentence_is_no_headline(text: str) -> None:
    assert kinds(text)[0][1] != "headline"


def test_officers() -> None:
    lines = ["The officers are:", "Chair", "", "Ilse Brandt", "", "Vice Chairs", "Bo Ek", "Ann Lee", "Talks", "End."]
    text = HEADLINE + "\n".join(lines)
    assert [kind for _, kind in kinds(text)[1:]] == ["body", *["list"] * 5, "heading", "body"]


def test_spans_are_true() -> None:
    text = " \n\n  One line \r\n\r\n\tTwo lines\u2028Three \n"
    assert [line for line, _ in kinds(text)] == ["One line", "Two lines", "Three"]


def test_wrapped_lines_are_joined() -> None:
    text = (
        "The mayor met the union on Monday and said that the talks had\n"
        "been good and that there would be more of them before the end of\n"
        "the year, if the council agreed to pay for the rooms and for all\n"
        "the tea.\n\n"
        "She left.\n"
    )
    assert [line.count("\n") for line, _ in kinds(text)] == [3, 0]


@pytest.mark.parametrize("unit", ["a > ", "by A ", "A, ", "Photo ", "read ", "A: ", "a\n", "Chair\nAnn Lee\n"])
def test_time_grows_with_the_text(unit: str) -> None:
    began = time.perf_counter()
    paragraphs.split(unit * 20_000)
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "unit", ["a > ", "By A ", "By A, and ", "A b: ", "Photo A ", "Sign up A ", "(PA) ", "share, ", "x · ", "A. "]
)
def test_a_line_cannot_stall_the_patterns(unit: str) -> None:
    text = "\n".join([unit * 12 + "!?;"] * 500)
    began = time.perf_counter()
    paragraphs.split(text)
    assert time.perf_counter() - began < 2
