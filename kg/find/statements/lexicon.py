"""The words of saying, read once from the word list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from kg.data import check_keys, folder, lexicon, words
from kg.errors import DataError

_SETS = (
    "clause",
    "bare",
    "thought",
    "thought_that",
    "manner",
    "fragment",
    "weak_fragment",
    "infinitive",
    "addressed",
    "utterance",
    "metalinguistic",
    "source_nouns",
    "spokespeople",
    "nobody",
    "unreal",
    "imagined",
    "negation",
    "disputing",
    "contrasting",
    "audiences",
    "sure",
    "bodies",
    "postnominals",
    "listing",
    "outlet_words",
    "leading_to",
    "meeting_nouns",
    "afterwards",
    "going_on",
    "accounts",
    "chairs",
    "honorifics",
    "naming",
    "adherents",
    "opinion",
    "finding",
    "findings",
    "writing",
    "joining",
    "source_links",
    "source_loose",
)
_MAPS = ("irregular", "media", "media_verbs")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of `kg/lexicons/statements.yaml`; `verbs` maps every form to its plain form."""

    sets: Mapping[str, frozenset[str]]
    media: Mapping[str, str]
    media_verbs: Mapping[str, str]
    verbs: Mapping[str, str]

    def has(self, name: str, word: str) -> bool:
        """Whether the list of that name holds the word."""
        return word in self.sets[name]


@cache
def load() -> Lexicon:
    """The word list.

    Raises DataError where a key is unknown or missing, or a list is malformed.
    """
    where = str(folder("lexicons") / "statements.yaml")
    read = lexicon("statements")
    check_keys(where, read, (*_SETS, *_MAPS), (*_SETS, *_MAPS))
    sets = {name: words("statements", name) for name in _SETS}
    plain = sorted(
        set().union(*(sets[name] for name in ("clause", "manner", "fragment", "infinitive", "disputing", "finding")))
    )
    return Lexicon(
        sets,
        _strings(where, read, "media"),
        _strings(where, read, "media_verbs"),
        _forms(plain, _strings(where, read, "irregular")),
    )


def _strings(where: str, read: Mapping[str, Any], key: str) -> dict[str, str]:
    entries = read[key]
    if not isinstance(entries, dict) or not all(isinstance(x, str) for pair in entries.items() for x in pair):
        raise DataError(f"{where}: {key!r} must map strings to strings (quote yes, no, on, off and numbers)")
    return entries


def _forms(plain: Iterable[str], irregular: Mapping[str, str]) -> dict[str, str]:
    """Every form of the verbs: regular English inflection, then the irregular forms."""
    forms: dict[str, str] = {}
    for verb in plain:
        stem = verb[:-1] if verb.endswith("e") else verb
        past = stem + "ed"
        if verb.endswith("y") and verb[-2] not in "aeiou":
            past, third = verb[:-1] + "ied", verb[:-1] + "ies"
        else:
            third = verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")
        for form in (verb, past, third, stem + "ing"):
            forms.setdefault(form, verb)
    forms.update(irregular)
    return forms
