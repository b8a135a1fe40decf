"""What the last build noted, so that the next need not read, decide and describe everything again.

Of each document its brief, from which findings it was made, and the keys of its records in the graph; of each group of
names what was decided; of each subject of the graph of conclusions a digest of what is told of it. All of it follows
from the findings and the graph, and is made anew where it is missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple, Protocol

from kg.rdf import Anchor, Keys
from kg.resolve.brief import Brief, packed, unpacked

_BUCKETS = 64
_DECIDED, _CONCLUSIONS, _STEP = "decided", "conclusions", "step"
_SEPARATOR = "\t"


class Place(Protocol):
    """Where notes are kept, as texts by their names."""

    def note(self, name: str, text: str) -> None:
        """Keep a text, "" to forget it."""

    def noted(self, name: str) -> str:
        """The text of that name, "" where there is none."""


class Note(NamedTuple):
    """What is noted of one document.

    `source` tells from which findings the brief was made, `meetings` are the keys of the occasions of its meetings.
    """

    source: str
    keys: Keys
    meetings: tuple[str, ...]
    brief: Brief


class Notes:
    """The notes of a store, as the last build left them.

    `in_step` tells whether the graph is as it was then; where not, the keys say nothing of it.
    """

    def __init__(self, place: Place, engine: str, revision: str) -> None:
        """Read them; those of another engine are as good as none."""
        self._place = place
        step = place.noted(_STEP).split(_SEPARATOR)
        known = step[0] == engine
        self.in_step = known and step[1:] == [revision]
        self.decided = dict(_pairs(place.noted(_DECIDED))) if known else {}
        self.conclusions = dict(_pairs(place.noted(_CONCLUSIONS))) if self.in_step else None
        self._lines = {number: place.noted(_bucket(number)) if known else "" for number in range(_BUCKETS)}
        self._told: dict[str, str] = {}
        self.documents = dict(self._documents())

    def _documents(self) -> Iterator[tuple[str, Note]]:
        for lines in self._lines.values():
            for line in lines.split("\n")[:-1]:
                head, _, packed_ = line.partition(_SEPARATOR)
                slug, source, names, accounts, meetings = json.loads(head)
                self._told[slug] = f"{line}\n"
                yield slug, Note(source, Keys(tuple(names), tuple(accounts)), tuple(meetings), unpacked(packed_))

    def held(self) -> Mapping[Anchor, str]:
        """The keys in use, by what they stand for; of two accounts of one sort that begin together, none."""
        found: dict[Anchor, str] = {}
        for slug, note in self.documents.items():
            for name, path in zip(note.brief.names, note.keys.names, strict=True):
                folder, _, key = path.partition("/")
                found.update((Anchor(folder, slug, start), key) for start in name.starts)
            told: dict[Anchor, set[str]] = {}
            for wish, key in zip(note.brief.wishes, note.keys.accounts, strict=True):
                told.setdefault(Anchor(wish.folder, slug, wish.start), set()).add(key)
            for meeting, key in zip(note.brief.meetings, note.meetings, strict=True):
                told.setdefault(Anchor("occasion", slug, meeting.start), set()).add(key)
            found.update((anchor, next(iter(keys))) for anchor, keys in told.items() if len(keys) == 1)
        return found

    def begin(self) -> None:
        """The graph is about to change: until `end`, nothing that is noted of it counts."""
        self._place.note(_STEP, "")

    def write(self, documents: Mapping[str, Note], decided: Mapping[str, str], conclusions: Mapping[str, str]) -> None:
        """Note all that holds now, but for `end`."""
        lines: dict[int, list[str]] = {number: [] for number in range(_BUCKETS)}
        for slug in sorted(documents):
            note = documents[slug]
            same = self.documents.get(slug) == note
            lines[_number(slug)].append(self._told[slug] if same else _line(slug, note))
        for number, some in lines.items():
            # also where another engine's notes were not read: a removed document must not stay in them
            self._place.note(_bucket(number), "".join(some))
        for name, pairs in ((_DECIDED, decided), (_CONCLUSIONS, conclusions)):
            self._place.note(name, "".join(f"{key}{_SEPARATOR}{pairs[key]}\n" for key in sorted(pairs)))

    def end(self, step: Iterable[str]) -> None:
        """All that is noted counts from now on: it is of this engine and this revision of the graph."""
        self._place.note(_STEP, _SEPARATOR.join(step))


def _number(slug: str) -> int:
    return int(sha256(slug.encode()).hexdigest()[:8], 16) % _BUCKETS


def _bucket(number: int) -> str:
    return f"documents-{number:02}"


def _line(slug: str, note: Note) -> str:
    head = json.dumps([slug, note.source, *note.keys, note.meetings], ensure_ascii=False, separators=(",", ":"))
    return f"{head}{_SEPARATOR}{packed(note.brief)}\n"


def _pairs(lines: str) -> Iterator[tuple[str, str]]:
    for line in lines.split("\n")[:-1]:
        name, _, told = line.partition(_SEPARATOR)
        yield name, told
