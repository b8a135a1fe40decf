"""Where a name may stand: the model's names, known names, and runs of capitals cut at titles and offices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.find.names.lists import Entry, Word
from kg.find.names.page import Page, Stretch
from kg.model import Kind

_LONGEST = 12


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
    `wing` the word in brackets that ends it: "Communist Party of Nepal (Maoist)".
    `own` and `said` are what its own words and neighbours weigh, `scores` that and the rest of the document.
    """

    stretch: Stretch
    known: tuple[Entry, ...] = ()
    pattern: Kind | None = None
    grown: str = ""
    wing: str = ""
    own: dict[Kind, float] = field(default_factory=dict)
    said: list[tuple[Rule, str]] = field(default_factory=list)
    scores: dict[Kind, float] = field(default_factory=dict)

    @property
    def best(self) -> tuple[Kind, float]:
        """The kind that most speaks for, and how much."""
        return max(self.scores.items(), key=lambda item: item[1])


def propose(page: Page) -> list[Candidate]:
    """Every candidate of a document in order of place."""
    found: dict[Stretch, Candidate] = {stretch: Candidate(stretch) for stretch in page.model}
    for i in range(page.size):
        if page.capital[i] or page.texts[i] in page.lists.prefixes:
            for entry in _known(page, i):
                stretch = i + (entry.words[0] in ("The", "THE") and entry.kind != "Place"), i + len(entry.words)
                found.setdefault(stretch, Candidate(stretch)).known += (entry,)
    for sentence in page.analysis.sentences:
        for run in _runs(page, sentence.first, sentence.last):
            for stretch, kind, grown in _cut(page, run):
                candidate = found.setdefault(stretch, Candidate(stretch))
                candidate.pattern = candidate.pattern or kind
                candidate.grown = candidate.grown or grown
    for first, last in list(found):
        if (end := _qualified(page, last)) > last and _party(page, found[first, last], last):
            found.setdefault((first, end), Candidate((first, end), pattern="Party", wing=page.texts[last + 1]))
    for whole in [s for s, candidate in found.items() if candidate.known and _linked(page, s)]:
        for first in range(*whole):
            for last in range(first + 1, whole[1] + 1):
                if (first, last) != whole:
                    found.pop((first, last), None)
    return [found[stretch] for stretch in sorted(found)]


def _party(page: Page, candidate: Candidate, last: int) -> bool:
    known = any(entry.kind == "Party" for entry in candidate.known)
    return known or candidate.pattern == "Party" or page.model.get((candidate.stretch[0], last)) == "Party"


def _qualified(page: Page, last: int) -> int:
    """The end of a wing in brackets behind a party's name: "Janata Dal (Secular)"; `last` where there is none."""
    inside = last + 1 < page.size and page.texts[last] == "(" and page.texts[last + 1] in page.lists.qualifiers
    return last + 3 if inside and last + 2 < page.size and page.texts[last + 2] == ")" else last


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
        while i < last and (step := _step(page, i, last)):
            i += step
        yield start, i


def _step(page: Page, i: int, last: int) -> int:
    """How many tokens from `i` carry a run on; 0 where it ends."""
    text = page.texts[i]
    if page.capital[i]:
        return 1
    if text == "-" and i + 1 < last and page.joined(i) and page.joined(i + 1):
        return 2 if page.capital[i + 1] else 0
    if text in ("&", "/") and i + 1 < last and page.capital[i + 1] and text == "&":
        return 2
    if text == "the" and page.texts[i - 1] in ("Against", "For", "Of") and i + 1 < last and page.capital[i + 1]:
        return 2
    if text in page.lists.particles:
        if i + 1 < last and page.capital[i + 1]:
            return 2
        if i + 2 < last and page.texts[i + 1] in page.lists.particles and page.capital[i + 2]:
            return 3
        if i + 3 < last and page.texts[i + 1] == "-" and page.capital[i + 2]:
            return 3
    if (
        text in ("'s", "'")
        and i + 1 < last
        and page.flags[i + 1] & Word.STRONG_BODY
        and page.texts[i - 1].endswith("s")
    ):
        return 2
    if text == "'s" and i + 1 < last and page.texts[i - 1] in page.lists.folk and page.capital[i + 1]:
        return 2
    return 0


_Reading = tuple[Stretch, Kind | None, str]
_SMALL = frozenset({"VERB", "AUX", "ADP", "PRON", "DET", "CCONJ", "SCONJ", "PART", "ADV", "INTJ"})


def _cut(page: Page, run: Stretch) -> Iterator[_Reading]:
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


def _read(page: Page, first: int, last: int) -> Iterator[_Reading]:
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
    if kind in ("Party", "Organisation") and (start := _left(page, first)) < first:
        yield (start, last), kind, "and"
    if rest := page.behind_place((first, last)):
        yield (rest, last), None, ""
    yield from _longer(page, first, last)


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


def _left(page: Page, first: int) -> int:
    """Where "X and …" begins before `first` when "the" opens it: "the Transport and General Workers' Union"."""
    if page.before(first) is None or page.texts[first - 1] not in ("and", "&") or first < 2:
        return first
    start = first - 1
    while page.before(start) is not None and page.capital[start - 1] and first - start < 5:
        if page.flags[start - 1] & (Word.BODY | Word.PARTY | Word.OFFICE | Word.HONORIFIC | Word.GIVEN):
            return first
        start -= 1
    return (
        start
        if start < first - 1 and page.before(start) is not None and page.texts[start - 1].lower() == "the"
        else first
    )


def _longer(page: Page, first: int, last: int) -> Iterator[_Reading]:
    """Names that go on behind "of", "for", "and": "Board of Deputies of British Jews"."""
    kind: Kind = "Party" if page.flags[last - 1] & Word.PARTY else "Organisation"
    if kind != "Party" and not page.flags[last - 1] & Word.OPENER:
        return
    end = last
    while end - first < _LONGEST and (grown := _tail(page, end)) > end:
        yield (first, grown), kind, page.texts[end]
        end = grown
        if (joined := _and(page, end)) > end:
            yield (first, joined), kind, "and"


def _tail(page: Page, end: int) -> int:
    """The end of a link and the capitals behind it; `end` itself where there are none."""
    after = page.after(end)
    if after is None or page.texts[end] not in page.lists.links:
        return end
    start = end + 1
    while start < page.size and page.texts[start] in ("the", "all", "la", "los", "las", "l'"):
        start += 1
    person = start + 1 < page.size and page.flags[start] & Word.GIVEN and page.capital[start + 1]
    return end if person and page.texts[end] == "of" else _capitals(page, start, end)


def _and(page: Page, end: int) -> int:
    after = page.after(end)
    if after is None or page.texts[end] not in ("and", "&", ","):
        return end
    grown = _capitals(page, end + 1, end)
    if page.texts[end] == "," and (grown == end or grown >= page.size or page.texts[grown] not in ("and", ",")):
        return end
    return _and(page, grown) if page.texts[end] == "," else grown


def _capitals(page: Page, start: int, otherwise: int) -> int:
    """The end of the capitals that begin at `start` in the sentence of `otherwise`."""
    i = start
    while i < page.size and page.tokens[i].sentence == page.tokens[otherwise - 1].sentence:
        step = _step(page, i, page.size) if i > start else int(page.capital[i])
        if not step or (page.flags[i] & (Word.HONORIFIC | Word.OFFICE) and not page.flags[i] & Word.BODY):
            break
        i += step
    return i if i > start else otherwise
