"""Writes a pipeline without the words of its training text, which it needs no more: about 2 MB less."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language


def save(nlp: Language, folder: Path) -> None:
    """Write a pipeline to a folder; of its strings only labels and the endings of lemmas are kept."""
    nlp.to_disk(folder)
    strings = json.dumps(sorted(set(_needed(nlp))), ensure_ascii=False, separators=(",", ":"))
    (folder / "vocab" / "strings.json").write_text(strings, "utf-8")
    for path in folder.glob("*/cfg"):
        path.write_text(json.dumps(json.loads(path.read_text("utf-8")), separators=(",", ":")), "utf-8")


def _needed(nlp: Language) -> Iterator[str]:
    import srsly  # type: ignore[import-untyped]

    for name, pipe in nlp.pipeline:
        part: Any = pipe
        yield from (label for label in getattr(part, "labels", ()) if isinstance(label, str))
        if name == "trainable_lemmatizer":
            # Its trees name the letters that they change by number.
            for tree in srsly.msgpack_loads(part.trees.to_bytes())["trees"]:
                yield from (nlp.vocab.strings[tree[key]] for key in ("orig", "subst") if tree.get(key))
