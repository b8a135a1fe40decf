"""The keys that a store's things bear, by where their first words stand."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox

from kg.rdf import Anchor
from kg.rdf.graphs import ENTITY_FOLDERS, document_slug, split

ANCHORS = """
SELECT ?thing ?document ?start WHERE {
    ?thing wm:mentionedIn|wm:describedIn|wm:evidence|wm:segment|(wm:account/wm:evidence) ?passage .
    ?passage wm:passageOf ?document ; wm:start ?start .
}
"""
"""The query whose rows `anchors` reads."""


def anchors(rows: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, base: str) -> Mapping[Anchor, str]:
    """The keys by anchor: a name by each of its mentions, all else by its first words in each document."""
    found: dict[Anchor, str] = {}
    firsts: dict[tuple[str, str], int] = {}
    for row in rows:  # type: ignore[union-attr]
        thing, document, start = row["thing"].value, row["document"].value, int(row["start"].value)
        folder, key = split(base, thing)
        if folder in ENTITY_FOLDERS:
            found[Anchor(folder, document_slug(base, document), start)] = key
        else:
            firsts[thing, document] = min(start, firsts.get((thing, document), start))
    for (thing, document), start in firsts.items():
        folder, key = split(base, thing)
        found[Anchor(folder, document_slug(base, document), start)] = key
    return found
