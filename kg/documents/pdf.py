"""PDF: running text out of the letters on pages (pypdfium2).

Letters become lines by where they stand, lines become paragraphs by the room between them, by indents and by where
they break off; a word that was cut at a line's end is put together; numbers of pages and lines that stand at the edge
of page after page are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median_low
from typing import Any, NamedTuple

from kg.data import words
from kg.documents.library import needed
from kg.documents.page import LIMIT, Page
from kg.errors import DocumentError

_EDGE = 0.12
"""The part of a page, at its head and at its foot, in which running titles stand."""
_OFTEN = 3
"""Pages on which a line at the edge stands that is a running title."""
_ROOM = 0.4
"""Heights of a line by which more room than usual between two lines parts paragraphs."""
_INDENT = (0.5, 6.0)
_SHORT = 0.75
_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at a line's end."""
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\ufffe": _HYPHEN})
_CUT = re.compile(r"(\w+)([-\xad\x02‐])$")
_ENDED = re.compile(r"[.!?:…]['\"’”)\]]*$")
_NUMBER = re.compile(r"(?:page |p\. ?)?[-–— ]*\d{1,4}[-–— ]*(?:(?:of|/) ?\d{1,4})?", re.IGNORECASE)


class _Line(NamedTuple):
    """A line of a page, its sides in points from the page's lower left; `edge` whether it is at head or foot."""

    text: str
    left: float
    right: float
    low: float
    high: float
    edge: bool = False

    @property
    def height(self) -> float:
        """How tall its letters are, in points."""
        return max(1.0, self.high - self.low)


def read(data: bytes) -> Page:
    """The text; the title from the file where it stands at the text's beginning as well.

    The date in the file is that of making it, not of publication, and is left alone. Raises DocumentError where the
    bytes are no PDF, are locked, or hold pictures of text and no text.
    """
    pdfium = needed("pypdfium2", "pdf")
    try:
        file = pdfium.PdfDocument(data)
        try:
            named = file.get_metadata_dict().get("Title")
            pages = list(_pages(file))
        finally:
            file.close()
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        why = "locked with a password; save it without" if locked else f"no readable PDF ({error})"
        raise DocumentError(why) from error
    text = _joined(list(_paragraphs(_without_running(pages))))
    if not text:
        raise DocumentError("no text in it, perhaps only pictures of pages; have the text recognised first")
    title = " ".join(named.split()) if named else ""
    return Page(text, title if title and title.lower() in " ".join(text[:1000].split()).lower() else None)


def _pages(file: Any) -> Iterator[list[_Line]]:
    """The lines of each page in the order of the file, which is that of reading."""
    size = 0
    for number in range(len(file)):
        page = file[number]
        letters = page.get_textpage()
        height = page.get_height()
        lines = [line._replace(edge=_at_edge(line, height)) for line in _lines(letters)]
        size += sum(len(line.text) for line in lines)
        if size > LIMIT:
            raise DocumentError(f"its text is larger than {LIMIT // 1_000_000} MB; split it")
        yield lines
        letters.close()
        page.close()


def _at_edge(line: _Line, height: float) -> bool:
    return line.low > (1 - _EDGE) * height or line.high < _EDGE * height


def _lines(letters: Any) -> Iterator[_Line]:
    """Letters by line: a new one begins where a letter stands lower or higher than the line, or far back."""
    text = letters.get_text_range().translate(_LIGATURES)
    count = letters.count_chars()
    boxes = (letters.get_charbox(n) for n in range(count if len(text) == count else 0))
    line: list[str] = []
    sides: tuple[float, float, float, float] | None = None
    for sign, box in zip(text, boxes, strict=False):
        left, low, right, high = box
        if sign in "\r\n" or sign.isspace() or high <= low:
            line.append(" " if sign in "\r\n" or sign.isspace() else sign)
            continue
        if sides is not None:
            tall = min(high - low, sides[3] - sides[1])
            overlap = min(high, sides[3]) - max(low, sides[1])
            if (overlap < 0.2 * tall or left < sides[0] - 1) and overlap < 0.5 * tall:
                yield from _line(line, sides)
                line, sides = [], None
        line.append(sign)
        old = sides or (left, low, right, high)
        sides = min(old[0], left), min(old[1], low), max(old[2], right), max(old[3], high)
    if sides is not None:
        yield from _line(line, sides)
    elif text.strip() and len(text) != count:
        yield from (_Line(" ".join(row.split()), 0, 1, -n, 1 - n) for n, row in enumerate(text.splitlines()))


def _line(signs: Sequence[str], sides: tuple[float, float, float, float]) -> Iterator[_Line]:
    text = " ".join("".join(signs).split())
    if text:
        yield _Line(text, sides[0], sides[2], sides[1], sides[3])


def _without_running(pages: Sequence[list[_Line]]) -> Iterator[list[_Line]]:
    """The lines of each page without its number and without titles that come back at the edge of pages."""
    seen = Counter(like for page in pages for like in {_like(line) for line in page if line.edge})
    for page in pages:
        yield [
            line for line in page
            if not (line.edge and (_NUMBER.fullmatch(line.text) or seen[_like(line)] >= _OFTEN))
        ]  # fmt: skip


def _like(line: _Line) -> str:
    return re.sub(r"\d+", "0", "".join(line.text.split()))


def _paragraphs(pages: Iterable[list[_Line]]) -> Iterator[list[str]]:
    """The lines of each paragraph; one that runs over the end of a column or page is one."""
    open_: list[str] = []
    full = False
    for block in (block for page in pages for block in _blocks(page)):
        for number, lines in enumerate(_parts(block)):
            first = lines[0].text
            goes_on = full or first[0].islower() or (open_ and _CUT.search(open_[-1]))
            if open_ and (number or _ENDED.search(open_[-1]) or not goes_on):
                yield open_
                open_ = []
            open_ = open_ + [line.text for line in lines]
            full = len(block) > 2 and lines[-1].right > max(line.right for line in block) - lines[-1].height
    if open_:
        yield open_


def _blocks(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Lines that stand one below the other: a column, or a part of it."""
    block: list[_Line] = []
    for line in lines:
        if block:
            above = block[-1]
            below = line.low < above.low and above.low - line.high < 3 * max(line.height, above.height)
            beside = line.left < above.right and line.right > above.left
            if not (below and beside):
                yield block
                block = []
        block.append(line)
    if block:
        yield block


def _parts(block: list[_Line]) -> Iterator[list[_Line]]:
    """A block's lines by paragraph."""
    left, right = min(line.left for line in block), max(line.right for line in block)
    steps = [above.low - below.low for above, below in pairwise(block)]
    usual = median_low(steps) if steps else 0.0
    lines = [block[0]]
    for above, below in pairwise(block):
        height = min(above.height, below.height)
        ended = _ENDED.search(above.text) is not None
        indented = _INDENT[0] * height < below.left - left < _INDENT[1] * height and not below.text[0].islower()
        apart = (
            above.low - below.low - usual > _ROOM * height
            or max(above.height, below.height) > 1.35 * height
            or (indented and (ended or above.left < below.left - _INDENT[0] * height))
            or (ended and above.right - left < _SHORT * (right - left))
        )
        if apart:
            yield lines
            lines = []
        lines.append(below)
    yield lines


def _joined(paragraphs: Sequence[Sequence[str]]) -> str:
    """Paragraphs as text, with a blank line between."""
    whole = " ".join(line for lines in paragraphs for line in lines).lower()
    known = Counter(re.findall(r"\w+(?:-\w+)*", whole))
    return "\n\n".join(_one_line(lines, known) for lines in paragraphs)


def _one_line(lines: Sequence[str], known: Counter[str]) -> str:
    """The lines of a paragraph as one; of a cut word as the text writes it elsewhere, else as first parts say."""
    text = ""
    for line in _uncut(lines):
        cut = _CUT.search(text)
        if not cut:
            text = f"{text} {line}" if text else line
            continue
        head, sign = cut[1], cut[2]
        rest = re.match(r"\w+", line)
        tail = rest[0] if rest else ""
        split, whole = known[f"{head}-{tail}".lower()], known[f"{head}{tail}".lower()]
        kept = sign != "\xad" and (
            not tail[:1].islower() or split > whole or (split == whole and head.lower() in words("english", "hyphened"))
        )
        text = text[:-1] + ("-" if kept else "") + line
    return text.replace("\xad", "").replace(_HYPHEN, "-")


def _uncut(lines: Sequence[str]) -> Iterator[str]:
    """The lines, also where pdfium has put together two that a hyphen divides."""
    for line in lines:
        first, *others = line.split(_HYPHEN)
        for other in others:
            yield first + _HYPHEN
            first = other
        if first:
            yield first
