"""Who said what, to whom.

Quotations find their attribution first; what saying verbs are left over may introduce indirect speech.
Speakers are resolved last, in the order of the text, so that "the source" and "she" take up who came before.
"""

from __future__ import annotations

from kg.find.referents import Referents
from kg.find.statements import indirect, layout, lexicon, quoted
from kg.find.statements.audience import Audience
from kg.find.statements.cues import Cues
from kg.find.statements.drafts import Draft
from kg.find.statements.links import Links
from kg.find.statements.scene import Scene
from kg.find.statements.sources import Sources
from kg.find.statements.speakers import Speakers
from kg.language.analysis import Analysis
from kg.model import Meeting, Reason, Source, Statement, When


def find(
    analysis: Analysis, who: Referents, times: tuple[When, ...], meetings: tuple[Meeting, ...]
) -> tuple[tuple[Source, ...], tuple[Statement, ...]]:
    """The unnamed sources and the statements of a document, in order."""
    scene = Scene(analysis, who, lexicon.load())
    cues = Cues(scene)
    drafts = quoted.find(scene, cues)
    drafts += layout.find(scene, drafts)
    drafts += indirect.find(scene, cues, drafts)
    drafts.sort(key=lambda draft: (min(draft.at, draft.cue.token.i if draft.cue else draft.at), draft.at))
    sources = Sources(scene, cues.phrases)
    speakers = Speakers(scene, cues, sources)
    drafts = _attribute(drafts, speakers)
    drafts.sort(key=lambda draft: draft.at)
    Audience(scene, cues, speakers, times).fill(drafts)
    links = Links(scene, cues, speakers, meetings)
    links.fill(drafts)
    said = _statements(drafts, links, sources)
    used = {one for statement in said for one in (*statement.speakers, *statement.addressees)}
    return tuple(source for source in sources.all() if source.id in used), said


def _attribute(drafts: list[Draft], speakers: Speakers) -> list[Draft]:
    """Give each draft its speakers, join what one speaker goes on with, drop what nobody is said to have said."""
    kept: list[Draft] = []
    for draft in drafts:
        heads = (i for head in draft.heads for i in (draft.given or speakers.of(head)))
        draft.speakers = speakers.last if draft.inherits else tuple(dict.fromkeys(heads))
        if not draft.speakers:
            continue
        at = draft.cue.token.i if draft.cue else draft.at
        if draft.cue is None or not draft.inherits:
            speakers.remember(draft.speakers, at)
        if kept and _goes_on(speakers, kept[-1], draft):
            kept[-1].segments += draft.segments
            kept[-1].last, kept[-1].sentences = draft.last, kept[-1].sentences | draft.sentences
        else:
            kept.append(draft)
    return kept


def _goes_on(speakers: Speakers, before: Draft, draft: Draft) -> bool:
    """Whether only attributions stand between two full quotations of one speaker."""
    if not (
        before.whole
        and draft.whole
        and before.speakers == draft.speakers
        and draft.place != "before"
        and before.place != "none"
    ):
        return False
    apart = speakers.tokens[draft.at].sentence - speakers.tokens[before.last - 1].sentence
    return 0 <= apart <= 1


def _statements(drafts: list[Draft], links: Links, sources: Sources) -> tuple[Statement, ...]:
    unnamed = {source.id: source for source in sources.all()}
    ids = {id(draft): f"s{number}" for number, draft in enumerate(drafts, 1)}
    return tuple(
        Statement(
            ids[id(draft)],
            draft.speakers,
            draft.kind,
            tuple(sorted(draft.segments)),
            links.evidence(draft),
            links.cue_words(draft),
            draft.addressees,
            draft.medium,
            draft.when,
            draft.mentions,
            draft.concerns,
            draft.made_at,
            tuple(ids[id(other)] for other in draft.reports),
            tuple(ids[id(other)] for other in draft.disputes),
            links.capacity(draft),
            links.behalf(draft, unnamed),
            (Reason(draft.rule, 1.0, "how the words are attributed"),),
        )
        for draft in drafts
    )
