from __future__ import annotations

import itertools

import pytest
from graph_cases import Told, two_documents

from kg.model import Facts, Local
from kg.resolve import resolve
from kg.resolve.keys import Anchor, Wanted, assign, slug
from kg.resolve.names import Body, body, country, initials, is_common, nearly_same
from kg.resolve.titles import canonical


def key(facts: Facts, document: str, local: str) -> str:
    identity = facts.identity_of[Local(document, local)]
    return f"{identity.kind}/{identity.key}"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Keir Starmer", "keir-starmer"),
        ("Łukasz Żółć", "lukasz-zolc"),
        ("Labour’s Friends & Co.", "labours-friends-co"),
        ("Ó Murchú", "o-murchu"),
        ("A" * 100, "a" * 80),
        ("Владимир", "vladimir"),
    ],
)
def test_slug(words: str, expected: str) -> None:
    assert slug(words) == expected


def test_slug_is_never_empty() -> None:
    assert slug("…") and slug("…") != slug("!")


def test_keys_of_namesakes() -> None:
    wanted = [Wanted("ann-lee", "a.txt"), Wanted("ann-lee", "b.txt"), Wanted("bo", "a.txt")]
    one, two, three = assign(wanted)
    assert one != two and one.startswith("ann-lee-") and two.startswith("ann-lee-") and three == "bo"
    assert assign(reversed(wanted)) == (three, two, one)
    held = [Wanted("ann-lee", "a.txt"), Wanted("ann-lee", "b.txt", "ann-lee")]
    assert assign(held)[1] == "ann-lee" and assign(held)[0] == one


@pytest.mark.parametrize(
    ("name", "qualifier", "expected"),
    [
        ("Israel’s Government", None, Body(("government",), "Israel")),
        ("Government of the State of Israel", None, Body(("government",), "Israel")),
        ("Israeli government", None, Body(("government",), "Israel")),
        ("UK Labour Party", None, Body(("labour",), "United Kingdom")),
        ("Labour Party UK", None, Body(("labour",), "United Kingdom")),
        ("Labour", "UK", Body(("labour",), "United Kingdom")),
        ("the Labor Party", None, Body(("labour",), None)),
        ("Ministry of Defence of the Republic of Poland", None, Body(("ministry", "of", "defence"), "Poland")),
        ("Bank of England", None, Body(("bank", "of", "england"), None)),
        ("U.S. Senate", None, Body(("senate",), "United States")),
        ("Israel", None, Body(("israel",), None)),
    ],
)
def test_bodies_without_country(name: str, qualifier: str | None, expected: Body) -> None:
    assert body(name, qualifier) == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("Britain", "United Kingdom"), ("the Netherlands", "Netherlands"), ("Lund", None)]
)
def test_country(name: str, expected: str | None) -> None:
    assert country(name) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("gabbay", "gabby", True), ("lindgren", "lindgern", True), ("lindgren", "lindqvist", False), ("ek", "eks", False),
     ("corbin", "corbyn", True)],
)  # fmt: skip
def test_nearly_same(one: str, other: str, expected: bool) -> None:
    assert nearly_same(one, other) is nearly_same(other, one) is expected


def test_small_helpers() -> None:
    assert initials("Board of Deep Ferries") == {"bodf", "bdf"}
    assert is_common(body("Ministry of Foreign Affairs").words)
    assert not is_common(body("Jewish Labour Movement").words)
    assert canonical("Secretary General") == "general secretary"


def paper(slug_: str, text: str, day: str | None = "2021-05-04", publisher: str | None = None) -> Told:
    return Told(slug_, text, day, publisher)


def test_surname_alone_finds_its_person_in_the_company_of_a_party() -> None:
    facts = resolve(two_documents())
    assert key(facts, "two.txt", "e1") == key(facts, "north/one two.txt", "e1") == "Person/ada-lind"
    lind = facts.identity_of[Local("two.txt", "e1")]
    assert lind.label == "Ada Lind" and lind.names == ("Ada Lind", "Lind")
    assert any("Lind is the last name of Ada Lind" in reason.words for reason in lind.reasons)


def test_surname_alone_stays_alone_among_strangers() -> None:
    one, two = paper("a", "Ada Lind spoke in Malmo"), paper("b", "Lind won the race")
    one.entity("Person", "Ada Lind")
    two.entity("Person", "Lind")
    facts = resolve([one.findings(), two.findings()])
    assert key(facts, "b", "e1") == "Person/lind"


def test_surname_of_two_is_not_guessed() -> None:
    papers = []
    for slug_, name in (("a", "Ada Lind"), ("b", "Olof Lind"), ("c", "Lind")):
        told = paper(slug_, f"{name} of the Reed Party spoke with Bo Ek")
        told.entity("Person", name)
        told.entity("Party", "Reed Party")
        told.entity("Person", "Bo Ek")
        papers.append(told.findings())
    facts = resolve(papers)
    assert len({key(facts, slug_, "e1") for slug_ in "abc"}) == 3


def test_namesakes_with_offices_of_two_countries_are_two() -> None:
    one, two = paper("a", "Ann Lee, MK, spoke"), paper("b", "Ann Lee, senator for Australia, spoke")
    one.role(one.entity("Person", "Ann Lee"), "MK")
    lee = two.entity("Person", "Ann Lee")
    two.role(lee, "senator", two.entity("Place", "Australia"))
    facts = resolve([one.findings(), two.findings()])
    keys = {key(facts, "a", "e1"), key(facts, "b", "e1")}
    assert len(keys) == 2 and all(k.startswith("Person/ann-lee-") for k in keys)


def test_two_mayors_of_one_name_are_two() -> None:
    papers = []
    for slug_, town in (("a", "Lund"), ("b", "Visby")):
        told = paper(slug_, f"Ann Lee, mayor of {town}, spoke")
        told.role(told.entity("Person", "Ann Lee"), "mayor", told.entity("Place", town))
        papers.append(told.findings())
    facts = resolve(papers)
    assert key(facts, "a", "e1") != key(facts, "b", "e1")


def test_a_later_namesake_takes_no_key_away() -> None:
    one, two = paper("b", "Ann Lee, MK, spoke"), paper("a", "Ann Lee, senator for Australia, spoke")
    one.role(one.entity("Person", "Ann Lee"), "MK")
    two.role(two.entity("Person", "Ann Lee"), "senator", two.entity("Place", "Australia"))
    alone = resolve([one.findings()])
    assert key(alone, "b", "e1") == "Person/ann-lee"
    held = {Anchor("person", "b", 0): "ann-lee"}
    both = resolve([one.findings(), two.findings()], held)
    assert key(both, "b", "e1") == "Person/ann-lee" != key(both, "a", "e1")


def test_typing_error_needs_more_than_the_name() -> None:
    def told(slug_: str, name: str, role: bool) -> Told:
        one = paper(slug_, f"{name}, leader of the Reed Party, spoke")
        person, party = one.entity("Person", name), one.entity("Party", "Reed Party")
        if role:
            one.role(person, "leader", party)
        return one

    with_role = resolve([told("a", "Ada Lindgren", True).findings(), told("b", "Ada Lindgern", True).findings()])
    assert key(with_role, "a", "e1") == key(with_role, "b", "e1")
    without = resolve([told("a", "Ada Lindgren", False).findings(), told("b", "Ada Lindgern", False).findings()])
    assert key(without, "a", "e1") != key(without, "b", "e1")


def parties() -> list[Told]:
    """A paper that names both Labour parties, one with only the plain name, one with only the foreign one."""
    both = paper("a", "Ann Lee leads Labour. The Israeli Labor Party sent Dan Oz, its leader.")
    lee = both.entity("Person", "Ann Lee")
    home = both.entity("Party", "Labour")
    both.role(lee, "leads", home)
    both.entity("Party", "Israeli Labor Party", qualifier="Israel")
    plain = paper("b", "Ann Lee, leader of Labour, spoke in Leeds")
    lee = plain.entity("Person", "Ann Lee")
    plain.role(lee, "leader", plain.entity("Party", "Labour"))
    said = paper("c", "The UK Labour Party of Ann Lee met Israel’s Labor Party")
    lee = said.entity("Person", "Ann Lee")
    said.role(lee, "of Ann Lee", said.entity("Party", "UK Labour Party", qualifier="UK"))
    said.entity("Party", "Israel’s Labor Party", qualifier="Israel")
    return [both, plain, said]


def test_two_parties_of_one_name_never_meet() -> None:
    for order in itertools.permutations(parties()):
        facts = resolve(told.findings() for told in order)
        assert key(facts, "a", "e2") == key(facts, "b", "e2") == key(facts, "c", "e2") == "Party/uk-labour-party"
        assert key(facts, "a", "e3") == key(facts, "c", "e3") == "Party/israeli-labor-party"


def test_plain_party_does_not_join_a_foreign_one_without_a_reason() -> None:
    one, two = paper("a", "Labour won in Leeds"), paper("b", "The Israeli Labor Party lost")
    one.entity("Party", "Labour")
    two.entity("Party", "Israeli Labor Party")
    facts = resolve([one.findings(), two.findings()])
    assert key(facts, "a", "e1") != key(facts, "b", "e1")


def test_acronym_introduced_elsewhere() -> None:
    one, two = paper("a", "The Deep Ferries Council (DFC) met"), paper("b", "The DFC rested")
    one.entity("Organisation", "Deep Ferries Council", "DFC", acronyms=("DFC",))
    two.entity("Organisation", "DFC")
    facts = resolve([one.findings(), two.findings()])
    assert key(facts, "a", "e1") == key(facts, "b", "e1") == "Organisation/deep-ferries-council"


def test_ministries_of_one_name_are_one_only_at_home() -> None:
    papers = []
    for slug_, land in (("a", "Poland"), ("b", "Kenya"), ("c", "Poland")):
        told = paper(slug_, f"{land} waits. {land} hopes. The Ministry of Defence of tomorrow is silent in {land}.")
        told.entity("Organisation", "Ministry of Defence")
        papers.append(told.findings())
    facts = resolve(papers)
    assert key(facts, "a", "e1") == key(facts, "c", "e1") != key(facts, "b", "e1")


def test_countries_are_one_under_all_their_names() -> None:
    one, two = paper("a", "Britain waits"), paper("b", "The UK waits")
    one.entity("Place", "Britain")
    two.entity("Place", "UK")
    facts = resolve([one.findings(), two.findings()])
    assert key(facts, "a", "e1") == key(facts, "b", "e1") == "Place/united-kingdom"
    assert facts.identity_of[Local("a", "e1")].label == "United Kingdom"


def meeting(
    slug_: str,
    day: str,
    status: str = "Held",
    days: tuple[str, str] | None = None,
    place: str | None = None,
    who: tuple[str, ...] = ("Ada Lind", "Bo Ek"),
) -> Told:
    told = paper(slug_, f"{' and '.join(who)} met in {place or 'a room'}", day)
    people = [told.entity("Person", name) for name in who]
    where = told.entity("Place", place) if place else None
    told.meeting("met in", *people, status=status, days=days, place=where)  # type: ignore[arg-type]
    return told


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (meeting("a", "2021-05-04"), meeting("b", "2021-05-06"), True),
        (meeting("a", "2021-05-04"), meeting("b", "2022-05-06"), False),
        (meeting("a", "2021-05-04"), meeting("b", "2021-05-06", "Planned"), False),
        (meeting("a", "2021-05-04", days=("2021-05-03", "2021-05-03")),
         meeting("b", "2021-09-09", days=("2021-05-03", "2021-05-03")), True),
        (meeting("a", "2021-05-04", days=("2021-05-03", "2021-05-03")),
         meeting("b", "2021-05-05", days=("2021-05-04", "2021-05-04")), False),
        (meeting("a", "2021-05-04", place="Lund"), meeting("b", "2021-05-04", place="Visby"), False),
        (meeting("a", "2021-05-04"), meeting("b", "2021-05-04", who=("Ada Lind", "Cy Dahl")), False),
    ],
)  # fmt: skip
def test_occasions(one: Told, other: Told, same: bool) -> None:
    facts = resolve([one.findings(), other.findings()])
    assert sorted(len(o.accounts) for o in facts.occasions) == ([2] if same else [1, 1])
    assert {account for o in facts.occasions for account in o.accounts} == {Local("a", "m1"), Local("b", "m1")}


def visit(
    slug_: str,
    town: str,
    land: str | None,
    days: tuple[str, str] | None = None,
    day: str = "2021-05-05",
    who: tuple[str, ...] = ("Ada Lind", "Bo Ek"),
) -> Told:
    """An account that says in which country the town lies, or only the country."""
    told = paper(slug_, f"{' and '.join(who)} met in {town}" + (f" in {land}" if land else ""), day)
    people = [told.entity("Person", name) for name in who]
    whole = told.entity("Place", land) if land else None
    told.meeting("met in", *people, days=days, place=told.entity("Place", town, within=whole))
    return told


DAY, NEXT, LATER = (("2021-05-04",) * 2, ("2021-05-05",) * 2, ("2021-05-20",) * 2)


@pytest.mark.parametrize(
    ("papers", "groups"),
    [
        pytest.param([visit("a", "Lund", "Sweden"), visit("b", "Visby", "Sweden")], ["a", "b"], id="two towns"),
        pytest.param([visit("a", "Lund", "Sweden"), visit("b", "Sweden", None)], ["ab"], id="a town and its country"),
        pytest.param([visit("a", "Brantwick", None, DAY), visit("b", "Sweden", None, DAY)], ["ab"], id="who knows"),
        pytest.param([visit("a", "Lund", None, DAY), visit("b", "Lund", None, ("2021-05-08", "2021-05-08")),
                      visit("c", "Lund", None, day="2021-05-09")], ["a", "bc"], id="the nearer of two"),
        pytest.param([visit("a", "Brantwick", None, DAY), visit("b", "Brantwick", None, NEXT),
                      visit("c", "Brantwick", None, day="2021-05-06")], ["a", "b", "c"], id="either of two"),
        pytest.param([visit("a", "Lund", None, DAY), visit("b", "Lund", None, NEXT),
                      visit("c", "Lund", None, NEXT, "2021-05-06"), visit("d", "Lund", None, day="2021-05-06")],
                     ["a", "bcd"], id="the one that most tell"),
        pytest.param([visit("a", "Lund", None, NEXT), visit("b", "Lund", None, day="2021-05-04")], ["a", "b"],
                     id="told before it was"),
        pytest.param([visit("a", "Lund", None, DAY), visit("b", "Lund", None, day="2021-06-20")], ["ab"],
                     id="the only one told before"),
        pytest.param([visit("a", "Lund", None, DAY), visit("b", "Lund", None, LATER, "2021-05-21"),
                      visit("c", "Lund", None, day="2021-06-20")], ["a", "b", "c"], id="two told before"),
        pytest.param([visit("a", "Lund", None, DAY), visit("b", "Lund", None, DAY, who=("Ada Lind",))], ["ab"],
                     id="one of two people, that day and place"),
        pytest.param([visit("a", "Lund", None, DAY), visit("b", "Lund", None, who=("Ada Lind",))], ["a", "b"],
                     id="one of two people, no day"),
    ],
)  # fmt: skip
def test_accounts_without_a_day_or_with_another_place(papers: list[Told], groups: list[str]) -> None:
    facts = resolve([told.findings() for told in papers])
    assert sorted("".join(account.document for account in o.accounts) for o in facts.occasions) == groups


@pytest.mark.parametrize(
    ("plan", "told", "held"),
    [
        (meeting("a", "2021-05-04", "Planned"), meeting("b", "2021-05-20"), True),
        (meeting("a", "2021-05-04", "Planned"), meeting("b", "2021-04-20"), False),
        (meeting("a", "2021-05-04", "Planned"), meeting("b", "2023-05-20"), False),
        (meeting("a", "2021-05-04", "Planned", days=("2021-07-01", "2021-07-31")),
         meeting("b", "2021-05-20", days=("2021-05-19", "2021-05-19")), False),
        (meeting("a", "2021-05-04", "Planned"), meeting("b", "2021-05-20", who=("Ada Lind", "Cy Dahl")), False),
    ],
)  # fmt: skip
def test_what_was_planned_was_held_later(plan: Told, told: Told, held: bool) -> None:
    facts = resolve([plan.findings(), told.findings()])
    later = {o.accounts[0].document: o.held_later for o in facts.occasions}
    assert later == {"a": Local("b", "m1") if held else None, "b": None}


def test_two_plans_of_one_meeting_that_was_held() -> None:
    days = ("2021-05-18", "2021-05-18")
    papers = [meeting("a", "2021-05-04", "Planned", days), meeting("b", "2021-05-05", "Planned", days),
              meeting("c", "2021-05-20", days=days)]  # fmt: skip
    facts = resolve([told.findings() for told in papers])
    assert {len(o.accounts): o.held_later for o in facts.occasions} == {2: Local("c", "m1"), 1: None}


def test_office_in_order() -> None:
    papers = []
    for slug_, day, name, status in (
        ("new", "2022-01-01", "Cy Dahl", "Current"),
        ("old", "2018-01-01", "Ada Lind", "Current"),
        ("memory", "2022-02-01", "Bo Ek", "Former"),
    ):
        told = paper(slug_, f"{name}, chairman of the Reed Party", day)
        person = told.entity("Person", name)
        told.role(person, "chairman", told.entity("Party", "Reed Party"), status)  # type: ignore[arg-type]
        papers.append(told.findings())
    (office,) = resolve(papers).offices
    assert office.key == "chair-of-reed-party" and office.title == "chair"
    assert [tenure.document for tenure in office.tenures] == ["old", "new", "memory"]


def unnamed(named_of: str | None, day: str = "2022-05-01") -> tuple[Told, Told]:
    one = paper("a", "Ann Lee and the Reed Party general secretary came", "2022-05-01")
    one.entity("Person", "Ann Lee")
    one.role(None, "general secretary", one.entity("Party", "Reed Party"))
    two = paper("b", "Ann Lee of the Reed Party and the Moss Party; general secretary Bo Ek", day)
    two.entity("Person", "Ann Lee")
    reed, moss = two.entity("Party", "Reed Party"), two.entity("Party", "Moss Party")
    of = {"Reed Party": reed, "Moss Party": moss, None: None}[named_of]
    two.role(two.entity("Person", "Bo Ek"), "general secretary", of)
    return one, two


@pytest.mark.parametrize(("named_of", "found"), [("Reed Party", True), (None, True), ("Moss Party", False)])
def test_unnamed_holder(named_of: str | None, found: bool) -> None:
    facts = resolve(told.findings() for told in unnamed(named_of))
    assert [(one.role, one.identity) for one in facts.likely] == ([(Local("a", "r1"), "bo-ek")] if found else [])
    assert all(one.reasons for one in facts.likely)


def test_order_of_documents_does_not_matter() -> None:
    told = [*two_documents(), *(t.findings() for t in parties()), *(t.findings() for t in unnamed(None))]
    told = [one for n, one in enumerate(told) if one.document.slug not in {o.document.slug for o in told[:n]}]
    assert resolve(told) == resolve(reversed(told))


@pytest.mark.parametrize(
    ("day", "holder"), [("2019-05-01", "bo-ek"), ("2023-02-01", "cy-dahl"), ("2017-01-01", "bo-ek")]
)
def test_an_unnamed_holder_is_the_one_of_that_day(day: str, holder: str) -> None:
    """Two held the office one after the other; the document's date says whose it was."""
    papers = []
    tenures = (("2018-01-01", "Bo Ek"), ("2020-01-01", "Bo Ek"), ("2022-01-01", "Cy Dahl"), ("2023-06-01", "Cy Dahl"))
    for slug_, (when, name) in zip("abcd", tenures, strict=True):
        told = paper(slug_, f"{name}, general secretary of the Reed Party, spoke", when)
        told.role(told.entity("Person", name), "general secretary", told.entity("Party", "Reed Party"))
        papers.append(told.findings())
    told = paper("z", "The Reed Party general secretary came", day)
    told.role(None, "general secretary", told.entity("Party", "Reed Party"))
    facts = resolve([*papers, told.findings()])
    assert {one.identity for one in facts.likely if one.role.document == "z"} == {holder}


def premiers(home: str, day: str, whose: str | None) -> list[Told]:
    """Two countries' prime ministers, named without a body by papers at home there, and one left unnamed."""
    papers = []
    for slug_, land, when, name in (("a", "Sweden", "2019-01-01", "Bo Ek"), ("b", "Sweden", "2022-01-01", "Cy Dahl"),
                                    ("c", "Norway", "2019-01-01", "Ada Lind")):  # fmt: skip
        told = paper(slug_, f"The prime minister, {name}, spoke in {land}, and {land} waits.", when)
        told.role(told.entity("Person", name), "prime minister")
        papers.append(told)
    of = f" of {whose}" if whose else ""
    words = f"The prime minister{of} was silent. So was {home}, all {home}, old {home}."
    told = paper("z", words, day)
    told.role(None, "prime minister", told.entity("Place", whose) if whose else None)
    return [*papers, told]


@pytest.mark.parametrize(
    ("home", "day", "whose", "holders"),
    [
        ("Sweden", "2019-03-01", None, {"bo-ek"}),
        ("Sweden", "2022-03-01", None, {"cy-dahl"}),
        ("Norway", "2019-03-01", None, {"ada-lind"}),
        ("Norway", "2022-03-01", "Sweden", {"cy-dahl"}),
        ("Kenya", "2019-03-01", None, set()),
    ],
)
def test_the_prime_minister_is_that_of_the_papers_country_and_day(
    home: str, day: str, whose: str | None, holders: set[str]
) -> None:
    facts = resolve(told.findings() for told in premiers(home, day, whose))
    assert {one.identity for one in facts.likely if one.role.document == "z"} == holders


def test_an_acronym_means_what_its_own_document_says_before_what_others_say() -> None:
    one = paper("a", "The Deep Ferries Council (DFC) met")
    one.entity("Organisation", "Deep Ferries Council", "DFC", acronyms=("DFC",))
    two = paper("b", "The Dutch Farmers Congress (DFC) met. The DFC rested.")
    two.entity("Organisation", "Dutch Farmers Congress", "DFC", acronyms=("DFC",))
    three = paper("c", "The DFC slept")
    three.entity("Organisation", "DFC")
    facts = resolve([one.findings(), two.findings(), three.findings()])
    keys = [key(facts, slug_, "e1") for slug_ in "abc"]
    assert keys[0] == "Organisation/deep-ferries-council" and keys[1] == "Organisation/dutch-farmers-congress"
    assert keys[2] not in keys[:2]


def test_the_board_of_two_documents_is_not_one_board() -> None:
    one, two = paper("a", "The Board of Deep Ferries met. The Board rested."), paper("b", "The Moss Board. The Board")
    one.entity("Organisation", "Board of Deep Ferries", "Board")
    two.entity("Organisation", "Moss Board", "Board")
    facts = resolve([one.findings(), two.findings()])
    assert key(facts, "a", "e1") == "Organisation/board-of-deep-ferries" != key(facts, "b", "e1")
