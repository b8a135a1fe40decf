"""How well who is who and which meeting is which are told across documents: a made corpus with known truth.

    python tests/bench/identities.py [1000] [10000] [--seed N] [--errors]

Prints precision and recall over pairs (of all pairs of records that are put together, how many are one; of all that
are one, how many are put together) for people, bodies and places, meetings, plans held later and near-copies; then
the processor time of resolution a document, and the ratio of the largest to the smallest. What makes the corpus hard
stands in `made/world.py` and `made/papers.py`.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from made.papers import Corpus, papers

from kg.model import Facts, Local
from kg.resolve import resolve
from kg.resolve.copies import signed


def pairs(truth: Mapping[Local, Hashable], found: Mapping[Local, Hashable]) -> tuple[float, float]:
    """Precision and recall over pairs of records."""

    def count(labels: Mapping[Hashable, int]) -> int:
        return sum(n * (n - 1) // 2 for n in labels.values())

    right = count(Counter((truth[local], found[local]) for local in truth))
    made, wanted = count(Counter(found[local] for local in truth)), count(Counter(truth.values()))
    return right / made if made else 1.0, right / wanted if wanted else 1.0


def each(truth: Mapping[Local, Hashable], found: Mapping[Local, Hashable]) -> tuple[float, float]:
    """Precision and recall averaged over records (B-cubed), in which the often named weigh no more than others."""
    both = Counter((truth[local], found[local]) for local in truth)
    made, wanted = Counter(found[local] for local in truth), Counter(truth.values())
    precision = sum(both[truth[x], found[x]] / made[found[x]] for x in truth) / len(truth)
    return precision, sum(both[truth[x], found[x]] / wanted[truth[x]] for x in truth) / len(truth)


def sets(truth: set[Hashable], found: set[Hashable]) -> tuple[float, float]:
    """Precision and recall of one set against another."""
    right = len(truth & found)
    return right / len(found) if found else 1.0, right / len(truth) if truth else 1.0


def measured(corpus: Corpus, facts: Facts) -> dict[str, tuple[float, float]]:
    """Every figure."""
    who = {local: (identity.kind, identity.key) for local, identity in facts.identity_of.items()}
    met = {local: occasion.key for occasion in facts.occasions for local in occasion.accounts}
    later = {
        (corpus.meetings[local], corpus.meetings[occasion.held_later])
        for occasion in facts.occasions if occasion.held_later for local in occasion.accounts
    }  # fmt: skip
    return {
        "people": pairs(corpus.people, who),
        "people, each record alike": each(corpus.people, who),
        "bodies and places": pairs(corpus.bodies, who),
        "meetings": pairs(corpus.meetings, met),
        "meetings, each record alike": each(corpus.meetings, met),
        "planned, then held": sets(set(corpus.later), set(later)),
        "near-copies": sets(set(corpus.copies), {(c, s.documents[0]) for s in facts.stories for c in s.documents[1:]}),
    }


def shared(corpus: Corpus) -> float:
    """The part of the people one of whose full names stands in the papers for somebody else too."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for one in corpus.findings:
        for entity in one.entities:
            if entity.kind == "Person" and " " in entity.name:
                bearers[entity.name].add(corpus.people[Local(one.document.slug, entity.id)])
    several = {human for those in bearers.values() if len(those) > 1 for human in those}
    return len(several) / len(set(corpus.people.values()))


def errors(corpus: Corpus, facts: Facts, most: int = 40) -> None:
    """Identities that hold several people, and people torn apart, the costliest first."""
    names = {Local(one.document.slug, e.id): e.name for one in facts.findings for e in one.entities}
    for title, by, other in (("one for several", 0, 1), ("several for one", 1, 0)):
        groups: dict[Hashable, dict[Hashable, list[Local]]] = defaultdict(lambda: defaultdict(list))
        for local, truth in corpus.people.items():
            pair = (facts.identity_of[local].key, truth)
            groups[pair[by]][pair[other]].append(local)
        bad = [(key, parts) for key, parts in groups.items() if len(parts) > 1]
        bad.sort(key=lambda g: sum(len(x) ** 2 for x in g[1].values()) - sum(map(len, g[1].values())) ** 2)
        print(f"\n{title}: {len(bad)}")
        for key, parts in bad[:most]:
            shown = (f"{k} {len(v)}× {', '.join(sorted({names[x] for x in v})[:3])}" for k, v in parts.items())
            print(f"  {key}: " + " | ".join(shown))


def wrong_meetings(corpus: Corpus, facts: Facts, most: int = 20) -> None:
    """Occasions that hold accounts of several meetings, and meetings torn apart, the costliest first."""
    told = {Local(one.document.slug, m.id): (one.document, m) for one in facts.findings for m in one.meetings}
    met = {local: occasion.key for occasion in facts.occasions for local in occasion.accounts}
    for title, by, other in (
        ("occasions of several meetings", met, corpus.meetings),
        ("meetings of several occasions", corpus.meetings, met),
    ):
        groups: dict[str, list[Local]] = defaultdict(list)
        for local in sorted(corpus.meetings):
            groups[by[local]].append(local)
        bad = [(len(g) ** 2 - sum(n * n for n in Counter(other[x] for x in g).values()), k) for k, g in groups.items()]
        print(f"\n{title}: {sum(cost // 2 for cost, _ in bad)} pairs")
        for cost, key in sorted(bad, reverse=True)[:most]:
            if not cost:
                break
            print(f"  {key}")
            for local in groups[key]:
                document, meeting = told[local]
                days = "..".join(str(day or "") for day in meeting.when.bounds) if meeting.when else "no date"
                people, place = len(meeting.participants), meeting.place and facts.identity_of[
                    Local(local.document, meeting.place)].key  # fmt: skip
                print(f"    {other[local]}: {local.document} of {document.published}: {days}, "
                      f"{meeting.form}, {place}, {people} named")  # fmt: skip


def main() -> None:
    """Make, resolve and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[1000, 10000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    resolve(papers(300).findings)
    cost = {}
    for size in given.sizes:
        corpus = papers(size, given.seed)
        began = time.process_time()
        findings = list(map(signed, corpus.findings))
        signing = (time.process_time() - began) / size
        began = time.process_time()
        facts = resolve(findings)
        cost[size] = (time.process_time() - began) / size
        humans, records = len(set(corpus.people.values())), len(corpus.people)
        print(f"{size} documents: {records} names of {humans} people, {len(corpus.meetings)} accounts of "
              f"{len(set(corpus.meetings.values()))} meetings; {cost[size] * 1000:.2f} ms a document, "
              f"and {signing * 1000:.2f} once for its signature")  # fmt: skip
        print(f"  {shared(corpus):.1%} of the people bear a full name that somebody else bears")
        for name, (precision, recall) in measured(corpus, facts).items():
            print(f"  {name:28} precision {precision:.4f}  recall {recall:.4f}")
        if given.errors:
            errors(corpus, facts)
            wrong_meetings(corpus, facts)
    if len(cost) > 1:
        print(f"time a document, {max(cost)} against {min(cost)}: {cost[max(cost)] / cost[min(cost)]:.2f}")
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
