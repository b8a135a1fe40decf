"""What surrounds the names of a document: words beside them, the country in which it is at home."""

from __future__ import annotations

from collections import Counter
from functools import cache

from kg import data
from kg.errors import DataError
from kg.language.analysis import Analysis, Token
from kg.model import Mention, Span

_KEYS = ("same_places", "same_parties", "spellings", "domains", "generic", "divisions", "directions")
_CLEAR = 2.0


class Setting:
    """One document's surroundings, as far as they tell namesakes apart."""

    def __init__(self, analysis: Analysis, mentions: tuple[Mention, ...]) -> None:
        self.analysis = analysis
        self.mentions = mentions
        self.text = analysis.text
        self.publication = self._publication()
        self.countries: Counter[str] = Counter()
        for mention in mentions:
            if mention.kind == "Place" and (country := country_of(mention.text)):
                self.countries[country] += 1
        adjectives = adjective_countries()
        for token in analysis.tokens:
            if token.text in adjectives:
                self.countries[adjectives[token.text]] += 1

    def _publication(self) -> str | None:
        document = self.analysis.document
        domains = mapping("domains")
        host = (document.address or "").split("//")[-1].split("/")[0]
        for end, country in domains.items():
            if host.endswith(end):
                return str(country)
        for word in (document.publisher or "").replace("’", "'").split():
            if country := adjective_countries().get(word) or country_of(word):
                return country
        return None

    def before(self, span: Span, count: int = 1) -> tuple[Token, ...]:
        """Up to `count` tokens before a span in its sentence, in order."""
        inside = self.analysis.tokens_in(span)
        if not inside:
            return ()
        first = inside[0].i
        sentence = inside[0].sentence
        return tuple(t for t in self.analysis.tokens[max(0, first - count) : first] if t.sentence == sentence)

    def after(self, span: Span, count: int = 1) -> tuple[Token, ...]:
        """Up to `count` tokens behind a span in its sentence, in order."""
        inside = self.analysis.tokens_in(span)
        if not inside:
            return ()
        last, sentence = inside[-1].i + 1, inside[-1].sentence
        return tuple(t for t in self.analysis.tokens[last : last + count] if t.sentence == sentence)

    def country_beside(self, span: Span) -> str | None:
        """The country that an adjective or possessive before, or "of", "in" or a name behind, gives."""
        before = [t.text for t in self.before(span, 4)]
        if before:
            if country := adjective_countries().get(before[-1]):
                return country
            if before[-1] in ("'s", "’s", "'", "’"):
                for size in (1, 2, 3):
                    if country := country_of(" ".join(before[-1 - size : -1])):
                        return country
            if before[-1] in ("UK", "US", "U.S.", "EU"):
                return country_of(before[-1])
        after = [t.text for t in self.after(span, 4)]
        if after and after[0] in ("UK", "US"):
            return country_of(after[0])
        if len(after) > 1 and after[0] == "of":
            for size in (3, 2, 1):
                if country := country_of(" ".join(after[1 : 1 + size])):
                    return country
        return None

    def home(self, allowed: set[str]) -> str | None:
        """The one of the countries in which the document is at home; None where that is unclear."""
        if self.publication in allowed:
            return self.publication
        ranked = [(count, country) for country, count in self.countries.items() if not allowed or country in allowed]
        ranked.sort(key=lambda item: (-item[0], item[1]))
        if not ranked:
            return None
        clear = len(ranked) == 1 or ranked[0][0] >= _CLEAR * ranked[1][0]
        return ranked[0][1] if clear else None


def mapping(key: str) -> dict[str, object]:
    """One mapping of the lexicon of namesakes.

    Raises DataError where it is none.
    """
    read = data.lexicon("namesakes")
    data.check_keys("kg/lexicons/namesakes.yaml", read, _KEYS, _KEYS)
    found = read[key]
    if not isinstance(found, dict):
        raise DataError(f"kg/lexicons/namesakes.yaml: {key!r} must be a mapping; mend it")
    return found


@cache
def aliases(key: str) -> dict[str, str]:
    """From each other wording to the one that stands for it, in lower case."""
    found: dict[str, str] = {}
    for name, others in mapping(key).items():
        if not isinstance(others, list):
            raise DataError(f"kg/lexicons/namesakes.yaml: {key!r}: {name!r} must have a list; mend it")
        found |= {str(other).casefold(): name for other in (name, *others)}
    return found


@cache
def adjective_countries() -> dict[str, str]:
    """The country of each adjective and people's name."""
    read = data.lexicon("peoples")["countries"]
    return {word: country for country, listed in read.items() for word in listed}


@cache
def _place_countries() -> dict[str, str]:
    read = data.lexicon("places")["countries"]
    found = {place: country for country, listed in read.items() for place in listed}
    return found | {country: country for country in read}


def country_of(place: str) -> str | None:
    """The country in which a well-known place lies, or which it is."""
    return _place_countries().get(" ".join(place.split()))
