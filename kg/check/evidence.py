"""Does the evidence hold: do passages agree with their IRIs, their lengths, and the documents' texts?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from kg.check.findings import Finding
from kg.rdf.namespaces import prologue, term

Texts = Callable[[str], str | None]
"""The text of a document, by its IRI; None where it is not known."""
_OFFSETS = re.compile(r"(.*)#char=(\d+),(\d+)$", re.S)
_LEADS = ("wm:mentionedIn", "wm:evidence", "wm:segment", "wm:describedIn")
_PASSAGES = """
SELECT DISTINCT ?node ?document ?start ?end ?exact WHERE {
    ?node a wm:Passage ; wm:passageOf ?document ; wm:start ?start ; wm:end ?end ; wm:exact ?exact
}
"""
_STATEMENTS = """
SELECT DISTINCT ?node ?text ?start ?exact WHERE {
    ?node a wm:Statement ; wm:text ?text ; wm:segment ?passage . ?passage wm:start ?start ; wm:exact ?exact
}
"""
_ELSEWHERE = """
SELECT DISTINCT ?node ?one ?other WHERE {
    VALUES ?type { wm:Meeting wm:Statement wm:Tenure }
    ?node a ?type ; wm:evidence/wm:passageOf ?one , ?other FILTER(STR(?one) < STR(?other))
}
"""


def without_passages(graph: ox.Store) -> bool:
    """Whether a graph names passages by their IRIs but describes none: an export without them."""
    if any(True for _ in graph.quads_for_pattern(None, term("wm:exact"), None, None)):
        return False
    named = graph.quads_for_pattern(None, term("wm:mentionedIn"), None, None)
    return any(isinstance(quad.object, ox.NamedNode) and _OFFSETS.match(quad.object.value) for quad in named)


def wants_passage(finding: Finding) -> bool:
    """Whether nothing is wrong but that a passage, named by its IRI, is not described."""
    return finding.kind == "shape" and finding.path in _LEADS and _OFFSETS.match(finding.value) is not None


def missing(graph: ox.Store, texts: Texts) -> Iterator[Finding]:
    """Passages and statements whose words are not where they say."""
    for row in graph.query(prologue() + _PASSAGES, use_default_graph_as_union=True):  # type: ignore[union-attr]
        yield from _passage(row, texts)
    segments: dict[str, dict[tuple[int, str], None]] = {}
    said: dict[str, str] = {}
    for row in graph.query(prologue() + _STATEMENTS, use_default_graph_as_union=True):  # type: ignore[union-attr]
        if row["start"].value.isdecimal():
            segments.setdefault(row["node"].value, {})[int(row["start"].value), row["exact"].value] = None
            said[row["node"].value] = row["text"].value
    for node, parts in segments.items():
        whole = " ".join(words for _, words in sorted(parts))
        if said[node] != whole:
            yield Finding(
                "evidence", node, f"wm:text is not the words of its segments: {whole!r}.", "wm:text", said[node]
            )
    for row in graph.query(prologue() + _ELSEWHERE, use_default_graph_as_union=True):  # type: ignore[union-attr]
        message = "Evidence from two documents: an account is one document's."
        yield Finding("evidence", row["node"].value, message, "wm:evidence", row["other"].value)


def _passage(row: ox.QuerySolution, texts: Texts) -> Iterator[Finding]:
    node, document, exact = row["node"].value, row["document"].value, row["exact"].value
    start, end = row["start"].value, row["end"].value
    if not (start.isdecimal() and end.isdecimal()):
        return  # the shapes say so
    found = _OFFSETS.match(node)
    if found and (found[1] != document or (int(found[2]), int(found[3])) != (int(start), int(end))):
        message = f"The IRI names other offsets or another document than wm:start {start}, wm:end {end}."
        yield Finding("evidence", node, message, "wm:start", start)
    if len(exact) != int(end) - int(start):
        message = f"wm:exact has {len(exact)} characters where wm:start and wm:end span {int(end) - int(start)}."
        yield Finding("evidence", node, message, "wm:exact", exact)
        return
    text = texts(document)
    if text is not None and text[int(start) : int(end)] != exact:
        message = f"At this place the document reads {text[int(start) : int(end)]!r}."
        yield Finding("evidence", node, message, "wm:exact", exact)
