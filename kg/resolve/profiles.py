"""What one document tells of each of its entities that can tell it from a namesake."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from kg.data import words
from kg.model import Entity, Findings, Local, Reason, Role
from kg.resolve.judged import UNDECIDED, Decided
from kg.resolve.names import Body, Words, body, country, fold, is_acronym, land, sent_abroad, title_country
from kg.resolve.terms import Term, around, calling, term
from kg.resolve.titles import canonical

_CAPITALISED = re.compile(r"\b[A-Z][\w.]*(?:\s[A-Z]\w*)?")
_AGE = re.compile(r"(?:, (?:aged |now )?| \(| aged )(\d\d)(?=[;)]|,(?! \d)|\.(?!\d)| (?:and|who|said|was|is)\b)")
_LAST_WORD = re.compile(r"([\w'’.-]+)\s+$")
_HOME_SHARE, _HOME_LEAST = 0.6, 2
_OFTEN = 3
_CROWD = 1000
"""Names in a document (a register) beyond which standing in it together says nothing."""


@cache
def _addressed() -> Mapping[str, str]:
    """Words of address that say whether a man or a woman is meant."""
    return {word: key for key in ("men", "women") for word in words("titles", key)}


class Held(NamedTuple):
    """An office as a document gives it: its name, its body or place in plain words, and whose country it is."""

    title: str
    of: Body | None
    country: str | None
    over_place: bool


@dataclass(eq=False)
class Context:
    """One document: whom and what it names, where it is at home; `story` leads the near-copies of one text."""

    findings: Findings
    story: str | None = None

    @cached_property
    def people(self) -> frozenset[Words]:
        """The full names of its people; none where it names so many that they are no company."""
        if len(self.findings.entities) > _CROWD:
            return frozenset()
        names = (fold(e.name) for e in self.findings.entities if e.kind == "Person")
        return frozenset(name for name in names if len(name) > 1)

    @cached_property
    def bodies(self) -> frozenset[Body]:
        """Its organisations and parties; none where it names too many."""
        if len(self.findings.entities) > _CROWD:
            return frozenset()
        found = (e for e in self.findings.entities if e.kind in ("Organisation", "Party"))
        return frozenset(body(e.name, e.qualifier) for e in found)

    @cached_property
    def home(self) -> str | None:
        """The country that most names of countries and towns in the text belong to, if one does."""
        found: Counter[str] = Counter()
        for match in _CAPITALISED.finditer(self.findings.document.text):
            both = match[0].rstrip(".")
            if named := land(both) or land(both.split()[0]):
                found[named] += 1
        if not found:
            return None
        (first, count), *_ = found.most_common(1)
        return first if count >= _HOME_LEAST and count >= _HOME_SHARE * found.total() else None

    @cached_property
    def offices(self) -> Mapping[str, tuple[Held, ...]]:
        """The offices that the document gives to each local person."""
        entities = {e.id: e for e in self.findings.entities}
        found: dict[str, list[Held]] = {}
        for role in self.findings.roles:
            if role.holder:
                found.setdefault(role.holder, []).append(self._office(role, entities))
        return {holder: tuple(offices) for holder, offices in found.items()}

    @cached_property
    def terms(self) -> Mapping[str, Mapping[tuple[Held, bool], Term | None]]:
        """For each local person the term that the document allows each office, told as current or at all."""
        entities = {e.id: e for e in self.findings.entities}
        found: dict[str, dict[tuple[Held, bool], Term | None]] = {}
        for role in self.findings.roles:
            if role.holder:
                mine, held = found.setdefault(role.holder, {}), self._office(role, entities)
                for now in {False, role.status == "Current"}:
                    told = term(self.day, role.status) if self.day else None
                    mine[held, now] = around(mine.get((held, now)), told)
        return found

    def _office(self, role: Role, entities: Mapping[str, Entity]) -> Held:
        """The office of a role; of the country whose adjective stands before it where it has no body."""
        of = entities.get(role.of or "")
        held = _held(role.title, of)
        if of or held.country or sent_abroad(role.title):
            return held
        text = self.findings.document.text
        before = _LAST_WORD.search(text[max(0, role.span.start - 24) : role.span.start])
        return held._replace(country=country(before[1])) if before else held

    @cached_property
    def officers(self) -> Mapping[str, frozenset[Words]]:
        """The full names of the people who hold an office in each local body."""
        names = {e.id: fold(e.name) for e in self.findings.entities}
        found: dict[str, set[Words]] = {}
        for role in self.findings.roles:
            if role.holder and role.of and len(names.get(role.holder, ())) > 1:
                found.setdefault(role.of, set()).add(names[role.holder])
        return {local: frozenset(people) for local, people in found.items()}

    @cached_property
    def day(self) -> int | None:
        """The day of publication, counted from year 1; the first where several are possible."""
        first = self.findings.document.bounds.earliest
        return first.toordinal() if first else None


def _held(title: str, of: Entity | None) -> Held:
    whose = title_country(title)
    if of and not sent_abroad(title):
        whose = whose or (land(of.name) if of.kind == "Place" else body(of.name, of.qualifier).country)
    named = body(of.name, of.qualifier) if of else None
    return Held(canonical(title), named, whose, bool(of and of.kind == "Place"))


@dataclass(eq=False)
class Profile:
    """One local entity with what its document tells of it.

    `bearers` is how many people may bear the full name by chance, `namesakes` how many full names share the surname;
    None where nothing can be told.
    """

    local: Local
    entity: Entity
    context: Context
    apart: Mapping[Local, Reason] = field(default_factory=dict)
    home: str | None = None
    bearers: float | None = None
    namesakes: int | None = None

    @cached_property
    def plain(self) -> Words:
        """The name in plain words, a body's without its country."""
        return self.body.words if self.entity.kind in ("Party", "Organisation") else self.words

    @cached_property
    def words(self) -> Words:
        """A person's or place's name in plain words."""
        return fold(self.entity.name)

    @cached_property
    def body(self) -> Body:
        """An organisation's or party's name, its country apart."""
        return body(self.entity.name, self.entity.qualifier)

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """The acronyms by which the document calls it, in small letters."""
        texts = {m.text for m in self.entity.mentions} | {self.entity.name}
        return frozenset("".join(fold(t)) for t in (*self.entity.acronyms, *filter(is_acronym, texts)))

    @cached_property
    def offices(self) -> frozenset[Held]:
        """The offices that a person holds, held or will hold."""
        return frozenset(self.context.offices.get(self.local.id, ()))

    @cached_property
    def officers(self) -> frozenset[Words]:
        """The people who hold an office in a body."""
        return self.context.officers.get(self.local.id, frozenset())

    @cached_property
    def shorts(self) -> frozenset[Words]:
        """The single words by which the document goes on calling a person: "Lind", or "Kim" of Kim Min-jun."""
        return frozenset(words for m in self.entity.mentions if len(words := fold(m.text)) == 1)

    @cached_property
    def genders(self) -> frozenset[str]:
        """ "men", "women", or both, as the words of address before the name say; empty where none does."""
        text = self.context.findings.document.text
        before = (text[max(0, m.span.start - 12) : m.span.start].split()[-1:] for m in self.entity.mentions)
        return frozenset(gender for words in before for word in words if (gender := _addressed().get(word)))

    @cached_property
    def terms(self) -> Mapping[tuple[Held, bool], Term | None]:
        """The term of each office, as current (True) and however it is told (False); None where undated."""
        return self.context.terms.get(self.local.id, {})

    @cached_property
    def born(self) -> frozenset[int]:
        """The years of birth, give or take one, as the ages behind the name say: "Ada Moss, 23,"."""
        day, text = self.context.day, self.context.findings.document.text
        if not day or self.entity.kind != "Person":
            return frozenset()
        ages = (_AGE.match(text, m.span.end) for m in self.entity.mentions)
        return frozenset(round(day / 365.2425) - int(age[1]) for age in ages if age)

    @cached_property
    def callings(self) -> frozenset[str]:
        """What the words before the name and the titles make of a person: actress, bishop."""
        if self.entity.kind != "Person":
            return frozenset()
        text = self.context.findings.document.text
        before = (_LAST_WORD.search(text[max(0, m.span.start - 24) : m.span.start]) for m in self.entity.mentions)
        said = [word[1] for word in before if word] + [m.text.split()[0] for m in self.entity.mentions if m.text]
        return frozenset(found for word in (*said, *(h.title for h in self.offices)) if (found := calling(word)))

    @cached_property
    def within(self) -> str | None:
        """The name of the place in which a place lies, as the document says."""
        return next((e.name for e in self.context.findings.entities if e.id == self.entity.within), None)


_FREE: Mapping[Local, Reason] = {}


def profiles(
    findings: Iterable[Findings], people: Decided = UNDECIDED, copies: Mapping[str, str] | None = None
) -> Iterator[Profile]:
    """A profile of every entity, in the order of documents' slugs and of entities in them.

    A document that names no country is at home where most of its publisher's others are.
    """
    leads = copies or {}
    ordered = sorted(findings, key=lambda one: one.document.slug)
    contexts = [Context(one, leads.get(one.document.slug)) for one in ordered]
    usual = _publishers(contexts)
    for context in contexts:
        document = context.findings.document
        home = context.home or usual.get(document.publisher or "")
        for entity in context.findings.entities:
            local = Local(document.slug, entity.id)
            yield Profile(local, entity, context, people.apart.get(local, _FREE), home)


def _publishers(contexts: Iterable[Context]) -> Mapping[str, str]:
    """The country in which most of a publisher's documents are at home, where three or more say one."""
    found: dict[str, Counter[str]] = {}
    for context in contexts:
        if context.home and (publisher := context.findings.document.publisher):
            found.setdefault(publisher, Counter())[context.home] += 1
    usual = {}
    for publisher, homes in found.items():
        land = min(homes, key=lambda land: (-homes[land], land))
        if homes[land] >= _OFTEN and homes[land] >= _HOME_SHARE * homes.total():
            usual[publisher] = land
    return usual
