"""Every export of the seeds' graph, read by every reader that knows the format: the same triples, by RDFC-1.0."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from jena import jena

from kg.export import ENDINGS, write
from kg.graph import build

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
SUFFIXES = {form: suffix for suffix, form in reversed(ENDINGS.items())}
GRAPHS = ("nquads", "trig")
"""Formats that keep the graphs apart."""
RAPPER = {"turtle": "turtle", "ntriples": "ntriples", "nquads": "nquads", "trig": "trig", "rdfxml": "rdfxml"}
RDFLIB = {"ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
OXIGRAPH = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def quads() -> tuple[ox.Quad, ...]:
    """The seeds' graph, and a blank node from elsewhere."""
    graph = build(SEEDS)
    person = ox.NamedNode("https://example.org/kg/person/keir-starmer")
    known, name = ox.NamedNode("http://xmlns.com/foaf/0.1/knows"), ox.NamedNode("http://xmlns.com/foaf/0.1/name")
    some, other = ox.BlankNode("some"), ox.BlankNode("other")
    linked = [ox.Quad(person, known, some), ox.Quad(some, known, other), ox.Quad(other, name, ox.Literal("X\t’\\"))]
    return (*graph.store.quads(), *linked)


@pytest.fixture(scope="module")
def files(quads: tuple[ox.Quad, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("exports")
    found = {form: folder / f"graph{suffix}" for form, suffix in SUFFIXES.items()}
    for form, path in found.items():
        with path.open("wb") as out:
            write(quads, form, out)
    return found


def canonical(quads: Iterable[ox.Quad], form: str) -> str:
    """The dataset with the labels of RDFC-1.0 for its blank nodes, as sorted lines."""
    found = ox.Dataset(quads if form in GRAPHS else (ox.Quad(*quad.triple) for quad in quads))
    found.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(map(str, found)))


def lines(data: bytes) -> Iterable[ox.Quad]:
    return ox.parse(data, format=ox.RdfFormat.N_QUADS)


def by_oxigraph(path: Path, form: str) -> Iterable[ox.Quad]:
    return ox.parse(path=str(path), format=OXIGRAPH[form])


def by_rdflib(path: Path, form: str) -> Iterable[ox.Quad]:
    if form in GRAPHS:
        whole = rdflib.Dataset()
        whole.parse(path, format=form)
        return lines(whole.serialize(format="nquads", encoding="utf-8"))
    return lines(rdflib.Graph().parse(path, format=RDFLIB.get(form, form)).serialize(format="nt", encoding="utf-8"))


def by_riot(path: Path, form: str) -> Iterable[ox.Quad]:
    # Debian's riot has no JSON-LD 1.1 processor; our context is JSON-LD 1.0 as well
    syntax = ["--syntax=jsonld10"] if form == "jsonld" else []
    return lines(jena("riot", *syntax, "--output=nquads", path))


def by_rapper(path: Path, form: str) -> Iterable[ox.Quad]:
    command = ["rapper", "-q", "-i", RAPPER[form], "-o", "nquads" if form in GRAPHS else "ntriples", str(path)]
    done = subprocess.run(command, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    return lines(done.stdout)


READERS: dict[str, Callable[[Path, str], Iterable[ox.Quad]]] = {
    "pyoxigraph": by_oxigraph,
    "rdflib": by_rdflib,
    "riot": by_riot,
    "rapper": by_rapper,
}
CASES = [(reader, form) for reader in READERS for form in SUFFIXES if reader != "rapper" or form in RAPPER]


@pytest.mark.parametrize("reader, form", CASES)
def test_every_reader_sees_the_same(reader: str, form: str, files: dict[str, Path], quads: tuple[ox.Quad, ...]) -> None:
    assert canonical(READERS[reader](files[form], form), form) == canonical(quads, form)


@pytest.mark.parametrize("form", [form for form in SUFFIXES if form != "jsonld"])
def test_riot_has_nothing_to_complain_of(form: str, files: dict[str, Path]) -> None:
    assert jena("riot", "--validate", "--strict", files[form]).decode().strip() == ""


def test_rasqal_asks_our_turtle(files: dict[str, Path], tmp_path: Path) -> None:
    asked = tmp_path / "people.rq"
    asked.write_text("SELECT ?who { ?who a <https://w3id.org/whomet#Person> }", "utf-8")
    command = ["roqet", "-q", "-i", "sparql", str(asked), "-D", str(files["turtle"]), "-r", "csv"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "https://example.org/kg/person/keir-starmer" in done.stdout.split()
