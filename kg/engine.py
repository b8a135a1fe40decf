"""Which engine reads: one digest of the code, word lists and model that turn a document into findings.

Findings are kept with it, and a document is analysed again only where its bytes or the engine changed.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.data import PACKAGE, folder

_READING = ("model", "documents", "language", "find")
_CONCLUDING = ("settle", "model", "judgements", "resolve", "rdf", "store/notes.py")


def conclusions(judgements: Path | None) -> str:
    """A digest of what joins findings and describes them, and of what people decided, which need not be there."""
    decided = judgements.read_bytes() if judgements is not None and judgements.is_file() else b""
    return f"{_concluding()} {hashlib.sha256(decided).hexdigest()[:16]}"


@cache
def _concluding() -> str:
    found = hashlib.sha256()
    for path in [*_modules(_CONCLUDING), *sorted(folder("lexicons").glob("*.yaml"))]:
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


@cache
def digest(language: str) -> str:
    """A short hexadecimal digest of what reads documents with the pipeline `language`.

    It covers the modules of reading, analysis and finding, the records, the word lists, and the model: the bytes of
    ours or of a folder, the version of an installed package.
    """
    found = hashlib.sha256(language.encode())
    lists = sorted(folder("lexicons").glob("*.yaml"))
    for path in [*_modules(_READING), *lists, *_model(language)]:
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    found.update(_installed(language).encode())
    return found.hexdigest()[:16]


def _modules(parts: tuple[str, ...]) -> list[Path]:
    places = [PACKAGE / part for part in parts]
    found = [path for place in places for path in (place.rglob("*.py") if place.is_dir() else [place])]
    return sorted(path for path in found if "training" not in path.parts)


def _model(language: str) -> list[Path]:
    """The files of our model, or of a folder that holds one; none for an installed package."""
    own = PACKAGE / "models" / language
    place = own if own.is_dir() else Path(language)
    return sorted(path for path in place.rglob("*") if path.is_file()) if place.is_dir() else []


def _installed(language: str) -> str:
    try:
        return version(language)
    except (PackageNotFoundError, ValueError):
        return ""
