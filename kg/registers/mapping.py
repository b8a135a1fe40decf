"""Mappings: which column of a register holds what, strictly read from YAML.

`kg/registers/mappings/uk-ministers.yaml` shows every key with its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args

from kg.data import check_keys, folder, read_yaml
from kg.documents.edtf import bounds
from kg.errors import DataError
from kg.model import UNBOUNDED, Bounds, MeetingStatus
from kg.registers.dates import Format

COLUMNS = ("meeting", "host", "office", "body", "guest", "from", "to", "purpose", "place", "status")
_LISTS = ("guest",)
_KEYS = ("title", "publisher", "address", "licence", "published", "columns", "delimiter", "dates", "ranges", "possible",
         "separators", "status")  # fmt: skip
_TEXTS = ("title", "publisher", "address", "licence", "published", "delimiter")
_STATUSES = get_args(MeetingStatus)


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a register's columns are to be read; `columns` names the file's column for each of `COLUMNS`.

    `guests` are the columns that name guests; `possible` the days on which a meeting of this register can have been;
    `status` what a meeting is, `statuses` what words of the status column make of it.
    """

    where: str
    columns: dict[str, str]
    guests: tuple[str, ...]
    formats: tuple[Format, ...]
    ranges: tuple[str, ...] = ()
    possible: Bounds = UNBOUNDED
    separators: tuple[str, ...] = ()
    status: MeetingStatus = "Held"
    statuses: dict[str, MeetingStatus] = field(default_factory=dict)
    delimiter: str = ","
    title: str | None = None
    publisher: str | None = None
    address: str | None = None
    licence: str | None = None
    published: str | None = None

    @property
    def wanted(self) -> frozenset[str]:
        """The columns that a file must have."""
        return frozenset((*self.columns.values(), *self.guests))


def shipped() -> tuple[str, ...]:
    """The names of the mappings that travel with kg."""
    return tuple(sorted(path.stem for path in (folder("registers") / "mappings").glob("*.yaml")))


def named(name: str) -> Mapping:
    """The mapping in a YAML file, or the shipped one of that name. Raises DataError that lists those there are."""
    if Path(name).suffix in (".yaml", ".yml"):
        return load(Path(name))
    if name not in shipped():
        raise DataError(f"mapping {name!r}: unknown; there are {', '.join(shipped())}, or name a .yaml file of yours")
    return load(folder("registers") / "mappings" / f"{name}.yaml")


def load(path: Path) -> Mapping:
    """The mapping in a file. Raises DataError that names file and key where it breaks the format."""
    read = read_yaml(path, "mend the mapping or name another")
    if not isinstance(read, dict):
        raise DataError(f"{path}: a mapping is wanted at the top, such as 'columns: …'; mend the file")
    check_keys(str(path), read, _KEYS, ("columns", "dates"))
    columns, guests = _columns(path, read["columns"])
    texts = {key: _text(path, key, read.get(key)) for key in _TEXTS}
    status, statuses = _status(path, read.get("status", "Held"))
    try:
        bounds(texts["published"] or "")
        formats = tuple(Format(each) for each in _list(path, "dates", read["dates"]))
    except ValueError as error:
        raise DataError(f"{path}: {error}") from error
    delimiter = texts.pop("delimiter") or ","
    if len(delimiter) != 1:
        raise DataError(f"{path}: 'delimiter' must be one character")
    return Mapping(
        str(path), columns, guests, formats, _list(path, "ranges", read.get("ranges", [])),
        _possible(path, read.get("possible")), _list(path, "separators", read.get("separators", [])), status, statuses,
        delimiter, **texts,
    )  # fmt: skip


def _columns(path: Path, read: object) -> tuple[dict[str, str], tuple[str, ...]]:
    where = f"{path}: columns"
    if not isinstance(read, dict):
        raise DataError(f"{where}: a mapping is wanted, such as 'host: Minister'")
    check_keys(where, read, COLUMNS, ("host", "from"))
    listed = read.get("guest", [])
    guests = (listed,) if isinstance(listed, str) else _list(path, "columns: guest", listed)
    texts = {key: value for key, value in read.items() if key not in _LISTS}
    if bad := next((key for key, value in texts.items() if not isinstance(value, str)), None):
        raise DataError(f"{where}: {bad!r} must be the name of a column")
    return texts, guests


def _text(path: Path, key: str, value: object) -> str | None:
    if isinstance(value, date):
        return value.isoformat()
    if value is not None and not isinstance(value, str | int):
        raise DataError(f"{path}: {key!r} must be text")
    return None if value is None else str(value)


def _list(path: Path, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise DataError(f"{path}: {key!r} must be a list of texts (quote numbers and dates)")
    return tuple(value)


def _possible(path: Path, value: object) -> Bounds:
    if value is None:
        return UNBOUNDED
    if not isinstance(value, dict):
        raise DataError(f"{path}: 'possible' must be a mapping, such as {{earliest: 2010-05-01}}")
    check_keys(f"{path}: possible", value, ("earliest", "latest"))
    if not all(isinstance(day, date) for day in value.values()):
        raise DataError(f"{path}: 'possible' must hold days, such as {{earliest: 2010-05-01}}")
    return Bounds(value.get("earliest"), value.get("latest"))


def _status(path: Path, value: object) -> tuple[MeetingStatus, dict[str, MeetingStatus]]:
    """A constant, or a mapping of words to statuses whose key "" is for all else."""
    words = {"": value} if isinstance(value, str) else value
    if not isinstance(words, dict) or not all(each in _STATUSES for each in words.values()):
        raise DataError(f"{path}: 'status' must be one of {', '.join(_STATUSES)}, or a mapping of words to these")
    found: dict[str, MeetingStatus] = {str(key).casefold(): each for key, each in words.items()}
    return found.pop("", "Held"), found
