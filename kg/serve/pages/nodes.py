"""The pages of people, bodies, places, meetings, statements and offices."""

from __future__ import annotations

from collections.abc import Mapping

from kg.serve.pages import facts, pictures, sections
from kg.serve.pages.reader import Reader
from kg.serve.pages.rendering import KINDS, Page
from kg.tables import Table

_COMPANY = 12
_DOCUMENTS = 8
_REASONS = 12


def entity(reader: Reader, path: str, given: Mapping[str, str]) -> Page | None:
    """The page of a person, party, organisation, place or unnamed source; None where the graph lacks it."""
    entry = reader.index.entry(path)
    if entry is None:
        return None
    kind = entry.kind
    page = sections.number(given.get("documents"), max(1, -(-entry.documents // _DOCUMENTS)))
    return Page(
        "entity.html",
        title=entry.label,
        description=_told(entry.label, kind, entry.detail, entry.documents),
        path=path,
        kind=kind,
        entry=entry,
        names=reader.values(path, "skos:altLabel"),
        within=reader.links(reader.values(path, "wm:within")),
        affiliation=reader.links(reader.values(path, "wm:affiliation")),
        elsewhere=(*reader.values(path, "owl:sameAs"), *reader.values(path, "skos:exactMatch")),
        reasons=reader.values(path, "wm:reason")[:_REASONS],
        company=reader.index.company(path, _COMPANY) if kind not in ("place", "source") else [],
        pictures=pictures.offered(reader, path),
        sections=sections.build(reader, path, given, sections.OF[kind]),
        documents=reader.index.documents(path, _DOCUMENTS, (page - 1) * _DOCUMENTS),
        page=page,
        pages=-(-entry.documents // _DOCUMENTS),
    )


def table(reader: Reader, path: str, name: str) -> Table | None:
    """The tables of such a page beside its sections: "company", whom it met how often, and "documents"."""
    if name == "company":
        met = reader.index.company(path, sections.ROWS)
        return sections.tabled(
            [{"iri": reader.iri(each.path), "name": each.label, "meetings": str(times)} for each, times in met]
        )
    if name == "documents":
        told = reader.index.documents(path, sections.ROWS)
        return sections.tabled(
            [
                {
                    "document": reader.iri(each.path),
                    "title": each.label,
                    "published": each.detail or "",
                    "places": str(times),
                    "first": f"{reader.iri(each.path)}#char={span.start},{span.end}",
                }
                for each, times, span in told
            ]
        )
    return None


def _told(label: str, kind: str, detail: str | None, documents: int) -> str:
    who = f"{label}, {detail}" if detail else f"{label} ({KINDS[kind].lower()})"
    return f"{who}: meetings, statements and offices, each with its sentence, from {documents} document" + (
        "" if documents == 1 else "s"
    )


def meeting(reader: Reader, path: str, given: Mapping[str, str]) -> Page | None:
    """The page of an occasion, with its accounts side by side; or of one account alone."""
    if path.startswith("meeting/"):
        if not reader.node(path).all("status"):
            return None
        account = facts.account(reader, path)
        found = facts.Meeting(path, account.label, (account,), None, ())
        whole = facts.occasion_of(reader, path)
    else:
        if not reader.values(path, "wm:account"):
            return None
        found, whole = facts.meeting(reader, path), ""
    return Page(
        "meeting.html",
        title=found.label,
        description=f"{', '.join(found.statuses).lower()}: who took part, when and where, and in which words",
        path=path,
        kind=path.partition("/")[0],
        meeting=found,
        whole=reader.link(whole) if whole and whole != path else None,
        planned=reader.links(reader.subjects("wm:heldAs", path)),
        sections=sections.build(reader, path, given, sections.OF["occasion"]),
    )


def statement(reader: Reader, path: str, given: Mapping[str, str]) -> Page | None:
    """The page of a statement."""
    if not reader.node(path).all("text"):
        return None
    found = facts.said(reader, path)
    return Page(
        "statement.html", title=found.label, description=found.text[:200], path=path, kind="statement", said=found
    )


def tenure(reader: Reader, path: str, given: Mapping[str, str]) -> Page | None:
    """The page of one document's word on who holds an office."""
    if not reader.node(path).all("role"):
        return None
    found = facts.held(reader, path)
    return Page(
        "tenure.html",
        title=found.label,
        description="an office held, held before or to be taken up, by the word of one document",
        path=path,
        kind="tenure",
        held=found,
    )


def office(reader: Reader, path: str, given: Mapping[str, str]) -> Page | None:
    """The page of an office or of a role: its holders."""
    node = reader.node(path)
    if not node.values:
        return None
    kind = path.partition("/")[0]
    body = node.one("postIn") or node.one("jurisdiction")
    shown = sections.build(reader, path, given, sections.OF[kind])
    for section in shown:
        section.rows.sort(key=lambda held: -_position(reader, held.path))
    return Page(
        "office.html",
        title=reader.label(path),
        description=f"who holds or held the office of {reader.label(path)}, by which document",
        path=path,
        kind=kind,
        body=reader.link(body) if body else None,
        role=reader.link(node.one("role")) if node.one("role") else None,
        wordings=node.all("altLabel"),
        pictures=pictures.offered(reader, path),
        sections=shown,
    )


def _position(reader: Reader, tenure: str) -> int:
    text = reader.node(tenure).one("position")
    return int(text) if text.isdigit() else 0


def concept(reader: Reader, path: str, given: Mapping[str, str]) -> Page | None:
    """The page of a form or medium that the texts name and the ontology does not list."""
    if not reader.node(path).values:
        return None
    return Page(
        "concept.html",
        title=reader.label(path),
        description=f"{KINDS[path.partition('/')[0]].lower()}",
        path=path,
        kind=path.partition("/")[0],
        sections=sections.build(reader, path, given, sections.OF[path.partition("/")[0]]),
    )
