"""The file of candidates: YAML beside the store, for people to read; strictly read again.

An entity is named by a mention of it, as in the file of judgements, so that it outlives a rebuild.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from kg.data import check_keys, read_yaml
from kg.errors import DataError
from kg.judgements import Thing
from kg.link.profile import KINDS
from kg.store import MEMORY, Store

ENDING = "-links.yaml"
_HEAD = """\
# What `kg link` found elsewhere. A candidate with `match: true` stands in the graph as skos:exactMatch.
# To decide: kg link accept NAME IRI (owl:sameAs from then on), kg link reject NAME IRI.

"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing elsewhere that an entity may be; `match` where that is sure enough to be written."""

    iri: str
    label: str
    description: str
    score: float
    match: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """An entity with its candidates, the best first, and the endpoint that was asked."""

    thing: Thing
    endpoint: str
    candidates: tuple[Candidate, ...]


def beside(store: Store) -> Path | None:
    """Where a store's candidates stand: `kg-links.yaml` beside `.kg`; None for a store in memory.

    A backup has them inside.
    """
    if store.place == MEMORY:
        return None
    place = Path(store.place)
    inside = place / f"kg{ENDING}"
    return inside if inside.is_file() else place.with_name(f"{place.resolve().name.lstrip('.') or 'kg'}{ENDING}")


def read(path: Path | None) -> tuple[Linked, ...]:
    """The candidates of a file, none where there is none. Raises DataError where it breaks the format."""
    if path is None or not path.exists():
        return ()
    entries = read_yaml(path, "mend it or remove it") or []
    if not isinstance(entries, list):
        raise DataError(f"{path}: a list of entries is wanted; mend it or remove it")
    return tuple(_linked(f"{path}, entry {number}", entry) for number, entry in enumerate(entries, 1))


def _linked(where: str, entry: Any) -> Linked:
    if not isinstance(entry, dict):
        raise DataError(f"{where}: a mapping is wanted; mend it")
    check_keys(where, entry, (*KINDS, "document", "at", "endpoint", "candidates"), ("document", "endpoint"))
    kind = next((kind for kind in KINDS if kind in entry), None)
    at, listed = entry.get("at"), entry.get("candidates", [])
    if kind is None or not isinstance(listed, list) or not isinstance(at, int | None):
        raise DataError(f"{where}: one of {', '.join(KINDS)} is wanted, with 'at' as a number and a list of candidates")
    thing = Thing(kind, str(entry["document"]), str(entry[kind]), at)  # type: ignore[arg-type]
    return Linked(thing, str(entry["endpoint"]), tuple(_candidate(where, each) for each in listed))


def _candidate(where: str, read: Any) -> Candidate:
    if not isinstance(read, dict):
        raise DataError(f"{where}: a candidate is a mapping; mend it")
    check_keys(where, read, ("to", "label", "description", "score", "match", "reasons"), ("to", "score", "match"))
    sound = isinstance(read["score"], int | float) and isinstance(read["match"], bool)
    if not sound or "://" not in str(read["to"]) or any(each in str(read["to"]) for each in ' <>"{}|^`\\'):
        raise DataError(f"{where}: 'to' must be an IRI, 'score' a number, 'match' true or false")
    reasons = tuple(map(str, read.get("reasons", [])))
    label, description = str(read.get("label", "")), str(read.get("description", ""))
    return Candidate(str(read["to"]), label, description, float(read["score"]), read["match"], reasons)


def write(path: Path, links: Iterable[Linked]) -> None:
    """Put the links into the file: those of an entity and endpoint in place of the ones there, the rest stays.

    Raises DataError where the file cannot be written.
    """
    known = {(each.thing, each.endpoint): each for each in read(path)}
    known.update({(each.thing, each.endpoint): each for each in links})
    entries = [_packed(known[key]) for key in sorted(known, key=lambda key: (key[0].words, key[0], key[1]))]
    text = _HEAD + yaml.dump(entries, sort_keys=False, allow_unicode=True, width=120, Dumper=yaml.SafeDumper)
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, "utf-8")
        os.replace(part, path)
    except OSError as error:
        raise DataError(f"{path}: cannot be written ({error.strerror}); make room or mend its rights") from error


def _packed(link: Linked) -> dict[str, Any]:
    thing = link.thing
    shown: dict[str, Any] = {thing.folder: thing.words, "document": thing.document}
    if thing.start is not None:
        shown["at"] = thing.start
    listed = [
        {"to": c.iri, "label": c.label, "description": c.description, "score": c.score, "match": c.match,
         "reasons": list(c.reasons)}
        for c in link.candidates
    ]  # fmt: skip
    return shown | {"endpoint": link.endpoint, "candidates": listed}
