"""Matches that `kg link` found, as they bear on what the documents say together now."""

from __future__ import annotations

from collections.abc import Iterator

from kg.judgements import Judgements
from kg.judgements.things import find
from kg.link.file import beside, read
from kg.model import Facts, Reason, Verdict
from kg.store import Store


def matched(store: Store, judgements: Judgements, facts: Facts) -> Iterator[Verdict]:
    """The store's matches as verdicts; those that people decided on are left out, for their word is there already.

    Raises DataError where the file of candidates breaks its format.
    """
    links = read(beside(store))
    if not links:
        return
    by_slug = {one.document.slug: one for one in facts.findings}
    refused: set[tuple[str, str, str]] = set()
    accepted: set[tuple[str, str]] = set()
    for word in judgements.links_in_force():
        local = find(word.thing, by_slug.get(word.thing.document))
        if local and (identity := facts.identity_of.get(local)):
            refused.add((identity.kind, identity.key, word.iri))
            if word.same:
                accepted.add((identity.kind, identity.key))
    for link in links:
        local = find(link.thing, by_slug.get(link.thing.document))
        identity = facts.identity_of.get(local) if local else None
        if local is None or identity is None or (identity.kind, identity.key) in accepted:
            continue
        for each in link.candidates:
            key = identity.kind, identity.key, each.iri
            if each.match and key not in refused:
                refused.add(key)
                words = f"found by machine at {link.endpoint}: {each.iri}; {'; '.join(each.reasons)}"
                yield Verdict(*local, Reason("link", each.score, words), match=each.iri)
