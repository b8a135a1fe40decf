"""What one document tells of each of its entities that can tell it from a namesake, read out of its findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from kg.data import words
from kg.model import Entity, Findings, Role
from kg.resolve.names import Body, Words, body, country, fold, is_acronym, land, sent_abroad, title_country
from kg.resolve.profiles import Held
from kg.resolve.terms import Term, around, calling, term
from kg.resolve.titles import canonical

_CAPITALISED = re.compile(r"\b[A-Z][\w.]*(?:\s[A-Z]\w*)?")
_AGE = re.compile(r"(?:, (?:aged |now )?| \(| aged )(\d\d)(?=[;)]|,(?! \d)|\.(?!\d)| (?:and|who|said|was|is)\b)")
_LAST_WORD = re.compile(r"([\w'’.-]+)\s+$")
_HOME_SHARE, _HOME_LEAST = 0.6, 2
_CROWD = 1000
"""Names beyond which a document is crowded."""


@cache
def _addressed() -> Mapping[str, str]:
    """Words of address that say whether a man or a woman is meant."""
    return {word: key for key in ("men", "women") for word in words("titles", key)}


@dataclass(eq=False)
class Context:
    """One document: whom and what it names, where it is at home."""

    findings: Findings

    @property
    def crowded(self) -> bool:
        """Whether it names so many (a register) that standing in it together says nothing."""
        return len(self.findings.entities) > _CROWD

    @cached_property
    def people(self) -> frozenset[Words]:
        """The full names of its people."""
        names = (fold(e.name) for e in self.findings.entities if e.kind == "Person")
        return frozenset(name for name in names if len(name) > 1)

    @cached_property
    def bodies(self) -> frozenset[Body]:
        """Its organisations and parties; none where it is crowded."""
        if self.crowded:
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


@dataclass(frozen=True)
class Reading:
    """One local entity with what its document tells of it."""

    entity: Entity
    context: Context

    @property
    def acronyms(self) -> frozenset[str]:
        """The acronyms by which the document calls it, in small letters."""
        texts = {m.text for m in self.entity.mentions} | {self.entity.name}
        return frozenset("".join(fold(t)) for t in (*self.entity.acronyms, *filter(is_acronym, texts)))

    @property
    def offices(self) -> frozenset[Held]:
        """The offices that a person holds, held or will hold."""
        return frozenset(self.context.offices.get(self.entity.id, ()))

    @property
    def officers(self) -> frozenset[Words]:
        """The people who hold an office in a body."""
        return self.context.officers.get(self.entity.id, frozenset())

    @property
    def shorts(self) -> frozenset[Words]:
        """The single words by which the document goes on calling a person: "Lind", or "Kim" of Kim Min-jun."""
        return frozenset(words for m in self.entity.mentions if len(words := fold(m.text)) == 1)

    @property
    def genders(self) -> frozenset[str]:
        """ "men", "women", or both, as the words of address before the name say; empty where none does."""
        text = self.context.findings.document.text
        before = (text[max(0, m.span.start - 12) : m.span.start].split()[-1:] for m in self.entity.mentions)
        return frozenset(gender for words in before for word in words if (gender := _addressed().get(word)))

    @property
    def terms(self) -> Mapping[tuple[Held, bool], Term | None]:
        """The term of each office, as current (True) and however it is told (False); None where undated."""
        return self.context.terms.get(self.entity.id, {})

    @property
    def born(self) -> frozenset[int]:
        """The years of birth, give or take one, as the ages behind the name say: "Ada Moss, 23,"."""
        day, text = self.context.day, self.context.findings.document.text
        if not day or self.entity.kind != "Person":
            return frozenset()
        ages = (_AGE.match(text, m.span.end) for m in self.entity.mentions)
        return frozenset(round(day / 365.2425) - int(age[1]) for age in ages if age)

    @property
    def callings(self) -> frozenset[str]:
        """What the words before the name and the titles make of a person: actress, bishop."""
        if self.entity.kind != "Person":
            return frozenset()
        text = self.context.findings.document.text
        before = (_LAST_WORD.search(text[max(0, m.span.start - 24) : m.span.start]) for m in self.entity.mentions)
        said = [word[1] for word in before if word] + [m.text.split()[0] for m in self.entity.mentions if m.text]
        return frozenset(found for word in (*said, *(h.title for h in self.offices)) if (found := calling(word)))

    @property
    def within(self) -> str | None:
        """The name of the place in which a place lies, as the document says."""
        return next((e.name for e in self.context.findings.entities if e.id == self.entity.within), None)
