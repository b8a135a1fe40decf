"""Who met whom, when, where."""

from __future__ import annotations

from kg.find.meetings import attendance, lines
from kg.find.meetings.account import Account
from kg.find.meetings.accounts import read
from kg.find.meetings.cast import Cast
from kg.find.meetings.groups import Recent
from kg.find.meetings.lexicon import words
from kg.find.meetings.merge import merge
from kg.find.meetings.setting import Setting
from kg.find.meetings.venues import settle
from kg.find.referents import Referents
from kg.language.analysis import Analysis, Sentence
from kg.model import Bounds, Meeting, Reason, When

__all__ = ["find", "settle"]

# Sentences over which "they" and "the leaders" take up those who met.
NEAR = 2
# Sentences over which "the two leaders" do.
FAR = 5


def find(analysis: Analysis, who: Referents, times: tuple[When, ...]) -> tuple[Meeting, ...]:
    """The meetings that a document reports, each told once however many sentences report it."""
    accounts: list[Account] = []
    present = list(attendance.read(analysis, who, times))
    listed = {account.sentence: account for account in present}
    people = {entity.id for entity in who.entities.values() if entity.kind == "Person"}
    cast, setting = Cast(words()), Setting(analysis, who, times, words())
    for sentence in analysis.sentences:
        if analysis.kind_of(sentence) != "furniture":
            recent = cast.recent(sentence.number) or _recent(accounts, sentence.number)
            told = list(read(analysis, sentence, who, times, recent))
            lines.complete(analysis, sentence, told, who, times)
            for account in told:
                _all_of_them(account, accounts, sentence, who)
            for account in _carried(analysis, accounts[-1:], told):
                cast.fill(account, {entity.id for entity, _ in who.names_in(sentence.span)})
                cast.hear(account, people)
                setting.carry(account, accounts)
                accounts.append(account)
            if sentence.number in listed:
                cast.hear(listed[sentence.number], people)
    accounts.extend(present)
    published = analysis.document.bounds
    merged = merge(accounts)
    names = {id(account): f"m{n}" for n, account in enumerate(merged, 1)}
    return tuple(_meeting(account, names, published) for account in merged)


def _recent(accounts: list[Account], sentence: int) -> Recent:
    """Those who met by one of the last sentences, where they were several."""
    last = next((one for one in reversed(accounts) if not one.joins and len(one.participants) > 1), None)
    if last is None or sentence - last.sentence > FAR or len(last.participants) > 3 or last.gathering:
        return Recent()
    fresh = sentence - last.sentence <= NEAR
    several = fresh or len(last.participants) == 2
    return Recent(tuple(last.participants), fresh, last.subjects) if several else Recent()


def _carried(analysis: Analysis, before: list[Account], accounts: list[Account]) -> list[Account]:
    """ "He also held talks with C": an unknown "he" is the subject of the meeting told of just before."""
    for n, account in enumerate(accounts):
        told = accounts[n - 1 : n] if n else before
        if account.turn and told and told[0].subject:
            account.participants = [told[0].subject, *account.participants]
        sentence = analysis.sentences[account.sentence]
        if account.place is None and told and told[0].place and _there(analysis, sentence):
            account.place = told[0].place
        opening = analysis.sentence_tokens(sentence)[:3]
        near = [one for one in before if one.subject and account.sentence - one.sentence == 1]
        if (
            near
            and opening[0].text in account.unnamed
            and opening[0].lower in ("he", "she", "they")
            and opening[1].lower == "also"
        ):
            account.unnamed.remove(opening[0].text)
            account.participants = list(dict.fromkeys([str(near[0].subject), *account.participants]))
    return accounts


def _all_of_them(account: Account, before: list[Account], sentence: Sentence, who: Referents) -> None:
    """ "A said B and C were right, and they agreed to meet again": all who met before, where the others are named."""
    if not account.they or account.status not in ("Planned", "Proposed"):
        return
    here = {entity.id for entity, _ in who.names_in(sentence.span)}
    for known in reversed(before):
        missing = set(known.participants) - set(account.participants)
        if known.status == "Held" and set(account.participants) < set(known.participants) and missing <= here:
            account.participants = list(known.participants)
            return


def _there(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether a sentence says "there" of the place told of before."""
    return any(
        token.lower == "there" and token.tag == "RB" and token.dep != "expl"
        for token in analysis.sentence_tokens(sentence)
    )


def _meeting(account: Account, names: dict[int, str], published: Bounds) -> Meeting:
    when = account.when
    if when is None and account.status == "Held" and published.latest is not None:
        when = When("", None, Bounds(None, published.latest), "BoundedByPublication")
    return Meeting(
        names[id(account)],
        tuple(account.participants),
        account.status,
        tuple(dict.fromkeys(account.evidence)),
        tuple(account.hosts),
        tuple(account.unnamed),
        account.form,
        account.place,
        when,
        account.invited_by,
        names.get(id(account.visit)),
        reasons=(Reason("meeting word", 1.0, f"told by {account.cue!r}"),),
    )
