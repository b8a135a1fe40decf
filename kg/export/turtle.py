"""Turtle and TriG made to be read: a paragraph for each subject, its type and label first, IRIs short."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import BinaryIO

import pyoxigraph as ox

from kg.rdf.namespaces import PREFIXES, term

_LOCAL = re.compile(r"[A-Za-z_](?:[\w-]*\w)?", re.ASCII)
_RELATIVE = re.compile(r"[A-Za-z]+/[^\s<>\"{}|^`\\]+")
_STEP = re.compile(r"/\.\.?(?:/|$)|//")
_INTEGER = term("xsd:integer").value
_STRING = term("xsd:string").value
_FIRST = {term("rdf:type").value: "0", term("rdfs:label").value: "1", term("skos:prefLabel").value: "1"}
_OFFSETS = re.compile(r"#char=(\d+),(\d+)$")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile(r'["\\\x00-\x1f\x7f]')


class _Terms:
    """Terms as Turtle words."""

    def __init__(self, base: str) -> None:
        self._base = base if base.endswith("/") and "://" in base else None

    def head(self) -> str:
        lines = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items()]
        return "\n".join(([f"@base <{self._base}> ."] if self._base else []) + lines) + "\n"

    def iri(self, iri: str) -> str:
        if self._base and iri.startswith(self._base):
            rest = iri[len(self._base) :]
            if _RELATIVE.fullmatch(rest) and not _STEP.search(rest):
                return f"<{rest}>"
        return _prefixed(iri)

    def value(self, node: object) -> str:
        if isinstance(node, ox.Literal):
            return self._literal(node)
        return self.iri(node.value) if isinstance(node, ox.NamedNode) else str(node)

    def _literal(self, literal: ox.Literal) -> str:
        words, kind = literal.value, literal.datatype.value
        if kind == _INTEGER and re.fullmatch(r"[+-]?[0-9]+", words):
            return words
        quoted = '"' + _TO_ESCAPE.sub(_escape, words) + '"'
        if literal.language:
            return f"{quoted}@{literal.language}"
        return quoted if kind == _STRING else f"{quoted}^^{self.iri(kind)}"


@cache
def _prefixed(iri: str) -> str:
    for prefix, start in PREFIXES.items():
        if iri.startswith(start) and _LOCAL.fullmatch(iri[len(start) :]):
            return f"{prefix}:{iri[len(start) :]}"
    return f"<{iri}>"


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def _in_order(iri: str) -> tuple[str, int, int]:
    """The order of subjects: by IRI, passages of one document by their offsets."""
    offsets = _OFFSETS.search(iri)
    return (iri[: offsets.start()], int(offsets[1]), int(offsets[2])) if offsets else (iri, -1, -1)


def _subjects(quads: Iterable[ox.Quad]) -> dict[object, dict[str, set[object]]]:
    found: dict[object, dict[str, set[object]]] = {}
    for quad in quads:
        found.setdefault(quad.subject, {}).setdefault(quad.predicate.value, set()).add(quad.object)
    return found


def _block(subject: object, facts: dict[str, set[object]], terms: _Terms, indent: str = "") -> str:
    lines = []
    for predicate in sorted(facts, key=lambda p: (_FIRST.get(p, "2"), terms.iri(p))):
        verb = "a" if _FIRST.get(predicate) == "0" else terms.iri(predicate)
        values = sorted(facts[predicate], key=lambda node: (_in_order(str(node).strip("<>")), str(node)))
        lines.append(f"{verb} {', '.join(map(terms.value, values))}")
    return f"{indent}{terms.value(subject)} " + f" ;\n{indent}    ".join(lines) + " .\n"


def _blocks(quads: Iterable[ox.Quad], terms: _Terms, indent: str = "") -> Iterable[str]:
    found = _subjects(quads)
    for subject in sorted(found, key=lambda node: _in_order(str(node).strip("<>"))):
        yield _block(subject, found[subject], terms, indent)


def write_turtle(quads: Iterable[ox.Quad], out: BinaryIO, base: str) -> None:
    """All graphs as one."""
    terms = _Terms(base)
    out.write(terms.head().encode())
    for block in _blocks(quads, terms):
        out.write(f"\n{block}".encode())


def write_trig(quads: Iterable[ox.Quad], out: BinaryIO, base: str) -> None:
    """Each graph in braces under its name."""
    terms = _Terms(base)
    out.write(terms.head().encode())
    graphs: dict[object, list[ox.Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad)
    for name in sorted(graphs, key=str):
        default = isinstance(name, ox.DefaultGraph)
        out.write(f"\n{'' if default else terms.value(name) + ' '}{{\n".encode())
        out.write("\n".join(_blocks(graphs[name], terms, "    ")).encode())
        out.write(b"}\n")
