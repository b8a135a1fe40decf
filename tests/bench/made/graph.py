"""A made graph: the papers of `papers.py` with statements, hosts, guests and the unnamed added, in a store.

    fill(Path("kg"), 1_000_000)       # a store of about so many triples, its index beside it

Who says what is drawn anew from the same seed, so the papers are those of `papers.py` but for the lines added at the
end of each: three to seven statements, of which 4 in 100 are by an unnamed source and 3 by two together, 30 go to a
newspaper, 20 are about the meeting that the paper tells of, 2 contradict the one before. Of 100 meetings 15 have a
host, 8 an inviter, 10 somebody unnamed.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.model import Entity, Findings, Mention, Source, Span, Statement, When
from kg.rdf import describe
from kg.resolve import resolve
from kg.resolve.copies import signed
from kg.search import update
from kg.store import Store
from made.papers import papers

BASE = "https://example.org/kg/"
TRIPLES = 240
"""Triples a paper, about."""
_WORDS = Path(__file__).with_name("words.txt").read_text("utf-8").split()


def findings(documents: int, seed: int = 1) -> Iterator[Findings]:
    """What so many papers say."""
    for number, one in enumerate(papers(documents, seed).findings):
        yield Speaking(one, random.Random(f"{seed}/{number}")).done()


def fill(place: Path, triples: int) -> int:
    """A store of about so many triples, with its index; their number."""
    facts = resolve([signed(one) for one in findings(max(30, triples // TRIPLES))])
    with Store.open(place, BASE) as store:
        with store.changing() as oxigraph:
            oxigraph.bulk_extend(describe(facts, BASE))
            oxigraph.optimize()
        update(store)
        return len(store.oxigraph)


class Speaking:
    """One paper with what is said in it."""

    def __init__(self, one: Findings, dice: random.Random) -> None:
        self._one, self._dice = one, dice
        self._parts, self._at = [one.document.text], len(one.document.text)
        self._entities = list(one.entities)
        self._sources: list[Source] = []
        self._statements: list[Statement] = []

    def done(self) -> Findings:
        people = [entity.id for entity in self._entities if entity.kind == "Person"]
        for _ in range(self._dice.randint(3, 7) if people else 0):
            self._statement(people)
        text = "".join(self._parts)
        document = replace(self._one.document, text=text, sha256=hashlib.sha256(text.encode()).hexdigest())
        return replace(
            self._one,
            document=document,
            entities=tuple(self._entities),
            sources=tuple(self._sources),
            meetings=tuple(self._fuller(meeting) for meeting in self._one.meetings),
            statements=tuple(self._statements),
        )

    def _fuller(self, meeting):  # type: ignore[no-untyped-def]
        dice, who = self._dice, meeting.participants
        hosts = (who[0],) if dice.random() < 0.15 else ()
        invited_by = who[-1] if dice.random() < 0.08 and len(who) > 1 else None
        unnamed = ("the treasurer",) if dice.random() < 0.1 else ()
        return replace(meeting, hosts=hosts, invited_by=invited_by, unnamed=unnamed)

    def _write(self, words: str) -> Span:
        start = self._at
        self._parts.append(words + " ")
        self._at += len(words) + 1
        return Span(start, start + len(words))

    def _statement(self, people: list[str]) -> None:
        dice = self._dice
        speakers: tuple[str, ...] = tuple(dice.sample(people, 2 if len(people) > 1 and dice.random() < 0.03 else 1))
        if dice.random() < 0.04:
            span = self._write("a senior official")
            speakers = (f"s{len(self._sources) + 1}",)
            self._sources.append(Source(speakers[0], "a senior official", span))
        words = " ".join(dice.choices(_WORDS, k=dice.randint(6, 20)))
        segment = self._write(words)
        evidence = Span(segment.start, self._write("was the word.").end)
        others = [entity.id for entity in self._entities if entity.id not in speakers]
        bounds = self._one.document.bounds
        self._statements.append(
            Statement(
                f"q{len(self._statements) + 1}",
                speakers,
                dice.choice(("Direct", "Indirect", "Mixed")),  # type: ignore[arg-type]
                (segment,),
                (evidence,),
                cue=dice.choice(("said", "told", "wrote")),
                addressees=(self._outlet(),) if dice.random() < 0.3 else (),
                medium=dice.choice(("interview", "letter", "speech")) if dice.random() < 0.2 else None,
                when=When("", None, bounds, "BoundedByPublication"),
                mentions=tuple(dice.sample(others, min(len(others), dice.randint(0, 2)))),
                concerns=("m1",) if self._one.meetings and dice.random() < 0.2 else (),
                disputes=(self._statements[-1].id,) if self._statements and dice.random() < 0.02 else (),
            )
        )

    def _outlet(self) -> str:
        name = self._one.document.publisher or "Post"
        for entity in self._entities:
            if entity.name == name:
                return entity.id
        span = self._write(name)
        local = f"o{len(self._entities) + 1}"
        self._entities.append(Entity(local, "Organisation", name, (Mention(span, "Organisation", name),)))
        return local
