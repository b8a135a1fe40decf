"""Pictures on pages: which a page has, the page of one with its table, and the picture itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg import plots
from kg.errors import QueryError
from kg.serve.pages import asking
from kg.serve.pages.reader import Reader
from kg.serve.pages.rendering import Page
from kg.tables import Table

_ROWS = 200
_BODY: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "timeline": ("about", ("meeting", "said")),
    "offices": ("of", ("offices",)),
}
_OF: Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "person": {
        "network": ("person", ("meeting",)),
        "timeline": ("about", ("meeting", "said")),
        "offices": ("person", ("holds",)),
    },
    "party": _BODY,
    "organisation": _BODY,
    "place": {"timeline": ("about", ("at", "meeting")), "offices": ("of", ("offices",))},
    "office": {"offices": ("office", ("tenure",))},
    "role": {"offices": ("office", ("role",))},
    "": {"months": ("", ()), "network": ("", ())},
}
"""For each kind of page its pictures: the parameter that is the page's node, and the relations that it may have."""
_PERIOD = ("from", "to")


@dataclass(frozen=True, slots=True)
class Offered:
    """A picture that a page has: kind, heading, and the words for those who do not see it."""

    kind: str
    title: str
    alt: str


def offered(reader: Reader, path: str) -> list[Offered]:
    """The pictures of a page that have something to show; "" is the first page."""
    found = []
    for kind, (_, relations) in _OF.get(path.partition("/")[0], {}).items():
        if not relations or any(_shows(reader, path, kind, relation) for relation in relations):
            found.append(_offered(reader, path, kind))
    return found


def _shows(reader: Reader, path: str, kind: str, relation: str) -> bool:
    if kind == "network":
        return any(entry.kind == "person" for entry, _ in reader.index.company(path, 12))
    entries, total = reader.index.parts(path, relation, 1)
    if kind == "timeline":
        return any(entry.day for entry in entries)
    return total > 0


def _offered(reader: Reader, path: str, kind: str) -> Offered:
    title = plots.KINDS[kind]
    whose = f" of {reader.label(path)}" if path else ""
    return Offered(kind, title, f"{title}{whose}; the same as a table is on its page")


def _given(reader: Reader, path: str, given: Mapping[str, str]) -> tuple[str, dict[str, str]] | None:
    """The kind of picture and what it is asked; None where the page has none of that kind."""
    kind = given.get("picture", "")
    known = _OF.get(path.partition("/")[0], {})
    if kind not in known or (path and not reader.node(path).values):
        return None
    asked = {name: given[name].strip() for name in _PERIOD if given.get(name, "").strip()}
    allowed = {parameter.name for parameter in plots.parameters(kind)}
    own = {known[kind][0]: reader.iri(path)} if known[kind][0] else {}
    return kind, {**own, **{name: text for name, text in asked.items() if name in allowed}}


def table(reader: Reader, path: str, given: Mapping[str, str]) -> Table | None:
    """The table behind a picture of a page; None where it has none of that kind."""
    asked = _given(reader, path, given)
    return plots.found(asked[0], asked[1], reader.store) if asked else None


def image(reader: Reader, path: str, given: Mapping[str, str], form: str) -> tuple[str, bytes] | None:
    """A picture of a page in a format of `kg.plots.FORMATS`: media type and bytes; None where there is none."""
    asked = _given(reader, path, given)
    if asked is None or form not in plots.FORMATS:
        return None
    media, draw = plots.FORMATS[form]
    found = plots.found(asked[0], asked[1], reader.store)
    theme = "dark" if given.get("theme") == "dark" else "light"
    try:
        made = plots.picture(asked[0], found, theme)
    except QueryError:
        made = plots.empty(theme)
    return media, draw(made)


def page(reader: Reader, path: str, given: Mapping[str, str]) -> Page | None:
    """The page of one picture: large, by period, with its table; None where there is none of that kind."""
    asked = _given(reader, path, given)
    if asked is None:
        return None
    kind, wanted = asked
    problem, note, found, drawn = "", "", None, False
    try:
        found = plots.found(kind, wanted, reader.store)
    except QueryError as error:
        problem = str(error).partition("\n")[0]
    if found is not None and len(found):
        try:
            note, drawn = plots.picture(kind, found).note, True
        except QueryError:
            drawn = False
    one = _offered(reader, path, kind)
    whose = reader.label(path) if path else "The graph"
    return Page(
        "picture.html",
        title=f"{one.title}: {whose}",
        description=one.alt,
        path=path,
        kind="picture",
        whose=whose,
        one=one,
        given={name: text for name, text in wanted.items() if name in _PERIOD},
        problem=problem,
        note=note,
        drawn=drawn,
        grid=asking.grid(reader, found, 0, _ROWS) if found is not None else None,
        total=len(found) if found is not None else 0,
    )
