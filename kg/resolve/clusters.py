"""Entities of several documents brought together, and the weighing that decides it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from kg.model import Doubt, Local, Reason
from kg.resolve.names import Body, Words
from kg.resolve.profiles import Held, Profile
from kg.resolve.terms import Term, around

Judge = Callable[["Cluster", "Cluster"], Reason | None]
"""A rule: why two are one (weight above 0) or are not (below), None where it has nothing to say."""

_NEAR = 0.2
"""How far below what is asked a pair is still worth a person's look."""
_CLOSE = 0.1
"""How near a second candidate may come before nothing is joined."""
_SUMS = (
    "names", "people", "bodies", "offices", "officers", "acronyms", "homes", "publishers", "documents", "told",
    "locals", "genders", "shorts", "stories", "born", "callings",
)  # fmt: skip


@dataclass(eq=False)
class Cluster:
    """Local entities that are one, with all that their documents tell together."""

    members: list[Profile]
    reasons: list[Reason] = field(default_factory=list)
    names: set[Words] = field(default_factory=set)
    people: set[Words] = field(default_factory=set)
    bodies: set[Body] = field(default_factory=set)
    offices: set[Held] = field(default_factory=set)
    officers: set[Words] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    homes: Counter[str] = field(default_factory=Counter)
    publishers: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    stories: set[str] = field(default_factory=set)
    first_day: int | None = None
    last_day: int | None = None
    told: set[tuple[str, Words]] = field(default_factory=set)
    shorts: set[Words] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)
    born: set[int] = field(default_factory=set)
    callings: set[str] = field(default_factory=set)
    terms: dict[Held, Term | None] = field(default_factory=dict)
    told_terms: dict[Held, Term | None] = field(default_factory=dict)
    locals: set[Local] = field(default_factory=set)
    apart: dict[Local, Reason] = field(default_factory=dict)

    @classmethod
    def of(cls, profile: Profile) -> Cluster:
        """One local entity alone."""
        company = profile.company
        me = cls([profile], names={profile.plain}, people=set(company.people), bodies=set(company.bodies))
        me.offices, me.officers, me.acronyms = set(profile.offices), set(profile.officers), set(profile.acronyms)
        me.documents, me.locals = {profile.local.document}, {profile.local}
        me.told = {(profile.local.document, profile.plain)}
        me.homes = Counter([profile.home] if profile.home else [])
        me.stories = {company.story} if company.story else set()
        me.first_day = me.last_day = company.day
        me.publishers = {company.publisher} if company.publisher else set()
        me.apart, me.genders, me.shorts = dict(profile.apart), set(profile.genders), set(profile.shorts)
        me.born, me.callings = set(profile.born), set(profile.callings)
        me.terms = {held: told for (held, now), told in profile.terms.items() if now}
        me.told_terms = {held: told for (held, now), told in profile.terms.items() if not now}
        return me

    @property
    def first(self) -> Profile:
        """The member that stands for all: they share the name that brought them together."""
        return self.members[0]

    def join(self, other: Cluster, reasons: Iterable[Reason]) -> None:
        """Take the members of another cluster, for these reasons."""
        self.members.extend(other.members)
        for name in _SUMS:
            getattr(self, name).update(getattr(other, name))
        self.apart.update(other.apart)
        for mine, others in ((self.terms, other.terms), (self.told_terms, other.told_terms)):
            for held, told in others.items():
                mine[held] = around(mine.get(held), told)
        self.first_day = min((d for d in (self.first_day, other.first_day) if d), default=None)
        self.last_day = max((d for d in (self.last_day, other.last_day) if d), default=None)
        known = set(self.reasons)
        self.reasons.extend(r for r in (*other.reasons, *reasons) if r not in known)


def grouped(things: Iterable[Profile], key: Callable[[Profile], Hashable]) -> dict[Hashable, list[Profile]]:
    """Profiles by a key that they share, in their order."""
    found: dict[Hashable, list[Profile]] = defaultdict(list)
    for thing in things:
        found[key(thing)].append(thing)
    return found


@dataclass(frozen=True)
class Table:
    """The rules that weigh for one sort of pair, what their sum must reach, and how far below it is worth a look."""

    judges: Sequence[Judge]
    least: float
    near: float = _NEAR


def weigh(one: Cluster, other: Cluster, table: Table) -> tuple[float, tuple[Reason, ...]]:
    """The sum of what all rules say of two clusters, and their reasons."""
    reasons = tuple(reason for judge in table.judges if (reason := judge(one, other)))
    return round(sum(reason.weight for reason in reasons), 6), reasons


Weighed = tuple[float, tuple[Reason, ...], Cluster]


class _Beside:
    """Which clusters may be one, as they are joined."""

    def __init__(self, clusters: list[Cluster], pairs: Iterable[tuple[Cluster, Cluster]]) -> None:
        self._rank = {cluster: number for number, cluster in enumerate(clusters)}
        self._taken: dict[Cluster, Cluster] = {}
        self._pairs: dict[Cluster, list[Cluster]] = defaultdict(list)
        for one, other in pairs:
            self._pairs[one].append(other)
            self._pairs[other].append(one)

    def paired(self) -> Iterable[Cluster]:
        """Those that have somebody beside them."""
        return self._pairs.keys()

    def rank(self, cluster: Cluster) -> int:
        """Its place in the first order."""
        return self._rank[cluster]

    def root(self, cluster: Cluster) -> Cluster:
        """The cluster that has taken it in, itself if none has."""
        while cluster in self._taken:
            cluster = self._taken[cluster]
        return cluster

    def others(self, cluster: Cluster) -> list[Cluster]:
        """Those that stand beside it now."""
        found = dict.fromkeys(self.root(other) for other in self._pairs[cluster])
        return [other for other in found if other is not cluster]

    def joined(self, small: Cluster, large: Cluster) -> None:
        """Note that `large` has taken `small` in."""
        self._taken[small] = large
        self._pairs[large] = list(dict.fromkeys((*self._pairs[large], *self._pairs[small])))


class Joiner:
    """Brings clusters together by tables of reasons, and notes the pairs that were decided only just."""

    def __init__(self) -> None:
        self.doubts: list[Doubt] = []

    def together(self, profiles: Iterable[Profile], table: Table) -> list[Cluster]:
        """Namesakes as clusters: each joins the cluster it fits best, or stands alone.

        Those with the most evidence come first, so that one without any joins the likeliest.
        """
        found: list[Cluster] = []
        for profile in sorted(profiles, key=lambda p: (-len(p.offices) - len(p.officers), p.local)):
            new = Cluster.of(profile)
            weighed = [(*weigh(new, cluster, table), cluster) for cluster in found]
            best = max(weighed, key=lambda each: each[0], default=None)
            if best and best[0] >= table.least:
                best[2].join(new, _told(best[1]))
            else:
                found.append(new)
            if best:
                self._note(new, best, table, best[0] >= table.least)
        return found

    def attach(
        self, loose: Iterable[Cluster], candidates: Callable[[Cluster], list[Cluster]], table: Table
    ) -> list[Cluster]:
        """Join each loose cluster to the one candidate that it clearly fits; those that fit none are given back.

        A join adds evidence, so the rest are tried again until nothing more fits.
        """
        rest = list(loose)
        while True:
            left: list[tuple[Cluster, Weighed | None]] = []
            for cluster in rest:
                others = [other for other in candidates(cluster) if other is not cluster]
                weighed = sorted(((*weigh(cluster, other, table), other) for other in others), key=lambda w: -w[0])
                clear = len(weighed) == 1 or (len(weighed) > 1 and weighed[0][0] >= weighed[1][0] + _CLOSE)
                if clear and weighed[0][0] >= table.least:
                    weighed[0][2].join(cluster, weighed[0][1])
                    self._note(cluster, weighed[0], table, True)
                else:
                    left.append((cluster, weighed[0] if weighed else None))
            if len(left) == len(rest):
                for cluster, best in left:
                    if best:
                        self._note(cluster, best, table, False)
                return rest
            rest = [cluster for cluster, _ in left]

    def families(
        self, clusters: list[Cluster], pairs: Iterable[tuple[Cluster, Cluster]], table: Table
    ) -> list[Cluster]:
        """Join the pairs that fit, those of few documents first; the larger side takes the smaller.

        Each join adds evidence, so the rest are tried again. What two others claim, one as well as the other, joins
        neither as long as these can only be two.
        """
        beside = _Beside(clusters, pairs)
        waiting = sorted(beside.paired(), key=lambda c: (len(c.documents), beside.rank(c)))
        again = True
        while again:
            again = False
            for cluster in waiting:
                weighed = self._weighed(cluster, beside, table)
                if not weighed or weighed[0][0] < table.least:
                    continue
                best = weighed[0][2]
                near = [w[2] for w in weighed[1:] if w[0] >= weighed[0][0] - _CLOSE]
                if near and not set(map(id, near)) <= set(map(id, beside.others(best))):
                    continue
                self._note(cluster, weighed[0], table, True)
                small, large = sorted((cluster, best), key=lambda c: (len(c.documents), -beside.rank(c)))
                large.join(small, weighed[0][1])
                beside.joined(small, large)
                again = True
        for cluster in waiting:
            if weighed := self._weighed(cluster, beside, table):
                self._note(cluster, weighed[0], table, False)
        return [cluster for cluster in clusters if beside.root(cluster) is cluster]

    def _weighed(self, cluster: Cluster, beside: _Beside, table: Table) -> list[Weighed]:
        """What a cluster that stands for itself weighs against those beside it, the likeliest first."""
        if beside.root(cluster) is not cluster:
            return []
        weighed = [(*weigh(cluster, other, table), other) for other in beside.others(cluster)]
        return sorted(weighed, key=lambda each: (-each[0], beside.rank(each[2])))

    def _note(self, new: Cluster, best: Weighed, table: Table, joined: bool) -> None:
        weight, reasons, cluster = best
        low, high = table.least - table.near, table.least + (_NEAR / 2 if joined else _NEAR)
        if low <= weight < high:
            one, other = sorted((new.first.local, cluster.first.local))
            self.doubts.append(Doubt(one, other, joined, weight, reasons))


def _told(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """What is worth telling of a join by name: the rest says it of every member."""
    return tuple(r for r in reasons if r.rule.startswith("same") or r.weight < 0)
