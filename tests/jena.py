"""Jena's tools for tests: real ones; where they cannot start the test fails."""

from __future__ import annotations

import subprocess

from kg.check.jena import tool


def jena(name: str, *arguments: object, data: bytes | None = None) -> bytes:
    """What a tool of Jena's ("riot", "arq", "shacl") prints; its complaints are an AssertionError."""
    with tool(name) as command:
        done = subprocess.run([*command, *map(str, arguments)], input=data, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout


def arq(query: str, *data: object) -> bytes:
    """The rows that Jena's `arq` finds for a query in RDF files, as SPARQL JSON."""
    files = [part for path in data for part in ("--data", path)]
    return jena("arq", *files, "--results=json", query)
