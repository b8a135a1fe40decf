"""Steps 4 to 6 over all that a store keeps: people's judgements taken in, resolved, described, replaced."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from kg.collector import paused
from kg.config import ANSWERS
from kg.errors import StoreError, UsageError
from kg.judgements import Judgements, told_by
from kg.judgements.file import load
from kg.judgements.mend import unmatched
from kg.judgements.things import find
from kg.link.settled import matched
from kg.model import Facts, Problem, Reason, Verdict
from kg.push.memory import hide
from kg.rdf import Anchor, Description
from kg.rdf.iris import document_iri, inferred_graph
from kg.resolve import Before, Decisions, concluded, decided
from kg.resolve.judged import Decided
from kg.search import update
from kg.settle.kept import Kept
from kg.store import MEMORY, Store
from kg.store.notes import Notes
from kg.store.sketch import Sketch


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of it: how many document graphs changed, which judgements fit nothing, how many groups were decided."""

    changed: int
    problems: tuple[Problem, ...] = ()
    decided: int = 0


def settle(store: Store, gone: Iterable[str] = ()) -> Settled:
    """Decide anew what the store's documents say together, by its file of judgements, without those that are `gone`.

    Only names that share a group with those of a changed document are decided again, and only documents whose records
    changed or bear other keys are described again. Only what comes out otherwise than before is written, and all of it
    at once: graphs, what people may decide, what the next build needs to know, and the index. Raises DataError where
    the file of judgements breaks its format.
    """
    with paused(), store.whole():
        return _settled(store, tuple(gone))


def _settled(store: Store, gone: tuple[str, ...]) -> Settled:
    notes = store.notes()
    held = notes.held() if notes.in_step else store.held()
    if gone:
        notes.begin()
        store.remove(inferred_graph(store.base).value)
    for slug in gone:
        store.forget(slug)
    said = _said(store, notes, held)
    kept = said.kept
    now = kept.noted(said.facts, said.description)
    notes.begin()
    sketch = Sketch(said.description.identity(), notes.conclusions)
    changed = store.describe(said.description, kept.stale(now), said.facts.doubts, sketch)
    notes.write(now, said.decisions.now, sketch.digests)
    notes.end(store.step())
    update(store)
    return Settled(changed, (*kept.problems, *said.problems), said.decisions.anew)


def said(store: Store) -> tuple[Description, tuple[str, ...]]:
    """What the store's documents say together, decided from the beginning, and their slugs; nothing is written.

    Raises as `settle`.
    """
    found = _said(store, Notes(_Blank(), "", ""), store.held())
    return found.description, tuple(sorted(found.kept.sources))


class _Said(NamedTuple):
    """What the documents say together."""

    facts: Facts
    description: Description
    kept: Kept
    decisions: Decisions
    problems: list[Problem]


class _Blank:
    """Where nothing is noted."""

    def note(self, name: str, text: str) -> None:
        """Keep nothing."""

    def noted(self, name: str) -> str:
        """Nothing."""
        return ""


def _said(store: Store, notes: Notes, held: Mapping[Anchor, str]) -> _Said:
    judgements = load(store.judgements)
    kept = Kept(store, judgements, notes)
    things = (thing for pair in judgements.pairs for thing in (pair.one, pair.other))
    people = decided(judgements, kept.some(thing.document for thing in things))
    decisions = Decisions(notes.decided)
    facts = concluded(kept.briefs, store.text, Before(held, people, decisions))
    verdicts, problems = _verdicts(judgements, people, kept)
    rejected = (Verdict(document, None, reason) for document, reason in kept.rejected)
    links = matched(store, judgements, facts.identity_of, kept.find)
    facts = replace(facts, verdicts=(*verdicts, *rejected, *links))
    return _Said(facts, Description(facts, store.base, held, kept.findings), kept, decisions, problems)


def remove(store: Store, slugs: Iterable[str]) -> Settled:
    """Remove documents with all that only they told, and leave no trace of them in the store's folder.

    What they shared with others is decided anew; all else stays as it is. A removal that is stopped by a crash is
    ended by the next removal or build.
    """
    store.mark_removal(slugs)
    return end_removal(store)


def end_removal(store: Store) -> Settled:
    """Do what `remove` was asked for, if anything is left to do."""
    slugs = store.removal
    if not slugs:
        return Settled(0)
    _forget_answers(store)
    hide(store.place, {document_iri(store.base, slug).value for slug in slugs})
    with store.whole(anew=True):
        settled = settle(store, slugs)
    store.mark_removal(())
    return settled


def _forget_answers(store: Store) -> None:
    """Drop what endpoints answered: their answers may tell of somebody whom only a removed document named."""
    folder = Path(store.place) / ANSWERS
    if store.place != MEMORY and folder.exists():
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise StoreError(f"{folder}: cannot be removed ({error.strerror}); remove this folder by hand") from error


def named(store: Store, given: Iterable[str]) -> tuple[str, ...]:
    """The slugs of documents that are named by slug, file name or IRI, each once.

    Raises UsageError for a document that the store lacks, and for a file name that several bear.
    """
    there = store.documents()
    found: dict[str, None] = {}
    for text in given:
        exact = [each.slug for each in there if text in (each.slug, each.iri)]
        fitting = exact or [each.slug for each in there if text == each.name]
        if not fitting:
            raise UsageError(f"{text!r} is no document of {store.place}; `kg query documents` lists them")
        if len(fitting) > 1:
            raise UsageError(f"{text!r} may be any of {', '.join(fitting)}; give the whole path")
        found[fitting[0]] = None
    return tuple(found)


def _verdicts(judgements: Judgements, people: Decided, kept: Kept) -> tuple[list[Verdict], list[Problem]]:
    """The words that part, link or refuse a link, as verdicts; and what fits nothing."""
    lost = set(people.unmatched)
    problems = [
        unmatched(pair, thing.words, thing.document)
        for pair in judgements.in_force()
        for thing in (pair.one, pair.other)
        if thing in lost
    ]
    verdicts = list(_parted(judgements, kept))
    for link in judgements.links_in_force():
        local = find(link.thing, kept.find(link.thing.document))
        if local is None:
            problems.append(unmatched(link, link.thing.words, link.thing.document))
            continue
        words = f"{told_by(link)}: {'the same as' if link.same else 'not'} {link.iri}"
        reason = Reason("judgement", 100.0 if link.same else -100.0, words)
        verdicts.append(Verdict(*local, reason, link.iri if link.same else None))
    return verdicts, problems


def _parted(judgements: Judgements, kept: Kept) -> Iterator[Verdict]:
    for pair in judgements.in_force():
        found = [find(thing, kept.find(thing.document)) for thing in (pair.one, pair.other)]
        for local, other in zip(found, (pair.other, pair.one), strict=True):
            if not pair.same and local and all(found):
                words = f"{told_by(pair)}: not “{other.words}” in {other.document}"
                yield Verdict(*local, Reason("judgement", -100.0, words))
