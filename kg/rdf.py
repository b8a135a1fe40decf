"""Facts in, quads out: every IRI is minted here, and every fact shows its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pyoxigraph as ox

from kg.model import Facts, Findings, Local, Span

WM = "https://w3id.org/whomet#"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD = "http://www.w3.org/2001/XMLSchema#"
BASE = "https://example.org/kg/"
DCT = "http://purl.org/dc/terms/"
RDFS_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
ORG = "http://www.w3.org/ns/org#"
SKOS = "http://www.w3.org/2004/02/skos/core#"


def wm(name: str) -> ox.NamedNode:
    return ox.NamedNode(WM + name)


def describe(facts: Facts, base: str = BASE) -> Iterator[ox.Quad]:
    """The quads of all facts."""
    for one in facts.findings:
        yield from _Account(facts, one, base).quads()


class _Account:
    def __init__(self, facts: Facts, findings: Findings, base: str) -> None:
        self.facts, self.one, self.base = facts, findings, base
        self.document = ox.NamedNode(base + "document/" + quote(findings.document.slug))
        self.out: list[ox.Quad] = []

    def add(self, s: ox.NamedNode, p: ox.NamedNode, o: ox.NamedNode | ox.Literal) -> None:
        self.out.append(ox.Quad(s, p, o, self.document))

    def passage(self, span: Span) -> ox.NamedNode:
        node = ox.NamedNode(f"{self.document.value}#char={span.start},{span.end}")
        self.add(node, RDF_TYPE, wm("Passage"))
        self.add(node, wm("passageOf"), self.document)
        self.add(node, wm("start"), ox.Literal(span.start))
        self.add(node, wm("end"), ox.Literal(span.end))
        self.add(node, wm("exact"), ox.Literal(self.one.document.text[span.start : span.end]))
        return node

    def entity(self, local: str) -> ox.NamedNode:
        if local.startswith("a"):
            return ox.NamedNode(f"{self.document.value}/source/{local}")
        identity = self.facts.identity_of[Local(self.one.document.slug, local)]
        return ox.NamedNode(f"{self.base}{identity.kind.lower()}/{quote(identity.key)}")

    def local(self, kind: str, local: str) -> ox.NamedNode:
        return ox.NamedNode(f"{self.base}{kind}/{quote(self.one.document.slug)}/{local}")

    def quads(self) -> Iterator[ox.Quad]:
        add, one = self.add, self.one
        add(self.document, RDF_TYPE, wm("Document"))
        add(self.document, ox.NamedNode(DCT + "identifier"), ox.Literal(one.document.name))
        for e in one.entities:
            node = self.entity(e.id)
            add(node, RDF_TYPE, wm(e.kind))
            add(node, RDFS_LABEL, ox.Literal(e.name))
            for m in e.mentions:
                add(node, wm("mentionedIn"), self.passage(m.span))
        for a in one.sources:
            add(self.entity(a.id), RDF_TYPE, wm("AnonymousSource"))
            add(self.entity(a.id), wm("description"), ox.Literal(a.description))
        for r in one.roles:
            if r.holder is None:
                continue
            node = self.local("tenure", r.id)
            concept = ox.NamedNode(self.base + "role/" + quote(r.title.replace(" ", "-")))
            add(node, RDF_TYPE, wm("Tenure"))
            add(node, ox.NamedNode(ORG + "member"), self.entity(r.holder))
            add(node, ox.NamedNode(ORG + "role"), concept)
            add(concept, ox.NamedNode(SKOS + "prefLabel"), ox.Literal(r.title))
            if r.of:
                place = self.facts.identity_of[Local(one.document.slug, r.of)].kind == "Place"
                add(node, wm("jurisdiction") if place else ox.NamedNode(ORG + "organization"), self.entity(r.of))
            add(node, wm("status"), wm(r.status))
            for span in r.evidence:
                add(node, wm("evidence"), self.passage(span))
        for m in one.meetings:
            node = self.local("meeting", m.id)
            add(node, RDF_TYPE, wm("Meeting"))
            add(node, wm("status"), wm(m.status))
            for who in m.participants:
                add(node, wm("participant"), self.entity(who))
            for who in m.hosts:
                add(node, wm("host"), self.entity(who))
            if m.place:
                add(node, wm("place"), self.entity(m.place))
            if m.when:
                for name, day in zip(("earliest", "latest"), m.when.bounds, strict=True):
                    if day:
                        add(node, wm(name), ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD + "date")))
            for span in m.evidence:
                add(node, wm("evidence"), self.passage(span))
        for s in one.statements:
            node = self.local("statement", s.id)
            add(node, RDF_TYPE, wm("Statement"))
            add(node, wm("kind"), wm(s.kind))
            for who in s.speakers:
                add(node, wm("speaker"), self.entity(who))
            for span in s.segments:
                add(node, wm("segment"), self.passage(span))
        yield from self.out
