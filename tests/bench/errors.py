"""What goes wrong on annotated documents, grouped by cause, the most frequent first.

    python tests/bench/errors.py GOLD_FOLDER [--documents FOLDER] [--language NAME] [--examples N]

GOLD_FOLDER holds one annotation file a document, as in tests/gold; the documents themselves are looked for
beside them, or in `--documents`. They are built in memory and compared; the causes are read off the graph,
so they say where to look first, not what must be changed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import pyoxigraph as ox  # noqa: E402
import scorer  # noqa: E402

import kg  # noqa: E402

Causes = dict[str, list[str]]
PRONOUN = re.compile(r"\b(?:he|she|they|it|we|i|who)\b", re.IGNORECASE)


def entities(document: dict, found: scorer.Predicted, causes: Causes) -> None:
    """Why names are missed or wrong: not seen, cut elsewhere, of another kind, split over nodes, joined in one."""
    name = document["document"]
    nodes = {iri: e["names"] for iri, e in found.entities.items()}
    kinds = {iri: scorer.most_specific(e["types"]) for iri, e in found.entities.items()}
    everything = {word for names in nodes.values() for word in names}
    optional = {scorer.plain(m) for g in document["entities"] for m in g.get("optional_mentions", [])}
    claimed: dict[str, list[str]] = defaultdict(list)
    for gold in document["entities"]:
        wanted = {scorer.plain(m) for m in gold["mentions"]} | {scorer.plain(gold["name"])}
        mine = [iri for iri, names in nodes.items() if names & wanted]
        for iri in mine:
            claimed[iri].append(gold["id"])
        if gold.get("optional"):
            continue
        if not mine:
            near = [n for n in everything if any(set(w.split()) & set(n.split()) for w in wanted)]
            cause = "name cut elsewhere" if near else "name not seen"
            causes[f"{gold['type']}: {cause}"].append(f"{name}: {gold['name']} {sorted(near)[:3]}")
            continue
        allowed = {gold["type"], *gold.get("type_alternatives", [])}
        if not {kinds[iri] for iri in mine} & allowed:
            causes[f"{gold['type']}: taken for {kinds[mine[0]]}"].append(f"{name}: {gold['name']}")
        elif len(mine) > 1:
            split = [sorted(nodes[iri]) for iri in mine]
            causes[f"{gold['type']}: split over nodes"].append(f"{name}: {gold['name']} {split}")
    for iri, names in nodes.items():
        if len(claimed[iri]) > 1:
            causes["names joined in one node"].append(f"{name}: {sorted(names)} are {claimed[iri]}")
        elif not claimed[iri] and not names <= optional:
            causes[f"{kinds[iri]}: no such name"].append(f"{name}: {sorted(names)}")


def meetings(document: dict, found: scorer.Predicted, text: str, causes: Causes) -> None:
    """Why meetings are missed: no evidence read, participants unresolved, or told as part of another."""
    name = document["document"]
    told = [span for m in found.meetings.values() for span in m["spans"]]
    for gold in document["meetings"]:
        if gold.get("optional"):
            continue
        spans = [tuple(span) for span in gold["spans"]]
        over = [
            iri for iri, m in found.meetings.items() if any(scorer.overlap(a, b) for a in spans for b in m["spans"])
        ]
        words = text[slice(*spans[0])]
        if not over:
            causes["meeting: its sentences tell none"].append(f"{name}: {words[:110]!r}")
        elif all(not found.meetings[iri]["participants"] for iri in over):
            causes["meeting: nobody named takes part"].append(f"{name}: {words[:110]!r}")
        elif not any(len(found.meetings[iri]["participants"]) >= len(gold["participants"]) for iri in over):
            cause = "a pronoun or description unresolved" if PRONOUN.search(words) else "participants missing"
            causes[f"meeting: {cause}"].append(f"{name}: {words[:110]!r}")
    for span in told:
        if not any(
            scorer.overlap(span, tuple(s))
            for g in document["meetings"]
            for s in g["spans"] + g.get("optional_spans", [])
        ):
            causes["meeting: told where there is none"].append(f"{name}: {text[slice(*span)][:110]!r}")


def fields(document: dict, store: ox.Store, causes: Causes) -> None:
    """The scorer's own lines for everything else, by row."""
    skip = {"Person", "Party", "Organisation", "Place", "meetings", "participants", "documents"}
    for row, tally in scorer.score([document], store).items():
        if row in skip:
            continue
        for line in tally.errors:
            cause = re.sub(r"^[^:]*: ", "", line).split()[0] if row == "roles" else "wrong or missing"
            if "got ['?']" in line:
                cause = "an unnamed source instead of a name"
            elif "got []" in line:
                cause = "no speaker found"
            causes[f"{row}: {cause}"].append(line)


def main() -> None:
    """Build, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--documents", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("--examples", type=int, default=5)
    given = parser.parse_args()
    folder = given.documents or given.gold
    causes: Causes = defaultdict(list)
    with tempfile.TemporaryDirectory() as made:
        target = Path(made) / "graph.nq"
        kg.build([folder], language=given.language).export(target)
        store = ox.Store()
        store.bulk_load(path=str(target))
    for path in sorted(given.gold.glob("*.json")):
        document = json.loads(path.read_text("utf-8"))
        if "sha256" not in document:
            continue
        text = (folder / document["document"]).read_bytes().decode("utf-8")
        found = scorer.Predicted(store, document["document"])
        entities(document, found, causes)
        meetings(document, found, text, causes)
        fields(document, store, causes)
    for cause, lines in sorted(causes.items(), key=lambda item: (-len(item[1]), item[0])):
        print(f"{len(lines):4}  {cause}")
        for line in lines[: given.examples]:
            print(f"        {line}")


if __name__ == "__main__":
    main()
