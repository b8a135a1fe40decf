"""Which names of one document denote the same thing, with the reasons."""

from __future__ import annotations

from kg.find.chains.bodies import link_bodies
from kg.find.chains.codes import without_codes
from kg.find.chains.groups import Group
from kg.find.chains.people import link_people
from kg.find.chains.places import link_places, within
from kg.find.chains.setting import Setting
from kg.language.analysis import Analysis
from kg.model import Entity, Mention


def link(analysis: Analysis, mentions: tuple[Mention, ...]) -> tuple[Entity, ...]:
    """The entities of a document, each with its mentions, in order of first mention.

    Namesakes are kept apart: people by title and given name, parties by country.
    """
    mentions = without_codes(analysis.text, mentions)
    setting = Setting(analysis, mentions)
    groups: list[Group] = [
        *link_people(setting, [m for m in mentions if m.kind == "Person"]),
        *link_bodies(setting, [m for m in mentions if m.kind == "Party"]),
        *link_bodies(setting, [m for m in mentions if m.kind == "Organisation"]),
        *link_places([m for m in mentions if m.kind == "Place"]),
    ]
    groups.sort(key=lambda group: min(m.span for m in group.mentions))
    ids = {id(group): f"e{n}" for n, group in enumerate(groups, 1)}
    containers = within(setting, [group for group in groups if group.kind == "Place"])
    return tuple(
        Entity(
            ids[id(group)],
            group.kind,
            group.name,
            tuple(sorted(group.mentions, key=lambda m: m.span)),
            group.qualifier,
            ids[id(containers[id(group)])] if id(group) in containers else None,
            tuple(sorted(group.acronyms)),
            tuple(group.reasons),
        )
        for group in groups
    )
