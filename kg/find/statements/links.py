"""What hangs on a statement: to whom, through what, when, about whom and which meeting, and against which other."""

from __future__ import annotations

from kg.find.statements.drafts import Draft
from kg.find.statements.scene import Scene
from kg.model import Meeting, Span, When


class Links:
    """Looks up what the text around a statement says of it."""

    def __init__(self, scene: Scene, times: tuple[When, ...], meetings: tuple[Meeting, ...]) -> None:
        self.scene, self.times, self.meetings = scene, times, meetings
        self.tokens = scene.tokens

    def cue_words(self, draft: Draft) -> str | None:
        """The saying words as written."""
        if draft.cue:
            return "according to" if draft.cue.verb == "according" else draft.cue.token.text
        return draft.noun.text if draft.noun else None

    def mentions(self, draft: Draft) -> tuple[str, ...]:
        """The entities named in the words."""
        found: dict[str, None] = {}
        for span in draft.segments:
            found.update(dict.fromkeys(entity.id for entity, _ in self.scene.who.names_in(span)))
        return tuple(found)

    def evidence(self, draft: Draft) -> tuple[Span, ...]:
        """The whole sentences around the words and their attribution."""
        return tuple(self.scene.analysis.sentences[n].span for n in sorted(draft.sentences))
