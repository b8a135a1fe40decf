"""Which titles name one office: "secretary general" and "general secretary"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from kg.data import check_keys, folder, lexicon
from kg.errors import DataError

_JOINTS = re.compile(r"[\s\-‐‑–]+")


_LISTS = ("same_office", "national")


@lru_cache(maxsize=1 << 14)
def plain(title: str) -> str:
    """A title for comparison: small letters, "&" as "and", hyphens as blanks."""
    return _JOINTS.sub(" ", title.lower().replace("&", " and ").replace("’", "'")).strip()


@cache
def _groups() -> Mapping[str, str]:
    where, read = folder("lexicons") / "same_office.yaml", lexicon("same_office")
    check_keys(str(where), read, _LISTS, _LISTS)
    names: dict[str, str] = {}
    for group in read["same_office"]:
        for wording in group:
            if names.setdefault(plain(wording), group[0].lower()) != group[0].lower():
                raise DataError(f"{where}: {wording!r} stands in two groups of 'same_office'; leave it in one")
    return names


@lru_cache(maxsize=1 << 14)
def canonical(title: str) -> str:
    """The name of the office that a title words, in small letters; the title itself where no group lists it.

    Raises DataError where same_office.yaml breaks its format.
    """
    return _groups().get(plain(title)) or " ".join(title.lower().replace("’", "'").split())


@cache
def _national() -> frozenset[str]:
    _groups()
    return frozenset(plain(canonical(str(title))) for title in lexicon("same_office")["national"])


def is_national(title: str) -> bool:
    """Whether a country has one such office, so that a paper at home in it need not say whose."""
    return plain(canonical(title)) in _national()
