"""The training itself: batches, a falling learning rate, averaged weights."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from kg.errors import DataError, ModelError
from kg.language.backend import OWN, read
from kg.language.training import building, examples, marked, scores
from kg.language.training.augment import Augmenter
from kg.language.training.marked import LABELS, Item
from kg.language.training.saving import save
from kg.language.training.settings import Report, Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.training import Example

_RISE = 0.01
_STEADY = 0.3
_NEWS = 20

Rounds = Callable[[], Iterator["Example"]]


def learn(data: Path, output: Path, report: Report, settings: Settings) -> dict[str, float]:
    """Train grammar and names as far as there is data for them; see `kg.language.train`."""
    import spacy
    from spacy.training import Example
    from thinc.api import fix_random_seed

    import kg.language.features  # noqa: F401  registers our embedding with spaCy

    fix_random_seed(settings.seed)
    random = Random(settings.seed)
    training, testing = marked.read(data / "names")
    training += marked.read_all(data / "more")
    paths = sorted((data / "treebank").glob("*.spacy"))
    fresh = any("train" in path.stem for path in paths)
    if not training and not fresh:
        raise DataError(f"{data}: nothing to train on; give names/*.txt, more/*.txt or treebank/*train*.spacy")
    if fresh and settings.start:
        raise DataError(f"{data}: grammar is learnt from nothing alone; leave out treebank/*train*.spacy, or --start")
    # Not backend.load(): that pipeline is shared, and this one is changed.
    nlp = spacy.blank("en") if fresh else _started(settings.start or OWN)
    banks = {path.stem: examples.treebank(nlp, path) for path in paths}
    if learnt := [doc for name, docs in banks.items() if "train" in name for doc in docs]:
        building.grammar(nlp, [Example(examples.bare(doc), doc) for doc in learnt])
        _run(nlp, lambda: examples.parsed(learnt, random), settings.grammar_steps, report, settings)
    if training:
        _names(nlp, training, random, report, settings)
    found = _scores(nlp, testing, {name: docs for name, docs in banks.items() if "train" not in name})
    for name, score in found.items():
        report(f"{name}: {score}")
    nlp.meta["performance"] = dict(found)
    save(nlp, output)
    return found


def _started(name: str) -> Language:
    nlp = read(name)
    if not nlp.has_pipe("ner") or set(nlp.get_pipe("ner").labels) != set(LABELS):  # type: ignore[attr-defined]
        raise ModelError(f"start {name!r}: its names are not {', '.join(LABELS)}; give {OWN!r} or a folder of kg train")
    return nlp


def _names(nlp: Language, items: Sequence[Item], random: Random, report: Report, settings: Settings) -> None:
    if not settings.start:
        building.names(nlp, [examples.named(nlp, item) for item in items[: 7 * 40 : 7] or items])
    augment = Augmenter(random, settings.shares)
    augment.learn(items)
    with nlp.select_pipes(enable=["ner"]):
        _run(nlp, lambda: examples.names(nlp, items, augment, random), settings.name_steps, report, settings)


def _run(nlp: Language, rounds: Rounds, steps: int, report: Report, settings: Settings) -> None:
    """Update the enabled parts for a number of steps and leave the averaged weights in them."""
    from spacy.training.batchers import minibatch_by_words
    from thinc.api import Adam

    optimizer = Adam(settings.rate, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True)
    losses: dict[str, float] = {}
    began, done, words = time.perf_counter(), 0, 0
    while done < steps:
        for batch in minibatch_by_words(rounds(), settings.batch, discard_oversize=False):
            optimizer.learn_rate = settings.rate * _share(done, steps)
            nlp.update(batch, drop=settings.dropout, sgd=optimizer, losses=losses)
            done, words = done + 1, words + sum(map(len, batch))
            if done % max(1, steps // _NEWS) == 0:
                told = ", ".join(f"{name} {loss:.0f}" for name, loss in losses.items())
                report(f"step {done} of {steps}, {words / (time.perf_counter() - began):.0f} words/s, loss {told}")
                losses = {}
            if done == steps:
                break
    _settle(nlp, optimizer)


def _share(done: int, steps: int) -> float:
    """The learning rate's share: a short rise, level for a third, then a straight fall to nearly nothing."""
    part = done / steps
    return min((done + 1) / (1 + _RISE * steps), 1.0) if part < _STEADY else max(0.02, (1 - part) / (1 - _STEADY))


def _settle(nlp: Language, optimizer: Any) -> None:
    for _, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        for node in model.walk() if model is not None else ():
            for name in node.param_names:
                average = optimizer.averages.get((node.id, name))
                if average is not None and node.has_param(name):
                    node.set_param(name, average)


def _scores(nlp: Language, items: Sequence[Item], banks: dict[str, Sequence[Doc]]) -> dict[str, float]:
    found = scores.names(nlp, items) if items else {}
    for bank, docs in banks.items():
        found |= {f"{name} {bank}": score for name, score in scores.parses(nlp, docs).items()}
    return found
