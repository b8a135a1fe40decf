"""The SHACL shapes of `ontology/shapes.ttl`, run by pySHACL or, on large graphs, by Jena."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.check import jena
from kg.check.findings import Finding, short
from kg.data import folder
from kg.errors import DataError

if TYPE_CHECKING:
    import rdflib

LARGE = 100_000
"""Triples above which Jena is asked where it is installed: pySHACL takes about a minute for so many."""
_SH = "http://www.w3.org/ns/shacl#"
_SECONDS = 3600


def engine(triples: int) -> str:
    """Which of "pyshacl" and "jena" runs the shapes on a graph of that size."""
    return "jena" if triples > LARGE and jena.installed("shacl") else "pyshacl"


def broken(graph: ox.Store, triples: int) -> Iterator[Finding]:
    """Where the graph is not as the shapes want it. Raises DataError where the engine cannot run them."""
    report = _by_jena(graph) if engine(triples) == "jena" else _by_pyshacl(graph)
    yield from findings(report)


def findings(report: rdflib.Graph) -> Iterator[Finding]:
    """The results of a SHACL validation report."""
    import rdflib

    sh = rdflib.Namespace(_SH)
    for result in report.objects(None, sh.result):
        one = {name: report.value(result, sh[name]) for name in ("focusNode", "resultPath", "value")}
        messages = sorted({str(each) for each in report.objects(result, sh.resultMessage)})
        path = one["resultPath"]
        yield Finding(
            "shape",
            str(one["focusNode"]),
            " ".join(messages),
            _path(report, path) if path else "",
            str(one["value"]) if one["value"] is not None and one["value"] != one["focusNode"] else "",
        )


def _path(report: rdflib.Graph, path: rdflib.term.Node) -> str:
    import rdflib

    inverse = report.value(path, rdflib.URIRef(f"{_SH}inversePath"))
    return f"^{short(str(inverse))}" if inverse is not None else short(str(path))


def _ontology() -> list[Path]:
    return [folder("ontology") / "whomet.ttl"]


def _triples(graph: ox.Store) -> Iterator[ox.Triple]:
    """The graph with the ontology, which says what lies below what and holds the listed concepts."""
    for quad in graph:
        yield quad.triple
    for path in _ontology():
        for quad in ox.parse(path=str(path)):
            yield quad.triple


def _by_pyshacl(graph: ox.Store) -> rdflib.Graph:
    import pyshacl
    import rdflib

    data = rdflib.Graph()
    lines = ox.serialize(_triples(graph), format=ox.RdfFormat.N_TRIPLES)
    data.parse(data=lines or b"", format="nt")
    shapes = rdflib.Graph().parse(folder("ontology") / "shapes.ttl")
    try:
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, inference="none", advanced=True)
    except pyshacl.errors.ReportableRuntimeError as error:
        raise DataError(f"{folder('ontology') / 'shapes.ttl'}: cannot be run ({error}); mend the shapes") from error
    assert isinstance(report, rdflib.Graph)
    return report


def _by_jena(graph: ox.Store) -> rdflib.Graph:
    import rdflib

    with tempfile.TemporaryDirectory(prefix="kg-check-") as place, jena.tool("shacl") as command:
        data = Path(place, "data.nt")
        with data.open("wb") as out:
            ox.serialize(_triples(graph), out, format=ox.RdfFormat.N_TRIPLES)
        arguments = ["validate", "--shapes", str(folder("ontology") / "shapes.ttl"), "--data", str(data)]
        done = subprocess.run([*command, *arguments], capture_output=True, timeout=_SECONDS)
        if done.returncode or not done.stdout.strip():
            said = done.stderr.decode("utf-8", "replace").strip()[-400:]
            raise DataError(f"Jena's shacl ended with {done.returncode} ({said}); is its installation whole?")
        return rdflib.Graph().parse(data=done.stdout, format="turtle")
