"""Step 4: findings of all documents in, facts out: who is who, which meeting is which."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Facts, Findings, Identity, Local


def resolve(findings: Iterable[Findings]) -> Facts:
    """What all documents say together."""
    all_findings = tuple(findings)
    groups: dict[tuple[str, str], list[tuple[Local, str]]] = {}
    for one in all_findings:
        for entity in one.entities:
            key = entity.name.lower().replace(" ", "-") + ("-" + entity.qualifier.lower() if entity.qualifier else "")
            groups.setdefault((entity.kind, key), []).append((Local(one.document.slug, entity.id), entity.name))
    identities = tuple(
        Identity(key, kind, members[0][1], tuple(sorted({name for _, name in members})), tuple(local for local, _ in members))  # type: ignore[arg-type]
        for (kind, key), members in groups.items()
    )
    return Facts(all_findings, identities, identity_of={local: identity for identity in identities for local in identity.members})
