"""Whom a word denotes: a name, a pronoun ("he"), an office ("the Labour leader"), a group ("the delegation").

The one place in which meetings and statements look up who is meant.
"""

from __future__ import annotations

from copy import copy

from kg.find.offices import Reader, named_tokens
from kg.find.referents.descriptions import Descriptions
from kg.find.referents.events import Event, Scene
from kg.find.referents.pronouns import Pronouns
from kg.find.referents.vocabulary import glued, words
from kg.language.analysis import Analysis, Token
from kg.model import Entity, Mention, Role, Span

_RELATIVES = frozenset({"who", "whom", "whose", "which", "that"})


class Referents:
    """Answers "who is this?" for tokens and spans of one document.

    `name_at` and `names_in` know proper names only. `resolve` takes the head of any noun phrase and gives
    the ids of what it denotes: a name; he, she, it, they and their forms; who and which (what they are
    relative to); an office ("the Labour leader", "his deputy"); a body ("the party", "the board"); a
    number of agents ("the two groups", "the pair", "both men"); a delegation or a people ("the Israelis"),
    which give the body they come from. It gives () where two answers are close or somebody unnamed is
    meant. First-person pronouns belong to a quotation's speaker and are not resolved: `is_first_person`
    tells them. `antecedent` gives the token that a pronoun takes up, also where that has no name
    ("a source … they said"). Everything is computed once a document, each look-up is a dictionary's.
    """

    def __init__(self, analysis: Analysis, entities: tuple[Entity, ...], roles: tuple[Role, ...]) -> None:
        self.analysis = analysis
        self.entities = {entity.id: entity for entity in entities}
        self._by_token = named_tokens(analysis, entities)
        self.phrases = Reader(analysis, self._by_token).phrases()
        self._offices = {phrase.head: phrase for phrase in self.phrases}
        self.scene = Scene(analysis, self.entities, self._by_token)
        self._events = self.scene.events(self._offices)
        self._tell(roles)

    def told(self, roles: tuple[Role, ...]) -> Referents:
        """The same document, now that it is known who holds which office there."""
        other = copy(self)
        other._tell(roles)
        return other

    def _tell(self, roles: tuple[Role, ...]) -> None:
        self.roles = roles
        self._described: dict[int, tuple[str, ...]] = {}
        self._antecedents: dict[int, Event] = {}
        self._descriptions = Descriptions(self.scene, roles, self._offices, self._owner)
        Pronouns(self.scene, self._antecedents, self._describe).run(self._events)

    def name_at(self, i: int) -> tuple[Entity, Mention] | None:
        """The entity and mention whose name holds token `i`, if any."""
        return self._by_token.get(i)

    def surname(self, word: str) -> str | None:
        """The one person whose name ends in a word, whatever its case; None where nobody or several bear it."""
        found = [
            one.id
            for one in self.entities.values()
            if one.kind == "Person" and one.name.lower().split()[-1] == word.lower()
        ]
        return found[0] if len(found) == 1 else None

    def names_in(self, span: Span) -> tuple[tuple[Entity, Mention], ...]:
        """The named entities in a span, in order of place, each mention once."""
        found: dict[Mention, Entity] = {}
        for token in self.analysis.tokens_in(span):
            if (hit := self._by_token.get(token.i)) and span.covers(hit[1].span):
                found.setdefault(hit[1], hit[0])
        return tuple((entity, mention) for mention, entity in found.items())

    def resolve(self, head: Token) -> tuple[str, ...]:
        """The ids of the entities that the noun phrase headed by `head` denotes; () where nobody is known."""
        hit = self._by_token.get(head.i)
        if hit:
            return (hit[0].id,)
        if (event := self._antecedents.get(head.i)) is not None:
            return event.ids
        if head.lower in _RELATIVES and (noun := self._relative(head)) is not None:
            return self.resolve(noun)
        return self._describe(head)

    def resolve_span(self, span: Span) -> tuple[str, ...]:
        """The ids that the words of a span denote: its head's, or those of the names in it."""
        tokens = self.analysis.tokens_in(span)
        inside = {token.i for token in tokens}
        heads = [token for token in tokens if token.head not in inside or token.head == token.i]
        found = tuple(dict.fromkeys(one for token in heads for one in self.resolve(token)))
        return found or tuple(dict.fromkeys(entity.id for entity, _ in self.names_in(span)))

    def antecedent(self, head: Token) -> Token | None:
        """The token that a pronoun or relative takes up, named or not; None where none is clear."""
        if (event := self._antecedents.get(head.i)) is not None:
            return self.analysis.tokens[event.root if event.root >= 0 else event.i]
        return self._relative(head) if head.lower in _RELATIVES else None

    def is_first_person(self, token: Token) -> bool:
        """Whether the word is I, we or a form of them: in a quotation, its speaker."""
        return words().pronouns.get(token.lower) == "first"

    def is_deputation(self, token: Token) -> bool:
        """Whether a word is one for people sent together, with its people in front of it by mistake."""
        return glued(token.text) is not None

    def is_pronoun(self, token: Token) -> bool:
        """Whether the word is a pronoun for a person or thing."""
        return token.lower in words().pronouns

    def parties(self, person: str | None) -> tuple[str, ...]:
        """The parties beside which the text puts a person: "X of Labour", "X's Labour Party", by their offices."""
        return tuple(sorted(self._descriptions.bodies.parties.get(person or "", ())))

    def _owner(self, token: Token) -> tuple[str, ...]:
        """Whom a possessive pronoun takes up, as far as the text has been read."""
        event = self._antecedents.get(token.i)
        return event.ids if event else ()

    def _describe(self, token: Token) -> tuple[str, ...]:
        if token.i not in self._described:
            self._described[token.i] = self._descriptions.resolve(token)
        return self._described[token.i]

    def _relative(self, head: Token) -> Token | None:
        """The noun that a relative clause belongs to."""
        verb = self.analysis.tokens[head.head]
        for _ in range(3):
            if verb.dep.startswith("acl") and verb.head != verb.i:
                return self.analysis.tokens[verb.head]
            verb = self.analysis.tokens[verb.head]
        return None
