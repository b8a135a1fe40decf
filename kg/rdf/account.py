"""One document's graph: the document, its passages and mentions, and its meetings, statements and tenures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Entity, Facts, Findings, Local, Meeting, Reason, Role, Source, Span, Statement, When
from kg.rdf import labels
from kg.rdf.iris import Minter, document_iri
from kg.rdf.namespaces import EDTF, term

_TYPE, _LABEL, _DATE = term("rdf:type"), term("rdfs:label"), term("xsd:date")
_PASSAGE, _PASSAGE_OF = term("wm:Passage"), term("wm:passageOf")
_START, _END, _EXACT = term("wm:start"), term("wm:end"), term("wm:exact")
_EVIDENCE, _REASON, _STATUS = term("wm:evidence"), term("wm:reason"), term("wm:status")
_EARLIEST, _LATEST = term("wm:earliest"), term("wm:latest")


def reason_text(reason: Reason) -> str:
    """A reason as one line: "same surname (+0.50): Doe is the last name of Jane Doe"."""
    return f"{reason.rule} ({reason.weight:+.2f})" + (f": {reason.words}" if reason.words else "")


class Account:
    """The quads of one document, all in the graph that bears its IRI."""

    def __init__(self, facts: Facts, findings: Findings, minter: Minter) -> None:
        self._facts, self._one, self._mint = facts, findings, minter
        self._iri = document_iri(minter.base, findings.document.slug)
        self._passages: dict[Span, NamedNode] = {}
        self._out: list[Quad] = []
        self._agents_known: dict[str, NamedNode] = {}
        self._names = {e.id: e.name for e in findings.entities} | {s.id: s.description for s in findings.sources}

    def quads(self) -> Iterator[Quad]:
        """The quads in order of the text's records; a few may come twice."""
        one = self._one
        self._document()
        for entity in one.entities:
            self._entity(entity)
        for source in one.sources:
            self._source(source)
        for role in one.roles:
            self._tenure(role)
        for meeting in one.meetings:
            self._meeting(meeting)
        for statement in one.statements:
            self._statement(statement)
        yield from self._out

    def _add(self, subject: NamedNode, predicate: str | NamedNode, value: NamedNode | Literal) -> None:
        named = term(predicate) if isinstance(predicate, str) else predicate
        self._out.append(Quad(subject, named, value, self._iri))

    def _passage(self, span: Span) -> NamedNode:
        node = self._passages.get(span)
        if node is None:
            start, end = span
            node = self._passages[span] = NamedNode(f"{self._iri.value}#char={start},{end}")
            words = self._one.document.text[start:end]
            for predicate, value in (
                (_TYPE, _PASSAGE),
                (_LABEL, Literal(labels.shortened(words))),
                (_PASSAGE_OF, self._iri),
                (_START, Literal(start)),
                (_END, Literal(end)),
                (_EXACT, Literal(words)),
            ):
                self._out.append(Quad(node, predicate, value, self._iri))
        return node

    def _passed(self, subject: NamedNode, predicate: str, spans: Iterable[Span]) -> None:
        for span in spans:
            self._add(subject, predicate, self._passage(span))

    def _agent(self, local: str) -> NamedNode:
        node = self._agents_known.get(local)
        if node is None:
            node = self._agents_known[local] = self._mint.agent(self._local(local))
        return node

    def _local(self, local: str) -> Local:
        return Local(self._one.document.slug, local)

    def _agents(self, subject: NamedNode, predicate: str, locals_: Iterable[str]) -> None:
        for local in locals_:
            self._add(subject, predicate, self._agent(local))

    def _reasons(self, subject: NamedNode, reasons: Iterable[Reason]) -> None:
        for reason in reasons:
            self._add(subject, _REASON, Literal(reason_text(reason)))

    def _document(self) -> None:
        document = self._one.document
        self._add(self._iri, _TYPE, term("wm:Document"))
        self._add(self._iri, _LABEL, Literal(document.title or document.name))
        self._add(self._iri, "dcterms:identifier", Literal(document.name))
        self._add(self._iri, "dcterms:title", Literal(document.title or document.name))
        self._add(self._iri, "wm:sha256", Literal(document.sha256))
        if document.publisher:
            self._add(self._iri, "dcterms:publisher", Literal(document.publisher))
        if document.address:
            self._add(self._iri, "dcterms:source", _address(document.address))
        if document.published:
            first, last = document.bounds
            day = first is not None and first == last and document.published == first.isoformat()
            self._add(self._iri, "dcterms:issued", Literal(document.published, datatype=_DATE if day else EDTF))
        self._bounds(self._iri, document.bounds)

    def _bounds(self, subject: NamedNode, bounds: Iterable[object]) -> None:
        for predicate, day in zip((_EARLIEST, _LATEST), bounds, strict=True):
            if day:
                self._add(subject, predicate, Literal(str(day), datatype=_DATE))

    def _entity(self, entity: Entity) -> None:
        node = self._agent(entity.id)
        for mention in entity.mentions:
            passage = self._passage(mention.span)
            self._add(node, "wm:mentionedIn", passage)
            self._reasons(passage, mention.reasons)
        if entity.within and self._local(entity.within) in self._facts.identity_of:
            place = self._agent(entity.within)
            if place != node:
                self._add(node, "wm:within", place)
        self._reasons(node, entity.reasons)

    def _source(self, source: Source) -> None:
        node = self._agent(source.id)
        self._add(node, _TYPE, term("wm:AnonymousSource"))
        self._add(node, _LABEL, Literal(source.description))
        self._add(node, "wm:description", Literal(source.description))
        self._passed(node, "wm:describedIn", [source.span])
        if source.affiliation:
            self._add(node, "wm:affiliation", self._agent(source.affiliation))

    def _tenure(self, role: Role) -> None:
        node = self._mint.account("tenure", self._local(role.id))
        self._add(node, _TYPE, term("wm:Tenure"))
        self._add(node, _LABEL, Literal(labels.of_role(role, self._names)))
        self._add(node, "org:role", self._mint.role(role.title))
        self._add(node, _STATUS, term(f"wm:{role.status}"))
        if role.holder:
            self._add(node, "org:member", self._agent(role.holder))
        if role.of:
            body = self._agent(role.of)
            kind = self._facts.identity_of[self._local(role.of)].kind
            self._add(node, "wm:jurisdiction" if kind == "Place" else "org:organization", body)
        self._passed(node, "wm:evidence", role.evidence)
        self._reasons(node, role.reasons)

    def _when(self, subject: NamedNode, when: When | None) -> None:
        if not when:
            return
        if when.text:
            self._add(subject, "wm:when", Literal(when.text))
        self._bounds(subject, when.bounds)
        self._add(subject, "wm:dateBasis", term(f"wm:{when.basis}"))

    def _meeting(self, meeting: Meeting) -> None:
        node = self._mint.account("meeting", self._local(meeting.id))
        self._add(node, _TYPE, term("wm:Meeting"))
        self._add(node, _LABEL, Literal(labels.of_meeting(meeting, self._names)))
        self._add(node, _STATUS, term(f"wm:{meeting.status}"))
        self._agents(node, "wm:participant", (*meeting.participants, *meeting.hosts))
        self._agents(node, "wm:host", meeting.hosts)
        for words in meeting.unnamed:
            self._add(node, "wm:unnamedParticipant", Literal(words))
        if meeting.form:
            self._concept(node, "wm:form", meeting.form)
        if meeting.place:
            self._add(node, "wm:place", self._agent(meeting.place))
        if meeting.invited_by:
            self._add(node, "wm:invitedBy", self._agent(meeting.invited_by))
        if meeting.part_of:
            self._add(node, "wm:partOf", self._mint.account("meeting", self._local(meeting.part_of)))
        self._when(node, meeting.when)
        self._passed(node, "wm:evidence", meeting.evidence)
        self._unnamed_tenures(node, meeting)
        self._reasons(node, meeting.reasons)

    def _unnamed_tenures(self, node: NamedNode, meeting: Meeting) -> None:
        words = " | ".join(meeting.unnamed).lower()
        called = [role for role in self._one.roles if role.holder is None and role.title.lower() in words]
        inside = [role for role in called if any(span.covers(role.span) for span in meeting.evidence)]
        for role in inside or (called if len(called) == 1 else ()):
            self._add(node, "wm:unnamedTenure", self._mint.account("tenure", self._local(role.id)))

    def _concept(self, subject: NamedNode, predicate: str, words: str) -> None:
        folder = predicate.partition(":")[2]
        if known := labels.listed(folder, words):
            self._add(subject, predicate, known)
            return
        concept = self._mint.concept(folder, words)
        self._add(subject, predicate, concept)
        self._add(concept, _TYPE, term("skos:Concept"))
        self._add(concept, "skos:prefLabel", Literal(words.lower()))

    def _statement(self, said: Statement) -> None:
        node = self._mint.account("statement", self._local(said.id))
        text = " ".join(self._one.document.text[span.start : span.end] for span in said.segments)
        self._add(node, _TYPE, term("wm:Statement"))
        self._add(node, _LABEL, Literal(labels.of_statement(said, self._names, text)))
        self._add(node, "wm:kind", term(f"wm:{said.kind}"))
        self._add(node, "wm:text", Literal(text))
        self._agents(node, "wm:speaker", said.speakers)
        self._agents(node, "wm:addressee", said.addressees)
        self._agents(node, "wm:mentions", said.mentions)
        if said.cue:
            self._add(node, "wm:cue", Literal(said.cue))
        if said.medium:
            self._concept(node, "wm:medium", said.medium)
        if said.in_capacity:
            self._add(node, "wm:inCapacity", self._mint.account("tenure", self._local(said.in_capacity)))
        if said.on_behalf_of:
            self._add(node, "wm:onBehalfOf", self._agent(said.on_behalf_of))
        if said.made_at:
            self._add(node, "wm:madeAt", self._mint.account("meeting", self._local(said.made_at)))
        for predicate, folder, others in (
            ("wm:concerns", "meeting", said.concerns),
            ("wm:reports", "statement", said.reports),
            ("wm:disputes", "statement", said.disputes),
        ):
            for other in others:
                self._add(node, predicate, self._mint.account(folder, self._local(other)))
        self._when(node, said.when)
        self._passed(node, "wm:segment", said.segments)
        self._passed(node, "wm:evidence", said.evidence)
        self._reasons(node, said.reasons)


def _address(address: str) -> NamedNode | Literal:
    """The address as an IRI where it is one, else as text."""
    parts = urlsplit(address)
    if parts.scheme in ("http", "https") and parts.netloc:
        try:
            return NamedNode(address)
        except ValueError:
            return Literal(address)
    return Literal(address)
