"""Where a name may stand: the model's names, known names, and runs of capitals cut at titles and offices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.find.names.bearers import royal, seats
from kg.find.names.growth import Reading, left, longer, qualified, step
from kg.find.names.lists import Entry, Word
from kg.find.names.page import Page
from kg.find.names.sheet import Stretch
from kg.model import Kind

# Heads of bodies that parties have too.
ALLIED = frozenset({"Alliance", "Coalition", "Congress", "League", "Union", "Centre", "Center", "Group"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A named reason: when it holds, what it weighs for each kind, and how to say it."""

    name: str
    holds: Callable[[Page, Candidate], str]
    weights: Mapping[Kind, float]
    words: str


@dataclass(slots=True)
class Candidate:
    """A stretch that may be a name, with what speaks for each kind.

    `known` are the list entries that it matches; `pattern` the kind that its form shows ("Ministry of X");
    `grown` the link by which it goes on behind its head ("of"), "" where it does not;
    `wing` the word in brackets that ends it: "Communist Party of Nepal (Maoist)", `branch`
    the place that follows a known body: "BBC Scotland".
    `bearer` is a title that stands for a person ("Duchess of Marwell"), or what a legislator sits for.
    `noun_before` and `noun_after` keep what common nouns beside it say, once they were looked at.
    `own` and `said` are what its own words and neighbours weigh, `scores` that and the rest of the document.
    """

    stretch: Stretch
    known: tuple[Entry, ...] = ()
    pattern: Kind | None = None
    grown: str = ""
    wing: str = ""
    branch: str = ""
    bearer: str = ""
    own: dict[Kind, float] = field(default_factory=dict)
    said: list[tuple[Rule, str]] = field(default_factory=list)
    scores: dict[Kind, float] = field(default_factory=dict)
    settled: Kind | None = None
    noun_before: tuple[str, str] | None = None
    noun_after: tuple[str, str] | None = None

    @property
    def best(self) -> tuple[Kind, float]:
        """The kind that most speaks for, and how much; the one that the whole document settled, once it has."""
        if self.settled:
            return self.settled, self.scores[self.settled]
        return max(self.scores.items(), key=lambda item: item[1])


def propose(page: Page) -> list[Candidate]:
    """Every candidate of a document in order of place."""
    found: dict[Stretch, Candidate] = {
        stretch: Candidate(stretch, pattern=_shown(page, stretch, kind)) for stretch, kind in page.model.items()
    }
    for i in range(page.size):
        if page.capital[i] or page.texts[i] in page.lists.prefixes:
            for entry in _known(page, i):
                stretch = i + (entry.words[0] in ("The", "THE") and entry.kind != "Place"), i + len(entry.words)
                found.setdefault(stretch, Candidate(stretch)).known += (entry,)
    for stretch in list(found):
        if (end := _branch(page, found[stretch])) > stretch[1]:
            found.setdefault((stretch[0], end), Candidate((stretch[0], end))).branch = page.texts[stretch[1]]
    for sentence in page.analysis.sentences:
        for run in _runs(page, sentence.first, sentence.last):
            for stretch, kind, grown in _cut(page, run):
                candidate = found.setdefault(stretch, Candidate(stretch))
                candidate.pattern = candidate.pattern or kind
                candidate.grown = candidate.grown or grown
    for stretch, named in (*royal(page), *seats(page)):
        found.setdefault(stretch, Candidate(stretch)).bearer = named
    for first, last in list(found):
        if (end := qualified(page, last)) > last and _party(page, found[first, last], last):
            found.setdefault((first, end), Candidate((first, end), pattern="Party", wing=page.texts[last + 1]))
    for whole in [s for s, candidate in found.items() if candidate.known and _linked(page, s)]:
        for first in range(*whole):
            for last in range(first + 1, whole[1] + 1):
                if (first, last) != whole:
                    found.pop((first, last), None)
    return [found[stretch] for stretch in sorted(found)]


def _shown(page: Page, stretch: Stretch, kind: Kind) -> Kind | None:
    """The model's kind where a word of the name shows it too: its last, or a body's before "of" ("Office of the X")."""
    first, last = stretch
    if last - first < 2 or (kind == "Organisation" and page.texts[last - 1] in ALLIED):
        return None
    heads = (i for i in range(first, last - 2) if page.flags[i] & Word.STRONG_BODY and page.texts[i] not in ALLIED)
    goes_on = kind == "Organisation" and any(page.texts[i + 1] in ("of", "for", "on") for i in heads)
    return kind if goes_on or _form(page, first, last) == kind else None


def _branch(page: Page, candidate: Candidate) -> int:
    """The end of a place that follows a known body's name and belongs to it; its own end where there is none."""
    first, last = candidate.stretch
    after = page.after(last)
    body = any(entry.kind == "Organisation" for entry in candidate.known)
    if not body or after is None or not page.capital[last] or page.loud[first]:
        return last
    for entry in page.lists.known.get(page.texts[last], ()):
        end = last + len(entry.words)
        if entry.kind == "Place" and tuple(page.texts[last:end]) == entry.words:
            noun = page.after(end)
            return last if noun is not None and (noun.pos == "NOUN" or page.capital[noun.i]) else end
    return last


def _party(page: Page, candidate: Candidate, last: int) -> bool:
    known = any(entry.kind == "Party" for entry in candidate.known)
    return known or candidate.pattern == "Party" or page.model.get((candidate.stretch[0], last)) == "Party"


def _linked(page: Page, stretch: Stretch) -> bool:
    """Whether small words join the parts of a known name, which then are no names: "Antigua and Barbuda"."""
    return any(page.texts[i].islower() or page.texts[i] == "&" for i in range(stretch[0] + 1, stretch[1] - 1))


def _known(page: Page, i: int) -> Iterator[Entry]:
    table = page.lists.shouted if page.loud[i] and page.texts[i].isupper() else page.lists.known
    longest = 0
    for entry in table.get(page.texts[i], ()):
        size = len(entry.words)
        if size < longest:
            break
        if i + size <= page.size and all(page.texts[i + k] == entry.words[k] for k in range(1, size)):
            longest = size
            yield entry


def _runs(page: Page, first: int, last: int) -> Iterator[Stretch]:
    """Maximal runs of capitalised words, with hyphens, particles and ampersands inside."""
    i = first
    while i < last:
        if not page.capital[i] or (page.texts[i] == "I" and not (i and page.texts[i - 1] in "(,")):
            i += 1
            continue
        start = i
        if i - 2 >= first and page.texts[i - 1] == "-" and page.joined(i) and page.texts[i - 2] in page.lists.prefixes:
            start = i - 2
        i += 1
        while i < last and (stride := step(page, i, last)):
            i += stride
        yield start, i


_SMALL = frozenset({"VERB", "AUX", "ADP", "PRON", "DET", "CCONJ", "SCONJ", "PART", "ADV", "INTJ"})


def _cut(page: Page, run: Stretch) -> Iterator[Reading]:
    """A run cut at offices, honorifics and, in headlines, small words; each piece with its longer readings."""
    first, last = run
    start = first
    for i in range(first, last):
        flag = page.flags[i]
        if flag & (Word.OFFICE | Word.HONORIFIC | Word.AFTER | Word.FORMER):
            cut = not flag & Word.GIVEN and not _inside_body(page, i, last)
        else:
            cut = (i == start and (_dated(page, i) or page.initial[i])) or page.loud[i]
            cut = cut and (_small(page, i) or _dated(page, i))
        if not cut:
            continue
        end = i
        while flag & Word.OFFICE and end > start and page.flags[end - 1] & Word.MODIFIER:
            end -= 1
        yield from _read(page, start, end)
        start = i + 1
    yield from _read(page, start, last)


def _dated(page: Page, i: int) -> bool:
    """Whether the word is a weekday or month."""
    return page.texts[i] in page.lists.dates


def _small(page: Page, i: int) -> bool:
    """Whether a capitalised word of a headline is a verb, preposition or the like and so in no name."""
    flag = page.flags[i]
    if flag & (Word.BODY | Word.PLACE | Word.GIVEN | Word.PARTY | Word.LEANING) or not page.texts[i].isalpha():
        return False
    return bool(flag & Word.COMMON) or (page.tokens[i].pos in _SMALL and not flag)


def _inside_body(page: Page, i: int, last: int) -> bool:
    """Whether an office word is part of a body's name: "Governors Association", "Deputy's Office"."""
    nearby = range(i + 1, min(last, i + 4))
    return any(page.texts[k] in ("'s", "'") for k in nearby) or (
        i + 1 < last and bool(page.flags[i + 1] & Word.STRONG_BODY)
    )


def _read(page: Page, first: int, last: int) -> Iterator[Reading]:
    while first < last and not (
        page.texts[first][0].isalnum() and page.texts[first] not in ("The", "THE", "A", "AN", "An")
    ):
        first += 1
    while last > first and not (page.texts[last - 1][-1].isalnum() or page.texts[last - 1][-1] == "."):
        last -= 1
    if first >= last:
        return
    kind = _form(page, first, last)
    yield (first, last), kind, ""
    if last - first > 1 and (
        (page.flags[first] & Word.COMMON and page.initial[first]) or page.flags[first] & Word.DEMONYM
    ):
        yield (first + 1, last), _form(page, first + 1, last), ""
    if kind in ("Party", "Organisation") and (start := left(page, first)) < first:
        yield (start, last), kind, "and"
    if rest := page.behind_place((first, last)):
        yield (rest, last), None, ""
    yield from longer(page, first, last)


def _form(page: Page, first: int, last: int) -> Kind | None:
    """The kind that the last word of two or more shows."""
    if last - first < 2:
        return None
    if "Against" in page.texts[first + 1 : last - 1] and not page.loud[first]:
        return "Organisation"
    end = page.flags[last - 1]
    if end & Word.PARTY:
        return "Party"
    if end & Word.BODY:
        return "Organisation"
    return "Place" if end & Word.PLACE else None
