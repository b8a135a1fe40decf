"""Who met whom, when, where."""

from __future__ import annotations

from kg.find.meetings import attendance
from kg.find.meetings.accounts import Account, read
from kg.find.meetings.merge import merge
from kg.find.referents import Referents
from kg.language.analysis import Analysis
from kg.model import Bounds, Meeting, Reason, When


def find(analysis: Analysis, who: Referents, times: tuple[When, ...]) -> tuple[Meeting, ...]:
    """The meetings that a document reports, each told once however many sentences report it."""
    accounts: list[Account] = []
    for sentence in analysis.sentences:
        if analysis.kind_of(sentence) != "furniture":
            accounts.extend(read(analysis, sentence, who, times))
    accounts.extend(attendance.read(analysis, who, times))
    published = analysis.document.bounds
    return tuple(_meeting(f"m{n}", account, published) for n, account in enumerate(merge(accounts), 1))


def _meeting(name: str, account: Account, published: Bounds) -> Meeting:
    when = account.when
    if when is None and account.status == "Held" and published.latest is not None:
        when = When("", None, Bounds(None, published.latest), "BoundedByPublication")
    return Meeting(
        name,
        tuple(account.participants),
        account.status,
        tuple(dict.fromkeys(account.evidence)),
        tuple(account.hosts),
        tuple(account.unnamed),
        account.form,
        account.place,
        when,
        reasons=(Reason("meeting word", 1.0, f"told by {account.cue!r}"),),
    )
