"""People decide: their word goes into the store's file of judgements, and the store is settled anew at once.

for row in doubts(store): ...                          pairs that were decided only just
accept(store, ["Ada Lind", "A. Lind"], Word("ann"))    they are one; or by a row's key: accept(store, [row.key])
part(store, ["Ada Lind@a.txt", "Ada Lind@b.txt"], …)   they are two
reject(store, iri, …)                                  no document tells this meeting, statement or tenure
correct(store, iri, {"when": "2021-05-03"}, …)         this is what it tells
forget(store, [key]); made(store)                      undone; what was decided, each with its key
"""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kg.decide.doubts import Doubtful, doubts, row
from kg.decide.meant import fact, facts_of, members
from kg.errors import UsageError
from kg.judgements import Correction, Judgement, Link, Pair, Rejection, Thing
from kg.judgements import file as file_of
from kg.judgements.mend import corrected
from kg.judgements.things import records, thing
from kg.model import Local, Problem
from kg.resolve.keys import short_hash
from kg.settle import Settled, settle
from kg.store import Store

__all__ = [
    "Done",
    "Doubtful",
    "Word",
    "accept",
    "correct",
    "doubts",
    "forget",
    "key_of",
    "made",
    "part",
    "reject",
    "word",
]


@dataclass(frozen=True, slots=True)
class Word:
    """Who decides, and why; the day is today."""

    by: str = ""
    note: str = ""


def word(by: str | None, note: str = "") -> Word:
    """A word of somebody, of the user without a name. Raises UsageError where nobody is logged in by name."""
    try:
        return Word(by or getpass.getuser(), note)
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("nobody is logged in by name; say who decides, with --by NAME or by=") from error


@dataclass(frozen=True, slots=True)
class Done:
    """What was decided or forgotten, how many documents' graphs changed, and which judgements fit nothing.

    `renamed`: the IRIs that facts of a corrected document bear now and did not before.
    """

    judgements: tuple[Judgement, ...]
    changed: int
    problems: tuple[Problem, ...] = ()
    renamed: tuple[str, ...] = ()


def accept(store: Store, given: Sequence[str], word: Word) -> Done:
    """Two things are one: `given` are their names or IRIs, or keys of rows of `doubts`.

    A name borne by several is told apart as NAME@DOCUMENT. Raises UsageError for things that cannot be one,
    QueryError for a name that fits nothing or several.
    """
    return _decided(store, [_pair(store, pair, True, word) for pair in _pairs(store, given, "accept")])


def part(store: Store, given: Sequence[str], word: Word) -> Done:
    """Two things are not one; `given` as for `accept`."""
    return _decided(store, [_pair(store, pair, False, word) for pair in _pairs(store, given, "reject")])


def reject(store: Store, facts: Iterable[str], word: Word) -> Done:
    """No document tells these meetings, statements or tenures, given by IRI or label. Raises QueryError, UsageError."""
    things = [_thing(store, fact(each, store, "reject")) for each in facts]
    return _decided(store, [Rejection(each, word.by, date.today(), word.note) for each in things])


def correct(store: Store, given: str, values: Mapping[str, str], word: Word) -> Done:
    """A fact tells this: `values` are texts by field, one of `kg.judgements.file.FIELDS`.

    Raises UsageError for a value that cannot stand there: every name must be in the document.
    """
    local = fact(given, store, "correct")
    one = store.findings_of(local.document)
    record, named = records(one)[local.id], thing(local, one)
    words = [Correction(named, what, value, word.by, date.today(), word.note) for what, value in values.items()]
    if not words:
        raise UsageError(f"correct: nothing to correct is given; correct one of {', '.join(file_of.FIELDS)}")
    for each in words:
        corrected(record, each, one)
    before = facts_of(local.document, store)
    done = _decided(store, words)
    return replace(done, renamed=tuple(sorted(facts_of(local.document, store) - before)))


def forget(store: Store, given: Sequence[str]) -> Done:
    """Undo what was decided: `given` are keys of `made`, or all the words that a judgement names.

    Raises UsageError where nothing was decided so.
    """
    wanted, names = set(given), {plain.casefold() for plain in given}

    def unwanted(judgement: Judgement) -> bool:
        things = {each.words.casefold() for each in _things(judgement)}
        return key_of(judgement) in wanted or things == names

    gone = file_of.forget(_file(store), unwanted)
    if not gone:
        listed = ", ".join(map(repr, given))
        raise UsageError(f"forget: nothing was decided of {listed}; `kg identities --decided` lists what was")
    return _done(gone, settle(store))


def made(store: Store) -> tuple[Judgement, ...]:
    """What was decided so far. Raises DataError where the file breaks its format."""
    return tuple(file_of.load(store.judgements))


def key_of(judgement: Judgement) -> str:
    """Six characters by which people name a judgement."""
    more = judgement.what if isinstance(judgement, Correction) else getattr(judgement, "iri", "")
    things = sorted(repr(each) for each in _things(judgement))
    return short_hash("\n".join([type(judgement).__name__, more, *things]))


def _things(judgement: Judgement) -> tuple[Thing, ...]:
    if isinstance(judgement, Pair):
        return judgement.one, judgement.other
    return (judgement.thing,) if isinstance(judgement, Link) else (judgement.fact,)


def _pairs(store: Store, given: Sequence[str], verb: str) -> list[tuple[Local, Local]]:
    rows = [row(each, store) for each in given]
    if rows and all(rows):
        return [(found.one, found.other) for found in rows if found]
    if len(given) != 2:
        raise UsageError(f"{verb}: give two names or IRIs, or keys of rows that `kg identities` lists")
    (first, one), (second, other) = (members(each, store, verb) for each in given)
    if first == second and verb == "reject" and not any("@" in each or "#" in each for each in given):
        told = "say whose you mean, as NAME@DOCUMENT"
        raise UsageError(f"{verb}: {given[0]!r} and {given[1]!r} are both <{first}>; {told}")
    pair = next(iter(one)), next(iter(other))
    if pair[0] == pair[1]:
        raise UsageError(f"{verb}: {given[0]!r} and {given[1]!r} are one record of {pair[0].document}")
    return [pair]


def _pair(store: Store, pair: tuple[Local, Local], same: bool, word: Word) -> Pair:
    one, other = (_thing(store, local) for local in pair)
    return Pair(one, other, same, word.by, date.today(), word.note)


def _thing(store: Store, local: Local) -> Thing:
    return thing(local, store.findings_of(local.document))


def _file(store: Store) -> Path:
    if store.judgements is None:
        raise UsageError("a graph in memory keeps no judgements; build into a store, or name a file of judgements")
    return store.judgements


def _decided(store: Store, judgements: Sequence[Judgement]) -> Done:
    file_of.add(_file(store), judgements)
    return _done(tuple(judgements), settle(store))


def _done(judgements: tuple[Judgement, ...], settled: Settled) -> Done:
    return Done(judgements, settled.changed, settled.problems)
