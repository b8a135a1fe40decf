"""What was sent where, kept beside the store: a file a target, a line for each graph that is whole there."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

from kg.errors import StoreError
from kg.store import MEMORY

FOLDER = "pushed"


class Memory:
    """The memory of one target. Nothing is kept where `path` is None."""

    def __init__(self, path: Path | None, target: str) -> None:
        self._path = path
        self._target = target

    @classmethod
    def of(cls, place: str, target: str) -> Memory:
        """The memory of a target beside the store at `place`."""
        name = hashlib.sha256(target.encode()).hexdigest()[:16]
        return cls(None if place == MEMORY else Path(place) / FOLDER / f"{name}.jsonl", target)

    def read(self) -> dict[str, str]:
        """The content hash of each graph that was sent whole. A line that was cut off counts for nothing."""
        if self._path is None or not self._path.exists():
            return {}
        known: dict[str, str | None] = {}
        try:
            for line in self._path.read_text("utf-8", "replace").splitlines():
                try:
                    entry = json.loads(line)
                    known[entry["graph"]] = entry["sha256"]
                except (ValueError, KeyError, TypeError):
                    continue
        except OSError as error:
            raise self._refused(error) from error
        kept = {graph: sha256 for graph, sha256 in known.items() if sha256}
        self._rewrite(kept)
        return kept

    def remember(self, graph: str, sha256: str | None) -> None:
        """A graph is whole there, with this content."""
        self._append({"graph": graph, "sha256": sha256})

    def forget(self, graph: str) -> None:
        """A graph may be anything there."""
        self._append({"graph": graph, "sha256": None})

    def _append(self, entry: dict[str, str | None]) -> None:
        if self._path is None:
            return
        try:
            self._path.parent.mkdir(exist_ok=True)
            with open(self._path, "a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise self._refused(error) from error

    def _rewrite(self, kept: dict[str, str]) -> None:
        """The file without what later lines made void."""
        assert self._path
        part = self._path.with_suffix(".part")
        lines = [{"target": self._target}, *({"graph": g, "sha256": h} for g, h in sorted(kept.items()))]
        try:
            part.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
            os.replace(part, self._path)
        except OSError as error:
            raise self._refused(error) from error

    def _refused(self, error: OSError) -> StoreError:
        return StoreError(f"{self._path}: cannot be kept ({error.strerror}); give the store's folder free for writing")
