"""The text of a stored query with its parameters filled in, written so that an engine begins with what is given.

A parameter stands in a query as a line `VALUES ?name { UNDEF }`, and a condition on it, each on lines of its own, as
`FILTER(!BOUND(?name) || …)`, or `FILTER(!?flag || …)` below `BIND(BOUND(?name) AS ?flag)`. As it stands the text runs
in any engine and asks for all. Filled in, a value takes the place of UNDEF; a condition that is true goes, one that
counts loses its first half; and `FILTER(!?flag || EXISTS { … })` becomes the pattern itself, which an engine can start
from, while a filter is only tried on each row of the whole graph. (A pattern may match a row more than once, so
queries count and list what is DISTINCT.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SLOT = re.compile(r"^[ \t]*VALUES \?(\w+) \{ UNDEF \}[ \t]*$", re.M)
_FLAG = re.compile(r"^[ \t]*BIND\(BOUND\(\?(\w+)\) AS \?(\w+)\)[ \t]*$", re.M)
_CONDITION = re.compile(r"^[ \t]*FILTER\(!(?:BOUND\(\?(\w+)\)|\?(\w+)) \|\| ", re.M)
_EXISTS = re.compile(r"EXISTS \{(.*)\}\s*", re.S)
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[(){}]')


def filled(text: str, rows: Mapping[str, str]) -> str:
    """The query with the given parameters, as the rows of their VALUES, and without those that are not given."""
    flags = {flag: name for name, flag in _FLAG.findall(text)}
    kept, at = [], 0
    for found in _CONDITION.finditer(text):
        if found.start() < at:
            continue
        name = found[1] or flags.get(found[2])
        if name is None:
            continue
        end = _closed(text, found.start())
        kept.append(text[at : found.start()])
        if name in rows:
            kept.append(_needed(text[found.end() : end - 1]))
        at = end
    whole = "".join([*kept, text[at:]])
    return SLOT.sub(lambda slot: f"VALUES ?{slot[1]} {{ {rows[slot[1]]} }}" if slot[1] in rows else "", whole)


def _needed(condition: str) -> str:
    """A condition that counts, as the pattern that it asks for or else as a filter."""
    exists = _EXISTS.fullmatch(condition)
    if exists and _closed(condition, condition.index("{")) >= len(condition.rstrip()):
        pattern = exists[1].rstrip()
        return pattern if pattern.endswith((".", "}", ")")) else f"{pattern} ."
    return f"FILTER({condition})"


def _closed(text: str, start: int) -> int:
    """Where the first bracket from `start` on is closed again."""
    depth = 0
    for found in _BRACKET.finditer(text, start):
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] in ")}":
            return found.end()
    return len(text)
