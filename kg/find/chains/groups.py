"""Mentions held to be of one thing, and the comparison of names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from kg.model import Kind, Mention, Reason

# What says that the next name is another of the same thing: "the union, better known as X".
ALIAS = re.compile(
    r",? (?:also |better |commonly |widely |usually |popularly |locally |often )?(?:known|referred to|abbreviated)"
    r"(?: (?:in|to|by|among) [\w']+(?: [\w']+)?)?(?: simply| just)? (?:as|by its \w+|to) (?:the )?[“\"‘']?"
)
_WORD = re.compile(r"[^\W_]+(?:['.][^\W_]+)*\.?|[&+]")


@dataclass(slots=True, eq=False)
class Group:
    """Mentions of one thing as they are gathered."""

    kind: Kind
    mentions: list[Mention] = field(default_factory=list)
    qualifier: str | None = None
    acronyms: set[str] = field(default_factory=set)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The fullest form, rather not one in capitals."""
        best = max(self.mentions, key=lambda m: (len(words(m.text)), not shouted(m.text), len(m.text), -m.span.start))
        return " ".join(best.text.split())

    @property
    def start(self) -> int:
        """Where it is first named."""
        return min(m.span.start for m in self.mentions)

    def add(self, mention: Mention, rule: str, weight: float, said: str) -> None:
        """Take a mention in, for a reason that is kept once."""
        self.mentions.append(mention)
        reason = Reason(rule, weight, said)
        if reason not in self.reasons:
            self.reasons.append(reason)


def shouted(text: str) -> bool:
    """Whether a name of several letters is all in capitals."""
    return len(text) > 4 and text.isupper()


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a name for comparison: lower case, no accents, no article in front, curly marks evened out."""
    plain = unicodedata.normalize("NFD", text.replace("’", "'").casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found = tuple(_WORD.findall(plain))
    return found[1:] if len(found) > 1 and found[0] == "the" else found


def within_one_edit(a: str, b: str) -> bool:
    """Whether one letter added, lost, changed, doubled or swapped makes the one word of the other."""
    if a == b or abs(len(a) - len(b)) > 1:
        return a == b
    if len(a) > len(b):
        a, b = b, a
    k = next((i for i, letter in enumerate(a) if letter != b[i]), len(a))
    if len(a) < len(b):
        return a[k:] == b[k + 1 :]
    return a[k + 1 :] == b[k + 1 :] or (a[k : k + 2] == b[k : k + 2][::-1] and a[k + 2 :] == b[k + 2 :])
