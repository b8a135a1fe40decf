"""Tells whether a text is English; doubts are decided in its favour."""

from __future__ import annotations

import re

from kg.data import words

_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 20
_SAMPLE = 20_000
_PROSE_SHARE = 0.08


def foreign(text: str) -> str | None:
    """The ISO 639-1 code of the language if the text is plainly not English, else None.

    Capitalised words are not looked at: names are of every tongue. Texts under 20 other words are
    never judged. Where 8 % of these words are English function words the text is English (prose has
    about 20 %); only the rest is shown to the language detector.
    """
    found = [word for word in _WORD.findall(text[:_SAMPLE]) if not word[0].isupper()]
    if len(found) < _SHORT:
        return None
    function_words = words("english", "function_words")
    if sum(word in function_words for word in found) >= _PROSE_SHARE * len(found):
        return None
    import py3langid

    language = str(py3langid.classify(" ".join(found))[0])
    return None if language == "en" else language
