"""The words of meeting in `lexicons/meetings.yaml`, read strictly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from kg.data import check_keys, folder, lexicon
from kg.errors import DataError
from kg.model import MeetingStatus

Phrase = tuple[str, ...]
Phrases = Mapping[str, tuple[Phrase, ...]]
FORMS = ("talks", "visit", "dinner", "call", "hearing", "reception", "conference", "meeting")
ORDER: tuple[MeetingStatus, ...] = ("Cancelled", "Proposed", "Planned")
_SETS = (
    "ambiguous",
    "carriers",
    "hosting",
    "draws",
    "during",
    "noun_with",
    "people",
    "audience",
    "never",
    "denials",
    "rumours",
    "hearsay",
    "bearing_out",
    "rebuttals",
    "speaking_for",
    "sayings",
    "accepting",
    "venues",
    "controlling",
    "times",
    "attributive",
    "gatherings",
    "addressing",
    "kin",
    "comprising",
    "apart",
    "deputations",
    "telling",
    "asking",
    "letters",
    "jointly",
    "invitations",
    "countable",
    "unplanned",
    "topics",
    "discussing",
    "arriving",
    "agreeing",
    "intentions",
    "turns",
    "sites",
    "summoning",
    "unproven",
    "doubting",
    "envoys",
    "moving",
    "sending",
    "wondering",
    "leading_talks",
    "panelists",
    "elsewhen",
    "received",
    "receivers",
)
_PHRASES = (
    "along",
    "keeping_away",
    "company",
    "attendance",
    "among",
    "absence",
    "inviting",
    "purposes",
    "nothing",
    "moved",
    "took_place",
    "sent_with",
    "list_heads",
    "coming",
)
_CLOSED = ("prepositions", "pronouns", "determiners", "conjunctions", "leading", "opening", "persons")
_TOP = ("verbs", "numbers", "irregular", "nouns", "status", "closed", *_SETS, *_PHRASES)
_VERB = (
    "verb",
    "then",
    "form",
    "object",
    "subject",
    "with",
    "by",
    "alone",
    "persons",
    "sure",
    "barred",
    "times",
    "behind",
)
_NOUN = ("noun", "form", "plural", "sure")


class VerbFrame(NamedTuple):
    """How a verb of meeting takes those who meet; the file says what each field means."""

    lemma: str
    form: str
    then: Phrase = ()
    object: str = ""
    subject: str = ""
    preps: Phrase = ()
    by: str = ""
    alone: bool = False
    persons: bool = False
    sure: bool = True
    barred: bool = False
    times: bool = False
    behind: Phrase = ()


class NounFrame(NamedTuple):
    """A noun of meeting; `words` are its lemmas (two for "round table")."""

    words: Phrase
    form: str
    plural: bool = False
    sure: bool = True


@dataclass(frozen=True)
class Lexicon:
    """All word lists of meetings, ready to match on lemmas; the file says what each is for.

    `cues` are all words that can tell of a meeting: a sentence without one is not looked at.
    """

    verbs: Mapping[str, tuple[VerbFrame, ...]]
    nouns: Mapping[str, tuple[NounFrame, ...]]
    forms: Mapping[str, str]
    sets: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Phrases]
    before: Mapping[MeetingStatus, Phrases]
    after: Mapping[MeetingStatus, Phrases]
    numbers: Mapping[str, int]
    cues: frozenset[str]


def _phrases(entries: list[str]) -> dict[str, tuple[Phrase, ...]]:
    """Phrases by their first word, longer ones first."""
    found: dict[str, list[Phrase]] = {}
    for entry in entries:
        words = tuple(entry.lower().split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(phrases, key=lambda p: -len(p))) for first, phrases in found.items()}


def _verb(where: str, entry: Mapping[str, Any]) -> VerbFrame:
    check_keys(f"{where}: verbs: {entry.get('verb')}", entry, _VERB, ("verb", "form"))
    return VerbFrame(
        entry["verb"],
        entry["form"],
        tuple(entry.get("then", ())),
        entry.get("object", ""),
        entry.get("subject", ""),
        tuple(entry.get("with", ())),
        entry.get("by", ""),
        entry.get("alone", False),
        entry.get("persons", False),
        entry.get("sure", True),
        entry.get("barred", False),
        entry.get("times", False),
        tuple(entry.get("behind", ())),
    )


def _noun(where: str, entry: Mapping[str, Any]) -> NounFrame:
    check_keys(f"{where}: nouns: {entry.get('noun')}", entry, _NOUN, ("noun", "form"))
    return NounFrame(tuple(entry["noun"].split()), entry["form"], entry.get("plural", False), entry.get("sure", True))


@cache
def words() -> Lexicon:
    """The word lists; read at first use.

    Raises DataError where a key is unknown or missing, or a form is none of the ontology's.
    """
    where = str(folder("lexicons") / "meetings.yaml")
    read = lexicon("meetings")
    check_keys(where, read, _TOP, _TOP)
    check_keys(f"{where}: status", read["status"], ORDER, ORDER)
    for status in ORDER:
        check_keys(f"{where}: status: {status}", read["status"][status], ("before", "after"), ("before", "after"))
    try:
        verbs: dict[str, list[VerbFrame]] = {}
        for frame in (_verb(where, entry) for entry in read["verbs"]):
            verbs.setdefault(frame.lemma, []).append(frame)
        nouns: dict[str, list[NounFrame]] = {}
        for noun in (_noun(where, entry) for entry in read["nouns"]):
            nouns.setdefault(noun.words[-1], []).append(noun)
        forms = {verb.form for several in verbs.values() for verb in several}
        forms |= {noun.form for several in nouns.values() for noun in several}
        if forms - set(FORMS):
            raise DataError(f"{where}: unknown form {sorted(forms - set(FORMS))}; allowed are {', '.join(FORMS)}")
        check_keys(f"{where}: closed", read["closed"], _CLOSED, _CLOSED)
        sets = {key: frozenset(map(str, read[key])) for key in _SETS}
        sets |= {key: frozenset(map(str, read["closed"][key])) for key in _CLOSED}
        phrases: dict[str, Phrases] = {key: _phrases(read[key]) for key in _PHRASES}
        before: dict[MeetingStatus, Phrases] = {status: _phrases(read["status"][status]["before"]) for status in ORDER}
        after: dict[MeetingStatus, Phrases] = {status: _phrases(read["status"][status]["after"]) for status in ORDER}
        numbers = {str(word): int(number) for word, number in read["numbers"].items()}
        irregular = {str(form): str(lemma) for form, lemma in read["irregular"].items()}
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise DataError(f"{where}: a value of the wrong kind ({error}); keep to the layout of the file") from error
    return Lexicon(
        {lemma: tuple(sorted(group, key=lambda f: -len(f.then))) for lemma, group in verbs.items()},
        {lemma: tuple(sorted(group, key=lambda f: -len(f.words))) for lemma, group in nouns.items()},
        dict(_inflected(verbs)) | irregular,
        sets,
        phrases,
        before,
        after,
        numbers,
        frozenset((*dict(_inflected(verbs)), *irregular, *verbs, *nouns, *_told_by(sets))) - {"be"},
    )


def _told_by(sets: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Words of the sets that can tell of a meeting."""
    return sets["addressing"] | sets["deputations"] | sets["turns"] | sets["sending"]


def _inflected(lemmas: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The regular forms of verbs, so that a tagger's slip costs no meeting."""
    for lemma in lemmas:
        stem = lemma.removesuffix("e")
        yield from ((form, lemma) for form in (lemma, stem + "ed", stem + "ing"))
        yield lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "go")) else "s"), lemma
        if len(lemma) < 6 and lemma[-1] in "pt" and lemma[-2] in "aiou" and lemma[-3] not in "aeiou":
            yield from ((lemma + lemma[-1] + ending, lemma) for ending in ("ed", "ing"))
