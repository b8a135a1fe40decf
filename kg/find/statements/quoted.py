"""Which quotations are statements: the attribution of each, before, inside, after or carried on."""

from __future__ import annotations

from kg.find.statements.attribution import Attributions
from kg.find.statements.cues import Cues
from kg.find.statements.drafts import Draft
from kg.find.statements.refusals import refused
from kg.find.statements.scene import Quote, Scene
from kg.find.statements.surroundings import Attribution
from kg.model import Span


def find(scene: Scene, cues: Cues) -> list[Draft]:
    """The quoted statements of a document in order, those with one attribution joined."""
    attributions = Attributions(scene, cues)
    drafts: list[Draft] = []
    by_quote: dict[int, Draft] = {}
    for number, quote in enumerate(scene.quotes):
        if refused(scene, cues, quote):
            continue
        previous = by_quote.get(number - 1)
        if previous is not None and _listed(scene, scene.quotes[number - 1], quote):
            previous.segments += segments(scene, quote)
            previous.last = quote.last
            by_quote[number] = previous
            continue
        found = attributions.of(quote)
        if found is None:
            found = attributions.around.carried(quote, scene.quotes[number - 1] if previous else None, previous)
        if found is None:
            continue
        joined = _same(scene, quote, found, drafts)
        if joined:
            joined.segments += segments(scene, quote)
            joined.last = quote.last
            joined.sentences |= _sentences(scene, quote, found)
            by_quote[number] = joined
            continue
        draft = Draft(
            "Direct" if found.whole else "Mixed",
            segments(scene, quote),
            quote.first,
            quote.last,
            found.cue,
            found.heads,
            found.inherits,
            found.place,
            found.whole,
            found.noun,
            rule=found.rule,
        )
        draft.sentences = _sentences(scene, quote, found)
        drafts.append(draft)
        by_quote[number] = draft
    return drafts


def segments(scene: Scene, quote: Quote) -> list[Span]:
    """The quoted words of each part, without marks and surrounding space."""
    found = []
    for segment in quote.quotation.segments:
        words = scene.analysis.text[segment.span.start : segment.span.end]
        start = segment.span.start + len(words) - len(words.lstrip())
        end = segment.span.end - (len(words) - len(words.rstrip()))
        if start < end:
            found.append(Span(start, end))
    return found


def _listed(scene: Scene, before: Quote, quote: Quote) -> bool:
    """Whether nothing but a comma or "and" stands between two quotations of one sentence: “a”, “b” and “c”."""
    between = scene.tokens[before.last : quote.first]
    same = scene.tokens[before.last - 1].sentence == scene.tokens[quote.first].sentence
    return same and all(token.pos in ("PUNCT", "CCONJ") for token in between)


def _same(scene: Scene, quote: Quote, found: Attribution, drafts: list[Draft]) -> Draft | None:
    """The statement that a quotation goes on with: one attribution for both, or nothing but an attribution between."""
    if not drafts:
        return None
    last = drafts[-1]
    if found.continues:
        return last
    same_cue = found.cue is not None and last.cue is not None and found.cue.token.i == last.cue.token.i
    if same_cue and (found.whole == last.whole or scene.tokens[last.at].sentence == scene.tokens[quote.first].sentence):
        return last
    return None


def _sentences(scene: Scene, quote: Quote, found: Attribution) -> set[int]:
    numbers: set[int] = set()
    for first, last in quote.parts:
        numbers.update(range(scene.tokens[first].sentence, scene.tokens[last - 1].sentence + 1))
    if found.cue:
        numbers.add(found.cue.token.sentence)
    numbers.update(head.sentence for head in found.heads)
    return numbers
