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
from collections.abc import Collection, Mapping

SLOT = re.compile(r"^[ \t]*VALUES \?(\w+) \{ UNDEF \}[ \t]*$", re.M)
_FLAG = re.compile(r"^[ \t]*BIND\(BOUND\(\?(\w+)\) AS \?(\w+)\)[ \t]*$", re.M)
_CONDITION = re.compile(r"^[ \t]*FILTER\(!(?:BOUND\(\?(\w+)\)|\?(\w+)) \|\| ", re.M)
_EXISTS = re.compile(r"EXISTS \{(.*)\}\s*", re.S)
_OR = re.compile(r"\s*(?:\|\|\s*)?EXISTS \{")
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|[(){}]')


def filled(text: str, rows: Mapping[str, str], met: Collection[str] = ()) -> str:
    """The query with the given parameters, as the rows of their VALUES, and without those that are not given.

    The conditions of the parameters in `met` are known to hold and are left out.
    """
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
        if name in rows and name not in met:
            kept.append(_needed(text[found.end() : end - 1]))
        at = end
    whole = "".join([*kept, text[at:]])
    return SLOT.sub(lambda slot: f"VALUES ?{slot[1]} {{ {rows[slot[1]]} }}" if slot[1] in rows else "", whole)


def patterns(text: str, anchor: str, name: str) -> list[str]:
    """What a parameter asks of the node at variable `anchor`: patterns of which one must match; none if it asks else.

    They are those of the parameter's condition, or the one triple pattern that has the node before and it behind.
    """
    flags = {flag: given for given, flag in _FLAG.findall(text)}
    for start in _CONDITION.finditer(text):
        if (start[1] or flags.get(start[2])) == name:
            found = _alternatives(text[start.end() : _closed(text, start.start()) - 1])
            if found and all(re.search(rf"\?{anchor}\b", each) for each in found):
                return found
    for line in re.findall(rf"^[ \t]*\?{anchor} (.*[^ ]) [.;]$", text, re.M):
        for told in line.split(" ; "):
            way, _, values = told.partition(" ")
            if f"?{name}" in values.split(" , "):
                return [f"?{anchor} {way} ?{name} ."]
    return []


def _alternatives(condition: str) -> list[str]:
    """The patterns of `EXISTS { … } || EXISTS { … }`; none where the condition is of another kind."""
    found, at = [], 0
    while opened := _OR.match(condition, at):
        at = _closed(condition, opened.end() - 1)
        found.append(condition[opened.end() : at - 1].strip())
    return [] if condition[at:].strip() else found


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
