"""The pipeline's parts: one encoder for grammar, another for names that begins as a copy of the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.language.training.marked import LABELS

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

WIDTH = 96
DEPTH = 6
_HIDDEN = 128
_ROWS = (5000, 1000, 2500, 2500, 50)
_EXTRA_ROWS = (2500, 100, 2500, 2500, 200)
_HIDDEN_WORDS = 0.06
_LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "*"}
_ENCODE = {
    "@architectures": "spacy.MaxoutWindowEncoder.v2",
    "width": WIDTH,
    "depth": DEPTH,
    "window_size": 1,
    "maxout_pieces": 3,
}
_GRAMMAR = ("tagger", "morphologizer", "trainable_lemmatizer")


def grammar(nlp: Language, examples: Sequence[Example]) -> None:
    """Add tagger, morphologizer, lemmatiser and parser over one encoder, not yet trained."""
    embed = {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY"],
        "rows": list(_ROWS),
        "include_static_vectors": False,
    }
    nlp.add_pipe("tok2vec", config={"model": _tok2vec(embed)})
    for name in _GRAMMAR:
        nlp.add_pipe(name, config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTENER}})
    nlp.add_pipe("parser", config={"min_action_freq": 20, "model": _transitions("parser", _LISTENER)})
    nlp.initialize(lambda: examples)


def names(nlp: Language, examples: Sequence[Example]) -> None:
    """Add a name finder, not yet trained, in place of one that is there; its encoder starts as the grammar's."""
    from kg.language import features

    if nlp.has_pipe("ner"):
        nlp.remove_pipe("ner")
    embed = {
        "@architectures": features.EMBED,
        "width": WIDTH,
        "rows": list(_ROWS),
        "extra_rows": list(_EXTRA_ROWS),
        "hide": _HIDDEN_WORDS,
    }
    ner: Any = nlp.add_pipe("ner", config={"model": _transitions("ner", _tok2vec(embed))})
    for label in LABELS:
        ner.add_label(label)
    ner.initialize(lambda: examples, nlp=nlp)
    if nlp.has_pipe("tok2vec"):
        given: Any = nlp.get_pipe("tok2vec")
        _copy(given.model, ner.model.get_ref("tok2vec").layers[0])


def _copy(given: Any, new: Any) -> None:
    """Copy an encoder's weights into one whose embedding has more features; those begin without weight."""
    new.layers[1].from_bytes(given.layers[1].to_bytes())
    for name in ("E", "W", "G", "b"):
        pairs = zip(_holding(given.layers[0], name), _holding(new.layers[0], name), strict=False)
        for old, fresh in pairs:
            weights, value = old.get_param(name), fresh.get_param(name).copy()
            if weights.ndim and weights.shape != value.shape:
                value[...] = 0
            value[..., : weights.shape[-1]] = weights
            fresh.set_param(name, value)


def _holding(model: Any, name: str) -> list[Any]:
    return [node for node in model.walk() if node.has_param(name)]


def _tok2vec(embed: dict[str, Any]) -> dict[str, Any]:
    return {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": dict(_ENCODE)}


def _transitions(kind: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        # The parser looks at the children of the words at hand as well; for names that was not tried.
        "extra_state_tokens": kind == "parser",
        "hidden_width": _HIDDEN,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": dict(tok2vec),
    }
