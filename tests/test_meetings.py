"""Who met whom, when, where, and whether they did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from kg.errors import DataError
from kg.find import find
from kg.find.meetings import lexicon
from kg.language.backend import analyse
from kg.model import Bounds, Document, Findings


@cache
def read(text: str) -> Findings:
    day = date(2024, 3, 14)
    return find(next(iter(analyse([Document("t.txt", "t.txt", text, "", "0", bounds=Bounds(day, day))]))))


def told(text: str) -> list[tuple[set[str], str]]:
    found = read(text)
    names = {entity.id: entity.name for entity in found.entities}
    return [({names[i] for i in meeting.participants}, meeting.status) for meeting in found.meetings]


A, B, C = "Anna Berg", "Tom Reed", "Karen Moss"
HELD = [
    f"{A} met {B} in Oslo on Monday.",
    f"{A} held talks with {B} on Tuesday.",
    f"{A} and {B} met in Oslo on Monday.",
    f"{A} was received by {B} at the palace on Monday.",
    f"A meeting between {A} and {B} ended without agreement.",
    f"{A} sat down with {B} in Bonn on Monday.",
    f"{A} told {B} in a phone call on Monday that the deal stood.",
    f"{A} received a phone call from {B} on Monday.",
    f"{A}, whom {B} met in Bonn on Monday, said the deal stood.",
    f"The meeting, which took place in Bonn on Monday, brought together {A} and {B}.",
    f"{A} and {B} were among the leaders who met in Bonn on Monday.",
    f'"I met {A} in Bonn last week," said {B}.',
    f"Talks are under way between {A} and {B}.",
    f"{A} dined with {B} in Bonn on Monday.",
    f"{A} and {B} conferred for an hour in Bonn on Monday.",
    f"{A} paid a courtesy call on {B} in Bonn on Monday.",
    f"{A} held a telephone conversation with {B} on Monday.",
    f"{A} and {B} both attended a reception in Bonn on Monday.",
    f"Meeting in the margins of the forum on Monday, {A} and {B} agreed to go on.",
    f"The delegation, which included {A}, met {B} in Bonn on Monday.",
    f"The ministers of Norway, Sweden and Finland include {A} and {B}. The Berg-Reed summit in Bonn lasted an hour.",
]


@pytest.mark.parametrize("text", HELD)
def test_a_meeting_of_two(text: str) -> None:
    assert told(text) == [({A, B}, "Held")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (f"{A} will meet {B} in Oslo on Friday.", "Planned"),
        (f"{A} is due to meet {B} on Friday.", "Planned"),
        (f"{A} refused to meet {B} on Monday.", "Cancelled"),
        (f"{A} would not see {B}.", "Cancelled"),
        (f"Talks between {A} and {B}, which had been due on Monday, were called off.", "Cancelled"),
        (f"{A} is to travel to Bonn for talks with {B}.", "Planned"),
        (f"{A} said on Monday she would meet {B} in Oslo on Friday.", "Planned"),
        (f"{A} asked {B} for a meeting.", "Proposed"),
        (f"In a letter to {B}, {A} asked for talks.", "Proposed"),
        (f"{A} again proposed talks with {B}.", "Proposed"),
        (f"{A} cancelled her meeting with {B} in Oslo.", "Cancelled"),
        (f"{A} has asked for a meeting with {B}.", "Proposed"),
        (f"The embassy denied that {A} had met {B} last week.", "Denied"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert [found for _, found in told(text)] == [status]


@pytest.mark.parametrize(
    "text",
    [
        f"{A} and {B} have never met.",
        f"{A} met the deadline that {B} had set.",
        f"{A}'s proposal met with resistance from {B}.",
        f"{A} said that pensioners struggle to make ends meet, and {B} agreed.",
        f"{A} met her husband {B} in Bonn.",
        f"The University of Bonn conferred an honorary degree on {A}.",
        f"{A} won the vote against {B} on Monday.",
    ],
)
def test_what_is_no_meeting(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "unnamed"),
    [
        (f"{A}, leader of the Liberal Union, met her predecessor in Leeds on Monday.", ("her predecessor",)),
        (f"The former mayor of York, {B}, stayed away. The mayor of York met {A}.", ("The mayor of York",)),
    ],
)
def test_who_is_not_named_stands_with_the_words(text: str, unnamed: tuple[str, ...]) -> None:
    found = read(text)
    names = {entity.id: entity.name for entity in found.entities}
    assert [([names[i] for i in one.participants], one.unnamed) for one in found.meetings] == [([A], unnamed)]


def test_place_and_date() -> None:
    (meeting,) = read(f"{A} met {B} in Oslo on Monday.").meetings
    names = {entity.id: entity.name for entity in read(f"{A} met {B} in Oslo on Monday.").entities}
    assert meeting.place is not None and names[meeting.place] == "Oslo"
    assert meeting.when is not None and meeting.when.bounds == Bounds(date(2024, 3, 11), date(2024, 3, 11))


def test_one_meeting_told_twice_is_one() -> None:
    found = read(f"{A} meets {B}\n\n{A} met {B} in Oslo on Monday, her office said in a statement.")
    assert len(found.meetings) == 1 and len(found.meetings[0].evidence) == 2


@pytest.mark.parametrize(
    ("text", "host"),
    [
        (f"{A} hosted {B} in Oslo on Monday.", A),
        (f"{A} was received by {B} at the palace on Monday.", B),
        (f"{A} spent the evening with {B} at the farm of {C} on Monday.", C),
    ],
)
def test_who_receives_is_the_host(text: str, host: str) -> None:
    found = read(text)
    names = {entity.id: entity.name for entity in found.entities}
    assert [[names[i] for i in meeting.hosts] for meeting in found.meetings] == [[host]]


def test_each_stop_of_a_journey_is_a_meeting_with_its_own_day_and_place() -> None:
    found = read(f"{A} met {B} in Oslo on Monday and {C} in Bonn on Tuesday.")
    names = {entity.id: entity.name for entity in found.entities}
    days = [meeting.when and meeting.when.bounds.earliest for meeting in found.meetings]
    assert [meeting.place and names[meeting.place] for meeting in found.meetings] == ["Oslo", "Bonn"]
    assert days == [date(2024, 3, 11), date(2024, 3, 12)]


def test_those_who_met_are_taken_up() -> None:
    found = told(f"{A} met {B} in Bonn on Monday. The two leaders look forward to meeting each other again in May.")
    assert found == [({A, B}, "Held"), ({A, B}, "Planned")]


def test_separate_talks_are_several_meetings() -> None:
    found = told(f"On the sidelines of the summit {A} held separate meetings with {B} and {C}.")
    assert found == [({A, B}, "Held"), ({A, C}, "Held")]


def test_a_list_of_those_present_joins_its_meeting() -> None:
    text = f"Talks in Oslo\n\n{A} met {B} in Oslo on Monday.\n\nAlso present were:\n\n• {C}, secretary of state"
    assert told(text) == [({A, B, C}, "Held")]


def test_a_delegation_abroad_is_on_a_visit_and_meets_there() -> None:
    found = read(f"{A} met {B} today.\n\n{B} was in Oslo as part of a delegation led by {C}.")
    names = {entity.id: entity.name for entity in found.entities}
    assert [{names[i] for i in m.participants} for m in found.meetings] == [{A, B}, {B, C}]
    assert [m.place and names[m.place] for m in found.meetings] == ["Oslo", "Oslo"]


def test_the_lines_below_a_title_give_day_and_place() -> None:
    found = read(f"News from the union\n\nThe union is growing.\n\n{A} meets {B}\n\n4 March 2024\n\nOslo\n\n")
    (meeting,) = found.meetings
    assert meeting.place == next(entity.id for entity in found.entities if entity.name == "Oslo")
    assert meeting.when is not None and meeting.when.bounds.earliest == date(2024, 3, 4)


def test_an_invitation_names_guest_and_host() -> None:
    found = read(f"{A} spoke on Monday. {B} ignored her invitation to host him in Oslo.")
    names = {entity.id: entity.name for entity in found.entities}
    (meeting,) = found.meetings
    assert ({names[i] for i in meeting.participants}, meeting.status) == ({A, B}, "Proposed")
    assert [names[i] for i in meeting.hosts] == [A] and meeting.place and names[meeting.place] == "Oslo"


def test_a_date_of_saying_is_no_date_of_meeting() -> None:
    (meeting,) = read(f"The embassy said on Tuesday that {A} had met {B} on Monday.").meetings
    assert meeting.when is not None and meeting.when.bounds.earliest == date(2024, 3, 11)


def test_without_parts_of_speech_the_words_alone_do() -> None:
    analysis = next(iter(analyse([Document("t.txt", "t.txt", HELD[0], "", "0")])))
    bare = tuple(t._replace(pos="", tag="", dep="", lemma=t.lower, head=t.i) for t in analysis.tokens)
    assert len(find(replace(analysis, tokens=bare, parsed=False)).meetings) == 1


def test_an_unknown_key_in_the_word_list_names_the_allowed_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicon.words.cache_clear()
    monkeypatch.setattr(lexicon, "lexicon", lambda name: {"verb": []})
    with pytest.raises(DataError, match="allowed are"):
        lexicon.words()
    monkeypatch.undo()
    lexicon.words.cache_clear()


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("Present: Anna Kovel, Tom Reid\nApologies: Peter Hahn\nIn attendance: Rosa Quill", "Kovel Quill Reid"),
        ("Present: Anna Kovel, Tom Reid; apologies: Peter Hahn.", "Kovel Reid"),
        ("Present:\n- Anna Kovel\n- Tom Reid\n\nApologies:\n- Peter Hahn\n- Jan Ode", "Kovel Reid"),
        ("Not present: Anna Kovel, Tom Reid", ""),
    ],
)
def test_who_sent_apologies_was_not_there(text: str, there: str) -> None:
    found = read(text)
    names = {entity.id: entity.name.split()[-1] for entity in found.entities}
    assert sorted(names[one] for m in found.meetings for one in m.participants) == there.split()


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Rumours that he had met Anna Kovel spread through Oslo. Tom Reid refused to answer.", []),
        ("There were rumours of a meeting between Tom Reid and Anna Kovel in Oslo.", []),
        ("Tom Reid is rumoured to have met Anna Kovel.", []),
        ("Tom Reid rejected rumours that he had met Anna Kovel.", ["Denied"]),
        ("Tom Reid confirmed rumours that he had met Anna Kovel.", ["Held"]),
        ("Amid rumours that he would resign, Tom Reid met Anna Kovel in Oslo.", ["Held"]),
    ],
)
def test_a_rumour_alone_is_no_meeting(text: str, status: list[str]) -> None:
    assert [meeting.status for meeting in read(text).meetings] == status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{A} met {B} in Oslo on Monday. She was accompanied by {C}.", [({A, B, C}, "Held")]),
        (f"{A} met {B} on Monday. Attending the talks were {C} and Ivo Brandt.", [({A, B, C, "Ivo Brandt"}, "Held")]),
        (f"{A} met {B} in Oslo on Monday. Also in the room was {C}.", [({A, B, C}, "Held")]),
        (
            f"{A} met {B} in Oslo on Monday. The meeting, which also included {C}, lasted an hour.",
            [({A, B, C}, "Held")],
        ),
        (f"{A} visited Oslo on Monday with {B}.", [({A, B}, "Held")]),
        (f"{A} met {B} in Oslo on Monday. Ivo Brandt stayed away and sent his deputy, {C}.", [({A, B, C}, "Held")]),
        (
            f"{A} met {B} in Oslo on Monday. On Friday it will be the turn of {C}.",
            [({A, B}, "Held"), ({A, C}, "Planned")],
        ),
        (f"{A} met {B} in Oslo on Monday. Also at the talks was {C}.", [({A, B, C}, "Held")]),
        (f"Sens. {A} and {B} met in Bonn on Monday.", [({A, B}, "Held")]),
        (f"{A} showed {B} round on Monday.", [({A, B}, "Held")]),
        (f"{A} agreed with {B} to meet again in May.", [({A, B}, "Planned")]),
        (f"{A} held phone calls with {B} and {C} on Monday.", [({A, B}, "Held"), ({A, C}, "Held")]),
    ],
)
def test_who_else_took_part(text: str, expected: list[tuple[set[str], str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{A} met {B} in Oslo on Monday. {C} said he would boycott the meeting.", ["Held"]),
        (f"A meeting between {A} and {B} is not planned at present.", []),
        (f"{A} left before the press conference.", []),
        (f"{A} boycotted a meeting with {B} on Monday.", ["Cancelled"]),
        (f"{A} has no plans to visit Oslo or to meet {B}.", []),
        (f"{A} never asked to meet {B}.", []),
    ],
)
def test_who_keeps_away_calls_nothing_off(text: str, expected: list[str]) -> None:
    assert [status for _, status in told(text)] == expected


def test_a_meeting_on_a_visit_is_part_of_it() -> None:
    found = read(f"{A} will fly to Oslo next week. She will hold talks with {B} there.")
    visit, talks = found.meetings
    assert talks.part_of == visit.id and talks.place == visit.place and talks.when == visit.when


def test_who_invites_is_told() -> None:
    found = read(f"{A} is in Oslo for a three-day visit at the invitation of {B}.")
    names = {entity.id: entity.name for entity in found.entities}
    (visit,) = found.meetings
    assert visit.invited_by is not None and names[visit.invited_by] == B and visit.form == "visit"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{A} met {B} on Monday to discuss the war in Chad.", None),
        (f"{A} flew to Bonn on Monday, where she met {B} to discuss the war in Chad.", "Bonn"),
        (f"{A} meets {B} in Bonn\n\n{A} met {B} at the Royal Palace on Monday.", "Royal Palace"),
        (f"{A} discussed trade, security and a dispute over a dam on the Blue Nile with {B}.", None),
        (f"{A} discussed trade with {B} in Bonn.", "Bonn"),
    ],
)
def test_a_place_talked_of_is_not_the_place(text: str, place: str | None) -> None:
    found = read(text)
    names = {entity.id: entity.name for entity in found.entities}
    assert names.get(found.meetings[-1].place or "") == place


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"{A} yesterday received {B} for the first time since they took office last month.", 13),
        (f"{A}, who resigned last Friday, has met {B}.", None),
        (f"{A} told the press on Tuesday that she had met {B}.", None),
        (f"{A} last met {B} in Oslo on Monday.", 11),
    ],
)
def test_the_day_of_something_else_is_no_day_of_the_meeting(text: str, day: int | None) -> None:
    (meeting,) = read(text).meetings
    found = meeting.when and meeting.when.bounds.earliest
    assert found == (day and date(2024, 3, day))


def test_a_visit_later_in_the_year_is_planned_and_told_on() -> None:
    found = read(
        "The Danish Social Party won. Ideas were discussed, including a visit to Norway of a delegation from "
        f"the Danish Social Party later in the year. This delegation will spend time with {A}."
    )
    names = {entity.id: entity.name for entity in found.entities}
    (visit,) = found.meetings
    assert visit.status == "Planned" and visit.form == "visit" and len(visit.evidence) == 2
    assert {names[i] for i in visit.participants} == {"Danish Social Party", A}


def test_they_who_agree_to_meet_again_are_all_who_met() -> None:
    found = told(
        f"{A} met {B} and {C} on Monday. {A} said {B} and {C} had been fair, and they agreed to a meeting in May."
    )
    assert found == [({A, B, C}, "Held"), ({A, B, C}, "Planned")]


def test_a_nation_written_in_one_with_its_delegation_is_known() -> None:
    found = told("The Danish Social Party sent a team. It is said that the Danishdelegation flew to Bonn on Monday.")
    assert found == [({"Danish Social Party"}, "Held")]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        (f"{A} met {B} at the Foreign Ministry on Monday.", ["Place"]),
        (
            f"The Foreign Ministry said that {A} had met {B} at the Foreign Ministry on Monday.",
            ["Organisation", "Place"],
        ),
    ],
)
def test_the_place_of_a_meeting_is_a_place(text: str, kinds: list[str]) -> None:
    found = read(text)
    (meeting,) = found.meetings
    there = next(entity for entity in found.entities if entity.id == meeting.place)
    assert there.kind == "Place" and all(mention.kind == "Place" for mention in there.mentions)
    assert [entity.kind for entity in found.entities if entity.name == "Foreign Ministry"] == kinds


@pytest.mark.parametrize(
    ("text", "inviter", "status"),
    [
        (f"{A} declined an invitation from {B} to a meeting in Oslo on Monday.", B, "Cancelled"),
        (f"{A} accepted an invitation by {B} to visit Oslo in May.", B, "Planned"),
        (f"{A} met {B} in Oslo on Monday.", None, "Held"),
    ],
)
def test_who_offered_a_meeting(text: str, inviter: str | None, status: str) -> None:
    found = read(text)
    names = {entity.id: entity.name for entity in found.entities}
    assert [(names.get(m.invited_by or ""), m.status) for m in found.meetings] == [(inviter, status)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{A} flew to Oslo on Monday, where she met {B}.", [({A, B}, "Held")]),
        (f"{A}, of the Farmers' Union, and {B} met on Monday.", [({A, B}, "Held")]),
        (f"{A} said she would raise it with {B} when they meet in Oslo in May.", [({A, B}, "Planned")]),
        (f"{A} has accepted {B}'s invitation to a meeting on Friday.", [({A, B}, "Planned")]),
        (f"{A} met {B} on Monday. {C} sat in on the talks.", [({A, B, C}, "Held")]),
        (f"{A} met {B} on Monday. {C}, accompanied by Ivo Brandt, was questioned by police.", [({A, B}, "Held")]),
        (f"{A} declined to comment on reports that she had met {B} in Oslo.", []),
        (f"{A} visited a dairy farm near Oslo on Monday with {B}.", [({A, B}, "Held")]),
        (f"A visit by {A} to Oslo has been shelved.", [({A}, "Cancelled")]),
        (f"{A} and {B} spoke by phone on Monday.", [({A, B}, "Held")]),
        (f"{A} and {B} last spoke in June, before the election.", [({A, B}, "Held")]),
        (f"{A}, speaking after meeting {B} in Oslo, said the deal was close.", [({A, B}, "Held")]),
        (f"{A} snubbed {B}'s invitation to lunch on Monday.", [({A, B}, "Cancelled")]),
        (f"{A} held a news conference with {B} in Oslo on Monday.", [({A, B}, "Held")]),
    ],
)
def test_who_met_by_other_turns_of_phrase(text: str, expected: list[tuple[set[str], str]]) -> None:
    assert told(text) == expected


def test_a_title_waits_for_the_sentence_that_names_both() -> None:
    text = f"Berg meets Reed\n\n{A} will meet {C} in Oslo on Friday.\n\nLast week {A} held talks with {B} in Bonn."
    assert told(text) == [({A, B}, "Held"), ({A, C}, "Planned")]


def test_a_plan_with_an_end_runs_from_the_publication() -> None:
    (meeting,) = read(f"{A} invited {B} to visit Oslo before the end of the year.").meetings
    assert meeting.when is not None and meeting.when.bounds == Bounds(date(2024, 3, 14), date(2024, 12, 31))


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("A diplomat said the ministry had asked the Coastal Union to host a summit in May.", 5),
        (f"{A} said on Monday that {B} had agreed to meet her in May.", 5),
    ],
)
def test_what_had_been_proposed_in_words_reported_lies_ahead(text: str, month: int) -> None:
    (meeting,) = read(text).meetings
    assert meeting.when is not None and meeting.when.bounds.earliest == date(2024, month, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"A delegation led by {A} ended a visit to Kenya on Monday. The delegation comprised {B} and Ivo Brandt. "
            f"Members were received by {C} at State House. They later paid a courtesy call on President Ada Okoye.",
            [
                ({A, B, "Ivo Brandt"}, "Held"),
                ({A, B, "Ivo Brandt", C}, "Held"),
                ({A, B, "Ivo Brandt", "Ada Okoye"}, "Held"),
            ],
        ),
        (
            f"{A} arrived in Oslo on Sunday on a visit. {B} called on the visiting dignitary on Monday. "
            f"{C} will host a banquet for the guest tomorrow.",
            [({A}, "Held"), ({A, B}, "Held"), ({A, C}, "Planned")],
        ),
        (f"Tanzanian president {A} is in Bonn. {B} met the Tanzanian leader on Monday.", [({A, B}, "Held")]),
        (f"Governor {A} was well. On Monday Her Excellency visited Oslo with {B}.", [({A, B}, "Held")]),
        (f'"There was no deal," said {A}. "I met Mr {B} on Monday."', [({A, "Tom Reed"}, "Held")]),
        (
            f"{A}, {B} and {C} gathered in Bonn on Monday. Ivo Brandt stayed in Oslo. "
            "Rain fell. The three prime ministers will meet again in June.",
            [({A, B, C}, "Held"), ({A, B, C}, "Planned")],
        ),
        (f"The committee's chairman, Labour MP {A}, said she had met {B} on Monday.", [({A, B}, "Held")]),
        (f"{A} yesterday denied having had lunch with {B}.", [({A, B}, "Denied")]),
        (f"{A} and {B} spoke on the telephone.", [({A, B}, "Held")]),
        (f"{A} was in Bonn on Monday, where she and {B} spent two hours behind closed doors.", [({A, B}, "Held")]),
        (f"The Housing Committee took evidence on Tuesday from {A}.", [({A, "Housing Committee"}, "Held")]),
        (f"The day ended with a reception on the terrace, hosted by {A}.", [({A}, "Held")]),
        (f"{A} was asked whether she would be seeing {B} on Monday.", []),
        (f"{A} was welcomed in Bonn ahead of talks with {B}.", [({A, B}, "Held")]),
    ],
)
def test_who_is_meant_over_sentences(text: str, expected: list[tuple[set[str], str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "day", "place"),
    [
        (f"{A} spent Monday in Oslo. She met {B} and dined with him.", 11, "Oslo"),
        (f"{A} spent Monday in Oslo. She had met {B} before.", None, None),
        (f"{A} spent Monday in Oslo.\n\n{C} met {B}.", None, None),
        (f"{C} was in Oslo on Monday. {A} met {B}.", None, None),
    ],
)
def test_the_sentence_before_sets_day_and_place(text: str, day: int | None, place: str | None) -> None:
    found = read(text)
    names = {entity.id: entity.name for entity in found.entities}
    met = found.meetings[-1]
    first = met.when.bounds.earliest if met.when else None
    assert (first.day if first else None, names.get(met.place or "")) == (day, place)


def test_those_of_whom_somebody_is_one_are_not_always_those_who_met() -> None:
    text = f"{A} met {B} at the palace on Monday. Her aide has begun sounding out replacements, among them {C}."
    assert told(text) == [({A, B}, "Held")]
    text = f"{A} met union leaders at the palace on Monday. Among them were {B} and {C}."
    assert told(text) == [({A, B, C}, "Held")]


@pytest.mark.parametrize("words", ["understood to have had dinner with", "said to have met"])
def test_what_is_said_to_have_been_is_over(words: str) -> None:
    assert told(f"{A} is {words} {B} on Tuesday.") == [({A, B}, "Held")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{A} met farmers in Oslo on Monday.\n\nThe following attended:\n\n- {B}, Norsk Hydro\n- {C}", {A, B, C}),
        (f"{A} hosted a round table in Oslo on Monday.\n\nAttendees\n\n{B}, engineer\n{C}, chair", {A, B, C}),
        (f"{A} met {B} in Oslo on Monday. On the Norwegian side, {C} took part.", {A, B, C}),
        (f"{A} met {B} in Oslo on Monday. Others at the table: {C} and Ivo Brandt.", {A, B, C, "Ivo Brandt"}),
        (f"Union leaders met in Oslo on Monday. They were {A}, {B} and {C}.", {A, B, C}),
        (f"The summit in Oslo on Monday brought together three presidents: {A}, {B} and {C}.", {A, B, C}),
        (f"{A} chaired a meeting on Monday. {B} and {C} joined by video link.", {A, B, C}),
        (f"{A} hosted talks on Monday. {B} and {C} were there, and it went well.", {A, B, C}),
        (f"{A} will host a summit in Oslo on Friday. {B} and {C} will attend.", {A, B, C}),
        (f"The talks in Oslo on Monday were led by {A} and {B}.", {A, B}),
        (f"Imams broke bread on Monday at a dinner hosted by {A}. Among the guests were {B} and {C}.", {A, B, C}),
        (f"{A}, who visited Derry on Wednesday, met {B} there.", {A, B}),
    ],
)
def test_lists_of_those_present_in_many_forms(text: str, expected: set[str]) -> None:
    assert [people for people, _ in told(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{A} and {B} met {C} on Monday. They also met Ivo Brandt.", {A, B, "Ivo Brandt"}),
        (f"{A} and {B} met {C} on Monday. The diplomats later saw Ivo Brandt in Bonn.", {A, B, "Ivo Brandt"}),
        (f"{A} rang {B} on Monday about the Liberals. They spoke for an hour on the phone.", {A, B}),
        (
            f"The Housing Committee heard from {A} on Monday. The MPs had questioned {B} in Bonn.",
            {"Housing Committee", B},
        ),
    ],
)
def test_they_go_on(text: str, expected: set[str]) -> None:
    assert told(text)[-1][0] == expected


@pytest.mark.parametrize(
    ("text", "status", "day"),
    [
        (f"{A} and {B} are to discuss the strike over breakfast on Friday.", "Planned", 15),
        (f"Talks between {A} and {B} were put off until Wednesday.", "Planned", 20),
    ],
)
def test_what_lies_ahead(text: str, status: str, day: int) -> None:
    (meeting,) = read(text).meetings
    assert meeting.when is not None and meeting.when.bounds.earliest is not None
    assert (meeting.status, meeting.when.bounds.earliest.day) == (status, day)
