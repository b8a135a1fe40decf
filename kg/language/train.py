"""Trains the pipeline that finds names and parses sentences, from text that somebody has marked.

The data folder holds up to three folders, each of which may be missing:

`names/*.txt`, UTF-8: text with names marked inline, unnested, and no other use of `[`, `]`, `|`:

    [PARTY|Harbour Party] [ROLE|leader] [PER|Ada Quill] met the [ORG|Dockers' Union] in [PLACE|Port Avel].

    PER    a person's name, without title          PARTY  a party or parliamentary group
    ORG    any other body, with its "of" and "and" PLACE  countries, towns, buildings
    ROLE   an office given to somebody, without the body

    A file with blank lines holds articles (headline first, a paragraph a line), divided by them; a
    file without holds a paragraph a line. Of each file the items 5, 10, 15 ... are never trained on:
    the scores at the end are theirs.

`more/*.txt`: the same, but all of it is trained on. The text that our own pipeline learnt from is in
    the source repository under `tests/bench/marked`.

`treebank/*.spacy`: spaCy DocBins with Penn tags, Universal Dependencies relations, parts of speech
    and features, and lemmas (`python -m spacy convert train.conllu .` makes them). Files with "train"
    in their name are trained on; the others only give scores.

Without `treebank/` the grammar of the pipeline that ships is kept and only names are learnt; without
marked text only grammar. A pipeline written here is used by `kg build --language FOLDER`.
"""

from __future__ import annotations

from pathlib import Path

from kg.errors import DataError
from kg.language.training.learning import learn
from kg.language.training.settings import Report, Settings


def train(data: Path, output: Path, report: Report = print, settings: Settings | None = None) -> dict[str, float]:
    """Train on the folder `data`, write the pipeline to the folder `output`, and return its scores.

    Scores are F1 in percent by label ("PER", ...) and by treebank ("las ewt_test"); they are written
    into the pipeline's meta.json too. `report` gets a line now and then. Raises DataError where the
    folder holds nothing to train on or a file breaks its format.
    """
    if not data.is_dir():
        raise DataError(f"{data}: no such folder; give one with names/*.txt, more/*.txt or treebank/*.spacy")
    # Late: thinc takes a second to import.
    from kg.language.training.arithmetic import quick

    with quick():
        return learn(data, output, report, settings or Settings())
