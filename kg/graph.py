"""The Python interface: a graph that was built or opened, with its questions and its exports."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg import decide, queries, settle
from kg.errors import StoreError
from kg.explain import Explanation, explain
from kg.export import ENDINGS, write
from kg.store import MEMORY, Store
from kg.tables import Result

if TYPE_CHECKING:
    import rdflib

    from kg.decide import Done, Doubtful
    from kg.pipeline import Report
    from kg.settle import Settled


class Graph:
    """A knowledge graph in a store. `report` tells what the build did, None where a store was only opened."""

    def __init__(self, store: Store, report: Report | None = None) -> None:
        self.store = store
        self.report = report

    def query(self, name: str, **parameters: object) -> Result:
        """The answer of a stored query: `graph.query("who-met-whom", person="Jane Doe")`.

        Iterating over the answer gives one mapping a row. A parameter whose name is a Python word takes an underscore
        behind it (`from_`). Raises QueryError for an unknown query or parameter and for a name that is borne by
        nothing, or by several.
        """
        return queries.run(name, {key.removesuffix("_"): value for key, value in parameters.items()}, self.store)

    def sparql(self, text: str) -> Result:
        """The answer of a SPARQL query over all graphs as one; the usual prefixes are known. Raises QueryError."""
        return queries.ask(text, self.store)

    def explain(self, node: str) -> Explanation:
        """A node, given by IRI, name or part of a name, with its facts, their sentences and the reasons."""
        return explain(node, self.store)

    def rdflib(self) -> rdflib.Dataset:
        """An rdflib Dataset over the same store: nothing is copied, and its default graph is the union of all."""
        import oxrdflib
        import rdflib

        return rdflib.Dataset(store=oxrdflib.OxigraphStore(store=self.store.oxigraph), default_union=True)

    def export(self, path: Path | str | None = None, form: str | None = None) -> str:
        """The graph as text, also written to `path` if one is given; the same bytes for the same graph.

        `form` is one of `kg.export.FORMATS`, by default what the path's ending asks for, else Turtle. Raises
        UsageError for an unknown format, StoreError where the file cannot be written.
        """
        asked = form or ENDINGS.get(Path(path or "").suffix, "turtle")
        out = io.BytesIO()
        write(self.store.quads(), asked, out, self.store.base)
        if path is not None:
            try:
                Path(path).write_bytes(out.getvalue())
            except OSError as error:
                raise StoreError(f"{path}: cannot be written ({error.strerror}); name another file") from error
        return out.getvalue().decode("utf-8")

    def identities(self, most: int | None = None) -> tuple[Doubtful, ...]:
        """The pairs that the rules decided only just, the most doubtful first; each can be accepted by its `key`."""
        return tuple(decide.doubts(self.store, most))

    def accept(self, *given: str, by: str | None = None, note: str = "") -> Done:
        """Decide that two are one: two names or IRIs, or keys of rows; `by` is the user unless told otherwise.

        The decision goes into the store's file of judgements and the graph is renewed at once: here, and in `part`,
        `reject`, `correct` and `forget`. Raises QueryError for a name that fits nothing or several, UsageError for
        what cannot be decided, StoreError where the store was opened to be read.
        """
        return decide.accept(self._writable(), given, decide.word(by, note))

    def part(self, *given: str, by: str | None = None, note: str = "") -> Done:
        """Decide that two are not one; NAME@DOCUMENT says whose is meant where both are one node now."""
        return decide.part(self._writable(), given, decide.word(by, note))

    def reject(self, *facts: str, by: str | None = None, note: str = "") -> Done:
        """Decide that meetings, statements or tenures, given by IRI, were misread: they leave the graph."""
        return decide.reject(self._writable(), facts, decide.word(by, note))

    def correct(self, fact: str, values: Mapping[str, str], *, by: str | None = None, note: str = "") -> Done:
        """Correct a fact: `graph.correct(iri, {"when": "2021-05-03", "participants": "Jane Doe | Richard Roe"})`.

        Fields are when, participants, place, status and speakers; an empty text is for what is not known.
        """
        return decide.correct(self._writable(), fact, values, decide.word(by, note))

    def forget(self, *given: str) -> Done:
        """Undo decisions, given by their keys or by the words that they name."""
        return decide.forget(self._writable(), given)

    def remove(self, *documents: str) -> Settled:
        """Remove documents with all that only they told; no byte of them stays in the store's folder."""
        store = self._writable()
        return settle.remove(store, settle.named(store, documents))

    def _writable(self) -> Store:
        if self.store.read_only:
            raise StoreError(f"{self.store.place}: opened to be read; open it with kg.open(…, write=True)")
        return self.store

    def close(self) -> None:
        """Give the store free."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def build(
    paths: Path | str | Iterable[Path | str],
    store: Path | str = MEMORY,
    *,
    base: str | None = None,
    language: str | None = None,
    prune: bool = False,
) -> Graph:
    """Read documents into a graph: in memory, or in the store at that folder.

    `base` is where the instances' IRIs begin, `language` the pipeline (ours, an installed one, or "rules" for none);
    `prune` removes documents that `paths` do not hold. What was left out stands in the graph's `report`. Raises
    ModelError where the language pipeline is missing, StoreError where the store cannot be used.
    """
    from kg import pipeline
    from kg.language import OWN

    given = [paths] if isinstance(paths, Path | str) else list(paths)
    opened = Store.open(store, base)
    report = pipeline.build(given, opened, pipeline.Settings(language or OWN, prune))
    return Graph(opened, report)


def open(store: Path | str = ".kg", *, write: bool = False, judgements: Path | str | None = None) -> Graph:
    """The graph in a store that was built before, to be read, or with `write` to be decided on.

    `judgements` is the file of what people decided, which the store remembers; by default it stands beside the
    store. Raises StoreError where there is no store.
    """
    if write:
        Store.open(store, read_only=True).close()
    return Graph(Store.open(store, read_only=not write, judgements=judgements))
