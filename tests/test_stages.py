"""Resolution by stages: briefs hold all it needs, groups are decided one by one, and few change with a document."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from graph_cases import Told, two_documents

sys.path.insert(0, str(Path(__file__).resolve().parent / "bench"))

from made.papers import papers

from kg.model import Findings
from kg.resolve import brief, resolve
from kg.resolve.brief import Brief, packed, unpacked
from kg.resolve.groups import Record, body_groups, person_groups, place_groups
from kg.resolve.identities import decide
from kg.resolve.occasions import decide as decide_meetings
from kg.resolve.occasions import grouped
from kg.resolve.occasions.account import accounts
from kg.resolve.occasions.pairs import paired
from kg.resolve.who import Names


@pytest.fixture(scope="module")
def findings() -> list[Findings]:
    return papers(300, seed=5).findings


@pytest.fixture(scope="module")
def briefs(findings: list[Findings]) -> list[Brief]:
    return [brief(one) for one in findings]


def records(kind: str, *names: str | tuple[str, str]) -> list[Record]:
    found = []
    for number, given in enumerate(names):
        name, said = given if isinstance(given, tuple) else (given, "")
        told = Told(f"{number:02}", f"{name} came; {said} spoke." if said else f"{name} came.")
        told.entity(kind, name, *([said] if said else []))
        found.append(brief(told.findings()))
    return [record for _, group in Names(found).groups() for record in group]


def parted(groups: Iterable[list[Record]]) -> list[set[str]]:
    return [{record.name.name for record in group} for group in groups]


PEOPLE: list[tuple[str, list[str], list[set[str]]]] = [
    ("one name", ["Ada Lind", "Ada Lind"], [{"Ada Lind"}]),
    ("two names", ["Ada Lind", "Bo Ek"], [{"Ada Lind"}, {"Bo Ek"}]),
    ("initial", ["Ada Lind", "A. Lind"], [{"Ada Lind", "A. Lind"}]),
    ("slip", ["Ada Lindgren", "Ada Lindgern"], [{"Ada Lindgren", "Ada Lindgern"}]),
    ("one surname", ["Ada Lind", "Bo Lind"], [{"Ada Lind"}, {"Bo Lind"}]),
    ("surname alone", ["Ada Lind", "Bo Lind", "Lind"], [{"Ada Lind", "Bo Lind", "Lind"}]),
]


@pytest.mark.parametrize(("what", "names", "expected"), PEOPLE, ids=[case[0] for case in PEOPLE])
def test_people_are_grouped_by_what_may_be_one(what: str, names: list[str], expected: list[set[str]]) -> None:
    assert parted(person_groups(records("Person", *names))) == expected


BODIES: list[tuple[str, list[str], list[set[str]]]] = [
    ("a country apart", ["Labour Party", "Israeli Labor Party"], [{"Labour Party", "Israeli Labor Party"}]),
    ("acronym", ["Board of Ferries", "BOF", "Quay Trust"], [{"Board of Ferries", "BOF"}, {"Quay Trust"}]),
    ("acronym of nobody", ["Board of Ferries", "Bank of Finland"], [{"Board of Ferries"}, {"Bank of Finland"}]),
    ("beginning", ["Harbour Board", "Harbour Board of Malmo"], [{"Harbour Board", "Harbour Board of Malmo"}]),
]


@pytest.mark.parametrize(("what", "names", "expected"), BODIES, ids=[case[0] for case in BODIES])
def test_bodies_are_grouped_by_what_may_be_one(what: str, names: list[str], expected: list[set[str]]) -> None:
    assert parted(body_groups(records("Organisation", *names))) == expected


def test_places_are_grouped_by_name() -> None:
    found = parted(place_groups(records("Place", "Malmo", "UK", "Britain")))
    assert found == [{"Malmo"}, {"UK", "Britain"}]


def test_a_brief_comes_back_as_it_was_packed(briefs: list[Brief]) -> None:
    for one in [*briefs, *map(brief, two_documents())]:
        again = unpacked(packed(one))
        assert packed(again) == packed(one) and (again.slug, again.published) == (one.slug, one.published)
    with pytest.raises(ValueError, match="no brief"):
        unpacked("[1, 2]")


def test_groups_are_decided_in_any_order(findings: list[Findings], briefs: list[Brief]) -> None:
    names = Names(briefs)
    groups = list(names.groups())
    random.Random(1).shuffle(groups)
    found = [decide(sort, names.profiles(r.local for r in group)) for sort, group in groups]
    whole = {frozenset(identity.members) for identity in resolve(findings).identities}
    assert {frozenset(one.members) for verdicts in found for one in verdicts.known} == whole
    assert max(len(group) for _, group in groups) < len(findings)


def test_groups_of_accounts_are_decided_in_any_order(findings: list[Findings], briefs: list[Brief]) -> None:
    facts = resolve(findings)
    copies = {slug: story.documents[0] for story in facts.stories for slug in story.documents}
    told = accounts(briefs, facts.identity_of, copies)
    groups = grouped(told, paired(told))
    random.Random(1).shuffle(groups)
    for group in groups:
        random.Random(2).shuffle(group.pairs)
    found = {frozenset(meets.accounts) for group in groups for meets in decide_meetings(group).meets}
    assert found == {frozenset(occasion.accounts) for occasion in facts.occasions if len(occasion.accounts) > 1}
    assert found and len(groups) > len(found) / 2


def test_a_document_more_changes_few_groups(briefs: list[Brief]) -> None:
    before, after = ({names.digest(*each) for each in names.groups()} for names in (Names(briefs[:-1]), Names(briefs)))
    assert briefs[-1].names and 0 < len(after - before) < 3 * len(briefs[-1].names)
