"""How good and how fast a pipeline is.

    python tests/bench/language.py [--language en] [--names FOLDER] [BANK.spacy ...]

Prints F1 of names by label on the held-out fifth of FOLDER/*.txt (marked text), tags and parses of
each treebank, and words a second on one thread.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from kg.language import backend
from kg.language.training import marked, scores
from kg.language.training.examples import bare, tokens, treebank


def main() -> None:
    """Measure what is named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default=backend.OWN)
    parser.add_argument("--names", type=Path)
    parser.add_argument("banks", nargs="*", type=Path)
    given = parser.parse_args()
    nlp = backend.load(given.language).nlp
    for path in given.banks:
        print(path.stem, scores.parses(nlp, treebank(nlp, path)))
    if given.names:
        _, held_out = marked.read(given.names)
        print(given.names, scores.names(nlp, held_out))
        docs = [tokens(nlp, marked.flat(item).text)[0] for item in held_out[-300:]]
    else:
        docs = [bare(doc) for path in given.banks for doc in treebank(nlp, path)]
    began = time.process_time()
    words = sum(map(len, nlp.pipe(docs)))
    print(f"{words / max(1e-9, time.process_time() - began):.0f} words/s")


if __name__ == "__main__":
    main()
