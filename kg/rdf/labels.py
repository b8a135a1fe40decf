"""What nodes are called by people, and the concepts that the ontology lists by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pyoxigraph import NamedNode, RdfFormat, parse

from kg.data import folder
from kg.model import Meeting, MeetingStatus, Role, Statement
from kg.rdf.namespaces import term

_LONGEST = 100
_VERBS: Mapping[MeetingStatus, tuple[str, str]] = {
    "Held": ("met", "a meeting of"),
    "Planned": ("to meet", "a planned meeting of"),
    "Proposed": ("asked to meet", "a proposed meeting of"),
    "Cancelled": ("not to meet", "a cancelled meeting of"),
    "Denied": ("denied to have met", "a denied meeting of"),
}


def shortened(words: str, longest: int = _LONGEST) -> str:
    """Words on one line, cut between words at `longest` characters with an ellipsis."""
    line = " ".join(words.split())
    return line if len(line) <= longest else line[: longest - 1].rpartition(" ")[0].rstrip(",;:") + "…"


def listing(names: list[str]) -> str:
    """Names as English lists them: "A", "A and B", "A, B and C"."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""


def of_meeting(meeting: Meeting, names: Mapping[str, str]) -> str:
    """A meeting's label: "Harbour Board met Jane Doe"; hosts stand first, else the first participant."""
    first = list(meeting.hosts) or list(meeting.participants[:1])
    others = [names[p] for p in meeting.participants if p not in first] + list(meeting.unnamed)
    verb, noun = _VERBS[meeting.status]
    hosts = listing([names[p] for p in first])
    if not hosts or not others:
        return shortened(f"{noun} {hosts or listing(others) or 'nobody named'}")
    return shortened(f"{hosts} {verb} {listing(others)}")


def of_statement(said: Statement, names: Mapping[str, str], text: str) -> str:
    """A statement's label: who, and the first words."""
    who = listing([names[s] for s in said.speakers]) or "somebody"
    return shortened(f"{who}: {text}")


def of_role(role: Role, names: Mapping[str, str]) -> str:
    """A tenure's label: "Jane Doe, deputy leader of Harbour Party (current)"."""
    of = f" of {names[role.of]}" if role.of else ""
    return f"{names[role.holder] if role.holder else 'somebody unnamed'}, {role.title}{of} ({role.status.lower()})"


@cache
def _listed() -> Mapping[tuple[str, str], NamedNode]:
    """The ontology's concepts: (scheme's name, label in small letters) → IRI."""
    path = folder("ontology") / "whomet.ttl"
    schemes: dict[str, str] = {}
    words: list[tuple[str, str]] = []
    wanted = {term("skos:prefLabel"), term("skos:altLabel")}
    for triple in parse(path=str(path), format=RdfFormat.TURTLE):
        subject = str(triple.subject)
        if triple.predicate == term("skos:inScheme"):
            schemes[subject] = str(triple.object)
        elif triple.predicate in wanted:
            words.append((subject, triple.object.value.lower()))
    names = {str(term("wm:forms")): "form", str(term("wm:media")): "medium"}
    return {
        (names[schemes[subject]], label): NamedNode(subject[1:-1])
        for subject, label in words
        if schemes.get(subject) in names
    }


def listed(scheme: str, words: str) -> NamedNode | None:
    """The ontology's concept of that label among the forms ("form") or media ("medium"), if there is one."""
    return _listed().get((scheme, words.lower()))
