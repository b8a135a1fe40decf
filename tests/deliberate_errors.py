"""Graphs with one deliberate error each: a SPARQL update on a sound graph, and what a check must say of it.

Instances are relative to a base of the error's own, so that all errors stand in one graph.
"""

from __future__ import annotations

from typing import NamedTuple

MEETING = "<meeting/2021-05-03-ada-lind-bo-ek-board-of-ferries>"
SAID = "<statement/ada-lind-we-agreed>"
TENURE = "<tenure/ada-lind-leader-reed-party>"
OFFICE = "<office/leader-of-reed-party>"
PASSAGE = "<document/two.txt#char=18,22>"
DOCUMENT = "<document/two.txt>"
OCCASION = "<occasion/2021-05-03-ada-lind-bo-ek-board-of-ferries>"
SOURCE = "<source/a-source-close-to-the-board>"


class Wrong(NamedTuple):
    """An error: the update that makes it, the node at fault, and a part of the message."""

    update: str
    node: str
    message: str
    kind: str = "shape"


def _without(node: str, path: str) -> str:
    return f"DELETE WHERE {{ {node} {path} ?value }}"


def _instead(node: str, path: str, value: str) -> str:
    return f"{_without(node, path)} ; INSERT DATA {{ {node} {path} {value} }}"


def _also(node: str, path: str, value: str) -> str:
    return f"INSERT DATA {{ {node} {path} {value} }}"


ERRORS: dict[str, Wrong] = {
    "document without a name": Wrong(_without(DOCUMENT, "dcterms:identifier"), DOCUMENT, "One dcterms:identifier"),
    "document without a title": Wrong(_without(DOCUMENT, "dcterms:title"), DOCUMENT, "One dcterms:title"),
    "digest in capitals": Wrong(_instead(DOCUMENT, "wm:sha256", f'"{"AB" * 32}"'), DOCUMENT, "64 hexadecimal digits"),
    "issued as words": Wrong(
        _instead(DOCUMENT, "dcterms:issued", '"May 2021"'), DOCUMENT, "as xsd:date, anything wider"
    ),
    "two dates of publication": Wrong(
        _also(DOCUMENT, "dcterms:issued", '"2021-05-09"^^xsd:date'), DOCUMENT, "At most one dcterms:issued"
    ),
    "no label": Wrong(_without("<person/bo-ek>", "rdfs:label"), "<person/bo-ek>", "One rdfs:label"),
    "two labels": Wrong(_also("<place/malmo>", "rdfs:label", '"Malmö"'), "<place/malmo>", "One rdfs:label"),
    "other name is the label": Wrong(
        _also("<person/bo-ek>", "skos:altLabel", '"Bo Ek"'), "<person/bo-ek>", "other than the rdfs:label"
    ),
    "person whom no text names": Wrong(
        _without("<person/bo-ek>", "wm:mentionedIn"), "<person/bo-ek>", "no entity that no text names"
    ),
    "mentioned in a document, not a passage": Wrong(
        _also("<person/bo-ek>", "wm:mentionedIn", DOCUMENT), "<person/bo-ek>", "each a wm:Passage"
    ),
    "person and meeting": Wrong(
        _also("<person/bo-ek>", "a", "wm:Meeting"), "<person/bo-ek>", "A person is nothing else"
    ),
    "organisation and place": Wrong(
        _also("<organisation/board-of-ferries>", "a", "wm:Place"),
        "<organisation/board-of-ferries>",
        "An organisation is nothing else",
    ),
    "met herself": Wrong(
        _also("<person/ada-lind>", "wm:met", "<person/ada-lind>"), "<person/ada-lind>", "the same person"
    ),
    "met a party": Wrong(
        _also("<person/ada-lind>", "wm:met", "<party/reed-party>"), "<person/ada-lind>", "from a person to a person"
    ),
    "place within itself": Wrong(
        _also("<place/malmo>", "wm:within", "<place/malmo>"), "<place/malmo>", "lies within itself"
    ),
    "within a party": Wrong(
        _also("<place/malmo>", "wm:within", "<party/reed-party>"), "<place/malmo>", "leads to a wm:Place"
    ),
    "source without description": Wrong(_without(SOURCE, "wm:description"), SOURCE, "One wm:description"),
    "source with a name": Wrong(_also(SOURCE, "wm:mentionedIn", PASSAGE), SOURCE, "has no name"),
    "source of a person": Wrong(
        _also(SOURCE, "wm:affiliation", "<person/bo-ek>"), SOURCE, "leads to a wm:Organisation"
    ),
    "source without its words": Wrong(_without(SOURCE, "wm:describedIn"), SOURCE, "At least one wm:describedIn"),
    "meeting without evidence": Wrong(_without(MEETING, "wm:evidence"), MEETING, "no fact without the words"),
    "evidence is words": Wrong(_instead(MEETING, "wm:evidence", '"They met."'), MEETING, "each a wm:Passage"),
    "meeting without status": Wrong(_without(MEETING, "wm:status"), MEETING, "One wm:status: wm:Held"),
    "status of another class": Wrong(_instead(MEETING, "wm:status", "wm:Former"), MEETING, "One wm:status: wm:Held"),
    "two statuses": Wrong(_also(MEETING, "wm:status", "wm:Planned"), MEETING, "One wm:status: wm:Held"),
    "meeting of nobody": Wrong(_without(MEETING, "wm:participant"), MEETING, "A meeting of nobody"),
    "a place takes part": Wrong(
        _also(MEETING, "wm:participant", "<place/malmo>"), MEETING, "Each wm:participant is a person"
    ),
    "host who does not take part": Wrong(_also(MEETING, "wm:host", "<party/reed-party>"), MEETING, "hosts take part"),
    "invited by a place": Wrong(_also(MEETING, "wm:invitedBy", "<place/malmo>"), MEETING, "Each wm:invitedBy"),
    "two places": Wrong(_also(MEETING, "wm:place", "<party/reed-party>"), MEETING, "At most one wm:place"),
    "held at a body": Wrong(_instead(MEETING, "wm:place", "<party/reed-party>"), MEETING, "a wm:Place: the most"),
    "form as words": Wrong(_also(MEETING, "wm:form", '"talks"'), MEETING, "At most one wm:form, a skos:Concept"),
    "part of itself": Wrong(_also(MEETING, "wm:partOf", MEETING), MEETING, "part of itself"),
    "earliest after latest": Wrong(
        _instead(MEETING, "wm:earliest", '"2021-06-01"^^xsd:date'), MEETING, "comes after wm:latest"
    ),
    "date with a time": Wrong(
        _instead(MEETING, "wm:latest", '"2021-05-03T10:00:00"^^xsd:dateTime'), MEETING, "it is a day (xsd:date)"
    ),
    "no such day": Wrong(_instead(MEETING, "wm:earliest", '"2021-02-30"^^xsd:date'), MEETING, "it is a day (xsd:date)"),
    "date without basis": Wrong(_without(MEETING, "wm:dateBasis"), MEETING, "Dates without a wm:dateBasis"),
    "when in two wordings": Wrong(_also(MEETING, "wm:when", '"on Monday"'), MEETING, "At most one wm:when"),
    "meeting without occasion": Wrong(
        f"DELETE WHERE {{ {OCCASION} wm:account {MEETING} }}", MEETING, "One wm:Occasion has this meeting"
    ),
    "occasion of nothing": Wrong(_without(OCCASION, "wm:account"), OCCASION, "At least one wm:account"),
    "planned and held as one": Wrong(_also(OCCASION, "wm:heldAs", OCCASION), OCCASION, "the same occasion"),
    "unnamed tenure is a person": Wrong(
        _also(MEETING, "wm:unnamedTenure", "<person/bo-ek>"), MEETING, "wm:unnamedTenure leads to a wm:Tenure"
    ),
    "statement without speaker": Wrong(_without(SAID, "wm:speaker"), SAID, "At least one wm:speaker"),
    "a place speaks": Wrong(_instead(SAID, "wm:speaker", "<place/malmo>"), SAID, "At least one wm:speaker: a person"),
    "statement without kind": Wrong(_without(SAID, "wm:kind"), SAID, "One wm:kind: wm:Direct"),
    "statement without segment": Wrong(_without(SAID, "wm:segment"), SAID, "At least one wm:segment"),
    "statement without text": Wrong(_without(SAID, "wm:text"), SAID, "One wm:text"),
    "statement without evidence": Wrong(_without(SAID, "wm:evidence"), SAID, "no fact without the words"),
    "text in another language tag": Wrong(_instead(SAID, "wm:text", '"We agreed"@en'), SAID, "One wm:text"),
    "medium as words": Wrong(_instead(SAID, "wm:medium", '"interview"'), SAID, "At most one wm:medium"),
    "said to a place": Wrong(_also(SAID, "wm:addressee", "<place/malmo>"), SAID, "Each wm:addressee is an agent"),
    "mentions a document": Wrong(_also(SAID, "wm:mentions", DOCUMENT), SAID, "wm:mentions leads to"),
    "in the capacity of a body": Wrong(
        _also(SAID, "wm:inCapacity", "<party/reed-party>"), SAID, "At most one wm:inCapacity, a wm:Tenure"
    ),
    "on behalf of a person": Wrong(
        _also(SAID, "wm:onBehalfOf", "<person/bo-ek>"), SAID, "wm:onBehalfOf leads to a wm:Organisation"
    ),
    "about an occasion": Wrong(_also(SAID, "wm:concerns", OCCASION), SAID, "wm:concerns leads to a wm:Meeting"),
    "made at a place": Wrong(_also(SAID, "wm:madeAt", "<place/malmo>"), SAID, "At most one wm:madeAt, a wm:Meeting"),
    "reports a meeting": Wrong(_also(SAID, "wm:reports", MEETING), SAID, "wm:reports leads to a wm:Statement"),
    "disputes itself": Wrong(_also(SAID, "wm:disputes", SAID), SAID, "reports or disputes itself"),
    "tenure without role": Wrong(_without(TENURE, "org:role"), TENURE, "One org:role"),
    "role as words": Wrong(_instead(TENURE, "org:role", '"leader"'), TENURE, "One org:role"),
    "tenure without status": Wrong(_without(TENURE, "wm:status"), TENURE, "One wm:status: wm:Current"),
    "tenure without evidence": Wrong(_without(TENURE, "wm:evidence"), TENURE, "no fact without the words"),
    "a party holds an office": Wrong(
        _instead(TENURE, "org:member", "<party/reed-party>"), TENURE, "At most one org:member, a wm:Person"
    ),
    "office at a place, as body": Wrong(
        _instead(TENURE, "org:organization", "<place/malmo>"), TENURE, "At most one org:organization"
    ),
    "jurisdiction over a party": Wrong(
        _also(TENURE, "wm:jurisdiction", "<party/reed-party>"), TENURE, "At most one wm:jurisdiction, a wm:Place"
    ),
    "position nought": Wrong(_instead(TENURE, "wm:position", "0"), TENURE, "a whole number from 1"),
    "tenure of two offices": Wrong(
        f'INSERT DATA {{ <office/x> a wm:Office ; rdfs:label "x" ; org:role <role/leader> ; wm:tenure {TENURE} }}',
        TENURE,
        "one office at most",
    ),
    "office without tenures": Wrong(_without(OFFICE, "wm:tenure"), OFFICE, "At least one wm:tenure"),
    "office without role": Wrong(_without(OFFICE, "org:role"), OFFICE, "One org:role"),
    "office in a meeting": Wrong(_instead(OFFICE, "org:postIn", MEETING), OFFICE, "At most one org:postIn"),
    "concept without name": Wrong(_without("<role/leader>", "skos:prefLabel"), "<role/leader>", "One skos:prefLabel"),
    "concept's name in a language": Wrong(
        _instead("<role/leader>", "skos:prefLabel", '"leader"@en'), "<role/leader>", "without language tag"
    ),
    "a status of one's own": Wrong(
        _also("<status/maybe>", "a", "wm:MeetingStatus"), "<status/maybe>", "No such meeting status"
    ),
    "a tenure's status of one's own": Wrong(
        _also("<status/acting>", "a", "wm:TenureStatus"), "<status/acting>", "No such tenure status"
    ),
    "a basis of one's own": Wrong(
        _also("<basis/guess>", "a", "wm:DateBasis"), "<basis/guess>", "No such basis of dates"
    ),
    "a kind of one's own": Wrong(
        _also("<kind/sung>", "a", "wm:StatementKind"), "<kind/sung>", "No such kind of statement"
    ),
    "passage of no document": Wrong(_without(PASSAGE, "wm:passageOf"), PASSAGE, "One wm:passageOf"),
    "passage without words": Wrong(_without(PASSAGE, "wm:exact"), PASSAGE, "One wm:exact"),
    "offset below nought": Wrong(_instead(PASSAGE, "wm:start", "-1"), PASSAGE, "an offset of 0 or more"),
    "offset as a string": Wrong(_instead(PASSAGE, "wm:end", '"22"'), PASSAGE, "One wm:end: an offset"),
    "end before start": Wrong(_instead(PASSAGE, "wm:end", "3"), PASSAGE, "wm:start lies before wm:end"),
    "passage under another name": Wrong(
        f"INSERT DATA {{ <passage/1> a wm:Passage ; wm:passageOf {DOCUMENT} ; wm:start 0 ; "
        'wm:end 4 ; wm:exact "Reed" }',
        "<passage/1>",
        "#char=START,END",
    ),
    "blank node": Wrong("INSERT DATA { _:somebody a wm:Person ; rdfs:label 'X' }", "", "Every node has an IRI"),
    "misspelt property": Wrong(
        _also(MEETING, "wm:particpant", "<person/bo-ek>"), MEETING, "The vocabulary has no wm:particpant", "term"
    ),
    "misspelt class": Wrong(_also("<person/x>", "a", "wm:Persn"), "<person/x>", "has no wm:Persn", "term"),
    "words of another length": Wrong(
        _instead(PASSAGE, "wm:exact", '"Lindqvist"'), PASSAGE, "has 9 characters where", "evidence"
    ),
    "offsets other than the IRI's": Wrong(
        f"{_instead(PASSAGE, 'wm:start', '19')} ; {_instead(PASSAGE, 'wm:end', '23')}",
        PASSAGE,
        "The IRI names other offsets",
        "evidence",
    ),
    "text other than its segments": Wrong(
        _instead(SAID, "wm:text", '"We disagreed"'), SAID, "not the words of its segments", "evidence"
    ),
    "evidence from two documents": Wrong(
        _also(MEETING, "wm:evidence", PASSAGE), MEETING, "Evidence from two documents", "evidence"
    ),
    "two nodes for one thing": Wrong(
        "INSERT DATA { <person/ada-lind> skos:exactMatch <http://www.wikidata.org/entity/Q1> . "
        "<person/bo-ek> skos:exactMatch <http://www.wikidata.org/entity/Q1> }",
        "<person/ada-lind>",
        "one thing, two nodes",
        "identity",
    ),
    "one node for two things": Wrong(
        "INSERT DATA { <person/bo-ek> owl:sameAs <http://www.wikidata.org/entity/Q2> , "
        "<http://www.wikidata.org/entity/Q3> }",
        "<person/bo-ek>",
        "two things of one source",
        "identity",
    ),
    "a gap in an office's tenures": Wrong(
        _instead(TENURE, "wm:position", "3"), OFFICE, "do not count from 1 without a gap", "identity"
    ),
}
