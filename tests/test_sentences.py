from __future__ import annotations

import time
from itertools import pairwise

import pytest

from kg.language import sentences
from kg.model import Span

# Each case is a paragraph with "|" where one sentence ends and the next begins.
PROSE = [
    "The mayor left.| The council met.",
    "Who met? |Nobody knows!| It rained.",
    # titles, initials, degrees, offices
    "Mr. Brandt met Mrs. Amadi and Dr. Li.| They talked.",
    "Sen. Ilse B. Reed and Rep. J. R. Okoro met Gov. Hale.| Lt. Gov. Moss came.",
    "Lt.-Gov. Ann Lee, Brig. Gen. Bo Ek and Maj.-Gen. Ed Ash spoke.| No more.",
    "MR. BRANDT: I did.| He sat.",
    "Rt. Hon. Ilse Reed spoke.| Cllr. Ash did not.",
    "It was led by F.W. Okoro of the A.N.P., which won.| The A.N.P. was glad.",
    "He joined the A.N.P.| The party was glad.",
    "They chose plan B.| It failed.",
    "Robert Hale Jr. of Acme Inc. met Ann Lee Ph.D. of Bell Ltd. in June.",
    "She works for Acme Inc.| The firm is new.",
    # countries, states, streets, times, months
    "The U.S. Senate voted.| He left the U.S.| She stayed in the U.K. government.",
    "It met in Hill, Mass.| Ann Lee spoke.| She lives in Reno, Nev., and in Erie, Pa.",
    "Rep. Bo Li, D-Calif., met Sen. Ann Lee, R-S.D.| The two talked.",
    "They met at 5 p.m. on Jan. 3 in St. Alban.| It ended at 7 a.m.| The end.",
    "She lives on Main St.| He does not.",
    "It was 10 a.m.| “We go,” he said.",
    # numbers and dates
    "They met on 3. March in Oslo.| It cost 1.5 million.| In 2016.| Then more.",
    "See No. 10 and Art. 5 of Vol. 3.| The answer was No.| It was art.",
    "It rose 2.5 per cent to £1.25m.| Good.",
    "He was born in 1950.| In 1970 he left.",
    # addresses
    "See www.hill.example/x.html.| Write to a.b@hill.example now.| Done.",
    # quotations
    "“We go,” he said.| “They stay.”| She left.",
    "“Is it over?” he asked.| “No!” she cried.| “Yes.”",
    "“Is it over?” Ms Reed asked.| ‘Never!’ Sir Bo Hale replied.",
    "“Is it over?”| Ms Reed did not know.",
    "He said: “One went.| Two went!| Three?”| Then all.",
    "She said: 'We are \"done\".'| And left.",
    "“We won.”| Smith left.",
    '"I have read it."| "So have I."',
    "“We go . . . now.”| He left.",
    "‘It was polite,’ says a source.| ‘I wouldn’t say more.’",
    "(He left.)| Then it rained.",
    "It ended (see p. 4 or p. 5).| Next.",
    "He (a fool. Never mind!) left.",
    "It is over.[12]| Others stayed.",
    # ellipses
    "He went...| Nobody knew.",
    "He went … and came.",
    "Well … I never.",
    # lost spaces
    "He left.|The next day came.",
    "It is over.|“We won,” he said.",
    # lower case goes on
    "Yahoo! and others came.",
    "What? you ask.",
    # datelines
    "LONDON, March 3 (Agency) —| The talks went on.| They ended.",
    "WASHINGTON (AP) —| The vote is on.",
    "BEIJING, Nov. 23 —| Envoys met.",
    "LEWISTOWN, Mont. —| Envoys met.",
    "Belém, Brazil –| Envoys met.",
    "Accra, Friday –| Envoys met.",
    "Bucharest (Agency) –| Envoys met.",
    "LONDON (Agency) -| Envoys met.",
    "CAPE TOWN, South Africa, May 4 —| President F.W. Okoro left.",
    "The MP – who left – said so.",
    "Reed, Hale – and others – met.",
    "Ms Reed, the mayor – Hill’s first – met them.",
    "REED: I will go.",
]

ITEMS = [
    ("• President: Ilse Reed (HP)", ["President: Ilse Reed (HP)"]),
    ("1. Apologies. None came.", ["Apologies.", "None came."]),
    ("1.1 The mayor opened it.", ["The mayor opened it."]),
    ("(a) to go;", ["to go;"]),
    ("a) to go;", ["to go;"]),
    ("– Ilse Reed, mayor", ["Ilse Reed, mayor"]),
    ("A. Reed met them.", ["A. Reed met them."]),
    ("09.04 Good morning.", ["09.04 Good morning."]),
    ("NAIROBI, Sunday", ["NAIROBI, Sunday"]),
    ("“", ["“"]),
]


def cut(text: str, *, prose: bool = True) -> list[str]:
    padded = "\n" + text + "\n"
    spans = sentences.split(padded, Span(1, 1 + len(text)), prose=prose)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    return [padded[start:end] for start, end in spans]


@pytest.mark.parametrize("text", PROSE)
def test_prose(text: str) -> None:
    assert cut(text.replace("|", "")) == [part.strip() for part in text.split("|")]


@pytest.mark.parametrize(("text", "expected"), ITEMS)
def test_items(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_headline_is_one_sentence() -> None:
    assert cut("Reed out. What now?", prose=False) == ["Reed out. What now?"]


@pytest.mark.parametrize("unit", ["a. ", "A. ", "No. ", "(a. ", "“A. ", ". . ", "!? A ", "A B C, ", "...”"])
def test_time_grows_with_the_text(unit: str) -> None:
    text = unit * 20_000
    began = time.perf_counter()
    sentences.split(text, Span(0, len(text)))
    assert time.perf_counter() - began < 5
