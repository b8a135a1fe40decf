"""Score a graph that `kg` exported against hand-made annotations.

    python tests/scorer.py --gold DIR --graph FILE [--json] [--errors]

The gold folder holds one JSON file per document: entities, roles, meetings and statements, with character
offsets. The graph is any RDF file that pyoxigraph reads, in the vocabulary of ontology/whomet.ttl.
Every figure is precision / recall / F1 over all the gold documents together (micro average).
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

PREFIXES = """
PREFIX wm: <https://w3id.org/whomet#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX org: <http://www.w3.org/ns/org#>
"""
TITLES = re.compile(
    r"^(?:sir|dame|lord|lady|baroness|mr|mrs|ms|miss|dr|prof|professor|rabbi|mk|mp|cllr|councillor|senator|sen|rep|"
    r"president|prime minister|minister|taoiseach|king|queen|prince|princess|pope|archbishop|bishop|the|rt hon|hon)"
    r"\.?\s+",
    re.IGNORECASE,
)


def plain(name: str) -> str:
    """A name without honorifics, possessive, punctuation or case, for comparison."""
    name = name.replace("\u2019", "'").replace("\u2018", "'").strip()
    name = re.sub(r"'s?$", "", name)
    while (shorter := TITLES.sub("", name)) != name:
        name = shorter
    name = re.sub(r",?\s+(?:mp|mk|mep|msp|ms|td|am|qc|kc)$", "", name, flags=re.IGNORECASE)
    return re.sub(r"[^\w]+", " ", name).strip().lower()


def local(iri: str) -> str:
    """The last part of an IRI in lower case: wm:Held -> 'held'."""
    return re.split(r"[#/]", iri)[-1].lower()


@dataclass
class Tally:
    hit: int = 0
    predicted: int = 0
    gold: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Intersection over union of two character spans."""
    both = min(a[1], b[1]) - max(a[0], b[0])
    return max(0, both) / (max(a[1], b[1]) - min(a[0], b[0])) if both > 0 else 0.0


class Predicted:
    """What the graph says of one document."""

    def __init__(self, store: ox.Store, document: str):
        def rows(body: str):
            return store.query(PREFIXES + body, use_default_graph_as_union=True)

        found = list(rows(f'SELECT ?d WHERE {{ ?d a wm:Document ; dcterms:identifier "{document}" }}'))
        self.known = bool(found)
        self.entities: dict[str, dict] = {}
        self.roles: dict[str, dict] = {}
        self.meetings: dict[str, dict] = {}
        self.statements: dict[str, dict] = {}
        if not found:
            return
        d = str(found[0]["d"])
        for r in rows(
            f"""SELECT ?e ?type ?exact WHERE {{
                ?e wm:mentionedIn ?p ; a ?type . ?p wm:passageOf {d} ; wm:exact ?exact .
                FILTER(?type IN (wm:Person, wm:Party, wm:Organisation, wm:Place)) }}"""
        ):
            e = self.entities.setdefault(r["e"].value, {"types": set(), "names": set()})
            e["types"].add(r["type"].value.rpartition("#")[2])
            e["names"].add(plain(r["exact"].value))
        for r in rows(
            f"""SELECT ?m ?who ?role ?of ?status WHERE {{
                ?m a wm:Tenure ; org:member ?who ; org:role/(skos:prefLabel|skos:altLabel) ?role ;
                    wm:evidence/wm:passageOf {d} .
                OPTIONAL {{ ?m org:organization|wm:jurisdiction ?of }} OPTIONAL {{ ?m wm:status ?status }} }}"""
        ):
            t = self.roles.setdefault(
                r["m"].value, {"who": r["who"].value, "roles": set(), "of": set(), "status": "none"}
            )
            t["roles"].add(r["role"].value.lower())
            if r["of"]:
                t["of"].add(r["of"].value)
            if r["status"]:
                t["status"] = local(r["status"].value)
        for r in rows(
            f"""SELECT ?m ?start ?end WHERE {{ ?m a wm:Meeting ; wm:evidence ?p .
                ?p wm:passageOf {d} ; wm:start ?start ; wm:end ?end }}"""
        ):
            m = self.meetings.setdefault(r["m"].value, defaultdict(set))
            m["spans"].add((int(r["start"].value), int(r["end"].value)))
        for iri, m in self.meetings.items():
            for r in rows(f"SELECT ?who WHERE {{ <{iri}> wm:participant|wm:host ?who }}"):
                m["participants"].add(r["who"].value)
            for r in rows(f"SELECT ?who WHERE {{ <{iri}> wm:host ?who }}"):
                m["hosts"].add(r["who"].value)
            for key, path in (
                ("earliest", "wm:earliest"),
                ("latest", "wm:latest"),
                ("place", "wm:place/(rdfs:label|skos:altLabel)"),
                ("status", "wm:status"),
            ):
                for r in rows(f"SELECT ?v WHERE {{ <{iri}> {path} ?v }}"):
                    m[key].add(local(r["v"].value) if key == "status" else r["v"].value)
        for r in rows(
            f"""SELECT ?s ?speaker ?anonymous ?kind ?start ?end WHERE {{
                ?s a wm:Statement ; wm:segment ?p . ?p wm:passageOf {d} ; wm:start ?start ; wm:end ?end .
                OPTIONAL {{ ?s wm:speaker ?speaker . BIND(EXISTS {{ ?speaker a wm:AnonymousSource }} AS ?anonymous) }}
                OPTIONAL {{ ?s wm:kind ?k . BIND(REPLACE(STR(?k), "^.*#", "") AS ?kind) }} }}"""
        ):
            s = self.statements.setdefault(r["s"].value, defaultdict(set))
            s["segments"].add((int(r["start"].value), int(r["end"].value)))
            if r["speaker"]:
                s["speakers"].add("?" if r["anonymous"].value == "true" else r["speaker"].value)
            if r["kind"]:
                s["kind"].add(r["kind"].value.lower())


def score(gold: list[dict], store: ox.Store) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    for document in gold:
        predicted = Predicted(store, document["document"])
        if not predicted.known:
            tallies["documents"].errors.append(f"{document['document']}: not in the graph")
        tallies["documents"].gold += 1
        tallies["documents"].predicted += predicted.known
        tallies["documents"].hit += predicted.known
        same = score_entities(document, predicted, tallies)
        score_roles(document, predicted, same, tallies)
        score_meetings(document, predicted, same, tallies)
        score_statements(document, predicted, same, tallies)
    return dict(tallies)


def score_entities(document: dict, predicted: Predicted, tallies: dict[str, Tally]) -> dict[str, str]:
    """Pair predicted entities with gold ones by shared names; return predicted IRI -> gold id."""
    name = document["document"]
    gold = {g["id"]: ({plain(m) for m in g["mentions"]} | {plain(g["name"])}, g) for g in document["entities"]}
    ignored = {plain(m) for g in document["entities"] for m in g.get("optional_mentions", [])}
    pairs = sorted(
        (
            (len(p["names"] & names) + ("Person" in p["types"]) * (g["type"] == "Person") * 0.5, iri, gid)
            for iri, p in predicted.entities.items()
            for gid, (names, g) in gold.items()
            if p["names"] & names
        ),
        reverse=True,
    )
    same: dict[str, str] = {}
    taken: set[str] = set()
    for _, iri, gid in pairs:
        if iri not in same and gid not in taken:
            same[iri] = gid
            taken.add(gid)
    for gid, (_, g) in gold.items():
        if not g.get("optional"):
            tallies[g["type"]].gold += 1
            if gid not in taken:
                tallies[g["type"]].errors.append(f"{name}: missed {g['type']} {g['name']!r}")
    for iri, p in predicted.entities.items():
        gid = same.get(iri)
        g = gold[gid][1] if gid else None
        if (g and g.get("optional")) or (not g and p["names"] <= ignored):
            continue
        kind = most_specific(p["types"])
        right = bool(g) and kind in (g["type"], *g.get("type_alternatives", [])) and consistent(p["types"])
        row = g["type"] if right and g else kind
        tallies[row].predicted += 1
        tallies[row].hit += right
        if not right:
            tallies[row].errors.append(
                f"{name}: wrong {kind} {sorted(p['names'])}" + (f", gold {g['type']}" if g else "")
            )
    # a second predicted node for a gold entity that is already paired still denotes it
    for _, iri, gid in pairs:
        same.setdefault(iri, gid)
    return same


def most_specific(types: set[str]) -> str:
    return next((t for t in ("Person", "Party", "Organisation", "Place") if t in types), "Organisation")


def consistent(types: set[str]) -> bool:
    """One kind only; a Party may also say that it is an Organisation."""
    return len(types - {"Organisation"}) + (types == {"Organisation"}) == 1 and (
        len(types) == 1 or types == {"Party", "Organisation"}
    )


def score_roles(document: dict, predicted: Predicted, same: dict[str, str], tallies: dict[str, Tally]) -> None:
    name, tally, gold = document["document"], tallies["roles"], document["roles"]
    open_gold = list(range(len(gold)))
    tally.gold += sum(not g.get("optional") for g in gold)

    def fits(t: dict, g: dict) -> bool:
        bodies = {same.get(of, of) for of in t["of"]}
        allowed = {g["of"], *g.get("of_alternatives", [])}
        return (
            g["person"] == same.get(t["who"], t["who"])
            and any(alike(w, r) for w in (g["role"], *g.get("variants", [])) for r in t["roles"])
            and (g["of"] is None or (None in allowed and not bodies) or bool(bodies & allowed))
        )

    for t in sorted(predicted.roles.values(), key=str):
        options = [i for i in open_gold if fits(t, gold[i])]
        bodies = {same.get(of, of) for of in t["of"]}
        match = max(
            options,
            key=lambda i: (gold[i]["role"].lower() in t["roles"], not gold[i].get("optional"), gold[i]["of"] in bodies),
            default=None,
        )
        if match is None:
            tally.predicted += 1
            tally.errors.append(
                f"{name}: wrong role {same.get(t['who'], t['who'])} {sorted(t['roles'])}"
                f" of {sorted(bodies)} ({t['status']})"
            )
            continue
        open_gold.remove(match)
        g = gold[match]
        if not g.get("optional"):
            tally.predicted += 1
            tally.hit += 1
            right = t["status"] in (g["status"], *g.get("status_alternatives", []))
            exact_field(
                tallies["role status"],
                name,
                f"{g['person']} {g['role']}",
                g["status"],
                g["status"] if right else t["status"],
            )
    for i in open_gold:
        if not gold[i].get("optional"):
            tally.errors.append(f"{name}: missed role {gold[i]['person']} {gold[i]['role']!r} of {gold[i]['of']}")


def alike(a: str, b: str) -> bool:
    """'leader' ~ 'party leader', but 'leader' is no 'deputy leader' and 'minister' no 'prime minister'."""
    drop = {"the", "of", "and", "a", "for", "to", "party", "national", "s"}
    rank = {
        "deputy",
        "vice",
        "shadow",
        "prime",
        "co",
        "acting",
        "general",
        "assistant",
        "under",
        "joint",
        "interim",
        "first",
        "honorary",
        "chief",
        "lord",
    }
    a_words, b_words = (set(re.findall(r"\w+", t.lower())) - drop for t in (a, b))
    return bool(a_words and b_words) and (a_words <= b_words or b_words <= a_words) and not (a_words ^ b_words) & rank


def score_meetings(document: dict, predicted: Predicted, same: dict[str, str], tallies: dict[str, Tally]) -> None:
    name, found, people = document["document"], tallies["meetings"], tallies["participants"]

    def who(p: dict) -> set[str]:
        return {same.get(iri, iri) for iri in p["participants"]}

    def agreement(g: dict, p: dict) -> tuple:
        """Sorts pairs best first; None where the two cannot be one meeting."""
        iou = max(
            (overlap(tuple(gs), ps) for gs in g["spans"] + g.get("optional_spans", []) for ps in p["spans"]), default=0
        )
        named = set(g["participants"]) | set(g.get("optional_participants", []))
        shared = len(who(p) & named)
        if not iou or (not shared and (g["participants"] or iou < 0.5)):
            return None
        placed = bool(g.get("place")) == bool(p["place"]) and (
            not p["place"] or any(within(plain(g["place"]), plain(x)) for x in p["place"])
        )
        return (
            len(who(p) & set(g["participants"])),
            bounds(p) in dates(g),
            placed,
            str(g["status"]) in p["status"],
            shared,
            iou,
        )

    def dates(g: dict) -> list[tuple]:
        return [
            (w.get("earliest"), w.get("latest"))
            for w in map(dict, (g.get("when") or {}, *(x or {} for x in g.get("when_alternatives") or [])))
        ]

    def bounds(p: dict) -> tuple:
        return min(p["earliest"], default=None), max(p["latest"], default=None)

    pairs = [
        (a, iri, i)
        for iri, p in predicted.meetings.items()
        for i, g in enumerate(document["meetings"])
        if (a := agreement(g, p))
    ]
    match: dict[str, int] = {}
    for _, iri, i in sorted(
        pairs, key=lambda t: (not document["meetings"][t[2]].get("optional"), t[0], t[1]), reverse=True
    ):
        if iri not in match and i not in match.values():
            match[iri] = i
    for i, g in enumerate(document["meetings"]):
        if not g.get("optional"):
            found.gold += 1
            people.gold += len(g["participants"])
            if i not in match.values():
                found.errors.append(f"{name}: missed meeting {g['id']} {g['participants']}")
    for iri, p in predicted.meetings.items():
        g = document["meetings"][match[iri]] if iri in match else None
        if g and g.get("optional"):
            continue
        found.predicted += 1
        if not g:
            people.predicted += len(who(p))
            found.errors.append(f"{name}: wrong meeting {sorted(who(p))} at {sorted(p['spans'])}")
            continue
        found.hit += 1
        expected, allowed = set(g["participants"]), set(g.get("optional_participants", []))
        for one, others in g.get("equivalents", {}).items():
            if one not in who(p):
                expected = expected - {one} | (set(others) & who(p) or {one})
        people.predicted += len(who(p) - (allowed - expected))
        people.hit += len(who(p) & expected)
        people.errors += [f"{name}: {g['id']} wrong participant {w}" for w in sorted(who(p) - expected - allowed)]
        people.errors += [f"{name}: {g['id']} missed participant {w}" for w in sorted(expected - who(p))]
        if bounds(p) in dates(g):
            exact_field(tallies["meeting dates"], name, g["id"], dates(g)[0], dates(g)[0])
        elif any(dates(g)[0]) or bounds(p)[0]:  # an upper bound alone, from the publication, is no claim of a date
            exact_field(tallies["meeting dates"], name, g["id"], dates(g)[0], bounds(p))
        places = [x for x in (g.get("place"), *(g.get("place_alternatives") or [])) if x]
        got = {plain(x) for x in p["place"]}
        right = any(within(plain(x), y) for x in places for y in got)
        if g.get("place") or (got and not right):
            exact_field(
                tallies["meeting places"],
                name,
                g["id"],
                g.get("place") or None,
                (g.get("place") or None) if right else (sorted(got) or None),
            )
        status = sorted(p["status"])
        right = len(status) == 1 and status[0] in (g["status"], *g.get("status_alternatives", []))
        exact_field(tallies["meeting status"], name, g["id"], g["status"], g["status"] if right else (status or None))


def within(a: str, b: str) -> bool:
    """Whole words of one name contain the other's: 'house of commons' ~ 'house of commons london'."""
    a_words, b_words = set(a.split()), set(b.split())
    return bool(a_words and b_words) and (a_words <= b_words or b_words <= a_words)


def exact_field(tally: Tally, name: str, what: str, expected, got) -> None:
    """One value: a hit where it agrees, a miss where it is absent, a false find where none was due."""
    nothing = (None, (None, None))
    tally.gold += expected not in nothing
    tally.predicted += got not in nothing
    tally.hit += got == expected and expected not in nothing
    if got != expected:
        tally.errors.append(f"{name}: {what} expected {expected}, got {got}")


def score_statements(document: dict, predicted: Predicted, same: dict[str, str], tallies: dict[str, Tally]) -> None:
    name = document["document"]
    gold = [(tuple(span), s) for s in document["statements"] for span in s["segments"]]
    guesses = [(span, iri) for iri, s in predicted.statements.items() for span in sorted(s["segments"])]
    close = [
        (not g.get("optional"), overlap(span, p), i, j)
        for i, (span, g) in enumerate(gold)
        for j, (p, _) in enumerate(guesses)
        if overlap(span, p) >= (0.5 if g["kind"] == "indirect" else 0.8)
    ]
    pair: dict[int, int] = {}
    for _, _, i, j in sorted(close, reverse=True):
        if i not in pair and j not in pair.values():
            pair[i] = j
    for i, (span, g) in enumerate(gold):
        if g.get("optional"):
            continue
        key = "indirect speech" if g["kind"] == "indirect" else "quotations"
        found, attributed = tallies[key], tallies[key + " attributed"]
        found.gold += 1
        attributed.gold += 1
        if i not in pair:
            found.errors.append(f"{name}: missed {g['kind']} {g['id']} {span}")
            continue
        for tally in (found, attributed):
            tally.predicted += 1
        found.hit += 1
        guess = predicted.statements[guesses[pair[i]][1]]
        speakers = {s if s == "?" else same.get(s, s) for s in guess["speakers"]}
        expected = {
            "?" if isinstance(s, dict) else s
            for s in (g["speaker"], *g.get("co_speakers", []), *g.get("speaker_alternatives", []))
        }
        right = bool(speakers) and speakers <= expected
        attributed.hit += right
        if not right:
            attributed.errors.append(f"{name}: {g['id']} said by {sorted(expected)}, got {sorted(speakers)}")
        kinds = (g["kind"], *g.get("kind_alternatives", []))
        exact_field(
            tallies["statement kind"],
            name,
            g["id"],
            g["kind"],
            g["kind"] if guess["kind"] & set(kinds) else sorted(guess["kind"]) or None,
        )
    for s in document["statements"]:
        mine = [pair[i] for i, (_, g) in enumerate(gold) if g is s and i in pair]
        if len(mine) > 1 and not s.get("optional"):
            exact_field(tallies["statement grouping"], name, s["id"], 1, len({guesses[j][1] for j in mine}))
    for j, (span, iri) in enumerate(guesses):
        if j in pair.values() or any(overlap(span, g) > 0 and d.get("optional") for g, d in gold):
            continue
        key = "indirect speech" if "indirect" in predicted.statements[iri]["kind"] else "quotations"
        tallies[key].predicted += 1
        tallies[key + " attributed"].predicted += 1
        tallies[key].errors.append(f"{name}: wrong {key} {span}")


ORDER = (
    "documents",
    "Person",
    "Party",
    "Organisation",
    "Place",
    "roles",
    "role status",
    "meetings",
    "participants",
    "meeting dates",
    "meeting places",
    "meeting status",
    "quotations",
    "quotations attributed",
    "indirect speech",
    "indirect speech attributed",
    "statement kind",
    "statement grouping",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="folder of annotation files")
    parser.add_argument("--graph", type=Path, required=True, help="RDF file exported by kg")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    parser.add_argument("--errors", action="store_true", help="list every miss and every wrong find")
    args = parser.parse_args()
    gold = [json.loads(p.read_text("utf-8")) for p in sorted(args.gold.glob("*.json")) if p.stem != "CROSS"]
    if not gold:
        parser.error(f"no annotation in {args.gold}")
    store = ox.Store()
    store.bulk_load(path=str(args.graph))
    tallies = score(gold, store)
    if args.json:
        print(
            json.dumps(
                {
                    k: {"precision": t.precision, "recall": t.recall, "f1": t.f1, "gold": t.gold}
                    for k, t in tallies.items()
                },
                indent=1,
            )
        )
        return 0
    print(f"{'':28}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}")
    for key in ORDER:
        if key in tallies:
            t = tallies[key]
            print(f"{key:28}{t.precision:7.3f}{t.recall:7.3f}{t.f1:7.3f}{t.gold:7d}{t.predicted:7d}")
    if args.errors:
        for key in ORDER:
            for line in tallies[key].errors if key in tallies else ():
                print(f"{key}: {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
