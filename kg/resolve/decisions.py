"""What was decided of groups of names before, by a digest of all that it was decided from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from kg.model import Doubt, Local, Reason
from kg.resolve.identities import Known, Verdicts


class Decisions:
    """Those made before, in JSON by their digests, and those that hold now."""

    def __init__(self, before: Mapping[str, str] | None = None) -> None:
        self._before = before or {}
        self.now: dict[str, str] = {}
        self.anew = 0
        """How many groups had to be decided."""

    def of(self, digest: str, decide: Callable[[], Verdicts]) -> Verdicts:
        """The decision of that digest, made where it is not known."""
        packed = self._before.get(digest)
        if packed is not None:
            self.now[digest] = packed
            return _unpacked(packed)
        self.anew += 1
        found = decide()
        self.now[digest] = _packed(found)
        return found


def _packed(verdicts: Verdicts) -> str:
    known = [[*one[:-1], list(map(_reason, one.reasons))] for one in verdicts.known]
    doubts = [[d.one, d.other, d.joined, d.weight, list(map(_reason, d.reasons))] for d in verdicts.doubts]
    return json.dumps([known, doubts], ensure_ascii=False, separators=(",", ":"))


def _unpacked(packed: str) -> Verdicts:
    known, doubts = json.loads(packed)
    return Verdicts(
        tuple(
            Known(kind, key, label, tuple(names), tuple(Local(*each) for each in members), _reasons(reasons))
            for kind, key, label, names, members, reasons in known
        ),
        tuple(
            Doubt(Local(*one), Local(*other), joined, weight, _reasons(reasons))
            for one, other, joined, weight, reasons in doubts
        ),
    )


def _reason(reason: Reason) -> list[Any]:
    return [reason.rule, reason.weight, reason.words]


def _reasons(read: list[list[Any]]) -> tuple[Reason, ...]:
    return tuple(Reason(*each) for each in read)
