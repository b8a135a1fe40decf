"""Step 4: findings of all documents in, facts out: who is who, which meeting is which, who held what when.

    resolve(findings)                    decided anew, whatever the order of the documents
    resolve(findings, held)              the same, but no namesake takes away a key that a store holds
    resolve(findings, held, judgements)  the same, but what people decided beats every rule
    decided(judgements, findings)        what those judgements join and part, and which speak of nothing that is there

It goes by stages. Each looks at one record or one group of them and at small tables over all, so that one machine
decides anew only the groups that changed (`known`), and a cluster shuffles records by group and runs the same
functions:

    stage            from                     a pure function of                gives
    brief            findings                 one document: `brief.brief`       Brief, all that resolution keeps
    small tables     briefs                   sums over documents: `Census`,    how common names are, where publishers
                                              `publishers.homes`                are at home
    near-copies      briefs by `copies.bands` pairs in one band: `shared`       Story (`copies.stories`)
    groups of names  briefs by kin, letters   `groups.person_groups` (pairs in  Group: names that bear on each other;
                                              one block: `near`), `body_groups`, no rule looks from one to another
                                              `place_groups`
    who is who       profiles of a group      one group: `identities.decide`    Known (members, natural key), doubts
    keys             Known by kind and key    all that want one key: `assign`   Identity (`identities.identities`)
    accounts         briefs, identities       one document, `Atlas` of places   Account (`occasions.account.accounts`)
    pairs            accounts by block        one block: `pairs.keys`, `near`   Pair with its weight, each once
    meetings         pairs by `grouped`       one group: `occasions.decide`     Meets (accounts that are one), doubts
    occasions        accounts, Meets          all that want one key             Occasion (`occasions.occasions`), plans
                                                                                held later by who took part
    offices          roles by `office_group`  one office: `offices.office`      Office, tenures in order
    likely           roles by title           one title: `offices.likely_of`    Likely holders of unnamed offices

`who.Names` joins briefs and small tables for the groups of names: `digest` tells whether a group is as it was,
`profiles` what its decision needs. The order of records in a group is that of documents' slugs and of names in them.

The reasons and their weights stand in `reasons`; every identity, occasion and likely identity carries those
that decided it, and `Facts.doubts` lists the pairs that were decided only just.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from kg.collector import paused
from kg.judgements import NONE, Judgements
from kg.model import Doubt, Facts, Findings, Local
from kg.resolve.brief import Brief, brief
from kg.resolve.copies import by_document, stories
from kg.resolve.decisions import Decisions
from kg.resolve.identities import Known, Verdicts, decide, identities, joined
from kg.resolve.judged import UNDECIDED, Decided, decided
from kg.resolve.keys import Held
from kg.resolve.occasions import Meets, grouped, occasions
from kg.resolve.occasions import decide as decide_meetings
from kg.resolve.occasions.account import accounts
from kg.resolve.occasions.pairs import paired
from kg.resolve.offices import likely, offices, tellings
from kg.resolve.who import Names

__all__ = ["Before", "Brief", "Decisions", "Held", "brief", "concluded", "decided", "resolve"]


def resolve(findings: Iterable[Findings], held: Held | None = None, judgements: Judgements = NONE) -> Facts:
    """What all documents say together, in the order of their slugs.

    Of the judgements only the pairs bear here: rejected and corrected facts are to be mended in the findings before.
    """
    ordered = tuple(sorted(findings, key=lambda one: one.document.slug))
    texts = {one.document.slug: one.document.text for one in ordered}
    with paused():
        known = Before(held or {}, decided(judgements, ordered))
        return replace(concluded(tuple(map(brief, ordered)), texts.__getitem__, known), findings=ordered)


@dataclass(frozen=True, slots=True)
class Before:
    """What is known before documents are joined: the keys in use, what people decided, what was decided of groups."""

    held: Held = field(default_factory=dict)
    people: Decided = UNDECIDED
    decisions: Decisions | None = None


def concluded(briefs: Sequence[Brief], text: Callable[[str], str], before: Before) -> Facts:
    """The same from briefs, in the order of their slugs, and without the findings; `text` gives a document's text.

    Groups of names of which a decision is known are not decided again.
    """
    people = before.people
    told_again = stories(briefs, text)
    copies = by_document(told_again)
    names = Names(briefs, people, copies)
    doubts: list[Doubt] = []
    known: list[Known] = []
    for verdicts in _decided(names, before.decisions):
        known.extend(verdicts.known)
        doubts.extend(verdicts.doubts)
    found = identities(joined(known, people, names.profiles), before.held, names.starts())
    who = {local: identity for identity in found for local in identity.members}
    told = accounts(briefs, who, copies)
    meets: list[Meets] = []
    for meetings in grouped(told, paired(told), people):
        met = decide_meetings(meetings, people)
        meets.extend(met.meets)
        doubts.extend(met.doubts)
    held_by = list(tellings(briefs, who))
    return Facts(
        (),
        found,
        occasions(told, before.held, meets),
        offices(held_by),
        likely(held_by),
        who,
        _open(doubts, people),
        stories=told_again,
        wishes={one.slug: one.wishes for one in briefs},
        titles=frozenset(post.title for one in briefs for post in one.posts),
    )


def _decided(names: Names, decisions: Decisions | None) -> Iterator[Verdicts]:
    """What is decided of each group."""
    for sort, group in names.groups():
        locals_ = [record.local for record in group]
        if decisions is None:
            yield decide(sort, names.profiles(locals_))
        else:
            yield decisions.of(names.digest(sort, group), partial(_decide, sort, names, locals_))


def _decide(sort: str, names: Names, locals_: list[Local]) -> Verdicts:
    return decide(sort, names.profiles(locals_))


def _open(doubts: Iterable[Doubt], people: Decided = UNDECIDED) -> tuple[Doubt, ...]:
    """The doubts that nobody has decided, each pair once, the least certain first."""
    settled = {frozenset(pair[:2]) for pair in people.same}
    settled |= {frozenset((one, other)) for one, others in people.apart.items() for other in others}
    found = {(d.one, d.other): d for d in doubts if frozenset((d.one, d.other)) not in settled}
    return tuple(sorted(found.values(), key=lambda d: (d.joined, -d.weight, d.one, d.other)))
