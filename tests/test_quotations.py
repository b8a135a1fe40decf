from __future__ import annotations

import time

import pytest

from kg.language import paragraphs, quotations
from kg.model import Span


def found(text: str) -> quotations.Found:
    return quotations.find(text, paragraphs.split(text))


def quoted(text: str) -> list[list[str]]:
    return [[text[s.span.start : s.span.end] for s in q.segments] for q in found(text).quotations]


CASES = [
    # double marks, curly and straight
    ("“We will go,” she said.", [["We will go,"]]),
    ('"We will go," she said. "Now."', [["We will go,"], ["Now."]]),
    ("“We will go,” she said, “and soon.”", [["We will go,"], ["and soon."]]),
    ('The plan ("a trap") was called "unfair".', [["a trap"], ["unfair"]]),
    ('The plan—"a trap"—failed.', [["a trap"]]),
    ("“I just–” he said.", [["I just–"]]),
    ("He was taken seriously.\nHe said: “Seriously.  ”", [["Seriously."]]),
    ("“” is empty.", []),
    # wrong and mixed marks
    ("Ilse Brandt told the Courier:”I’m glad of it.”", [["I’m glad of it."]]),
    ("She said :“We won't.\" He left.", [["We won't."]]),
    ("He said “no“ twice.", [["no"]]),
    ("He said ”no” twice.", [["no"]]),
    ("``We are here,'' he said.", [["We are here,"]]),
    ("„Nein“, sagte er.", [["Nein"]]),
    ("« Non », dit-elle.", [["Non"]]),
    ("»Nein«, sagte er.", [["Nein"]]),
    # single marks, with apostrophes inside and around
    ("‘I’m sorry,’ she said, ‘for the nurses’ pay.’", [["I’m sorry,"], ["for the nurses’ pay."]]),
    ("It is a 'new low', said O'Brien of the '90s.", [["new low"]]),
    ("A 'lot of parties' are here.", [["lot of parties"]]),
    ("The teachers' union met Sa'ar's aide at Mo'ed's.", []),
    ("He spoke of ‘broken promises’ and of the workers’ rights.", [["broken promises"]]),
    ("Rock 'n' roll 'em, 'til '97, he said: 'No.'", [["No."]]),
    ("Labour’s plan for the ’90s is the ministers’ plan.", []),
    ("‘The bosses’ plan is dead’, he said.", [["The bosses’ plan is dead"]]),
    ("They kept on talkin' and the 'plan' failed.", [["plan"]]),
    ("The ‘Abd al-Rahman family met the ‘council’.", [["council"]]),
    # signs that are no marks
    ('The 6\'2" man bought a 12" record and said "yes".', [["yes"]]),
    # nesting
    ("“He told me ‘never again’ and left,” she said.", [["He told me ‘never again’ and left,"], ["never again"]]),
    ("‘He told me “never” and left,’ she said.", [["He told me “never” and left,"], ["never"]]),
    ("“He told me “never” and left,” she said.", [["He told me “never” and left,"], ["never"]]),
    ("He said, \"She told me 'I am off' and left.\"", [["She told me 'I am off' and left."], ["I am off"]]),
    # several paragraphs
    ("She said: “One.\n\n“Two.\n\n“Three.”\n\nEnd.", [["One.", "Two.", "Three."]]),
    (
        "She said: ‘The nurses’ pay is low.\n‘The doctors’ pay too.\n‘That is all.’",
        [["The nurses’ pay is low.", "The doctors’ pay too.", "That is all."]],
    ),
    (
        'She added: \n\n"If it taught us one thing. \n\nWith luck, we go too."\n\nThen "x".',
        [["If it taught us one thing.", "With luck, we go too."], ["x"]],
    ),
    ("“One.\n\nRead more\n\n“Two.”", [["One.", "Two."]]),
    ("“He said ‘go.\n“‘Go now.’ And we went.”", [["He said ‘go.", "‘Go now.’ And we went."], ["go.", "Go now."]]),
    ("“One.”\n“Two.”", [["One."], ["Two."]]),
    # one bad mark
    ("He said “we go, and left. She added: “I see.” Then “two”.\n“Three” came.", [["I see."], ["two"], ["Three"]]),
    ("He said: We go.” And then “no”.", [["no"]]),
    ("“We go.\nThen a line with “one” in it.", [["We go."], ["one"]]),
    ('"A," he said. "B. "C," she said. "D."', [["A,"], ["C,"], ["D."]]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_quotations(text: str, expected: list[list[str]]) -> None:
    assert quoted(text) == expected


def test_places_and_parents() -> None:
    text = "“He told me ‘never again’ and left,” she said."
    outer, inner = found(text).quotations
    assert (outer.parent, inner.parent, outer.mark, inner.mark) == (None, 0, "“", "‘")
    assert outer.segments[0].outer == Span(0, text.index("”") + 1)
    assert outer.segments[0].span == Span(1, text.index("”"))
    assert outer.closed and inner.closed


@pytest.mark.parametrize(
    ("text", "place"),
    [("“We go.\nThen a line.", 0), ("We go.” Then.", 6), ("He said “we go. She added: “I see.”", 8)],
)
def test_flaws_are_told(text: str, place: int) -> None:
    flaws = found(text).flaws
    assert [flaw.span for flaw in flaws] == [Span(place, place + 1)]


def test_unclosed_is_said_to_be() -> None:
    assert [q.closed for q in found("“We go.\nThen a line with “one” in it.").quotations] == [False, True]


@pytest.mark.parametrize("unit", ["“a ", '"a ', "‘a ", "'a ", "a' ", "“a\n", '"a" ', "‘a’ "])
def test_time_grows_with_the_text(unit: str) -> None:
    began = time.perf_counter()
    found(unit * 20_000)
    assert time.perf_counter() - began < 5
