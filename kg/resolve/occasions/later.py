"""Which planned meeting was held later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from kg.model import Local, Reason
from kg.resolve.occasions.account import Account, days_between, gap

_SEASON = 200
"""Days after which a plan without a date is taken to have come to nothing, or to something else."""


def held_later(accounts: list[Account]) -> Iterator[tuple[Local, tuple[Local, Reason]]]:
    """Each planned or proposed meeting with the account, in a later document, of its being held."""
    held: dict[str, list[Account]] = defaultdict(list)
    for account in accounts:
        if account.status == "Held":
            for who in account.who:
                held[who].append(account)
    for plan in accounts:
        if plan.status in ("Planned", "Proposed") and len(plan.who) > 1:
            fewest = min((held[who] for who in sorted(plan.who)), key=len)
            fitting = [account for account in fewest if _fulfils(plan, account)]
            if fitting:
                best = min(fitting, key=lambda a: (days_between(plan.published, a.published) or 0, a.local))
                names = ", ".join(sorted(plan.names[who] for who in plan.who)[:4])
                words = f"{plan.local.document} announces what {best.local.document} tells: {names}"
                yield plan.local, (best.local, Reason("held later", 0.8, words))


def _fulfils(plan: Account, held: Account) -> bool:
    """Whether a held meeting has all of a plan's participants, and its time can be the plan's."""
    if held.local.document == plan.local.document or not plan.who <= held.who:
        return False
    announced, told = plan.published.earliest, held.published.latest
    if not announced or not told or told < announced or gap(plan.bounds, held.bounds):
        return False
    if held.bounds.latest and held.bounds.latest < announced:
        return False
    dated = plan.bounds.latest is not None
    return (dated or told - announced <= timedelta(days=_SEASON)) and not (
        plan.where and held.where and plan.where.isdisjoint(held.where)
    )
