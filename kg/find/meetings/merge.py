"""One meeting told in several sentences becomes one record."""

from __future__ import annotations

from kg.find.meetings.account import Account
from kg.model import UNBOUNDED, Bounds, When

# Forms that say how people met, and keep two accounts apart; the others say only that they met.
_APART = frozenset(("dinner", "call", "hearing"))
# Forms that "the meeting" or "the talks" may take up.
_GENERAL = frozenset(("meeting", "talks"))
_TAKEN_UP = frozenset(("meeting", "talks", "conference", "hearing", "reception"))
# Verbs of a stay: it tells where what is told beside it took place.
_STAYING = frozenset(("is", "was", "are", "were", "been"))
# Sentences over which company ("she was accompanied by C") belongs to the meeting told of last.
NEAR = 2
# Sentences over which a meeting is still spoken of as "the meeting".
REACH = 20
# Sentences over which meetings are told of as part of a visit.
VISIT_REACH = 6


def merge(accounts: list[Account]) -> list[Account]:
    """The meetings that the accounts tell of, in order of their first telling."""
    meetings: list[Account] = []
    for account in sorted(accounts, key=lambda one: one.sentence):
        if account.joins:
            host = _joined(meetings, account)
            if host is not None and account.away:
                continue
            if host is not None:
                absorb(host, account)
            elif not account.needs:
                meetings.append(account)
            continue
        fitting = [
            known
            for known in meetings
            if (fits(known, account) and not _better(known, account, accounts)) or _same_visit(known, account)
        ]
        if fitting:
            best = max(
                fitting,
                key=lambda known: (
                    len(set(known.participants) & set(account.participants)),
                    known.place is not None and known.place == account.place,
                    -abs(known.sentence - account.sentence),
                ),
            )
            absorb(best, account)
        else:
            meetings.append(account)
    meetings = [meeting for meeting in meetings if meeting.participants]
    _on_visits(meetings)
    return meetings


def _on_visits(meetings: list[Account]) -> None:
    """Whoever meets others on a visit does so at its place and in its days, unless the text says otherwise."""
    for visit in meetings:
        if visit.form != "visit" or visit.place is None or visit.status not in ("Held", "Planned"):
            continue
        if visit.when is None and visit.status == "Held" and visit.cue in _STAYING:
            _place_beside(visit, meetings)
        guests = set(visit.participants) - set(visit.hosts)
        for meeting in meetings:
            near = 0 <= meeting.first - visit.first <= VISIT_REACH and meeting.status == visit.status
            if not near or meeting is visit or len(meeting.participants) < 2 or not guests & set(meeting.participants):
                continue
            if meeting.form != "visit" and meeting.place in (None, visit.place) and _days_fit(visit.when, meeting.when):
                meeting.visit = visit
            if meeting.place in (None, visit.place) and meeting.when is None and visit.when is not None:
                meeting.place, meeting.when = visit.place, visit.when


def _place_beside(visit: Account, meetings: list[Account]) -> None:
    """ "A met B today. B was in Oslo as part of a delegation": the sentence beside a meeting tells where it was."""
    for meeting in meetings:
        beside = abs(meeting.sentence - visit.first) == 1 or abs(meeting.first - visit.first) == 1
        shared = set(visit.participants) & set(meeting.participants)
        if beside and shared and meeting.status == "Held" and meeting.place is None and len(meeting.participants) > 1:
            meeting.place = visit.place


def _joined(meetings: list[Account], account: Account) -> Account | None:
    """The meeting told of before that "the talks" or a list of those present takes up."""
    if account.participants:
        for known in meetings:
            if account.evidence[0] in known.evidence and set(known.participants) & set(account.participants):
                return known
    for known in reversed(meetings):
        if account.sentence - known.sentence > REACH:
            continue
        if known.form != account.form and not _taken_up(known, account):
            continue
        if account.company and account.sentence - known.sentence > NEAR:
            return None
        if account.led and not set(account.led) & set(known.participants):
            continue
        if known.status != account.status and account.status not in ("Cancelled", "Denied"):
            continue
        if account.participants and not account.adds and not set(known.participants) & set(account.participants):
            continue
        if known.place and account.place and known.place != account.place:
            continue
        if _days_fit(known.when, account.when):
            return known
    return None


def _better(known: Account, account: Account, accounts: list[Account]) -> bool:
    """Whether a title names two of whom another sentence tells, and this one of other company."""
    wanted = set(known.participants)
    if not known.headline or len(wanted) != 2 or wanted <= set(account.participants):
        return False
    if len(account.participants) < 2:
        return False
    return any(wanted <= set(one.participants) for one in accounts if one.sentence > account.sentence)


def _same_visit(known: Account, account: Account) -> bool:
    """ "A visit of a delegation is planned. This delegation will spend time with B": one visit."""
    near = known.form == "visit" and account.sentence - known.sentence == 1 and account.deputed
    return near and known.status == account.status and bool(set(known.participants) & set(account.participants))


def _taken_up(known: Account, account: Account) -> bool:
    """Whether a word for a meeting in general ("the talks") can mean one of the form told of."""
    met = known.form in ("visit", "dinner", *(("call",) if account.company else ())) and (
        len(known.participants) + len(known.unnamed) > 1 or known.gathering
    )
    return account.form in _GENERAL and (known.form in _TAKEN_UP or met)


def fits(known: Account, account: Account) -> bool:
    """Whether two accounts can tell of one meeting."""
    ours, theirs = set(known.participants), set(account.participants)
    shared = ours & theirs
    if not shared or known.sentence == account.sentence:
        return False
    smaller = min(len(ours), len(theirs))
    if known.form == account.form == "visit" and known.place and known.place == account.place:
        return known.status == account.status and _days_fit(known.when, account.when)
    title = (known.headline or account.headline) and smaller == 2 and abs(known.sentence - account.sentence) <= 3
    if len(shared) < smaller and not title and not (len(shared) >= 2 and len(shared) * 2 >= smaller):
        return False
    if smaller == 1 and len(ours | theirs) > 1 and not (account.headline or known.headline or known.gathering):
        return False
    if known.form != account.form and (known.form in _APART or account.form in _APART):
        return False
    if (account.more or (known.filled and account.filled)) and ours - theirs and theirs - ours:
        return False
    another = account.form != "visit" or (account.filled and bool(account.hosts))
    if known.form == "visit" and another and ours < theirs and smaller > 1 and not title:
        return False
    if (
        (known.form == "visit") != (account.form == "visit")
        and smaller == 1
        and not (known.headline or account.headline)
    ):
        return False
    reported = {known.status, account.status} == {"Held", "Denied"}
    if known.status != account.status and not (known.headline or account.headline or reported):
        return False
    if known.place and account.place and known.place != account.place and not (known.headline or account.headline):
        return False
    return _days_fit(known.when, account.when)


def _days_fit(one: When | None, other: When | None) -> bool:
    a, b = (when.bounds if when else UNBOUNDED for when in (one, other))
    if one is not None and other is not None and UNBOUNDED in (a, b):
        return a == b and one.text.lower() == other.text.lower()
    return _before(a, b) and _before(b, a)


def _before(a: Bounds, b: Bounds) -> bool:
    return a.earliest is None or b.latest is None or a.earliest <= b.latest


def absorb(known: Account, account: Account) -> None:
    """Adds to a meeting what another sentence tells of it; the fuller telling stands first."""
    richer = len(account.participants) > len(known.participants) or (known.headline and not account.headline)
    known.evidence = account.evidence + known.evidence if richer else known.evidence + account.evidence
    known.participants = list(dict.fromkeys(known.participants + account.participants))
    known.hosts = list(dict.fromkeys(known.hosts + account.hosts))
    known.unnamed = list(dict.fromkeys(known.unnamed + account.unnamed))
    known.place = account.place or known.place if known.headline else known.place or account.place
    known.invited_by = known.invited_by or account.invited_by
    known.gathering = known.gathering or (account.gathering and len(account.participants) > 1)
    if account.joins and account.status == "Cancelled":
        known.status = account.status
    if known.when is None or (account.when is not None and known.when.bounds == UNBOUNDED):
        known.when = account.when
    if {known.status, account.status} == {"Held", "Denied"}:
        known.status = "Held"
    elif known.headline and not account.headline:
        known.status, known.headline = account.status, False
    if known.form == "meeting":
        known.form = account.form
    known.sentence = max(known.sentence, account.sentence)
