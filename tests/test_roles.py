"""Which office a text gives to whom."""

from __future__ import annotations

import pytest

from kg.find import roles
from tests.marked import marked

Row = tuple[str | None, str, str | None, str]


def found(text: str) -> list[Row]:
    analysis, entities = marked(text)
    name = {entity.id: entity.name for entity in entities}
    return [
        (name[role.holder] if role.holder else None, role.title, name[role.of] if role.of else None, role.status)
        for role in roles.find(analysis, entities)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The talks were led by [Y|Labour] leader Sir [P|Peter Lind].",
            [("Peter Lind", "leader", "Labour", "Current")],
        ),
        (
            "Governor [P|Ada Moss] met [Y|Homeland Union] ([Y|HU]) leader [P|Peter Lind].",
            [("Ada Moss", "governor", None, "Current"), ("Peter Lind", "leader", "Homeland Union", "Current")],
        ),
        (
            "Taoiseach [P|Ada Moss] has ruled out an election.\n\nThe [Y|Fine Gael] leader said so on Sunday.",
            [("Ada Moss", "taoiseach", None, "Current"), ("Ada Moss", "leader", "Fine Gael", "Current")],
        ),
        (
            "“I hope so,” [P|Ada Moss] said.\n\nThe prime minister's spokesman told reporters that it was over.",
            [],
        ),
        (
            "[P|Ada Moss] was elected leader of [L|Malta]'s [Y|Green Party] on 2 June. Her predecessor, "
            "[P|Peter Lind], stayed away.",
            [("Ada Moss", "leader", "Green Party", "Current"), ("Peter Lind", "leader", "Green Party", "Former")],
        ),
        (
            "[P|Peter Lind] resigned as mayor of [L|York]. His successor, [P|Ada Moss], spoke.",
            [("Peter Lind", "mayor", "York", "Former"), ("Ada Moss", "mayor", "York", "Current")],
        ),
        (
            "Science Minister [P|Ada Moss] spoke. Her predecessor as minister, [P|Peter Lind], disagreed.",
            [("Ada Moss", "science minister", None, "Current"), ("Peter Lind", "science minister", None, "Former")],
        ),
        (
            "Mayor [P|Ada Moss] spoke. [P|Ada Moss]'s predecessor [P|Peter Lind] left.",
            [("Ada Moss", "mayor", None, "Current"), ("Peter Lind", "mayor", None, "Former")],
        ),
        (
            "Mayor-elect [P|Ada Moss] is ill. Her successor, [P|Peter Lind], spoke.",
            [("Ada Moss", "mayor", None, "Incoming"), ("Peter Lind", "mayor", None, "Incoming")],
        ),
        (
            "Former mayor [P|Ada Moss] met the mayor, [P|Peter Lind]. The mayor's aide [P|Eve Roth] came.",
            [
                ("Ada Moss", "mayor", None, "Former"),
                ("Peter Lind", "mayor", None, "Current"),
                ("Eve Roth", "aide", "Peter Lind", "Current"),
            ],
        ),
        (
            "Mayor [P|Ada Moss] spoke. Her likely successor, [P|Peter Lind], left.",
            [("Ada Moss", "mayor", None, "Current")],
        ),
        (
            "Mayor [P|Ada Moss] met her predecessor, and [P|Peter Lind] left.",
            [("Ada Moss", "mayor", None, "Current")],
        ),
        ("[P|Ada Moss], director of [O|Oxfam], spoke first.", [("Ada Moss", "director", "Oxfam", "Current")]),
        ("[P|Anna Berg], the home secretary, told MPs so.", [("Anna Berg", "home secretary", None, "Current")]),
        (
            "Shadow chancellor [P|Ada Moss] met former foreign minister [P|Peter Lind] in [L|Paris].",
            [("Ada Moss", "shadow chancellor", None, "Current"), ("Peter Lind", "foreign minister", None, "Former")],
        ),
        (
            "The presidents of [L|Kenya] and [L|Ghana], [P|Peter Lind] and [P|Ada Moss], met.",
            [("Peter Lind", "president", "Kenya", "Current"), ("Ada Moss", "president", "Ghana", "Current")],
        ),
        (
            "[P|Ada Moss], deputy leader and shadow chancellor, arrived.",
            [("Ada Moss", "deputy leader", None, "Current"), ("Ada Moss", "shadow chancellor", None, "Current")],
        ),
        (
            "[Y|Labour] leader [P|Peter Lind] came with shadow chancellor [P|Ada Moss].",
            [("Peter Lind", "leader", "Labour", "Current"), ("Ada Moss", "shadow chancellor", "Labour", "Current")],
        ),
        (
            "[Y|Labour] leader [P|Peter Lind], the prime minister, faced shadow chancellor [P|Ada Moss].",
            [
                ("Peter Lind", "leader", "Labour", "Current"),
                ("Peter Lind", "prime minister", None, "Current"),
                ("Ada Moss", "shadow chancellor", None, "Current"),
            ],
        ),
        (
            "Former Israeli [Y|Workers Front] leader [P|Ada Moss] spoke.",
            [("Ada Moss", "leader", "Workers Front", "Former")],
        ),
        ("[P|Ada Moss] resigned as culture secretary on Monday.", [("Ada Moss", "culture secretary", None, "Former")]),
        (
            "[P|Ada Moss], leader of the right-wing [Y|Homeland Union], left.",
            [("Ada Moss", "leader", "Homeland Union", "Current")],
        ),
        (
            "Sens. [P|Ada Moss] (D-Wash.) and [P|Peter Lind] (R-Maine) spoke.",
            [("Ada Moss", "sen.", None, "Current"), ("Peter Lind", "sen.", None, "Current")],
        ),
        (
            "Sen. [P|Ada Moss], R-S.D., chairman of the [O|Water Committee], spoke.",
            [("Ada Moss", "sen.", None, "Current"), ("Ada Moss", "chairman", "Water Committee", "Current")],
        ),
        (
            "The chairman of the [O|Water Forum], Governor [P|Peter Lind] of [L|Imo], led it.",
            [("Peter Lind", "chairman", "Water Forum", "Current"), ("Peter Lind", "governor", "Imo", "Current")],
        ),
        (
            "They charged a former minister of power, [P|Ada Moss], with theft.",
            [("Ada Moss", "minister of power", None, "Former")],
        ),
        ("[Y|Republican] Gov. [P|Ada Moss] of [L|Texas] spoke.", [("Ada Moss", "gov.", "Texas", "Current")]),
        ("Chancellor [P|Ada Moss] of the [Y|Homeland Union] spoke.", [("Ada Moss", "chancellor", None, "Current")]),
        ("Minister of Health Dr [P|Ada Moss] spoke.", [("Ada Moss", "minister of health", None, "Current")]),
        ("Attorney General [P|Ada Moss] spoke.", [("Ada Moss", "attorney general", None, "Current")]),
        ("The [Y|Green] party leader, [P|Ada Moss], spoke.", [("Ada Moss", "leader", "Green", "Current")]),
        ("[O|Federal Court] justice [P|Ada Moss] spoke.", [("Ada Moss", "justice", "Federal Court", "Current")]),
        ("[Y|Komeito] chief [P|Ada Moss] spoke.", [("Ada Moss", "chief", "Komeito", "Current")]),
        ("[P|Ada Moss] MP was there.", [("Ada Moss", "MP", None, "Current")]),
        ("[P|Ada Moss], the mayor-elect of [L|Leeds], spoke.", [("Ada Moss", "mayor", "Leeds", "Incoming")]),
        ("The [Y|Labour] general secretary also came.", [(None, "general secretary", "Labour", "Current")]),
        ("[P|Ada Moss] criticised the mayor and the council on Monday.", []),
    ],
)
def test_one_sentence(text: str, expected: list[Row]) -> None:
    assert found(text) == expected


def test_officers_below_their_offices() -> None:
    text = "[O|Oxfam] elects new board\n\nChair\n\n[P|Ada Moss]\n\nVice Chairs\n\n[P|Peter Lind]\n\n[P|Anna Berg]\n"
    assert found(text) == [
        ("Ada Moss", "chair", "Oxfam", "Current"),
        ("Peter Lind", "vice chair", "Oxfam", "Current"),
        ("Anna Berg", "vice chair", "Oxfam", "Current"),
    ]


def test_officers_below_one_another_are_of_one_body() -> None:
    text = "The [O|Guild] voted.\n\n[O|Oxfam] said no.\n\nChair\n\n[P|Ada Moss]\n\nTreasurer\n\n[P|Anna Berg]\n"
    assert len({row[2] for row in found(text)}) == 1


def test_a_role_told_twice_is_one_role() -> None:
    text = "[Y|Labour] leader [P|Peter Lind] spoke.\n\n[P|Peter Lind], the leader of [Y|Labour], then left."
    (role,) = roles.find(*marked(text))
    assert len(role.evidence) == 2
    assert role.reasons
