"""Full names, surnames, titled surnames and first names of the people of one document."""

from __future__ import annotations

from functools import cache

from kg import data
from kg.find.chains.groups import ALIAS, Group, within_one_edit, words
from kg.find.chains.setting import Setting
from kg.model import Mention

_LONG = 5


@cache
def _titles() -> dict[str, str]:
    """What each title of address says of its bearer: "m", "f" or nothing."""
    men, women = data.words("titles", "men"), data.words("titles", "women")
    return {
        title: "m" if title in men else "f" if title in women else "" for title in data.words("titles", "honorifics")
    }


@cache
def _given() -> dict[str, str]:
    """What common given names say of their bearer."""
    read = data.lexicon("referents")
    return dict.fromkeys(read["male_names"], "m") | dict.fromkeys(read["female_names"], "f")


def link_people(setting: Setting, mentions: list[Mention]) -> list[Group]:
    """The people whom the mentions denote: full names first, then what is shorter."""
    groups: list[Group] = []
    short: list[Mention] = []
    known = _Known()
    for mention in sorted(mentions, key=lambda m: (-len(words(m.text)), m.span)):
        if len(words(mention.text)) < 2:
            short.append(mention)
            continue
        near = known.near(groups, mention)
        found = next(((group, why) for group in near if (why := _same_full(group, mention))), None)
        if found:
            at = found[0]
            at.add(mention, "full name", 3.0, found[1])
        elif len(owners := _owners(setting, near, mention)) == 1:
            at = owners[0]
            at.add(mention, "surname", 2.0, f"“{mention.text}” is the end of “{at.name}”")
        else:
            at = Group("Person", [mention])
            groups.append(at)
        known.note(at, mention, len(groups))
    full = list(groups)
    called = _called(setting, mentions)
    for mention in sorted(short, key=lambda m: m.span):
        if (owner := _nicknamed(called, full, mention)) is not None:
            owner.add(mention, "nickname", 2.0, f"the text says that “{owner.name}” is known as “{mention.text}”")
            continue
        _place_short(setting, groups, full, mention)
    return groups


class _Known:
    """The people of a document by the first and last words of their names: others are never one with a full name."""

    def __init__(self) -> None:
        self._place: dict[int, int] = {}
        self._by_word: dict[tuple[bool, str], dict[int, None]] = {}

    def note(self, group: Group, mention: Mention, number: int) -> None:
        """A name of a person, who is the last of `number` people if new."""
        at = self._place.setdefault(id(group), number - 1)
        named = words(mention.text)
        for key in ((True, named[0]), (False, named[-1])):
            self._by_word.setdefault(key, {})[at] = None

    def near(self, groups: list[Group], mention: Mention) -> list[Group]:
        """Those who share the first or the last word with a name, in the order in which they came."""
        named = words(mention.text)
        alike = [self._by_word.get(key, {}) for key in ((True, named[0]), (False, named[-1]))]
        return [groups[at] for at in sorted({at for one in alike for at in one})]


def _called(setting: Setting, mentions: list[Mention]) -> dict[int, list[Mention]]:
    """The names behind which the text says "known as", by the place where the other name must begin."""
    found: dict[int, list[Mention]] = {}
    for named in mentions:
        if (alias := ALIAS.match(setting.text, named.span.end)) is not None:
            found.setdefault(alias.end(), []).append(named)
    return found


def _nicknamed(called: dict[int, list[Mention]], full: list[Group], mention: Mention) -> Group | None:
    """The person whom the text says to be known by the mention: "A.B. Harmse, known to everyone as Tok"."""
    named = called.get(mention.span.start)
    return next((group for group in full if any(one in group.mentions for one in named)), None) if named else None


def _same_full(group: Group, mention: Mention) -> str:
    """Why two full names are one, or ""."""
    new = words(mention.text)
    for known in dict.fromkeys(words(m.text) for m in group.mentions):
        if new == known:
            return f"the same name “{mention.text}”"
        if len(known) < 2:
            continue
        if known[-1] == new[-1] and (_initial(known[0], new[0]) or (known[0] == new[0] and set(new) <= set(known))):
            return f"“{mention.text}” is short for “{group.name}”"
        size = min(len(known), len(new))
        if known[:size] == new[:size]:
            return f"“{mention.text}” begins as “{group.name}” does"
        differing = [(a, b) for a, b in zip(known, new, strict=False) if a != b]
        if (
            len(known) == len(new)
            and len(differing) == 1
            and len(min(differing[0], key=len)) >= _LONG
            and within_one_edit(*differing[0])
        ):
            return f"“{mention.text}” differs by a letter from “{group.name}”"
    return ""


def _initial(a: str, b: str) -> bool:
    a, b = a.rstrip("."), b.rstrip(".")
    return min(len(a), len(b)) == 1 and a[0] == b[0]


def _owners(setting: Setting, groups: list[Group], mention: Mention) -> list[Group]:
    """The people whose full name ends in the words of the mention and whose title agrees with its own."""
    new = words(mention.text)
    ending = [
        g for g in groups if any(len(k := words(m.text)) > len(new) and k[-len(new) :] == new for m in g.mentions)
    ]
    particles = data.words("names", "particles")
    # "Ms Silva" beside a Silva and a da Silva is the first
    whole = [
        g for g in ending if any(k[-len(new) :] == new and k[-len(new) - 1 : -len(new)] for k in _forms(g, particles))
    ]
    return _agreeing(setting, whole or ending, mention)


def _forms(group: Group, particles: frozenset[str]) -> list[tuple[str, ...]]:
    """The full names of a group as words, those whose surname begins with a particle left out."""
    names = [words(m.text) for m in group.mentions]
    return [name for name in names if not any(word in particles for word in name)]


def _place_short(setting: Setting, groups: list[Group], full: list[Group], mention: Mention) -> None:
    """Put one word with the person whom it denotes, or make it a person."""
    word = words(mention.text)
    if not word:
        groups.append(Group("Person", [mention]))
        return
    title = _title(setting, mention)
    for candidates, rule, weight, said in (
        (_owners(setting, full, mention), "surname", 2.0, "is the surname of"),
        (_inner(full, word[0], first=False), "part of name", 1.2, "is part of the name"),
        ([] if title else _inner(full, word[0], first=True), "first name", 1.5, "is the first name of"),
        (_inner(full, word[0], first=True) if title else [], "titled name", 1.2, "begins the name"),
        (
            [g for g in _agreeing(setting, groups, mention) if word in {words(m.text) for m in g.mentions}],
            "same name",
            1.5,
            "stands for",
        ),
        (_misspelt(setting, groups, mention), "typing error", 0.8, "differs by one letter from the surname of"),
    ):
        if not candidates:
            continue
        if len(candidates) > 1 and rule in ("part of name", "typing error"):
            continue
        chosen = candidates[0] if len(candidates) == 1 else _latest(setting, candidates, mention)
        chosen.add(
            mention, rule, weight if len(candidates) == 1 else weight / 2, f"“{mention.text}” {said} “{chosen.name}”"
        )
        return
    groups.append(Group("Person", [mention]))


def _inner(groups: list[Group], word: str, *, first: bool) -> list[Group]:
    """The people with the word first in their full name, or inside or joined by a hyphen into it."""
    found: list[Group] = []
    for group in groups:
        names = [words(m.text) for m in group.mentions]
        if any(len(n) > 1 and (n[0] == word if first else word in n[1:]) for n in names):
            found.append(group)
    return found


def _title(setting: Setting, mention: Mention) -> str:
    before = setting.before(mention.span)
    return before[0].text if before and before[0].text in _titles() else ""


def _sex(setting: Setting, group: Group) -> set[str]:
    told = {sex for m in group.mentions if (sex := _titles().get(_title(setting, m), ""))}
    return told or {sex for m in group.mentions if (sex := _given().get(m.text.split()[0], "")) and " " in m.text}


def _agreeing(setting: Setting, groups: list[Group], mention: Mention) -> list[Group]:
    """Those whose titles do not contradict the mention's; those that bear the same rather than none."""
    sex = _titles().get(_title(setting, mention), "")
    if not sex:
        return groups
    fit = [g for g in groups if not (known := _sex(setting, g)) or sex in known]
    sure = [g for g in fit if sex in _sex(setting, g)]
    return sure if len(fit) > 1 and sure else fit


def _misspelt(setting: Setting, groups: list[Group], mention: Mention) -> list[Group]:
    """The people of whose surname a titled word is a misspelling."""
    word = words(mention.text)[0]
    if len(word) < _LONG or not _title(setting, mention):
        return []
    near = [
        g
        for g in groups
        if any(within_one_edit(words(m.text)[-1], word) and len(words(m.text)[-1]) >= _LONG for m in g.mentions)
    ]
    return _agreeing(setting, near, mention)


def _kin(setting: Setting, group: Group) -> bool:
    """Whether a person is first named as somebody's relative: "his wife, Ada Berg"."""
    first = min(group.mentions, key=lambda m: m.span)
    before = [token.text for token in setting.before(first.span, 2)]
    return bool(before) and (before[-1] if before[-1] != "," else before[0]) in data.words("referents", "relatives")


def _latest(setting: Setting, groups: list[Group], mention: Mention) -> Group:
    """The one named last before the mention, else the first named at all; somebody's wife or son after others."""
    groups = [group for group in groups if not _kin(setting, group)] or groups
    earlier = [
        (max(m.span.start for m in g.mentions if m.span < mention.span), g)
        for g in groups
        if g.start < mention.span.start
    ]
    return max(earlier, key=lambda item: item[0])[1] if earlier else min(groups, key=lambda g: g.start)
