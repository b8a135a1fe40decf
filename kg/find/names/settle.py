"""One kind for one name: what a document calls by the same words is mostly one thing throughout."""

from __future__ import annotations

from collections import defaultdict

from kg.find.names.candidates import Candidate
from kg.find.names.page import Page
from kg.model import Kind

# How much more must speak for the kind that wins, of all that speaks, and what is too sure to be changed.
_CLEAR = 1.5
_SURE = 4.0


def settle(page: Page, chosen: list[Candidate]) -> None:
    """Give names of the same words the kind that most speaks for in the whole document, where that is clear.

    A party is never a body elsewhere. A person who bears a place's name keeps it where a title or a full name tells.
    """
    groups: defaultdict[str, list[Candidate]] = defaultdict(list)
    for candidate in chosen:
        key = page.key(candidate.stretch)
        groups[page.acronyms.get(key, key)].append(candidate)
    for key, group in groups.items():
        kinds: defaultdict[Kind, float] = defaultdict(float)
        for candidate in group:
            kinds[candidate.best[0]] += candidate.best[1]
        if len(kinds) < 2:
            continue
        ranked = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
        bodies = {kind for kind, _ in ranked} <= {"Party", "Organisation"}
        if not bodies and ranked[0][1] < _CLEAR * ranked[1][1]:
            continue
        for candidate in group:
            if candidate.best[0] != ranked[0][0] and (bodies or _open(page, candidate, key)):
                candidate.settled = ranked[0][0]


def _open(page: Page, candidate: Candidate, key: str) -> bool:
    """Whether nothing sure speaks for the candidate's own kind."""
    named = candidate.best[0] == "Person" and (key in page.surnames or key in page.firsts)
    return candidate.best[1] < _SURE and not named
