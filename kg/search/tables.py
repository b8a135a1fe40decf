"""Makes the index from the graph: one scan of each property that pages look up."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

import pyoxigraph as ox

from kg.rdf.iris import inferred_graph
from kg.rdf.namespaces import term
from kg.search.names import folded
from kg.search.schema import CONCEPTS, INDEXES, KINDS, SCHEMA, STEP, WORDS, WORDY
from kg.sidecar import FORMAT
from kg.store import Store

_SPANS = (("wm:mentionedIn", "name"), ("wm:describedIn", "name"), ("wm:segment", "words"), ("wm:evidence", "evidence"))
PASSAGE = re.compile(r"(.+)#char=(\d{1,12}),(\d{1,12})")
_HELD_FIRST = ("Held", "Planned", "Proposed", "Cancelled", "Denied")


class Maker:
    """Reads one store and fills one empty database."""

    def __init__(self, store: Store, database: sqlite3.Connection) -> None:
        self._store, self._database = store, database
        self._ids: dict[str, int] = {}
        self._kinds = self._of_kinds()
        labelled = self._kinds.keys() | {self._short(row[0].value) for row in self._rows("?s a wm:Meeting")}
        # not by one join: a node of a thousand documents has its kind and its label from each
        self._labelled = sorted({pair for pair in self._pairs("rdfs:label") if pair[0] in labelled})
        self._labels = dict(self._pairs("skos:prefLabel")) | dict(self._labelled)
        self._days = self._bounds()
        self._occasions: dict[str, str] = {}
        self._ordering: dict[str, str] = {}

    def make(self, revision: str) -> None:
        """Fill the database."""
        self._database.executescript(SCHEMA)
        kinds = self._kinds
        self._ids = {path: number * STEP for number, path in enumerate(sorted(kinds), 1)}
        self._occasions = {account: occasion for occasion, account in self._pairs("wm:account")}
        spans = sorted(set(self._spans(kinds)))
        self._ordering = self._fact_days(kinds, spans)
        self._many("span", spans)
        self._many("part", sorted(set(self._parts(kinds, spans))))
        self._nodes(kinds, spans)
        self._names(kinds)
        self._words(kinds)
        self._many("period", self._periods())
        self._database.executescript(INDEXES)
        self._database.execute("INSERT INTO state VALUES (?, ?)", (FORMAT, revision))
        self._database.commit()

    def _many(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        rows = list(rows)
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)

    def _pairs(self, name: str) -> Iterator[tuple[str, str]]:
        """Subject and value of every triple with a property; IRIs below the base without the base."""
        return self._found(f"?s {name} ?o")

    def _found(self, pattern: str) -> Iterator[tuple[str, str]]:
        """The same for the ?s and ?o of a pattern."""
        base = self._store.base
        for subject, value in self._rows(pattern):
            path, told = subject.value, value.value
            if path.startswith(base):
                own = isinstance(value, ox.NamedNode)
                yield path.removeprefix(base), told.removeprefix(base) if own else told

    def _rows(self, pattern: str) -> ox.QuerySolutions:
        """The ?s and ?o of a pattern, without what was inferred. (A query is twice as fast as a look-up of quads.)"""
        inferred = inferred_graph(self._store.base)
        if next(self._store.oxigraph.quads_for_pattern(None, None, None, inferred), None) is not None:
            pattern = f"GRAPH ?g {{ {pattern} }} FILTER(?g != {inferred})"
        answer = self._store.query(f"SELECT ?s ?o {{ {pattern} }}")
        assert isinstance(answer, ox.QuerySolutions)
        return answer

    def _short(self, iri: str) -> str:
        return iri.removeprefix(self._store.base)

    def _of_kinds(self) -> dict[str, str]:
        found = {
            self._short(row[0].value): kind
            for name, kind in KINDS.items()
            for row in self._rows(f"?s a wm:{name}")
            if row[0].value.startswith(self._store.base)
        }
        for row in self._rows("?s a skos:Concept"):
            path = self._short(row[0].value)
            if path.partition("/")[0] in CONCEPTS:
                found[path] = path.partition("/")[0]
        return found

    def _bounds(self) -> dict[str, str]:
        """The last day on which something can have been, else the first: what lists are ordered by."""
        return dict(self._pairs("wm:earliest")) | dict(self._pairs("wm:latest"))

    def _periods(self) -> Iterator[tuple[str, str | None, str | None]]:
        """What has a bound, with the first of its first days and the last of its last."""
        first = dict(sorted(self._pairs("wm:earliest"), reverse=True))
        last = dict(sorted(self._pairs("wm:latest")))
        for path in sorted(first.keys() | last.keys()):
            yield path, first.get(path), last.get(path)

    def _spans(self, kinds: dict[str, str]) -> Iterator[tuple[int, int, int, str, int]]:
        for name, what in _SPANS:
            for path, passage in self._pairs(name):
                found = PASSAGE.fullmatch(passage)
                node = self._ids.get(self._occasions.get(path, path))
                document = self._ids.get(found[1]) if found else None
                if found and node and document:
                    yield document, int(found[2]), int(found[3]), what, node

    def _parts(
        self, kinds: dict[str, str], spans: Iterable[tuple[int, int, int, str, int]]
    ) -> Iterator[tuple[int, str, int, str | None]]:
        """What each node is part of; a meeting stands for its occasion."""
        paths = {number: path for path, number in self._ids.items()}
        days = self._ordering

        def part(node: str, relation: str, fact: str) -> Iterator[tuple[int, str, int, str | None]]:
            fact, node = self._occasions.get(fact, fact), self._occasions.get(node, node)
            if node in self._ids and fact in self._ids and node != fact:
                yield self._ids[node], relation, self._ids[fact], days.get(fact)

        for name, relation in (
            *(("wm:participant", "meeting"), ("wm:invitedBy", "meeting")),
            *(("wm:speaker", "said"), ("wm:addressee", "heard"), ("wm:mentions", "named")),
            *(("wm:concerns", "about"), ("wm:madeAt", "about")),
            *(("org:member", "holds"), ("org:organization", "offices"), ("wm:jurisdiction", "offices")),
            *(
                *(("org:role", "role"), ("wm:form", "form"), ("wm:medium", "medium")),
                *(("wm:likely", "likely"), ("wm:affiliation", "sources")),
            ),
        ):
            for fact, node in self._pairs(name):
                pair = (fact, node) if name == "wm:likely" else (node, fact)
                yield from part(pair[0], relation, pair[1])
        for office, tenure in self._pairs("wm:tenure"):
            yield from part(office, "tenure", tenure)
            yield from part(tenure, "office", office)
        within: dict[str, set[str]] = defaultdict(set)
        for place, around in self._pairs("wm:within"):
            within[place].add(around)
        for meeting, place in self._pairs("wm:place"):
            for each in _around(place, within):
                yield from part(each, "at", meeting)
        for document, _, _, what, shown in spans:
            if what == "evidence":
                yield from part(paths[document], kinds[paths[shown]], paths[shown])

    def _fact_days(self, kinds: dict[str, str], spans: Iterable[tuple[int, int, int, str, int]]) -> dict[str, str]:
        """The day by which each fact is ordered; one without takes its document's, behind which it cannot lie."""
        paths = {number: path for path, number in self._ids.items()}
        found: dict[str, str] = {}
        for account, day in self._days.items():
            fact = self._occasions.get(account, account)
            found[fact] = max(day, found.get(fact, ""))
        for document, _, _, what, node in spans:
            behind, path = self._days.get(paths[document]), paths[node]
            if what == "evidence" and behind and path not in found and kinds[path] in ("statement", "tenure"):
                found[path] = behind
        return found

    def _nodes(self, kinds: dict[str, str], spans: Iterable[tuple[int, int, int, str, int]]) -> None:
        statuses: dict[str, set[str]] = defaultdict(set)
        for path, status in self._pairs("wm:status"):
            statuses[self._occasions.get(path, path)].add(status.rpartition("#")[2])
        labels = dict(self._labels)
        for account in sorted(self._occasions, reverse=True):
            labels[self._occasions[account]] = self._labels.get(account, "")
        mentions: Counter[int] = Counter()
        documents: dict[int, set[int]] = defaultdict(set)
        for document, _, _, what, node in spans:
            mentions[node] += what == "name"
            documents[node].add(document)
        days, details = self._ordering, self._details(kinds)
        self._many(
            "node",
            (
                (
                    *(number, path, kinds[path], labels.get(path, path), folded(labels.get(path, path))),
                    days.get(path),
                    ",".join(sorted(statuses.get(path, ()), key=_rank)),
                    details.get(path),
                    mentions[number],
                    len(documents.get(number, ())),
                )
                for path, number in self._ids.items()
            ),
        )

    def _details(self, kinds: dict[str, str]) -> dict[str, str]:
        """A person's most often told current office, in words; a document's publisher and date."""
        roles = dict(self._pairs("skos:prefLabel"))
        role = {tenure: roles.get(value, "") for tenure, value in self._pairs("org:role")}
        body = dict(self._pairs("org:organization")) | dict(self._pairs("wm:jurisdiction"))
        current = {path for path, status in self._pairs("wm:status") if status.endswith("#Current")}
        told: dict[str, Counter[str]] = defaultdict(Counter)
        for tenure, person in sorted(self._pairs("org:member")):
            if tenure in current and role.get(tenure):
                of = self._labels.get(body.get(tenure, ""), "")
                told[person][role[tenure] + (f" of {of}" if of else "")] += 1
        found = {person: _most(counted) for person, counted in told.items()}
        publishers, issued = dict(self._pairs("dcterms:publisher")), dict(self._pairs("dcterms:issued"))
        for path in (each for each, kind in kinds.items() if kind == "document"):
            found[path] = ", ".join(filter(None, (publishers.get(path), issued.get(path))))
        return found

    def _names(self, kinds: dict[str, str]) -> None:
        found: dict[tuple[int, str], None] = {}
        for name in ("rdfs:label", "skos:altLabel", "dcterms:identifier"):
            for path, text in self._labelled if name == "rdfs:label" else self._pairs(name):
                if kinds.get(path) in ("person", "party", "organisation", "place", "document", "office", "source"):
                    found[self._ids[path], unquote(text) if name == "dcterms:identifier" else text] = None
        rows = [(number, node, name, folded(name)) for number, (node, name) in enumerate(sorted(found), 1)]
        self._many("name", rows)
        self._database.executemany(
            "INSERT INTO gram (rowid, folded) VALUES (?, ?)", [(number, text) for number, _, _, text in rows]
        )

    def _words(self, kinds: dict[str, str]) -> None:
        sentences: dict[str, dict[str, None]] = defaultdict(dict)
        for account, passage in sorted(self._pairs("wm:evidence")):
            if account in self._occasions and (words := self._exact(passage)):
                sentences[self._occasions[account]][words] = None
        told = {
            "statement": dict(self._pairs("wm:text")),
            "occasion": {path: " ".join(each) for path, each in sentences.items()},
            "document": dict(self._pairs("dcterms:title")),
        }
        for kind, texts in told.items():
            table = WORDY[kind]
            self._database.execute(WORDS.format(table))
            rows = sorted((self._ids[path], text) for path, text in texts.items() if kinds.get(path) == kind)
            self._database.executemany(f"INSERT INTO {table} (rowid, text) VALUES (?, ?)", rows)

    def _exact(self, passage: str) -> str:
        node = ox.NamedNode(self._store.base + passage)
        found = self._store.oxigraph.quads_for_pattern(node, term("wm:exact"), None, None)
        return next((quad.object.value for quad in found if isinstance(quad.object, ox.Literal)), "")


def _rank(status: str) -> int:
    return _HELD_FIRST.index(status) if status in _HELD_FIRST else len(_HELD_FIRST)


def _around(place: str, within: dict[str, set[str]]) -> set[str]:
    """A place and all in which it lies."""
    found, new = {place}, [place]
    while new:
        further = within.get(new.pop(), set()) - found
        found |= further
        new.extend(further)
    return found


def _most(counted: Counter[str]) -> str:
    """What is told most often, of equals the longest."""
    return max(sorted(counted), key=lambda words: (counted[words], len(words)))
