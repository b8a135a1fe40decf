"""Profiles: how an endpoint's data is shaped, strictly read from YAML.

`kg/link/profiles/wikidata.yaml` shows every key with its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.data import check_keys, folder, read_yaml
from kg.errors import DataError

KINDS = ("person", "party", "organisation", "place")
_KEYS = ("prefixes", "names", "languages", "types", "label", "description", "offices", "born", "died", "batch", "pause")
_NEEDED = ("names", "types", "label")


@dataclass(frozen=True, slots=True)
class Profile:
    """How to ask an endpoint; the patterns are SPARQL with `?item` in them.

    `offices` binds ?office, and ?of, ?start, ?end where it can. `batch` names are asked for at once, with `pause`
    seconds between two queries.
    """

    where: str
    prefixes: str
    names: tuple[str, ...]
    languages: tuple[str, ...]
    types: dict[str, str]
    label: str
    description: str | None = None
    offices: str | None = None
    born: str | None = None
    died: str | None = None
    batch: int = 50
    pause: float = 0.0


def shipped() -> tuple[str, ...]:
    """The names of the profiles that travel with kg."""
    return tuple(sorted(path.stem for path in (folder("link") / "profiles").glob("*.yaml")))


def named(name: str) -> Profile:
    """The profile in a YAML file, or the shipped one of that name. Raises DataError that lists those there are."""
    if Path(name).suffix in (".yaml", ".yml"):
        return load(Path(name))
    if name not in shipped():
        raise DataError(f"profile {name!r}: unknown; there are {', '.join(shipped())}, or name a .yaml file of yours")
    return load(folder("link") / "profiles" / f"{name}.yaml")


def load(path: Path) -> Profile:
    """The profile in a file. Raises DataError that names file and key where it breaks the format."""
    read = read_yaml(path, "mend the profile or name another")
    if not isinstance(read, dict):
        raise DataError(f"{path}: a mapping is wanted at the top; mend the file")
    check_keys(str(path), read, _KEYS, _NEEDED)
    prefixes, types = (_mapping(path, key, read.get(key, {})) for key in ("prefixes", "types"))
    check_keys(f"{path}: types", types, KINDS)
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items())
    texts = {key: _text(path, key, read.get(key)) for key in ("label", "description", "offices", "born", "died")}
    batch, pause = read.get("batch", 50), read.get("pause", 0)
    if not isinstance(batch, int) or not 1 <= batch <= 500 or not isinstance(pause, int | float) or pause < 0:
        raise DataError(f"{path}: 'batch' must be a number from 1 to 500, 'pause' one of seconds")
    found = Profile(
        str(path), head, _texts(path, "names", read["names"]), _texts(path, "languages", read.get("languages", [""])),
        types, texts["label"] or "", texts["description"], texts["offices"], texts["born"], texts["died"], batch,
        float(pause),
    )  # fmt: skip
    for key, pattern in (*types.items(), *((k, v) for k, v in texts.items() if v and k == "offices")):
        _parses(f"{path}: {key}", f"{head}SELECT * WHERE {{ {pattern} }}")
    for each in (*found.names, *filter(None, (texts["label"], found.description, found.born, found.died))):
        _parses(f"{path}: {each}", f"{head}SELECT * WHERE {{ ?item {each} ?x }}")
    return found


def _parses(where: str, query: str) -> None:
    try:
        ox.Store().query(query)
    except SyntaxError as error:
        raise DataError(f"{where}: no SPARQL ({' '.join(str(error).split())}); mend it") from error


def _mapping(path: Path, key: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for pair in value.items() for each in pair):
        raise DataError(f"{path}: {key!r} must be a mapping of texts")
    return dict(value)


def _texts(path: Path, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
        raise DataError(f"{path}: {key!r} must be a list of texts (quote no)")
    return tuple(value)


def _text(path: Path, key: str, value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise DataError(f"{path}: {key!r} must be text")
    return value
