"""Cuts a text into paragraphs and says what kind each is."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from kg.data import check_keys, folder, lexicon, words
from kg.errors import DataError
from kg.language.analysis import Paragraph, ParagraphKind
from kg.model import Span

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_BULLET = re.compile(r"[•●▪◦‣·*–—-]\s|\(?(?:[a-z]|[ivx]{1,4})\)\s|\(?\d{1,2}[.)]\s|\d{1,2}(?:\.\d)+\s")
_NUMBERED = re.compile(r"\(?\d{1,2}(?:\.\d{1,2})*[.)]?\s")
# Words of a name or an office: capitals, brackets, and the small words between them.
_WORD = r"(?:[^\W\d_a-z][\w’'./&-]*|de|da|van|der|von|bin|al|of|and|the|for|&|\([^)]+\))"
_LABELLED = re.compile(rf"({_WORD}(?: {_WORD}){{0,7}}): \S")
_NAMES = re.compile(rf"{_WORD}(?:,?\s+{_WORD})*,?")
_ENDS = ".!?”\"’'…:;,"
# Lines broken by a mail program: how long they are, and how many must go on in lower case.
_WRAPPED = range(50, 101)
_GO_ON = 0.3
_KEYS = ("furniture", "bylines", "captions", "offices")


@cache
def _patterns(key: str) -> re.Pattern[str]:
    """All patterns of one key as one, for whole lines."""
    path = str(folder("lexicons") / "paragraphs.yaml")
    check_keys(path, lexicon("paragraphs").keys(), _KEYS, _KEYS)
    flags = 0 if key == "bylines" else re.IGNORECASE
    try:
        return re.compile("|".join(f"(?:{pattern})" for pattern in lexicon("paragraphs")[key]), flags)
    except re.error as error:
        raise DataError(f"{path}: {key!r} holds a bad regular expression ({error}); mend the file") from error


@cache
def _offices() -> frozenset[str]:
    return words("paragraphs", "offices")


def split(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of a text in order; blank lines belong to none, lines of one wrapped block are one."""
    lines = _blocks(text, [_stripped(text, match.start(), match.end()) for match in _LINE.finditer(text)])
    kinds: list[ParagraphKind] = []
    for n, span in enumerate(lines):
        kinds.append(
            _kind(
                text[span.start : span.end],
                first="headline" not in kinds and "body" not in kinds,
                last=n + 1 == len(lines),
            )
        )
    _mark_officers([text[span.start : span.end] for span in lines], kinds)
    return tuple(Paragraph(span, kind) for span, kind in zip(lines, kinds, strict=True))


def _stripped(text: str, start: int, end: int) -> Span:
    line = text[start:end]
    start += len(line) - len(line.lstrip())
    return Span(start, max(start, start + len(line.strip())))


def _blocks(text: str, lines: list[Span]) -> list[Span]:
    """The lines that hold words; joined where a mail program broke them."""
    kept = [line for line in lines if line.start < line.end]
    pairs = [(a, b) for a, b in pairwise(kept) if text.count("\n", a.end, b.start) == 1]
    broken = [(a, b) for a, b in pairs if a.end - a.start in _WRAPPED]
    going_on = sum(text[b.start].islower() for a, b in broken)
    if not broken or going_on < 3 or going_on < _GO_ON * len(pairs) or max(b - a for a, b in kept) >= _WRAPPED.stop:
        return kept
    joined = [kept[0]]
    for line in kept[1:]:
        last = joined[-1]
        near = text.count("\n", last.end, line.start) == 1
        width = last.end - max(last.start, text.rfind("\n", last.start, last.end) + 1)
        if near and width in _WRAPPED and not _BULLET.match(text, line.start):
            joined[-1] = Span(last.start, line.end)
        else:
            joined.append(line)
    return joined


def _kind(line: str, *, first: bool, last: bool) -> ParagraphKind:
    count = line.count(" ") + 1
    if count <= 40 and (
        _patterns("furniture").fullmatch(line) or (count <= 16 and _patterns("bylines").fullmatch(line))
    ):
        return "furniture"
    if count <= 60 and _patterns("captions").fullmatch(line):
        return "caption"
    if first and not last and count <= 30 and line[-1] not in ".;,:":
        return "headline"
    sentence = line[-1] in '.!?”"' and count > 12
    if sentence:
        return "body"
    if _BULLET.match(line):
        short = count <= 5 and line[-1] not in _ENDS and "," not in line
        return "heading" if short and _NUMBERED.match(line) else "list"
    if (match := _LABELLED.match(line)) and _is_office(match.group(1)):
        return "list"
    return "heading" if count < 16 and line[-1] not in _ENDS else "body"


def _is_office(label: str) -> bool:
    """Whether a line is the name of an office: "Youth & Students Officer", "Treasurer (acting)"."""
    found = re.sub(r"\(.*?\)", " ", label).lower().split()
    if not found or len(found) > 8:
        return False
    return found[-1] in _offices() or any(a in _offices() and b in ("of", "for", "to") for a, b in pairwise(found))


def _mark_officers(lines: list[str], kinds: list[ParagraphKind]) -> None:
    """Make lines of offices and the lines of names under them a list."""
    under = False
    for n, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        if kind != "heading":
            under = kind == "list"
            continue
        short = line.count(" ") < 7
        if short and _is_office(line):
            under = n + 1 < len(lines) and kinds[n + 1] == "heading" and bool(_NAMES.fullmatch(lines[n + 1]))
        else:
            under = under and short and " " in line and bool(_NAMES.fullmatch(line))
        if under:
            kinds[n] = "list"
