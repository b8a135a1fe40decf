"""Whom a definite description takes up: "the Labour leader", "the economist", "the union", "the two groups"."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.find.nations import is_people, places
from kg.find.offices import Phrase
from kg.find.offices import words as office_words
from kg.find.referents.bodies import Bodies
from kg.find.referents.callings import Callings
from kg.find.referents.events import Scene
from kg.find.referents.nationality import Nationality
from kg.find.referents.nouns import Nouns
from kg.find.referents.sets import Sets
from kg.find.referents.tenure import Times
from kg.find.referents.vocabulary import glued, words
from kg.language.analysis import Token
from kg.model import Role, Span

_SOON = 3
_RANKS = frozenset(
    [
        "deputy",
        "vice",
        "shadow",
        "prime",
        "co",
        "acting",
        "general",
        "assistant",
        "under",
        "first",
        "honorary",
        "chief",
        "lord",
    ]
)


class Descriptions:
    """Looks up what nouns with an article denote in one document."""

    def __init__(
        self,
        scene: Scene,
        roles: tuple[Role, ...],
        offices: dict[int, Phrase],
        owner: Callable[[Token], tuple[str, ...]],
    ) -> None:
        self.scene, self.offices, self.tokens = scene, offices, scene.analysis.tokens
        self.nouns = Nouns(scene)
        self.sets, self.bodies = Sets(self.nouns, owner), Bodies(self.nouns, roles, owner)
        self.by_head: dict[str, list[Role]] = {}
        for role in roles:
            if role.holder is not None:
                self.by_head.setdefault(_head(role.title), []).append(role)
        self.entities = scene.entities
        self.times = Times(scene, offices)
        self.nations = Nationality(scene, offices)
        self.introduced: set[str] = set()
        self.callings = Callings(scene)

    def resolve(self, token: Token) -> tuple[str, ...]:
        """The ids that the noun phrase headed by the token denotes, as far as it is known."""
        known = words()
        if (phrase := self.offices.get(token.i)) is not None:
            return self._office(phrase)
        if token.pos not in ("NOUN", "PROPN", "NUM", "PRON", "") and not self._is_epithet(token):
            return ()
        if (token.lower in known.sets or token.lower in known.numbers) and (number := self.sets.number(token)):
            return self.sets.resolve(token, number, known.sets.get(token.lower, "any"))
        if token.lower in known.deputations:
            return self.bodies.deputation(token)
        if (nation := glued(token.text)) and token.pos in ("NOUN", "PROPN", "ADJ", ""):
            return self.bodies.of_people(token, nation[0])
        if family := self._family(token):
            return family
        if is_people(token.text):
            return self.bodies.of_people(token, token.text)
        if called := self._called(token):
            return called
        if token.lower in known.epithets or self._is_epithet(token):
            return self._epithet(token)
        if token.lower in known.bodies and self.nouns.definite(token):
            return self.bodies.body(token)
        if token.lower in known.styles and token.text[:1].isupper():
            return self._styled(token)
        return ()

    def _styled(self, token: Token) -> tuple[str, ...]:
        """ "Her Excellency": the last person before who holds an office and can be meant."""
        before = self.tokens[token.i - 1].lower
        wanted = {"his": "m", "her": "f"}.get(before)
        holders = {role.holder for several in self.by_head.values() for role in several}
        for _, entity in self.nouns.before(token.i) if wanted else ():
            if entity.id in holders and self.scene.gender.get(entity.id, "") in ("", wanted):
                return (entity.id,)
        return ()

    def _called(self, token: Token) -> tuple[str, ...]:
        """ "The nurse", where one person of the text is called one."""
        alone = token.tag == "NN" and self.nouns.determiner(token)[0] in ("the", "this")
        return self.callings.resolve(token) if alone else ()

    def _family(self, token: Token) -> tuple[str, ...]:
        """ "The Bergs": all people of that surname, where they are several."""
        name = token.text.removesuffix("s")
        if name == token.text or not name[:1].isupper() or self.tokens[token.i - 1].lower != "the":
            return ()
        found = [one.id for one in self.entities.values() if one.kind == "Person" and one.name.split()[-1] == name]
        return tuple(found) if len(found) > 1 else ()

    def _is_epithet(self, token: Token) -> bool:
        """Whether a word stands for a person by age or origin: "the 52-year-old", "the Texan"."""
        if token.lower == "old" and token.i > 3 and self.tokens[token.i - 2].lower == "year":
            return True
        following = self.tokens[min(token.i + 1, len(self.tokens) - 1)]
        return bool(places(token.text)) and token.tag in ("NN", "NNP") and following.tag[:2] in ("VB", "MD", "RB")

    def _epithet(self, token: Token) -> tuple[str, ...]:
        """ "The economist" after a sentence about one person, where no economist without a name was brought up."""
        determiner, _ = self.nouns.determiner(token)
        if determiner != "the":
            if determiner in ("a", "an"):
                self.introduced.add(token.lower)
            return ()
        if token.lower in self.introduced or self.scene.subject(token) < 1:
            return ()
        before = [
            (at, entity)
            for at, entity in self.nouns.before(token.i)
            if entity.kind == "Person" and self.nouns.away(token, at) <= 1 and self.scene.quote[at] < 0
        ]
        subjects = {entity.id for at, entity in before if self.scene.subject(self.tokens[at]) > 1}
        people = subjects or {entity.id for _, entity in before}
        return (people.pop(),) if len(people) == 1 else ()

    def _office(self, phrase: Phrase) -> tuple[str, ...]:
        if (beside := self._beside(phrase)) is not None:
            return (beside,)
        head = self.tokens[phrase.head]
        if phrase.plural:
            number = self.sets.number(head)
            return self.sets.resolve(head, number, "people") if number else ()
        if phrase.determiner in ("a", "an") or (not phrase.determiner and not phrase.of):
            return ()
        last = {entity.id: at for at, entity in reversed(self.nouns.before(phrase.left))}
        scored: dict[str, tuple[float, int]] = {}
        barred = self._acting(head)
        state = head.text[:1].isupper()
        nations = self.nations.of(phrase)
        for role, title in self._roles(phrase, bool(nations)):
            alike = self.nations.agree(role.holder or "", nations)
            if self.times.bars(phrase, role) or alike is False:
                continue
            score = self._likeness(phrase._replace(title=title), role)
            apart = role.holder in barred or self._other_gender(head, role.holder)
            if score is not None and role.holder and not apart and self._known(role.holder, head):
                score += 1.0 * bool(alike)
                score += 0.3 * (state and not phrase.of and (role.of is None or self._place(role.of)))
                scored[role.holder] = max(scored.get(role.holder, (-9.0, -1)), (score, last.get(role.holder, -1)))
        if not scored:
            return ()
        ranked = sorted(scored.items(), key=lambda item: item[1], reverse=True)
        tied = len(ranked) > 1 and ranked[0][1][0] - ranked[1][1][0] < 0.5 and ranked[0][1][1] < 0
        return () if tied else (ranked[0][0],)

    def _other_gender(self, head: Token, holder: str | None) -> bool:
        """Whether a noun is for a man or a woman ("congressman") and the holder is none."""
        known = words().gender.get(head.lower, "")
        return bool(known) and self.scene.gender.get(holder or "", "") not in ("", known)

    def _roles(self, phrase: Phrase, state: bool) -> Iterator[tuple[Role, str]]:
        """The roles that a description may take up, each with the wording that is to be compared.

        `state`: it names a nation, and so may mean who governs it.
        """
        for role in self.by_head.get(_head(phrase.title), ()):
            yield role, phrase.title
        if phrase.title == "leader" and not state and not any(self._place(one) for one in phrase.of):
            return
        for title in words().offices.get(phrase.title.lower(), ()):
            for role in self.by_head.get(_head(title), ()):
                if _title_words(role.title) == _title_words(title):
                    yield role, title

    def _place(self, one: str) -> bool:
        return self.entities[one].kind == "Place"

    def _acting(self, head: Token) -> set[str]:
        """Who is the subject of the clause in which a description is an object, and so not meant by it."""
        if head.dep.split(":")[0] not in ("obj", "obl", "iobj", "nmod"):
            return set()
        found: set[str] = set()
        at = head.head
        for _ in range(4):
            for child in self.scene.analysis.children[at]:
                if child < head.i and self.tokens[child].dep.startswith("nsubj"):
                    found |= {self.scene.heads[child].id} if child in self.scene.heads else set()
                    found |= set(self.scene.beside.get(child, ()))
            if found or self.tokens[at].dep.split(":")[0] not in ("xcomp", "acl", "advcl", "nmod", "obj", "obl"):
                break
            at = self.tokens[at].head
        return found

    def _known(self, person: str, head: Token) -> bool:
        """Whether a person is named before a description, or soon after it."""
        entity = self.entities[person]
        first = min(mention.span.start for mention in entity.mentions)
        after = self.scene.analysis.tokens_in(Span(first, first + 1)) if first > head.start else ()
        soon = not after or self.scene.step[after[0].sentence] - self.scene.step[head.sentence] <= _SOON
        return entity.kind == "Person" and soon

    @staticmethod
    def _likeness(phrase: Phrase, role: Role) -> float | None:
        """How well a role fits a description; None where it does not."""
        wanted, title = _title_words(phrase.title), _title_words(role.title)
        if not wanted <= title or (wanted ^ title) & _RANKS:
            return None
        if phrase.of and role.of is not None and role.of not in phrase.of:
            return None
        score = (wanted == title) + 2.0 * bool(phrase.of and role.of in phrase.of) + 0.5 * (role.status == "Current")
        return score - 2.0 * (phrase.status == "Former" and role.status != "Former")

    def _beside(self, phrase: Phrase) -> str | None:
        """The person whose name follows the phrase at once."""
        i = phrase.right
        while i < len(self.tokens) and self.tokens[i].text in office_words().honorifics:
            i += 1
        hit = self.scene.named.get(i)
        return hit[0].id if hit and hit[0].kind == "Person" and not phrase.plural else None


def _head(title: str) -> str:
    core = title.lower().split(" of ")[0].split(" for ")[0].replace("-", " ").split()
    return core[-1] if core[-1] not in ("general", "elect") or len(core) == 1 else core[-2]


def _title_words(title: str) -> frozenset[str]:
    return frozenset(title.lower().replace("-", " ").split()) - {"of", "the", "for", "and", "party"}
