"""What the name finder sees of a word beyond its form: the line's capitals and the whole document.

Registers `kg.Embed.v1` with spaCy; a pipeline that uses it can be loaded once this module is imported.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy
from spacy.strings import get_string_id
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate, list2ragged, ragged2list, with_array

EMBED = "kg.Embed.v1"
_PLAIN = ("NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY")
EXTRA = ("start", "capitals", "left", "right", "elsewhere")
_UPPER, _TITLE, _NORMAL = 1, 2, 3


@registry.architectures(EMBED)  # type: ignore[untyped-decorator]
def embed(width: int, rows: list[int], extra_rows: list[int], hide: float = 0.0) -> Model[Any, Any]:
    """Hashed embeddings of a word's form and of its place in the document, mixed to one vector.

    `rows` are the table sizes for norm, prefix, suffix, shape and following space, as in
    `spacy.MultiHashEmbed.v2`; `extra_rows` those for EXTRA: the first four letters; the capitals of
    line and word; the words left and right of the word where it stands elsewhere in the document;
    and how it is written elsewhere (small, in mid-sentence, in a longer name, in brackets). `hide` is
    the share of words whose norm is hidden in training, so that form and context are learnt as well.
    """
    sizes = [*rows, *extra_rows]
    tables: list[Model[Any, Any]] = [
        HashEmbed(width, size, column=i, seed=8 + i, dropout=0.0) for i, size in enumerate(sizes)
    ]
    mixed: Model[Any, Any] = with_array(Maxout(width, width * len(tables), nP=3, dropout=0.0, normalize=True))
    extract: Model[Any, Any] = Model("kg_features", _forward, attrs={"hide": hide})
    return chain(extract, list2ragged(), with_array(concatenate(*tables)), mixed, ragged2list())


def _forward(model: Model[Any, Any], docs: list[Doc], is_train: bool) -> tuple[Any, Any]:
    found = [columns(doc) for doc in docs]
    hide = model.attrs["hide"] if is_train else 0.0
    for features in found if hide else ():
        features[numpy.random.random(len(features)) < hide, 0] = 3
    return [model.ops.asarray2i(features, dtype="uint64") for features in found], lambda _: []


@lru_cache(maxsize=100_000)
def _start(word: str) -> int:
    return int(get_string_id(word[:4].lower()))


@lru_cache(maxsize=100_000)
def _casing(word: str) -> int:
    """0 no letters, 1 small, 2 capital first, 3 all capitals, 4 other mixtures, 5 one capital."""
    if not any(map(str.isalpha, word)):
        return 0
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 5
    return 2 if word[0].isupper() else 4


def columns(doc: Doc) -> Any:
    """The features of each token, one row each: those of spaCy, then EXTRA."""
    plain = doc.to_array(list(_PLAIN)).reshape((len(doc), len(_PLAIN)))
    words = [token.text for token in doc]
    cases = [_casing(word) for word in words]
    lines = _lines(doc, words, cases)
    norms = plain[:, 0].tolist()
    first, second, habits = _memory(words, cases, lines, norms)
    rows = []
    for i, word in enumerate(words):
        case, line = cases[i], lines[i]
        key = word.lower()
        other = first.get(key, -1)
        if other == i:
            other = second.get(key, -1)
        if case < 2 or other < 0:
            left = right = 1
        else:
            left = norms[other - 1] if other else 2
            right = norms[other + 1] if other + 1 < len(norms) else 2
        rows.append((_start(word), 10 + line * 8 + case, left, right, habits.get(key, 0) + 64 * (case > 1)))
    extra = numpy.asarray(rows, dtype="uint64").reshape((len(doc), len(EXTRA)))
    return numpy.concatenate((plain, extra), axis=1)


def _lines(doc: Doc, words: list[str], cases: list[int]) -> list[int]:
    """For each token how its sentence is capitalised, and whether it is the first word: 2 numbers in 1."""
    found: list[int] = []
    marks = doc.to_array(["SENT_START"]).astype("int64").tolist()
    starts = [0, *(i for i in range(1, len(marks)) if marks[i] == 1), len(marks)]
    for start, end in pairwise(starts):
        long = [cases[i] for i in range(start, end) if len(words[i]) > 3 and cases[i]]
        if len(long) > 1 and sum(case == 3 for case in long) > 0.7 * len(long):
            kind = _UPPER
        elif len(long) > 2 and sum(case > 1 for case in long) > 0.75 * len(long):
            kind = _TITLE
        else:
            kind = _NORMAL
        opened = False
        for i in range(start, end):
            found.append(kind * 2 + (not opened))
            opened = opened or cases[i] > 0
    return found


def _memory(
    words: list[str], cases: list[int], lines: list[int], norms: list[int]
) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Of each capitalised form its first two places in lines of normal capitals, and its habits as bits."""
    first: dict[str, int] = {}
    second: dict[str, int] = {}
    habits: dict[str, int] = {}
    last = len(words) - 1
    for i, word in enumerate(words):
        case, line = cases[i], lines[i]
        if not case or line // 2 != _NORMAL:
            continue
        key = word.lower()
        if case == 1:
            habits[key] = habits.get(key, 0) | 1
            continue
        if key not in first:
            first[key] = i
        elif key not in second:
            second[key] = i
        bits = 0 if line % 2 else 2
        if i and cases[i - 1] > 1 and not line % 2:
            bits |= 4
        if i < last and cases[i + 1] > 1:
            bits |= 8
        if i and i < last and words[i - 1] == "(" and words[i + 1] == ")":
            bits |= 16
        if case == 3:
            bits |= 32
        habits[key] = habits.get(key, 0) | bits
    return first, second, habits
