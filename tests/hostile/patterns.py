"""Attacks every regular expression of kg with strings made from its own tree; run as a program, prints JSON lines.

For each repeat in a pattern a string is made that reaches it, repeats what it takes, and then breaks off: where a
pattern can read one string in many ways, this is where it tries them all.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

PACKAGE = Path(__file__).resolve().parents[2] / "kg"
SKIPPED = ("kg.cluster", "kg.language.training")
STORY = (
    "Harbour mayor meets minister\n\nHarbour mayor Jane Doe met the finance minister, Richard Roe, in Lisbon on 3 "
    "March 2021. “We agree,” said Mr Roe, the leader of the Quay Party (QP). She denied it last week: ‘No.’\n"
)
LONGEST = 10
"""Seconds for one attack, after which a pattern counts as hanging."""


def recorded(work: Callable[[], None]) -> dict[tuple[str, int], str]:
    """The patterns (with flags) that modules of kg compile while something is done, and where."""
    found: dict[tuple[str, int], str] = {}
    real = re._compile  # type: ignore[attr-defined]

    def noted(pattern: Any, flags: Any) -> Any:
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename == re.__file__:
            frame = frame.f_back
        if frame.f_code.co_filename.startswith(str(PACKAGE)) and isinstance(pattern, str):
            place = f"{Path(frame.f_code.co_filename).relative_to(PACKAGE)}:{frame.f_lineno}"
            found.setdefault((pattern, int(flags)), place)
        return real(pattern, flags)

    re._compile = noted  # type: ignore[attr-defined]
    try:
        work()
    finally:
        re._compile = real  # type: ignore[attr-defined]
    return found


def everything() -> None:
    """Import all of kg, and read a text, so that patterns made of word lists are made too."""
    import kg

    for module in pkgutil.walk_packages(kg.__path__, "kg."):
        if not module.name.startswith(SKIPPED):
            importlib.import_module(module.name)
    from kg import pipeline
    from kg.pipeline import analysing
    from kg.registers import words

    analysing.warm("rules")
    assert pipeline and words
    from kg.find import find
    from kg.language import analyse
    from tests.conftest import document

    find(next(iter(analyse([document(STORY, "2021-03-04")], "rules"))))


def sample(tree: Any, other: int = 0) -> str:
    """A string that the tree matches, for most trees; `other` chooses among alternatives."""
    return "".join(_one(kind, value, other) for kind, value in tree)


def _one(kind: Any, value: Any, other: int) -> str:
    if kind is kinds.LITERAL:
        return chr(value)
    if kind is kinds.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if kind is kinds.ANY:
        return "a"
    if kind is kinds.IN:
        return _within(value, other)
    if kind is kinds.BRANCH:
        return sample(value[1][other % len(value[1])], other)
    if kind is kinds.SUBPATTERN:
        return sample(value[3], other)
    if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
        return sample(value[2], other) * max(1, value[0])
    if kind is kinds.ATOMIC_GROUP:
        return sample(value, other)
    return ""


def _within(choices: Any, other: int) -> str:
    if choices[0][0] is kinds.NEGATE:
        return next(c for c in "aA1 .-_\n(~" if re.match(_text(choices), c) is not None)
    kind, value = choices[other % len(choices)]
    if kind is kinds.LITERAL:
        return chr(value)
    if kind is kinds.RANGE:
        return chr(value[0])
    return {"CATEGORY_DIGIT": "1", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}.get(str(value), "!")


def _text(choices: Any) -> re.Pattern[str]:
    """A character class as a pattern again."""
    parts = ""
    names = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w",
             "CATEGORY_NOT_DIGIT": r"\D", "CATEGORY_NOT_SPACE": r"\S", "CATEGORY_NOT_WORD": r"\W"}  # fmt: skip
    for kind, value in choices[1:]:
        if kind is kinds.LITERAL:
            parts += re.escape(chr(value))
        elif kind is kinds.RANGE:
            parts += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
        else:
            parts += names[str(value)]
    return re.compile(f"[^{parts}]")


def repeats(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """For each long repeat in a tree: a string that reaches it, and what it takes once."""
    for kind, value in tree:
        if kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
            if value[1] > 5:
                yield from ((before, sample(value[2], other)) for other in (0, 1, 2))
            yield from repeats(value[2], before)
        elif kind is kinds.SUBPATTERN:
            yield from repeats(value[3], before)
        elif kind is kinds.BRANCH:
            for branch in value[1]:
                yield from repeats(branch, before)
        before += _one(kind, value, 0)


def attacks(pattern: str, flags: int, length: int) -> Iterator[str]:
    """Strings of about that length."""
    tree = parser.parse(pattern, flags)
    seen: set[tuple[str, str]] = set()
    for before, piece in repeats(tree):
        if piece and (before, piece) not in seen:
            seen.add((before, piece))
            yield before + piece * (length // len(piece)) + "\0~"
            yield (before + piece) * (length // len(before + piece)) + "\0~"
    yield "a" * length + "\0"
    yield " " * length + "\0"


class _LateError(Exception):
    pass


def _late(*_: object) -> None:
    raise _LateError


def main(length: int, only: tuple[str, ...]) -> None:
    """Attack those of some modules, and print for each its place, how many attacks and the longest time."""
    signal.signal(signal.SIGALRM, _late)
    for (pattern, flags), place in sorted(recorded(everything).items(), key=lambda item: item[1]):
        if not place.startswith(only):
            continue
        compiled = re.compile(pattern, flags)
        longest, number = 0.0, 0
        for text in attacks(pattern, flags, length):
            number += 1
            signal.alarm(LONGEST)
            start = time.process_time()
            try:
                compiled.search(text)
                compiled.fullmatch(text)
            except _LateError:
                longest = float("inf")
            signal.alarm(0)
            longest = max(longest, time.process_time() - start)
            if longest > 1:
                break
        seconds = min(longest, LONGEST)
        print(json.dumps({"place": place, "pattern": pattern, "attacks": number, "seconds": seconds}), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), tuple(sys.argv[2:]))
