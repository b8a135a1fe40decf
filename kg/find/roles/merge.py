"""Claims into roles: one for each holder, title and body."""

from __future__ import annotations

from kg.find.roles.context import Claim, Context
from kg.model import Reason, Role, RoleStatus, Span

_RULES = {
    "before-name": "the office stands before the name",
    "before-names": "the office stands before the names",
    "after-name": "the office follows the name in apposition",
    "comma-name": "the name follows the office between commas",
    "letters": "letters of office stand beside the name",
    "brackets": "the office stands in brackets behind the name",
    "chain": "the office is joined to one that the person holds",
    "list": "a list of officers names the person",
    "copula": "the text says that the person is or was it",
    "verb": "a verb gives the office to the person",
    "leaving": "the person leaves the office",
    "holding": "the person is said to act as it",
    "following": "the person takes over the office",
    "followed": "somebody takes over the office from the person",
    "predecessor": "the person had the office before its holder",
    "successor": "the person has the office after its holder",
    "same-head": "the person leads the body that the office names",
    "description": "the description takes up the person named before",
    "unnamed": "the office acts without a name",
}


def merge(context: Context, claims: list[Claim]) -> tuple[Role, ...]:
    """One role for each holder, title and body, in order of place; short forms go into the full title."""
    groups: dict[tuple[str | None, str, str | None], list[Claim]] = {}
    for claim in sorted(claims, key=lambda one: (one.phrase.first, one.holder or "")):
        groups.setdefault((claim.holder, claim.title, claim.of), []).append(claim)
    for key in list(groups):
        if (fuller := _fuller(key, groups)) is not None:
            groups[fuller] += groups.pop(key)
    ordered = sorted(groups.items(), key=lambda item: min(one.phrase.first for one in item[1]))
    return tuple(_role(context, f"r{n}", key, group) for n, (key, group) in enumerate(ordered, 1))


def _fuller(
    key: tuple[str | None, str, str | None], groups: dict[tuple[str | None, str, str | None], list[Claim]]
) -> tuple[str | None, str, str | None] | None:
    """The key of the same office told more fully: with its body, or "foreign minister" for "minister"."""
    holder, title, of = key
    for other in groups:
        if other == key or other[0] != holder or (of is not None and other[2] != of):
            continue
        one, longer = title.replace("-", " "), other[1].replace("-", " ")
        if longer == one and of is None and (other[2] is not None or other[1] < title):
            return other
        if longer.endswith(" " + one) and not longer.startswith(("deputy", "vice", "shadow", "assistant", "acting")):
            return other
    return None


def _role(context: Context, name: str, key: tuple[str | None, str, str | None], group: list[Claim]) -> Role:
    best = max(group, key=lambda claim: (claim.weight, -claim.phrase.first))
    spans = dict.fromkeys(_sentence(context, claim) for claim in group)
    rules = {claim.rule: claim.weight for claim in group}
    reasons = tuple(Reason(rule, weight, _RULES[rule]) for rule, weight in rules.items())
    return Role(name, key[0], key[1], key[2], _status(group), best.phrase.span(context.analysis), tuple(spans), reasons)


def _status(group: list[Claim]) -> RoleStatus:
    """What the words say of the time; the last word where they differ, Current where nothing is said."""
    told = [claim.status for claim in group if claim.status is not None]
    return told[-1] if told else "Current"


def _sentence(context: Context, claim: Claim) -> Span:
    return context.analysis.sentences[context.tokens[claim.phrase.head].sentence].span
