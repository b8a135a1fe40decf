"""Proper names with their types: the language model's names and rules, weighed in one open table."""

from __future__ import annotations

from collections import defaultdict

from kg.find.names.brackets import introduced
from kg.find.names.candidates import Candidate, propose
from kg.find.names.page import Page
from kg.find.names.rules import ENOUGH, explain, weigh
from kg.find.names.settle import settle
from kg.find.names.sheet import Stretch
from kg.language.analysis import Analysis
from kg.model import Kind, Mention, Span

_MEMORY = 2.4
_ACRONYM = 4.0
_FULL = 3.0
_LENGTH = 0.3


def find(analysis: Analysis) -> tuple[Mention, ...]:
    """Every proper name of a person, party, organisation or place, in order, none overlapping.

    Candidates are weighed twice: the second time with what the first found elsewhere in the document.
    """
    page = Page(analysis)
    candidates = propose(page)
    for candidate in candidates:
        weigh(page, candidate)
    chosen = _choose(candidates)
    _remember(page, chosen)
    candidates = _recall(page, candidates)
    for candidate in candidates:
        weigh(page, candidate)
    chosen = _choose(candidates)
    settle(page, chosen)
    return tuple(_mention(page, candidate) for candidate in chosen)


def _choose(candidates: list[Candidate]) -> list[Candidate]:
    """The best candidates that do not overlap, in order of place."""
    taken: set[int] = set()
    chosen: list[Candidate] = []
    good = [
        (c.best[1] + min(_LENGTH * (c.stretch[1] - c.stretch[0] - 1), 2.0), c.stretch[1] - c.stretch[0], c)
        for c in candidates
        if c.best[1] >= ENOUGH
    ]
    for _, _, candidate in sorted(good, key=lambda item: (-item[0], -item[1], item[2].stretch)):
        stretch = range(*candidate.stretch)
        if taken.isdisjoint(stretch):
            taken.update(stretch)
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c.stretch)


def _remember(page: Page, chosen: list[Candidate]) -> None:
    """Keep what each string was taken for, a body and its acronym as one, and the surnames of full names."""
    page.listed.clear()
    page.begins = {c.stretch[0]: (c.stretch[1], c.best[0]) for c in chosen}
    page.ends = {c.stretch[1]: (c.stretch[0], c.best[0]) for c in chosen}
    page.acronyms = introduced(page, chosen)
    full = set(page.acronyms.values())
    tally: defaultdict[str, defaultdict[Kind, float]] = defaultdict(lambda: defaultdict(float))
    for candidate in chosen:
        kind, score = candidate.best
        key = page.key(candidate.stretch)
        page.seen.setdefault(key, set()).add(candidate.stretch)
        tally[page.acronyms.get(key, key)][kind] += score * (_FULL if key in full else 1.0)
        first, last = candidate.stretch
        if kind == "Person" and last - first > 1 and not page.loud[first]:
            words = page.words(candidate.stretch)
            start = last - 1
            while start - 1 > first and (page.joined(start) or page.texts[start - 1] in page.lists.particles):
                start -= 1
            page.surnames.setdefault(page.key((start, last)), words)
            page.firsts.setdefault(page.key((first, first + 1)), words)
    for key, kinds in tally.items():
        ranked = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
        rest = ranked[1][1] if len(ranked) > 1 else 0.0
        page.memory[key] = ranked[0][0], round(_MEMORY * (ranked[0][1] - rest) / (ranked[0][1] + rest), 2)
    for short, long in page.acronyms.items():
        page.memory[short] = page.memory[long][0], _ACRONYM


def _recall(page: Page, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, and wherever else a remembered string stands with capitals."""
    found: dict[Stretch, Candidate] = {candidate.stretch: candidate for candidate in candidates}
    firsts: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for key in (*page.memory, *page.surnames):
        words = tuple(key.replace("-", " - ").replace("'s", " 's").split())
        firsts[words[0]].add(words)
    for i in range(page.size):
        if not page.capital[i]:
            continue
        for words in firsts.get(page.texts[i].casefold(), ()):
            end = i + len(words)
            if (
                end <= page.size
                and (i, end) not in found
                and all(page.texts[i + k].casefold() == w for k, w in enumerate(words))
            ):
                found[i, end] = Candidate((i, end))
    return [found[stretch] for stretch in sorted(found)]


def _mention(page: Page, candidate: Candidate) -> Mention:
    first, last = candidate.stretch
    span = Span(page.tokens[first].start, page.tokens[last - 1].end)
    return Mention(span, candidate.best[0], page.words(candidate.stretch), explain(page, candidate))
