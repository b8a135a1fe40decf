"""Step 4: findings of all documents in, facts out: who is who, which meeting is which."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Facts, Findings, Identity, Kind, Local
from kg.resolve.keys import Held, slug


def resolve(findings: Iterable[Findings], held: Held | None = None) -> Facts:
    """What all documents say together."""
    all_findings = tuple(findings)
    groups: dict[tuple[str, str], list[tuple[Local, str]]] = {}
    for one in all_findings:
        for entity in one.entities:
            key = slug(f"{entity.name} {entity.qualifier or ''}")
            groups.setdefault((entity.kind, key), []).append((Local(one.document.slug, entity.id), entity.name))
    identities = tuple(_identity(kind, key, members) for (kind, key), members in groups.items())  # type: ignore[arg-type]
    known = {local: identity for identity in identities for local in identity.members}
    return Facts(all_findings, identities, identity_of=known)


def _identity(kind: Kind, key: str, members: list[tuple[Local, str]]) -> Identity:
    names = tuple(sorted({name for _, name in members}))
    return Identity(key, kind, members[0][1], names, tuple(local for local, _ in members))
