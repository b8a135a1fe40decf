"""What was sent where, kept beside the store: a file a target, a line for each graph that is whole there."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection
from pathlib import Path

from kg.errors import StoreError
from kg.store import MEMORY

FOLDER = "pushed"


def hidden(graph: str) -> str:
    """A digest that stands for a graph whose name is not to be kept."""
    return hashlib.sha256(graph.encode()).hexdigest()


def hide(place: str, documents: Collection[str]) -> None:
    """Keep no name of removed documents in the memories of any target. Raises StoreError."""
    folder = Path(place) / FOLDER
    if place != MEMORY and folder.is_dir():
        for path in sorted(folder.glob("*.jsonl")):
            memory = Memory(path, "")
            memory._target = next((entry["target"] for entry in memory._entries() if "target" in entry), "")
            memory.hide(documents)


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

    @property
    def gone(self) -> set[str]:
        """Digests of the graphs of documents that were removed here, and may still be there."""
        return {entry["gone"] for entry in self._entries() if "gone" in entry}

    def hide(self, documents: Collection[str]) -> None:
        """Keep no name of documents that were removed, but a digest of it, until the next push has removed them too."""
        if self._path is None or not self._path.exists():
            return
        known = self.read()
        self._rewrite(known, self.gone | {hidden(graph) for graph in known if graph in documents}, documents)

    def read(self) -> dict[str, str]:
        """The content hash of each graph that was sent whole. A line that was cut off counts for nothing."""
        if self._path is None or not self._path.exists():
            return {}
        known = {entry["graph"]: entry.get("sha256") for entry in self._entries() if "graph" in entry}
        kept = {graph: sha256 for graph, sha256 in known.items() if sha256}
        self._rewrite(kept, self.gone)
        return kept

    def forget_gone(self) -> None:
        """The graphs of removed documents are not there any more."""
        if self.gone:
            self._rewrite(self.read(), set())

    def _entries(self) -> list[dict[str, str]]:
        """The lines; one that was cut off counts for nothing."""
        if self._path is None or not self._path.exists():
            return []
        found = []
        try:
            for line in self._path.read_text("utf-8", "replace").splitlines():
                try:
                    entry = json.loads(line)
                except ValueError:
                    continue
                if isinstance(entry, dict):
                    found.append(entry)
        except OSError as error:
            raise self._refused(error) from error
        return found

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

    def _rewrite(self, kept: dict[str, str], gone: Collection[str], hide: Collection[str] = ()) -> None:
        """The file without what later lines made void, and without the graphs to hide."""
        assert self._path
        part = self._path.with_suffix(".part")
        lines = [{"target": self._target}]
        lines += [{"graph": graph, "sha256": sha256} for graph, sha256 in sorted(kept.items()) if graph not in hide]
        lines += [{"gone": each} for each in sorted(gone)]
        try:
            part.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
            os.replace(part, self._path)
        except OSError as error:
            raise self._refused(error) from error

    def _refused(self, error: OSError) -> StoreError:
        return StoreError(f"{self._path}: cannot be kept ({error.strerror}); give the store's folder free for writing")
