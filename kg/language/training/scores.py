"""How good a pipeline is: F1 of names by label, accuracy of tags and parses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kg.language.training.examples import bare, tokens
from kg.language.training.marked import LABELS, Item, flat

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def names(nlp: Language, items: Sequence[Item]) -> dict[str, float]:
    """F1 in percent by label and for ALL; a name counts where both ends and the label are right."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    texts = [flat(item) for item in items]
    prepared = [tokens(nlp, text) for text, _ in texts]
    for doc, (_, spans), (_, gold) in zip(nlp.pipe([doc for doc, _ in prepared]), prepared, texts, strict=True):
        found = {(spans[name.start].start, spans[name.end - 1].end, name.label_) for name in doc.ents}
        for label in LABELS:
            ours, theirs = ({name for name in each if name[2] == label} for each in (found, set(gold)))
            right[label] += 2 * len(ours & theirs)
            total[label] += len(ours) + len(theirs)
    right["ALL"], total["ALL"] = sum(right.values()), sum(total.values())
    return {label: round(100 * right[label] / max(1, total[label]), 1) for label in (*LABELS, "ALL")}


def parses(nlp: Language, docs: Sequence[Doc]) -> dict[str, float]:
    """Percent of right tags (tag, pos), lemmas, heads (uas), heads with relation (las).

    Tokens and sentences are given, as the product gives them; as usual in spaCy, punctuation does not
    count in uas and las.
    """
    from spacy.training import Example

    scores: Mapping[str, float | None] = nlp.evaluate([Example(bare(doc), doc) for doc in docs])
    wanted = {"tag": "tag_acc", "pos": "pos_acc", "lemma": "lemma_acc", "uas": "dep_uas", "las": "dep_las"}
    return {name: round(100 * (scores.get(key) or 0.0), 1) for name, key in wanted.items()}
