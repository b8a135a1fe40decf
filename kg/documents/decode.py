"""Bytes to text, whatever the encoding; the text keeps its length, line ends and offsets."""

from __future__ import annotations

import codecs
import re

from kg.errors import DocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# What English prose in cp1252 holds beyond ASCII. A capital with an accent behind a small letter
# ("donÕt") gives away another code page, as do the signs that are missing here.
_WESTERN = re.compile(r"[\x00-\x7fÀ-ÖØ-öø-ÿŠšŽžŒœŸ‘’“”‚„‹›«»–—…•·€£§©®™°±²³¹½¼¾ªº¿¡´¨¸†‡\xa0\xad]*")
_MISREAD = re.compile(r"[a-z][À-ÖØ-ÞŠŽŒŸ]")
_CONTROL_SHARE = 0.003
_BAD_BYTES_SHARE = 0.001


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file's bytes.

    A byte order mark decides and is left out; then UTF-8; then the encoding that the file declares;
    then UTF-16 without a mark, Windows-1252, and what charset-normalizer finds. Line ends stay as
    they are. NUL becomes a space and a lone surrogate U+FFFD, one for one: neither can stand in RDF.
    Raises DocumentError where the bytes are no text.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _clean(data[len(mark) :].decode(name, "replace"))
    try:
        return _clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    for attempt in (_declared, _wide, _damaged_utf8, _western, _detected):
        text = attempt(data, declared)
        if text is not None:
            return _clean(text)
    raise DocumentError("binary, or text in an encoding that cannot be told; save it as UTF-8")


def _clean(text: str) -> str:
    if len(_CONTROL.findall(text)) > max(2, len(text) * _CONTROL_SHARE):
        raise DocumentError("binary, no text; leave it out")
    return _SURROGATE.sub("\ufffd", text.replace("\x00", " "))


def _declared(data: bytes, declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared).name
        # Pages that declare Latin-1 are read by browsers as its superset.
        return data.decode("cp1252" if name in ("iso8859-1", "ascii") else name)
    except (LookupError, UnicodeDecodeError):
        return None


def _wide(data: bytes, _declared: str | None) -> str | None:
    """UTF-16 without a mark: in Western text every second byte is NUL."""
    sample = data[:4000]
    half = max(1, len(sample) // 2)
    for name, start in (("utf-16-le", 1), ("utf-16-be", 0)):
        if sample[start::2].count(0) > 0.6 * half and sample[1 - start :: 2].count(0) < 0.1 * half:
            return data.decode(name, "replace")
    return None


def _damaged_utf8(data: bytes, _declared: str | None) -> str | None:
    """UTF-8 with surrogates written out, or with a few bad bytes among many good ones."""
    try:
        return data.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text if char > "\x7f") - bad
    return text if bad < len(text) * _BAD_BYTES_SHARE and good > bad else None


def _western(data: bytes, _declared: str | None) -> str | None:
    if data.count(0):
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return text if _WESTERN.fullmatch(text) and not _MISREAD.search(text) else None


def _detected(data: bytes, _declared: str | None) -> str | None:
    if data.count(0) > len(data) * _CONTROL_SHARE:
        return None
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return None if best is None else str(best)
