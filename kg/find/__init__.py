"""Step 3: an analysis in, findings out. The finders meet only here."""

from __future__ import annotations

from kg.find import chains, dates, meetings, names, referents, roles, statements
from kg.language.analysis import Analysis
from kg.model import Findings


def find(analysis: Analysis) -> Findings:
    """All that one document says."""
    mentions = names.find(analysis)
    entities = chains.link(analysis, mentions)
    named = referents.Referents(analysis, entities, ())
    tenures = roles.find(analysis, entities, named)
    who = named.told(tenures)
    times = dates.find(analysis)
    met = meetings.find(analysis, who, times)
    sources, said = statements.find(analysis, who, times, met)
    entities, met = meetings.settle(analysis, who, tenures, met)
    return Findings(analysis.document, entities, sources, tenures, met, said, analysis.problems)
