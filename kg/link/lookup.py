"""Looks the entities of a store up, batch by batch, and weighs what is found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import pyoxigraph as ox

from kg.errors import EndpointError, UsageError
from kg.link.cache import Asker, Row
from kg.link.entities import Entity, entities
from kg.link.file import Candidate, Linked
from kg.link.profile import KINDS, Profile
from kg.link.reasons import Office, Theirs, weigh
from kg.rdf.account import reason_text
from kg.store import Store

_LISTED = 5
_AHEAD = 0.2
_WORTH = 0.3
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Wish:
    """Which entities to look up: kinds (all that the profile knows where empty), at most `limit`.

    `least` is the score from which the best candidate, if clearly ahead, is a match; `seconds` are for all queries;
    `fresh` asks again what is known.
    """

    kinds: tuple[str, ...] = ()
    limit: int | None = None
    least: float = 0.8
    seconds: float = 300.0
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it: how many were looked up, their links, queries asked and known; `cut` says why it broke off."""

    looked_up: int
    links: tuple[Linked, ...]
    asked: int
    known: int
    cut: str = ""

    @property
    def matches(self) -> int:
        """How many entities were matched."""
        return sum(any(each.match for each in link.candidates) for link in self.links)


def link(store: Store, address: str, profile: Profile, wish: Wish, progress: Progress | None = None) -> Found:
    """The candidates for a store's entities at an endpoint, found by name and weighed by reasons.

    Where the endpoint fails midway, what was found before is kept and `cut` tells of it; where it fails at once,
    EndpointError is raised. Raises UsageError for a kind that the profile does not know.
    """
    kinds = wish.kinds or tuple(kind for kind in KINDS if kind in profile.types)
    if bad := next((kind for kind in kinds if kind not in profile.types), None):
        raise UsageError(f"link: {bad!r} is no type of the profile; it knows {', '.join(profile.types)}")
    wanted = entities(store, kinds)[: wish.limit]
    asker = Asker(address, store, wish.seconds, profile.pause, wish.fresh)
    links: list[Linked] = []
    done, cut = 0, ""
    try:
        for batch in _batches(wanted, profile.batch):
            links.extend(_looked_up(batch, address, profile, wish.least, asker))
            done += len(batch)
            if progress:
                progress(done, len(wanted))
    except EndpointError as error:
        if not done:
            raise
        cut = str(error)
    return Found(done, tuple(links), asker.asked, asker.known, cut)


def _batches(wanted: Sequence[Entity], size: int) -> Iterator[list[Entity]]:
    for kind in dict.fromkeys(entity.ours.kind for entity in wanted):
        some = iter([entity for entity in wanted if entity.ours.kind == kind])
        while batch := list(islice(some, size)):
            yield batch


def _looked_up(batch: Sequence[Entity], address: str, profile: Profile, least: float, asker: Asker) -> Iterator[Linked]:
    by_name = _named(batch, profile, asker)
    items = {iri for found in by_name.values() for iri in found}
    known = _told(sorted(items), profile, asker) if items else {}
    for entity in batch:
        names: dict[str, set[str]] = defaultdict(set)
        for name in _names(entity):
            for iri in by_name.get(name, ()):
                names[iri].add(name)
        weighed = []
        for iri, found in names.items():
            rivals = {other for name in found for other in by_name[name]} - {iri}
            theirs = known[iri]
            theirs.names, theirs.rivals = found, len(rivals)
            weighed.append((*weigh(entity.ours, theirs), theirs))
        weighed.sort(key=lambda each: (-each[0], each[2].iri))
        yield Linked(entity.thing, address, tuple(_candidates(weighed, least)))


def _candidates(weighed: Sequence[tuple[float, tuple[object, ...], Theirs]], least: float) -> Iterator[Candidate]:
    """The best few; the first is a match where it reaches what is asked and leaves the second behind."""
    for number, (score, reasons, theirs) in enumerate(weighed[:_LISTED]):
        if score < _WORTH and number:
            return
        ahead = len(weighed) < 2 or score - weighed[1][0] >= _AHEAD
        match = number == 0 and score >= least and ahead
        told = tuple(reason_text(reason) for reason in reasons)  # type: ignore[arg-type]
        yield Candidate(theirs.iri, theirs.label, theirs.description, score, match, told)


def _names(entity: Entity) -> list[str]:
    """The names worth asking for: whole names of people, no single letters of anything."""
    ours = entity.ours
    found = {ours.label} | {name for name in ours.names if len(name.split()) > 1 or ours.kind != "person"}
    return sorted(name for name in found if len(name) > 2)


def _named(batch: Iterable[Entity], profile: Profile, asker: Asker) -> dict[str, set[str]]:
    """The things there that bear each of the names."""
    names = sorted({name for entity in batch for name in _names(entity)})
    kind = next(iter(batch)).ours.kind
    found: dict[str, set[str]] = defaultdict(set)
    for start in range(0, len(names), profile.batch):
        values = " ".join(
            str(ox.Literal(name, language=language) if language else ox.Literal(name))
            for name in names[start : start + profile.batch]
            for language in profile.languages
        )
        paths = "|".join(profile.names)
        query = (
            f"{profile.prefixes}SELECT DISTINCT ?item ?name WHERE {{\n  VALUES ?name {{ {values} }}\n"
            f"  ?item {paths} ?name .\n  {profile.types[kind]}\n}}"
        )
        for row in asker.rows(query):
            if isinstance(row["item"], ox.NamedNode) and isinstance(row["name"], ox.Literal):
                found[row["name"].value].add(row["item"].value)
    return found


def _told(items: Sequence[str], profile: Profile, asker: Asker) -> dict[str, Theirs]:
    """What the endpoint tells of each thing."""
    found = {iri: Theirs(iri) for iri in items}
    for start in range(0, len(items), profile.batch):
        values = " ".join(f"<{iri}>" for iri in items[start : start + profile.batch])
        head = f"{profile.prefixes}SELECT * WHERE {{\n  VALUES ?item {{ {values} }}\n"
        parts = [f"OPTIONAL {{ ?item {profile.label} ?label{_filter(profile, 'label')} }}"]
        for name, path in (("description", profile.description), ("born", profile.born), ("died", profile.died)):
            if path:
                tagged = _filter(profile, name) if name == "description" else ""
                parts.append(f"OPTIONAL {{ ?item {path} ?{name}{tagged} }}")
        for row in asker.rows(head + "  " + "\n  ".join(parts) + "\n}"):
            _take(found[_text(row, "item")], row)
        if profile.offices:
            for row in asker.rows(f"{head}  {profile.offices}\n}}"):
                office = Office(_text(row, "office"), _text(row, "of") or None, _day(row, "start"), _day(row, "end"))
                found[_text(row, "item")].offices.add(office)
    return found


def _take(theirs: Theirs, row: Row) -> None:
    """The least of several labels, so that the order of rows does not matter."""
    for name in ("label", "description"):
        if told := _text(row, name):
            setattr(theirs, name, min(told, getattr(theirs, name) or told))
    theirs.born = theirs.born or _day(row, "born")
    theirs.died = theirs.died or _day(row, "died")


def _filter(profile: Profile, name: str) -> str:
    tags = ", ".join(f'"{language}"' for language in profile.languages)
    return f" FILTER(LANG(?{name}) IN ({tags}))"


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return value.value if isinstance(value, ox.NamedNode | ox.Literal) else ""


def _day(row: Row, name: str) -> date | None:
    """A day from an xsd:date or xsd:dateTime; None for anything else, such as a year before Christ."""
    try:
        return date.fromisoformat(_text(row, name)[:10])
    except ValueError:
        return None
