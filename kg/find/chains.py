"""Which names of one document denote the same thing."""

from __future__ import annotations

from kg.language.analysis import Analysis
from kg.model import Entity, Mention


def link(analysis: Analysis, mentions: tuple[Mention, ...]) -> tuple[Entity, ...]:
    """The entities of a document, each with its mentions, in order of first mention."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        for group in groups:
            longest = max(group, key=lambda m: len(m.text))
            person = mention.kind == longest.kind == "Person" and longest.text.endswith(" " + mention.text)
            if (mention.text == longest.text and mention.kind == longest.kind) or person:
                group.append(mention)
                break
        else:
            groups.append([mention])
    return tuple(
        Entity(f"e{n}", group[0].kind, max(group, key=lambda m: len(m.text)).text, tuple(group))
        for n, group in enumerate(groups, 1)
    )
