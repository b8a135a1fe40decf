"""Where and when an event took place: the names and dates of its clause."""

from __future__ import annotations

from kg.find.meetings.clauses import Clauses
from kg.find.meetings.event import Event
from kg.find.nations import is_country
from kg.model import UNBOUNDED, When

_AT = ("at", "inside", "aboard")
_IN = ("in", "on", "outside", "near", "around")
# Behind this many units a date or place at the head of a sentence still belongs to what follows.
OPENING = 9
# Units before the clause of an event in which it may be told where people went.
GONE = 16
# Units that name who is told something.
HEARER = 4


def place(event: Event, clauses: Clauses, limits: tuple[int, int]) -> str | None:
    """The entity id of the most specific place named: "at" before "in", its clause before the opening."""
    first, last = limits
    if not event.noun and event.places and (goal := clauses.units[event.places[0]].entity) and goal.kind == "Place":
        return goal.id
    chained = first > event.at
    start = first if chained else min(event.lead, event.at)
    shared = event.shared if chained and event.shared else event.last
    for begin, end in ((max(first, event.at), last), (start, last), (event.at, shared)):
        found = _places(event, clauses, begin, end)
        if found:
            return found
    if (opener := _opener(event, clauses)) and (
        found := _places(event, clauses, clauses.begin(opener), opener, back=True)
    ):
        return found
    if (gone := _gone_to(event, clauses)) or (gone := _places(event, clauses, 0, _opening(event, clauses))):
        return gone
    for at in event.places:
        entity = clauses.units[at].entity
        if entity is not None:
            return entity.id
    return None


def _called_to(event: Event, clauses: Clauses) -> bool:
    """Whether the verb brings people "to" the place of the meeting ("summoned B to the palace")."""
    return not event.noun and clauses.units[event.at].token.lemma in clauses.lists.sets["summoning"]


def _premises(clauses: Clauses, at: int) -> bool:
    """ "NATO headquarters in Brussels": a word for premises behind a body's name, with a place of its own."""
    if clauses.kind(at + 1) != "word" or clauses.kind(at + 2) != "prep" or clauses.units[at + 2].token.lower != "in":
        return False
    entity = clauses.units[at + 3].entity if at + 3 < len(clauses.units) else None
    return entity is not None and entity.kind == "Place"


def _gone_to(event: Event, clauses: Clauses) -> str | None:
    """The place to which the same clause or the one before brings people: "flew to Oslo and met B"."""
    units = clauses.units
    for n in range(event.lead - 1, event.first - GONE, -1):
        if n < 0 or units[n].token.lower in (";", ":"):
            return None
        entity = units[n].entity
        if entity is None or entity.kind != "Place" or units[n - 1].token.lower not in ("to", "in", "at", "for"):
            continue
        verb = next((m for m in range(n - 1, max(-1, n - 5), -1) if units[m].kind == "verb"), None)
        if verb is not None and units[verb].token.lemma in clauses.lists.sets["moving"]:
            return entity.id
    return None


def _places(event: Event, clauses: Clauses, first: int, last: int, back: bool = False) -> str | None:
    units = clauses.units
    taking_part = {i for member in event.members() for i in member.ids}
    near: list[str] = []
    for n in range(first, last):
        entity = units[n].entity
        if entity is None or entity.kind in ("Person", "Party") or entity.id in taking_part:
            continue
        prep = _preposition(clauses, n)
        if entity.kind == "Place" and prep in ("in", "on", "along") and _topic(clauses, event.at, n):
            continue
        if (
            entity.kind == "Place"
            and event.noun
            and n < event.at
            and clauses.kind(n + 1) == "word"
            and _same_phrase(clauses, n, event.at)
        ):
            return entity.id
        if clauses.kind(n + 1) == "poss" and prep not in _AT:
            continue
        if entity.kind != "Place" and prep not in (*_AT, "in"):
            continue
        if entity.kind != "Place" and _premises(clauses, n):
            continue
        if prep in _AT:
            return entity.id
        if (
            prep in _IN
            or (back and prep in ("from", "to"))
            or (prep == "to" and (event.form == "visit" or n - event.at < 4 or _called_to(event, clauses)))
        ):
            near.append(entity.id)
    return (near[-1] if back else near[0]) if near else None


def _topic(clauses: Clauses, event: int, at: int) -> bool:
    """Whether a place only belongs to what was talked of ("met to discuss the war in Chad")."""
    units, lists = clauses.units, clauses.lists
    opened = discussed = units[event].token.lemma in lists.sets["discussing"]
    for n in range(event + 1, at):
        if units[n].kind == "comma":
            opened = discussed
        purpose = units[n].kind == "verb" and units[n - 1].token.lower == "to"
        about = units[n].token.lower in lists.sets["topics"] and clauses.kind(n + 1) in ("det", "word")
        on = units[n].token.lower == "on" and (units[n - 1].kind == "verb" or n == event + 1)
        on = on and clauses.kind(n + 1) in ("det", "word", "name") and units[n - 1].token.lemma != "be"
        opened = opened or purpose or on or (about and units[n + 1].token.lemma not in lists.nouns)
    if not opened:
        return False
    if clauses.kind(at - 1) == "det" or is_country(units[at].text):
        return True
    token = units[at].token
    while token.dep in ("flat", "compound") and token.head != token.i:
        token = clauses.analysis.tokens[token.head]
    return token.dep.startswith("nmod")


def _opener(event: Event, clauses: Clauses) -> int:
    """The "where" or "when" that opens the clause, and so takes up what stands before it; 0 for none."""
    at = event.first - 1
    return at if at > 0 and clauses.units[at].token.lower in ("where", "when") else 0


def _opening(event: Event, clauses: Clauses) -> int:
    """Where the adverbials at the head of a sentence end ("On Tuesday in Paris, "); 0 where it has none."""
    if clauses.kind(0) not in ("prep", "date"):
        return 0
    return next((n for n in range(min(OPENING, event.at)) if clauses.kind(n) in ("comma", "verb")), 0)


def _same_phrase(clauses: Clauses, first: int, last: int) -> bool:
    return all(clauses.kind(n) in ("word", "date", "adv") for n in range(first + 1, last))


def _preposition(clauses: Clauses, at: int) -> str:
    """The preposition that governs a name: through words, determiners and names of its phrase."""
    for n in range(at - 1, max(-1, at - 7), -1):
        unit = clauses.units[n]
        if (
            unit.kind == "prep"
            and unit.token.lower == "of"
            and clauses.units[n - 1].token.lemma in clauses.lists.sets["sites"]
        ):
            continue
        if unit.kind == "prep":
            return unit.token.lower
        apposed = n == at - 1 and unit.token.text == "," and clauses.kind(n - 1) == "word"
        if unit.kind not in ("det", "word", "poss", "name") and not apposed:
            return ""
    return ""


def when(event: Event, clauses: Clauses, limits: tuple[int, int]) -> When | None:
    """The date expression of an event: the nearest behind its word, then before it, then the sentence's opening."""
    first, last = limits
    spans = (
        _chain(event, clauses),
        range(max(first, event.at), last),
        range(event.at, event.last) if first > event.at or not event.noun else range(0),
        range(min(event.at, event.lead), event.at),
        range(event.at - 1, event.first - 1, -1),
        range(min(OPENING, event.at) if not _aside(clauses, 0, event.at, "rel") else 0),
        range(_opener(event, clauses) - 1, -1, -1),
    )
    vague = None
    for n in range(event.visited, event.at) if event.visited is not None else ():
        if clauses.units[n].when is not None:
            return clauses.units[n].when
    for span in spans:
        for n in span:
            found = clauses.units[n].when
            if found is not None and (_said_then(clauses, n) or (n < event.at and _closed(clauses, n, event.at))):
                continue
            if found is not None and (found.bounds != UNBOUNDED or found.ahead not in (None, UNBOUNDED)):
                return found
            vague = vague or found
    return vague


def _chain(event: Event, clauses: Clauses) -> range:
    """The units between the auxiliaries of a verb and itself ("was last night holding talks", "today met")."""
    verb = event.carrier if event.noun else event.at
    if verb is None:
        return range(0)
    n = verb
    while n > 0 and (clauses.kind(n - 1) in ("adv", "date") or clauses.units[n - 1].token.pos == "AUX"):
        n -= 1
    if n > 0 and clauses.kind(n) == "date" and clauses.kind(n - 1) == "prep" and n < verb:
        n -= 1
    return range(n, verb)


def _aside(clauses: Clauses, first: int, last: int, kind: str) -> bool:
    """Whether a unit of a kind stands between two."""
    return any(clauses.kind(n) == kind for n in range(first, last))


def _closed(clauses: Clauses, at: int, event: int) -> bool:
    """Whether a date stands in a relative clause that is over before the event ("who left on Monday, met")."""
    units = clauses.units
    opened = max((n for n in range(at) if units[n].kind == "rel"), default=-1)
    if opened < 0 or clauses.kind(opened - 1) != "comma" or _aside(clauses, opened, at, "comma"):
        return False
    return _aside(clauses, at, event, "comma") and clauses.kind(opened - 2) != "date"


def _said_then(clauses: Clauses, at: int) -> bool:
    """Whether a date tells when something was said ("denied on Monday that")."""
    before = at - 2 if clauses.kind(at - 1) == "prep" else at - 1
    told = before
    while told > before - HEARER and clauses.kind(told) in ("det", "word", "name"):
        told -= 1
    if told < before and clauses.kind(told) == "verb" and clauses.units[told].token.lemma in ("tell", "inform"):
        return True
    if clauses.kind(before) != "verb":
        return False
    return clauses.units[before].token.lemma in clauses.lists.sets["sayings"]
