"""Step 1: paths in, documents out."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kg.model import Bounds, Document


def read(path: Path) -> Iterator[Document]:
    """The documents of a file or folder in the order of their paths."""
    folder = path if path.is_dir() else path.parent
    rows: dict[str, dict[str, str]] = {}
    if (folder / "sources.csv").is_file():
        with open(folder / "sources.csv", encoding="utf-8", newline="") as file:
            rows = {row["file"]: row for row in csv.DictReader(file)}
    for file_ in sorted(folder.glob("*.txt")) if path.is_dir() else [path]:
        data = file_.read_bytes()
        text = data.decode("utf-8")
        row = rows.get(file_.name, {})
        published = row.get("published") or None
        first, _, last = (published or "").partition("/")
        bounds = Bounds(date.fromisoformat(first), date.fromisoformat(last or first)) if published else Bounds(None, None)
        yield Document(file_.name, file_.name, text, text.strip().split("\n")[0], hashlib.sha256(data).hexdigest(),
                       row.get("url") or None, row.get("publisher") or None, published, bounds)
