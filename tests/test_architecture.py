"""The way of the data goes one way: what may import what, and where each library lives."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "kg"
ORDER = (
    ("errors", "collector"),
    ("model",),
    ("data",),
    ("config", "engine"),
    ("documents",),
    ("language",),
    ("find",),
    ("registers",),
    ("judgements",),
    ("resolve",),
    ("rdf",),
    ("store",),
    ("tables", "lookup", "endpoint", "slots", "sidecar"),
    ("narrowing",),
    ("queries", "stats", "explain"),
    ("export",),
    ("check", "reason", "link", "push", "plots", "search"),
    ("settle",),
    ("pipeline",),
    ("cluster", "decide", "verify"),
    ("graph", "backup"),
    ("serve",),
    ("cli",),
)
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
FROM_RDF_ON = frozenset(name for name, rank in RANK.items() if rank >= RANK["rdf"])
HOMES = {
    "spacy": {"language"},
    "thinc": {"language"},
    "trafilatura": {"documents"},
    "lxml": {"documents"},
    "pypdfium2": {"documents"},
    "docx": {"documents"},
    "feedparser": {"documents"},
    "warcio": {"documents"},
    "pyarrow": {"documents", "cluster"},
    "py3langid": {"documents"},
    "charset_normalizer": {"documents"},
    "rapidfuzz": {"resolve", "search"},
    "datasketch": {"resolve"},
    "SPARQLWrapper": {"endpoint"},
    "pyshacl": {"check"},
    "owlready2": {"check", "reason"},
    "pylode": {"export"},
    "vl_convert": {"plots"},
    "starlette": {"serve"},
    "uvicorn": {"serve"},
    "jinja2": {"serve"},
    "pyspark": {"cluster"},
    "pandas": {"cluster"},
    "pyoxigraph": FROM_RDF_ON,
    "oxrdflib": FROM_RDF_ON,
    "rdflib": FROM_RDF_ON,
    "typer": {"cli"},
    "click": {"cli"},
    "rich": {"cli"},
}
SHARED_BY_FINDERS = {"referents", "offices", "nations", "shortforms"}
MODULES = sorted(PACKAGE.rglob("*.py"))


def named(path: Path) -> str:
    """The dotted name of a module."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {named(path) for path in MODULES}


def place(name: str) -> str:
    """The first part below `kg`: "" for the package itself."""
    return [*name.split("."), ""][1]


def imported(path: Path) -> Iterator[str]:
    """Everything that a module imports, inside functions too, by its dotted name; not what only type checkers see."""
    tree = ast.parse(path.read_text("utf-8"))
    unseen = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in unseen:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in NAMES else str(node.module)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_imports_only_from_those_above_it(path: Path) -> None:
    own = place(named(path))
    if not own:
        return
    assert own in RANK, f"{own} has no place in the order"
    for name in imported(path):
        if name.split(".")[0] == "kg" and (other := place(name)) and other != own:
            assert RANK[other] < RANK[own], f"{named(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_each_library_has_its_home(path: Path) -> None:
    for name in imported(path):
        homes = HOMES.get(name.split(".")[0])
        assert homes is None or place(named(path)) in homes, f"{named(path)} imports {name}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "find").rglob("*.py")), ids=named)
def test_finders_do_not_import_one_another(path: Path) -> None:
    parts = named(path).split(".")
    for name in imported(path):
        other = name.split(".")
        if len(parts) > 2 and other[:2] == ["kg", "find"] and len(other) > 2 and other[2] != parts[2]:
            assert other[2] in SHARED_BY_FINDERS, f"{named(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_is_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


def test_there_is_no_cycle() -> None:
    graph = {named(path): {name for name in imported(path) if name in NAMES} for path in MODULES}
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way[way.index(name) :], name))
        if name not in done:
            for other in sorted(graph[name]):
                walk(other, (*way, name))
            done.add(name)

    for name in sorted(NAMES):
        walk(name, ())


def annotated_people() -> set[str]:
    names = set()
    for path in (ROOT / "tests" / "gold").rglob("*.json"):
        for entity in json.loads(path.read_text("utf-8")).get("entities", ()):
            if entity["type"] == "Person" and " " in (name := entity.get("name") or entity["label"]):
                names.add(name)
    return names


def test_code_and_word_lists_name_nobody_of_the_texts() -> None:
    people = annotated_people()
    assert people
    wanted = re.compile("|".join(rf"\b{re.escape(name)}\b" for name in sorted(people)), re.I)
    places = [*MODULES, *PACKAGE.rglob("*.yaml"), *(ROOT / "queries").glob("*.rq"), *(ROOT / "ontology").glob("*.ttl")]
    found = [f"{path.name}: {match[0]}" for path in places for match in wanted.finditer(path.read_text("utf-8"))]
    assert not found


def test_the_public_functions_take_few_arguments() -> None:
    for path in MODULES:
        if place(named(path)) == "cli":
            continue  # options of a command
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                taken = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
                taken = [name for name in taken if name not in ("self", "cls")]
                assert len(taken) <= 5, f"{path}:{node.lineno}: {node.name} takes {len(taken)} arguments"
