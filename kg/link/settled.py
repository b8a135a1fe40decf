"""Matches that `kg link` found, as they bear on what the documents say together now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kg.judgements import Judgements
from kg.judgements.things import find
from kg.link.file import beside, read
from kg.model import Findings, Identity, Local, Reason, Verdict
from kg.store import Store


def matched(
    store: Store,
    judgements: Judgements,
    who: Mapping[Local, Identity],
    findings: Callable[[str], Findings | None],
) -> Iterator[Verdict]:
    """The store's matches as verdicts; those that people decided on are left out, for their word is there already.

    `who` is the identity of each name, `findings` gives those of a document.

    Raises DataError where the file of candidates breaks its format.
    """
    links = read(beside(store))
    if not links:
        return
    refused: set[tuple[str, str, str]] = set()
    accepted: set[tuple[str, str]] = set()
    for word in judgements.links_in_force():
        local = find(word.thing, findings(word.thing.document))
        if local and (identity := who.get(local)):
            refused.add((identity.kind, identity.key, word.iri))
            if word.same:
                accepted.add((identity.kind, identity.key))
    for link in links:
        local = find(link.thing, findings(link.thing.document))
        identity = who.get(local) if local else None
        if local is None or identity is None or (identity.kind, identity.key) in accepted:
            continue
        for each in link.candidates:
            key = identity.kind, identity.key, each.iri
            if each.match and key not in refused:
                refused.add(key)
                words = f"found by machine at {link.endpoint}: {each.iri}; {'; '.join(each.reasons)}"
                yield Verdict(*local, Reason("link", each.score, words), match=each.iri)
