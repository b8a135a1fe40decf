"""Turtle and TriG made to be read: a paragraph for each subject, its type and label first, IRIs short.

Both come from sorted lines of N-Triples, in which the lines of a subject stand together; the paragraphs are then
sorted by subject, passages of one document by their offsets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import BinaryIO

import pyoxigraph as ox

from kg.export.lines import triple_lines
from kg.export.sorting import sorted_lines
from kg.rdf.namespaces import PREFIXES, term

_LOCAL = re.compile(r"[A-Za-z_](?:[\w-]*\w)?", re.ASCII)
_RELATIVE = re.compile(r"[A-Za-z]+/[^\s<>\"{}|^`\\]+")
_STEP = re.compile(r"/\.\.?(?:/|$)|//")
_WHOLE = re.compile(rf'"([+-]?[0-9]+)"\^\^<{re.escape(term("xsd:integer").value)}>')
_FIRST = {term("rdf:type").value: "0", term("rdfs:label").value: "1", term("skos:prefLabel").value: "1"}
_OFFSETS = re.compile(r"#char=(\d+),(\d+)$")
_WITHIN = re.compile(r"<([^<>\s]+)>")
_ESCAPES = {"\t": "\\t", "\b": "\\b", "\f": "\\f"}
_TO_ESCAPE = re.compile(r"[\x00-\x1f\x7f]")
_KEPT = 2**16
Facts = Iterable[tuple[str, str]]
"""What is said of a subject: predicate and object as N-Triples has them."""


class _Terms:
    """Terms of N-Triples as Turtle words."""

    def __init__(self, base: str) -> None:
        self._base = base if base.endswith("/") and "://" in base else None
        self.iri = lru_cache(_KEPT)(self._iri)
        self.verb = lru_cache(_KEPT)(self._verb)

    def head(self) -> str:
        lines = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items()]
        return "\n".join(([f"@base <{self._base}> ."] if self._base else []) + lines) + "\n"

    def _iri(self, iri: str) -> str:
        if self._base and iri.startswith(self._base):
            rest = iri[len(self._base) :]
            if _RELATIVE.fullmatch(rest) and not _STEP.search(rest):
                return f"<{rest}>"
        for prefix, start in PREFIXES.items():
            if iri.startswith(start) and _LOCAL.fullmatch(iri[len(start) :]):
                return f"{prefix}:{iri[len(start) :]}"
        return f"<{iri}>"

    def _verb(self, predicate: str) -> tuple[str, str, str]:
        """Where a predicate stands in its paragraph, and its words."""
        iri = predicate[1:-1]
        words = self.iri(iri)
        rank = _FIRST.get(iri, "2")
        return rank, words, "a" if rank == "0" else words

    def value(self, node: str) -> str:
        if node.startswith('"'):
            return self._literal(node)
        if node.startswith("<<") and '"' not in node:
            return _WITHIN.sub(lambda found: self.iri(found[1]), node)
        return self.iri(node[1:-1]) if node.startswith("<") and not node.startswith("<<") else node

    def _literal(self, node: str) -> str:
        if node.endswith(">"):
            if found := _WHOLE.fullmatch(node):
                return found[1]
            quoted, _, kind = node.rpartition("^^<")
            node = f"{quoted}^^{self.iri(kind[:-1])}"
        return _TO_ESCAPE.sub(_escape, node)


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"


def _in_order(iri: str) -> tuple[str, int, int]:
    """The order of IRIs: passages of one document by their offsets."""
    offsets = _OFFSETS.search(iri) if "#char=" in iri else None
    return (iri[: offsets.start()], int(offsets[1]), int(offsets[2])) if offsets else (iri, -1, -1)


def _place(subject: str) -> str:
    """The same order as text."""
    iri, start, end = _in_order(subject.strip("<>"))
    return f"{iri}\x01{start + 1:012d}{end + 1:012d}\x01{subject}"


def _block(subject: str, facts: Facts, terms: _Terms, indent: str = "") -> str:
    found: dict[str, list[str]] = {}
    for predicate, value in facts:
        found.setdefault(predicate, []).append(value)
    lines = []
    for (_, _, verb), values in sorted((terms.verb(predicate), values) for predicate, values in found.items()):
        if len(values) > 1:
            values.sort(key=lambda node: (_in_order(node.strip("<>")), node))
        lines.append(f"{verb} {', '.join(map(terms.value, values))}")
    return f"{indent}{terms.value(subject)} " + f" ;\n{indent}    ".join(lines) + " .\n"


def _facts(lines: Iterable[bytes]) -> Iterator[tuple[str, Facts]]:
    """Each subject with what is said of it, from sorted lines."""
    parts = (line.decode()[:-3].split(" ", 2) for line in lines)
    for subject, group in groupby(parts, key=lambda part: part[0]):
        yield subject, ((part[1], part[2]) for part in group)


def _blocks(lines: Iterable[bytes], terms: _Terms, indent: str = "") -> Iterator[str]:
    """The paragraphs, sorted; a paragraph is one line while it is sorted."""

    def fill(out: BinaryIO) -> None:
        for subject, facts in _facts(lines):
            block = _block(subject, facts, terms, indent).replace("\n", "\x00")
            out.write(f"{_place(subject)}\x02{block}\n".encode())

    for line in sorted_lines(fill):
        yield line.decode()[:-1].partition("\x02")[2].replace("\x00", "\n")


def write_turtle(quads: Iterable[ox.Quad], out: BinaryIO, base: str) -> None:
    """All graphs as one."""
    terms = _Terms(base)
    out.write(terms.head().encode())
    for block in _blocks(triple_lines(quads), terms):
        out.write(f"\n{block}".encode())


def write_trig(quads: Iterable[ox.Quad], out: BinaryIO, base: str) -> None:
    """Each graph in braces under its name."""
    terms = _Terms(base)
    out.write(terms.head().encode())
    for name, lines in groupby(sorted_lines(_by_graph(quads)), key=lambda line: line.partition(b"\x01")[0]):
        graph = f"{terms.value(name.decode())} " if name else ""
        out.write(f"\n{graph}{{\n".encode())
        for number, block in enumerate(_blocks((line.partition(b"\x01")[2] for line in lines), terms, "    ")):
            out.write(f"{chr(10) * (number > 0)}{block}".encode())
        out.write(b"}\n")


def _by_graph(quads: Iterable[ox.Quad]) -> Callable[[BinaryIO], None]:
    def fill(out: BinaryIO) -> None:
        for quad in quads:
            name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)
            out.write(f"{name}\x01{quad.triple} .\n".encode())

    return fill
