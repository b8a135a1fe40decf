"""Findings as JSON and back: strict, so that a file of another version is refused instead of misread."""

from __future__ import annotations

import dataclasses
import json
import re
import types
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from kg.errors import StoreError
from kg.model import Document, Doubt, Findings

FORMAT = 2
"""Goes up whenever the records of `kg.model` change."""

HEAD = 300
_KEY = re.compile(rf'\{{"format":{FORMAT},"key":"([^"\\]*)"')
_Step = Callable[[Any], Any]


def to_json(findings: Findings, key: str = "") -> str:
    """The findings in one line of JSON, without the document's text, which is kept beside them.

    `key` says from which bytes and by which engine they come; `key_of` reads it from the line's beginning.
    """
    whole = {"format": FORMAT, "key": key, "findings": _packer(Findings)(findings)}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def key_of(beginning: str) -> str:
    """The key in the first `HEAD` characters of what `to_json` wrote, "" where there is none."""
    found = _KEY.match(beginning)
    return found[1] if found else ""


def from_json(read: str, text: str, where: str = "findings") -> Findings:
    """The findings that `to_json` wrote, with their document's text.

    Raises StoreError that names `where` for another format, and for a record that lacks or adds a field.
    """
    try:
        whole = json.loads(read)
        if not isinstance(whole, dict) or whole.get("format") != FORMAT:
            raise ValueError(f"format {FORMAT} is wanted")
        whole["findings"]["document"]["text"] = text
        found = _unpacker(Findings)(whole["findings"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{where}: these findings cannot be read ({error}); build the document anew") from error
    assert isinstance(found, Findings)
    return found


def doubts_to_json(doubts: tuple[Doubt, ...]) -> str:
    """The pairs that people may decide, in one line of JSON."""
    return json.dumps([_packer(Doubt)(doubt) for doubt in doubts], ensure_ascii=False, separators=(",", ":"))


def doubts_from_json(read: str, where: str) -> tuple[Doubt, ...]:
    """What `doubts_to_json` wrote. Raises StoreError that names `where` for anything else."""
    try:
        return tuple(_unpacker(Doubt)(each) for each in json.loads(read))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(f"{where}: cannot be read ({error}); build the documents anew") from error


@cache
def _packer(kind: Any) -> _Step:
    if dataclasses.is_dataclass(kind):
        steps = [(name, _packer(hint)) for name, hint in _fields(kind)]
        left_out = "text" if kind is Document else None
        return lambda record: {name: step(getattr(record, name)) for name, step in steps if name != left_out}
    if _is_named_tuple(kind):
        steps = [(name, _packer(hint)) for name, hint in get_type_hints(kind).items()]
        return lambda record: [step(getattr(record, name)) for name, step in steps]
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        step = _packer(inner[0])
        return lambda values: [step(value) for value in values]
    if origin in (Union, types.UnionType):
        step = _packer(_present(inner))
        return lambda value: None if value is None else step(value)
    return date.isoformat if kind is date else _same


@cache
def _unpacker(kind: Any) -> _Step:
    if dataclasses.is_dataclass(kind):
        return _record_reader(kind)
    if _is_named_tuple(kind):
        steps = [_unpacker(hint) for hint in get_type_hints(kind).values()]
        return lambda values: kind(*(step(value) for step, value in zip(steps, values, strict=True)))
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        step = _unpacker(inner[0])
        return lambda values: tuple(step(value) for value in values)
    if origin in (Union, types.UnionType):
        step = _unpacker(_present(inner))
        return lambda value: None if value is None else step(value)
    if origin is Literal:
        return lambda value: _one_of(value, inner)
    return date.fromisoformat if kind is date else lambda value: _typed(value, kind)


def _record_reader(kind: Any) -> _Step:
    steps = [(name, _unpacker(hint)) for name, hint in _fields(kind)]
    names = {name for name, _ in steps}

    def read(values: dict[str, Any]) -> Any:
        if values.keys() != names:
            raise ValueError(f"{kind.__name__} has the fields {', '.join(sorted(names))}, not {', '.join(values)}")
        return kind(**{name: step(values[name]) for name, step in steps})

    return read


def _fields(kind: Any) -> list[tuple[str, Any]]:
    hints = get_type_hints(kind)
    return [(field.name, hints[field.name]) for field in dataclasses.fields(kind)]


def _is_named_tuple(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")


def _present(options: tuple[Any, ...]) -> Any:
    return next(option for option in options if option is not type(None))


def _same(value: Any) -> Any:
    return value


def _one_of(value: Any, allowed: tuple[Any, ...]) -> Any:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(map(str, allowed))}")
    return value


def _typed(value: Any, kind: Any) -> Any:
    if not isinstance(value, (int, float) if kind is float else kind):
        raise ValueError(f"{value!r} is no {kind.__name__}")
    return value
