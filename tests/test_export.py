from __future__ import annotations

import io
import json
import random

import pyoxigraph as ox
import pytest
import rdflib
import rdflib.compare
from graph_cases import two_documents

from kg.errors import UsageError
from kg.export import FORMATS, sorting, write
from kg.rdf import BASE, describe
from kg.resolve import resolve


@pytest.fixture(scope="module")
def quads() -> list[ox.Quad]:
    passage = ox.NamedNode(f"{BASE}document/a%20b.txt#char=1,2")
    odd = [
        ox.Quad(passage, ox.NamedNode("https://w3id.org/whomet#exact"), value)
        for value in (
            ox.Literal('a "b" \\ c\n\r\t\x07 d’é 𝔸'),
            ox.Literal("x", language="en-gb"),
            ox.Literal("2018-04", datatype=ox.NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")),
            ox.Literal(""),
            ox.NamedNode("https://example.org/kg/../x"),
            ox.NamedNode("https://example.org/kg/document/a//b.txt"),
        )
    ]
    return [*describe(resolve(two_documents())), *odd]


def written(quads: list[ox.Quad], form: str) -> bytes:
    out = io.BytesIO()
    write(quads, form, out)
    return out.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_same_bytes_in_any_order(quads: list[ox.Quad], form: str) -> None:
    shuffled = quads * 2
    random.Random(7).shuffle(shuffled)
    assert written(quads, form) == written(shuffled, form)


@pytest.mark.parametrize("form", ["turtle", "ntriples", "jsonld", "rdfxml"])
def test_rdflib_reads_what_was_written(quads: list[ox.Quad], form: str) -> None:
    if form == "rdfxml":  # XML has no way to write a bell
        quads = [quad for quad in quads if "\x07" not in str(quad.object) and "\\u0007" not in str(quad.object)]
        quads = [quad for quad in quads if not isinstance(quad.object, ox.Literal) or "\x07" not in quad.object.value]
    names = {"ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
    ours = rdflib.Graph().parse(data=written(quads, form), format=names.get(form, form))
    lines = b"".join(sorted({f"{q.triple} .\n".encode() for q in quads}))
    true = rdflib.Graph().parse(data=lines, format="nt")
    assert len(ours) == len({q.triple for q in quads})
    assert rdflib.compare.isomorphic(ours, true)


def test_pyoxigraph_reads_turtle_alike(quads: list[ox.Quad]) -> None:
    read = ox.parse(written(quads, "turtle"), format=ox.RdfFormat.TURTLE)
    assert {quad.triple for quad in read} == {quad.triple for quad in quads}


@pytest.mark.parametrize(("form", "format_"), [("nquads", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG)])
def test_graphs_are_kept_apart(quads: list[ox.Quad], form: str, format_: ox.RdfFormat) -> None:
    assert set(ox.parse(written(quads, form), format=format_)) == set(quads)


def test_turtle_is_made_to_be_read(quads: list[ox.Quad]) -> None:
    text = written(quads, "turtle").decode()
    assert '\n<person/ada-lind> a wm:Person ;\n    rdfs:label "Ada Lind" ;\n' in text
    assert "wm:start 0 .\n" in text


def test_what_has_another_base_is_written_in_full() -> None:
    out = io.BytesIO()
    write(describe(resolve(two_documents()), "https://x.example/kg/"), "turtle", out)
    assert "<https://x.example/kg/person/ada-lind> a wm:Person" in out.getvalue().decode()


def test_unknown_format_lists_the_known(quads: list[ox.Quad]) -> None:
    with pytest.raises(UsageError, match=r"'n3' is no format.*turtle, ntriples"):
        written(quads, "n3")


def test_what_does_not_fit_in_memory_is_sorted_on_disk(quads: list[ox.Quad], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {form: written(quads, form) for form in FORMATS}
    monkeypatch.setattr(sorting, "CHUNK", 2000)
    monkeypatch.setattr(sorting, "_FILES", 5)
    assert {form: written(quads, form) for form in FORMATS} == whole


def test_what_xml_cannot_hold_is_replaced() -> None:
    out = io.BytesIO()
    node = ox.NamedNode("https://example.org/kg/x")
    write([ox.Quad(node, ox.NamedNode("https://w3id.org/whomet#exact"), ox.Literal("a\x07b"))], "rdfxml", out)
    (quad,) = ox.parse(out.getvalue(), format=ox.RdfFormat.RDF_XML)
    assert quad.object == ox.Literal("a\ufffdb")


def test_json_ld_reads_as_json(quads: list[ox.Quad]) -> None:
    whole = json.loads(written(quads, "jsonld"))
    nodes = {node["id"]: node for node in whole["@graph"]}
    meeting = nodes["meeting/2021-05-03-ada-lind-bo-ek-board-of-ferries"]
    assert meeting["type"] == ["Meeting"] and meeting["earliest"] == ["2021-05-03"]
    assert meeting["participant"] == ["organisation/board-of-ferries", "person/ada-lind", "person/bo-ek"]
    assert meeting["status"] == ["wm:Held"]
    assert nodes["document/two.txt#char=18,22"]["start"] == [18]
