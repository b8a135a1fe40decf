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
    """Lines that start with who speaks and a colon: two of them at least make a transcript."""
    text = scene.analysis.text
    turns: list[tuple[Span, Span]] = []
    for paragraph in scene.analysis.paragraphs:
        label = _LABEL.match(text, paragraph.span.start, paragraph.span.end)
        if label is None or text[paragraph.span.end - 1] not in _CLOSED:
            continue
        name = Span(label.start(1), label.end(1))
        if _labels(scene, name):
            turns.append((name, Span(label.end(), paragraph.span.end)))
    if len(turns) < 2:
        return []
    taken = [segment for draft in drafts for segment in draft.segments]
    return [_turn(scene, name, words) for name, words in turns if not any(words.overlaps(one) for one in taken)]


def _labels(scene: Scene, label: Span) -> bool:
    """Whether the words before a colon say who speaks: a person, an honorific, a letter for question or answer."""
    tokens = scene.analysis.tokens_in(label)
    words = scene.analysis.text[label.start : label.end]
    if not tokens or len(tokens) > _SHORT or any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in tokens):
        return False
    if _ANSWER.match(words) or any((hit := scene.who.name_at(t.i)) and hit[0].kind == "Person" for t in tokens):
        return True
    spoken = any(
        scene.words.has("source_nouns", word) or scene.words.has("chairs", word) for word in words.lower().split()
    )
    return (
        spoken
        or _surname(scene, words) is not None
        or scene.words.has("honorifics", tokens[0].text.rstrip(".").lower())
    )


def _surname(scene: Scene, label: str) -> str | None:
    """The person whose surname a label gives, in capitals perhaps, or whose initials it is made of."""
    if label.isupper() and 1 < len(label) < 5:
        people = [entity for entity in scene.who.entities.values() if entity.kind == "Person"]
        fit = [one.id for one in people if "".join(word[0] for word in re.split(r"[\s-]+", one.name)).upper() == label]
        if len(fit) == 1:
            return fit[0]
    last = re.sub(r"\s*\(.*", "", label).lower().split()
    for entity in scene.who.entities.values():
        if entity.kind == "Person" and last and entity.name.lower().split()[-1] == last[-1]:
            return entity.id
    return None


def _turn(scene: Scene, label: Span, words: Span) -> Draft:
    inside, tokens = scene.analysis.tokens_in(words), scene.analysis.tokens_in(label)
    head = next((t for t in tokens if (hit := scene.who.name_at(t.i)) and hit[0].kind == "Person"), tokens[-1])
    draft = Draft("Direct", [words], inside[0].i, inside[-1].i + 1, None, (head,))
    draft.rule, draft.whole = "transcript", True
    draft.sentences = set(range(inside[0].sentence, inside[-1].sentence + 1)) | {head.sentence}
    if (hit := scene.who.name_at(head.i)) is None or hit[0].kind != "Person":
        name = scene.analysis.text[label.start : label.end]
        people = [entity.id for entity in scene.who.entities.values() if entity.kind == "Person"]
        known = _surname(scene, name) or (people[0] if people and name.lower() in ("a", "answer") else None)
        draft.given = (known,) if known else ()
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
