"""Names: found with their kinds and exact extents, by the table of reasons with and without the model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from kg.find import names
from kg.language.analysis import Analysis

KINDS = {"Person": "P", "Party": "Y", "Organisation": "O", "Place": "L"}


def found(analysis: Analysis) -> list[str]:
    """The names as "kind:text" in order."""
    return [f"{KINDS[m.kind]}:{m.text}" for m in names.find(analysis)]


CASES = [
    ("Mr Tarrant met Dame Olivia Kessler-Brandt on Monday.", ["P:Tarrant", "P:Olivia Kessler-Brandt"]),
    ("Karel van der Meulen, 52, told reporters that he would resign.", ["P:Karel van der Meulen"]),
    ("The Ministry of Work and Pensions declined to comment.", ["O:Ministry of Work and Pensions"]),
    ("She joined the Board of Governors of British Schools last year.", ["O:Board of Governors of British Schools"]),
    ("The Homeland Party (HP) won twelve seats. The HP wants talks.", ["Y:Homeland Party", "Y:HP", "Y:HP"]),
    ("The talks in Ljubljana ended on Friday.", ["L:Ljubljana"]),
    ("The delegation flew to Lake Marwell and then to Lisbon.", ["L:Lake Marwell", "L:Lisbon"]),
    ("Israeli and Jewish leaders met British officials.", []),
    ("South Korean and West African officials met.", []),
    ("They flew from Trinidad and Tobago to Antigua and Barbuda.", ["L:Trinidad and Tobago", "L:Antigua and Barbuda"]),
    ("She left Parents Against Tolls and Tenants In Debt.", ["O:Parents Against Tolls", "O:Tenants In Debt"]),
    ("The deputy mayor of Haifa Joanna Harcourt spoke.", ["L:Haifa", "P:Joanna Harcourt"]),
    ("Officials said the Employment Rights Bill would pass in March.", []),
    (
        "The Janata Dal (Secular) and the Communist Party of Kundu (Maoist) split.",
        ["Y:Janata Dal (Secular)", "Y:Communist Party of Kundu (Maoist)"],
    ),
    ("The charity Havenlight and the energy company Brontex agreed.", ["O:Havenlight", "O:Brontex"]),
    (
        "Tessolux, the union for stagehands, and companies such as Orvane and Pelter came.",
        ["O:Tessolux", "O:Orvane", "O:Pelter"],
    ),
    (
        "The Defence, Internal Affairs and Fisheries Committee sat.",
        ["O:Defence, Internal Affairs and Fisheries Committee"],
    ),
    (
        "Staff of the Department of Veterans' Affairs and the Sailors' Mission came.",
        ["O:Department of Veterans' Affairs", "O:Sailors' Mission"],
    ),
    ("Ties were cut under Tarrant in 2018.", ["P:Tarrant"]),
    ("They laid a wreath at the Harrowgate Marsh memorial.", ["L:Harrowgate Marsh"]),
    ("She joined BBC Scotland in May.", ["O:BBC Scotland"]),
    ("They met at the Marwell Convention Centre.", ["L:Marwell Convention Centre"]),
    ("Ann Tarrant, a Republican from Ross, spoke.", ["P:Ann Tarrant", "L:Ross"]),
    ("Ann Tarrant, the Conservative who chairs it, spoke.", ["P:Ann Tarrant"]),
    ("Independent TD Ann Tarrant and Independent councillors left.", ["P:Ann Tarrant"]),
    ("COP30 and the Summit come after Congress 2024.", []),
    ("The ferry calls at Lisbon, Quellimar and Haifa.", ["L:Lisbon", "L:Quellimar", "L:Haifa"]),
    (
        "The Trades Council of Marwell wrote to Sir Anthony Ferrand MP.",
        ["O:Trades Council of Marwell", "P:Anthony Ferrand"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_names_without_the_model(analysed: Callable[..., Analysis], text: str, expected: list[str]) -> None:
    assert found(replace(analysed(text), names=())) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Labour MP Joanna Harcourt met the Lib Dems in Leeds.",
            ["Y:Labour", "P:Joanna Harcourt", "Y:Lib Dems", "L:Leeds"],
        ),
        ("King Charles received the ambassador.", ["P:Charles"]),
        ("Japanese Communist Party chair Hana Mori spoke.", ["Y:Japanese Communist Party", "P:Hana Mori"]),
        (
            "They were met by the Duchess of Marwell and the MP for Ross and Marwell West.",
            ["P:Duchess of Marwell", "L:Ross and Marwell West"],
        ),
        (
            "Civic Platform of Poland met its military wing, Umkosi we Zwelo, on Monday.",
            ["Y:Civic Platform", "L:Poland", "O:Umkosi we Zwelo"],
        ),
        (
            "The Law Society of Kenya and Kenya Dockers Association have sued.",
            ["O:Law Society of Kenya", "O:Kenya Dockers Association"],
        ),
        (
            "He heads the Digital, Culture, Media and Sport Committee of Britain's House of Commons.",
            ["O:Digital, Culture, Media and Sport Committee", "L:Britain", "O:House of Commons"],
        ),
        (
            "Foreign Affairs Cabinet Secretary Ada Wanjiru and Labour Minister Rui Moura spoke.",
            ["P:Ada Wanjiru", "P:Rui Moura"],
        ),
        (
            "• Communist Party of India (Marxist): Anand Pillai",
            ["Y:Communist Party of India (Marxist)", "P:Anand Pillai"],
        ),
        ("The Prime Ministers of Poland and Greece came.", ["L:Poland", "L:Greece"]),
        ("The Rural Support Society (RSS) said so.", ["O:Rural Support Society", "O:RSS"]),
        (
            "In Patna the Congress met. Delhi's Congress leader did not.",
            ["L:Patna", "Y:Congress", "L:Delhi", "Y:Congress"],
        ),
        (
            "Utah Republican Ada Holt met Conservatives Ann Tarrant and Bob Lyle.",
            ["L:Utah", "P:Ada Holt", "P:Ann Tarrant", "P:Bob Lyle"],
        ),
        ("Sen. Ada Morales, D-Ohio, spoke to the Guardian.", ["P:Ada Morales", "Y:D", "L:Ohio", "O:Guardian"]),
    ],
)
def test_names_with_the_model(analysed: Callable[..., Analysis], text: str, expected: list[str]) -> None:
    assert found(analysed(text)) == expected


def test_a_surname_is_remembered_through_the_document(analysed: Callable[..., Analysis]) -> None:
    text = "Miriam Castellane leads the council.\nOn Tuesday Castellane met residents.\nCastellane's plan was approved."
    people = [m for m in names.find(replace(analysed(text), names=())) if m.kind == "Person"]
    assert [m.text for m in people] == ["Miriam Castellane", "Castellane", "Castellane"]


def test_mentions_are_exact_apart_and_in_order(analysed: Callable[..., Analysis]) -> None:
    text = "The Labour Friends of Israel and Rabbi Dov Lerner met in Tel Aviv.\nLerner's letter went to the Knesset."
    analysis = analysed(text)
    mentions = names.find(analysis)
    assert all(text[m.span.start : m.span.end] == m.text for m in mentions)
    assert all(one.span.end <= other.span.start for one, other in pairwise(mentions))
    assert not any(m.text.startswith(("The ", "Rabbi")) or m.text.endswith("'s") for m in mentions)


def test_every_name_has_reasons_that_speak_for_it(analysed: Callable[..., Analysis]) -> None:
    for mention in names.find(analysed("Mr Tarrant wrote to the Marwell Parish Council on Monday.")):
        assert mention.reasons
        assert sum(reason.weight for reason in mention.reasons) >= 1.0
        assert all(reason.words for reason in mention.reasons)


@pytest.mark.parametrize(
    ("text", "said"), [("Mr Tarrant spoke.", "“Mr” stands before it"), ("He flew to Oslo.", "on the list of places")]
)
def test_a_reason_quotes_the_words_behind_it(analysed: Callable[..., Analysis], text: str, said: str) -> None:
    (mention,) = names.find(analysed(text))
    assert any(said in reason.words for reason in mention.reasons)
