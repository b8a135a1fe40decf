"""What of a store goes into an export, and what is added to it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export import FORMATS
from kg.export.aligned import aligned
from kg.export.description import Said, checked_licence, describe
from kg.export.reified import reified
from kg.rdf.namespaces import term
from kg.store import MEMORY, Store

PARTS = ("passages", "reasons")
"""What can be left out: the words and offsets of passages (their IRIs stay, with the offsets in them); reasons."""
TRIPLE_TERMS = ("turtle", "ntriples", "nquads", "trig")
"""The formats that can hold triple terms (RDF 1.2)."""
_WORDS = frozenset(
    map(
        term,
        (
            *("wm:exact", "wm:text", "wm:when", "wm:cue", "wm:description", "wm:unnamedParticipant", "wm:reason"),
            "dcterms:title",
        ),
    )
)
_LABELS = frozenset(map(term, ("rdfs:label", "skos:altLabel", "skos:prefLabel")))
_NAMED = ("person", "party", "organisation", "place", "office", "tenure", "role", "form", "medium")
"""The folders of what is called by a name or a title; labels of all else are made of words."""
_PASSAGE = re.compile(r"#char=\d+,\d+$")
_REASON = term("wm:reason")


@dataclass(frozen=True, slots=True)
class Choice:
    """What an export holds.

    `without` names parts to leave out; `aligned` adds the terms of other vocabularies, `inferred` what `kg reason`
    made, `reified` triple terms (RDF 1.2), `describe` a description of the dataset with `licence` (an IRI) and, if
    `stamp` is given, the time.
    """

    without: Collection[str] = ()
    aligned: bool = False
    inferred: bool = False
    reified: bool = False
    describe: bool = False
    licence: str | None = None
    stamp: datetime | None = None
    redact: bool = False
    """No words of the sources: see `of_words`."""

    def check(self, form: str) -> None:
        """Raise UsageError for an unknown part, a malformed licence, or what the format cannot hold."""
        if unknown := sorted(set(self.without) - set(PARTS)):
            raise UsageError(f"without {', '.join(unknown)}: no such part; the parts are {', '.join(PARTS)}")
        if self.licence:
            checked_licence(self.licence)
        if self.reified and form not in TRIPLE_TERMS:
            raise UsageError(f"format {form!r} has no triple terms; those that have are {', '.join(TRIPLE_TERMS)}")
        if form not in FORMATS and replace(self, redact=False) != Choice():
            raise UsageError(
                f"format {form!r} is no RDF; parts, alignments and descriptions are for {', '.join(FORMATS)}"
            )

    def quads(self, store: Store) -> Iterator[ox.Quad]:
        """The quads of that choice, in no order."""
        yield from self._data(store)
        if self.describe:
            yield from describe(self._data(store), Said(store.base, self.licence, self.stamp))

    def _data(self, store: Store) -> Iterable[ox.Quad]:
        quads: Iterable[ox.Quad] = store.quads(inferred=self.inferred)
        if self.reified:
            quads = _both(quads, reified(store))
        if "passages" in self.without:
            quads = (quad for quad in quads if not _of_passage(quad))
        if "reasons" in self.without:
            quads = (quad for quad in quads if quad.predicate != _REASON)
        if self.redact:
            quads = (quad for quad in quads if not of_words(quad, store.base))
        return aligned(quads) if self.aligned else quads

    def source(self, store: Store) -> Store:
        """The store that a format which is no RDF is made of: a copy in memory where words are left out."""
        if not self.redact:
            return store
        copy = Store.open(MEMORY, store.base)
        with copy.changing() as graph:
            graph.bulk_extend(self._data(store))
        return copy


def of_words(quad: ox.Quad, base: str) -> bool:
    """Whether a quad holds words of a source: a passage, what was said, a date as written, a title, a reason that
    quotes, or a label that is made of such words.

    Names of people, bodies and places, titles of offices, days, numbers, IRIs and offsets are none.
    """
    if quad.predicate in _WORDS:
        return True
    if quad.predicate not in _LABELS or not isinstance(quad.subject, ox.NamedNode):
        return False
    folder = quad.subject.value.removeprefix(base).partition("/")[0]
    return folder not in _NAMED or "#" in quad.subject.value


def _both(one: Iterable[ox.Quad], other: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    yield from one
    yield from other


def _of_passage(quad: ox.Quad) -> bool:
    return isinstance(quad.subject, ox.NamedNode) and _PASSAGE.search(quad.subject.value) is not None
