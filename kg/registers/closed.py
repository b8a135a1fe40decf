"""Who is who among a register's hosts: a small closed circle, written in many ways."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher

Key = tuple[str, ...]
_ALIKE = 0.9


def one_for_each(hosts: Mapping[Key, frozenset[str]]) -> dict[Key, Key]:
    """For each short or misspelt name of a host the full one; `hosts` gives each one's departments.

    "Ahmad" and "Ahmad of Wimbledon" are "Tariq Ahmad of Wimbledon" where nobody else can be meant, and they are of one
    department or the title says of where; "Liddington" is "Lidington" where first name and department agree.
    """
    found: dict[Key, Key] = {}
    for key in sorted(hosts, key=lambda key: (len(_words(key)), key)):
        longer = [other for other in hosts if other != key and _inside(_words(key), _words(other))]
        peaks = [other for other in longer if not any(_inside(_words(other), _words(more)) for more in longer)]
        if len(peaks) == 1 and ("of" in peaks[0] or hosts[key] & _departments(peaks[0], longer, hosts)):
            found[key] = peaks[0]
            continue
        near = [other for other in hosts if other > key and hosts[key] & hosts[other] and _misspelt(key, other)]
        if len(near) == 1:
            found[key] = near[0]
    return {key: _end(key, found) for key in found}


def _departments(peak: Key, longer: list[Key], hosts: Mapping[Key, frozenset[str]]) -> frozenset[str]:
    return hosts[peak].union(*(hosts[other] for other in longer))


def _end(key: Key, found: Mapping[Key, Key]) -> Key:
    while key in found:
        key = found[key]
    return key


def _words(key: Key) -> Key:
    """The words of a name, without the title that a last name alone keeps."""
    return key[2:] if len(key) == 3 and key[1] in _TITLES else key[1:]


_TITLES = frozenset(("", "lord", "lady", "baroness", "sir", "dame", "viscount", "earl", "mr", "mrs", "ms", "dr"))


def _inside(short: Key, long: Key) -> bool:
    """Whether one name stands in the other as it is, its last name or the family's among it."""
    size = len(short)
    return size < len(long) and any(long[i : i + size] == short for i in range(len(long) - size + 1))


def _misspelt(one: Key, other: Key) -> bool:
    mine, others = _words(one), _words(other)
    if len(mine) != len(others) or len(mine) < 2 or mine[0] != others[0]:
        return False
    return SequenceMatcher(None, "".join(mine), "".join(others)).ratio() >= _ALIKE
