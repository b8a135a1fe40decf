"""Pages become HTML here: the templates, and what all of them know."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

import kg
from kg.serve.pages.dates import dated
from kg.serve.pages.links import Links

_FOLDER = Path(__file__).resolve().parent.parent
TEMPLATES, STATIC = _FOLDER / "templates", _FOLDER / "static"
KINDS = {
    "person": "Person",
    "party": "Party",
    "organisation": "Organisation",
    "place": "Place",
    "source": "Unnamed source",
    "document": "Document",
    "occasion": "Meeting",
    "meeting": "One account of a meeting",
    "statement": "Statement",
    "tenure": "Office held",
    "office": "Office",
    "role": "Office",
    "form": "Form of meeting",
    "medium": "Medium",
}
"""What a node's kind is called."""
LISTS = {
    "meetings": ("occasion", "day", "Meetings"),
    "people": ("person", "mentions", "People"),
    "parties": ("party", "mentions", "Parties"),
    "organisations": ("organisation", "mentions", "Organisations"),
    "places": ("place", "mentions", "Places"),
    "offices": ("office", "sort", "Offices"),
    "statements": ("statement", "day", "Statements"),
    "sources": ("source", "sort", "Unnamed sources"),
    "documents": ("document", "day", "Documents"),
}
"""The lists: what is in each, in which order, and its heading."""
_HUMP = re.compile("(?<=[a-z])[A-Z](?=[a-z])")
_INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Page:
    """A template and what it is given: `title` and `description` always."""

    def __init__(self, template: str, *, title: str, description: str, **given: Any) -> None:
        self.template = template
        self.given = {"path": "", "kind": "", **given, "title": plain(title), "description": plain(description)}


def plain(text: str) -> str:
    """Text on one line without control characters and marks that turn the direction of what follows."""
    return " ".join(_INVISIBLE.sub("�", text).split())


@cache
def environment() -> Environment:
    """The templates; every value is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(kinds=KINDS, lists=LISTS, version=kg.__version__, stamp=stamp())
    made.filters.update(seen=seen, plain=plain, dated=dated, capital=capital, heading=heading)
    made.filters.update(thousands=lambda number: f"{number:,}")
    return made


def seen(text: str) -> str:
    """Text as it is, control characters and marks of direction made visible."""
    return _INVISIBLE.sub("�", text)


def capital(text: str) -> str:
    """Text with a great first letter, as it begins a heading: roles and forms are kept with a small one."""
    return text[:1].upper() + text[1:]


def heading(column: str) -> str:
    """The name of a query's column as people write a heading: "otherNames" is "Other names"."""
    return capital(_HUMP.sub(lambda hump: f" {hump[0].lower()}", column).replace("_", " "))


@cache
def stamp() -> str:
    """Something that differs with our templates, styles and scripts: for addresses and ETags."""
    found = hashlib.sha256(kg.__version__.encode())
    for path in sorted([*TEMPLATES.iterdir(), *STATIC.iterdir()]):
        if path.is_file():
            found.update(path.read_bytes())
    return found.hexdigest()[:10]


def render(page: Page, links: Links) -> str:
    """A page as HTML."""
    return environment().get_template(page.template).render(links=links, **page.given)
