"""Papers on a made world: what finders would hand over, with the truth beside it.

A paper names somebody in full at first and by surname later. Of a hundred names of leading figures 5 stand as a
surname alone all through a paper, of others 1 in two hundred; 1.5 in a hundred stand as an initial and surname, 1
with a typing error in the surname, 30 in a hundred of those with a middle name with it or its initial; a paper abroad
drops diacritics three times in five, one at home one time in ten. Sixty of a hundred holders of an office are called
by it. Each paper has its own habit of romanising a name or of giving both surnames. An account of a meeting gives the
day in 55 of 100 cases, leaves out a third of the lesser participants and a quarter of the places, is off by a day or
two in 4 and by the place in 2; one story in twenty is a near-copy of another under a new address.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from anyascii import anyascii

from kg.model import Bounds, Document, Entity, Findings, Local, Meeting, Mention, Role, Span, When
from made.world import COUNTRIES, DAYS, FIRST, Body, Event, Human, Post, World, cultures

_WORDS = Path(__file__).with_name("words.txt").read_text("utf-8").split()


@dataclass
class Corpus:
    """The papers, and who and what each record is."""

    findings: list[Findings] = field(default_factory=list)
    people: dict[Local, str] = field(default_factory=dict)
    bodies: dict[Local, str] = field(default_factory=dict)
    meetings: dict[Local, str] = field(default_factory=dict)
    later: set[tuple[str, str]] = field(default_factory=set)
    copies: list[tuple[str, str]] = field(default_factory=list)


class Paper:
    """One paper as it is written: text grows, records point into it."""

    def __init__(self, slug: str, day: date, land: str, corpus: Corpus) -> None:
        self.slug, self.day, self.land, self.corpus = slug, day, land, corpus
        self.parts: list[str] = []
        self.at = 0
        self.entities: dict[str, Entity] = {}
        self.roles: list[Role] = []
        self.meetings: list[Meeting] = []

    def write(self, words: str) -> Span:
        start = self.at
        self.parts.append(words + " ")
        self.at += len(words) + 1
        return Span(start, start + len(words))

    def name(self, key: str, kind: str, words: str, more: tuple[str, ...] = ()) -> str:
        """The local id of something named here; its name is written, and again in shorter words."""
        if key not in self.entities:
            spans = [(self.write(text), text) for text in (words, *more)]
            local = f"e{len(self.entities) + 1}"
            acronyms = tuple(text for text in more if text.isupper())
            mentions = tuple(Mention(span, kind, text) for span, text in spans)  # type: ignore[arg-type]
            self.entities[key] = Entity(local, kind, words, mentions, acronyms=acronyms)  # type: ignore[arg-type]
        return self.entities[key].id

    def finish(self, publisher: str) -> Findings:
        text = "".join(self.parts)
        digest = hashlib.sha256(text.encode()).hexdigest()
        bounds = Bounds(self.day, self.day)
        document = Document(self.slug, self.slug, text, text[:40], digest, None, publisher, str(self.day), bounds)
        entities = tuple(self.entities.values())
        for key, entity in self.entities.items():
            local = Local(self.slug, entity.id)
            (self.corpus.people if entity.kind == "Person" else self.corpus.bodies)[local] = key
        return Findings(document, entities, roles=tuple(self.roles), meetings=tuple(self.meetings))


def papers(documents: int, seed: int = 1) -> Corpus:
    """So many papers, the same for the same seed."""
    return Press(World(documents, seed), seed).print(documents)


class Press:
    """Writes the papers of a world."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.random, self.corpus = world, random.Random(seed + 1000), Corpus()

    def print(self, documents: int) -> Corpus:
        stories = self._accounts()
        while len(self.corpus.findings) < documents:
            number, r = len(self.corpus.findings), self.random
            slug = f"{number:05}.txt"
            if number > 20 and r.random() < 0.05:
                self._copy(slug)
            elif r.random() < 0.55 and (story := next(stories, None)):
                self._report(slug, *story)
            else:
                self._plain(slug)
        told = set(self.corpus.meetings.values())
        self.corpus.later = {(f"{e.id}/planned", f"{e.id}/held") for e in self.world.events
                             if {f"{e.id}/planned", f"{e.id}/held"} <= told}  # fmt: skip
        return self.corpus

    def _accounts(self) -> Iterator[tuple[Event, str, date, str]]:
        """Which meeting a paper tells of, as planned or held, on which day, in which country."""
        r = self.random
        for event in self.world.events:
            lands = [event.land, event.people[0].land, r.choice(list(COUNTRIES))]
            if event.fate != "held":
                for _ in range(r.choice((1, 1, 2))):
                    yield event, "planned", event.day - timedelta(days=r.randrange(2, 21)), r.choice(lands[:2])
            if event.fate != "planned only":
                for _ in range(r.choice((1, 1, 1, 2, 2, 3, 4, 6))):
                    late = r.randrange(10, 60) if r.random() < 0.08 else r.choice((0, 0, 1, 1, 1, 2, 3))
                    yield event, "held", event.day + timedelta(days=late), r.choice(lands)

    def _begin(self, slug: str, day: date, land: str) -> Paper:
        paper = Paper(slug, day, land, self.corpus)
        self._fill(paper, 12)
        if self.random.random() < 0.6:
            towns = COUNTRIES[land][3]
            for name in (self.random.choice(towns), land if self.random.random() < 0.4 else self.random.choice(towns)):
                paper.name(f"place/{name}", "Place", name)
        return paper

    def _fill(self, paper: Paper, most: int) -> None:
        r = self.random
        paper.write(" ".join(r.choices(_WORDS, k=r.randrange(most // 2, most))).capitalize() + ".")

    def _end(self, paper: Paper) -> None:
        for _ in range(6):
            self._fill(paper, 24)
        publisher = f"{paper.land} {self.random.choice(('Post', 'Times', 'Echo'))}"
        self.corpus.findings.append(paper.finish(publisher))

    def _plain(self, slug: str) -> None:
        r = self.random
        first = self.world.pick(r.choice(self.world.people).land)
        land = first.land if r.random() < 0.8 else r.choice(list(COUNTRIES))
        paper = self._begin(slug, FIRST + timedelta(days=r.randrange(DAYS)), land)
        for _ in range(r.randrange(2, 8)):
            human = first if not paper.entities else self.world.pick(
                first.land, first.circle if r.random() < 0.6 else None)  # fmt: skip
            self._person(paper, human)
            self._fill(paper, 14)
        self._end(paper)

    def _report(self, slug: str, event: Event, status: str, day: date, land: str) -> None:
        r, paper = self.random, self._begin(slug, day, land)
        who = [self._person(paper, human) for n, human in enumerate(event.people) if n < 2 or r.random() < 0.65]
        who += [self._body(paper, body) for body in event.bodies if r.random() < 0.8]
        who = list(dict.fromkeys(who))
        sentence = Span(0, self._told(paper, event))
        place = self._place(paper, event) if r.random() < 0.75 else None
        when = self._when(event.day, paper.day, status)
        form = event.form if r.random() < 0.6 else r.choice((None, "meeting", "talks"))
        meeting = Meeting("m1", tuple(who), "Held" if status == "held" else "Planned", (sentence,), form=form,
                          place=place, when=when)  # fmt: skip
        paper.meetings.append(meeting)
        self.corpus.meetings[Local(slug, "m1")] = f"{event.id}/{status}"
        for _ in range(r.choice((0, 0, 1, 2))):
            self._person(paper, self.world.pick(event.people[0].land, event.people[0].circle))
        self._end(paper)

    def _told(self, paper: Paper, event: Event) -> int:
        return paper.write(f"They came together for a {event.form}.").end

    def _place(self, paper: Paper, event: Event) -> str:
        r = self.random
        town = event.town if r.random() > 0.02 else r.choice(COUNTRIES[event.land][3])
        if r.random() < 0.2:
            return paper.name(f"place/{event.land}", "Place", event.land)
        local = paper.name(f"place/{town}", "Place", town)
        if r.random() < 0.3:
            whole = paper.name(f"place/{event.land}", "Place", event.land)
            if whole != local:
                paper.entities[f"place/{town}"] = replace(paper.entities[f"place/{town}"], within=whole)
        return local

    def _when(self, day: date, published: date, status: str) -> When | None:
        r = self.random
        sort = r.random()
        if sort < 0.55:
            if r.random() < 0.04:
                day += timedelta(days=r.choice((-2, -1, 1)))
            return When("on that day", None, Bounds(day, day), r.choice(("Stated", "RelativeToPublication")))
        if sort < 0.67:
            monday = day - timedelta(days=day.weekday())
            return When("that week", None, Bounds(monday, monday + timedelta(days=6)), "RelativeToPublication")
        if status == "held":
            return When("", None, Bounds(None, max(published, day)), "BoundedByPublication")
        return None

    def _copy(self, slug: str) -> None:
        """An earlier paper under a new address: another headline, a sentence less or more."""
        r = self.random
        old = r.choice(self.corpus.findings[-200:])
        if old.document.slug in {new for new, _ in self.corpus.copies}:
            return self._plain(slug)
        extra = " ".join(r.choices(_WORDS, k=r.randrange(6, 16)))
        text = old.document.text + extra + "."
        digest = hashlib.sha256(text.encode()).hexdigest()
        day = (old.document.bounds.earliest or FIRST) + timedelta(days=r.randrange(2))
        publisher = f"{r.choice(list(COUNTRIES))} {r.choice(('Post', 'Times', 'Echo'))}"
        document = replace(old.document, slug=slug, name=slug, text=text, sha256=digest, publisher=publisher,
                           published=str(day), bounds=Bounds(day, day))  # fmt: skip
        self.corpus.findings.append(replace(old, document=document))
        for truth in (self.corpus.people, self.corpus.bodies, self.corpus.meetings):
            for entity in (*old.entities, *old.meetings):
                if (local := Local(old.document.slug, entity.id)) in truth:
                    truth[Local(slug, entity.id)] = truth[local]
        self.corpus.copies.append((slug, old.document.slug))
        return None

    # Names

    def _person(self, paper: Paper, human: Human) -> str:
        if human.id in paper.entities:
            return paper.entities[human.id].id
        r, full = self.random, self._full(human, paper)
        surname = full.split()[0] if cultures()[human.culture].get("family_first") else full.split()[-1]
        now = {post.title for post in human.posts if post.first <= paper.day <= post.last}
        leading = human.fame > 30 or bool(now & {"prime minister", "president"})
        alone = r.random() < (0.05 if leading else 0.005)
        local = paper.name(human.id, "Person", surname if alone else full, () if alone else (surname,))
        self._role(paper, human, local)
        return local

    def _full(self, human: Human, paper: Paper) -> str:
        r, of = self.random, cultures()[human.culture]
        habit = random.Random(f"{paper.land}{human.id}")
        given = human.given
        if others := of["variants"].get(given):
            if habit.random() < of["usual"]:
                given = habit.choice(others)
            elif r.random() < of["usual"] / 4:
                given = r.choice(others)
        surname = human.surnames[0] if r.random() > 0.01 else self._mistyped(human.surnames[0])
        if human.particle:
            joint = "" if human.particle.endswith("-") else " "
            surname = human.particle + joint + surname
            if human.particle.endswith("-") and r.random() < 0.2:
                surname = human.particle[:-1].title() + " " + surname.removeprefix(human.particle)
        if len(human.surnames) > 1 and habit.random() < 0.35:
            surname = f"{surname} {human.surnames[1]}"
        if r.random() < 0.015:
            given = "".join(part[0].upper() + "." for part in given.split("-"))
        elif human.middle and r.random() < 0.3:
            given = f"{given} {human.middle if r.random() < 0.4 else human.middle[0] + '.'}"
        name = f"{given} {surname}"
        if of.get("family_first") and r.random() > 0.04:
            name = f"{surname} {given.replace('-', '') if habit.random() < 0.15 else given}"
        if r.random() < (0.6 if paper.land != human.land else 0.1):
            if human.culture == "german" and habit.random() < 0.3:
                name = name.replace("ü", "ue").replace("ö", "oe")
            name = anyascii(name)
        return name

    def _mistyped(self, surname: str) -> str:
        r = self.random
        at = r.randrange(1, max(2, len(surname) - 1))
        sort = r.randrange(3)
        if sort == 0:
            return surname[:at] + surname[at + 1 :]
        if sort == 1:
            return surname[:at] + surname[at : at + 2][::-1] + surname[at + 2 :]
        return surname[:at] + surname[at] + surname[at:]

    def _body(self, paper: Paper, body: Body) -> str:
        r = self.random
        abroad = paper.land != body.land
        name = body.name
        if body.common and r.random() < (0.85 if abroad else 0.05):
            name = f"{COUNTRIES[body.land][1]} {name}"
        if body.acronym and r.random() < 0.15:
            return paper.name(body.id, body.kind, body.acronym)
        return paper.name(body.id, body.kind, name, (body.acronym,) if body.acronym and r.random() < 0.4 else ())

    def _role(self, paper: Paper, human: Human, local: str) -> None:
        r, day = self.random, paper.day
        now = [post for post in human.posts if post.first <= day <= post.last]
        gone = [post for post in human.posts if post.last < day]
        post, status = (now[0], "Current") if now else (gone[-1], "Former") if gone else (None, "")
        if post is None or r.random() > (0.6 if status == "Current" else 0.4):
            return
        paper.roles.append(self._told_role(paper, post, status, local))

    def _told_role(self, paper: Paper, post: Post, status: str, local: str) -> Role:
        of: str | None = None
        if isinstance(post.of, Body):
            of = self._body(paper, post.of)
        elif post.of != paper.land or self.random.random() < 0.4:
            of = paper.name(f"place/{post.of}", "Place", post.of)
        span = paper.write(post.title)
        return Role(f"r{len(paper.roles) + 1}", local, post.title, of, status, span, (span,))  # type: ignore[arg-type]
