"""Letters behind a legislator's name that name nothing by themselves: the party's and the state's in "(R-Okla.)"."""

from __future__ import annotations

from kg import data
from kg.model import Mention

_SHORT = 3


def without_codes(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The mentions without codes of a party, and without the shortened states that follow them; "R-Iowa" keeps Iowa."""
    codes = data.words("parties", "codes")
    return tuple(m for m in mentions if not (_party(text, m, codes) or _state(text, m, codes)))


def _party(text: str, mention: Mention, codes: frozenset[str]) -> bool:
    start, end = mention.span.start, mention.span.end
    closed = text[end : end + 1] in ("-", "–", ")", ",") and text[max(0, start - 1) : start] in ("(", " ")
    return mention.kind == "Party" and len(mention.text) == 1 and mention.text in codes and closed


def _state(text: str, mention: Mention, codes: frozenset[str]) -> bool:
    start = mention.span.start
    if mention.kind != "Place" or text[max(0, start - 1) : start] not in ("-", "–"):
        return False
    abbreviated = mention.text.endswith(".") or text[mention.span.end : mention.span.end + 1] == "."
    if not abbreviated and not (mention.text.isupper() and len(mention.text) < _SHORT):
        return False
    return text[:start].rstrip("-–")[-8:].replace("(", " ").split(" ")[-1] in codes
