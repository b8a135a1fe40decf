"""Finds beforehand which nodes a stored query can be about, and tells the engine to look at no others.

A query's header names its `anchor`, the variable of the nodes that its parameters bind, and their kinds. What
is given of them is found by itself, the nodes of a period in the index beside the store, those of a condition by its
pattern alone, and they are put before the patterns as one more VALUES. The query keeps all its conditions: the answer
is the same, but an engine that would have tried each node of the graph tries only these (a semi-join).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyoxigraph as ox

from kg.rdf.namespaces import PREFIXES
from kg.sidecar import during
from kg.slots import SLOT, filled, patterns
from kg.store import Store

MOST = 5000
"""With more nodes than these, an engine is hardly faster, and where it does not begin with them much slower."""
_GIVEN = re.compile(r"^VALUES \?(\w+) \{ (.*) \}$", re.M)
_PREFIX = re.compile(r"^PREFIX .*$", re.M)
_ONE = re.compile(r"<[^<>\s]*>")
_NOTHING = ("urn:nothing",)
"""Stands for no node at all: an empty table makes Oxigraph look through the graph."""
_VARIABLE = re.compile(r"\?(\w+)")
_PERIOD = ("from", "to")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The variable of the nodes that a query's parameters bind, without its "?", and the nodes' kinds."""

    variable: str
    kinds: tuple[str, ...]


def narrowed(text: str, full: str, anchor: Anchor, store: Store) -> str:
    """The query as it is filled with values, `full`, and with the nodes that its `anchor` can be.

    `text` is the stored query as it was, with its slots and conditions.
    """
    given = {name: rows for name, rows in _GIVEN.findall(full) if name in SLOT.findall(text)}
    met = _met(text, anchor.variable, given, store)
    nodes = set.intersection(*met.values()) if met else None
    dates = {name: rows.split('"')[1] for name, rows in given.items() if name in _PERIOD}
    if dates and not any(_node(rows) for rows in given.values()):
        found = during(store, anchor.kinds, dates.get("from"), dates.get("to"), MOST)
        if found is not None:
            nodes = set(found) if nodes is None else nodes & set(found)
    if nodes is None:
        return full
    whole = {name for name in met if _alone(text, anchor.variable, name)}
    return _told(filled(text, given, whole), anchor.variable, nodes, given)


def _told(full: str, anchor: str, nodes: set[str], given: dict[str, str]) -> str:
    """The query with one table of the nodes and whatever else is one node: engines begin with the smallest table."""
    single = {name: rows for name, rows in given.items() if _ONE.fullmatch(rows)}
    names = " ".join(f"?{name}" for name in (anchor, *single))
    rows = (f"(<{node}> {' '.join(single.values())})" for node in sorted(nodes) or _NOTHING)
    table = f"VALUES ({names}) {{ {' '.join(rows)} }}\n"
    first = _GIVEN.search(full)
    assert first
    rest = _GIVEN.sub(lambda found: "" if found[1] in single else found[0], full[first.start() :])
    return full[: first.start()] + table + rest


def _alone(text: str, anchor: str, name: str) -> bool:
    """Whether the condition is of the node and the parameter alone: it names nothing else of the query."""
    asked = patterns(text, anchor, name)
    rest = text
    for each in asked:
        rest = rest.replace(each, "", 1)
    return not set(_VARIABLE.findall(" ".join(asked))) & set(_VARIABLE.findall(rest)) - {anchor, name}


def _node(rows: str) -> bool:
    """Whether a parameter is given a node of the graph: an engine begins with it, and needs no help with days."""
    return rows.startswith("<") and not rows.startswith(f"<{PREFIXES['wm']}")


def _met(text: str, anchor: str, given: dict[str, str], store: Store) -> dict[str, set[str]]:
    """The nodes that meet the condition on the anchor, for each given parameter that has one met by not too many."""
    nodes: dict[str, set[str]] = {}
    for name, rows in given.items():
        asked = patterns(text, anchor, name)
        if not asked:
            continue
        if _ONE.fullmatch(rows):
            groups = [re.sub(rf"\?{name}\b", rows, each) for each in asked]
        else:
            groups = [f"VALUES ?{name} {{ {rows} }} {each}" for each in asked]
        either = " UNION ".join(f"{{ {each} }}" for each in groups)
        prefixes = "\n".join(_PREFIX.findall(text))
        answer = store.query(f"{prefixes}\nSELECT DISTINCT ?{anchor} {{ {either} }} LIMIT {MOST + 1}")
        assert isinstance(answer, ox.QuerySolutions)
        found = {row[0].value for row in answer}
        if len(found) <= MOST:
            nodes[name] = found
    return nodes
