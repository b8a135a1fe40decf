"""The date words of `lexicons/dates.yaml`, read strictly, and the patterns built of them."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kg.data import check_keys, folder, lexicon
from kg.errors import DataError

KEYS = ("months", "weekdays", "parts", "numbers", "seasons", "days", "anchored", "vague", "limits", "put_off", "feasts")

_LISTS = {"part": "parts", "vague": "vague", "limit": "limits", "put_off": "put_off"}


class Words(NamedTuple):
    """Date words: what each means, and alternatives ready for a regular expression."""

    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    seasons: dict[str, tuple[int, int]]
    days: dict[str, int]
    anchored: dict[str, int]
    feasts: dict[str, tuple[int, int] | int]
    alternatives: dict[str, str]


def _any(words: list[str]) -> str:
    return "|".join(_either(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _either(word: str) -> str:
    """A word as a pattern: one in lower case also with a capital, as a sentence begins."""
    first = f"[{word[0].upper()}{word[0]}]" if word[0].islower() else re.escape(word[0])
    return first + re.escape(word[1:]).replace(r"\ ", " ")


@cache
def words() -> Words:
    """The date words; read at first use.

    Raises DataError where the list has an unknown key or a value of the wrong kind.
    """
    where = str(folder("lexicons") / "dates.yaml")
    read = lexicon("dates")
    check_keys(where, read, KEYS, KEYS)
    try:
        months = {name: n for n, names in enumerate(read["months"], 1) for name in names}
        weekdays = {name: n for n, name in enumerate(read["weekdays"])}
        numbers = {str(k): int(v) for k, v in read["numbers"].items()}
        seasons = {str(k): (int(v[0]), int(v[1])) for k, v in read["seasons"].items()}
        days = {str(k): int(v) for k, v in read["days"].items()}
        anchored = {str(k): int(v) for k, v in read["anchored"].items()}
        feasts = {str(k): v if isinstance(v, int) else (int(v[0]), int(v[1])) for k, v in read["feasts"].items()}
        lists = {key: read[name] for key, name in _LISTS.items()}
        alternatives = {key: _any([str(word) for word in value]) for key, value in lists.items()}
    except (TypeError, ValueError, AttributeError, IndexError) as error:
        raise DataError(f"{where}: a value of the wrong kind ({error}); keep to the layout of the file") from error
    alternatives |= {
        "month": _any(list(months)) + r")(?:\b\.?",
        "weekday": _any(list(weekdays)),
        "number": _any(list(numbers)) + r"|\d{1,2}",
        "season": _any(list(seasons)),
        "day": _any(list(days)),
        "anchored": _any(list(anchored)),
        "feast": _any(list(feasts)),
    }
    return Words(months, weekdays, numbers, seasons, days, anchored, feasts, alternatives)
