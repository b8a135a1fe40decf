"""Which country's party is meant: the UK Labour Party and the Israeli Labor Party are two."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from kg import data
from kg.find.chains.groups import words
from kg.find.chains.setting import Setting, adjective_countries, aliases, country_of, mapping
from kg.model import Mention, Span

_FILLING = frozenset({"party", "the", "of", "uk", "us"})
# "House Republicans" are the Republicans of the House.
_CHAMBERS = frozenset({"house", "senate", "assembly", "commons", "council"})
Settled = dict[Span, tuple[str | None, str]]


@cache
def _adjectives() -> dict[str, str]:
    return {word.casefold(): country for word, country in adjective_countries().items()}


def core(text: str) -> str:
    """A party's name without "party" and country, in the wording that stands for all: "Tories" is "conservative"."""
    return aliases("same_parties").get(spelling(text), spelling(text))


def spelling(text: str) -> str:
    """A party's name without "party" and country, as it is spelt."""
    found = list(words(text.removesuffix("'s").removesuffix("’s")))
    rest = [w for w in found if w not in _FILLING and (w not in _adjectives() or _ambiguous_adjective(w, found))]
    for country in {c for w in (" ".join(w.capitalize() for w in found[-1:]),) if (c := country_of(w))}:
        rest = [w for w in rest if w != country.casefold()] or rest
    if len(rest) > 1 and rest[0] in _CHAMBERS and " ".join(rest[1:]) in aliases("same_parties"):
        rest = rest[1:]
    return " ".join(rest) or " ".join(found)


def _ambiguous_adjective(word: str, found: list[str]) -> bool:
    """Whether the adjective is the whole name or belongs to a name with more than a leaning behind it."""
    known = aliases("same_parties")
    rest = " ".join(w for w in found if w not in _FILLING and w != word)
    return rest not in known


@cache
def _listed() -> dict[str, frozenset[str]]:
    """The countries in whose lists a party's name stands; several where it is no country's own."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for country, names in data.lexicon("parties")["countries"].items():
        for name in names:
            found[core(name)].add(country)
    return {name: frozenset(countries) for name, countries in found.items()}


def settle(setting: Setting, mentions: list[Mention]) -> Settled:
    """For each party's mention its country, None where it needs or has none, and why."""
    settled: Settled = {}
    said: defaultdict[str, set[str]] = defaultdict(set)
    bare: list[Mention] = []
    for mention in mentions:
        if mention.kind != "Party":
            continue
        name = core(mention.text)
        countries = _listed().get(name, frozenset())
        if len(countries) == 1 and countries != {"any"} and name not in aliases("same_parties"):
            settled[mention.span] = next(iter(countries)), "the list of parties has it in one country"
        elif name not in aliases("same_parties") and not countries:
            settled[mention.span] = None, ""
        elif country := _inside(mention.text) or setting.country_beside(mention.span):
            settled[mention.span] = country, "an adjective or country beside it says so"
            said[name].add(country)
        else:
            bare.append(mention)
    for mention in bare:
        settled[mention.span] = _guess(setting, mention, said[core(mention.text)])
    return settled


def _inside(text: str) -> str | None:
    """The country that a party's name itself holds: "Israeli Labor Party", "Labour Party UK"."""
    found = text.replace("’", "'").split()
    for word in found:
        if country := adjective_countries().get(word):
            return country
    return country_of(found[-1]) or country_of(found[0])


def _guess(setting: Setting, mention: Mention, said: set[str]) -> tuple[str | None, str]:
    """The country of a bare name: by its spelling, by where the text is at home, by the only one that is named."""
    at_home = data.lexicon("parties")["at_home"]
    home = setting.home(set())
    if home and " ".join(mention.text.split()) in at_home.get(home, ()):
        return home, "the text is about that country, where it is a party's name"
    spelt = mapping("spellings").get(spelling(mention.text), [])
    usual = set(map(str, spelt)) if isinstance(spelt, list) else set()
    countries = set(_listed().get(core(mention.text), frozenset())) - {"any"}
    if len(both := said & usual) == 1:
        return next(iter(both)), "it is spelt so in that country, which the text names"
    if setting.publication and (setting.publication in usual | said | countries):
        return setting.publication, "the document is published there"
    if len(usual) == 1 and home and home not in usual and not setting.countries[next(iter(usual))]:
        return home, "the text is about that country and names no other that has one of the name"
    if len(usual) == 1:
        return next(iter(usual)), "it is spelt so in that country alone"
    if usual and (home := setting.home(usual)):
        return home, "the text is about that country, which spells it so"
    if len(said) == 1 and not usual - said:
        return next(iter(said)), "no other country's is named"
    if usual:
        return None, ""
    if home := setting.home(said | countries):
        return home, "the text is about that country"
    return (next(iter(said)), "no other country's is named") if len(said) == 1 else (None, "")
