"""What the dataset is: VoID and DCAT for catalogues, PROV for how it was made; without a clock unless asked.

The description counts what it goes with, not itself, and stands in the graph `{base}graph/description`.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby

import pyoxigraph as ox

from kg.errors import UsageError
from kg.export.lines import triple_lines
from kg.rdf.namespaces import PREFIXES, term

ONTOLOGY = "https://w3id.org/whomet"
SOFTWARE = "https://w3id.org/whomet/software"
TITLE = "Who met whom, and who said what"
DESCRIPTION = (
    "Meetings, statements and offices as news documents report them, each with the words that show it; "
    "found in the texts by machine."
)
RIGHTS = "The words of passages are quoted from the documents and stay under the rights of these."
_MEDIA = {
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "nquads": "application/n-quads",
    "trig": "application/trig",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
_IANA = "https://www.iana.org/assignments/media-types/"
_TYPE = f"<{term('rdf:type').value}>"
_NAMESPACE = re.compile(r"<(.*[#/])[^#/]*>")


@dataclass(frozen=True, slots=True)
class Said:
    """What the user says of the dataset: base, licence (an IRI), and the time to put down, if any."""

    base: str
    licence: str | None = None
    stamp: datetime | None = None


@dataclass(slots=True)
class _Counts:
    triples: int = 0
    subjects: int = 0
    entities: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    predicates: Counter[str] = field(default_factory=Counter)
    documents: list[str] = field(default_factory=list)
    example: str | None = None


def describe(quads: Iterable[ox.Quad], said: Said) -> Iterator[ox.Quad]:
    """The description of a dataset. Raises UsageError where the licence is no IRI."""
    licence = checked_licence(said.licence) if said.licence else None
    graph = ox.NamedNode(f"{said.base}graph/description")
    for subject, predicate, value in _triples(_count(quads), said, licence):
        object_ = value if isinstance(value, ox.NamedNode | ox.Literal) else ox.Literal(value)
        yield ox.Quad(ox.NamedNode(subject), term(predicate), object_, graph)


_Told = tuple[str, str, ox.NamedNode | ox.Literal | str | int]


def _triples(counts: _Counts, said: Said, licence: ox.NamedNode | None) -> Iterator[_Told]:
    dataset, build = f"{said.base}dataset", f"{said.base}dataset/build"
    for kind in ("void:Dataset", "dcat:Dataset", "prov:Entity"):
        yield dataset, "rdf:type", term(kind)
    for predicate, words in (("rdfs:label", TITLE), ("dcterms:title", TITLE), ("dcterms:description", DESCRIPTION)):
        yield dataset, predicate, ox.Literal(words, language="en")
    yield dataset, "dcterms:rights", ox.Literal(RIGHTS, language="en")
    yield dataset, "dcterms:conformsTo", ox.NamedNode(ONTOLOGY)
    yield dataset, "void:uriSpace", said.base
    for predicate, number in (
        ("void:triples", counts.triples),
        ("void:entities", counts.entities),
        ("void:distinctSubjects", counts.subjects),
        ("void:classes", len(counts.classes)),
        ("void:properties", len(counts.predicates)),
        ("void:documents", len(counts.documents)),
    ):
        yield dataset, predicate, number
    if licence:
        yield dataset, "dcterms:license", licence
    if counts.example:
        yield dataset, "void:exampleResource", ox.NamedNode(counts.example)
    yield from _parts(counts, dataset)
    for name, media in _MEDIA.items():
        one = f"{dataset}/distribution/{name}"
        yield dataset, "dcat:distribution", ox.NamedNode(one)
        yield one, "rdf:type", term("dcat:Distribution")
        yield one, "dcat:mediaType", ox.NamedNode(_IANA + media)
    yield from _made(counts, said, dataset, build)


def _parts(counts: _Counts, dataset: str) -> Iterator[_Told]:
    """Vocabularies, and how often each class and property is used."""
    used = {found[1] for name in (*counts.classes, *counts.predicates) if (found := _NAMESPACE.fullmatch(name))}
    for namespace in sorted(used):
        yield dataset, "void:vocabulary", ox.NamedNode(namespace)
    for kind, number in counts.classes.items():
        part = f"{dataset}/class/{_slug(kind)}"
        yield dataset, "void:classPartition", ox.NamedNode(part)
        yield part, "void:class", ox.NamedNode(kind[1:-1])
        yield part, "void:entities", number
    for predicate, number in counts.predicates.items():
        part = f"{dataset}/property/{_slug(predicate)}"
        yield dataset, "void:propertyPartition", ox.NamedNode(part)
        yield part, "void:property", ox.NamedNode(predicate[1:-1])
        yield part, "void:triples", number


def _made(counts: _Counts, said: Said, dataset: str, build: str) -> Iterator[_Told]:
    yield dataset, "prov:wasGeneratedBy", ox.NamedNode(build)
    yield build, "rdf:type", term("prov:Activity")
    yield build, "rdfs:label", "kg build"
    yield build, "prov:wasAssociatedWith", ox.NamedNode(SOFTWARE)
    yield SOFTWARE, "rdf:type", term("prov:SoftwareAgent")
    yield SOFTWARE, "rdfs:label", "whomet"
    if number := _version():
        yield SOFTWARE, "owl:versionInfo", number
    for document in counts.documents:
        yield build, "prov:used", ox.NamedNode(document)
        yield dataset, "prov:wasDerivedFrom", ox.NamedNode(document)
    if said.stamp:
        time = said.stamp.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
        moment = ox.Literal(time, datatype=term("xsd:dateTime"))
        yield dataset, "prov:generatedAtTime", moment
        yield dataset, "dcterms:modified", moment


def _version() -> str | None:
    """The installed version; a checkout that is not installed has none."""
    try:
        return version("whomet")
    except PackageNotFoundError:
        return None


def _count(quads: Iterable[ox.Quad]) -> _Counts:
    counts = _Counts()
    document, person = f"<{term('wm:Document').value}>", f"<{term('wm:Person').value}>"
    parts = (line.decode()[:-3].split(" ", 2) for line in triple_lines(quads))
    for subject, facts in groupby(parts, key=lambda part: part[0]):
        counts.subjects += 1
        types = []
        for _, predicate, value in facts:
            counts.triples += 1
            counts.predicates[predicate] += 1
            if predicate == _TYPE:
                types.append(value)
        counts.entities += bool(types)
        counts.classes.update(kind for kind in types if kind.startswith("<"))
        if document in types:
            counts.documents.append(subject[1:-1])
        if person in types and not counts.example:
            counts.example = subject[1:-1]
    return counts


def _slug(term_: str) -> str:
    """A part of an IRI for a class or property: "wm-Person", or a hash where no prefix is known."""
    iri = term_[1:-1]
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and re.fullmatch(r"[\w-]+", iri[len(start) :]):
            return f"{prefix}-{iri[len(start) :]}"
    return hashlib.sha256(iri.encode()).hexdigest()[:12]


def checked_licence(text: str) -> ox.NamedNode:
    """A licence's IRI. Raises UsageError where it is none."""
    try:
        if ":" not in text:
            raise ValueError("it has no scheme")
        return ox.NamedNode(text)
    except ValueError as error:
        example = "https://creativecommons.org/licenses/by/4.0/"
        raise UsageError(f"licence {text!r}: no IRI ({error}); write it in full, such as {example}") from error
