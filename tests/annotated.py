"""The annotations of the seed texts: read, turned into findings, and paired with the nodes of a graph."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.documents import read
from kg.lookup import Source as Asked
from kg.model import (
    UNBOUNDED,
    Bounds,
    Document,
    Entity,
    Findings,
    Meeting,
    Mention,
    Role,
    Source,
    Span,
    Statement,
    When,
)

HERE = Path(__file__).parent
SEEDS = HERE.parent / "seeds"
GOLD = HERE / "gold" / "seeds"
Spans = frozenset[tuple[str, int, int]]


@dataclass(frozen=True)
class Annotated:
    """The annotations of one folder and what is annotated across its documents."""

    documents: Mapping[str, Mapping[str, Any]]
    cross: Mapping[str, Any]

    @classmethod
    def read(cls, folder: Path = GOLD) -> Annotated:
        files = {path.stem[:3]: json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("0*.json"))}
        return cls(files, json.loads((folder / "CROSS.json").read_text("utf-8")))

    def spans(self, kind: str) -> Iterator[tuple[str, Spans]]:
        """Each annotated thing ("000:m1", or an entity's id) with its spans."""
        found: dict[str, set[tuple[str, int, int]]] = defaultdict(set)
        for key, one in self.documents.items():
            name = one["document"]
            if kind == "entity":
                for entity in one["entities"]:
                    found[entity["id"]].update((name, *span) for span in entity.get("mention_spans", ()))
            else:
                where = {"meeting": ("meetings", "spans"), "statement": ("statements", "segments")}[kind]
                for fact in one[where[0]]:
                    found[f"{key}:{fact['id']}"].update((name, *span) for span in fact[where[1]])
        for name_, spans in found.items():
            yield name_, frozenset(spans)

    def findings(self) -> Iterator[Findings]:
        """What the finders would find if they were right."""
        documents = {found.name: found for found in read(SEEDS) if isinstance(found, Document)}
        within = {entity["id"]: entity.get("within") for entity in self.cross["entities"]}
        for key, one in self.documents.items():
            yield _Findings(key, one, documents[one["document"]], within, self.cross).findings()


class _Findings:
    def __init__(
        self, key: str, one: Mapping[str, Any], document: Document, within: Mapping[str, str], cross: Mapping[str, Any]
    ) -> None:
        self.key, self.one, self.document, self.within, self.cross = key, one, document, within, cross
        self.ids = {entity["id"]: f"e{number}" for number, entity in enumerate(one["entities"], 1)}
        self.sources: dict[str, Source] = {}

    def findings(self) -> Findings:
        statements = tuple(self.statement(said) for said in self.one["statements"] if not said.get("optional"))
        return Findings(
            self.document,
            tuple(map(self.entity, self.one["entities"])),
            tuple(self.sources.values()),
            tuple(self.roles()),
            tuple(self.meeting(met) for met in self.one["meetings"] if not met.get("optional")),
            tuple(statements),
        )

    def text(self, span: Iterable[int]) -> str:
        return self.document.text[slice(*span)]

    def entity(self, entity: Mapping[str, Any]) -> Entity:
        names = [Mention(Span(*span), entity["type"], self.text(span)) for span in entity.get("mention_spans", ())]
        labels = {each["id"]: each["label"] for each in self.cross["entities"]}
        qualifier = "Israel" if entity["id"].endswith("-israel") and entity["type"] == "Party" else None
        above = self.ids.get(self.within.get(entity["id"]) or "")
        label = labels.get(entity["id"], entity["name"])
        return Entity(self.ids[entity["id"]], entity["type"], label, tuple(names), qualifier, above)

    def roles(self) -> Iterator[Role]:
        named = [role for role in self.one["roles"] if not role.get("optional")]
        for number, role in enumerate([*named, *self.one.get("unnamed_roles", ())], 1):
            span = Span(*role["evidence"][0])
            holder = self.ids[role["person"]] if isinstance(role["person"], str) else None
            evidence = tuple(Span(*each) for each in role["evidence"])
            title, status = role.get("variants", [role["role"]])[0], role["status"].capitalize()
            title = title if role["role"] == "deputy" else role["role"]
            body = role["of"] or next(filter(None, role.get("of_alternatives", ())), "")
            yield Role(f"r{number}", holder, title, self.ids.get(body), status, span, evidence)

    def when(self, when: Mapping[str, Any] | None) -> When | None:
        if not when:
            return None
        days = [date.fromisoformat(day) if day else None for day in (when["earliest"], when["latest"])]
        bounds = Bounds(*days) if any(days) else UNBOUNDED
        return When(when["text"], None, bounds, "RelativeToPublication")

    def meeting(self, met: Mapping[str, Any]) -> Meeting:
        known = [self.ids[each] for each in met["participants"]]
        hosts = tuple(self.ids[each] for each in met.get("hosts", ()) if each in self.ids)
        place = next((self.ids[e["id"]] for e in self.one["entities"] if e["id"] == met.get("place_id")), None)
        invited = hosts[0] if hosts and met["status"] == "proposed" else None
        return Meeting(
            met["id"],
            tuple(dict.fromkeys([*known, *hosts])),
            met["status"].capitalize(),
            tuple(Span(*span) for span in met["spans"]),
            hosts=hosts,
            unnamed=tuple(met.get("unnamed_participants") or ()),
            form=met.get("kind") if met.get("kind") != "meeting" else None,
            place=place,
            when=self.when(met.get("when")),
            invited_by=invited,
        )

    def speaker(self, who: str | Mapping[str, str], said: Mapping[str, Any]) -> str:
        if isinstance(who, str):
            return self.ids[who]
        words = who["unnamed"]
        at = self.document.text.find(words)
        span = Span(at, at + len(words)) if at >= 0 else Span(*said["segments"][0])
        return self.sources.setdefault(words, Source(f"a{len(self.sources) + 1}", words, span)).id

    def statement(self, said: Mapping[str, Any]) -> Statement:
        segments = tuple(Span(*span) for span in said["segments"])
        against = {
            other[4:]
            for dispute in self.cross["contradictions"]
            if dispute["id"] in ("c1", "c2") and f"{self.key}:{said['id']}" in dispute["side_b"]["statements"]
            for other in dispute["side_a"]["statements"]
        }
        kept = {each["id"] for each in self.one["meetings"] if not each.get("optional")}
        about = [each for each in said.get("about_meetings", ()) if each in kept]
        return Statement(
            said["id"],
            tuple(self.speaker(who, said) for who in (said["speaker"], *said.get("co_speakers", ()))),
            said["kind"].capitalize(),
            segments,
            segments,
            addressees=(self.ids[said["addressee"]],) if said["addressee"] else (),
            medium=said.get("medium"),
            when=self.when(said.get("when")),
            mentions=tuple(self.ids[each] for each in said.get("about", ()) if each in self.ids),
            concerns=tuple(about),
            disputes=tuple(sorted(against)),
        )


class Pairs:
    """Which annotated things the nodes of a graph stand for: those that share words of a document with them."""

    def __init__(self, annotated: Annotated, source: Asked) -> None:
        self._annotated, self._source = annotated, source

    def of(self, node: str) -> frozenset[str]:
        """The annotated ids that a node may stand for; empty where it shares words with none."""
        return self._ids.get(node, frozenset())

    def node(self, entity: str) -> str:
        """The node that most of an annotated entity's names belong to."""
        return max(self._shared[entity].items(), key=lambda each: (each[1], each[0]))[0]

    def labelled(self, label: str) -> frozenset[str]:
        """The annotated ids that the nodes of that label may stand for."""
        return frozenset(gold for node in self._labels.get(label, ()) for gold in self.of(node))

    @cached_property
    def _labels(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self._rows("SELECT ?node ?label { ?node a ?type ; rdfs:label ?label }"):
            found[row["label"].value].add(row["node"].value)
        return found

    @cached_property
    def _ids(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for gold, nodes in self._shared.items():
            for node in nodes:
                found[node].add(gold)
        for row in self._rows("SELECT ?occasion ?meeting { ?occasion wm:account ?meeting }"):
            found[row["occasion"].value] |= found[row["meeting"].value]
        return {node: frozenset(ids) for node, ids in found.items()}

    @cached_property
    def _shared(self) -> Mapping[str, Mapping[str, int]]:
        """For each annotated id the nodes that share words with it, and in how many places."""
        shared: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        links = {"entity": "wm:mentionedIn", "meeting": "wm:evidence", "statement": "wm:segment"}
        for kind, link in links.items():
            named: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
            for gold, spans in self._annotated.spans(kind):
                for name, start, end in spans:
                    named[name].append((start, end, gold))
            only = "?node a wm:Meeting ." if kind == "meeting" else ""
            for row in self._rows(
                f"SELECT DISTINCT ?node ?name ?start ?end {{ {only} ?node {link} ?passage . ?passage wm:start ?start ; "
                "wm:end ?end ; wm:passageOf/dcterms:identifier ?name }"
            ):
                first, last = int(row["start"].value), int(row["end"].value)
                for start, end, gold in named[row["name"].value]:
                    if first < end and start < last:
                        shared[gold][row["node"].value] += 1
        return shared

    def _rows(self, text: str) -> ox.QuerySolutions:
        prefixes = (
            "PREFIX wm: <https://w3id.org/whomet#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
            "PREFIX dcterms: <http://purl.org/dc/terms/> "
        )
        answer = self._source.query(prefixes + text)
        assert isinstance(answer, ox.QuerySolutions)
        return answer
