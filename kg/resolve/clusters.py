"""Entities of several documents brought together, and the weighing that decides it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.model import Reason
from kg.resolve.names import Body, Words
from kg.resolve.profiles import Held, Profile

Judge = Callable[["Cluster", "Cluster"], Reason | None]
"""A rule: why two are one (weight above 0) or are not (below), None where it has nothing to say."""


@dataclass(eq=False)
class Cluster:
    """Local entities that are one, with all that their documents tell together."""

    members: list[Profile]
    reasons: list[Reason] = field(default_factory=list)
    people: set[Words] = field(default_factory=set)
    bodies: set[Body] = field(default_factory=set)
    offices: set[Held] = field(default_factory=set)
    officers: set[Words] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)
    publishers: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    days: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, profile: Profile) -> Cluster:
        """One local entity alone."""
        context = profile.context
        me = cls([profile], people=set(context.people), bodies=set(context.bodies), offices=set(profile.offices))
        me.officers, me.acronyms, me.documents = set(profile.officers), set(profile.acronyms), {profile.local.document}
        me.homes = {context.home} if context.home else set()
        me.days = {context.day} if context.day else set()
        publisher = context.findings.document.publisher
        me.publishers = {publisher} if publisher else set()
        return me

    @property
    def first(self) -> Profile:
        """The member that stands for all: they share the name that brought them together."""
        return self.members[0]

    def join(self, other: Cluster, reasons: Iterable[Reason]) -> None:
        """Take the members of another cluster, for these reasons."""
        self.members.extend(other.members)
        for name in ("people", "bodies", "offices", "officers", "acronyms", "homes", "publishers", "documents", "days"):
            getattr(self, name).update(getattr(other, name))
        known = set(self.reasons)
        self.reasons.extend(r for r in (*other.reasons, *reasons) if r not in known)


def weigh(one: Cluster, other: Cluster, judges: Sequence[Judge]) -> tuple[float, tuple[Reason, ...]]:
    """The sum of what all rules say of two clusters, and their reasons."""
    reasons = tuple(reason for judge in judges if (reason := judge(one, other)))
    return round(sum(reason.weight for reason in reasons), 6), reasons


def together(profiles: Iterable[Profile], judges: Sequence[Judge], least: float) -> list[Cluster]:
    """Namesakes as clusters: each joins the cluster it fits best, or stands alone.

    Those with the most evidence come first, so that one without any joins the likeliest.
    """
    found: list[Cluster] = []
    ranked = sorted(profiles, key=lambda p: (-len(p.offices) - len(p.officers), p.local))
    for profile in ranked:
        new = Cluster.of(profile)
        weighed = [(weigh(new, cluster, judges), cluster) for cluster in found]
        best = max(weighed, key=lambda pair: pair[0][0], default=None)
        if best and best[0][0] >= least:
            best[1].join(new, _told(best[0][1]))
        else:
            found.append(new)
    return found


def attach(
    loose: Iterable[Cluster], candidates: Callable[[Cluster], list[Cluster]], judges: Sequence[Judge], least: float
) -> list[Cluster]:
    """Join each loose cluster to the one candidate that it clearly fits; those that fit none are given back.

    A join adds evidence, so the rest are tried again until nothing more fits. Nothing is joined where a
    second candidate comes as near as a tenth.
    """
    rest = list(loose)
    while True:
        joined: list[Cluster] = []
        for cluster in rest:
            weighed = [(weigh(cluster, other, judges), other) for other in candidates(cluster) if other is not cluster]
            weighed.sort(key=lambda pair: -pair[0][0])
            clear = len(weighed) == 1 or (len(weighed) > 1 and weighed[0][0][0] >= weighed[1][0][0] + 0.1)
            if clear and weighed[0][0][0] >= least:
                weighed[0][1].join(cluster, weighed[0][0][1])
                joined.append(cluster)
        if not joined:
            return rest
        rest = [cluster for cluster in rest if cluster not in joined]


def _told(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """What is worth telling of a join by name: the rest says it of every member."""
    return tuple(r for r in reasons if r.rule.startswith("same") or r.weight < 0)
