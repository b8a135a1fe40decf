"""A sentence as a row of units: names and dates in one piece, every other word with its kind.

The finder of meetings walks along these rows. It uses parts of speech, which taggers get right far
more often than parsers get attachment right, and works on closed word classes where there are none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from kg.find.meetings.lexicon import Lexicon
from kg.find.referents import Referents
from kg.language.analysis import Analysis, Sentence, Token
from kg.model import Entity, Span, When

UnitKind = Literal[
    "name", "date", "det", "word", "pron", "prep", "verb", "and", "comma", "rel", "adv", "poss", "to", "stop"
]

_LETTERS: Mapping[str, UnitKind] = {
    "DET": "det",
    "NUM": "word",
    "NOUN": "word",
    "PROPN": "word",
    "ADJ": "word",
    "PRON": "pron",
    "ADP": "prep",
    "VERB": "verb",
    "AUX": "verb",
    "CCONJ": "and",
    "ADV": "adv",
    "INTJ": "adv",
    "SCONJ": "stop",
    "PUNCT": "stop",
    "SYM": "stop",
    "X": "word",
}


# Titles shorter than this may end in a full stop.
LONG = 7
_MARKS = frozenset('“”‘"`«»„') | {"``", "''"}


class Unit(NamedTuple):
    """One step of the row: tokens `first` to `last` (exclusive)."""

    kind: UnitKind
    first: int
    last: int
    token: Token
    entity: Entity | None = None
    text: str = ""
    when: When | None = None


def row(analysis: Analysis, sentence: Sentence, who: Referents, times: Sequence[When], lists: Lexicon) -> list[Unit]:
    """The units of one sentence, in order."""
    dates = _dates(sentence, times)
    units: list[Unit] = []
    i = sentence.first
    while i < sentence.last:
        token = analysis.tokens[i]
        if token.text in _MARKS or (token.text == "." and units and _shortened(analysis, units[-1], i, who)):
            i += 1
            continue
        named = who.name_at(i)
        when = next((w for w in dates if w.span and w.span.start <= token.start < w.span.end), None)
        if when is not None and when.span is not None:
            last = _upto(analysis, i, sentence.last, when.span)
            units.append(Unit("date", i, last, token, text=when.text.lower(), when=when))
            i = last
        elif named is not None and named[1].text.lower() not in lists.sets["gatherings"]:
            last = _upto(analysis, i, sentence.last, named[1].span)
            units.append(Unit("name", i, last, analysis.tokens[last - 1], named[0], named[1].text))
            i = last
        else:
            units.append(Unit(_kind(token, lists), i, i + 1, token, text=token.lower))
            i += 1
    return [_corrected(units, n, lists) for n in range(len(units))]


def _shortened(analysis: Analysis, before: Unit, i: int, who: Referents) -> bool:
    """Whether a full stop only shortens a title before a person's name ("Sens. A and B")."""
    title = before.token.text
    named = who.name_at(i + 1) if i + 1 < len(analysis.tokens) else None
    beside = named is not None and named[0].kind == "Person"
    return beside and before.kind == "word" and title[0].isupper() and len(title) < LONG


def _corrected(units: list[Unit], at: int, lists: Lexicon) -> Unit:
    """The unit, or a verb of meeting that was taken for a noun, or a preposition taken for a verb."""
    unit = units[at]
    lower = unit.token.lower
    following = units[at + 1].kind if at + 1 < len(units) else "stop"
    before = units[at - 1].kind if at else "stop"
    if lower == "following" and before != "verb" and following in ("det", "word", "date"):
        return unit._replace(kind="prep")
    if (lower == "than" and units[at - 1].token.lower in ("more", "less", "fewer")) or (
        lower in ("more", "less", "fewer") and at + 1 < len(units) and units[at + 1].token.lower == "than"
    ):
        return unit._replace(kind="word")
    if lower in lists.sets["attributive"] and following in ("word", "name"):
        return unit._replace(kind="word")
    if (
        lower in ("last", "first", "next")
        and unit.kind == "word"
        and following == "verb"
        and before in ("name", "word")
    ):
        return unit._replace(kind="adv")
    if lower == "both" and unit.kind == "pron" and following == "word":
        return unit._replace(kind="det")
    if lower == "both" and before == "name" and following == "verb":
        return unit._replace(kind="adv")
    if unit.kind == "word" and unit.token.tag in ("VBN", "VBD") and _told_of(units, at):
        return unit._replace(kind="verb", token=unit.token._replace(tag="VBD"))
    if lower == "meeting" and before == "prep" and following in ("name", "det") and unit.kind == "word":
        return unit._replace(kind="verb", token=unit.token._replace(lemma="meet", pos="VERB", tag="VBG"))
    if before == "and" and unit.kind == "word" and unit.token.tag == "VBD" and following in ("word", "det", "name"):
        return unit._replace(kind="verb")
    if lower == "meeting" and following == "prep" and (before == "comma" or (at == 0 and _opens(units))):
        return unit._replace(kind="verb", token=unit.token._replace(lemma="meet", pos="VERB", tag="VBG"))
    office = before in ("and", "comma", "stop") and _office(units[at + 1 : at + 4], lists)
    if unit.kind == "verb" and unit.token.tag in ("VB", "VBP") and office and lower not in lists.forms:
        return unit._replace(kind="word")
    lemma = lists.forms.get(lower)
    if lemma is None or unit.kind not in ("word", "verb", "adv", "stop"):
        return unit
    if lower in lists.sets["ambiguous"]:
        finite = (
            before in ("name", "comma")
            and following in ("name", "det", "word", "pron", "verb", "prep")
            and lower.endswith("s")
        )
        noun = unit.kind != "verb" or unit.token.tag.startswith("NN")
        if noun and not (finite and _people_around(units, at)):
            return unit._replace(kind="word") if unit.kind == "verb" else unit
    elif before == "det" and lower.endswith("ed") and following == "word":
        return unit
    tag = unit.token.tag if unit.token.tag.startswith("V") else "VBZ" if lower.endswith("s") else "VBD"
    return unit._replace(kind="verb", token=unit.token._replace(lemma=lemma, pos="VERB", tag=tag))


def _office(units: list[Unit], lists: Lexicon) -> bool:
    """Whether words for an office stand here ("health secretary")."""
    for unit in units:
        if unit.kind != "word":
            return False
        if unit.token.lemma in lists.sets["people"]:
            return True
    return False


def _told_of(units: list[Unit], at: int) -> bool:
    """Whether a person's name stands before a word, adverbs apart ("A again proposed")."""
    before = at - 1
    while before > 0 and units[before].kind == "adv":
        before -= 1
    entity = units[before].entity if before >= 0 else None
    return entity is not None and entity.kind == "Person"


def _opens(units: list[Unit]) -> bool:
    """Whether no finite verb stands between the sentence's first word and its comma ("Meeting in Paris, A and B")."""
    for n, unit in enumerate(units[1:16], 1):
        if unit.kind == "comma":
            return n + 1 < len(units) and units[n + 1].kind in ("name", "det", "word", "pron")
        if unit.kind in ("verb", "stop"):
            return False
    return False


def _people_around(units: list[Unit], at: int) -> bool:
    """Whether names of people or bodies stand on both sides of a word."""
    sides = (units[max(0, at - 3) : at], units[at + 1 : at + 8])
    return all(any(unit.entity is not None and unit.entity.kind != "Place" for unit in side) for side in sides)


def _upto(analysis: Analysis, first: int, last: int, span: Span) -> int:
    i = first + 1
    while i < last and analysis.tokens[i].start < span.end:
        i += 1
    return i


def _dates(sentence: Sentence, times: Sequence[When]) -> list[When]:
    at = bisect_left(times, sentence.span.start, key=lambda when: when.span.start if when.span else -1)
    found = []
    while at < len(times) and (span := times[at].span) and span.start < sentence.span.end:
        found.append(times[at])
        at += 1
    return found


def _kind(token: Token, lists: Lexicon) -> UnitKind:
    """A word's kind: closed classes by the word, the rest by its part of speech."""
    lower = token.lower
    if token.tag == "POS":
        return "poss"
    if lower in (",", "—", "–", "("):
        return "comma"
    if not any(map(str.isalnum, lower)) and lower not in ("&", "-"):
        return "comma" if lower == "--" else "stop"
    if lower in ("'s", "’s", "'", "’"):
        return "poss" if token.pos in ("PART", "PUNCT", "") or token.tag == "POS" else "verb"
    if lower in ("and", "&"):
        return "and"
    if lower == "-":
        return "word"
    if token.tag == "RP":
        return "adv"
    if lower == "to":
        return "to" if token.pos == "PART" else "prep"
    if lower in ("his", "her", "their", "its", "our", "my", "your"):
        return "det" if token.dep != "obj" and token.tag != "PRP" else "pron"
    if lower in ("who", "whom", "which", "whose"):
        return "rel"
    if lower in lists.sets["prepositions"] and token.pos in ("ADP", "SCONJ", "", "ADV", "PART"):
        return "prep"
    if token.pos == "":
        return _bare(lower, lists)
    if lower in lists.sets["conjunctions"]:
        return "stop"
    if token.pos == "PRON" or lower in lists.sets["pronouns"]:
        return "pron" if lower in lists.sets["pronouns"] else "det" if lower in lists.sets["determiners"] else "word"
    if (
        token.pos == "VERB"
        and token.tag in ("VBG", "VBN")
        and token.dep in ("amod", "compound")
        and token.head > token.i
    ):
        return "word"
    if token.pos == "PART":
        return "adv"
    return _LETTERS.get(token.pos, "stop")


def _bare(lower: str, lists: Lexicon) -> UnitKind:
    """Without parts of speech: a word of no closed class may be anything, and counts as a plain word."""
    if lower in lists.sets["pronouns"]:
        return "pron"
    if lower in lists.sets["determiners"]:
        return "det"
    if lower in lists.sets["conjunctions"]:
        return "stop"
    return "word"
