"""Whom pronouns and descriptions denote."""

from __future__ import annotations

import pytest

from kg.find import roles
from kg.find.referents import Referents
from kg.language.analysis import Analysis, Token
from tests.marked import marked


def read(text: str) -> tuple[Analysis, Referents]:
    analysis, entities = marked(text)
    return analysis, Referents(analysis, entities, roles.find(analysis, entities))


def test_what_is_told_of_roles_later_counts_as_if_known_before() -> None:
    analysis, entities = marked("[PER|Ada Quill], the mayor of [PLACE|Port Avel], spoke. The mayor said she would go.")
    found = roles.find(analysis, entities)
    before, at_once = Referents(analysis, entities, ()), Referents(analysis, entities, found)
    later = before.told(found)
    answers = [later.resolve(token) for token in analysis.tokens]
    assert answers == [at_once.resolve(token) for token in analysis.tokens]
    assert (before.roles, later.roles) == ((), found)


def word(analysis: Analysis, wanted: str) -> Token:
    """The last token of that text."""
    return next(token for token in reversed(analysis.tokens) if token.text == wanted)


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("[P|Anna Berg] met [P|Tom Reed] in [L|Oslo]. She praised the talks.", "She", ["Anna Berg"]),
        ("[P|Anna Berg] met [P|Tom Reed] in [L|Oslo]. Later he left for Bergen.", "he", ["Tom Reed"]),
        ("Mr [P|Holm] said he would resign.", "he", ["Holm"]),
        ("[P|Peter Lind], who chairs the board, flew to [L|Bonn] on Monday.", "who", ["Peter Lind"]),
        (
            "[P|Peter Lind] and [P|Ada Moss] met on Friday. The two leaders shook hands.",
            "leaders",
            ["Peter Lind", "Ada Moss"],
        ),
        ("A spokesman was asked about [P|Tom Reed]'s visit on Monday. He declined to comment.", "He", []),
        ("It is understood that [P|Tom Reed] will visit [L|Oslo] in May.", "It", []),
        ("[P|Anna Berg] spoke for an hour. The economist then left.", "economist", ["Anna Berg"]),
        ("[P|Anna Berg] met an economist. The economist then left.", "economist", []),
        ("[P|Tom Reed], the mayor of [L|Leeds], met [P|Anna Berg]. Later the mayor left.", "mayor", ["Tom Reed"]),
        ("[Y|Likud] leader [P|Tom Reed] met [P|Anna Berg] of [Y|Fidesz]. Her party won.", "party", ["Fidesz"]),
        (
            "The [Y|Israeli Labor Party] sent a team. [P|Anna Berg] met the Israelis.",
            "Israelis",
            ["Israeli Labor Party"],
        ),
        (
            "[P|Ada Moss], [P|Tom Reed] and [P|Eve Lind] spoke on Monday. The three later met in private.",
            "three",
            ["Ada Moss", "Tom Reed", "Eve Lind"],
        ),
        ("[P|Anna Berg] met Mr [P|Reed] himself. [P|Peter Lind] said: “He is wrong.”", "He", ["Reed"]),
        ("A [O|Knesset] delegation came. A delegation of activists from [Y|Fidesz] left.", "delegation", ["Fidesz"]),
        ("Prime minister [P|Tom Reed] spoke. Later [P|Anna Berg] met the premier.", "premier", ["Tom Reed"]),
        ("President [P|Tom Reed] spoke. [P|Anna Berg] saw the head of state.", "head", ["Tom Reed"]),
        (
            "President [P|Tom Reed] spoke. The [O|Red Cross] president, [P|Anna Berg], declined to meet the President.",
            "President",
            ["Tom Reed"],
        ),
        (
            "[P|Tom Reed] asked for a call with [P|Anna Berg] and the pair spoke for an hour.",
            "pair",
            ["Tom Reed", "Anna Berg"],
        ),
        ("[Y|Fidesz] won. [P|Anna Berg] leads the sister party.", "party", []),
        ("The former mayor of [L|York], [P|Tom Reed], stayed away. The mayor spoke.", "mayor", []),
        ("[P|Anna Berg], the former finance minister, objected. The finance minister laughed.", "minister", []),
        ("[P|Anna Berg], the incoming mayor of [L|York], arrived. The mayor left.", "mayor", []),
        ("The former prime minister [P|Tom Reed] spoke. The former premier said so.", "premier", ["Tom Reed"]),
        ("Former chancellor [P|Tom Reed] spoke. The ex-chancellor left.", "chancellor", ["Tom Reed"]),
        ("[P|Tom Reed] resigned as mayor of [L|York]. The mayor left.", "mayor", ["Tom Reed"]),
        ("The then mayor, [P|Tom Reed], spoke. The mayor left.", "mayor", ["Tom Reed"]),
        ("Ousted president [P|Tom Reed] spoke. The president left.", "president", ["Tom Reed"]),
        (
            "Former mayor [P|Tom Reed] is back. Mayor [P|Tom Reed] took the oath on Monday. The mayor left.",
            "mayor",
            ["Tom Reed"],
        ),
        (
            "[P|Anna Berg], mayor of [L|York], spoke. Her predecessor, [P|Tom Reed], slept. The mayor left.",
            "mayor",
            ["Anna Berg"],
        ),
    ],
)
def test_what_a_word_denotes(text: str, wanted: str, expected: list[str]) -> None:
    analysis, who = read(text)
    assert [who.entities[one].name for one in who.resolve(word(analysis, wanted))] == expected


def test_an_office_before_its_former_holder_is_named_is_another_persons() -> None:
    analysis, who = read("The [Y|Green Party] chair left. [P|Anna Berg], its former chair, stayed.")
    first = next(token for token in analysis.tokens if token.text == "chair")
    assert who.resolve(first) == ()


def test_the_party_of_a_person_whose_it_is_said_to_be() -> None:
    _, who = read("[L|Oslo] waits for [P|Ada Moss]'s [Y|Labour Party].")
    person = next(entity.id for entity in who.entities.values() if entity.kind == "Person")
    assert [who.entities[one].name for one in who.parties(person)] == ["Labour Party"]


def test_first_person_is_left_to_the_speaker() -> None:
    analysis, who = read("“We met twice,” said [P|Anna Berg].")
    assert who.is_first_person(word(analysis, "We"))
    assert who.resolve(word(analysis, "We")) == ()


def test_an_unnamed_antecedent_is_told() -> None:
    analysis, who = read("A spokesman was asked about [P|Tom Reed]'s visit on Monday. He declined to comment.")
    found = who.antecedent(word(analysis, "He"))
    assert found is not None
    assert found.text == "spokesman"


def test_a_span_denotes_what_its_head_does() -> None:
    analysis, who = read("[P|Peter Lind] spoke. Later he left.")
    assert who.resolve_span(word(analysis, "he").span) == who.resolve(word(analysis, "Peter"))
