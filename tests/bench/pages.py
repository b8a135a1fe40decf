"""Time and weight of the pages, by kind: `python tests/bench/pages.py [STORE | --made DOCUMENTS]`.

Without a store one is made up: `--made 3400` comes to a million triples. Times are of the processor, in milliseconds,
for a page as a worker makes it; weights are of the HTML, in kB, without pictures.
"""

from __future__ import annotations

import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from kg.rdf.namespaces import PREFIXES
from kg.search import opened, update
from kg.serve.pages.rendering import LISTS
from kg.serve.pages.task import page
from kg.serve.settings import Settings
from kg.store import Store

BASE = "https://example.org/kg/"
SYLLABLES = re.findall("[a-z]{2,3}", "ba ko ri men tal so ver din ga lo fen rik sta mo pel na tur vi hol zan")
SAMPLE = 30
SEARCHES = ("bakori menta", "stamo", "harbour open", "knows it", '"number 17"')


class Made:
    """A document made up, as Turtle and text."""

    def __init__(self, number: int, dice: random.Random, names: dict[str, list[str]]) -> None:
        self.slug, self.text, self.turtle = f"d{number}.txt", "", [f"@base <{BASE}> ."]
        self.turtle += [f"@prefix {name}: <{iri}> ." for name, iri in PREFIXES.items()]
        self._number, self._dice, self._names = number, dice, names
        self._day = f"20{dice.randint(10, 24)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        bounds = f'wm:earliest "{self._day}"^^xsd:date ; wm:latest "{self._day}"^^xsd:date'
        self.turtle.append(
            f'<document/{self.slug}> a wm:Document ; rdfs:label "Story {number}" ; dcterms:title "Story {number}" ; '
            f'dcterms:identifier "{self.slug}" ; dcterms:publisher "The Lantern" ; {bounds} .'
        )
        for each in range(8):
            self._fact(each, bounds)

    def quads(self) -> Iterator[ox.Quad]:
        """The document's graph."""
        graph = ox.NamedNode(f"{BASE}document/{self.slug}")
        for triple in ox.parse("\n".join(self.turtle).encode(), format=ox.RdfFormat.TURTLE):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)

    def _fact(self, each: int, bounds: str) -> None:
        start, key = len(self.text), f"{self._number}-{each}"
        one, body = self._named("person"), self._named("party")
        if each < 2:
            other, place = self._named("person"), self._named("place")
            told = f"<meeting/{key}> a wm:Meeting ; wm:status wm:Held ; wm:participant {one}, {body}, {other} ; "
            told += f'wm:place {place} ; rdfs:label "A meeting, number {key}" ; {bounds} ; '
            self.turtle.append(f"<occasion/{key}> a wm:Occasion ; wm:account <meeting/{key}> .")
        elif each < 6:
            words = f"the harbour must stay open, number {self._dice.randint(1, 999)}, and everybody knows it"
            at = len(self.text)
            self.text += words
            told = f"<statement/{key}> a wm:Statement ; wm:kind wm:Direct ; wm:speaker {one} ; wm:mentions {body} ; "
            told += f'wm:text "{words}" ; rdfs:label "Somebody: {words}" ; wm:segment {self._passage(at)} ; '
        else:
            told = f'<tenure/{key}> a wm:Tenure ; rdfs:label "a leader" ; wm:status wm:Current ; org:member {one} ; '
            told += f"org:organization {body} ; org:role <role/leader> ; "
            office = body.replace("<party/", "<office/leader-of-")
            self.turtle.append(f'{office} a wm:Office ; rdfs:label "leader" ; wm:tenure <tenure/{key}> .')
        self.text += ".\n\n"
        self.turtle.append(f"{told} wm:evidence {self._passage(start)} .")

    def _named(self, kind: str) -> str:
        """A name written, few of them often and many of them seldom; its node."""
        names, start = self._names[kind], len(self.text)
        number = min(int(self._dice.paretovariate(0.7)) - 1, len(names) - 1)
        self.text += names[number]
        self.turtle.append(f"<{kind}/{number}> wm:mentionedIn {self._passage(start)} .")
        self.text += " and "
        return f"<{kind}/{number}>"

    def _passage(self, start: int) -> str:
        node, end = f"<document/{self.slug}#char={start},{len(self.text)}>", len(self.text)
        words = self.text[start:].replace("\n", " ")
        self.turtle.append(
            f'{node} a wm:Passage ; wm:start {start} ; wm:end {end} ; wm:exact "{words}" ; rdfs:label "{words[:80]}" ; '
            f"wm:passageOf <document/{self.slug}> ."
        )
        return node


def make(place: Path, documents: int) -> None:
    """A store of made-up documents, about 300 triples each."""
    dice = random.Random(7)

    def name(ending: str = "") -> str:
        return "".join(dice.choice(SYLLABLES) for _ in range(3)).capitalize() + ending

    sizes = {"person": documents, "party": documents // 4 + 1, "place": documents // 8 + 1}
    names = {kind: [name() + " " + name() for _ in range(size)] for kind, size in sizes.items()}
    prefixes = "".join(f"@prefix {key}: <{iri}> . " for key, iri in PREFIXES.items()) + f"@base <{BASE}> ."
    kinds = [
        f'<{kind}/{number}> a wm:{kind.capitalize()} ; rdfs:label "{label}" .'
        for kind, labels in names.items()
        for number, label in enumerate(labels)
    ]
    kinds.append('<role/leader> a skos:Concept ; skos:prefLabel "leader" .')
    with Store.open(place, BASE) as store, store.changing() as oxigraph:
        graph = ox.NamedNode(BASE + "graph/identity")
        oxigraph.bulk_load("\n".join([prefixes, *kinds]).encode(), format=ox.RdfFormat.TURTLE, to_graph=graph)
        oxigraph.bulk_extend(quad for number in range(documents) for quad in Made(number, dice, names).quads())
        oxigraph.optimize()


def measure(place: str) -> None:
    """Print a line for each kind of page."""
    with Store.open(place, read_only=True) as store:
        print(f"{len(store.oxigraph):,} triples")
        began = time.process_time()
        if update(store):
            print(f"index made in {time.process_time() - began:.1f} s")
        paths: dict[str, list[str]] = {}
        for path in opened(store).paths():
            paths.setdefault(path.partition("/")[0], []).append(path)
        dice = random.Random(1)
        asked = {kind: [(p, {}) for p in dice.sample(them, min(SAMPLE, len(them)))] for kind, them in paths.items()}
        asked["lists"] = [(name, {}) for name in ("", *LISTS, "about", "query", "editor")]
        asked["search"] = [("search", {"q": words}) for words in SEARCHES]
        print(f"{'kind':14}{'pages':>6}{'median ms':>11}{'most ms':>9}{'median kB':>11}{'most kB':>9}")
        for kind, pages in asked.items():
            times, weights = zip(*(one(store, *each) for each in pages), strict=True)
            told = statistics.median(times), max(times), statistics.median(weights), max(weights)
            print(f"{kind:14}{len(pages):6}{told[0]:11.1f}{told[1]:9.1f}{told[2]:11.1f}{told[3]:9.1f}")


def one(store: Store, path: str, given: dict[str, str]) -> tuple[float, float]:
    """Milliseconds and kB of a page, made for the second time."""
    asked = {"path": path, "here": f"page/{path}" if "/" in path else path, "given": given}
    for _ in range(2):
        began = time.process_time()
        reply = page(store, Settings(store.place), asked)
        taken = time.process_time() - began
    assert reply.status == 200, path
    return taken * 1000, len(reply.body) / 1000


def main() -> None:
    if len(sys.argv) > 1 and sys.argv[1] != "--made":
        measure(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder, "kg"), int(sys.argv[2]) if len(sys.argv) > 2 else 3400)
        measure(str(Path(folder, "kg")))


if __name__ == "__main__":
    main()
