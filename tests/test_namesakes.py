"""Two people of one name, and one person of several offices."""

from __future__ import annotations

import itertools

import pytest
from graph_cases import Told

from kg.model import Findings, Local, RoleStatus
from kg.resolve import resolve
from kg.resolve.terms import field_of, gap, term

Office = tuple[str, str | None, RoleStatus]


def told(slug: str, text: str, day: str | None, *offices: Office) -> Findings:
    """A paper on Nell Garrod, with the offices that it gives her: title, place, status."""
    paper = Told(slug, text, day)
    who = paper.entity("Person", "Nell Garrod")
    for title, place, status in offices:
        paper.role(who, title, paper.entity("Place", place) if place else None, status)
    return paper.findings()


def now(title: str, place: str | None = None) -> Office:
    return title, place, "Current"


def minister(slug: str, day: str | None, *titles: str) -> Findings:
    return told(slug, f"Nell Garrod, the {' and '.join(titles)}, spoke.", day, *map(now, titles))


def judged(*papers: Findings) -> tuple[int, bool]:
    """How many people the first entities are, in every order of the papers, and whether a doubt is listed."""
    found = set()
    for order in itertools.permutations(papers):
        facts = resolve(order)
        people = {facts.identity_of[Local(one.document.slug, "e1")].key for one in papers}
        found.add((len(people), bool(facts.doubts)))
    (answer,) = found
    return answer


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (minister("a", "2024-05-08", "finance minister"), minister("b", "2024-05-08", "transport minister")),
        (minister("a", "2024-05-08", "finance minister"), minister("b", "2024-05-20", "transport minister")),
        (minister("a", "2024-05-08", "health secretary"), minister("b", "2024-05-08", "shadow housing secretary")),
        (
            told("a", "Nell Garrod, the mayor of Wexcombe, spoke.", "2024-05-08", now("mayor", "Wexcombe")),
            told("b", "Nell Garrod, a senator for Canada, spoke.", "2024-05-09", now("senator", "Canada")),
        ),
        (
            told("a", "Nell Garrod, mayor of Wexcombe, spoke.", "2024-05-08", now("mayor", "Wexcombe")),
            told("b", "Nell Garrod, governor of Altmoor, spoke.", "2024-05-09", now("governor", "Altmoor")),
        ),
        (
            told("a", "Nell Garrod, the mayor of Wexcombe, spoke.", "2024-05-08", now("mayor", "Wexcombe")),
            told("b", "Nell Garrod, a Canadian senator, spoke.", "2024-05-09", now("senator")),
        ),
        (
            told("a", "A Norwegian senator, Nell Garrod, spoke.", "2024-05-08", now("senator")),
            told("b", "A Canadian senator, Nell Garrod, spoke.", "2024-05-09", now("senator")),
        ),
        (
            told("a", "Nell Garrod, 23, was there.", "2024-05-08"),
            told("b", "Nell Garrod, 71, was there.", "2024-05-08"),
        ),
        (
            told("a", "Actress Nell Garrod came.", "2024-05-08"),
            told("b", "Bishop Nell Garrod came.", "2024-05-08", now("Bishop")),
        ),
    ],
)
def test_two_of_one_name(one: Findings, other: Findings) -> None:
    assert judged(one, other) == (2, True)


@pytest.mark.parametrize(
    "papers",
    [
        (minister("a", "2024-05-08", "MP", "shadow health secretary"), minister("b", "2024-05-08", "MP"),
         minister("c", "2024-05-09", "shadow health secretary")),
        (minister("a", "2024-01-08", "finance minister"), minister("b", "2024-06-20", "transport minister")),
        (minister("a", "2024-05-08", "finance minister", "transport minister"),
         minister("b", "2024-05-08", "finance minister"), minister("c", "2024-05-08", "transport minister")),
        (minister("a", "2024-05-08", "deputy leader"), minister("b", "2024-05-08", "transport minister")),
        (minister("a", "2024-05-08", "prime minister"), minister("b", "2024-05-08", "foreign minister")),
        (minister("a", "2024-05-08", "home secretary"), minister("b", "2024-05-08", "interior minister")),
        (minister("a", "2024-05-08", "trade secretary"), minister("b", "2024-05-08", "business and trade secretary")),
        (
            minister("a", "2024-05-08", "finance minister"),
            told("b", "Nell Garrod, the former health minister, spoke.", "2024-05-09",
                 ("health minister", None, "Former")),
        ),
        (
            told("a", "Nell Garrod, 44, was there.", "2024-05-08"),
            told("b", "Nell Garrod, 45, was there.", "2025-05-02"),
        ),
        (
            told("a", "Nell Garrod won 23 seats, 71 fewer.", "2024-05-08"),
            told("b", "Nell Garrod, 45 others and a dog came.", "2024-05-08"),
        ),
    ],
)  # fmt: skip
def test_one_of_several_offices(papers: tuple[Findings, ...]) -> None:
    assert judged(*papers) == (1, False)


def test_a_move_told_in_the_same_weeks_is_one_where_the_company_is_the_same() -> None:
    papers = []
    for slug, day, title in (("a", "2024-05-08", "finance minister"), ("b", "2024-05-20", "transport minister")):
        paper = Told(slug, f"Nell Garrod, the {title}, met Ivo Plank and Una Brisk.", day)
        paper.role(paper.entity("Person", "Nell Garrod"), title)
        paper.entity("Person", "Ivo Plank")
        paper.entity("Person", "Una Brisk")
        papers.append(paper.findings())
    assert judged(*papers)[0] == 1


@pytest.mark.parametrize(
    ("days", "expected"), [(("2004-05-08", "2004-06-01"), 0.4), (("2004-05-08", "2014-05-08"), 0.2)]
)
def test_a_shared_office_tells_less_the_farther_apart(days: tuple[str, str], expected: float) -> None:
    papers = [told(slug, "Nell Garrod, mayor of Wexcombe, spoke.", day, now("mayor", "Wexcombe"))
              for slug, day in zip("ab", days, strict=True)]  # fmt: skip
    (garrod,) = (i for i in resolve(papers).identities if i.kind == "Person")
    assert {r.rule: r.weight for r in garrod.reasons}["same office"] == pytest.approx(expected, abs=0.01)


def test_terms() -> None:
    assert gap(term(1000, "Current"), term(1400, "Current")) == 400
    assert gap(term(90000, "Former"), term(88000, "Current")) == 0
    assert field_of("shadow transport secretary") == field_of("minister of transport") == {"transport"}
    assert not field_of("general secretary") and not field_of("prime minister") and not field_of("mayor")
