"""Words whose speaker the layout gives: transcripts, and quotations with a name on the line below."""

from __future__ import annotations

import re

from kg.find.statements.drafts import Draft
from kg.find.statements.scene import Scene
from kg.language.analysis import Paragraph, Token
from kg.model import Span

_LABEL = re.compile(r"([^\W\d_][^:\n“”\"]{0,60}?)\s*:\s+(?=\S)")
_ANSWER = re.compile(r"(?:A|Q|Answer|Question)$", re.IGNORECASE)
_CLOSED = (".", "?", "!", "…", "”", '"', "’", "'", "–", "—")
_SHORT = 9


def find(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """The statements of transcripts and pull quotations that no other rule has found."""
    return [*_transcript(scene, drafts), *_pulled(scene, drafts)]


def _transcript(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Lines that start with a name and a colon: two of them at least make a transcript."""
    text, turns = scene.analysis.text, []
    for paragraph in scene.analysis.paragraphs:
        label = _LABEL.match(text, paragraph.span.start, paragraph.span.end)
        if label is None or not text[: paragraph.span.end].rstrip().endswith(_CLOSED):
            continue
        words = Span(label.end(), paragraph.span.end)
        if head := _labelled(scene, Span(label.start(1), label.end(1))):
            turns.append((head, words))
    if len(turns) < 2:
        return []
    taken = [segment for draft in drafts for segment in draft.segments]
    return [_draft(scene, head, words) for head, words in turns if not any(words.overlaps(one) for one in taken)]


def _labelled(scene: Scene, label: Span) -> Token | None:
    """The token that names who speaks on a line of a transcript."""
    tokens = scene.analysis.tokens_in(label)
    named = next((t for t in tokens if (hit := scene.who.name_at(t.i)) and hit[0].kind == "Person"), None)
    if named is not None or not tokens:
        return named
    words = scene.analysis.text[label.start : label.end]
    spoken = scene.words.has("source_nouns", tokens[-1].lemma) or scene.words.has("source_nouns", tokens[-1].lower)
    return tokens[-1] if _ANSWER.match(words) or spoken else None


def _draft(scene: Scene, head: Token, words: Span) -> Draft:
    inside = scene.analysis.tokens_in(words)
    draft = Draft("Direct", [words], inside[0].i, inside[-1].i + 1, None, (head,))
    draft.rule, draft.whole = "transcript", True
    draft.sentences = set(range(inside[0].sentence, inside[-1].sentence + 1)) | {head.sentence}
    return draft


def _pulled(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """A quotation that fills its paragraph, and nothing but a name below."""
    taken = {span for draft in drafts for span in draft.segments}
    found = []
    for quote in scene.quotes:
        first, last = quote.quotation.segments[0], quote.quotation.segments[-1]
        number = scene.paragraph(quote.last - 1)
        around = Span(
            scene.analysis.paragraphs[scene.paragraph(quote.first)].span.start,
            scene.analysis.paragraphs[number].span.end,
        )
        filled = around.start >= first.outer.start - 1 and around.end <= last.outer.end + 1
        if (
            not filled
            or number + 1 >= len(scene.analysis.paragraphs)
            or any(s.span in taken for s in quote.quotation.segments)
        ):
            continue
        below = scene.analysis.paragraphs[number + 1]
        if head := _signature(scene, below):
            draft = Draft("Direct", [s.span for s in quote.quotation.segments], quote.first, quote.last, None, (head,))
            draft.rule, draft.whole, draft.place = "name below", True, "after"
            draft.sentences = set(range(scene.tokens[quote.first].sentence, head.sentence + 1))
            found.append(draft)
    return found


def _signature(scene: Scene, paragraph: Paragraph) -> Token | None:
    """The person named on a short line without a verb."""
    tokens = scene.analysis.tokens_in(paragraph.span)
    if len(tokens) > _SHORT or any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in tokens):
        return None
    return next((t for t in tokens if (hit := scene.who.name_at(t.i)) and hit[0].kind == "Person"), None)
