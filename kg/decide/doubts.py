"""The pairs that the rules decided only just, as people see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from kg.judgements.things import records, thing
from kg.model import Doubt, Entity, Findings, Local, Meeting, Span
from kg.rdf.account import reason_text
from kg.rdf.labels import of_meeting, shortened
from kg.resolve.keys import short_hash
from kg.store import Store

_AROUND = 70
_LONGEST = 180


@dataclass(frozen=True, slots=True)
class Side:
    """One of a pair: what it is called, the document that tells it, and the words there."""

    local: Local
    label: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A pair that a person may decide: by what `key` it is named, what came of it, and why.

    `kind` is that of the records ("person", "meeting"), `weight` the sum of the reasons, `joined` what came of it.
    """

    key: str
    kind: str
    one: Side
    other: Side
    joined: bool
    weight: float
    reasons: tuple[str, ...]


def doubts(store: Store, most: int | None = None) -> Iterator[Doubtful]:
    """The pairs as of the last build or judgement, the most doubtful first, `most` of them."""
    for doubt in islice(store.doubts(), most):
        one, other = (_side(local, store.findings_of(local.document)) for local in (doubt.one, doubt.other))
        kind = thing(doubt.one, store.findings_of(doubt.one.document)).folder
        reasons = tuple(map(reason_text, doubt.reasons))
        yield Doubtful(_key(doubt), kind, one, other, doubt.joined, doubt.weight, reasons)


def row(key: str, store: Store) -> Doubt | None:
    """The pair of that key, None where there is none."""
    return next((doubt for doubt in store.doubts() if _key(doubt) == key), None)


def _key(doubt: Doubt) -> str:
    return short_hash("\n".join(f"{local.document}#{local.id}" for local in (doubt.one, doubt.other)))


def _side(local: Local, one: Findings) -> Side:
    record, text = records(one)[local.id], one.document.text
    if isinstance(record, Meeting):
        names = {entity.id: entity.name for entity in one.entities}
        words = text[slice(*min(record.evidence, default=Span(0, 0)))]
        return Side(local, of_meeting(record, names), shortened(words, _LONGEST))
    assert isinstance(record, Entity)
    return Side(local, record.name, _around(text, (mention.span for mention in record.mentions)))


def _around(text: str, spans: Iterable[Span]) -> str:
    """The words around the first mention, on its line."""
    start, end = min(spans, default=Span(0, 0))
    first = max(text.rfind("\n", 0, start) + 1, start - _AROUND)
    after = text.find("\n", end)
    last = min(after if after >= 0 else len(text), end + _AROUND)
    before = text[first:start].partition(" ")[2] if first and text[first - 1 : first] != "\n" else text[first:start]
    behind = text[end:last].rpartition(" ")[0] if last < len(text) and text[last] != "\n" else text[end:last]
    return " ".join(f"{before}{text[start:end]}{behind}".split())
