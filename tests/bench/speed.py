"""Words per second from text to quads on one core, beside the bare language pipeline on the same texts.

    OMP_NUM_THREADS=1 python tests/bench/speed.py FOLDER [--copies N] [--rounds N]

FOLDER is read `--copies` times over, each copy under names of its own. Both are measured in turn `--rounds`
times, warm; the medians and the ratio are printed, then what each step costs in microseconds a word.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from kg.documents import read
from kg.find import find
from kg.language import analyse
from kg.language.backend import load
from kg.model import Document
from kg.rdf import describe
from kg.resolve import resolve


def bare(texts: list[str]) -> tuple[float, int]:
    """Seconds and words of the pipeline alone."""
    nlp = load().nlp
    began = time.perf_counter()
    with nlp.memory_zone():
        words = sum(sum(not token.is_space for token in doc) for doc in nlp.pipe(texts))
    return time.perf_counter() - began, words


def whole(documents: list[Document]) -> tuple[float, Counter[str], int]:
    """Seconds from text to quads, seconds by step, and quads."""
    spent: Counter[str] = Counter()
    began = last = time.perf_counter()
    findings = []
    for analysis in analyse(documents):
        now = time.perf_counter()
        spent["analyse"] += now - last
        findings.append(find(analysis))
        last = time.perf_counter()
        spent["find"] += last - now
    facts = resolve(findings)
    now = time.perf_counter()
    spent["resolve"] = now - last
    quads = sum(1 for _ in describe(facts))
    spent["describe"] = time.perf_counter() - now
    return time.perf_counter() - began, spent, quads


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    once = [found for found in read(given.folder) if isinstance(found, Document)]
    documents = [replace(one, slug=f"{n}/{one.slug}") for n in range(given.copies) for one in once]
    texts = [document.text for document in documents]
    whole(documents[: len(once)])
    alone, all_steps, steps = [], [], []
    for _ in range(given.rounds):
        seconds, words = bare(texts)
        alone.append(seconds)
        seconds, spent, quads = whole(documents)
        all_steps.append(seconds)
        steps.append(spent)
    print(f"{len(documents)} documents, {words} words, {quads} quads")
    print(f"bare pipeline   {words / median(alone):8.0f} words/s")
    print(f"text to quads   {words / median(all_steps):8.0f} words/s")
    print(f"ratio           {median(a / b for a, b in zip(alone, all_steps, strict=True)):8.2f}")
    for step in ("analyse", "find", "resolve", "describe"):
        print(f"{step:15} {median(s[step] for s in steps) / words * 1e6:8.1f} µs a word")
    print(f"peak memory     {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")


if __name__ == "__main__":
    main()
