"""`sources.csv`: who published the files beside it, where and when."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kg.data import check_keys
from kg.documents.decode import decode
from kg.documents.edtf import bounds
from kg.errors import DataError, DocumentError

NAME = "sources.csv"
COLUMNS = ("file", "publisher", "url", "published", "published_basis")


@dataclass(frozen=True, slots=True)
class Source:
    """One row: what is known of a file's publication; `published` is EDTF, `line` the row's place."""

    line: int
    publisher: str | None = None
    address: str | None = None
    published: str | None = None


def read(path: Path) -> Mapping[str, Source]:
    """The rows by their `file` (a path below the folder, with `/`).

    Columns: `file` (needed), `publisher`, `url`, `published` (EDTF or empty), `published_basis`
    (why that date; for people). Raises DataError that names file and line of an unknown column, a row
    with too many or too few cells, a file listed twice, or a malformed date.
    """
    try:
        text = decode(path.read_bytes())
    except (OSError, DocumentError) as error:
        raise DataError(f"{path}: cannot be read ({error})") from error
    return parsed(text, path)


def parsed(text: str, path: Path | str) -> Mapping[str, Source]:
    """The same from a list's text; `path` names it in errors."""
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: dict[str, Source] = {}
    try:
        header = [name.strip() for name in next(rows, [])]
        check_keys(f"{path}, line 1", header, COLUMNS, ("file",))
        if len(set(header)) < len(header):
            raise DataError(f"{path}, line 1: a column stands twice; keep one")
        for cells in rows:
            if any(cell.strip() for cell in cells):
                _add(found, header, cells, f"{path}, line {rows.line_num}", rows.line_num)
    except csv.Error as error:
        raise DataError(f"{path}, line {rows.line_num}: {error}; mend the quotation marks") from error
    return found


def _add(found: dict[str, Source], header: list[str], cells: list[str], where: str, line: int) -> None:
    if len(cells) != len(header):
        raise DataError(f"{where}: {len(cells)} cells where the header has {len(header)}; quote what holds a comma")
    row = {name: cell.strip() or None for name, cell in zip(header, cells, strict=True)}
    file, published = row["file"], row.get("published")
    if file is None:
        raise DataError(f"{where}: no file is named; fill in the column 'file'")
    key = str(PurePosixPath(file.replace("\\", "/")))
    if key in found:
        raise DataError(f"{where}: {file!r} is listed already in line {found[key].line}; keep one")
    try:
        bounds(published or "")
    except ValueError as error:
        raise DataError(f"{where}: published: {error}") from error
    found[key] = Source(line, row.get("publisher"), row.get("url"), published)
