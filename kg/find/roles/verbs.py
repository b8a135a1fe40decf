"""Offices that a verb gives or takes: "X is the leader", "was elected mayor", "resigned as chair"."""

from __future__ import annotations

from kg.find.offices import Phrase
from kg.find.roles.context import Claim, Context
from kg.language.analysis import Token
from kg.model import RoleStatus

_FAR = 16
_COMING = frozenset({"will", "would", "shall", "to", "could", "may", "might", "should", "’ll", "'ll"})


class Verbs:
    """Reads the verbs around role phrases."""

    def __init__(self, context: Context) -> None:
        self.context, self.tokens = context, context.tokens
        self.children = context.analysis.children

    def claims(self, taken: frozenset[int]) -> list[Claim]:
        """The claims of verbs for the phrases whose heads are not in `taken`."""
        found: list[Claim] = []
        for phrase in self.context.phrases:
            if phrase.head in taken or phrase.plural:
                continue
            found.extend(self._as(phrase) or self._linked(phrase))
        return found

    def _claim(self, phrase: Phrase, holder: str, status: RoleStatus | None, rule: str) -> Claim:
        return Claim(
            holder, phrase.title, phrase.of[0] if phrase.of else None, phrase.status or status, phrase, rule, 0.8
        )

    def _person(self, token: Token) -> str | None:
        """The one person that a subject or object denotes."""
        found = self.context.who.resolve(token)
        people = [one for one in found if self.context.entities[one].kind == "Person"]
        return people[0] if len(people) == 1 == len(found) else None

    def _dependent(self, verb: int, *relations: str) -> Token | None:
        return next((self.tokens[i] for i in self.children[verb] if self.tokens[i].dep in relations), None)

    def _coming(self, verb: Token) -> bool:
        first = max(self.context.start(verb.i), verb.i - 4)
        return any(self.tokens[i].lower in _COMING for i in range(first, verb.i)) or verb.tag == "VBG"

    def _governor(self, phrase: Phrase) -> Token:
        """The word of the title that the rest of the sentence hangs on."""
        head = self.tokens[phrase.head]
        while head.head != head.i and phrase.first <= head.head < phrase.last:
            head = self.tokens[head.head]
        return head

    def _linked(self, phrase: Phrase) -> list[Claim]:
        """ "X is the leader", "X became leader", "elected X leader"."""
        head, known = self._governor(phrase), self.context.words
        if (copula := self._dependent(head.i, "cop")) is not None:
            subject = self._dependent(head.i, "nsubj", "nsubj:outer")
            holder = self._person(subject) if subject else None
            if holder is None or (phrase.determiner in ("a", "an") and not phrase.of):
                return []
            status: RoleStatus | None = "Incoming" if self._coming(copula) else "Current"
            if copula.tag == "VBD":
                status = None if phrase.title.split()[-1] in known.vague else "Former"
            return [self._claim(phrase, holder, status, "copula")]
        if (
            head.dep == "nsubj"
            and phrase.determiner in ("the", "its", "'s", "their")
            and head.head in self.context.named
        ):
            cop = self._dependent(head.head, "cop")
            holder = self._person(self.tokens[head.head]) if cop else None
            return [self._claim(phrase, holder, None, "copula")] if holder else []
        if (elected := self._elected(head)) is not None:
            holder = self._person(elected)
            return [self._claim(phrase, holder, "Current", "verb")] if holder else []
        verb = self.tokens[head.head]
        if verb.i == head.i or head.dep not in ("xcomp", "obj", "obl", "iobj", "advcl", "ccomp", "dep"):
            return []
        if any(self.tokens[i].dep == "case" for i in self.children[head.i]):
            return []
        if verb.lemma in known.links or (verb.lemma in known.gives and self._dependent(verb.i, "nsubj:pass")):
            subject = self._dependent(verb.i, "nsubj", "nsubj:pass")
        elif verb.lemma in known.gives and head.dep != "obj":
            subject = self._dependent(verb.i, "obj")
        else:
            return []
        holder = self._person(subject) if subject and subject.i != head.i else None
        coming: RoleStatus = "Incoming" if self._coming(verb) else "Current"
        return [self._claim(phrase, holder, coming, "verb")] if holder else []

    def _elected(self, head: Token) -> Token | None:
        """The subject in "X was elected leader", where the parse takes the verb for an adjective of the office."""
        verb = next((self.tokens[i] for i in self.children[head.i] if self.tokens[i].tag == "VBN" and i < head.i), None)
        if verb is None or verb.lemma not in self.context.words.gives or self._dependent(verb.i, "aux:pass") is None:
            return None
        return None if self._coming(verb) else self._dependent(verb.i, "nsubj:pass")

    def _as(self, phrase: Phrase) -> list[Claim]:
        """ "resigned as leader", "the resignation of X as leader", "in her capacity as leader"."""
        i = phrase.left - 1
        first = self.context.start(phrase.head)
        if i < first or self.tokens[i].lower != "as":
            return []
        known = self.context.words
        for j in range(i - 1, max(first, i - _FAR) - 1, -1):
            word = self.tokens[j]
            lemma = word.lemma or word.lower
            if word.pos == "ADJ" or not lemma:
                continue
            if lemma in known.follows:
                return self._followed(phrase, word, i)
            if lemma in known.leaves and self._leaving(word):
                holder = self._around(word, i)
                status: RoleStatus = "Current" if word.pos == "VERB" and self._coming(word) else "Former"
                return [self._claim(phrase, holder, status, "leaving")] if holder else []
            if lemma in known.gives or lemma in known.holds:
                holder = self._around(word, i)
                if any(t.lemma in known.leaves and t.pos == "NOUN" for t in self.tokens[first : word.i]):
                    return [self._claim(phrase, holder, "Former", "leaving")] if holder else []
                gives = lemma in known.gives and self._coming(word) and word.tag != "VBG"
                return [self._claim(phrase, holder, "Incoming" if gives else None, "holding")] if holder else []
        return []

    def _leaving(self, word: Token) -> bool:
        """Whether "step" and "stand" are of leaving: with "down", "aside" or "back"."""
        if word.lemma not in ("step", "stand"):
            return True
        return word.i + 1 < len(self.tokens) and self.tokens[word.i + 1].lower in ("down", "aside", "back")

    def _followed(self, phrase: Phrase, verb: Token, stop: int) -> list[Claim]:
        subject = self._dependent(verb.i, "nsubj")
        left = self._dependent(verb.i, "obj", "nsubj:pass") or self._between(verb.i, stop)
        agent = self._dependent(verb.i, "obl:agent", "obl")
        comes = self._person(subject) if subject else self._person(agent) if agent else None
        goes = self._person(left) if left else None
        coming = self._coming(verb)
        found = []
        if comes and comes != goes:
            found.append(self._claim(phrase, comes, "Incoming" if coming else "Current", "following"))
        if goes and goes != comes:
            found.append(self._claim(phrase, goes, "Current" if coming else "Former", "followed"))
        return found

    def _between(self, after: int, stop: int) -> Token | None:
        """The first name of a person between a word and "as"."""
        for i in range(after + 1, stop):
            hit = self.context.named.get(i)
            if hit and hit[0].kind == "Person":
                return self.tokens[i]
        return None

    def _around(self, word: Token, stop: int) -> str | None:
        """Who leaves or holds: named between the word and "as", else its subject or possessor, else named before."""
        if (inside := self._between(word.i, stop)) is not None:
            return self._person(inside)
        subject = self._dependent(word.i, "nsubj", "nsubj:pass", "nmod:poss")
        if subject is None and word.dep in (
            "conj",
            "xcomp",
            "advcl",
            "ccomp",
            "obl",
            "nmod",
            "acl:relcl",
            "acl",
            "obj",
        ):
            subject = self._dependent(word.head, "nsubj", "nsubj:pass")
        if subject is not None:
            return self._person(subject)
        for i in range(word.i - 1, self.context.start(word.i) - 1, -1):
            hit = self.context.named.get(i)
            if hit and hit[0].kind == "Person":
                return hit[0].id
        return None
