"""Base forms: corrects the model's where it errs and stands in where there is no model."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from kg.data import check_keys, folder, lexicon, words
from kg.errors import DataError

_KEYS = ("irregular", "doubtful", "unchanged", "regular")
_VOWELS = "aeiou"
# Ends of stems that took an e away before -ed and -ing: criticis(e), negotiat(e), urg(e), leav(e), produc(e), argu(e).
_LOST_E = (
    "is",
    "iz",
    "at",
    "rg",
    "dg",
    "ng",
    "v",
    "uc",
    "nc",
    "rc",
    "u",
    "as",
    "os",
    "us",
    "ys",
    "ns",
    "rs",
    "cl",
    "bl",
    "tl",
    "gl",
    "pl",
    "dl",
    "ac",
    "ic",
    "ir",
    "ag",
)


@cache
def _forms() -> tuple[Mapping[str, str], frozenset[str], frozenset[str]]:
    """Form to base, of irregular and listed regular verbs; the doubtful forms; words in -s that are no plurals."""
    path = folder("lexicons") / "lemmas.yaml"
    entries = lexicon("lemmas")
    check_keys(str(path), entries.keys(), _KEYS, _KEYS)
    irregular = entries["irregular"]
    if not isinstance(irregular, dict) or not all(isinstance(x, str) for pair in irregular.items() for x in pair):
        raise DataError(f"{path}: 'irregular' must map forms to base forms (quote yes, no, on, off and numbers)")
    forms: dict[str, str] = {}
    for verb in sorted(words("lemmas", "regular")):
        forms.update((form, verb) for form in inflected(verb))
    return forms | irregular, words("lemmas", "doubtful"), words("lemmas", "unchanged")


def inflected(verb: str) -> tuple[str, str, str]:
    """The -s, -ed and -ing forms of a regular verb, British doubling of l included ("travelled")."""
    if verb.endswith("e"):
        return verb + "s", verb + "d", (verb if verb.endswith(("ee", "oe", "ye")) else verb[:-1]) + "ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    short = verb[-1] not in _VOWELS + "wxy" and verb[-2] in _VOWELS and verb[-3:-2] not in tuple(_VOWELS)
    doubled = short and (
        sum(c in _VOWELS for c in verb) == 1 or verb.endswith(("mit", "fer", "el", "gret", "cur", "pel", "bel"))
    )
    stem = verb + verb[-1] if doubled and verb not in ("offer", "differ", "suffer") else verb
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s"), stem + "ed", stem + "ing"


def lemma(lower: str, tag: str, given: str) -> str:
    """The base form of a word in lower case.

    From its Penn tag and the base form that the model gives; without a model from "" and the word as written.
    """
    forms, doubtful, unchanged = _forms()
    if tag[:1] == "V" or tag == "MD":
        if lower in forms:
            return forms[lower]
        return _stripped(lower, tag) if given.lower() == lower else given.lower()
    if not tag and lower in forms and lower not in doubtful and not lower.endswith("ing"):
        return forms[lower]
    if (tag == "NNS" or (not tag and given.islower() and lower not in unchanged)) and given.lower() == lower:
        return _singular(lower)
    return given.lower()


def _stripped(lower: str, tag: str) -> str:
    """A regular verb without its ending, where the model left it as it stood."""
    if tag == "VBZ" and lower.endswith("s") and not lower.endswith("ss"):
        return _singular(lower)
    ending = {"VBD": "ed", "VBN": "ed", "VBG": "ing"}.get(tag, "\0")
    stem = lower.removesuffix(ending)
    if stem == lower or len(stem) < 3 or not any(c in _VOWELS + "y" for c in stem):
        return lower
    if stem.endswith("i") and ending == "ed":
        return stem[:-1] + "y"
    if stem[-1] == stem[-2] and stem[-1] not in "lsfzo":
        return stem[:-1]
    return stem + "e" if stem.endswith(_LOST_E) else stem


def _singular(lower: str) -> str:
    if lower.endswith("ies") and len(lower) > 4:
        return lower[:-3] + "y"
    if lower.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return lower[:-2]
    return lower[:-1] if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and len(lower) > 3 else lower
