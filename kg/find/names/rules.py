"""The table of reasons: small functions that each say whether they hold of a candidate, with what they weigh.

A function returns the words that satisfied it, or "" where it does not hold; the table gives the weight for
each kind (None: for every kind) and the sentence that explains it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.find.names.candidates import Candidate
from kg.find.names.lists import Word
from kg.find.names.page import Page
from kg.model import Kind, Reason

_IN = frozenset("in at near from outside across throughout around towards toward into via inside".split())
_OPENERS_OF_PLACE = frozenset(
    "mayor governor president premier mp mps td member senator msp people city town village bishop archbishop chancellor "
    "state province north south east west streets capital king queen republic parts outskirts region".split()
)
_INITIAL = re.compile(r"(?:[A-Z]\.-?)+|[A-Z]")


def _model(page: Page, c: Candidate) -> str:
    return page.model.get(c.stretch, "")


def _silent(page: Page, c: Candidate) -> str:
    return "no" if page.model_at and not any(i in page.model_at for i in range(*c.stretch)) else ""


def _inside_model(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    for stretch in {page.model_in[i] for i in (first, last - 1) if i in page.model_in}:
        if stretch != c.stretch and stretch[0] <= first and last <= stretch[1]:
            return page.words(stretch)
    return ""


def _office_by_model(page: Page, c: Candidate) -> str:
    return "an office" if all(i in page.model_at and page.model_at[i] is None for i in range(*c.stretch)) else ""


def _title(page: Page, c: Candidate) -> str:
    before = page.before(c.stretch[0])
    if before is None or not page.flags[before.i] & Word.HONORIFIC or page.flags[before.i] & Word.SURE:
        return ""
    return before.text


def _sure_title(page: Page, c: Candidate) -> str:
    before = page.before(c.stretch[0])
    return before.text if before is not None and page.flags[before.i] & Word.SURE else ""


def _letters_after(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    after = page.after(last)
    if after is not None and after.text == ",":
        after = page.after(last + 1)
    fit = (
        after is not None
        and page.flags[after.i] & Word.AFTER
        and last - first > 1
        and not c.known
        and c.pattern is None
    )
    return after.text if fit and after is not None else ""


def _office_before(page: Page, c: Candidate) -> str:
    first = c.stretch[0]
    before = page.before(first)
    if before is not None and before.text == ",":
        before = page.before(first - 1)
    if before is None or before.lower not in page.lists.offices or (before.text.isupper() and not page.loud[before.i]):
        return ""
    return before.text


def _office_after(page: Page, c: Candidate) -> str:
    after = page.after(c.stretch[1])
    while after is not None and (
        page.flags[after.i] & Word.MODIFIER
        or (after.text.capitalize() in page.lists.flags and page.lists.flags[after.text.capitalize()] & Word.MODIFIER)
    ):
        after = page.after(after.i + 1)
    return after.text if after is not None and after.lower in page.lists.offices else ""


def _apposition(page: Page, c: Candidate) -> str:
    last = c.stretch[1]
    after = page.after(last)
    if after is None or after.text not in (",", "(", "–", "—") or page.loud[c.stretch[0]]:
        return ""
    for i in range(last + 1, min(last + 7, page.size)):
        text = page.texts[i]
        if text in ",.;" or page.tokens[i].sentence != after.sentence:
            return ""
        if text.lower() in page.lists.offices:
            return text
    return ""


def _age(page: Page, c: Candidate) -> str:
    last = c.stretch[1]
    if (
        last + 2 < page.size
        and page.texts[last] in ",("
        and page.texts[last + 1].isdigit()
        and page.texts[last + 2] in ",)."
    ):
        return page.texts[last + 1] if 15 < int(page.texts[last + 1][:3]) < 105 else ""
    return ""


def _given(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    return page.texts[first] if last - first > 1 and page.flags[first] & Word.GIVEN else ""


def _given_alone(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    return page.texts[first] if last - first == 1 and page.flags[first] & Word.GIVEN else ""


def _initials(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    inner = [page.texts[i] for i in range(first, last - 1) if _INITIAL.fullmatch(page.texts[i])]
    return inner[0] if inner and last - first < 6 and page.texts[last - 1].istitle() else ""


_NO_PERSON = Word.BODY | Word.PLACE | Word.PARTY | Word.DEMONYM | Word.WORK | Word.REFUSED | Word.COMMON | Word.LEANING


def _person_shape(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    words = [i for i in range(first, last) if page.capital[i]]
    if not 1 < len(words) < 5 or c.known or c.pattern or any(page.is_acronym(i) for i in words) or page.loud[first]:
        return ""
    return (
        ""
        if any(page.flags[i] & _NO_PERSON and not page.flags[i] & Word.GIVEN for i in words)
        else f"{len(words)} plain words"
    )


def _saying(page: Page, c: Candidate) -> str:
    for token in (page.after(c.stretch[1]), page.before(c.stretch[0])):
        if token is not None and token.lemma in page.lists.sayings and token.pos not in ("NOUN", "PROPN"):
            return token.text
    return ""


def _listed(kind: Kind, many: bool) -> Callable[[Page, Candidate], str]:
    def holds(page: Page, c: Candidate) -> str:
        return page.words(c.stretch) if any(e.kind == kind and (len(e.words) > 1) == many for e in c.known) else ""

    return holds


def _patterned(kind: Kind, flag: Word, unless: Word = Word.NONE) -> Callable[[Page, Candidate], str]:
    def holds(page: Page, c: Candidate) -> str:
        if c.pattern != kind or (page.loud[c.stretch[0]] and c.stretch[1] - c.stretch[0] > 5):
            return ""
        first, last = c.stretch
        hit = next(
            (i for i in range(last - 1, first - 1, -1) if page.flags[i] & flag and not page.flags[i] & unless), None
        )
        return page.texts[hit] if hit is not None else ""

    return holds


def _grown(page: Page, c: Candidate) -> str:
    return c.grown if c.grown in ("of", "for", "on", "against") else ""


def _joined(page: Page, c: Candidate) -> str:
    return "and" if c.grown == "and" else ""


def _cut_short(page: Page, c: Candidate) -> str:
    last = c.stretch[1]
    after = page.after(last)
    if (
        after is None
        or not page.flags[last - 1] & (Word.OPENER | Word.PARTY)
        or after.lower not in ("of", "for")
        or page.loud[last - 1]
    ):
        return ""
    following = last + 2 if last + 1 < page.size and page.texts[last + 1] == "the" else last + 1
    return after.text if following < page.size and page.capital[following] else ""


def _run_goes_on(page: Page, c: Candidate) -> str:
    """The capitalised neighbour that the candidate leaves out, where neither title nor office parts them."""
    first, last = c.stretch
    if page.loud[first]:
        return ""
    before, after = page.before(first), page.after(last)
    plain = before is not None and not (page.initial[before.i] and page.flags[before.i] & Word.COMMON)
    if (
        before is not None
        and plain
        and page.capital[before.i]
        and before.lower not in ("the", "a")
        and not page.flags[before.i] & _PARTING
    ):
        return before.text
    if (
        after is not None
        and page.capital[after.i]
        and not page.flags[after.i] & (_PARTING & ~Word.DEMONYM)
        and not after.text.endswith(".")
    ):
        return after.text
    return ""


_PARTING = Word.HONORIFIC | Word.OFFICE | Word.FORMER | Word.AFTER | Word.MODIFIER | Word.DEMONYM


def _follower(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    after = page.after(last)
    fit = after is not None and after.text in page.lists.followers and last - first < 4
    return after.text if fit and after is not None and not page.loud[first] else ""


def _leaning(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    after = page.after(last)
    fit = (
        after is not None
        and last - first == 1
        and page.flags[first] & Word.LEANING
        and (after.text in page.lists.followers or after.lower in page.lists.offices)
    )
    return after.text if fit and after is not None else ""


def _code(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    if last - first != 1 or page.texts[first] not in page.lists.codes:
        return ""
    before, after = page.before(first), page.after(last)
    return after.text if before is not None and after is not None and before.text in ",(" and after.text in "-)" else ""


def _acronym(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    return page.texts[first] if last - first == 1 and page.is_acronym(first) and c.stretch not in page.model else ""


def _place_front(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    return page.texts[first] if last - first > 1 and page.flags[first] & Word.PLACE_FRONT and not c.pattern else ""


def _where(page: Page, c: Candidate) -> str:
    before = page.before(c.stretch[0])
    if before is not None and before.lower == "the":
        return ""
    return before.text if before is not None and before.lower in _IN else ""


def _of(page: Page, c: Candidate) -> str:
    before = page.before(c.stretch[0])
    if before is None or before.lower not in ("of", "for", "in"):
        return ""
    head = page.before(before.i)
    return f"{head.text} {before.text}" if head is not None and head.lower in _OPENERS_OF_PLACE else ""


def _dateline(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    sentence = page.analysis.sentences[page.tokens[first].sentence]
    if first != sentence.first or page.analysis.paragraphs[sentence.paragraph].span.start != page.tokens[first].start:
        return ""
    if last >= page.size or (page.loud[first] and not page.texts[first].isupper()):
        return ""
    mark = page.texts[last]
    follows = page.texts[last + 1] if last + 1 < page.size else ""
    if mark == ":" and page.texts[first].isupper() and len(page.texts[first]) > 3:
        return mark
    if (
        mark == ","
        and last + 2 < page.size
        and page.capital[last + 1]
        and any(page.texts[i] in "—–(" for i in range(last + 2, min(last + 5, page.size)))
    ):
        return mark
    if (
        mark in ("—", "–", "(")
        or (mark == "-" and not page.joined(last))
        or (mark == "," and (follows.isdigit() or follows.rstrip(".") in _MONTHS))
    ):
        return mark
    return ""


_MONTHS = frozenset(
    "January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul "
    "Aug Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)


def _the(page: Page, c: Candidate) -> str:
    before = page.before(c.stretch[0])
    return "the" if before is not None and before.lower == "the" else ""


def _people(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    words = [i for i in range(first, last) if page.texts[i][0].isalnum()]
    return (
        page.words(c.stretch) if all(page.flags[i] & Word.DEMONYM for i in words) and not page.is_acronym(first) else ""
    )


def _refused(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    hit = (page.flags[first] & Word.REFUSED and not page.flags[first] & Word.GIVEN) or page.texts[first] == "I"
    return page.texts[first] if last - first == 1 and hit else ""


def _work(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    after = page.after(last)
    if page.flags[last - 1] & Word.WORK and last - first > 1:
        return page.texts[last - 1]
    fit = (
        after is not None
        and last - first > 1
        and page.capital[after.i]
        and page.flags[after.i] & Word.WORK
        and not page.loud[first]
    )
    return after.text if fit and after is not None else ""


def _common(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    hit = last - first == 1 and (page.initial[first] or page.loud[first]) and page.flags[first] & Word.COMMON
    return page.texts[first] if hit else ""


def _common_start(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    hit = last - first > 1 and (page.initial[first] or page.loud[first]) and page.flags[first] & Word.COMMON
    return page.texts[first] if hit and not page.flags[first] & Word.OPENER else ""


def _loud(page: Page, c: Candidate) -> str:
    return "a headline" if page.loud[c.stretch[0]] and page.key(c.stretch) not in page.memory else ""


def _lower_elsewhere(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    if not (page.initial[first] or page.loud[first]) or (last - first > 1 and not page.loud[first]):
        return ""
    hit = all(page.texts[i].lower() in page.lower_words for i in range(first, last) if page.texts[i][0].isalpha())
    return page.words(c.stretch).lower() if hit else ""


def _remembered(page: Page, c: Candidate) -> str:
    return page.words(c.stretch) if page.key(c.stretch) in page.memory else ""


def _surname(page: Page, c: Candidate) -> str:
    return page.surnames.get(page.key(c.stretch), "")


def _other_office(page: Page, c: Candidate) -> str:
    first, last = c.stretch
    return (
        page.texts[first]
        if last - first == 1
        and page.flags[first] & (Word.OFFICE | Word.FORMER | Word.MODIFIER)
        and not page.flags[first] & Word.GIVEN
        else ""
    )


@dataclass(frozen=True, slots=True)
class Rule:
    """A named reason: when it holds, what it weighs for each kind, and how to say it."""

    name: str
    holds: Callable[[Page, Candidate], str]
    weights: Mapping[Kind, float]
    words: str


def _all(weight: float) -> dict[Kind, float]:
    return {"Person": weight, "Party": weight, "Organisation": weight, "Place": weight}


RULES: tuple[Rule, ...] = (
    Rule("model silent", _silent, _all(-0.9), "the language model sees {} name here"),
    Rule("model goes on", _inside_model, _all(-1.6), "the language model reads “{}” as one name"),
    Rule("model office", _office_by_model, _all(-1.2), "the language model reads {} here"),
    Rule("sure title", _sure_title, {"Person": 3.0}, "“{}” stands before it"),
    Rule("title", _title, {"Person": 1.8}, "the title “{}” stands before it"),
    Rule("letters after", _letters_after, {"Person": 1.6}, "“{}” stands behind it"),
    Rule("office before", _office_before, {"Person": 1.2}, "the office “{}” stands before it"),
    Rule(
        "office after",
        _office_after,
        {"Organisation": 0.7, "Party": 0.5, "Place": 0.3, "Person": -0.8},
        "the office “{}” follows",
    ),
    Rule("apposition", _apposition, {"Person": 0.9}, "“{}” explains it in apposition"),
    Rule("age", _age, {"Person": 2.0}, "an age, {}, follows"),
    Rule("given name", _given, {"Person": 1.3}, "“{}” is a given name"),
    Rule("given name alone", _given_alone, {"Person": 0.4}, "“{}” is a given name"),
    Rule("initials", _initials, {"Person": 0.8}, "it has the initial “{}”"),
    Rule("person's shape", _person_shape, {"Person": 1.0}, "it is {} with capitals"),
    Rule("saying", _saying, {"Person": 0.6, "Organisation": 0.3, "Party": 0.2}, "“{}” stands beside it"),
    Rule("known party", _listed("Party", True), {"Party": 4.0}, "“{}” is on the list of parties"),
    Rule("known party", _listed("Party", False), {"Party": 2.2}, "“{}” is on the list of parties"),
    Rule("known body", _listed("Organisation", True), {"Organisation": 4.0}, "“{}” is on the list of bodies"),
    Rule("known body", _listed("Organisation", False), {"Organisation": 1.7}, "“{}” is on the list of bodies"),
    Rule("known place", _listed("Place", True), {"Place": 3.4}, "“{}” is on the list of places"),
    Rule("known place", _listed("Place", False), {"Place": 1.8}, "“{}” is on the list of places"),
    Rule("party word", _patterned("Party", Word.PARTY), {"Party": 2.8}, "it is built on “{}”"),
    Rule(
        "body word",
        _patterned("Organisation", Word.STRONG_BODY, Word.WEAK_BODY),
        {"Organisation": 2.2},
        "it is built on “{}”",
    ),
    Rule(
        "weak body word",
        _patterned("Organisation", Word.BODY, Word.STRONG_BODY),
        {"Organisation": 0.7},
        "it may be built on “{}”",
    ),
    Rule("place word", _patterned("Place", Word.STRONG_PLACE), {"Place": 2.4}, "it is built on “{}”"),
    Rule(
        "weak place word", _patterned("Place", Word.PLACE, Word.STRONG_PLACE), {"Place": 0.9}, "it may be built on “{}”"
    ),
    Rule("place front", _place_front, {"Place": 0.7}, "it begins with “{}”"),
    Rule("goes on", _grown, {"Organisation": 0.8, "Party": 0.8}, "it goes on with “{}”"),
    Rule("joined", _joined, {"Organisation": 0.2, "Party": 0.2}, "“{}” joins its parts"),
    Rule("cut short", _cut_short, {"Organisation": -0.8, "Party": -0.8}, "the name goes on with “{}”"),
    Rule("run goes on", _run_goes_on, _all(-1.2), "it leaves out “{}” beside it"),
    Rule("party's follower", _follower, {"Party": 0.9, "Person": -0.8}, "“{}” follows"),
    Rule("leaning", _leaning, {"Party": 1.4}, "“{}” follows the name of a leaning"),
    Rule("party code", _code, {"Party": 3.0}, "it is a party's letter before “{}”"),
    Rule("acronym", _acronym, {"Organisation": 1.0, "Party": 0.6, "Place": -0.3, "Person": -1.0}, "“{}” is an acronym"),
    Rule("where", _where, {"Place": 1.0, "Person": -0.2}, "“{}” stands before it"),
    Rule("of a place", _of, {"Place": 1.1}, "“{}” stands before it"),
    Rule("dateline", _dateline, {"Place": 3.2}, "it opens the paragraph and “{}” follows"),
    Rule("article", _the, {"Person": -1.5, "Organisation": 0.3, "Party": 0.2}, "“{}” stands before it"),
    Rule("people", _people, _all(-4.0), "“{}” is the adjective of a people or faith"),
    Rule("refused", _refused, _all(-4.0), "“{}” is none of the names sought"),
    Rule("work", _work, _all(-2.2), "“{}” makes it a law, award or programme"),
    Rule("common word", _common, _all(-2.0), "“{}” has its capital from where it stands"),
    Rule("common start", _common_start, _all(-1.3), "“{}” has its capital from where it stands"),
    Rule("office alone", _other_office, _all(-1.2), "“{}” is a word for offices"),
    Rule("headline", _loud, _all(-0.8), "it stands in {} and nowhere else"),
    Rule("lower elsewhere", _lower_elsewhere, _all(-1.6), "the text has “{}” without capitals"),
    Rule("surname", _surname, {"Person": 2.0, "Organisation": -0.5, "Place": -0.5}, "it is part of the name “{}”"),
)
MODEL = 2.7
PART = 0.7
ENOUGH = 1.0


def weigh(page: Page, candidate: Candidate) -> None:
    """Score a candidate for every kind, keeping the reasons."""
    scores, reasons = _all(0.0), candidate.reasons
    reasons.clear()
    read = page.model.get(candidate.stretch)
    if read:
        scores[read] += MODEL
        reasons.append((read, Reason("model", MODEL, f"the language model reads a {read}")))
    elif page.model_at:
        for kind in sorted({k for i in range(*candidate.stretch) if (k := page.model_at.get(i))}):
            scores[kind] += PART
            reasons.append((kind, Reason("model in part", PART, f"the language model reads a {kind} in part of it")))
    for rule in RULES:
        if said := rule.holds(page, candidate):
            for kind, weight in rule.weights.items():
                scores[kind] += weight
                reasons.append((kind, Reason(rule.name, weight, rule.words.format(said))))
    key = page.key(candidate.stretch)
    if (kept := page.memory.get(key)) and page.seen.get(key) != {candidate.stretch}:
        scores[kept[0]] += kept[1]
        reasons.append((kept[0], Reason("memory", kept[1], f"elsewhere in the text it is a {kept[0]}")))
    candidate.scores = scores
