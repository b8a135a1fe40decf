"""Answers as tables and triples, and their formats: CSV, TSV, JSON, XML, Turtle."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import UsageError

if TYPE_CHECKING:
    from xml.etree import ElementTree

Term = ox.NamedNode | ox.BlankNode | ox.Literal
FORMATS = ("csv", "tsv", "json", "xml", "turtle")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_WHOLE = {_XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger")}
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PREFIXES = {"wm": "https://w3id.org/whomet#", "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a SELECT: `columns`, and `rows` of RDF terms, None where a cell is empty.

    Iterating gives one mapping a row, of column to Python value: `date`, `int`, `bool`, `Decimal`, otherwise `str`.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            yield {column: value(term) for column, term in zip(self.columns, row, strict=True)}

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer of a CONSTRUCT or DESCRIBE, sorted."""

    triples: tuple[ox.Triple, ...]

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self.triples)

    def __len__(self) -> int:
        return len(self.triples)


Result = Table | Triples | bool


def texts(columns: tuple[str, ...], rows: Iterable[tuple[str | float, ...]]) -> Table:
    """A table of plain texts and numbers; an empty text is an empty cell."""
    return Table(columns, tuple(tuple(None if cell == "" else ox.Literal(cell) for cell in row) for row in rows))


def collect(answer: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean) -> Result:
    """A store's answer, read to its end: a table, triples, or the truth of an ASK."""
    if isinstance(answer, ox.QueryBoolean):
        return bool(answer)
    if isinstance(answer, ox.QueryTriples):
        return Triples(tuple(sorted(set(answer), key=str)))
    columns = tuple(variable.value for variable in answer.variables)
    return Table(columns, tuple(tuple(row[column] for column in columns) for row in answer))


def value(term: Term | None) -> Any:
    """A term as a Python value: IRIs and plain literals as `str`, dates as `date`, numbers as `int` or `Decimal`."""
    if not isinstance(term, ox.Literal):
        return None if term is None else term.value
    kind = term.datatype.value
    if kind in _WHOLE:
        return int(term.value)
    if kind == _XSD + "date":
        return date.fromisoformat(term.value[:10])
    if kind == _XSD + "boolean":
        return term.value in ("true", "1")
    if kind == _XSD + "decimal":
        return Decimal(term.value)
    return term.value


def write(result: Result, name: str) -> str:
    """A result in the named format (one of `FORMATS`).

    Raises UsageError where the format does not fit: tables have no Turtle, triples nothing else.
    """
    if isinstance(result, Triples):
        if name != "turtle":
            raise UsageError(f"format {name!r}: this query makes triples; use --format turtle")
        data = ox.serialize(result.triples, format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)
        return (data or b"").decode("utf-8")
    if name == "turtle":
        raise UsageError("format 'turtle': this query answers with rows; use csv, tsv, json or xml")
    if name in ("json", "xml"):
        return _json(result) if name == "json" else _xml(result)
    if isinstance(result, bool):
        return f"{str(result).lower()}\n"
    return _csv(result) if name == "csv" else _tsv(result)


def _csv(table: Table) -> str:
    """Values only; a cell that a spreadsheet would run as a formula begins with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    for row in table.rows:
        cells = ["" if term is None else term.value for term in row]
        writer.writerow(map(harmless, cells))
    return out.getvalue()


def harmless(cell: str) -> str:
    """A cell with an apostrophe before it where a spreadsheet would run it as a formula."""
    return "'" + cell if cell.startswith(_FORMULA) and not _number(cell) else cell


def _number(cell: str) -> bool:
    return cell.removeprefix("-").replace(".", "", 1).isdigit()


def _json(result: Table | bool) -> str:
    """SPARQL 1.1 Query Results JSON Format."""
    if isinstance(result, bool):
        return json.dumps({"head": {}, "boolean": result}) + "\n"
    bindings = [
        {column: _json_term(term) for column, term in zip(result.columns, row, strict=True) if term is not None}
        for row in result.rows
    ]
    answer = {"head": {"vars": list(result.columns)}, "results": {"bindings": bindings}}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    if not isinstance(term, ox.Literal):
        return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": term.value}
    cell = {"type": "literal", "value": term.value}
    if term.language:
        cell["xml:lang"] = term.language
    elif term.datatype.value != _XSD + "string":
        cell["datatype"] = term.datatype.value
    return cell


def _xml(result: Table | bool) -> str:
    """SPARQL Query Results XML Format; characters that XML cannot hold become U+FFFD."""
    from xml.etree import ElementTree

    root = ElementTree.Element("sparql", xmlns="http://www.w3.org/2005/sparql-results#")
    head = ElementTree.SubElement(root, "head")
    if isinstance(result, bool):
        ElementTree.SubElement(root, "boolean").text = str(result).lower()
    else:
        for column in result.columns:
            ElementTree.SubElement(head, "variable", name=column)
        results = ElementTree.SubElement(root, "results")
        for row in result.rows:
            _xml_row(ElementTree.SubElement(results, "result"), result.columns, row)
    ElementTree.indent(root, " ")
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _xml_row(parent: ElementTree.Element, columns: tuple[str, ...], row: tuple[Term | None, ...]) -> None:
    from xml.etree import ElementTree

    for column, term in zip(columns, row, strict=True):
        if term is None:
            continue
        cell = _json_term(term)
        binding = ElementTree.SubElement(parent, "binding", name=column)
        attributes = {key: text for key, text in cell.items() if key in ("xml:lang", "datatype")}
        ElementTree.SubElement(binding, cell["type"], attributes).text = _NOT_XML.sub("\ufffd", cell["value"])


def _tsv(table: Table) -> str:
    """SPARQL 1.1 Query Results TSV Format: terms in Turtle's spelling."""
    lines = ["\t".join(f"?{column}" for column in table.columns)]
    lines += ["\t".join("" if term is None else str(term).replace("\t", "\\t") for term in row) for row in table.rows]
    return "\n".join(lines) + "\n"
