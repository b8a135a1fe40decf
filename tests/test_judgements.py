from __future__ import annotations

from datetime import date

import pytest
from graph_cases import Told

from kg.errors import UsageError
from kg.judgements import Judgements, Pair, Thing
from kg.model import Findings, Local
from kg.resolve import decided, resolve


def papers(*names: str, met: bool = False) -> list[Findings]:
    """A paper for each name; on each day somebody of that name meets Bo Ek."""
    found = []
    for number, name in enumerate(names):
        told = Told("abc"[number], f"{name} met Bo Ek in Malmo", f"2021-05-0{number + 4}")
        who, ek, where = told.entity("Person", name), told.entity("Person", "Bo Ek"), told.entity("Place", "Malmo")
        told.meeting("met", who, *([ek] if met else []), place=where)
        found.append(told.findings())
    return found


def person(document: str, words: str, start: int | None = None) -> Thing:
    return Thing("person", document, words, start)


@pytest.mark.parametrize(
    ("names", "same", "together"),
    [
        (("Ada Lind", "Ada Lind"), False, False),
        (("Ada Lind", "Cy Dahl"), True, True),
        (("Ada Lind", "Ada  Lind"), True, True),
    ],
)
def test_a_judgement_beats_the_rules(names: tuple[str, str], same: bool, together: bool) -> None:
    told = papers(*names)
    pair = Pair(person("a", names[0]), person("b", names[1]), same, "ann", date(2021, 6, 1), "I asked")
    judgements = Judgements((pair,))
    facts = resolve(told, judgements=judgements)
    one, other = (facts.identity_of[Local(slug, "e1")] for slug in "ab")
    assert (one is other) is together
    if same and names[0] != names[1]:
        assert any("ann decided so on 2021-06-01: I asked" in reason.words for reason in one.reasons)
    assert resolve(told, judgements=judgements) == resolve(reversed(told), judgements=judgements)


def test_who_is_parted_is_not_brought_together_through_a_third() -> None:
    parted = Judgements((Pair(person("a", "Ada Lind"), person("c", "Ada Lind"), False),))
    facts = resolve(papers("Ada Lind", "Ada Lind", "Ada Lind"), judgements=parted)
    assert facts.identity_of[Local("a", "e1")] is not facts.identity_of[Local("c", "e1")]


def test_the_last_word_holds_and_a_word_that_parts_beats_one_that_joins() -> None:
    ab, bc, ac = (Pair(person(x, "Ada Lind"), person(y, "Ada Lind"), True) for x, y in ("ab", "bc", "ac"))
    not_ac = Pair(person("a", "Ada Lind"), person("c", "Ada Lind"), False)
    told = papers("Ada Lind", "Ada Lind", "Ada Lind")
    for pairs, together in (((not_ac, ac), True), ((ab, bc, not_ac), False)):
        facts = resolve(told, judgements=Judgements(pairs))
        assert (facts.identity_of[Local("a", "e1")] is facts.identity_of[Local("c", "e1")]) is together


@pytest.mark.parametrize("same", [True, False])
def test_meetings_are_joined_and_parted(same: bool) -> None:
    told = papers("Ada Lind", "Cy Dahl" if same else "Ada Lind", met=True)
    one, other = (Thing("meeting", slug, told[n].document.text, 0) for n, slug in enumerate("ab"))
    assert len(resolve(told).occasions) == (2 if same else 1)
    assert len(resolve(told, judgements=Judgements((Pair(one, other, same),))).occasions) == (1 if same else 2)


def test_what_no_document_tells_is_named() -> None:
    gone = person("z", "Ada Lind")
    found = decided(Judgements((Pair(gone, person("a", "Ada Lind"), True),)), papers("Ada Lind"))
    assert found.unmatched == (gone,) and not found.same


def test_several_of_one_name_are_told_apart_by_place() -> None:
    told = Told("a", "Ada Lind the elder. Ada Lind the younger.")
    elder = told.entity("Person", "Ada Lind")
    whole = told.findings()
    second = whole.entities[0].mentions[1]
    both = Findings(whole.document, (
        type(whole.entities[0])(elder, "Person", "Ada Lind", whole.entities[0].mentions[:1]),
        type(whole.entities[0])("e2", "Person", "Ada Lind", (second,)),
    ))  # fmt: skip
    pair = Pair(person("a", "Ada Lind", 0), person("a", "Ada Lind", second.span.start), True)
    assert decided(Judgements((pair,)), [both]).same[0][:2] == (Local("a", "e1"), Local("a", "e2"))


def test_a_person_and_a_place_are_never_one() -> None:
    with pytest.raises(UsageError, match="never one thing"):
        Pair(person("a", "Malmo"), Thing("place", "a", "Malmo"), True)


def test_doubts_are_listed_until_somebody_decides() -> None:
    told = []
    for slug, name in (("a", "Ada Lindgren"), ("b", "Ada Lindgern")):
        paper = Told(slug, f"{name} of the Reed Party spoke")
        paper.entity("Person", name)
        paper.entity("Party", "Reed Party")
        told.append(paper.findings())
    facts = resolve(told)
    (doubt,) = facts.doubts
    one, other = (facts.identity_of[local] for local in (Local("a", "e1"), Local("b", "e1")))
    assert doubt.joined is (one is other) and {doubt.one, doubt.other} == {Local("a", "e1"), Local("b", "e1")}
    assert doubt.weight == pytest.approx(sum(reason.weight for reason in doubt.reasons))
    pair = Pair(person("a", "Ada Lindgren"), person("b", "Ada Lindgern"), True)
    assert not resolve(told, judgements=Judgements((pair,))).doubts
