"""Who keeps a register's diary: a cell with a minister's name, and offices before or behind it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from kg.model import RoleStatus
from kg.registers import words as known
from kg.registers.guests import Guest, guests
from kg.registers.sorts import is_name

_PARTS = re.compile(r"\s*,\s*|\s+[-–—]\s*|\s*[–—]\s+|\s*[()]\s*")
_WORD = re.compile(r"\S+")
_TIMES: dict[str, RoleStatus] = {"former": "Former", "ex": "Former", "outgoing": "Current", "incoming": "Incoming"}


class Host(NamedTuple):
    """A person, or None where only an office is named, and the offices; each with its place in the cell."""

    person: Guest | None
    offices: tuple[Office, ...]


class Office(NamedTuple):
    """An office as written, in small letters, with its status and where it stands."""

    title: str
    status: RoleStatus
    start: int
    end: int


def host(cell: str) -> Host:
    """Who is named in a cell, and in which office.

    The name stands last or first, set off by a comma or dash, or behind the office without a mark.
    """
    parts, start = [], 0
    for joint in (*_PARTS.finditer(cell), None):
        end = joint.start() if joint else len(cell)
        if cell[start:end].strip():
            parts.append((start, end))
        start = joint.end() if joint else end
    for number in (len(parts) - 1, 0):
        found = guests(cell[slice(*parts[number])]) if parts else ()
        if len(found) == 1 and found[0].sort == "Person" and found[0].office in (None, *known.legislators()):
            person = _moved(found[0], parts[number][0])
            before = _office(cell, parts[0][0], parts[number][0]) if number else None
            behind = _office(cell, parts[1][0], len(cell)) if not number and len(parts) > 1 else None
            return Host(person, tuple(filter(None, (before, behind))))
    for number in (len(parts) - 1, 0) if len(parts) > 1 else ():
        start, end = parts[number]
        rest = (parts[0][0], start) if number else (parts[1][0], len(cell))
        if is_name(cell[start:end].split()) and " " in cell[start:end].strip() and _has_office(cell[slice(*rest)]):
            person = Guest("Person", " ".join(cell[start:end].split()), start, end)
            return Host(person, tuple(filter(None, (_office(cell, *rest),))))
    return _unmarked(cell, parts)


def _has_office(words: str) -> bool:
    return any(word.strip(".,()").lower() in known.offices() for word in words.split())


def _unmarked(cell: str, parts: list[tuple[int, int]]) -> Host:
    """ "Attorney General Ann Lee KC": the name begins behind the last word of the office."""
    tokens = list(_WORD.finditer(cell))
    for i, token in enumerate(tokens[:-1]):
        if i and (token[0] in known.given() or token[0].lower().strip(".,") in known.address()):
            found = guests(cell[token.start() :])
            if len(found) == 1 and found[0].sort == "Person":
                return Host(_moved(found[0], token.start()), tuple(filter(None, (_office(cell, 0, token.start()),))))
    if _has_office(cell):
        return Host(None, tuple(filter(None, (_office(cell, 0, len(cell)),))))
    start, end = (parts[0][0], parts[-1][1]) if parts else (0, 0)
    name = " ".join(cell[start:end].split())
    return Host(Guest("Person", name, start, end) if name else None, ())


def _office(cell: str, start: int, end: int) -> Office | None:
    while start < end and cell[start] in " ,-–—()\xa0":
        start += 1
    while end > start and cell[end - 1] in " ,-–—()\xa0":
        end -= 1
    words = cell[start:end].lower().split()
    status = _TIMES.get(words[0]) if words else None
    title = " ".join(words[1:] if status else words)
    return Office(title, status or "Current", start, end) if title else None


def _moved(guest: Guest, by: int) -> Guest:
    return replace(guest, start=guest.start + by, end=guest.end + by)
