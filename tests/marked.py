"""Texts with their names marked, so that a test of what follows does not hang on the name finder.

"[P|Karen Moss] met [O|Oxfam]": P a person, Y a party, O an organisation, L a place. One name is one entity.
"""

from __future__ import annotations

import re

from kg.language.analysis import Analysis
from kg.language.backend import analyse
from kg.model import Document, Entity, Kind, Mention, Span

_MARK = re.compile(r"\[([PYOL])\|([^]]+)\]")
_KINDS: dict[str, Kind] = {"P": "Person", "Y": "Party", "O": "Organisation", "L": "Place"}


def marked(text: str) -> tuple[Analysis, tuple[Entity, ...]]:
    """The analysis of the text without its marks, and the entities that they name."""
    plain, mentions, last = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        span = Span(len(plain), len(plain) + len(match[2]))
        mentions.append(Mention(span, _KINDS[match[1]], match[2]))
        plain, last = plain + match[2], match.end()
    plain += text[last:]
    analysis = next(iter(analyse([Document("t.txt", "t.txt", plain, "", "")])))
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(mention.text, []).append(mention)
    entities = (Entity(f"e{n}", group[0].kind, name, tuple(group)) for n, (name, group) in enumerate(groups.items(), 1))
    return analysis, tuple(entities)
