from __future__ import annotations

from collections.abc import Iterable

import pytest
from graph_cases import Told

from kg import queries
from kg.model import Facts, Findings, Local, Story
from kg.resolve import brief, resolve
from kg.resolve.copies import signed, stories
from kg.store import Store

WIRE = (
    "Ada Lind of the Board of Ferries met Bo Ek in Malmo on Tuesday to speak of the winter crossings, which have been "
    "closed since the storm of last month took away the northern pier and two of the older boats. Nobody was hurt, but "
    "the islands have been without post for nine days, and the shops that are open sell what is left of the flour. "
    "The harbour master said that repairs would begin once the wind had turned, and that an inquiry would follow."
)
OTHER = (
    "Ada Lind of the Board of Ferries was asked about the crossings again this week. She answered that timber had been "
    "ordered from the mainland, that the money was there, and that she would not be hurried by people who had never "
    "tied a rope. Bo Ek, who leads the shopkeepers of the outer islands, called that an insult and walked out of the "
    "hall before the vote was taken; most of those who stayed raised their hands for the smaller of the two plans."
)


def paper(slug: str, text: str, day: str, publisher: str) -> Findings:
    told = Told(slug, text, day, publisher)
    lind, ek = told.entity("Person", "Ada Lind"), told.entity("Person", "Bo Ek")
    told.entity("Organisation", "Board of Ferries")
    if text.startswith(WIRE[:40]) or WIRE[:60] in text:
        told.meeting("met Bo Ek", lind, ek, place=told.entity("Place", "Malmo"))
    return told.findings()


def papers() -> list[Findings]:
    return [
        paper("b", "Ferries: what now? " + WIRE, "2021-05-05", "The Island Echo"),
        paper("a", WIRE.rpartition(". ")[0] + ".", "2021-05-06", "The Morning Sheet"),
        paper("c", WIRE, "2021-05-04", "The Northern Post"),
        paper("d", OTHER, "2021-05-09", "The Northern Post"),
    ]


def copies(findings: Iterable[Findings]) -> tuple[Story, ...]:
    told = list(findings)
    return stories(map(brief, told), {one.document.slug: one.document.text for one in told}.__getitem__)


def test_near_copies_are_one_story_led_by_the_first() -> None:
    (story,) = copies(papers())
    assert story.documents == ("c", "b", "a")
    assert "3 documents share" in story.reasons[0].words
    assert copies(reversed(papers())) == (story,)


def test_a_signature_is_made_once_and_short_texts_have_none() -> None:
    once = signed(papers()[0])
    assert len(once.signature) == 512 and signed(once) is once
    short = Told("s", "Ada Lind met Bo Ek in Malmo").findings()
    assert signed(short) is short
    assert copies([short, Told("t", short.document.text).findings()]) == ()


def test_accounts_in_near_copies_are_one_occasion_without_a_date() -> None:
    facts = resolve(papers())
    (occasion,) = facts.occasions
    assert len(occasion.accounts) == 3
    assert any(reason.rule == "same text" for reason in occasion.reasons)


@pytest.fixture()
def store() -> Store:
    opened = Store.open(":memory:")
    for one in papers():
        opened.keep(one)
    opened.write(resolve(opened.findings(), opened.held()))
    return opened


def test_the_graph_says_which_document_is_a_copy_and_counts_it_once(store: Store) -> None:
    rows = {row["document"]: row["copyOf"] for row in queries.run("documents", {}, store)}  # type: ignore[union-attr]
    assert rows == {"a": "c", "b": "c", "c": None, "d": None}
    counted = {row["name"]: row["count"] for row in queries.run("in-several-documents", {}, store)}  # type: ignore[union-attr]
    assert counted == {"Ada Lind": 2, "Bo Ek": 2}


def test_one_text_under_several_addresses_is_no_second_source() -> None:
    with Store.open(":memory:") as opened:
        for one in papers()[:3]:
            opened.keep(one)
        opened.write(resolve(opened.findings(), opened.held()))
        assert len(queries.run("in-several-documents", {}, opened)) == 0  # type: ignore[arg-type]


def test_a_store_keeps_the_signature(store: Store) -> None:
    assert all(one.signature for one in store.findings())


def test_the_same_people_of_one_text_are_one() -> None:
    def told(facts: Facts, slug: str) -> object:
        return facts.identity_of[Local(slug, "e1")]

    facts = resolve(papers())
    assert told(facts, "a") is told(facts, "b") is told(facts, "c") is told(facts, "d")
