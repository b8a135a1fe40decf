"""From which nation somebody is by the words of an office: "the Tanzanian leader", "Serbia's president"."""

from __future__ import annotations

from collections.abc import Mapping

from kg.find.nations import places
from kg.find.offices import Phrase
from kg.find.referents.events import Scene

# Words between an adjective of nation and the office ("the Iranian deputy foreign minister").
BEFORE = 3


class Nationality:
    """The nations that offices name, and those of the people who hold them in this text."""

    def __init__(self, scene: Scene, offices: Mapping[int, Phrase]) -> None:
        self.scene, self.tokens = scene, scene.analysis.tokens
        self.people: dict[str, set[str]] = {}
        for phrase in offices.values():
            holder = None if phrase.plural else scene.of_name(phrase)
            if holder is not None and (nations := self.of(phrase)):
                self.people.setdefault(holder, set()).update(nations)

    def of(self, phrase: Phrase) -> set[str]:
        """The names of the places that an office is of, by adjective, possessor or "of"."""
        found = {self.scene.entities[one].name for one in phrase.of if self.scene.entities[one].kind == "Place"}
        first = self.scene.analysis.sentences[self.tokens[phrase.head].sentence].first
        for i in range(phrase.head - 1, max(first, phrase.first - BEFORE) - 1, -1):
            if names := places(self.tokens[i].text):
                return found | set(names)
            if self.tokens[i].tag[:2] not in ("NN", "JJ", "VB", "HY"):
                break
        return found

    def agree(self, person: str, nations: set[str]) -> bool | None:
        """Whether a person is of one of the nations; None where the text does not say of which."""
        known = self.people.get(person)
        return bool(known & nations) if known and nations else None
