"""Values take their places in a stored query; a condition that counts becomes the pattern that it asks for."""

from __future__ import annotations

import pytest

from kg.slots import filled

TEXT = """SELECT * {
  VALUES ?of { UNDEF }
  BIND(BOUND(?of) AS ?asked)
  ?t a ?kind .
  FILTER(!?asked || EXISTS { ?t wm:of ?of . FILTER(STR(?of) != ")}") })
  FILTER(!BOUND(?of) || ?kind != ?of || (?kind = "a)"))
  FILTER(?asked || EXISTS { ?t wm:of ?any })
}"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(
    "rows, expected",
    [
        ({}, ["BIND(BOUND(?of) AS ?asked)", "?t a ?kind ."]),
        (
            {"of": "<urn:x>"},
            ["VALUES ?of { <urn:x> }", "BIND(BOUND(?of) AS ?asked)", "?t a ?kind .",
             '?t wm:of ?of . FILTER(STR(?of) != ")}")', 'FILTER(?kind != ?of || (?kind = "a)"))'],
        ),
        ({"of": r'"\\1 } UNION {"'}, None),
    ],
)  # fmt: skip
def test_a_parameter_takes_its_place(rows: dict[str, str], expected: list[str] | None) -> None:
    found = lines(filled(TEXT, rows))
    assert found[0] == "SELECT * {" and found[-2:] == ["FILTER(?asked || EXISTS { ?t wm:of ?any })", "}"]
    if expected is None:
        assert found[1] == f"VALUES ?of {{ {rows['of']} }}"
    else:
        assert found[1:-2] == expected


@pytest.mark.parametrize(
    "condition, becomes",
    [
        ("EXISTS { ?a wm:b ?of }", "?a wm:b ?of ."),
        (
            "EXISTS { ?a wm:b ?of } || EXISTS { ?of wm:c ?a }",
            "FILTER(EXISTS { ?a wm:b ?of } || EXISTS { ?of wm:c ?a })",
        ),
        ("?a = ?of", "FILTER(?a = ?of)"),
    ],
)
def test_only_a_lone_pattern_is_joined(condition: str, becomes: str) -> None:
    text = f"VALUES ?of {{ UNDEF }}\nBIND(BOUND(?of) AS ?x)\nFILTER(!?x || {condition})\n"
    assert lines(filled(text, {"of": "1"}))[2:] == [becomes]
