"""Which media type answers an Accept header (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

_UTF8 = "; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Offer:
    """A media type that can be given, by other names too; `key` is the short name for `?format=`."""

    media: str
    key: str
    form: ox.QueryResultsFormat | ox.RdfFormat | None = None
    aliases: tuple[str, ...] = ()

    @property
    def header(self) -> str:
        """The Content-Type."""
        return self.media + _UTF8 if self.media.startswith("text/") else self.media


RESULTS = (
    Offer("application/sparql-results+json", "json", ox.QueryResultsFormat.JSON, ("application/json", "text/json")),
    Offer("application/sparql-results+xml", "xml", ox.QueryResultsFormat.XML, ("application/xml", "text/xml")),
    Offer("text/csv", "csv", ox.QueryResultsFormat.CSV),
    Offer("text/tab-separated-values", "tsv", ox.QueryResultsFormat.TSV),
)
GRAPHS = (
    Offer("text/turtle", "turtle", ox.RdfFormat.TURTLE, ("application/turtle", "application/x-turtle")),
    Offer("application/n-triples", "ntriples", ox.RdfFormat.N_TRIPLES, ("text/plain",)),
    Offer("application/ld+json", "jsonld", ox.RdfFormat.JSON_LD, ("application/json",)),
    Offer("application/rdf+xml", "rdfxml", ox.RdfFormat.RDF_XML, ("application/xml", "text/xml")),
)
HTML = Offer("text/html", "html", None, ("application/xhtml+xml",))
JSON = Offer("application/json", "json")


def best(accept: str | None, offers: Sequence[Offer]) -> Offer | None:
    """The offer that the header likes best, the first of equals; None where it takes none of them.

    A missing or empty header takes anything. What cannot be read as a range is passed over.
    """
    if accept is None or not accept.strip():
        return offers[0]
    ranges = [found for part in accept.split(",") if (found := _range(part))]
    liked = [(_quality(offer, ranges), -place, offer) for place, offer in enumerate(offers)]
    quality, _, offer = max(liked, key=lambda each: each[:2])
    return offer if quality > 0 else None


def _range(part: str) -> tuple[str, float] | None:
    media, *parameters = (piece.strip() for piece in part.split(";"))
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                return None
    return (media.lower(), quality) if media.count("/") == 1 else None


def _quality(offer: Offer, ranges: Sequence[tuple[str, float]]) -> float:
    """The quality of the most exact range that fits; an alias counts a little less than the type itself."""
    found: list[tuple[int, float]] = []
    for media, quality in ranges:
        if media == offer.media:
            found.append((3, quality))
        elif media in offer.aliases:
            found.append((2, quality * 0.999))
        elif media == offer.media.split("/")[0] + "/*":
            found.append((1, quality))
        elif media == "*/*":
            found.append((0, quality))
    return max(found, key=lambda each: each[0])[1] if found else 0.0
