"""Options from a `kg.toml` beside the data, strictly read; the command line goes before it."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.data import check_keys
from kg.errors import DataError

NAME = "kg.toml"
STORE_MARKER = "kg-store.json"
"""The file that marks a folder as a store: no documents are looked for in it."""
ANSWERS = "asked"
"""The folder in a store that keeps what endpoints answered."""
_TEXTS = ("store", "base", "language", "judgements")
_NUMBERS = ("document-bytes", "document-seconds")
_KEYS = (*_TEXTS, *_NUMBERS, "paths", "prune")


@dataclass(frozen=True, slots=True)
class Config:
    """What a `kg.toml` says; None and empty where it is silent.

    `store`, `paths` and `judgements` count from its folder. `bytes` and `seconds` are a document's limits, the keys
    `document-bytes` and `document-seconds`.
    """

    store: str | None = None
    base: str | None = None
    language: str | None = None
    paths: tuple[str, ...] = ()
    prune: bool = False
    judgements: str | None = None
    bytes: int | None = None
    seconds: float | None = None


def beside(paths: Sequence[Path | str] = ()) -> Config:
    """The options in the first `kg.toml` among the folders of `paths` and the current folder; none is none.

    Raises DataError, naming file and key, where the file breaks the format.
    """
    folders = [folder if folder.is_dir() else folder.parent for folder in map(Path, paths) if str(folder) != "-"]
    for folder in (*folders, Path()):
        path = folder / NAME
        if path.is_file():
            return load(path)
    return Config()


def load(path: Path) -> Config:
    """The options in a file. Raises DataError, naming file and key, where it breaks the format."""

    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, RecursionError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: cannot be read as TOML ({error}); mend the file") from error
    check_keys(str(path), read, _KEYS)
    for key in _TEXTS:
        if not isinstance(read.get(key, ""), str):
            raise DataError(f'{path}: {key!r} must be text, such as {key} = "…"')
    paths = read.get("paths", [])
    if not isinstance(paths, list) or not all(isinstance(each, str) for each in paths):
        raise DataError(f"{path}: 'paths' must be a list of texts, such as paths = [\"articles\"]")
    if not isinstance(read.get("prune", False), bool):
        raise DataError(f"{path}: 'prune' must be true or false")
    for key in _NUMBERS:
        number = read.get(key, 1)
        if isinstance(number, bool) or not isinstance(number, int) or number < 1:
            raise DataError(f"{path}: {key!r} must be a whole number above 0, such as {key} = 300")
    store = read.get("store")
    if store is not None and store != ":memory:":
        store = str(path.parent / store)
    listed = tuple(each if each == "-" else str(path.parent / each) for each in paths)
    judgements = str(path.parent / read["judgements"]) if "judgements" in read else None
    return Config(
        store,
        read.get("base"),
        read.get("language"),
        listed,
        read.get("prune", False),
        judgements,
        read.get("document-bytes"),
        read.get("document-seconds"),
    )
