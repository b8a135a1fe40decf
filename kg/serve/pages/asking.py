"""The pages that ask: stored queries as forms, and SPARQL."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from functools import cache
from itertools import islice
from typing import Any

import pyoxigraph as ox

from kg import queries
from kg.data import folder
from kg.errors import DataError, QueryError
from kg.rdf.namespaces import PREFIXES, prologue, term
from kg.rdf.sparql import services
from kg.serve.pages import sections
from kg.serve.pages.links import FOLDERS
from kg.serve.pages.reader import Reader
from kg.serve.pages.rendering import Page
from kg.serve.settings import Settings
from kg.tables import Result, Table, Triples, collect, value, write

_ROWS = 50
_SHOWN = 200
_RAW = ("json", "csv", "tsv")
_PLACE = re.compile(r"\bat (\d+):(\d+)")
_NAME = re.compile(r"[a-z]+:[\w-]+")
_USUAL = tuple(term(name).value for name in ("rdfs:label", "skos:prefLabel", "skos:altLabel", "dcterms:issued"))
_CANDIDATE = re.compile(r"^  (.+?)  <([^<>]+)>$", re.M)
FIRST = """SELECT ?person ?name (COUNT(DISTINCT ?meeting) AS ?meetings) WHERE {
  ?meeting wm:participant ?person ; wm:status wm:Held .
  ?person a wm:Person ; rdfs:label ?name .
}
GROUP BY ?person ?name
ORDER BY DESC(?meetings) ?name
LIMIT 20"""
"""The query that stands in an empty editor."""


@cache
def catalogue() -> tuple[queries.Query, ...]:
    """All stored queries; read once."""
    return tuple(queries.load(path) for path in queries.files())


@cache
def vocabulary() -> tuple[str, ...]:
    """The names that a query may use, with their prefixes: all that the ontology declares or speaks of."""
    quads = ox.parse(path=str(folder("ontology") / "whomet.ttl"))
    spoken = {each.value for quad in quads for each in quad.triple if isinstance(each, ox.NamedNode)}
    names = {
        f"{prefix}:{iri.removeprefix(space)}"
        for iri in (*spoken, *_USUAL)
        for prefix, space in PREFIXES.items()
        if iri.startswith(space)
    }
    return tuple(sorted(name for name in names if _NAME.fullmatch(name)))


def listing() -> Page:
    """The stored queries."""
    return Page(
        "queries.html",
        title="Questions",
        description="Questions that the graph answers, each a stored SPARQL query with a form",
        queries=catalogue(),
    )


def stored(reader: Reader, name: str, given: Mapping[str, str]) -> Page | None:
    """The page of a stored query: its form and its answer; None where there is none of that name."""
    query = next((each for each in catalogue() if each.name == name), None)
    if query is None:
        return None
    known = {parameter.name for parameter in query.parameters}
    asked = {key: text.strip() for key, text in given.items() if key in known and text.strip()}
    ready = all(p.name in asked or p.default for p in query.parameters if p.required)
    problem, options, result, text = "", [], None, query.text
    if ready:
        try:
            text = queries.bind(query, asked, reader.store)
            result = _answer(query, text, reader)
        except QueryError as error:
            problem = str(error).partition("\n")[0]
            options = _options(query, asked, str(error))
    total = len(result) if isinstance(result, Table | Triples) else 0
    pages = max(1, -(-total // _ROWS))
    page = sections.number(given.get("page"), pages)
    return Page(
        "query.html",
        title=query.summary,
        description=" ".join(query.description.split()),
        query=query,
        asked=asked,
        ready=ready,
        problem=problem,
        options=options,
        statuses=[status.lower() for status in queries.STATUSES],
        what=list(queries.KINDS),
        grid=grid(reader, result, (page - 1) * _ROWS, _ROWS) if result is not None else None,
        triples=write(result, "turtle") if isinstance(result, Triples) else "",
        text=text,
        total=total,
        page=page,
        pages=pages,
    )


def stored_result(reader: Reader, name: str, given: Mapping[str, str]) -> Result | None:
    """The whole answer of a stored query, as `kg query` gives it; None where there is none of that name."""
    query = next((each for each in catalogue() if each.name == name), None)
    if query is None:
        return None
    asked = {key: text for key, text in given.items() if text.strip() and key not in ("format", "page", "table")}
    return _answer(query, queries.bind(query, asked, reader.store), reader)


def _answer(query: queries.Query, text: str, reader: Reader) -> Result:
    try:
        return collect(reader.store.query(queries.narrowed(query, text, reader.store)))
    except SyntaxError as error:
        raise DataError(f"{query.path}: no SPARQL: {error}; mend the file") from error


def _options(query: queries.Query, asked: Mapping[str, str], message: str) -> list[tuple[str, dict[str, str]]]:
    """Where a name may be any of several: each with the parameters that mean it."""
    name = next((p.name for p in query.parameters if f"parameter {p.name!r}" in message), None)
    if name is None:
        return []
    return [(label, {**asked, name: iri}) for label, iri in _CANDIDATE.findall(message)]


def grid(reader: Reader, result: Result, offset: int, limit: int) -> dict[str, Any] | None:
    """A table's columns and rows of (text, path or None): the column of a node is told by its name's column."""
    if not isinstance(result, Table):
        return None
    columns = result.columns
    named = {f"{column}Name": column for column in columns if f"{column}Name" in columns}
    shown = [i for i, column in enumerate(columns) if column not in named.values()]
    rows = []
    for row in result.rows[offset : offset + limit]:
        cells = dict(zip(columns, row, strict=True))
        rows.append([_cell(reader, cells[columns[i]], cells.get(named.get(columns[i], ""))) for i in shown])
    return {"columns": [columns[i].removesuffix("Name") or columns[i] for i in shown], "rows": rows}


def _cell(reader: Reader, term: Any, node: Any) -> tuple[str, str | None]:
    base = reader.store.base
    linked = node if isinstance(node, ox.NamedNode) else term if isinstance(term, ox.NamedNode) else None
    path = linked.value.removeprefix(base) if linked and linked.value.startswith(base) else None
    if path and ("#" in path or path.partition("/")[0] not in FOLDERS):
        path = None
    if term is None:
        return "", None
    if isinstance(term, ox.NamedNode) and path:
        return reader.label(path), path
    return str(value(term)), path


def editor(reader: Reader, settings: Settings, given: Mapping[str, str]) -> Page:
    """The SPARQL page: the text, and its answer or its error at its line.

    Of the parameters `given`, `query` is asked; `view` shows its answer as JSON, CSV or TSV; `example` names a stored
    query whose text stands in the editor and is not asked yet.
    """
    text = given.get("query", "")
    example = next((each for each in catalogue() if each.name == given.get("example")), None)
    result: Result | None = None
    problem: dict[str, Any] = {}
    began = time.perf_counter()
    if text.strip():
        try:
            result = _run(reader, settings, text)
        except SyntaxError as error:
            problem = _located(text, str(error))
        except (OSError, QueryError) as error:
            problem = {"message": str(error), "line": None, "column": None, "source": ""}
    view = given.get("view", "") if isinstance(result, Table) and given.get("view") in _RAW else ""
    shown = grid(reader, result, 0, _SHOWN) if result is not None else None
    return Page(
        "editor.html",
        title="SPARQL",
        description="Ask the graph in SPARQL",
        query=text or (example.text if example else FIRST),
        example=example,
        asked=bool(text.strip()),
        problem=problem,
        grid=shown,
        views=_RAW,
        view=view,
        raw=write(Table(result.columns, result.rows[:_SHOWN]), view) if view and isinstance(result, Table) else "",
        truth=result if isinstance(result, bool) else None,
        triples=write(result, "turtle") if isinstance(result, Triples) else "",
        total=len(result) if isinstance(result, Table | Triples) else 0,
        most=_SHOWN,
        seconds=time.perf_counter() - began,
        deadline=settings.deadline,
        prefixes=prologue(),
        terms=" ".join(vocabulary()),
        examples=catalogue(),
    )


def _run(reader: Reader, settings: Settings, text: str) -> Result:
    """The answer, of a table or graph no more than can be shown, and one row beyond. Raises SyntaxError, OSError."""
    for address in services(text):
        if address not in settings.services:
            raise QueryError(f"SERVICE {address}: this server calls no other; ask that one yourself")
    answer = reader.store.query(text)
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QueryTriples):
        return Triples(tuple(sorted(set(islice(answer, _SHOWN + 1)), key=str)))
    columns = tuple(variable.value for variable in answer.variables)
    return Table(columns, tuple(tuple(row[c] for c in columns) for row in islice(answer, _SHOWN + 1)))


def _located(text: str, message: str) -> dict[str, Any]:
    """An error with its line and column, counted from one, and that line."""
    found = _PLACE.search(message)
    lines = text.splitlines() or [""]
    if not found or not 1 <= int(found[1]) <= len(lines):
        return {"message": message, "line": None, "column": None, "source": ""}
    line = int(found[1])
    return {"message": message, "line": line, "column": int(found[2]), "source": lines[line - 1]}
