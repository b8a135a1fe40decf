"""Records of a register brought together: one entity a name, one meeting a number."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kg.model import (
    Bounds,
    Document,
    Entity,
    Findings,
    Kind,
    Meeting,
    MeetingStatus,
    Mention,
    Problem,
    Role,
    RoleStatus,
    Span,
    When,
)
from kg.registers import words as known
from kg.registers.closed import one_for_each
from kg.registers.dates import between, days
from kg.registers.guests import Guest, guests
from kg.registers.hosts import Host, Office, host
from kg.registers.mapping import Mapping
from kg.registers.table import Cell, Record

Key = tuple[str, ...]


@dataclass(slots=True)
class _Named:
    """Somebody or something of the register, with every place where the name stands."""

    kind: Kind
    name: str
    mentions: list[Mention] = field(default_factory=list)
    acronyms: dict[str, None] = field(default_factory=dict)


@dataclass(slots=True)
class _Told:
    """A meeting so far: `first` is its first record."""

    first: Record
    host: str
    bounds: Bounds
    when: When
    participants: dict[Key, None] = field(default_factory=dict)
    unnamed: dict[str, None] = field(default_factory=dict)
    evidence: list[Span] = field(default_factory=list)
    place: Key | None = None


class Accounts:
    """Takes records one by one; `findings` are what they tell, `problems` the records that cannot be read."""

    def __init__(self, document: Document, mapping: Mapping) -> None:
        self.problems: list[Problem] = []
        self._document, self._mapping = document, mapping
        self._named: dict[Key, _Named] = {}
        self._meetings: dict[str, _Told] = {}
        self._roles: dict[tuple[Key | None, str, Key | None, RoleStatus], tuple[Span, Span]] = {}
        self._known: set[tuple[Key | None, str, str, RoleStatus]] = set()
        self._hosts: dict[Key, dict[str, None]] = defaultdict(dict)
        self._guests: dict[str, tuple[Guest, ...]] = {}
        self._hosted: dict[str, Host] = {}
        self._days: dict[str, Bounds | str] = {}

    def add(self, record: Record) -> None:
        """One more record: of a new meeting, or another guest of one that is known."""
        problem = record.broken or self._read(record)
        if problem:
            self.problems.append(Problem(f"{self._document.name}, line {record.line}", problem))

    def _cell(self, record: Record, column: str) -> Cell | None:
        name = self._mapping.columns.get(column)
        return record.cells.get(name) if name else None

    def _read(self, record: Record) -> str:
        """Take a record in; what is wrong with it, "" for nothing."""
        who, since = self._cell(record, "host"), self._cell(record, "from")
        number = self._cell(record, "meeting")
        if "meeting" in self._mapping.columns and number is None:
            return f"no {self._mapping.columns['meeting']}; a record without it belongs to no meeting"
        if who is None:
            return f"no {self._mapping.columns['host']}; nobody is said to have met"
        if since is None:
            return f"no {self._mapping.columns['from']}; a meeting needs a date"
        until = self._cell(record, "to") or since
        bounds = self._bounds(since.words, until.words)
        if isinstance(bounds, str):
            return bounds
        key = number.words if number else str(record.span.start)
        told = self._meetings.get(key)
        if told is None:
            span = Span(since.span.start, until.span.end if until.words != since.words else since.span.end)
            when = When(since.words if until.words == since.words else f"{since.words} to {until.words}",
                        since.span if until.words == since.words else span, bounds, "Stated")  # fmt: skip
            told = self._meetings[key] = _Told(record, who.words, bounds, when)
            self._host(record, who, told)
            self._place(record, told)
        elif told.host != who.words or told.bounds != bounds:
            return f"another host or date than meeting {key} in line {told.first.line}; one of the two is wrong"
        told.evidence.append(record.span)
        for column in self._mapping.guests:
            if cell := record.cells.get(column):
                self._add_guests(cell, record, told)
        return ""

    def _bounds(self, since: str, until: str) -> Bounds | str:
        """The days that two cells allow, or what is wrong with them."""
        both = f"{since}|{until}"
        if both not in self._days:
            self._days[both] = self._reckoned(since, until)
        return self._days[both]

    def _reckoned(self, since: str, until: str) -> Bounds | str:
        formats, ranges = self._mapping.formats, self._mapping.ranges
        try:
            found = days(since, formats, ranges)
            if until != since:
                found = between(found, days(until, formats, ranges), f"{since} to {until}")
        except ValueError as error:
            return str(error)
        first, last = self._mapping.possible
        if (first and found.latest and found.latest < first) or (last and found.earliest and found.earliest > last):
            return f"{since!r} cannot be: this register is of {first or '…'} to {last or '…'}"
        return found

    def _host(self, record: Record, cell: Cell, told: _Told) -> None:
        if cell.words not in self._hosted:
            self._hosted[cell.words] = host(cell.words)
        found = self._hosted[cell.words]
        at = cell.span.start
        key = None
        if found.person:
            key = self._mention(found.person, at)
            told.participants[key] = None
            self._hosts[key][(self._cell(record, "body") or Cell("", cell.span)).words] = None
            if found.person.office:
                span = _within(self._document.text, Span(at + found.person.end, cell.span.end))
                self._role(key, Office(found.person.office, "Current", 0, 0), None, span, record)
        else:
            told.unnamed[cell.words] = None
        for office in found.offices:
            self._held(key, office, Span(at + office.start, at + office.end), record)
        if own := self._cell(record, "office"):
            title = " ".join(own.words.lower().split())
            self._held(key, Office(title, "Current", 0, 0), own.span, record)

    def _held(self, holder: Key | None, office: Office, span: Span, record: Record) -> None:
        """A host's office in the record's body, which is mentioned where that is new."""
        cell = self._cell(record, "body")
        new = holder, office.title, cell.words if cell else "", office.status
        if new in self._known:
            return
        self._known.add(new)
        body = Guest("Organisation", " ".join(cell.words.split()), 0, len(cell.words)) if cell else None
        self._role(holder, office, self._mention(body, cell.span.start) if body and cell else None, span, record)

    def _place(self, record: Record, told: _Told) -> None:
        if cell := self._cell(record, "place"):
            place = Guest("Place", " ".join(cell.words.split()), 0, len(cell.words))
            told.place = self._mention(place, cell.span.start)

    def _role(self, holder: Key | None, office: Office, of: Key | None, span: Span, record: Record) -> None:
        self._roles.setdefault((holder, office.title, of, office.status), (span, record.span))

    def _add_guests(self, cell: Cell, record: Record, told: _Told) -> None:
        if cell.words not in self._guests:
            self._guests[cell.words] = guests(cell.words, self._mapping.separators)
        for guest in self._guests[cell.words]:
            if guest.sort in ("office", "unnamed"):
                told.unnamed[guest.name] = None
                continue
            key = self._mention(guest, cell.span.start)
            told.participants[key] = None
            body = None
            if guest.of:
                body = self._mention(guest.of, cell.span.start)
                if guest.of.sort != "Place":
                    told.participants[body] = None
            if guest.office:
                former = guest.office.startswith("former ")
                title = guest.office.removeprefix("former ")
                office = Office(title, "Former" if former else "Current", 0, 0)
                span = Span(cell.span.start + guest.end, cell.span.end)
                self._role(key, office, body, _within(self._document.text, span), record)

    def _mention(self, guest: Guest, at: int) -> Key:
        kind: Kind = "Organisation" if guest.sort == "office" or guest.sort == "unnamed" else guest.sort
        sort = kind if kind in ("Person", "Place") else "Body"
        words = known.body_key(guest.name) if sort == "Body" else known.fold(guest.name)
        # A last name alone may be anybody's: with another title it is somebody else's.
        single = (guest.title.lower().rstrip("."),) if sort == "Person" and len(words) == 1 else ()
        key = (sort, *single, *(words or (guest.name,)))
        found = self._named.setdefault(key, _Named(kind, guest.name))
        span = Span(at + guest.start, at + guest.end)
        if not found.mentions or found.mentions[-1].span != span:
            found.mentions.append(Mention(span, found.kind, self._document.text[span.start : span.end]))
        found.acronyms.update(dict.fromkeys(guest.acronyms))
        if (len(guest.name), guest.name) > (len(found.name), found.name) and sort != "Body":
            found.name = guest.name
        return key

    def findings(self) -> Findings:
        """What the records tell; meetings that name nobody are problems."""
        where = self._same()
        ids: dict[Key, str] = {}
        entities = []
        for number, (key, members) in enumerate(_grouped(self._named, where).items(), 1):
            ids[key] = f"e{number}"
            entities.append(self._entity(ids[key], members))
        meetings: list[Meeting] = []
        for told in self._meetings.values():
            participants = tuple(dict.fromkeys(ids[where.get(key, key)] for key in told.participants))
            if not participants:
                place = f"{self._document.name}, line {told.first.line}"
                self.problems.append(Problem(place, "names nobody who met"))
                continue
            meetings.append(
                Meeting(
                    f"m{len(meetings) + 1}",
                    participants,
                    self._status(told.first),
                    tuple(told.evidence),
                    unnamed=tuple(told.unnamed),
                    form=self._form(told.first),
                    place=ids[where.get(told.place, told.place)] if told.place else None,
                    when=told.when,
                )
            )
        return Findings(self._document, tuple(entities), roles=self._all_roles(ids, where), meetings=tuple(meetings))

    def _same(self) -> dict[Key, Key]:
        """For each key that is another way of writing one of the register's names, that one."""
        hosts = {key: frozenset(bodies) for key, bodies in self._hosts.items()}
        found = one_for_each(hosts)
        owners: dict[Key, set[Key]] = defaultdict(set)
        for key, one in self._named.items():
            for letters in one.acronyms:
                owners["Body", *known.fold(letters)].add(key)
        for short, long in owners.items():
            if len(long) == 1 and short in self._named and short not in long:
                found[short] = next(iter(long))
        for key in self._named:  # known as a person by what another record says
            if key[0] == "Body" and len(key) > 2 and ("Person", *key[1:]) in self._named:
                found[key] = ("Person", *key[1:])
        return {key: found.get(one, one) for key, one in found.items()}

    def _entity(self, local: str, members: list[_Named]) -> Entity:
        first = max(members, key=lambda one: (one.kind != "Organisation", len(one.name.split()), len(one.mentions)))
        mentions = sorted((mention for one in members for mention in one.mentions), key=lambda m: m.span)
        acronyms = tuple(dict.fromkeys(letters for one in members for letters in one.acronyms))
        return Entity(local, first.kind, first.name, tuple(mentions), acronyms=acronyms)

    def _all_roles(self, ids: dict[Key, str], where: dict[Key, Key]) -> tuple[Role, ...]:
        found: dict[tuple[str | None, str, str | None, RoleStatus], tuple[Span, Span]] = {}
        for (holder, title, of, status), spans in self._roles.items():
            who = ids[where.get(holder, holder)] if holder else None
            found.setdefault((who, title, ids[where.get(of, of)] if of else None, status), spans)
        return tuple(
            Role(f"r{number}", holder, title, of, status, span, (record,))
            for number, ((holder, title, of, status), (span, record)) in enumerate(found.items(), 1)
        )

    def _status(self, record: Record) -> MeetingStatus:
        cell = self._cell(record, "status")
        return self._mapping.statuses.get(cell.words.casefold(), self._mapping.status) if cell else self._mapping.status

    def _form(self, record: Record) -> str | None:
        """The form that the first or last word of the purpose shows."""
        cell = self._cell(record, "purpose")
        words = known.fold(cell.words.partition(":")[0]) if cell else ()
        return next((form for word, form in known.forms().items() if words and word in (words[0], words[-1])), None)


def _grouped(named: dict[Key, _Named], where: dict[Key, Key]) -> dict[Key, list[_Named]]:
    found: dict[Key, list[_Named]] = {}
    for key, one in named.items():
        found.setdefault(where.get(key, key), []).append(one)
    return found


def _within(text: str, span: Span) -> Span:
    """The span without brackets, dashes and blanks at its edges."""
    start, end = span
    while start < end and text[start] in " ()-–—,\xa0":
        start += 1
    while end > start and text[end - 1] in " ()-–—,\xa0":
        end -= 1
    return Span(start, end) if start < end else span
