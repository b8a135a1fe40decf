"""Is a store whole: are its files what was written, and does the graph say what its documents say?

    report = verify(".kg")                a kg.verify.Verified: `findings`, and what was counted
    report = verify(".kg", skip=["shape"])

A file that was changed, lost or cut off is found by the digests that are kept with each state; what was changed with
the digests is found by its meaning: passages are compared with texts, documents with their hashes, references with
what they refer to, the graph with what is decided anew from the findings.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.check import check
from kg.config import STORE_MARKER
from kg.errors import DataError, KgError, StoreError, UsageError
from kg.rdf.iris import document_iri, identity_graph, inferred_graph
from kg.rdf.namespaces import term
from kg.settle import said
from kg.sidecar import FILE, of_revision, read_only
from kg.store import Store, present
from kg.store.files import digest
from kg.store.shelf import Kept, paths
from kg.store.states import SUMS, read_kept

KINDS = ("file", "document", "reference", "count", "graph", "evidence", "shape", "term")
"""What is looked at, in this order; the last three are checks of `kg.check`."""
_CHECKS = ("evidence", "shape", "term")
_MOST = 20
"""Findings of one kind on one thing that are told one by one."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong: of which kind, where (a file or an IRI), and what."""

    kind: str
    where: str
    what: str

    def as_json(self) -> dict[str, str]:
        """The fault as a JSON object."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Verified:
    """All faults, sorted; how many documents, triples and files there are; and what was not looked at, with why."""

    faults: tuple[Fault, ...]
    documents: int
    triples: int
    files: int
    left_out: tuple[str, ...] = ()


def verify(place: str | Path, skip: Collection[str] = ()) -> Verified:
    """Look at all of a store, which is only read, also while a build goes on.

    Raises UsageError for an unknown kind in `skip`, StoreError where there is no store at all.
    """
    if unknown := sorted(set(skip) - set(KINDS)):
        raise UsageError(f"verify: nothing is called {', '.join(unknown)}; what can be left out: {', '.join(KINDS)}")
    folder = Path(place)
    if not (folder / STORE_MARKER).exists() and not present(folder):
        raise StoreError(f"{folder}: there is no store; name its folder with --store")
    faults: list[Fault] = []
    try:
        with Store.open(folder, read_only=True) as store:
            state = store.home
            if state is None:
                return Verified(tuple(_without_state(folder)), 0, 0, 0)
            files = _files(folder, state, faults)
            left_out = _look(store, skip, faults)
            return Verified(tuple(sorted(set(faults))), len(store.kept), len(store.oxigraph), files, left_out)
    except (StoreError, OSError, RuntimeError) as error:
        where = folder / present(folder)
        if where != folder and where.is_dir() and not faults:
            try:
                _files(folder, where, faults)
            except StoreError as other:
                faults.append(Fault("file", str(folder), str(other)))
        faults.append(Fault("file", str(folder), str(error)))
        return Verified(tuple(sorted(set(faults))), 0, 0, 0, ("all but the files: the store cannot be opened",))


def _without_state(folder: Path) -> Iterator[Fault]:
    if any(folder.glob("state-*")) or (any(folder.glob("findings/*")) and not (folder / "pending.jsonl").exists()):
        yield Fault("file", str(folder / "current"), "is lost: which state is the present one is not known")


def _files(folder: Path, state: Path, faults: list[Fault]) -> int:
    """Compare each file with the digest that was kept; their number."""
    try:
        sums = json.loads((state / SUMS).read_text("utf-8"))
        wanted = {state / name: str(found) for name, found in sums.items()}
    except (OSError, ValueError, AttributeError) as error:
        faults.append(Fault("file", str(state / SUMS), f"cannot be read ({error})"))
        wanted = {}
    there = {each for each in state.rglob("*") if each.is_file() and each.name != SUMS} if wanted else set()
    faults.extend(Fault("file", str(path), "does not belong to this state") for path in there - wanted.keys())
    for one in read_kept(state)[0].values():
        wanted.update(zip(paths(folder, one), (one.text, one.findings), strict=True))
    for path, found in wanted.items():
        try:
            if digest(path.read_bytes()) != found:
                faults.append(Fault("file", str(path), "was changed since it was written"))
        except OSError as error:
            faults.append(Fault("file", str(path), f"cannot be read ({error.strerror})"))
    return len(wanted) + 1


def _look(store: Store, skip: Collection[str], faults: list[Fault]) -> tuple[str, ...]:
    """Everything but the files; what could not be looked at."""
    left_out = [f"{kind}: left out as asked" for kind in KINDS if kind in skip]
    runs: dict[str, Callable[[], Iterable[Fault]]] = {
        "document": lambda: _documents(store),
        "reference": lambda: _references(store),
        "count": lambda: _counts(store),
        "graph": lambda: _graph(store),
        "evidence": lambda: _checked(store, skip),
    }
    for kind, run in runs.items():
        if kind in skip and kind != "evidence":
            continue
        if kind == "graph" and not store.concluded:
            left_out.append("graph: it was concluded by another kg, or with other judgements; the next build renews it")
            continue
        try:
            faults.extend(run())
        except (KgError, OSError, RuntimeError, ValueError) as error:
            faults.append(Fault(kind, store.place, f"cannot be looked at ({error})"))
    if store.removal:
        faults.append(Fault("document", store.place, "a removal was stopped; the next kg build, or kg remove, ends it"))
    return tuple(left_out)


def _documents(store: Store) -> Iterator[Fault]:
    """Each document of the graph is kept, and of the same hash; each that is kept is in the graph."""
    told = {one.slug: one for one in store.documents()}
    kept: Mapping[str, Kept] = {one.slug: one for one in store.kept.values()}
    for slug in sorted(kept.keys() - told.keys()):
        yield Fault("document", slug, "is kept, but not in the graph")
    for slug, one in sorted(told.items()):
        if slug not in kept:
            yield Fault("document", one.iri, "is in the graph, but its text is not kept")
            continue
        try:
            found = store.findings_of(slug).document
        except StoreError as error:
            yield Fault("document", one.iri, str(error))
            continue
        if (found.slug, found.sha256) != (slug, one.sha256):
            yield Fault("document", one.iri, f"the graph gives the hash {one.sha256}, the findings {found.sha256}")


def _references(store: Store) -> Iterator[Fault]:
    """Whatever of ours is referred to is said something of."""
    known: set[ox.NamedNode] = set()
    named: dict[ox.NamedNode, ox.Quad] = {}
    for quad in store.quads():
        if isinstance(quad.subject, ox.NamedNode):
            known.add(quad.subject)
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(store.base):
            named.setdefault(quad.object, quad)
    for node in sorted(named.keys() - known, key=str):
        quad = named[node]
        yield Fault("reference", node.value, f"nothing is said of it; {quad.predicate} of {quad.subject} refers to it")


def _counts(store: Store) -> Iterator[Fault]:
    """The index holds as many nodes of each kind as the graph."""
    from kg.search.schema import KINDS as INDEXED

    if store.home is None or not of_revision(store.home / FILE, store.revision):
        return  # it is made anew when it is wanted
    with closing(read_only(store.home / FILE)) as index:
        try:
            (whole,) = index.execute("PRAGMA integrity_check").fetchone()
            counted = dict(index.execute("SELECT kind, COUNT(*) FROM node GROUP BY kind"))
        except sqlite3.Error as error:
            raise DataError(f"{store.home / FILE}: cannot be read ({error}); build anew") from error
    if whole != "ok":
        yield Fault("count", str(store.home / FILE), whole)
    nodes: dict[str, set[str]] = {}
    for quad in store.oxigraph.quads_for_pattern(None, term("rdf:type"), None, None):
        kind = INDEXED.get(str(quad.object.value if isinstance(quad.object, ox.NamedNode) else "").rpartition("#")[2])
        if kind and quad.graph_name != inferred_graph(store.base):
            nodes.setdefault(kind, set()).add(str(quad.subject))
    for kind, found in sorted(nodes.items()):
        if counted.get(kind, 0) != len(found):
            yield Fault("count", kind, f"{len(found)} in the graph, {counted.get(kind, 0)} in the index")


def _graph(store: Store) -> Iterator[Fault]:
    """The graph is what its documents' findings and the judgements say, decided anew."""
    description, slugs = said(store)
    graphs = {document_iri(store.base, slug): set(description.document(slug)) for slug in slugs}
    concluded = identity_graph(store.base)
    graphs[concluded] = set(description.identity())
    for graph, wanted in graphs.items():
        there = set(store.oxigraph.quads_for_pattern(None, None, None, graph))
        yield from _different(graph.value, "is not there, though its documents say it", wanted - there)
        yield from _different(graph.value, "is there, though no document says it", there - wanted)
    inferred = inferred_graph(store.base)
    for name in store.oxigraph.named_graphs():
        if isinstance(name, ox.NamedNode) and name not in graphs and name != inferred:
            yield Fault("graph", name.value, "no document has this graph")


def _different(graph: str, what: str, quads: Collection[ox.Quad]) -> Iterator[Fault]:
    for quad in sorted(quads, key=str)[:_MOST]:
        yield Fault("graph", graph, f"{quad.triple} {what}")
    if len(quads) > _MOST:
        yield Fault("graph", graph, f"and {len(quads) - _MOST:,} more: {what}")


def _checked(store: Store, skip: Collection[str]) -> Iterator[Fault]:
    """The findings of `kg check` that tell of damage; what it thinks of identities and logic is left to it."""
    asked = {"identity", "logic", *(kind for kind in _CHECKS if kind in skip)}
    report = check(store, sorted(asked))
    kinds: Counter[str] = Counter()
    for found in report.findings:
        kinds[found.kind] += 1
        if kinds[found.kind] <= _MOST:
            at = f" (at {found.path}: {found.value})" if found.path else ""
            yield Fault(found.kind, found.node, f"{found.message}{at}")
    for kind, number in kinds.items():
        if number > _MOST:
            yield Fault(kind, store.place, f"and {number - _MOST:,} more; kg check tells them all")
