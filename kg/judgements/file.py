"""The file of judgements: YAML that people can read, edit, review and share; strictly read.

load(path)                  what people decided; nothing where there is no file
add(path, judgements)       put at the end, so that comments and order stay
forget(path, judgements)    taken out, whoever wrote them
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from kg.data import check_keys, read_text
from kg.errors import DataError, UsageError
from kg.judgements import FOLDERS, Correction, Judgement, Judgements, Link, Pair, Rejection, Thing

_HEAD = """\
# What people decided: every build obeys it before any rule, and of two entries on one matter the later holds.
# `kg identities`, `kg reject` and `kg correct` write here; edit, review and share it as you like.
# An entry is one of: same, different (two things), wrong (a fact), corrected (a fact, with field and value),
# linked, not_linked (a thing, with to); and by, date, note. A thing is its words, with document, at (where they
# stand) and who (who takes part, where several facts share the words).

"""
_DETAILS = ("by", "date", "note")
_LISTS = frozenset(("participants", "speakers"))
ENDING = "-judgements.yaml"
FIELDS = ("when", "participants", "place", "status", "speakers")
"""What can be corrected."""
SEPARATOR = " | "
"""Between the names in a correction's value."""


class _Entry(NamedTuple):
    """One entry of the file: what it says, and the lines that it fills, the last exclusive."""

    judgement: Judgement
    first: int
    last: int


def beside(store: str | Path) -> Path:
    """Where a store's judgements stand unless told otherwise: `kg-judgements.yaml` beside `.kg`."""
    place = Path(store)
    return place.with_name(f"{place.resolve().name.lstrip('.') or 'kg'}{ENDING}")


def load(path: Path | None) -> Judgements:
    """What the file says; nothing where there is none.

    Raises DataError, naming file and line, where it breaks the format.
    """
    if path is None or not path.exists():
        return Judgements()
    found = [entry.judgement for entry in _entries(path, _text(path))]
    return Judgements(
        tuple(each for each in found if isinstance(each, Pair)),
        tuple(each for each in found if isinstance(each, Rejection)),
        tuple(each for each in found if isinstance(each, Correction)),
        tuple(each for each in found if isinstance(each, Link)),
    )


def add(path: Path, judgements: Iterable[Judgement]) -> None:
    """Put judgements at the end of the file, which is made where there is none. Raises DataError."""
    text = _text(path) if path.exists() else _HEAD
    _entries(path, text)
    entries = [_packed(each) for each in judgements]
    new = yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=110)
    _write(path, text + ("" if text.endswith("\n") or not text else "\n") + new)


def forget(path: Path, unwanted: Callable[[Judgement], bool]) -> tuple[Judgement, ...]:
    """Take out what is unwanted; what that was, in the order of the file. Comments and all else stay as they are.

    Raises DataError, naming file and line, where the file breaks the format.
    """
    if not path.exists():
        return ()
    text = _text(path)
    gone = [entry for entry in _entries(path, text) if unwanted(entry.judgement)]
    lines = text.splitlines(keepends=True)
    for entry in reversed(gone):
        del lines[entry.first : entry.last]
    if gone:
        _write(path, "".join(lines))
    return tuple(entry.judgement for entry in gone)


def _text(path: Path) -> str:
    return read_text(path, "mend the file or name another with --judgements")


def _write(path: Path, text: str) -> None:
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, "utf-8")
        os.replace(part, path)
    except OSError as error:
        raise DataError(f"{path}: cannot be written ({error.strerror}); name another file with --judgements") from error


def _entries(path: Path, text: str) -> list[_Entry]:
    try:
        loader = yaml.SafeLoader(text)
    except yaml.YAMLError as error:
        raise DataError(f"{path}: cannot be read as YAML ({error}); mend the line") from error
    try:
        root = loader.get_single_node()
        if root is None:
            return []
        if not isinstance(root, yaml.SequenceNode) or (root.flow_style and root.value):
            raise DataError(f"{path}: a list of entries is wanted, each beginning with '- '")
        found = []
        for node in root.value:
            where = f"{path}:{node.start_mark.line + 1}"
            _check_twice(where, node)
            found.append(_Entry(_judgement(where, _built(where, loader, node)), node.start_mark.line, _end(node) + 1))
        return found
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        what = getattr(error, "problem", None) or error
        raise DataError(f"{path}{line}: cannot be read as YAML ({what}); mend the line") from error
    finally:
        loader.dispose()


def _built(where: str, loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    try:
        return loader.construct_object(node, deep=True)
    except ValueError as error:  # a day that no calendar has
        raise DataError(f"{where}: cannot be read as YAML ({error}); mend the entry") from error


def _check_twice(where: str, node: yaml.Node) -> None:
    """Raises DataError for a key that stands twice in one mapping: YAML would drop the first."""
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            raise DataError(f"{where}: the key {twice!r} stands twice; leave one")
    for child in node.value if isinstance(node, yaml.CollectionNode) else ():
        for each in child if isinstance(child, tuple) else (child,):
            _check_twice(where, each)


def _end(node: yaml.Node) -> int:
    """The last line that a node fills; the mark of a block lies behind the comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    mark = node.end_mark
    return int(mark.line - (mark.column == 0 and mark.line > node.start_mark.line))


def _judgement(where: str, read: Any) -> Judgement:
    if not isinstance(read, dict):
        raise DataError(f"{where}: an entry is a mapping, such as 'same:' with two things; mend it")
    asked = [key for key in _READERS if key in read]
    if len(asked) != 1:
        also = f"has {' and '.join(asked)}" if asked else "has none of them"
        raise DataError(f"{where}: an entry is one of {', '.join(_READERS)}; this one {also}")
    reader, more = _READERS[asked[0]]
    check_keys(where, read, (asked[0], *more, *_DETAILS), more)
    details = {
        "by": _words(where, read, "by", ""), "on": _day(where, read), "note": _words(where, read, "note", ""),
        "where": where,
    }  # fmt: skip
    try:
        return reader(where, read, details)
    except UsageError as error:
        raise DataError(f"{where}: {error}") from error


def _pair(where: str, read: Mapping[str, Any], details: Mapping[str, Any]) -> Pair:
    key = "same" if "same" in read else "different"
    things = read[key]
    if not isinstance(things, list) or len(things) != 2:
        raise DataError(f"{where}: {key!r} is a list of two things")
    return Pair(_thing(where, things[0]), _thing(where, things[1]), key == "same", **details)


def _rejection(where: str, read: Mapping[str, Any], details: Mapping[str, Any]) -> Rejection:
    return Rejection(_fact(where, read["wrong"]), **details)


def _correction(where: str, read: Mapping[str, Any], details: Mapping[str, Any]) -> Correction:
    what, value = _words(where, read, "field"), read["value"]
    if what not in FIELDS:
        raise DataError(f"{where}: unknown field {what!r}; allowed are {', '.join(FIELDS)}")
    if isinstance(value, list):
        if what not in _LISTS or not all(isinstance(each, str) for each in value):
            raise DataError(f"{where}: 'value' of {what} must be text, or names for {' and '.join(sorted(_LISTS))}")
        value = SEPARATOR.join(value)
    if not isinstance(value, str | date):
        raise DataError(f"{where}: 'value' must be text (quote yes, no, on, off and numbers)")
    return Correction(_fact(where, read["corrected"]), what, str(value), **details)


def _link(where: str, read: Mapping[str, Any], details: Mapping[str, Any]) -> Link:
    key = "linked" if "linked" in read else "not_linked"
    iri = _words(where, read, "to")
    if "://" not in iri or any(each in iri for each in ' <>"{}|^`\\'):
        raise DataError(f"{where}: 'to' must be an IRI, such as http://www.wikidata.org/entity/Q42")
    return Link(_thing(where, read[key]), iri, key == "linked", **details)


_Reader = Callable[[str, Mapping[str, Any], Mapping[str, Any]], Judgement]
_READERS: Mapping[str, tuple[_Reader, tuple[str, ...]]] = {
    "same": (_pair, ()), "different": (_pair, ()), "wrong": (_rejection, ()),
    "corrected": (_correction, ("field", "value")), "linked": (_link, ("to",)), "not_linked": (_link, ("to",)),
}  # fmt: skip


def _fact(where: str, read: Any) -> Thing:
    thing = _thing(where, read)
    if thing.folder not in ("meeting", "statement", "tenure"):
        raise DataError(f"{where}: a {thing.folder} is no fact; name a meeting, statement or tenure")
    return thing


def _thing(where: str, read: Any) -> Thing:
    if not isinstance(read, dict):
        raise DataError(f"{where}: a thing is a mapping, such as {{person: Jane Doe, document: a.txt}}; mend it")
    check_keys(where, read, (*FOLDERS, "document", "at", "who"), ("document",))
    kinds = [folder for folder in FOLDERS if folder in read]
    if len(kinds) != 1:
        raise DataError(f"{where}: a thing is one of {', '.join(FOLDERS)}; this one is {len(kinds)} of them")
    start, names = read.get("at"), read.get("who", [])
    if start is not None and (not isinstance(start, int) or isinstance(start, bool) or start < 0):
        raise DataError(f"{where}: 'at' must be a number, the place of the words in the text")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise DataError(f"{where}: 'who' must be a list of texts (quote yes, no, on, off and numbers)")
    words, document = _words(where, read, kinds[0]), _words(where, read, "document")
    return Thing(kinds[0], document, words, start, tuple(names))  # type: ignore[arg-type]


def _words(where: str, read: Mapping[str, Any], key: str, default: str | None = None) -> str:
    value = read.get(key, default)
    if not isinstance(value, str) or (not value.strip() and default is None):
        raise DataError(f"{where}: {key!r} must be text (quote yes, no, on, off and numbers)")
    return value


def _day(where: str, read: Mapping[str, Any]) -> date | None:
    value = read.get("date")
    if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
        raise DataError(f"{where}: 'date' must be a day, such as 2026-05-31")
    return value


def _packed(judgement: Judgement) -> dict[str, Any]:
    packed: dict[str, Any]
    if isinstance(judgement, Pair):
        packed = {"same" if judgement.same else "different": [_shown(judgement.one), _shown(judgement.other)]}
    elif isinstance(judgement, Rejection):
        packed = {"wrong": _shown(judgement.fact)}
    elif isinstance(judgement, Correction):
        value = judgement.value.split(SEPARATOR) if judgement.what in _LISTS and judgement.value else judgement.value
        packed = {"corrected": _shown(judgement.fact), "field": judgement.what, "value": value}
    else:
        packed = {"linked" if judgement.same else "not_linked": _shown(judgement.thing), "to": judgement.iri}
    details = {"by": judgement.by, "date": judgement.on, "note": judgement.note}
    return packed | {key: value for key, value in details.items() if value}


def _shown(thing: Thing) -> dict[str, Any]:
    shown: dict[str, Any] = {thing.folder: thing.words, "document": thing.document}
    if thing.start is not None:
        shown["at"] = thing.start
    return shown | ({"who": list(thing.who)} if thing.who else {})
