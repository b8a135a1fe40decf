"""Scores the finding of names against text that carries its names as inline marks.

    python tests/bench/names.py FOLDER [--part held|train|all] [--rules] [--errors N] [--files GLOB]

Marks are `[TYPE|surface]` with PER, PARTY, ORG, PLACE, ROLE. An item is a line, in files named
`articles-*` a block between blank lines; items 5, 10, 15 … of each file are held out. A name counts as
right where span and kind are those of the mark; ROLE is scored from the model's names alone.
`--rules` takes the model's names away; `--errors N` prints N misses and N false names of each kind.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kg.find import names
from kg.language.analysis import Analysis
from kg.language.backend import analyse
from kg.model import Document, Span

MARK = re.compile(r"\[([A-Z]+)\|([^\]|]*)\]")
KINDS = {"Person": "PER", "Party": "PARTY", "Organisation": "ORG", "Place": "PLACE"}
LABELS = ("PER", "PARTY", "ORG", "PLACE", "ROLE")
Marks = dict[Span, str]


def items(path: Path) -> list[str]:
    """The marked items of a file in order."""
    text = path.read_text("utf-8")
    blocks = re.split(r"\n\s*\n", text) if path.name.startswith("articles-") else text.split("\n")
    return [block.strip() for block in blocks if block.strip()]


def unmark(marked: str) -> tuple[str, Marks]:
    """The plain text and its marks with their places."""
    out: list[str] = []
    gold: Marks = {}
    last = length = 0
    for match in MARK.finditer(marked):
        before = marked[last : match.start()]
        start = length + len(before)
        out += [before, match.group(2)]
        length = start + len(match.group(2))
        gold[Span(start, length)] = match.group(1)
        last = match.end()
    return "".join([*out, marked[last:]]), gold


def load(folder: Path, part: str, glob: str) -> Iterator[tuple[Document, Marks]]:
    """The documents of the part wanted, with their marks."""
    for path in sorted(folder.glob(glob)):
        if path.name.lower().startswith("readme"):
            continue
        for number, item in enumerate(items(path), 1):
            if part != "all" and (number % 5 == 0) != (part == "held"):
                continue
            text, gold = unmark(item)
            slug = f"{path.stem}/{number}"
            yield Document(slug, slug, text, text.split("\n")[0], hashlib.sha256(text.encode()).hexdigest()), gold


def found(analysis: Analysis) -> Marks:
    """What the finder says, in the marks' labels; roles from the model."""
    marks = {mention.span: KINDS[mention.kind] for mention in names.find(analysis)}
    return marks | {name.span: "ROLE" for name in analysis.names if name.label == "ROLE"}


def main() -> None:
    """Score and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=Path)
    options.add_argument("--part", choices=("held", "train", "all"), default="held")
    options.add_argument("--files", default="*.txt")
    options.add_argument("--rules", action="store_true")
    options.add_argument("--errors", type=int, default=0)
    options.add_argument("--model", default="en")
    given = options.parse_args()
    loaded = list(load(given.folder, given.part, given.files))
    analyses = list(analyse((document for document, _ in loaded), given.model))
    if given.rules:
        analyses = [replace(one, names=()) for one in analyses]
    began = time.process_time()
    results = [found(one) for one in analyses]
    spent = time.process_time() - began
    right, said, wanted = Counter[str](), Counter[str](), Counter[str]()
    errors: dict[str, list[str]] = defaultdict(list)
    for (document, gold), predicted in zip(loaded, results, strict=True):
        for span, label in gold.items():
            wanted[label] += 1
            if predicted.get(span) != label:
                near = [f"{document.text[s.start : s.end]}={k}" for s, k in predicted.items() if s.overlaps(span)]
                errors["missed " + label].append(_line(document, span, near))
        for span, label in predicted.items():
            said[label] += 1
            right[label] += gold.get(span) == label
            if gold.get(span) != label and not any(s.overlaps(span) for s in gold):
                errors["false " + label].append(_line(document, span, []))
    for kind, lines in sorted(errors.items()):
        for line in lines[:: max(1, len(lines) // given.errors)] if given.errors else ():
            print(kind, line)
    print(f"{'':6} {'P':>6} {'R':>6} {'F1':>6} {'marks':>7}")
    for label in LABELS:
        p, r = right[label] / max(1, said[label]), right[label] / max(1, wanted[label])
        print(f"{label:6} {p:6.3f} {r:6.3f} {2 * p * r / max(1e-9, p + r):6.3f} {wanted[label]:7}")
    tokens = sum(len(one.tokens) for one in analyses)
    print(f"{len(loaded)} items, {tokens} tokens, {spent / max(1, tokens) * 1e6:.1f} µs a token")


def _line(document: Document, span: Span, near: list[str]) -> str:
    text = document.text
    before, after = text[max(0, span.start - 50) : span.start], text[span.end : span.end + 30]
    return f"{document.slug}: {before}«{text[span.start : span.end]}»{after} {near or ''}".replace("\n", "⏎")


if __name__ == "__main__":
    main()
