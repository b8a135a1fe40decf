"""What a worker does for a page: finds out which page an address means, and writes it or one of its tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.errors import QueryError
from kg.plots import FORMATS
from kg.serve.negotiation import HTML
from kg.serve.pages import asking, document, lists, nodes, pictures, sections
from kg.serve.pages.links import FOLDERS, Links
from kg.serve.pages.reader import Reader
from kg.serve.pages.rendering import LISTS, Page, render
from kg.serve.reply import Reply, refusal
from kg.serve.settings import Settings
from kg.store import Store
from kg.tables import Table, Triples

_NODES: Mapping[str, Callable[[Reader, str, Mapping[str, str]], Page | None]] = {
    **dict.fromkeys(("person", "party", "organisation", "place", "source"), nodes.entity),
    **dict.fromkeys(("occasion", "meeting"), nodes.meeting),
    **dict.fromkeys(("office", "role"), nodes.office),
    **dict.fromkeys(("form", "medium"), nodes.concept),
    "statement": nodes.statement,
    "tenure": nodes.tenure,
    "document": document.page,
}
assert set(_NODES) == set(FOLDERS)
_PLAIN: Mapping[str, Callable[[Reader, Mapping[str, str]], Page]] = {
    "": lists.start,
    "search": lists.search,
    "about": lists.about,
}


def page(store: Store, settings: Settings, asked: Mapping[str, Any]) -> Reply:
    """The page at `path` with the parameters `given`, or, with `format`, a table of it; `here` is its own address.

    404 where there is none.
    """
    reader, path, given = Reader(store), str(asked["path"]), dict(asked["given"])
    form = given.pop("format", "")
    if form in FORMATS and "picture" in given:
        return _picture(reader, path, given, form)
    if form and form != "html":
        return _table(reader, path, given, form)
    made = find(reader, settings, path, given)
    if made is None:
        return missing(path, Links(asked["here"]))
    return Reply(200, HTML.header, render(made, Links(asked["here"])).encode())


def missing(path: str, links: Links) -> Reply:
    """The page that says that there is none."""
    made = problem("Not found", f"There is nothing at “{path}”. It may have had another name in an earlier graph.")
    return Reply(404, HTML.header, render(made, links).encode())


def problem(title: str, message: str) -> Page:
    """A page that says what is wrong."""
    return Page("problem.html", title=title, description=message, message=message)


def find(reader: Reader, settings: Settings, path: str, given: Mapping[str, str]) -> Page | None:
    """The page at a path, None where there is none."""
    if "picture" in given:
        return pictures.page(reader, path, given)
    if path in _PLAIN:
        return _PLAIN[path](reader, given)
    if path in LISTS:
        return lists.listed(reader, path, given)
    if path == "query":
        return asking.listing()
    if path == "editor":
        return asking.editor(reader, settings, given)
    folder, _, key = path.partition("/")
    if folder == "query":
        return asking.stored(reader, key, given)
    return _NODES[folder](reader, path, given) if folder in _NODES and key else None


def _picture(reader: Reader, path: str, given: Mapping[str, str], form: str) -> Reply:
    made = pictures.image(reader, path, given, form)
    return Reply(200, *made) if made else refusal(404, f"{path} has no such picture")


def _table(reader: Reader, path: str, given: Mapping[str, str], form: str) -> Reply:
    found = table(reader, path, given)
    if found is None:
        return refusal(404, f"{path} has no such table")
    media = sections.packed(found, form)
    if media is None:
        return refusal(406, f"format {form!r}: unknown; there are csv, tsv and json")
    part = "".join(f".{given[key]}" for key in ("table", "picture") if given.get(key))
    name = (path.rpartition("/")[2] + part) or "table"
    safe = "".join(each if each.isascii() and (each.isalnum() or each in "-_.") else "_" for each in name)
    disposition = {"Content-Disposition": f'inline; filename="{safe}.{form}"'}
    return Reply(200, media[0], media[1], disposition)


def table(reader: Reader, path: str, given: Mapping[str, str]) -> Table | None:
    """A table of the page at a path: of a section, a list, a search or a stored query; None where there is none."""
    if "picture" in given:
        return pictures.table(reader, path, given)
    if path in LISTS:
        return lists.list_table(reader, path)
    if path == "search":
        return lists.search_table(reader, given)
    folder, _, key = path.partition("/")
    if folder == "query":
        result = asking.stored_result(reader, key, given)
        if isinstance(result, Triples):
            raise QueryError("this query makes triples; ask /api/queries for them")
        return result if isinstance(result, Table) else None
    kind = "occasion" if folder == "meeting" else folder
    name = given.get("table", "")
    if _NODES.get(folder) is nodes.entity and (found := nodes.table(reader, path, name)) is not None:
        return found
    wanted = next((each for each in sections.OF.get(kind, ()) if each.name == name), None)
    return sections.table(reader, path, wanted) if wanted else None
