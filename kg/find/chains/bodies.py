"""Parties and bodies: full names, short forms, acronyms, namesakes of several countries."""

from __future__ import annotations

import re
from functools import cache

from kg import data
from kg.find.chains.groups import ALIAS, Group, words
from kg.find.chains.parties import core, settle
from kg.find.chains.setting import Setting
from kg.find.shortforms import fits, initials
from kg.model import Mention, Reason

# What stands between a name and its short form: "Law and Justice party (PiS)".
_MARK = re.compile(r"(?:\s(?:party|movement|bloc|alliance|coalition|group))?( \((?:the |[“\"])?| – |, or )")
_SMALL = frozenset({"of", "and", "for", "the", "on", "in", "to", "&"})


@cache
def _generic() -> frozenset[tuple[str, ...]]:
    return frozenset(words(name) for name in data.words("namesakes", "generic"))


def link_bodies(setting: Setting, mentions: list[Mention]) -> list[Group]:
    """The parties or bodies (mentions of one kind) that the mentions denote."""
    groups = _same_names(setting, mentions)
    groups = _acronyms(setting, groups)
    return _shortened(setting, groups)


def _same_names(setting: Setting, mentions: list[Mention]) -> list[Group]:
    """Mentions of one wording and country together."""
    groups: dict[tuple[str, str | None], Group] = {}
    settled = settle(setting, mentions)
    for mention in mentions:
        if mention.kind == "Party":
            key, (country, why) = core(mention.text), settled[mention.span]
        else:
            key, country, why = _plain(mention.text), None, ""
            if words(mention.text) in _generic():
                country = setting.country_beside(mention.span)
                why = f"“{country}” beside it tells it from namesakes"
        group = groups.setdefault((key, country), Group(mention.kind, qualifier=country))
        group.add(mention, "same name", 2.0, f"the same name “{mention.text}”")
        if country and (reason := Reason("country", 1.5, why)) not in group.reasons:
            group.reasons.append(reason)
    return _without_country(list(groups.values()))


def _plain(text: str) -> str:
    """A body's name for comparison: "Ministry of Health" and "Health Ministry" are one."""
    found = words(text.removesuffix("'s").removesuffix("’s"))
    if len(found) > 2 and found[0] in ("ministry", "department") and found[1] in ("of", "for"):
        found = (*(w for w in found[2:] if w != "the"), found[0])
    return " ".join(found)


def _without_country(groups: list[Group]) -> list[Group]:
    """Put generic bodies without a country with their only namesake that has one and stands before them."""
    kept: list[Group] = []
    for group in sorted(groups, key=lambda g: g.start):
        if group.kind == "Organisation" and group.qualifier is None and words(group.name) in _generic():
            same = [k for k in kept if k.qualifier and _plain(k.name) == _plain(group.name)]
            if len(same) == 1:
                _merge(same[0], group, "same name", f"no other “{group.name}” is named before")
                continue
        kept.append(group)
    return kept


def _merge(into: Group, group: Group, rule: str, said: str) -> None:
    into.mentions += group.mentions
    into.acronyms |= group.acronyms
    into.qualifier = into.qualifier or group.qualifier
    into.reasons.append(Reason(rule, 1.5, said))


def _acronyms(setting: Setting, groups: list[Group]) -> list[Group]:
    """Join each acronym with the body whose name it abbreviates, introduced in brackets or by its initials."""
    full = [g for g in groups if len(words(g.name)) > 1]
    kept = list(groups)
    for group in [g for g in groups if _is_short(g.name)]:
        introduced = [g for g in full if g is not group and _introduces(setting, g, group)]
        spelt = [g for g in full if g is not group and initials(group.name, words(g.name))]
        owners = introduced or [
            g for g in spelt if g.qualifier == group.qualifier or not group.qualifier or not g.qualifier
        ]
        if len(owners) != 1 and not introduced:
            continue
        owner = owners[0]
        owner.acronyms.add(" ".join(group.name.split()))
        rule = "introduced acronym" if introduced else "initials"
        _merge(owner, group, rule, f"“{group.name}” is short for “{owner.name}”")
        kept.remove(group)
    return kept


def _is_short(name: str) -> bool:
    return " " not in name and 1 < len(name) < 12 and (sum(letter.isupper() for letter in name) > 1 or len(name) < 7)


def _introduces(setting: Setting, full: Group, short: Group) -> bool:
    """Whether the short form stands in brackets behind the full one, or the full one behind the short.

    Capitals alone in brackets behind a party's or body's name are its acronym in whatever language.
    """
    starts = {m.span.start: m.span.end for m in short.mentions}
    ends = {m.span.end for m in short.mentions}
    for mention in full.mentions:
        at = mention.span.end
        if (alias := ALIAS.match(setting.text, at)) is not None and alias.end() in starts:
            return True
        mark = _MARK.match(setting.text, at)
        if mark is not None and (end := starts.get(mark.end())) is not None:
            capitals = sum(letter.isupper() for letter in short.name) > 1
            if mark[1] == " (" and capitals and setting.text[end : end + 1] == ")":
                return True
            if fits(short.name, words(mention.text)):
                return True
        if (
            setting.text[max(0, mention.span.start - 2) : mention.span.start] in (" (", ", ")
            and mention.span.start - 2 in ends
        ):
            return initials(short.name, words(mention.text))
    return False


def _shortened(setting: Setting, groups: list[Group]) -> list[Group]:
    """Join shortened names: the start or end of one fuller name, or its head with a capital ("the Board")."""
    kept = list(groups)
    for group in sorted(groups, key=lambda g: len(words(g.name))):
        for mention in list(group.mentions):
            owners = [
                g
                for g in kept
                if g is not group and _is_part(mention, g, introduced=bool(group.acronyms)) and _no_conflict(group, g)
            ]
            if not owners:
                break
            owner = owners[0] if len(owners) == 1 else _nearest(setting, owners, mention)
            group.mentions.remove(mention)
            owner.add(mention, "short form", 1.2, f"“{mention.text}” is part of the name “{owner.name}”")
            owner.acronyms |= group.acronyms
            if group.acronyms and group.mentions:
                rest = [m for m in group.mentions if m.text in group.acronyms]
                for one in rest:
                    group.mentions.remove(one)
                    owner.add(one, "initials", 1.2, f"“{one.text}” is short for “{owner.name}”")
            if not group.mentions:
                kept.remove(group)
                break
    return kept


def _no_conflict(group: Group, owner: Group) -> bool:
    return not (group.qualifier and owner.qualifier and group.qualifier != owner.qualifier)


def _is_part(mention: Mention, owner: Group, *, introduced: bool) -> bool:
    """Whether a mention is the beginning or end of a fuller name in the group, or its expanded acronym.

    A name that has an acronym of its own is not another body's.
    """
    new = words(mention.text)
    if mention.kind == "Party" or not new:
        return False
    for other in {words(m.text) for m in owner.mentions}:
        if len(other) <= len(new):
            if not introduced and len(other) > 1 and len(new) > 2 and initials(other[-1], new):
                return True
            continue
        end = other[-len(new) :] == new and other[-len(new) - 1] not in _SMALL
        begin = other[: len(new)] == new and (len(new) > 1 or new[0] in _HEADS) and other[len(new)] in (*_SMALL,)
        if (end and (len(new) > 1 or new[0] in _HEADS)) or begin:
            return True
    return False


_HEADS = frozenset(
    {"board", "council", "commission", "committee", "movement", "union", "federation", "association", "institute"}
    | {"foundation", "parliament", "assembly", "trust", "society", "forum", "bank", "court", "agency", "authority"}
    | {"ministry", "department", "university", "college", "network", "congress", "league", "alliance", "campaign"}
)


def _nearest(setting: Setting, owners: list[Group], mention: Mention) -> Group:
    """The owner whose other words stand in the mention's sentence; else the one named last before it."""
    sentence = setting.analysis.sentence_at(mention.span.start)
    if sentence is not None:
        around = set(words(setting.text[sentence.span.start : sentence.span.end])) - set(words(mention.text))
        named = [g for g in owners if (set(words(g.name)) - set(words(mention.text)) - _SMALL) & around]
        if len(named) == 1:
            return named[0]
    earlier = [
        (max(m.span.start for m in g.mentions if m.span < mention.span), g)
        for g in owners
        if g.start < mention.span.start
    ]
    return max(earlier, key=lambda item: item[0])[1] if earlier else min(owners, key=lambda g: g.start)
