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
from typing import Literal

from kg.registers import words as known

Sort = Literal["Person", "Party", "Organisation", "Place", "office", "unnamed"]

_EDGES = " \t\r\n\xa0.,;:&+-–—*\"'“”‘"
_TOKEN = re.compile(r"[^\s]+")
_DASH = re.compile(r"\s+[-–—]+\s*|\s*[–—]\s+|\s+-|-\s+")
_HEADING = re.compile(r"[^:()]{3,60}:\s+")
_JOINT = re.compile(r"\s+(?:of|for|at|to|in|on|from|and|&)\s+|,\s*")
_OF = re.compile(r"\s+(?:of|at|for|to|from)\s+(?:the\s+)?|,\s*", re.I)
_NAME = re.compile(r"(?:[^\W\d_]|['’.\-])+")
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
    elif (comma := cell.find(",", start, end)) > 0 and _sort(cell[start:comma]) == "Person":
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
    if guest.sort == "Person" and behind[0] < behind[1] and _is_name(cell[slice(*behind)].split()):
        last = cell[slice(*behind)]  # "Ann (Annie) Lee"
        yield replace(guest, name=f"{guest.name} {' '.join(last.split())}", end=behind[1])
        return
    guest = _somebody(guest, inside)
    if guest.sort == "Person":
        yield _described(cell, guest, *inner)
        return
    yield _with_acronym(guest, inside) or guest
    came = _ATTENDING.sub("", inside)
    if _sort(came) == "Person" and (came != inside or _marked(came)):
        at = cell.find(came, *inner)
        yield _made(cell, at, at + len(came))
    elif guest.sort in ("office", "unnamed") and _sort(inside) == "Organisation" and closed >= 0:
        yield from _plain(cell, *inner)


def _somebody(guest: Guest, behind: str) -> Guest:
    """A name that no list knows is a person's where an office, or a paper, is said of it."""
    tokens = guest.name.split()
    if guest.sort != "Organisation" or not 2 <= len(tokens) <= 4 or not _is_name(tokens):
        return guest
    if (_sort(behind) == "office" and not _ATTENDING.search(behind)) or behind in known.outlets():
        return replace(guest, sort="Person")
    return guest


def _marked(words: str) -> bool:
    """Whether words of address or letters behind it show that a name is a person's."""
    tokens = words.split()
    return tokens[0].strip(".").lower() in known.address() or _is_letters(tokens[-1])


def _with_acronym(guest: Guest, inside: str) -> Guest | None:
    inside = inside.strip()
    short = inside.replace(".", "")
    fits = 2 <= len(short) <= 10 and " " not in short and sum(map(str.isupper, short)) >= 2
    if guest.sort not in ("Organisation", "Party") or not fits or short[0].upper() != guest.name[:1].upper():
        return None
    return replace(guest, acronyms=(*guest.acronyms, inside))


def _dashed(cell: str, left: tuple[int, int], right: tuple[int, int]) -> Iterator[Guest]:
    first, second = (_sort(cell[slice(*part)]) for part in (left, right))
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
        if all(_sort(cell[slice(*part)]) == "Person" for part in parts):
            for part in parts:
                yield from _plain(cell, *part)
            return
    tokens = list(_TOKEN.finditer(cell, start, end))
    sort = _sort(cell[start:end])
    if sort == "office":  # "Chief Executive Ann Lee"
        for token in tokens[1:-1]:
            if token[0] in known.given() and _sort(cell[token.start() : end]) == "Person":
                yield _described(cell, _made(cell, token.start(), end), start, token.start())
                return
    if tokens[0][0] in known.given() and sort != "Person":
        # "Malcolm Reyes Member of the European Parliament"
        at = next((i for i, t in enumerate(tokens) if t[0].lower().rstrip(",") in known.offices()), 0)
        while at > 2 and tokens[at - 1][0].lower() in known.modifiers():
            at -= 1
        if at >= 2 and _sort(cell[start : tokens[at - 1].end()]) == "Person" and not _headed(cell[start:end]):
            yield _described(cell, _made(cell, start, tokens[at - 1].end()), tokens[at].start(), end)
            return
    yield _made(cell, start, end)


def _made(cell: str, start: int, end: int) -> Guest:
    """Whoever stands there, with the span of the name itself."""
    start, end = _trimmed(cell, start, end)
    sort = _sort(cell[start:end])
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
    while len(tokens) > 1 and _is_letters(tokens[-1][0].strip(",.")):
        word = tokens.pop()[0].strip(",.")
        office = office or (word if word in known.legislators() and word != "MS" else None)
    first, last = tokens[0].start(), tokens[-1].end()
    while cell[last - 1] in ",.;" and not re.search(r"\b[A-Z]\.$|[JS]r\.$", cell[first:last]):
        last -= 1
    return Guest("Person", " ".join(cell[first:last].split()), first, last, office=office, title=title)


def _is_letters(word: str) -> bool:
    return word in known.letters() or (word.isupper() and 2 <= len(word) <= 4 and word[:2] in ("MP", "QC", "KC", "CB"))


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _described(cell: str, person: Guest, start: int, end: int) -> Guest:
    """A person with what stands behind: an office, an office in a body, or a body."""
    start, end = _trimmed(cell, start, end)
    if start >= end:
        return person
    text = cell[start:end]
    sort = _sort(text)
    if sort == "Organisation" and not _headed(text) and any(w.lower() in known.offices() for w in text.split()[:3]):
        sort = "office"  # "General Manager West Africa"
    if sort == "office":
        joint = _OF.search(text)
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
        if sort == "Person" and not _marked(text):  # "Ann Lee (John Lewis)"
            body = Guest("Organisation", " ".join(text.split()), start, end)
        return replace(person, of=body)
    return person


def _sort(text: str) -> Sort:
    """What a text without brackets names."""
    tokens = [token.strip(",;:\"“”") for token in text.split()]
    tokens = [token for token in tokens if token]
    if not tokens:
        return "unnamed"
    if text.strip() in known.parties():
        return "Party"
    if text.strip() in known.outlets():
        return "Organisation"
    if len(tokens) > 1 and tokens[-1] == "Party" and tokens[-2].lower() not in known.listed("feasts"):
        return "Party"
    rest, titled = list(tokens), False
    while len(rest) > 1 and rest[0].strip(".").lower() in known.titles():
        titled |= rest.pop(0).strip(".").lower() in known.address()
    lettered = False
    while len(rest) > 1 and _is_letters(rest[-1].strip(".")):
        lettered |= rest.pop() != "SA"
    lettered = lettered and len(rest) > 1
    if lettered and len(rest) <= 5 and rest[0].lower() not in known.modifiers():
        if all(token[0].isupper() and token not in known.heads() for token in rest):
            return "Person"
    if _is_name(rest) and (titled or lettered or (len(rest) > 1 and rest[0] in known.given())):
        return "office" if rest[0].lower() in known.offices() and len(rest) < 2 else "Person"
    return _unlike_a_person(text, tokens)


def _is_name(tokens: list[str]) -> bool:
    """Whether words can be a person's name: capitals, no word that heads a body, no possessive, no office."""
    if not 1 <= len(tokens) <= 6 or tokens[0].lower() in known.offices():
        return False
    if tokens[0].lower() in known.modifiers() and tokens[0] not in known.given() and len(tokens) > 1:
        return False
    for i, token in enumerate(tokens):
        behind_of = i > 1 and "of" in tokens[1:i]
        possessive = re.search(r"['’]s$", token) is not None and not behind_of
        if token in known.heads() or possessive or not _NAME.fullmatch(token):
            return False
        capital = token[0].isupper() or (token[0] in "'’" and token[1:2].isupper())
        if not capital and token.lower() not in known.particles() and not (token == "of" and 0 < i < len(tokens) - 1):
            return False
        surname = i == len(tokens) - 1 and tokens[0] in known.given()
        if i > 0 and token.lower() in known.offices() and not behind_of and not surname:
            return False
        if token.isupper() and len(token) > 3 and i > 0 and not tokens[0].isupper():
            return False
    return not tokens[-1].islower()


def _headed(text: str) -> bool:
    """Whether a body's head ends the words, or the part of them before "of" or the like."""
    parts = [part.split() for part in _JOINT.split(text)]
    return bool(parts and parts[0] and parts[0][-1] in known.heads()) or text.split()[-1] in known.heads()


def _unlike_a_person(text: str, tokens: list[str]) -> Sort:
    front = _JOINT.split(text.strip())[0].split() or tokens
    head, last = front[-1].strip(".,").lower(), tokens[-1].strip(".,").lower()
    if _headed(text) or tokens[0] in known.heads():
        return "Organisation"
    if head in known.offices() or tokens[0].lower() in known.offices():
        return "office"
    if all(token.lower() in known.titles() for token in tokens) and not text.isupper():
        return "office"
    plain = {front[-1].strip(".,"), tokens[-1].strip(".,")} & known.listed("sets")
    if head in known.listed("groups") or last in known.listed("events") or plain:
        return "unnamed"
    if len(tokens) == 1:
        common = last in known.listed("crowds") or (text == text.lower() and last in known.small())
        return "unnamed" if common else "Organisation"
    return "unnamed" if text == text.lower() and not re.search(r"[\d.#]", text) else "Organisation"
