"""Places: one place under several names, and one inside another."""

from __future__ import annotations

from itertools import pairwise

from kg import data
from kg.find.chains.groups import Group, words
from kg.find.chains.setting import Setting, aliases, country_of
from kg.model import Mention, Reason

# Characters between a place and the words that say in which other it lies.
_NEAR = 200


def link_places(mentions: list[Mention]) -> list[Group]:
    """The places that the mentions denote."""
    groups: dict[str, Group] = {}
    for mention in mentions:
        plain = " ".join(mention.text.replace("’", "'").split()).casefold()
        known = aliases("same_places").get(plain)
        key = known.casefold() if known else " ".join(words(mention.text)) or plain
        group = groups.setdefault(key, Group("Place"))
        said = f"“{mention.text}” is {known}" if known else f"the same name “{mention.text}”"
        group.add(mention, "same place" if known else "same name", 2.0, said)
    return list(groups.values())


def within(setting: Setting, places: list[Group]) -> dict[int, Group]:
    """For a place (by its identity) the one that the text puts around it: "House of Commons, London"."""
    of = {mention.span: group for group in places for mention in group.mentions}
    found: dict[int, Group] = {}
    spans = sorted(of)
    for one, other in pairwise(spans):
        inner, outer = of[one], of[other]
        between = setting.text[one.end : min(other.start, one.end + 5)]
        if between not in (" in ", ", ") or one.end + len(between) != other.start:
            continue
        if inner is outer or country_of(inner.name) == inner.name or id(inner) in found:
            continue
        follows = setting.text[other.end : other.end + 5].lstrip(" ,")
        listed = follows.startswith("and ") or setting.text[max(0, one.start - 5) : one.start].rstrip().endswith(",")
        lies = between == " in " or (between == ", " and not listed and _wider(inner.name, outer.name))
        if lies and id(outer) not in found:
            found[id(inner)] = outer
            inner.reasons.append(Reason("within", 1.0, f"“{outer.name}” follows “{inner.name}”"))
    _described(setting, places, found)
    return found


def _described(setting: Setting, places: list[Group], found: dict[int, Group]) -> None:
    """ "They went to Barnet, and toured the north London borough": the place before lies in the one named there."""
    named = sorted(((m.span, group) for group in places for m in group.mentions), key=lambda item: item[0])
    for (one, inner), (other, outer) in pairwise(named):
        before, after = setting.before(other, 2), setting.after(other, 1)
        if not before or not after or after[0].lower not in data.words("namesakes", "divisions"):
            continue
        article = before[0] if before[-1].lower in data.words("namesakes", "directions") else before[-1]
        near = other.start - one.end < _NEAR and "\n" not in setting.text[one.end : other.start]
        fresh = inner is not outer and id(inner) not in found and id(outer) not in found
        if article.lower == "the" and near and fresh and country_of(inner.name) != inner.name:
            found[id(inner)] = outer
            inner.reasons.append(Reason("within", 1.0, f"it is called a {outer.name} {after[0].text}"))


def _wider(inner: str, outer: str) -> bool:
    country = country_of(outer)
    if country is None or outer.casefold() == inner.casefold():
        return False
    return country_of(inner) in (None, country) and (country_of(inner) is None or country == outer)
