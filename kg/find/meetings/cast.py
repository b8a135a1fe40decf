"""Who "the delegation", "the visitors", "the guest" and "his hosts" are: those of the visit told of last."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.find.meetings.account import Account
from kg.find.meetings.groups import Recent
from kg.find.meetings.lexicon import Lexicon

# Sentences over which a visit's people are spoken of as "the delegation" or "the guest".
REACH = 16
_PRONOUNS = frozenset(("they", "it"))
_ARTICLES = frozenset(("the", "his", "her", "their", "its", "this", "that", "all"))


@dataclass
class Cast:
    """The people of the last visit; filled as its accounts are read."""

    lists: Lexicon
    guests: list[str] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    panel: str | None = None
    sentence: int = -REACH - 1
    heard: int = -REACH - 1
    acted: int = -REACH

    def hear(self, account: Account, people: set[str]) -> None:
        """Takes in an account: a visit opens a new cast, company joins the one that is open; `people` are persons."""
        persons = [one for one in account.participants if one in people]
        if account.form == "hearing" and len(bodies := [i for i in account.participants if i not in people]) == 1:
            self.panel, self.heard = bodies[0], account.sentence
        if account.company and account.joins and self._open(account.sentence):
            self.guests += [one for one in persons if one not in self.guests and one not in self.hosts]
            self.sentence = account.sentence
        elif account.form == "visit" and account.status in ("Held", "Planned") and not account.joins:
            guests = [one for one in persons if one not in account.hosts]
            somewhere = account.place is not None or bool(account.hosts)
            if guests and somewhere and not (self._open(account.sentence) and set(guests) <= set(self.guests)):
                self.guests, self.hosts = guests, list(account.hosts)
                self.bodies = [one for one in account.participants if one not in people and one not in account.hosts]
                self.sentence = account.sentence
            self.hosts += [one for one in account.hosts if one not in self.hosts]

    def fill(self, account: Account, named: set[str]) -> None:
        """Gives an account the people of the visit whom its words take up; `named` are those its sentence names."""
        self._panel(account)
        if not self.guests or not self._open(account.sentence) or account.sentence == self.sentence:
            return
        if self.recent(account.sentence) is not None and set(self.guests) <= set(account.participants):
            self._add(account, self.guests)
        for words in tuple(account.unnamed):
            ids = self._meant(words, account)
            if ids and not set(ids) & set(account.hosts):
                account.unnamed.remove(words)
                self._add(account, ids)
        if set(self.bodies) & set(account.participants) - named:
            self._add(account, self.guests)

    def _panel(self, account: Account) -> None:
        """ "Earlier the MPs heard from A": the committee of the hearing told of before."""
        if self.panel is None or account.sentence - self.heard > REACH or account.form not in ("hearing", "meeting"):
            return
        for words in tuple(account.unnamed):
            parts = words.lower().split()
            if len(parts) <= 2 and parts[0] in ("the", *parts[-1:]) and parts[-1] in self.lists.sets["panelists"]:
                account.unnamed.remove(words)
                account.participants = list(dict.fromkeys([self.panel, *account.participants]))

    def recent(self, sentence: int) -> Recent | None:
        """The people of the visit, where the last sentence told of what they did."""
        several = len(self.guests) > 1 and sentence - self.acted == 1
        return Recent(tuple(self.guests)) if several else None

    def _meant(self, words: str, account: Account) -> list[str]:
        parts = words.lower().split()
        if parts[0] in _PRONOUNS:
            return self.guests if len(parts) == 1 and account.sentence - self.acted <= 1 else []
        bare = parts[-1] == "members"
        if parts[0] not in _ARTICLES and not bare:
            return []
        if any(word in ("of", "from", "for", "to") for word in parts):
            return []
        if parts[-1] in self.lists.sets["received"] or parts[1:2] == ["visiting"] or bare:
            several = parts[-1].endswith("s") or parts[-1] in self.lists.sets["deputations"]
            return self.guests if several or len(self.guests) == 1 else self.guests[:1]
        return self.hosts if parts[-1] in self.lists.sets["receivers"] else []

    def _add(self, account: Account, ids: list[str]) -> None:
        account.participants = list(dict.fromkeys([*ids, *account.participants]))
        account.filled = True
        if ids is self.guests:
            self.acted = self.sentence = account.sentence

    def _open(self, sentence: int) -> bool:
        return sentence - self.sentence <= REACH
