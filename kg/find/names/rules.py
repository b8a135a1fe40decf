"""The table of reasons: small functions that each say whether they hold of a candidate, with what they weigh.

A function returns the words that satisfied it, or "" where it does not hold; the table gives the weight for
each kind and the sentence that explains it.
"""

from __future__ import annotations

from functools import partial

from kg.find.names import context, described, doubts, elsewhere, followers, forms
from kg.find.names.candidates import Candidate, Rule
from kg.find.names.lists import Word
from kg.find.names.page import Page
from kg.model import Kind, Reason


def _all(weight: float) -> dict[Kind, float]:
    return {"Person": weight, "Party": weight, "Organisation": weight, "Place": weight}


OWN: tuple[Rule, ...] = (
    Rule("model silent", elsewhere.silent, _all(-0.9), "the language model sees {} name here"),
    Rule("model goes on", elsewhere.inside_model, _all(-1.6), "the language model reads “{}” as one name"),
    Rule("party's front", elsewhere.party_front, {"Party": -2.0}, "the language model reads the party “{}”"),
    Rule("model office", elsewhere.office_by_model, _all(-1.2), "the language model reads {} here"),
    Rule("sure title", context.sure_title, {"Person": 3.0}, "“{}” stands before it"),
    Rule("title", context.title, {"Person": 1.8}, "the title “{}” stands before it"),
    Rule("letters after", context.letters_after, {"Person": 1.6}, "“{}” stands behind it"),
    Rule("office before", context.office_before, {"Person": 1.2}, "the office “{}” stands before it"),
    Rule(
        "office after",
        context.office_after,
        {"Organisation": 0.7, "Party": 0.5, "Place": 0.3, "Person": -0.8},
        "the office “{}” follows",
    ),
    Rule("apposition", context.apposition, {"Person": 0.9}, "“{}” explains it in apposition"),
    Rule(
        "body's noun",
        partial(described.noun_before, "bodies"),
        {"Organisation": 2.6, "Person": -2.4, "Place": -1.0, "Party": -0.6},
        "“{}” stands before it",
    ),
    Rule(
        "body's noun",
        partial(described.noun_after, "bodies"),
        {"Organisation": 2.4, "Person": -2.4, "Place": -1.2, "Party": -0.8},
        "“{}” explains it",
    ),
    Rule(
        "party's noun",
        partial(described.noun_before, "parties"),
        {"Party": 2.2, "Person": -2.0},
        "“{}” stands before it",
    ),
    Rule("party's noun", partial(described.noun_after, "parties"), {"Party": 2.2, "Person": -2.0}, "“{}” explains it"),
    Rule(
        "place's noun",
        partial(described.noun_before, "places"),
        {"Place": 1.6, "Person": -1.2},
        "“{}” stands before it",
    ),
    Rule("place's noun", partial(described.noun_after, "places"), {"Place": 2.4, "Person": -2.0}, "“{}” explains it"),
    Rule(
        "who", partial(described.relative, "who"), {"Person": 0.9, "Organisation": -0.5, "Place": -0.8}, "“{}” follows"
    ),
    Rule("which", partial(described.relative, "which"), {"Person": -1.6, "Organisation": 0.5}, "“{}” follows"),
    Rule("credit", described.credit, {"Organisation": 2.6, "Place": -1.0}, "it ends a line that begins with “{}”"),
    Rule("age", context.age, {"Person": 2.0}, "an age, {}, follows"),
    Rule("given name", forms.given, {"Person": 1.3, "Organisation": -0.5, "Place": -0.5}, "“{}” is a given name"),
    Rule("given name alone", forms.given_alone, {"Person": 0.4}, "“{}” is a given name"),
    Rule("initials", forms.initials, {"Person": 0.8}, "it has the initial “{}”"),
    Rule("person's shape", forms.person_shape, {"Person": 1.0}, "it is {} with capitals"),
    Rule("saying", context.saying, {"Person": 0.6, "Organisation": 0.3, "Party": 0.2}, "“{}” stands beside it"),
    Rule("known party", forms.listed("Party", True), {"Party": 4.0}, "“{}” is on the list of parties"),
    Rule("known party", forms.listed("Party", False), {"Party": 2.4, "Person": -0.6}, "“{}” is on the list of parties"),
    Rule("known body", forms.listed("Organisation", True), {"Organisation": 4.0}, "“{}” is on the list of bodies"),
    Rule(
        "known body",
        forms.listed("Organisation", False),
        {"Organisation": 2.4, "Place": -1.0, "Person": -0.6, "Party": -0.4},
        "“{}” is on the list of bodies",
    ),
    Rule("known place", forms.listed("Place", True), {"Place": 3.4}, "“{}” is on the list of places"),
    Rule("known place", forms.listed("Place", False), {"Place": 2.4}, "“{}” is on the list of places"),
    Rule("royal", forms.royal, {"Person": 7.0}, "“{}” is a title that stands for its bearer"),
    Rule("constituency", forms.constituency, {"Place": 5.0}, "one legislator sits for “{}”"),
    Rule("country", forms.country, {"Place": 1.2, "Organisation": -0.6}, "“{}” is a country"),
    Rule("party word", forms.patterned("Party", Word.PARTY), {"Party": 2.8}, "it is built on “{}”"),
    Rule(
        "body word",
        forms.patterned("Organisation", Word.STRONG_BODY, Word.WEAK_BODY),
        {"Organisation": 2.6, "Person": -2.2},
        "it is built on “{}”",
    ),
    Rule(
        "weak body word",
        forms.patterned("Organisation", Word.BODY, Word.STRONG_BODY),
        {"Organisation": 0.7, "Person": -0.6},
        "it may be built on “{}”",
    ),
    Rule("place word", forms.patterned("Place", Word.STRONG_PLACE), {"Place": 2.4}, "it is built on “{}”"),
    Rule(
        "weak place word",
        forms.patterned("Place", Word.PLACE, Word.STRONG_PLACE),
        {"Place": 0.9},
        "it may be built on “{}”",
    ),
    Rule("place front", forms.place_front, {"Place": 1.0}, "it begins with “{}”"),
    Rule(
        "inner word",
        forms.inner_word,
        {"Organisation": 4.6, "Party": -1.0, "Person": -2.0, "Place": -1.0},
        "“{}” has a capital inside it",
    ),
    Rule("goes on", forms.grown, {"Organisation": 0.8, "Party": 0.8}, "it goes on with “{}”"),
    Rule(
        "at home",
        forms.at_home("Party"),
        {"Party": 3.0, "Organisation": -1.0},
        "it is a party's name in texts about {}",
    ),
    Rule(
        "at home",
        forms.at_home("Organisation"),
        {"Organisation": 3.0, "Party": -1.0},
        "it is a body's name in texts about {}",
    ),
    Rule("branch", forms.branch, {"Organisation": 5.0}, "“{}” names a branch of a known body"),
    Rule("wing", forms.wing, {"Party": 9.0}, "“{}” in brackets names its wing"),
    Rule("joined", forms.joined, {"Organisation": 0.2, "Party": 0.2}, "“{}” joins its parts"),
    Rule("cut short", context.cut_short, {"Organisation": -1.6, "Party": -2.6}, "the name goes on with “{}”"),
    Rule("run goes on", context.run_goes_on, _all(-1.2), "it leaves out “{}” beside it"),
    Rule("party's follower", followers.follower, {"Party": 0.9, "Person": -0.8}, "“{}” follows"),
    Rule("leaning", followers.leaning, {"Party": 1.4}, "“{}” follows the name of a leaning"),
    Rule("party code", followers.code, {"Party": 3.0}, "it is a party's letter before “{}”"),
    Rule(
        "acronym",
        forms.acronym,
        {"Organisation": 1.2, "Party": 0.6, "Place": -1.2, "Person": -2.0},
        "“{}” is an acronym",
    ),
    Rule(
        "known acronym", forms.known_acronym("Organisation"), {"Organisation": 0.8}, "“{}” is an acronym on the lists"
    ),
    Rule("known acronym", forms.known_acronym("Party"), {"Party": 0.8}, "“{}” is an acronym on the lists"),
    Rule("two names", doubts.two_names, _all(-4.0), "“{}” are two known names"),
    Rule("small words", doubts.small_words, _all(-3.0), "“{}” is in no name"),
    Rule("endless word", doubts.endless, _all(-9.0), "“{}…” is longer than any name"),
    Rule("where", context.where, {"Place": 1.0, "Person": -0.2}, "“{}” stands before it"),
    Rule("where, built on", context.where_the, {"Place": 1.0}, "“{}” stands before what is built like a place"),
    Rule("venue follows", followers.venue_follows, {"Place": 2.0, "Organisation": -1.6}, "“{}” follows"),
    Rule("loyal", followers.loyal, {"Person": 1.6, "Place": -2.0}, "its “{}” follow"),
    Rule("seat", followers.seat, {"Person": -2.6, "Place": 2.0}, "“{}” and a name follow"),
    Rule("under", context.under, {"Person": 2.4, "Place": -1.6}, "“{}” stands before it"),
    Rule("venue", context.venue, {"Place": 2.6, "Organisation": -1.0}, "“{}” stands before a kind of building"),
    Rule("of a place", context.of_word, {"Place": 1.1}, "“{}” stands before it"),
    Rule("dateline", context.dateline, {"Place": 3.2}, "it opens the paragraph and “{}” follows"),
    Rule("agency", context.agency, {"Organisation": 3.4}, "it stands in brackets between a dateline and “{}”"),
    Rule(
        "short form follows",
        context.short_follows,
        {"Organisation": 1.5, "Party": 1.6, "Person": -2.5, "Place": -1.5},
        "its short form “{}” follows",
    ),
    Rule("article", context.the_word, {"Person": -1.8, "Organisation": 0.3, "Party": 0.2}, "“{}” stands before it"),
    Rule("people", doubts.people, _all(-4.0), "“{}” is the adjective of a people or faith"),
    Rule("refused", doubts.refused, _all(-4.0), "“{}” is none of the names sought"),
    Rule(
        "member",
        doubts.member,
        {"Party": -6.0, "Person": -3.0, "Organisation": -3.0},
        "“{}” beside it makes it one member or some",
    ),
    Rule("of no party", doubts.unaligned, _all(-4.5), "“{}” follows it"),
    Rule("event", doubts.event, _all(-4.0), "“{}” makes it a gathering"),
    Rule("office goes on", doubts.office_goes_on, _all(-4.0), "it is part of the office “{}”"),
    Rule("work", doubts.work, _all(-2.2), "“{}” makes it a law, award or programme"),
    Rule("common word", doubts.common, _all(-2.0), "“{}” has its capital from where it stands"),
    Rule("common start", doubts.common_start, _all(-1.3), "“{}” has its capital from where it stands"),
    Rule("small word", doubts.small_word, _all(-1.8), "“{}” has its capital from where it stands"),
    Rule("small start", doubts.small_start, _all(-1.2), "“{}” has its capital from where it stands"),
    Rule("small end", doubts.small_end, _all(-1.2), "“{}” has its capital from where it stands"),
    Rule("lower elsewhere", elsewhere.lower_elsewhere, _all(-1.6), "the text has “{}” without capitals"),
    Rule("office alone", doubts.other_office, _all(-3.5), "“{}” is a word for offices"),
)
# What the rest of the document says of it: the first at once, all once the other names are known.
DOCUMENT: tuple[Rule, ...] = (
    Rule("headline", elsewhere.loud, _all(-0.8), "it stands in {} and nowhere else"),
    Rule(
        "in a list",
        partial(elsewhere.listed_with, "Place"),
        {"Place": 1.8, "Person": -0.8},
        "“{}” and other places stand beside it",
    ),
    Rule("in a list", partial(elsewhere.listed_with, "Person"), {"Person": 1.2}, "“{}” and others stand beside it"),
    Rule(
        "in a list",
        partial(elsewhere.listed_with, "Organisation"),
        {"Organisation": 1.2, "Person": -0.8},
        "“{}” and other bodies stand beside it",
    ),
    Rule(
        "in a list",
        partial(elsewhere.listed_with, "Party"),
        {"Party": 1.4, "Person": -0.8},
        "“{}” and others beside it",
    ),
    Rule("lone word", elsewhere.lone_word, {"Person": -0.8}, "no full name in the text holds “{}”"),
    Rule(
        "first name",
        elsewhere.first_name,
        {"Person": 2.0, "Place": -0.8, "Organisation": -0.8},
        "it begins the name “{}”",
    ),
    Rule(
        "surname",
        elsewhere.surname,
        {"Person": 2.6, "Organisation": -1.0, "Place": -1.0, "Party": -1.0},
        "it is part of the name “{}”",
    ),
)
_OWN = tuple((rule.holds, rule) for rule in OWN)
MODEL = 2.7
PART = 0.7
ENOUGH = 1.0


def weigh(page: Page, candidate: Candidate) -> None:
    """Score a candidate for every kind; what hangs on it alone is weighed once."""
    if not candidate.own:
        candidate.own = _all(0.0)
        _read(page, candidate)
        own, said = candidate.own, candidate.said
        for holds, rule in _OWN:
            if words := holds(page, candidate):
                said.append((rule, words))
                for kind, weight in rule.weights.items():
                    own[kind] += weight
    scores = dict(candidate.own)
    for rule in DOCUMENT if page.seen else DOCUMENT[:1]:
        if rule.holds(page, candidate):
            for kind, weight in rule.weights.items():
                scores[kind] += weight
    if kept := _kept(page, candidate):
        scores[kept[0]] += kept[1]
    candidate.scores = scores


def _read(page: Page, candidate: Candidate) -> None:
    """Add what the language model reads in the candidate's place."""
    for kind, weight, _ in _readings(page, candidate):
        candidate.own[kind] += weight


def _readings(page: Page, candidate: Candidate) -> list[tuple[Kind, float, str]]:
    if read := page.model.get(candidate.stretch):
        return [(read, MODEL, f"the language model reads a {read}")]
    if not page.model_at:
        return []
    kinds = sorted({kind for i in range(*candidate.stretch) if (kind := page.model_at.get(i))})
    return [(kind, PART, f"the language model reads a {kind} in part of it") for kind in kinds]


def _kept(page: Page, candidate: Candidate) -> tuple[Kind, float] | None:
    """What the same words are elsewhere in the text, if they stand there."""
    key = page.key(candidate.stretch)
    kept = page.memory.get(key)
    alone = page.seen.get(key) == {candidate.stretch} and key not in page.acronyms
    return None if alone else kept


def explain(page: Page, candidate: Candidate) -> tuple[Reason, ...]:
    """The reasons that bear on the kind that the candidate is taken for, the weightiest first."""
    kind, _ = candidate.best
    reasons = [Reason("model", weight, words) for k, weight, words in _readings(page, candidate) if k == kind]
    late = [(rule, said) for rule in DOCUMENT if (said := rule.holds(page, candidate))]
    reasons += [
        Reason(rule.name, rule.weights[kind], rule.words.format(said))
        for rule, said in (*candidate.said, *late)
        if kind in rule.weights
    ]
    if (kept := _kept(page, candidate)) and kept[0] == kind:
        reasons.append(Reason("memory", kept[1], f"elsewhere in the text it is a {kind}"))
    return tuple(sorted(reasons, key=lambda reason: -abs(reason.weight)))
