"""What `kg check` finds, and the tools that it starts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jena import arq, jena

from kg.check.jena import tool
from kg.errors import UsageError

SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:s> a sh:NodeShape ; sh:targetSubjectsOf <urn:day> ; sh:property [ sh:path <urn:day> ; sh:datatype xsd:date ] .
"""


def test_jena_answers(tmp_path: Path) -> None:
    data = tmp_path / "data.ttl"
    data.write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    answer = json.loads(arq("SELECT ?o { ?s ?p ?o }", data))
    assert answer["results"]["bindings"] == [{"o": {"type": "uri", "value": "urn:c"}}]


def test_jena_finds_its_messages_for_malformed_literals(tmp_path: Path) -> None:
    data, shapes = tmp_path / "data.ttl", tmp_path / "shapes.ttl"
    data.write_text('<urn:a> <urn:day> "soon"^^<http://www.w3.org/2001/XMLSchema#date> .', "utf-8")
    shapes.write_text(SHAPE, "utf-8")
    assert b"soon" in jena("shacl", "validate", "--data", data, "--shapes", shapes)


def test_without_jena_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JENA_HOME", raising=False)
    with pytest.raises(UsageError, match="install libapache-jena-java"), tool("riot"):
        pass
