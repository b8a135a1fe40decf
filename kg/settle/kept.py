"""The documents of a store as people mended them, read only where the notes of the last build do not do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from hashlib import sha256

from kg.judgements import Correction, Judgements, Rejection
from kg.judgements.mend import Mender
from kg.model import Facts, Findings, Local, Problem, Reason
from kg.rdf import Description
from kg.resolve import Brief, brief
from kg.store import Store
from kg.store.notes import Note, Notes

_SOME = 64


class Kept:
    """What a store keeps of each document: its brief, and its findings on demand.

    `problems` and `rejected` are what the judgements on facts came to.
    """

    def __init__(self, store: Store, judgements: Judgements, notes: Notes) -> None:
        self._store, self._notes = store, notes
        self.sources = dict(store.sources())
        self._mended = dict(self._mend(judgements))
        self.findings = lru_cache(maxsize=_SOME)(self._findings)
        self.briefs: tuple[Brief, ...] = tuple(self._brief(slug) for slug in sorted(self.sources))

    def _mend(self, judgements: Judgements) -> Iterator[tuple[str, Findings]]:
        """The documents that judgements on facts speak of, mended; their sources tell of these."""
        mender = Mender(judgements)
        words: dict[str, list[str]] = {}
        facts: list[Rejection | Correction] = [*judgements.corrections, *judgements.rejections]
        for word in facts:
            words.setdefault(word.fact.document, []).append(repr(word))
        for slug in sorted(words.keys() & self.sources.keys()):
            self.sources[slug] += sha256("\n".join(words[slug]).encode()).hexdigest()[:16]
            yield slug, mender.mend(self._store.findings_of(slug))
        mender.finish()
        self.problems: tuple[Problem, ...] = tuple(mender.problems)
        self.rejected: tuple[tuple[str, Reason], ...] = tuple(mender.rejected)

    def _findings(self, slug: str) -> Findings:
        return self._mended.get(slug) or self._store.findings_of(slug)

    def find(self, slug: str) -> Findings | None:
        """The findings of a document, None where the store has none."""
        return self.findings(slug) if slug in self.sources else None

    def some(self, slugs: Iterable[str]) -> list[Findings]:
        """The findings of those documents that are there."""
        return [found for slug in sorted(set(slugs)) if (found := self.find(slug))]

    def _brief(self, slug: str) -> Brief:
        note = self._notes.documents.get(slug)
        return note.brief if note and note.source == self.sources[slug] else brief(self.findings(slug))

    def noted(self, facts: Facts, description: Description) -> Mapping[str, Note]:
        """What the next build is to know."""
        occasions = {local: each.key for each in facts.occasions for local in each.accounts}
        return {
            one.slug: Note(
                self.sources[one.slug],
                description.keys(one.slug, (name.id for name in one.names)),
                tuple(occasions[Local(one.slug, meeting.id)] for meeting in one.meetings),
                one,
            )
            for one in self.briefs
        }

    def stale(self, now: Mapping[str, Note]) -> Iterator[str]:
        """The documents whose graphs may differ from what stands in the store."""
        for slug, note in now.items():
            before = self._notes.documents.get(slug) if self._notes.in_step else None
            if before is None or (before.source, before.keys) != (note.source, note.keys):
                yield slug
