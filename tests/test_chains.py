"""Chains: who is who inside one document."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from kg.find import chains
from kg.language.analysis import Analysis
from kg.model import Entity, Kind, Mention, Span

KINDS: dict[str, Kind] = {"P": "Person", "Y": "Party", "O": "Organisation", "L": "Place"}
MARK = re.compile(r"\[([PYOL])\|([^]]+)\]")


@pytest.fixture
def linked(analysed: Callable[..., Analysis]) -> Callable[[str], tuple[Entity, ...]]:
    """Chains of a text whose names are marked, so that nothing hangs on the finding of names."""

    def link(text: str) -> tuple[Entity, ...]:
        plain, mentions, last = "", [], 0
        for match in MARK.finditer(text):
            plain += text[last : match.start()]
            mentions.append(Mention(Span(len(plain), len(plain) + len(match[2])), KINDS[match[1]], match[2]))
            plain, last = plain + match[2], match.end()
        return chains.link(analysed(plain + text[last:]), tuple(mentions))

    return link


def together(entities: tuple[Entity, ...]) -> set[frozenset[str]]:
    """The wordings of each entity."""
    return {frozenset(m.text for m in entity.mentions) for entity in entities}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[P|Ruth Maddern] spoke. Ms [P|Maddern] left. [P|Ruth] smiled.", [{"Ruth Maddern", "Maddern", "Ruth"}]),
        ("Mr [P|Tebbay] replied. [P|Uri Tebbay] wrote. Mr [P|Tebby] left.", [{"Uri Tebbay", "Tebbay", "Tebby"}]),
        (
            "[P|Rui Costa da Mota] met [P|Ana Mota]. Ms [P|Mota] thanked him.",
            [{"Rui Costa da Mota"}, {"Ana Mota", "Mota"}],
        ),
        (
            "Mr [P|Colin Ashby] met Mrs [P|Helen Ashby]. Mrs [P|Ashby] spoke; Mr [P|Ashby] did not.",
            [{"Colin Ashby", "Ashby"}, {"Helen Ashby", "Ashby"}],
        ),
        (
            "[P|Colin Ashby] came with his wife, [P|Vera Ashby]. [P|Ashby] spoke.",
            [{"Colin Ashby", "Ashby"}, {"Vera Ashby"}],
        ),
        ("[P|Colin Ashby] met [P|Helen Ashby]. Mr [P|Ashby] spoke.", [{"Colin Ashby", "Ashby"}, {"Helen Ashby"}]),
        ("The [Y|Homeland Union] party ([Y|HmU]) won. [Y|HmU] grew.", [{"Homeland Union", "HmU"}]),
        ("[P|Jo Marsh] met [P|Jo Penn]. [P|Penn] agreed.", [{"Jo Marsh"}, {"Jo Penn", "Penn"}]),
        (
            "[P|Ursula von der Weide] met [P|J. Park]. [P|Von der Weide] and [P|Jim Park] spoke.",
            [{"Ursula von der Weide", "Von der Weide"}, {"J. Park", "Jim Park"}],
        ),
        ("[O|Labour Friends of Israel] met. [O|LFI] said so.", [{"Labour Friends of Israel", "LFI"}]),
        (
            "The [O|Board of Deputies of British Jews] met. The [O|Board of Deputies] and the [O|Board] spoke.",
            [{"Board of Deputies of British Jews", "Board of Deputies", "Board"}],
        ),
        ("The [O|Fishers Trust] ([O|FiT]) met the [O|Farm Board].", [{"Fishers Trust", "FiT"}, {"Farm Board"}]),
        ("The [O|Health Ministry] spoke. The [O|Ministry of Health] did.", [{"Health Ministry", "Ministry of Health"}]),
        (
            "The [Y|Labour Party] [O|National Executive Committee] ([O|NEC]) met. "
            "[O|JLM NEC] members came. The [O|NEC] agreed.",
            [{"Labour Party"}, {"National Executive Committee", "NEC"}, {"JLM NEC"}],
        ),
        ("The [O|Dockers Union], known as [O|Havenu], met. [O|Havenu] spoke.", [{"Dockers Union", "Havenu"}]),
        ("[P|A.B. Harmse], known to everyone as [P|Tok], met [P|Ann Lee].", [{"A.B. Harmse", "Tok"}, {"Ann Lee"}]),
        ("[Y|House Republicans] met. The [Y|Republicans] left.", [{"House Republicans", "Republicans"}]),
        ("Sen. [P|Ann Lee] ([Y|R]-[L|Okla.]) met [P|Bob Day] ([Y|D]-[L|Ohio]).", [{"Ann Lee"}, {"Bob Day"}, {"Ohio"}]),
        ("The [L|UK] and [L|Britain] are one; [L|France] is not.", [{"UK", "Britain"}, {"France"}]),
    ],
)
def test_names_of_one_thing_are_together(
    linked: Callable[[str], tuple[Entity, ...]], text: str, expected: list[set[str]]
) -> None:
    assert together(linked(text)) == {frozenset(names) for names in expected}


@pytest.mark.parametrize(
    "text",
    [
        "[Y|Labour] leader Ann Reece met the [Y|Israeli Labor Party] in [L|London]. "
        "[Y|Labour] said so. [Y|Labor] agreed. The [L|UK] waits.",
        "Israel's [Y|Labour Party] left. A [Y|UK Labour Party] statement followed. "
        "The [Y|Labour Party UK] and Britain's press spoke.",
        "The [Y|Israeli Labour Party] wrote to the [Y|Labour Party UK].",
    ],
)
def test_two_labour_parties_stay_apart(linked: Callable[[str], tuple[Entity, ...]], text: str) -> None:
    parties = [entity for entity in linked(text) if entity.kind == "Party"]
    assert {party.qualifier for party in parties} == {"Israel", "United Kingdom"}
    assert len(parties) == 2


def test_a_place_lies_within_the_one_behind_it(linked: Callable[[str], tuple[Entity, ...]]) -> None:
    hall, town = linked("They met at [L|Marwell Hall], [L|London].")
    assert hall.within == town.id
    assert town.within is None
    listed = linked("They went to [L|Lisbon], [L|Paris] and [L|Rome].")
    assert not any(entity.within for entity in listed)
    suburb, city = linked("They went to [L|Marwell], and canvassed in the north [L|Leeds] suburb.")
    assert suburb.within == city.id


def test_an_entity_has_its_fullest_name_its_acronym_and_reasons(linked: Callable[[str], tuple[Entity, ...]]) -> None:
    (body,) = linked("The [O|CFG] rose. The [O|Coastal Farmers' Guild] ([O|CFG]) spoke.")
    assert (body.id, body.name, body.acronyms) == ("e1", "Coastal Farmers' Guild", ("CFG",))
    assert any("short for" in reason.words for reason in body.reasons)
