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
