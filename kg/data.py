"""Finds the data files that travel with kg and reads them strictly.

Word lists stand in `kg/lexicons`; the ontology and the stored queries at the top of a checkout and,
in an installed wheel, inside the package (`kg/ontology`, `kg/queries`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from kg.errors import DataError

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The data folder of that name ("ontology", "queries", "lexicons", "models").

    Raises DataError where neither the package nor the checkout around it holds one.
    """
    for place in (PACKAGE / name, PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise DataError(f"{PACKAGE / name}: this folder of data is missing; install whomet anew")


@cache
def lexicon(name: str) -> Mapping[str, Any]:
    """The word list `kg/lexicons/{name}.yaml` as a mapping; read once.

    Raises DataError where the file is missing or no mapping.
    """
    path = folder("lexicons") / f"{name}.yaml"
    try:
        read = yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError(f"{path}: cannot be read ({error}); mend the file or install whomet anew") from error
    if not isinstance(read, dict):
        raise DataError(f"{path}: a mapping is wanted at the top; mend the file")
    return read


def read_text(path: Path, remedy: str) -> str:
    """A file that people wrote, in UTF-8. Raises DataError that says why it cannot be read, and `remedy`."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DataError(f"{path}: there is no such file; {remedy}") from error
    except IsADirectoryError as error:
        raise DataError(f"{path}: is a folder, not a file; {remedy}") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error}); {remedy}") from error
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(f"{path}:{line}: is no UTF-8 text; {remedy}") from error


def read_yaml(path: Path, remedy: str) -> Any:
    """What a file of YAML that people wrote holds. Raises DataError, with the line, that ends with `remedy`."""
    text = read_text(path, remedy)
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        what = " ".join(str(getattr(error, "problem", None) or error).split())
        raise DataError(f"{path}{line}: cannot be read as YAML ({what}); {remedy}") from error
    except RecursionError as error:
        raise DataError(f"{path}: cannot be read as YAML (lists in lists without end); {remedy}") from error
    except ValueError as error:  # a day or time that no calendar has
        raise DataError(f"{path}:{_impossible(text)}: cannot be read as YAML ({error}); {remedy}") from error


def _impossible(text: str) -> int:
    """The line of the first scalar that has the form of a day or number but is none."""
    loader = yaml.SafeLoader(text)
    nodes = [loader.get_single_node()]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.ScalarNode):
            try:
                loader.construct_object(node)
            except ValueError:
                return int(node.start_mark.line) + 1
        elif isinstance(node, yaml.CollectionNode):
            for child in reversed(node.value):
                nodes.extend(reversed(child) if isinstance(child, tuple) else (child,))
    return 1


def check_keys(where: str, found: Collection[str], allowed: Collection[str], needed: Collection[str] = ()) -> None:
    """Raise DataError that names every unknown or missing key and lists the allowed ones."""
    unknown = sorted(set(map(str, found)) - set(allowed))
    missing = sorted(set(needed) - set(found))
    if unknown:
        keys = ", ".join(map(repr, unknown))
        raise DataError(f"{where}: unknown key {keys}; allowed are {', '.join(sorted(allowed))}")
    if missing:
        raise DataError(f"{where}: missing key {', '.join(map(repr, missing))}; add it")


def words(name: str, key: str) -> frozenset[str]:
    """One list of a lexicon as a set of strings.

    Raises DataError where the key is absent or no list of strings.
    """
    where = folder("lexicons") / f"{name}.yaml"
    entries = lexicon(name).get(key)
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise DataError(f"{where}: {key!r} must be a list of strings (quote yes, no, on, off and numbers)")
    return frozenset(entries)
