"""Lists, binds and runs the stored queries: SPARQL files with a strictly read header.

A stored query is a `.rq` file whose first lines, each begun with `#+`, are YAML: `summary`, `description`,
`parameters`, `example` and `anchor` (`kg.narrowing`). A parameter stands in the query as a line
`VALUES ?name { UNDEF }`, so that the file runs as it is in any SPARQL engine; `kg.slots` puts values, as RDF terms, in
the place of UNDEF and takes out what is not given (engines are slowed by a variable that is never bound, some fail).
No text of the user's ever becomes part of a query except as such a term.

How a query must be written to be fast in Oxigraph, which orders no joins but those of one plain group: VALUES and
BIND of flags first, then all triple patterns, then OPTIONAL and BIND, and a subselect only alone in its group.
"""

from __future__ import annotations

import difflib
import re
import shlex
from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from kg.data import check_keys, folder
from kg.errors import DataError, QueryError
from kg.lookup import NODE_TYPES, Source, meant
from kg.narrowing import Anchor
from kg.narrowing import narrowed as _narrowed
from kg.slots import SLOT, filled
from kg.store import Store
from kg.tables import Result, Table, collect

WM = "https://w3id.org/whomet#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_HEADER = "#+"
_KEYS = ("summary", "description", "parameters", "example", "anchor")
_DISTINCT = re.compile(r"^SELECT DISTINCT\b", re.M)
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
STATUSES = ("Held", "Planned", "Proposed", "Cancelled", "Denied", "Current", "Former", "Incoming")
KINDS = {
    "person": ("Person",),
    "body": ("Party", "Organisation"),
    "party": ("Party",),
    "organisation": ("Organisation",),
    "place": ("Place",),
    "source": ("AnonymousSource",),
}
ANCHORS = ("meeting", "statement", "document")
TYPES = ("string", "integer", "iri", "from", "to", "status", "kind", *NODE_TYPES)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a stored query can be asked with.

    `type` is one of `TYPES`: "from" and "to" are dates of which a year or month alone means its first or last day;
    "kind" is a key of `KINDS`; "entity", "person", "body", "place", "document" and "node" take an IRI, a name or a
    part of one.
    """

    name: str
    type: str
    summary: str
    required: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A stored query: its header and its SPARQL text; `anchor` tells what its parameters bind (`kg.narrowing`)."""

    name: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    example: Mapping[str, str]
    text: str
    path: Path
    anchor: Anchor | None = None

    @property
    def command(self) -> str:
        """The header's example as it is typed."""
        return shlex.join(
            ["kg", "query", self.name, *(part for k, v in self.example.items() for part in (f"--{k}", v))]
        )


def load(path: Path) -> Query:
    """The stored query in a file.

    Raises DataError, naming file and key, where the header is missing, is no YAML or breaks the format, and where a
    parameter has no `VALUES ?name { UNDEF }` line or such a line no parameter.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read ({error}); a query file is UTF-8 text") from error
    lines = text.splitlines()
    end = next((i for i, line in enumerate(lines) if not line.startswith(_HEADER)), len(lines))
    header = _header(path, "\n".join(line[len(_HEADER) :].removeprefix(" ") for line in lines[:end]))
    body = "\n".join(lines[end:]).strip() + "\n"
    parameters = tuple(_parameter(path, str(name), entry) for name, entry in header.get("parameters", {}).items())
    names, slots = {p.name for p in parameters}, set(SLOT.findall(body))
    for name in sorted(names - slots):
        raise DataError(f"{path}: parameter {name!r} lacks its line 'VALUES ?{name} {{ UNDEF }}'; add it")
    for name in sorted(slots - names):
        raise DataError(f"{path}: 'VALUES ?{name} {{ UNDEF }}' has no parameter {name!r} in the header; add it there")
    example = {str(key): str(value) for key, value in header.get("example", {}).items()}
    check_keys(f"{path}: example", example, names, [p.name for p in parameters if p.required])
    told = header["description"].strip()
    return Query(path.stem, header["summary"], told, parameters, example, body, path, _anchor(path, header, body))


def _header(path: Path, text: str) -> dict[str, Any]:
    if not text.strip():
        raise DataError(f"{path}: the header is missing; begin the file with '#+ summary: …', '#+ description: …'")
    try:
        header = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as error:
        cause = " ".join(str(error).split())
        raise DataError(f"{path}: the header is no YAML ({cause}); mend the '#+' lines") from error
    if not isinstance(header, dict):
        raise DataError(f"{path}: the header must be a mapping: summary, description, parameters, example")
    check_keys(f"{path}: header", header, _KEYS, _KEYS[:2])
    for key in ("summary", "description"):
        if not isinstance(header[key], str):
            raise DataError(f"{path}: header: {key!r} must be text; put it in quotation marks")
    for key in ("parameters", "example", "anchor"):
        if not isinstance(header.get(key, {}), dict):
            raise DataError(f"{path}: header: {key!r} must be a mapping of names")
    return header


def _anchor(path: Path, header: dict[str, Any], body: str) -> Anchor | None:
    """The nodes that the parameters bind: `anchor: {meeting: [meeting]}`, a variable and the kinds of its nodes."""
    for name, kinds in header.get("anchor", {}).items():
        if not re.search(rf"\?{re.escape(str(name))}\b", body) or len(header["anchor"]) > 1:
            raise DataError(f"{path}: header: 'anchor' must name one variable of the query, without its '?'")
        if not isinstance(kinds, list) or not kinds or set(kinds) - set(ANCHORS):
            raise DataError(f"{path}: header: 'anchor' must give a list of kinds; allowed are {', '.join(ANCHORS)}")
        return Anchor(name, tuple(kinds))
    return None


def _parameter(path: Path, name: str, entry: object) -> Parameter:
    where = f"{path}: parameter {name!r}"
    if not isinstance(entry, dict):
        raise DataError(f"{where}: must be a mapping with the keys type and summary")
    check_keys(where, entry, {"type", "summary", "required", "default"}, ("type", "summary"))
    if entry["type"] not in TYPES:
        raise DataError(f"{where}: unknown type {entry['type']!r}; allowed are {', '.join(TYPES)}")
    if not isinstance(entry.get("required", False), bool):
        raise DataError(f"{where}: 'required' must be true or false")
    default = None if entry.get("default") is None else str(entry["default"])
    return Parameter(name, entry["type"], str(entry["summary"]), entry.get("required", False), default)


def files() -> list[Path]:
    """The files of all stored queries, in the order of their names."""
    return sorted(folder("queries").glob("*.rq"))


def named(name: str) -> Query:
    """The stored query of that name, or the one in the file of that name.

    Raises QueryError that lists the closest names.
    """
    if name.endswith(".rq") and Path(name).is_file():
        return load(Path(name))
    path = folder("queries") / f"{name}.rq"
    if re.fullmatch(r"[a-z0-9-]+", name) and path.is_file():
        return load(path)
    known = [each.stem for each in files()]
    close = difflib.get_close_matches(name, known, 3, 0.5) or [each for each in known if name and name in each]
    hint = f"did you mean {' or '.join(close)}?" if close else f"there are {', '.join(known)}"
    raise QueryError(f"query {name!r}: unknown; {hint}; `kg query` lists all with a summary")


def bind(query: Query, given: Mapping[str, object], source: Source) -> str:
    """The query's SPARQL text with every parameter that is given as an RDF term.

    Names of people, bodies, places and documents are looked up in `source`. Raises QueryError for an unknown or
    missing parameter, a value of the wrong type, a name that nothing bears or that several bear.
    """
    given = {name.replace("-", "_"): value for name, value in given.items() if value is not None}
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in given:
        if name not in known:
            close = difflib.get_close_matches(name, known, 1)
            allowed = ", ".join(known) if known else "none"
            raise QueryError(
                f"query {query.name}: unknown parameter {name!r}; "
                + (f"did you mean {close[0]!r}? " if close else "")
                + f"allowed are {allowed}"
            )
    rows: dict[str, str] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is None and parameter.required:
            lacking = f"parameter {parameter.name!r} is missing ({parameter.summary})"
            raise QueryError(f"query {query.name}: {lacking}; for example: {query.command}")
        if value is not None:
            rows[parameter.name] = " ".join(map(str, _terms(query, parameter, value, source)))
    return filled(query.text, rows)


def _terms(query: Query, parameter: Parameter, value: object, source: Source) -> list[ox.NamedNode | ox.Literal]:
    text = value.isoformat() if isinstance(value, date) else str(getattr(value, "value", value)).strip()
    where = f"query {query.name}: parameter {parameter.name!r}"
    match parameter.type:
        case "string":
            return [ox.Literal(text)]
        case "integer":
            if not re.fullmatch(r"[+-]?\d{1,18}", text):
                raise QueryError(f"{where}: {text!r} is no whole number")
            return [ox.Literal(text, datatype=ox.NamedNode(_XSD + "integer"))]
        case "from" | "to":
            return [ox.Literal(_day(text, parameter.type == "to", where), datatype=ox.NamedNode(_XSD + "date"))]
        case "status":
            return [ox.NamedNode(WM + _one_of(text.capitalize(), STATUSES, where))]
        case "kind":
            return [ox.NamedNode(WM + name) for name in KINDS[_one_of(text.lower(), KINDS, where)]]
        case "iri":
            return [iri(text, where)]
        case kind:
            return [meant(text, kind, source, where)]


def _one_of(text: str, allowed: Collection[str], where: str) -> str:
    if text not in allowed:
        raise QueryError(f"{where}: unknown value {text.lower()!r}; allowed are {', '.join(allowed).lower()}")
    return text


def iri(text: str, where: str) -> ox.NamedNode:
    """The text as an IRI, with or without angle brackets. Raises QueryError where it is none."""
    bare = text[1:-1] if text.startswith("<") and text.endswith(">") else text
    if not _IRI.fullmatch(bare):
        raise QueryError(
            f"{where}: {text!r} is no IRI; write it in full, such as https://example.org/kg/person/jane-doe"
        )
    return ox.NamedNode(bare)


def _day(text: str, last: bool, where: str) -> str:
    """A day as ISO; a month or year alone gives its first or its last day."""
    found = _DAY.fullmatch(text)
    try:
        if not found:
            raise ValueError(text)
        year, month, day = int(found[1]), int(found[2] or (12 if last else 1)), int(found[3] or 1)
        if last and not found[3]:
            day = monthrange(year, month)[1]
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise QueryError(f"{where}: {text!r} is no date; write 2018-04-25, 2018-04 or 2018") from error


def narrowed(query: Query, text: str, source: Source) -> str:
    """The text that `bind` gave, for a store: with the nodes that the query can be about found beforehand."""
    if query.anchor is None or not isinstance(source, Store):
        return text
    return _narrowed(query.text, text, query.anchor, source)


def answer(query: Query, given: Mapping[str, object], source: Source) -> Result:
    """The answer of a stored query that was read before. Raises QueryError as `bind` does, and for bad SPARQL in it."""
    text = bind(query, given, source)
    try:
        result = collect(source.query(narrowed(query, text, source)))
    except SyntaxError as error:
        raise DataError(f"{query.path}: no SPARQL: {error}; mend the file") from error
    if isinstance(result, Table) and _DISTINCT.search(text):
        # Virtuoso 7 gives rows with an empty cell twice in spite of it
        return Table(result.columns, tuple(dict.fromkeys(result.rows)))
    return result


def run(name: str, given: Mapping[str, object], source: Source) -> Result:
    """The answer of a stored query. Raises QueryError as `named` and `bind` do."""
    return answer(named(name), given, source)


def ask(text: str, source: Source) -> Result:
    """The answer of a SPARQL query. Raises QueryError with line and column where the text is no SPARQL."""
    try:
        return collect(source.query(text))
    except SyntaxError as error:
        raise QueryError(f"SPARQL: {error}; mend the query") from error
    except OSError as error:
        raise QueryError(f"SPARQL: cannot be answered ({error}); a SERVICE must be within reach") from error
