"""What a text brings up, in order: names, common nouns for people and bodies, with their part in the sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Literal, NamedTuple

from kg.find.offices import Named, Phrase
from kg.find.offices import words as office_words
from kg.find.referents.vocabulary import Gender, words
from kg.language.analysis import Analysis, Token
from kg.model import Entity

Sort = Literal["person", "body", "place", "group", "thing"]
_SUBJECTS = ("nsubj", "nsubj:pass")
_JOINED = ("conj", "appos", "flat", "nmod:desc", "compound")
_SUBORDINATE = ("advcl", "acl", "ccomp", "csubj")
_REACH = 60
# Words of an office between a comma and the name of who holds it.
_TITLE = 6
_PLURALS = ("NNS", "NNPS")


class Event(NamedTuple):
    """Somebody or something brought up at token `i`; `ids` is empty where no name is known.

    `subject` weighs its part in the sentence: 1.5 for the subject of a main clause, less for others.
    `step` counts the sentences of narrative before it, quoted ones left out; `quote` is the quotation
    that holds it, -1 outside; `root` the token that a pronoun takes up in the end.
    """

    i: int
    sort: Sort
    ids: tuple[str, ...]
    gender: Gender
    subject: float
    step: int
    quote: int
    pronoun: bool = False
    root: int = -1

    @property
    def thing(self) -> tuple[str, ...] | int:
        """What two events share when they are of one thing: the names, else the first words for it."""
        return self.ids or (self.root if self.root >= 0 else self.i)


class Scene:
    """Where tokens stand: heads of names, quotations, steps of narrative, genders of people."""

    def __init__(self, analysis: Analysis, entities: Mapping[str, Entity], named: Named) -> None:
        self.analysis, self.entities, self.named = analysis, entities, named
        self.quote = self._quotes()
        self.step = self._steps()
        self.heads = self._heads()
        self.order = sorted(self.heads)
        self.beside: dict[int, tuple[str, ...]] = {}
        self.gender = {entity.id: self._gender(entity) for entity in entities.values() if entity.kind == "Person"}

    def named_before(self, i: int) -> list[int]:
        """The heads of the last names before token `i`, in order."""
        end = bisect_left(self.order, i)
        return self.order[max(0, end - _REACH) : end]

    def _quotes(self) -> list[int]:
        within = [-1] * len(self.analysis.tokens)
        for quotation in self.analysis.quotations:
            if quotation.parent is None:
                for segment in quotation.segments:
                    for token in self.analysis.tokens_in(segment.span):
                        within[token.i] = quotation.index
        return within

    def _steps(self) -> list[int]:
        steps, step = [], 0
        for sentence in self.analysis.sentences:
            steps.append(step)
            outside = sum(self.quote[i] < 0 for i in range(sentence.first, sentence.last))
            step += outside > 2
        return steps

    def _heads(self) -> dict[int, Entity]:
        """The governing token of each name; who wrote the article is nobody that it speaks of."""
        found: dict[int, Entity] = {}
        apart = {n for n, one in enumerate(self.analysis.sentences) if self.analysis.kind_of(one) == "furniture"}
        for i, (entity, mention) in self.named.items():
            if self.analysis.tokens[i].sentence in apart:
                continue
            head = self.analysis.tokens[i].head
            within = head != i and self.named.get(head, (None, None))[1] is mention
            follower = self.named.get(i + 1, (None, None))[1] is mention
            if not within and (self.analysis.tokens[i].dep or not follower):
                found[i] = entity
        return found

    def _gender(self, entity: Entity) -> Gender:
        known = words()
        for mention in entity.mentions:
            tokens = self.analysis.tokens_in(mention.span)
            first = tokens[0].i if tokens else 0
            for i in range(max(0, first - 2), first):
                if gender := known.gender.get(self.analysis.tokens[i].lower):
                    return gender
        return next((known.names[part] for part in entity.name.split() if part in known.names), "")

    def subject(self, token: Token) -> float:
        """How much a token is a subject: 1.5 of a main clause, 0.9 of another, 0.6 joined to one, 0 not at all."""
        if not token.dep:
            return 1.5 if self.is_subject(token) else 0.0
        if token.dep in _SUBJECTS:
            verb = self.analysis.tokens[token.head]
            return 0.9 if verb.dep.startswith(_SUBORDINATE) else 1.5
        if token.dep == "root" and token.pos in ("NOUN", "PROPN"):
            return 1.0
        head = self.analysis.tokens[token.head]
        if token.dep in _JOINED and head.dep in (*_SUBJECTS, "root") and head.i != token.i:
            return 0.6 if token.dep == "conj" else self.subject(head)
        return 1.0 if token.i in self.heads and self._opens(token) else 0.0

    def _opens(self, token: Token) -> bool:
        """Whether a name is the first of its sentence's words."""
        mention = self.named[token.i][1]
        first = self.analysis.sentences[token.sentence].first
        while first < token.i and self.analysis.tokens[first].text in office_words().honorifics:
            first += 1
        return self.analysis.tokens[first].start == mention.span.start

    def is_subject(self, token: Token) -> bool:
        """Whether the token is the subject of its clause, or joined to one that is."""
        if token.dep in _SUBJECTS:
            return True
        if token.dep in _JOINED and token.head != token.i:
            return self.analysis.tokens[token.head].dep in _SUBJECTS
        return not token.dep and token.i <= self.analysis.sentences[token.sentence].first + 2

    def events(self, offices: Mapping[int, Phrase]) -> list[Event]:
        """Every event in order of place, pronouns left out."""
        found: list[Event] = []
        for token in self.analysis.tokens:
            if (entity := self.heads.get(token.i)) is not None:
                sort: Sort = "person" if entity.kind == "Person" else "place" if entity.kind == "Place" else "body"
                found.append(self.event(token, sort, (entity.id,), self.gender.get(entity.id, "")))
                found.extend(self._joined(token))
            elif token.i not in self.named and (common := self._common(token, offices.get(token.i))):
                found.append(common)
        return found

    def of_name(self, office: Phrase | None) -> str | None:
        """The person whose name stands right behind an office, or before it with a comma."""
        if office is None or office.plural:
            return None
        tokens = self.analysis.tokens
        i = office.right + (
            office.right < len(tokens) and tokens[office.right].text == "," and office.determiner != "a"
        )
        apposed = i > office.right
        while i < len(tokens) and tokens[i].text in office_words().honorifics:
            i += 1
        if apposed:
            i = self._second_office(i)
        before = office.left - 2 if office.left > 1 and tokens[office.left - 1].text == "," else -1
        if office.title in office_words().letters:
            before = office.left - 1
        for at in (before, i):
            if at >= 0 and (hit := self.named.get(at)) and hit[0].kind == "Person":
                near = tokens[at].sentence == tokens[office.head].sentence
                return hit[0].id if near else None
        return None

    def _second_office(self, i: int) -> int:
        """The name behind another office of the same person ("its chairman, Labour MP X"); `i` where there is none."""
        tokens = self.analysis.tokens
        for at in range(i, min(i + _TITLE, len(tokens))):
            hit = self.named.get(at)
            if hit is not None and hit[0].kind == "Person":
                return at
            if tokens[at].tag[:2] not in ("NN", "JJ") and not (hit is not None and hit[0].kind != "Place"):
                return i
        return i

    def event(self, token: Token, sort: Sort, ids: tuple[str, ...], gender: Gender = "") -> Event:
        """The event at a token."""
        return Event(token.i, sort, ids, gender, self.subject(token), self.step[token.sentence], self.quote[token.i])

    def joined_to(self, i: int) -> list[int]:
        """The heads of the names that a list goes on with behind a name, also where the parse takes one for apposed."""
        found: list[int] = []
        person = self.heads[i].kind == "Person"
        for child in (*self.analysis.children[i], *self._of_title(i)):
            name = self._named_by(child) if child > i else None
            dep = self.analysis.tokens[child].dep
            apposed = dep == "appos" and person and name == child and self.heads[child].kind == "Person"
            if name is not None and (dep == "conj" or apposed):
                found.append(name)
                found += self.joined_to(name) if apposed else []
        return found

    def _of_title(self, i: int) -> tuple[int, ...]:
        """What is joined to the title before a name, where the parse has the name depend on it ("Rabbi X")."""
        token = self.analysis.tokens[i]
        beside = token.dep in _JOINED and 0 < i - token.head < _TITLE and token.head not in self.named
        return self.analysis.children[token.head] if beside else ()

    def _named_by(self, i: int) -> int | None:
        """The head of a name, or of the name that depends on a title."""
        if i in self.heads:
            return i
        below = (n for n in self.analysis.children[i] if n in self.heads and 0 < n - i < _TITLE)
        return next((n for n in below if self.analysis.tokens[n].dep in _JOINED), None)

    def _joined(self, token: Token) -> list[Event]:
        """The group that a name and the names joined to it make, brought up with its first name."""
        members = [self.heads[i].id for i in self.joined_to(token.i)]
        return [self.event(token, "group", (self.heads[token.i].id, *members))] if members else []

    def _common(self, token: Token, office: Phrase | None) -> Event | None:
        if token.pos not in ("NOUN", "PROPN") or token.text in office_words().honorifics:
            return None
        if (named := self.of_name(office)) is not None:
            self.beside[token.i] = (named,)
            return self.event(token, "person", (named,), self.gender.get(named, ""))
        known = words()
        if token.tag in _PLURALS:
            plural = token.lower in known.groups or token.text in known.groups or office is not None
            return self.event(token, "group" if plural else "thing", ()) if plural or self.is_subject(token) else None
        if (office is not None and not office.plural) or token.lower in known.persons or token.lower in known.gender:
            return self.event(token, "person", (), known.gender.get(token.lower, ""))
        if token.lower in known.bodies:
            return self.event(token, "body", ())
        return self.event(token, "thing", ()) if self.is_subject(token) else None
