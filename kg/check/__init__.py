"""What is wrong with a graph: its shapes, terms, evidence, identities, and its logic.

report = check(store)                     a kg.store.Store: passages are compared with the texts too
report = check(Path("graph.ttl"))         any RDF file in our vocabulary
report = check(store, skip=["logic"])     names of kg.check.KINDS
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.check import evidence, identity, logic, shapes
from kg.check.findings import KINDS, Finding, Report, told
from kg.errors import DataError, StoreError, UsageError
from kg.rdf.iris import document_slug
from kg.store import Store

__all__ = ["KINDS", "Finding", "Report", "check", "read"]
FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".n3": ox.RdfFormat.N3,
}


def check(source: Store | Path, skip: Collection[str] = ()) -> Report:
    """Run every check but those in `skip`.

    A check for which something is missing (Java) is left out and the report says so. Raises UsageError for an
    unknown check, DataError for a file that is no RDF, StoreError for one that cannot be read.
    """
    if unknown := sorted(set(skip) - set(KINDS)):
        raise UsageError(f"check: there is no check {', '.join(unknown)}; the checks are {', '.join(KINDS)}")
    graph, texts = (source.oxigraph, _texts(source)) if isinstance(source, Store) else (read(source), _no_text)
    aside = 0 if isinstance(source, Store) else _without_triple_terms(graph)
    bare = evidence.without_passages(graph)
    size = len(graph)
    runs: dict[str, Callable[[], Iterable[Finding]]] = {
        "shape": lambda: shapes.broken(graph, size),
        "term": lambda: identity.unknown_terms(graph),
        "evidence": lambda: evidence.missing(graph, texts),
        "identity": lambda: identity.doubtful(graph),
        "logic": lambda: logic.contradictions(graph),
    }
    found: set[Finding] = set()
    ran, left_out = [], [f"{kind}: left out as asked" for kind in KINDS if kind in skip]
    if aside:
        left_out.append(f"triple terms: RDF 1.2, which the engines do not know; {aside:,} are passed over")
    if bare:
        left_out.append("passages: the graph was written without them, so no words are compared")
    for kind, run in runs.items():
        if kind in skip:
            continue
        if kind == "logic" and not logic.java():
            left_out.append("logic: no Java is found, on which HermiT runs; install one, such as default-jre-headless")
            continue
        if kind == "logic" and size > shapes.LARGE:
            left_out.append(f"logic: above {shapes.LARGE:,} statements only clashes of classes, not HermiT")
            found.update(logic.culprits(graph))
        else:
            found.update(each for each in run() if not (bare and evidence.wants_passage(each)))
        ran.append(f"{kind} ({shapes.engine(size)})" if kind == "shape" else kind)
    return Report(tuple(sorted(told(found, graph))), tuple(ran), tuple(left_out), size)


def read(path: Path) -> ox.Store:
    """An RDF file, by its ending, as a store in memory. Raises StoreError or DataError where that cannot be."""
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise UsageError(f"{path}: no format has the ending {path.suffix!r}; the endings are {', '.join(FORMATS)}")
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=form)
    except SyntaxError as error:
        raise DataError(f"{path}: no {form.name}: {error}; mend the file") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror or error}); name another file") from error
    return store


def _without_triple_terms(graph: ox.Store) -> int:
    """Take out what is said of triples, which neither pySHACL nor HermiT reads; how many statements that were."""
    said = [quad for quad in graph if isinstance(quad.object, ox.Triple)]
    for quad in said:
        graph.remove(quad)
    return len(said)


def _texts(store: Store) -> evidence.Texts:
    @cache
    def text(document: str) -> str | None:
        try:
            return store.text(document_slug(store.base, document))
        except StoreError:
            return None

    return text


def _no_text(document: str) -> str | None:
    return None
