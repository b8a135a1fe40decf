"""Quotation marks around what nobody is said to have uttered: titles, labels, slogans, words as words."""

from __future__ import annotations

from kg.find.statements.cues import Cues
from kg.find.statements.scene import Quote, Scene
from kg.language.analysis import Token

_WHAT = frozenset({"what", "which", "that", "whom", "who"})
_REACH = 6
_TITLE = 8


def refused(scene: Scene, cues: Cues, quote: Quote) -> bool:
    """Whether the marks only set off a title, label, slogan or word."""
    inner = [t for t in scene.tokens[quote.first : quote.last] if t.text[-1].isalnum()]
    if not inner:
        return True
    left = scene.before(quote.first)
    if not left:
        return False
    before = scene.tokens[left[-1]]
    if before.text == "(":
        return True
    words = scene.words
    if words.has("metalinguistic", before.lower) or words.has("metalinguistic", before.lemma):
        owned = any(scene.tokens[j].dep == "nmod:poss" for j in scene.analysis.children[before.i])
        return not (
            owned or before.lemma in words.sets["utterance"] or (before.lower == "reading" and before.dep == "root")
        )
    if before.lower in ("as", "the") and len(left) > 1 and words.has("metalinguistic", scene.tokens[left[-2]].lower):
        return True
    if scene.words.has("naming", before.lower) and not any(scene.tokens[i].lower in _WHAT for i in left[-_REACH:]):
        return not _named_by_agent(scene, before.i)
    if _capitalised(inner) and (before.tag == "POS" or before.pos == "ADP"):
        return True
    if before.text == "," and len(left) > 1:
        return _title(scene, cues, quote, left)
    return False


def _capitalised(inner: list[Token]) -> bool:
    """Whether every word of weight has a capital, as in the title of a programme, book or song."""
    weighty = [t for t in inner if len(t.text) > 3 or t is inner[0]]
    return 1 < len(inner) <= _TITLE and all(t.text[0].isupper() for t in weighty)


def _named_by_agent(scene: Scene, i: int) -> bool:
    """Whether the text says by whom a thing is called so."""
    return any(scene.tokens[j].dep == "obl:agent" for j in scene.analysis.children[i])


def _title(scene: Scene, cues: Cues, quote: Quote, left: range) -> bool:
    """A name in apposition (", “Our Europe”,"): capitals, short, and no saying verb that leads up to it."""
    inner = scene.tokens[quote.first + 1 : quote.last - 1]
    before = scene.tokens[left[-2]]
    if before.pos not in ("NOUN", "PROPN") or len(inner) > 10 or not inner or not inner[0].text[0].isupper():
        return False
    near = [cue for cue in cues.within(left) if left[-1] - cue.token.i <= 6 and before.i != cue.token.i]
    if any(not scene.tokens[j].tag.startswith("V") for cue in near for j in range(cue.token.i + 1, left[-1])) or near:
        return False
    return not any(t.tag in ("VBD", "VBZ", "VBP", "MD") for t in inner) or not cues.within(left)
