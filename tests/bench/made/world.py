"""A made world: countries with parties, ministries and other bodies, people with careers, meetings that they hold.

Difficulty is set to what news is like, and by nothing that the resolver does:

- names of sixteen cultures with diacritics, particles, double surnames, other romanisations and short forms;
- people grow with the documents to the power .8 (a larger corpus has more of the known and more newcomers), some are
  in every second paper of their country, most are named once or twice;
- of 100 people 6 bear one of the few surnames that everybody knows (as in Britain; 20 in Spain, 50 in Korea);
- 1.5 in 100 people share a full name with somebody else on purpose, half of them in one country, besides those who
  share one by chance; they differ in office, circle and country, never in a mark that only the truth sees;
- offices change hands every one to four years, and people move from one office to another;
- one meeting in four follows another of the same two within weeks; one in thirty on the next day.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import yaml

FIRST, DAYS = date(2015, 1, 1), 6 * 365
COUNTRIES = {
    "United Kingdom": ("british", "British", "UK", ("London", "Leeds", "Cardiff", "Glasgow", "Bristol")),
    "Ireland": ("british", "Irish", None, ("Dublin", "Cork", "Galway")),
    "Australia": ("british", "Australian", None, ("Canberra", "Sydney", "Perth", "Brisbane")),
    "United States": ("british", "American", "US", ("Washington", "Boston", "Denver", "Chicago")),
    "Germany": ("german", "German", None, ("Berlin", "Munich", "Hamburg", "Leipzig")),
    "Austria": ("german", "Austrian", None, ("Vienna", "Graz", "Salzburg")),
    "France": ("french", "French", None, ("Paris", "Lyon", "Marseille", "Lille")),
    "Netherlands": ("dutch", "Dutch", None, ("The Hague", "Rotterdam", "Utrecht")),
    "Spain": ("spanish", "Spanish", None, ("Madrid", "Seville", "Bilbao")),
    "Mexico": ("spanish", "Mexican", None, ("Mexico City", "Guadalajara", "Puebla")),
    "Portugal": ("portuguese", "Portuguese", None, ("Lisbon", "Porto", "Braga")),
    "Poland": ("polish", "Polish", None, ("Warsaw", "Gdansk", "Lublin")),
    "Turkey": ("turkish", "Turkish", None, ("Ankara", "Istanbul", "Izmir")),
    "Egypt": ("arabic", "Egyptian", None, ("Cairo", "Alexandria", "Luxor")),
    "Jordan": ("arabic", "Jordanian", None, ("Amman", "Irbid", "Aqaba")),
    "Ukraine": ("slavic", "Ukrainian", None, ("Kyiv", "Lviv", "Odesa")),
    "Greece": ("greek", "Greek", None, ("Athens", "Thessaloniki", "Patras")),
    "Hungary": ("hungarian", "Hungarian", None, ("Budapest", "Szeged", "Debrecen")),
    "India": ("indian", "Indian", None, ("New Delhi", "Mumbai", "Chennai")),
    "Nigeria": ("nigerian", "Nigerian", None, ("Abuja", "Lagos", "Kano")),
    "South Korea": ("korean", "South Korean", None, ("Seoul", "Busan", "Daegu")),
    "Norway": ("nordic", "Norwegian", None, ("Oslo", "Bergen", "Trondheim")),
}
PARTIES = (("Labour Party", None), ("Conservative Party", None), ("Green Party", None), ("Liberal Party", None),
           ("{land} Reform Movement", "{0}RM"))  # fmt: skip
MINISTRIES = ("Finance", "Defence", "Health", "Justice", "Education", "Transport", "Agriculture", "Energy")
CAUSES = ("Teachers", "Dock Workers", "Farmers", "Nurses", "Railway", "Housing", "Veterans", "Fishing", "Steel",
          "Press")  # fmt: skip
SORTS = ("Federation", "Union", "Council", "Forum", "Alliance")
_INNER = ("kel", "mar", "vo", "sten", "ra", "lin", "go", "bri", "du", "fal", "hem", "ny", "zo", "tic", "pe")
FORMS = ("meeting", "talks", "visit", "dinner", "conference", "hearing", "call")


@dataclass(eq=False)
class Body:
    """A party, ministry or other body: `common` where other countries have one of the same name."""

    id: str
    name: str
    kind: str
    land: str
    acronym: str | None = None
    common: bool = False


@dataclass(frozen=True)
class Post:
    """An office that somebody holds from one day until another; `of` is a body, or a town or country by name."""

    title: str
    of: Body | str
    first: date
    last: date


@dataclass(eq=False)
class Human:
    """Somebody, with the names that papers may use."""

    id: str
    land: str
    culture: str
    given: str
    middle: str | None
    particle: str | None
    surnames: tuple[str, ...]
    woman: bool
    circle: int
    fame: float
    posts: list[Post] = field(default_factory=list)


@dataclass(eq=False)
class Event:
    """A meeting as it was."""

    id: str
    day: date
    people: tuple[Human, ...]
    bodies: tuple[Body, ...]
    land: str
    town: str
    form: str
    fate: str


@cache
def cultures() -> dict[str, dict]:  # type: ignore[type-arg]
    return yaml.safe_load(Path(__file__).with_name("cultures.yaml").read_text("utf-8"))


class World:
    """Everything that papers can tell of, for so many documents."""

    def __init__(self, documents: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.bodies: dict[str, list[Body]] = {land: list(self._bodies(land)) for land in COUNTRIES}
        size = int(6 * documents**0.8)
        self.people: list[Human] = []
        self.circles: dict[tuple[str, int], list[Human]] = {}
        lands = list(COUNTRIES)
        weights = [1 / (rank + 3) for rank in range(len(lands))]
        for number in range(size):
            self._person(number, self.random.choices(lands, weights)[0], size)
        self._careers()
        for human in self.people:
            self.circles.setdefault((human.land, human.circle), []).append(human)
        self.events = list(self._events(int(documents * 0.3)))

    def _bodies(self, land: str) -> list[Body]:
        adjective = COUNTRIES[land][1]
        found = []
        for number, (name, short) in enumerate(PARTIES):
            said = name.format(land=adjective)
            acronym = short.format(adjective[0]) if short else None
            found.append(Body(f"{land}/party{number}", said, "Party", land, acronym, "{land}" not in name))
        found += [Body(f"{land}/ministry{n}", f"{self.random.choice(('Ministry of {0}', '{0} Ministry')).format(m)}",
                       "Organisation", land, None, True) for n, m in enumerate(MINISTRIES)]  # fmt: skip
        for number in range(10):
            cause, sort = self.random.choice(CAUSES), self.random.choice(SORTS)
            town = self.random.choice(COUNTRIES[land][3])
            style = self.random.choice(("National {0} {1}", "{2} {0} {1}", "{0} {1} of {3}"))
            name = style.format(cause, sort, adjective, town)
            letters = "".join(word[0] for word in name.split() if word[0].isupper())
            acronym = letters if len(letters) > 2 else None
            found.append(Body(f"{land}/body{number}", name, "Organisation", land, acronym))
        return found

    def _person(self, number: int, land: str, size: int) -> None:
        r, culture = self.random, COUNTRIES[land][0]
        circle = r.randrange(max(4, size // 250))
        fame = (r.random() + 0.002) ** -0.9
        given, middle, particle, surnames, woman = self._name(culture)
        if number > 40 and r.random() < 0.015:
            same = [h for h in r.sample(self.people, min(400, len(self.people)))
                    if (h.land == land) == (number % 2 == 0) and h.culture == culture]  # fmt: skip
            if same:
                twin = r.choice(same)
                given, particle, surnames, woman, culture = (
                    twin.given, twin.particle, twin.surnames, twin.woman, twin.culture)  # fmt: skip
                if twin.land == land:
                    circle = r.choice([c for c in range(max(4, size // 250)) if c != twin.circle])
        self.people.append(Human(f"p{number}", land, culture, given, middle, particle, surnames, woman, circle, fame))

    def _name(self, culture: str) -> tuple[str, str | None, str | None, tuple[str, ...], bool]:
        r, of = self.random, cultures()[culture]
        woman = r.random() < 0.4

        def surname() -> str:
            if r.random() < of.get("shared", 0.06):
                return str(r.choice(of["common"]))
            inner = r.choice(_INNER) if r.random() < 0.6 and "syllables" not in of else ""
            return str(r.choice(of["beginnings"]) + inner + r.choice(of["endings"]))

        given = "-".join(map(r.choice, of["syllables"])) if "syllables" in of else str(
            r.choice(of["women" if woman else "men"]))  # fmt: skip
        middle = str(r.choice(of["women" if woman else "men"])) if r.random() < 0.12 and "syllables" not in of else None
        particle = str(r.choice(of["particles"])) if "particles" in of and r.random() < 0.35 else None
        surnames = (surname(), surname()) if of.get("double") else (surname(),)
        return given, middle, particle, surnames, woman

    def _careers(self) -> None:
        """Chains of office holders, one after another, and posts of their own for the rest."""
        r = self.random
        for land in COUNTRIES:
            mine = sorted((h for h in self.people if h.land == land), key=lambda h: -h.fame)
            chains: list[tuple[str, Body | str]] = [("prime minister", land), ("president", land)]
            parties = [b for b in self.bodies[land] if b.kind == "Party"]
            chains += [(title, b) for b in parties for title in ("leader", "deputy leader")]
            chains += [(f"{m.lower()} minister", land) for m in MINISTRIES]
            chains += [("mayor", town) for town in COUNTRIES[land][3]]
            chains += [(title, b) for b in self.bodies[land] if "/body" in b.id
                       for title in ("general secretary", "president")]  # fmt: skip
            known = iter(mine)
            for title, of in chains:
                day = FIRST - timedelta(days=r.randrange(900))
                while day < FIRST + timedelta(days=DAYS) and (holder := next(known, None)):
                    last = day + timedelta(days=r.randrange(300, 1500))
                    holder.posts.append(Post(title, of, day, last))
                    if r.random() < 0.25 and (other := r.choice(chains)) != (title, of):
                        holder.posts.append(Post("spokesperson", other[1], last, last + timedelta(days=700)))
                    day = last + timedelta(days=1)
            for human in known:
                if r.random() < 0.7:
                    title = r.choice(("MP", "councillor", "spokesperson", "adviser", "director", "secretary"))
                    of = land if title == "MP" else r.choice(self.bodies[land])
                    first = FIRST + timedelta(days=r.randrange(-700, DAYS))
                    human.posts.append(Post(title, of, first, first + timedelta(days=r.randrange(400, 2500))))

    def pick(self, land: str, circle: int | None = None) -> Human:
        """Somebody of a country or circle, the well-known more often."""
        pool = self.circles.get((land, circle)) if circle is not None else None
        pool = pool or self._of(land)
        return self.random.choices(pool, [h.fame for h in pool])[0]

    def _of(self, land: str) -> list[Human]:
        if not hasattr(self, "_lands"):
            self._lands: dict[str, list[Human]] = {}
            for human in self.people:
                self._lands.setdefault(human.land, []).append(human)
        return self._lands.get(land) or self.people

    def _events(self, count: int) -> list[Event]:
        r, found = self.random, []
        while len(found) < count:
            first = self.pick(r.choice(self.people).land)
            abroad = r.random() < 0.3
            land = r.choice(list(COUNTRIES)) if abroad else first.land
            people = {first.id: first}
            for _ in range(r.choice((1, 1, 2, 2, 3, 4))):
                other = self.pick(land, None if abroad or r.random() < 0.3 else first.circle)
                people[other.id] = other
            bodies = tuple(r.sample(self.bodies[land], 1)) if r.random() < 0.25 else ()
            if len(people) + len(bodies) < 2:
                continue
            day = FIRST + timedelta(days=r.randrange(DAYS))
            while True:
                where = r.choice((land, first.land))
                town = r.choice(COUNTRIES[where][3])
                fate = r.choices(("held", "planned and held", "planned only"), (0.72, 0.22, 0.06))[0]
                event = Event(f"o{len(found)}", day, tuple(people.values()), bodies, where, town, r.choice(FORMS), fate)
                found.append(event)
                again = r.random()
                if again < 0.03:
                    day += timedelta(days=1)
                elif again < 0.25:
                    day += timedelta(days=r.randrange(5, 45))
                else:
                    break
        return found
