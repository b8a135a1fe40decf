"""What some words of a register name: a person, a body, an office, or nobody in particular."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from kg.registers import words as known

Sort = Literal["Person", "Party", "Organisation", "Place", "office", "unnamed"]

OF = re.compile(r"\s+(?:of|at|for|to|from)\s+(?:the\s+)?|,\s*", re.I)
_JOINT = re.compile(r"\s+(?:of|for|at|to|in|on|from|and|&)\s+|,\s*")
_NAME = re.compile(r"(?:[^\W\d_]|['’.\-])+")


@lru_cache(maxsize=1 << 16)
def sort_of(text: str) -> Sort:
    """What a text without brackets names."""
    tokens = [token.strip(',;:"“”') for token in text.split()]
    tokens = [token for token in tokens if token]
    if not tokens:
        return "unnamed"
    if text.strip() in known.parties():
        return "Party"
    if text.strip() in known.outlets():
        return "Organisation"
    if len(tokens) > 1 and tokens[-1] == "Party" and tokens[-2].lower() not in known.listed("feasts"):
        return "Party"
    rest, titled = list(tokens), False
    while len(rest) > 1 and rest[0].strip(".").lower() in known.titles():
        titled |= rest.pop(0).strip(".").lower() in known.address()
    lettered = False
    while len(rest) > 1 and is_letters(rest[-1].strip(".")):
        lettered |= rest.pop() != "SA"
    lettered = lettered and len(rest) > 1
    capitals = all(token[0].isupper() and token not in known.heads() for token in rest)
    if lettered and capitals and len(rest) <= 5 and rest[0].lower() not in known.modifiers():
        return "Person"
    if is_name(rest) and (titled or lettered or (len(rest) > 1 and rest[0] in known.given())):
        return "office" if rest[0].lower() in known.offices() and len(rest) < 2 else "Person"
    return _unlike_a_person(text, tokens)


def is_name(tokens: list[str]) -> bool:
    """Whether words can be a person's name: capitals, no word that heads a body, no possessive, no office."""
    if not 1 <= len(tokens) <= 6 or tokens[0].lower() in known.offices():
        return False
    if tokens[0].lower() in known.modifiers() and tokens[0] not in known.given() and len(tokens) > 1:
        return False
    for i, token in enumerate(tokens):
        behind_of = i > 1 and "of" in tokens[1:i]
        possessive = re.search(r"['’]s$", token) is not None and not behind_of
        if token in known.heads() or possessive or not _NAME.fullmatch(token):
            return False
        capital = token[0].isupper() or (token[0] in "'’" and token[1:2].isupper())
        if not capital and token.lower() not in known.particles() and not (token == "of" and 0 < i < len(tokens) - 1):
            return False
        surname = i == len(tokens) - 1 and tokens[0] in known.given()
        if i > 0 and token.lower() in known.offices() and not behind_of and not surname:
            return False
        if token.isupper() and len(token) > 3 and i > 0 and not tokens[0].isupper():
            return False
    return not tokens[-1].islower()


def headed(text: str) -> bool:
    """Whether a body's head ends the words, or the part of them before "of" or the like."""
    parts = [part.split() for part in _JOINT.split(text)]
    return bool(parts and parts[0] and parts[0][-1] in known.heads()) or text.split()[-1] in known.heads()


def _unlike_a_person(text: str, tokens: list[str]) -> Sort:
    front = _JOINT.split(text.strip())[0].split() or tokens
    head, last = front[-1].strip(".,").lower(), tokens[-1].strip(".,").lower()
    if (joint := OF.search(text)) and text[: joint.start()].split()[-1].lower() in known.offices():
        return "office"
    if len(tokens) > 1 and tokens[-2].lower() in known.makers(last):
        return "office"
    if headed(text) or tokens[0] in known.heads():
        return "Organisation"
    bare = len([token for token in tokens if token.lower() != "the"]) == 1 and last in known.tails()
    if not bare and (head in known.offices() or tokens[0].lower() in known.offices()):
        return "office"
    if all(token.lower() in known.titles() for token in tokens) and not text.isupper():
        return "office"
    plain = {front[-1].strip(".,"), tokens[-1].strip(".,")} & known.listed("sets")
    if head in known.listed("groups") or last in known.listed("events") or plain:
        return "unnamed"
    if len(tokens) == 1:
        common = last in known.listed("crowds") or (text == text.lower() and last in known.small())
        return "unnamed" if common else "Organisation"
    return "unnamed" if text == text.lower() and not re.search(r"[\d.#]", text) else "Organisation"


def is_letters(word: str) -> bool:
    """Whether a word stands behind names: letters of an honour or of a parliament."""
    return word in known.letters() or (word.isupper() and 2 <= len(word) <= 4 and word[:2] in ("MP", "QC", "KC", "CB"))


def marked(words: str) -> bool:
    """Whether words of address or letters behind it show that a name is a person's."""
    tokens = words.split()
    return tokens[0].strip(".").lower() in known.address() or is_letters(tokens[-1])
