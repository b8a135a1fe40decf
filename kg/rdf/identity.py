"""The graph of what is concluded across documents: who is who, occasions, offices, likely identities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Facts, Identity, Likely, Local, Occasion, Office, Reason, Story, Verdict
from kg.rdf.account import reason_text
from kg.rdf.iris import Minter, document_iri, identity_graph
from kg.rdf.namespaces import term
from kg.resolve.titles import canonical

_TYPE, _LABEL = term("rdf:type"), term("rdfs:label")


class Conclusions:
    """The quads of the identity graph."""

    def __init__(self, facts: Facts, minter: Minter) -> None:
        self._facts, self._mint = facts, minter
        self._graph = identity_graph(minter.base)
        self._identities = {(i.kind, i.key): i for i in facts.identities}
        self._bodies = {(i.kind.lower(), i.key): i for i in facts.identities}

    def quads(self) -> Iterator[Quad]:
        """Every quad of the graph."""
        for identity in self._facts.identities:
            yield from self.entity(identity)
        yield from self._roles()
        occasion_of = {account: o.key for o in self._facts.occasions for account in o.accounts}
        for occasion in self._facts.occasions:
            yield from self.occasion(occasion, occasion_of.get(occasion.held_later) if occasion.held_later else None)
        for office in self._facts.offices:
            yield from self.office(office)
        for likely in self._facts.likely:
            yield from self.holder(likely)
        for story in self._facts.stories:
            yield from self.copies(story)
        for verdict in self._facts.verdicts:
            yield from self._verdict(verdict, occasion_of)

    def _verdict(self, verdict: Verdict, occasion_of: Mapping[Local, str]) -> Iterator[Quad]:
        local = Local(verdict.document, verdict.local or "")
        if identity := self._facts.identity_of.get(local):
            node = self._mint.entity(identity)
        elif occasion := occasion_of.get(local):
            node = self._mint.conclusion("occasion", occasion)
        else:
            node = document_iri(self._mint.base, verdict.document)
        yield from self._reasons(node, [verdict.reason])
        if verdict.same_as:
            yield self._quad(node, "owl:sameAs", NamedNode(verdict.same_as))
        if verdict.match:
            yield self._quad(node, "skos:exactMatch", NamedNode(verdict.match))

    def copies(self, story: Story) -> Iterator[Quad]:
        """Which documents are near-copies of which."""
        first, *others = (document_iri(self._mint.base, slug) for slug in story.documents)
        for other in others:
            yield self._quad(other, "wm:copyOf", first)
            yield from self._reasons(other, story.reasons)

    def _quad(self, subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
        return Quad(subject, term(predicate), value, self._graph)

    def _reasons(self, subject: NamedNode, reasons: Iterable[Reason]) -> Iterator[Quad]:
        for reason in reasons:
            yield self._quad(subject, "wm:reason", Literal(reason_text(reason)))

    def entity(self, identity: Identity) -> Iterator[Quad]:
        """The quads of one person, body or place."""
        node = self._mint.entity(identity)
        yield self._quad(node, "rdf:type", term(f"wm:{identity.kind}"))
        yield self._quad(node, "rdfs:label", Literal(identity.label))
        for name in identity.names:
            if name != identity.label:
                yield self._quad(node, "skos:altLabel", Literal(name))
        yield from self._reasons(node, identity.reasons)

    def _roles(self) -> Iterator[Quad]:
        wordings: dict[NamedNode, set[str]] = {}
        for title in sorted(self._facts.titles):
            wordings.setdefault(self._mint.role(title), set()).add(title)
        for concept, titles in wordings.items():
            yield from self.role(concept, titles)

    def role(self, concept: NamedNode, titles: set[str]) -> Iterator[Quad]:
        """The quads of one role's name, from all its wordings."""
        name = min(map(canonical, titles))
        yield self._quad(concept, "rdf:type", term("skos:Concept"))
        yield self._quad(concept, "skos:inScheme", term("wm:roles"))
        yield self._quad(concept, "skos:prefLabel", Literal(name))
        for other in titles - {name}:
            yield self._quad(concept, "skos:altLabel", Literal(other))

    def occasion(self, occasion: Occasion, held: str | None) -> Iterator[Quad]:
        """The quads of one occasion; `held` is the key of that as which it was held."""
        node = self._mint.conclusion("occasion", occasion.key)
        yield self._quad(node, "rdf:type", term("wm:Occasion"))
        for account in occasion.accounts:
            yield self._quad(node, "wm:account", self._mint.account("meeting", account))
        if held:
            yield self._quad(node, "wm:heldAs", self._mint.conclusion("occasion", held))
        yield from self._reasons(node, occasion.reasons)

    def office(self, office: Office) -> Iterator[Quad]:
        """The quads of one office, and the place of each tenure in its order."""
        node = self._mint.conclusion("office", office.key)
        title, body = canonical(office.title), self._body(office)
        yield self._quad(node, "rdf:type", term("wm:Office"))
        yield self._quad(node, "rdfs:label", Literal(f"{title} of {body.label}" if body else title))
        yield self._quad(node, "org:role", self._mint.role(title))
        if body:
            predicate = "wm:jurisdiction" if body.kind == "Place" else "org:postIn"
            yield self._quad(node, predicate, self._mint.entity(body))
        nodes = [self._mint.account("tenure", tenure) for tenure in office.tenures]
        for number, tenure in enumerate(nodes, 1):
            yield self._quad(node, "wm:tenure", tenure)
            yield self._quad(tenure, "wm:position", Literal(number))

    def _body(self, office: Office) -> Identity | None:
        if not office.of:
            return None
        kind, _, key = office.of.partition("/")
        return self._bodies.get((kind, key))

    def holder(self, likely: Likely) -> Iterator[Quad]:
        """Who an unnamed holder of an office probably is."""
        node = self._mint.account("tenure", Local(*likely.role))
        person = self._identities["Person", likely.identity]
        yield self._quad(node, "wm:likely", self._mint.entity(person))
        yield from self._reasons(node, likely.reasons)
