"""Who a cell of a register names: people with titles, letters and offices, bodies, or somebody without a name.

guests("Terry Lund (EEF)")                a person, and the body he is of
guests("Lena Foster - Political Editor of the Guardian")    a person with an office in a body
guests("Road Haulage Association (RHA)")  a body with its acronym
guests("local residents")                 nobody named: the words are kept
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.registers import words as known
from kg.registers.sorts import OF, Sort, headed, is_letters, is_name, marked, sort_of

_EDGES = " \t\r\n\xa0.,;:&+-–—*\"'“”‘"
_TOKEN = re.compile(r"[^\s]+")
_DASH = re.compile(r"\s+[-–—]+\s*|\s*[–—]\s+|\s+-|-\s+")
_HEADING = re.compile(r"[^:()]{3,60}:\s+")
_ATTENDING = re.compile(r"\s+(?:in attendance|also attended|attended)$", re.I)


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody named in a cell, or, of sort "office" or "unnamed", words for somebody who is not.

    `start` and `end` are offsets into the cell. `office` is what a person is there, in small letters; `of` the body
    that he or she is of.
    """

    sort: Sort
    name: str
    start: int
    end: int
    acronyms: tuple[str, ...] = ()
    office: str | None = None
    of: Guest | None = None
    title: str = ""


def guests(cell: str, separators: Sequence[str] = ()) -> tuple[Guest, ...]:
    """Everybody whom a cell names, in order; separators and line ends stand between several."""
    joints = "|".join(map(re.escape, ("\n", *separators)))
    found: list[Guest] = []
    start = 0
    for joint in re.finditer(joints, cell):
        found.extend(_piece(cell, start, joint.start()))
        start = joint.end()
    return (*found, *_piece(cell, start, len(cell)))


def _piece(cell: str, start: int, end: int) -> Iterator[Guest]:
    start, end = _trimmed(cell, start, end)
    while lead := known.leads().match(cell, start, end):
        start = lead.end()
    if heading := _HEADING.match(cell, start, end):
        start = heading.end()
    start, end = _trimmed(cell, start, end)
    if start >= end or cell[start:end].strip(_EDGES).lower() in known.listed("nobody"):
        return
    if (opened := cell.find("(", start, end)) >= 0:
        yield from _bracketed(cell, start, end, opened)
    elif dash := _DASH.search(cell, start, end):
        yield from _dashed(cell, (start, dash.start()), (dash.end(), end))
    elif (comma := cell.find(",", start, end)) > 0 and sort_of(cell[start:comma]) == "Person":
        yield _described(cell, _made(cell, start, comma), comma + 1, end)
    else:
        yield from _plain(cell, start, end)


def _trimmed(cell: str, start: int, end: int) -> tuple[int, int]:
    """Without blanks, marks and brackets that stand alone at the edges."""
    while start < end and cell[start] in _EDGES:
        start += 1
    while end > start and cell[end - 1] in _EDGES:
        if cell[end - 1] == "." and re.search(r"\b(?:Ltd|Inc|Co|Corp|plc|Jr|Sr|[A-Z]\.[A-Z])\.$", cell[start:end]):
            break
        end -= 1
    if end > start and cell[end - 1] == ")" and "(" not in cell[start:end]:
        return _trimmed(cell, start, end - 1)
    if end > start and cell[end - 1] == "(":
        return _trimmed(cell, start, end - 1)
    if cell[start] == "(" and ")" not in cell[start:end] if start < end else False:
        return _trimmed(cell, start + 1, end)
    return start, end


def _bracketed(cell: str, start: int, end: int, opened: int) -> Iterator[Guest]:
    """A name with brackets behind it, or in front: an acronym, what somebody is, or somebody who came along."""
    closed = cell.find(")", opened, end)
    inner = (opened + 1, closed if closed >= 0 else end)
    if opened == start:
        rest = (closed + 1, end) if closed >= 0 else (end, end)
        for guest in _piece(cell, *rest):
            yield _with_acronym(guest, cell[slice(*inner)]) or guest
        return
    before = list(_piece(cell, start, opened))
    if not before:
        return
    guest, inside = before[-1], cell[slice(*inner)].strip()
    yield from before[:-1]
    behind = _trimmed(cell, closed + 1, end) if closed >= 0 else (end, end)
    if guest.sort == "Person" and behind[0] < behind[1] and is_name(cell[slice(*behind)].split()):
        last = cell[slice(*behind)]  # "Ann (Annie) Lee"
        yield replace(guest, name=f"{guest.name} {' '.join(last.split())}", end=behind[1])
        return
    guest = _somebody(guest, inside)
    if guest.sort == "Person":
        yield _described(cell, guest, *inner)
        return
    yield _with_acronym(guest, inside) or guest
    came = _ATTENDING.sub("", inside)
    if sort_of(came) == "Person" and (came != inside or marked(came)):
        at = cell.find(came, *inner)
        yield _made(cell, at, at + len(came))
    elif guest.sort in ("office", "unnamed") and sort_of(inside) == "Organisation" and closed >= 0:
        yield from _plain(cell, *inner)


def _somebody(guest: Guest, behind: str) -> Guest:
    """A name that no list knows is a person's where an office, or a paper, is said of it."""
    tokens = guest.name.split()
    if guest.sort != "Organisation" or not 2 <= len(tokens) <= 4 or not is_name(tokens):
        return guest
    if (sort_of(behind) == "office" and not _ATTENDING.search(behind)) or behind in known.outlets():
        return replace(guest, sort="Person")
    return guest


def _with_acronym(guest: Guest, inside: str) -> Guest | None:
    inside = inside.strip()
    short = inside.replace(".", "")
    fits = 2 <= len(short) <= 10 and " " not in short and sum(map(str.isupper, short)) >= 2
    if guest.sort not in ("Organisation", "Party") or not fits or short[0].upper() != guest.name[:1].upper():
        return None
    return replace(guest, acronyms=(*guest.acronyms, inside))


def _dashed(cell: str, left: tuple[int, int], right: tuple[int, int]) -> Iterator[Guest]:
    first, second = (sort_of(cell[slice(*part)]) for part in (left, right))
    somebody = _somebody(_made(cell, *left), cell[slice(*right)].strip()) if first == "Organisation" else None
    if somebody and somebody.sort == "Person":
        yield _described(cell, somebody, *right)
    elif first == "Person":
        yield _described(cell, _made(cell, *left), *right)
    elif second == "Person":
        body = _made(cell, *left) if first in ("Organisation", "Party") else None
        person = _made(cell, *right)
        office = " ".join(cell[slice(*left)].lower().split()) if first == "office" else None
        yield replace(person, of=body, office=office or person.office)
    elif first == "office" and second == "Organisation":
        yield from _plain(cell, *left)
        yield from _plain(cell, *right)
    else:
        yield from _plain(cell, left[0], right[1])


def _plain(cell: str, start: int, end: int) -> Iterator[Guest]:
    start, end = _trimmed(cell, start, end)
    if start >= end:
        return
    together = re.search(r"\s+(?:with|and|&|\+)\s+", cell[start:end])
    if together:
        parts = (start, start + together.start()), (start + together.end(), end)
        if all(sort_of(cell[slice(*part)]) == "Person" for part in parts):
            for part in parts:
                yield from _plain(cell, *part)
            return
    tokens = list(_TOKEN.finditer(cell, start, end))
    sort = sort_of(cell[start:end])
    if sort == "office":  # "Chief Executive Ann Lee"
        for token in tokens[1:-1]:
            if token[0] in known.given() and sort_of(cell[token.start() : end]) == "Person":
                yield _described(cell, _made(cell, token.start(), end), start, token.start())
                return
    if tokens[0][0] in known.given() and sort != "Person":
        # "Malcolm Reyes Member of the European Parliament"
        at = next((i for i, t in enumerate(tokens) if t[0].lower().rstrip(",") in known.offices()), 0)
        while at > 2 and tokens[at - 1][0].lower() in known.modifiers():
            at -= 1
        if at >= 2 and sort_of(cell[start : tokens[at - 1].end()]) == "Person" and not headed(cell[start:end]):
            yield _described(cell, _made(cell, start, tokens[at - 1].end()), tokens[at].start(), end)
            return
    yield _made(cell, start, end)


def _made(cell: str, start: int, end: int) -> Guest:
    """Whoever stands there, with the span of the name itself."""
    start, end = _trimmed(cell, start, end)
    sort = sort_of(cell[start:end])
    if sort != "Person":
        name = " ".join(cell[start:end].replace('""', '"').split())
        own = re.fullmatch(r"(.{6,}?)\s+([A-Z]{2,8})", name)
        if sort == "Organisation" and own and _initials(own[1]) == own[2]:
            return Guest(sort, own[1], start, start + cell[start:end].rfind(own[2].split()[0]) - 1, (own[2],))
        return Guest(sort, name, start, end)
    tokens = list(_TOKEN.finditer(cell, start, end))
    title = ""
    while len(tokens) > 1 and tokens[0][0].strip(",.").lower() in known.titles():
        word = tokens.pop(0)[0].strip(",.")
        title = word if word.lower() in known.address() else title
    office = None
    while len(tokens) > 1 and is_letters(tokens[-1][0].strip(",.")):
        word = tokens.pop()[0].strip(",.")
        office = office or (word if word in known.legislators() and word != "MS" else None)
    first, last = tokens[0].start(), tokens[-1].end()
    while cell[last - 1] in ",.;" and not re.search(r"\b[A-Z]\.$|[JS]r\.$", cell[first:last]):
        last -= 1
    return Guest("Person", " ".join(cell[first:last].split()), first, last, office=office, title=title)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _described(cell: str, person: Guest, start: int, end: int) -> Guest:
    """A person with what stands behind: an office, an office in a body, or a body."""
    start, end = _trimmed(cell, start, end)
    if start >= end:
        return person
    text = cell[start:end]
    sort = sort_of(text)
    if sort == "Organisation" and not headed(text) and any(w.lower() in known.offices() for w in text.split()[:3]):
        sort = "office"  # "General Manager West Africa"
    if sort == "office":
        joint = OF.search(text)
        office = " ".join((text[: joint.start()] if joint else text).lower().split())
        former = re.match(r"(?:former|ex-?)\s*", office)
        office = office[former.end() :] if former else office
        body = _made(cell, start + joint.end(), end) if joint else None
        if body and body.sort not in ("Organisation", "Party", "Place"):
            body = None
        if body and body.name in known.places():
            body = replace(body, sort="Place")
        shown = f"former {office}" if former else office
        return replace(person, office=shown or person.office, of=body)
    if sort in ("Organisation", "Party", "Person") and person.office not in known.legislators():
        body = next((g for g in _piece(cell, start, end) if g.sort in ("Organisation", "Party")), None)
        if sort == "Person" and not marked(text):  # "Ann Lee (John Lewis)"
            body = Guest("Organisation", " ".join(text.split()), start, end)
        return replace(person, of=body)
    return person
