"""Maps a model's labels to ours: Universal Dependencies relations, five kinds of names.

The only module that knows them. Ours come as they are; the public English pipelines (`en_core_web_*`) use
ClearNLP relations, in which prepositions and the verb "be" govern, conjuncts form a chain, and "to" is an auxiliary.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import cast

from kg.language.analysis import NameLabel

_OURS = frozenset(("PER", "PARTY", "ORG", "PLACE", "ROLE"))
# Public labels of names. NORP mixes nationalities, religions and parties, so the rules must find parties without it.
_NAMES: dict[str, NameLabel] = {"PERSON": "PER", "ORG": "ORG", "GPE": "PLACE", "LOC": "PLACE", "FAC": "PLACE"}
_RELATIONS = {
    "ROOT": "root",
    "dobj": "obj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dative": "iobj",
    "poss": "nmod:poss",
    "relcl": "acl:relcl",
    "attr": "xcomp",
    "acomp": "xcomp",
    "oprd": "xcomp",
    "neg": "advmod",
    "quantmod": "advmod",
    "npadvmod": "obl:unmarked",
    "prt": "compound:prt",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "intj": "discourse",
    "meta": "dep",
    "agent": "advmod",
    "prep": "advmod",
    "pobj": "obl",
    "pcomp": "advcl",
}
_BE = frozenset(("be", "am", "is", "are", "was", "were", "been", "being", "'s", "’s", "'re", "’re", "'m", "’m"))
_NOMINAL = ("NN", "PRP", "CD", "DT", "WP")


def is_public(relations: Collection[str]) -> bool:
    """Whether a parser with these labels uses the relations of the public pipelines."""
    return "dobj" in relations or "pobj" in relations


def name_label(label: str) -> NameLabel | None:
    """Our label of a name, None for what is none of the five kinds."""
    return cast(NameLabel, label) if label in _OURS else _NAMES.get(label)


def relation(label: str) -> str:
    """A relation of a pipeline trained on Universal Dependencies, its root written as they do."""
    return "root" if label == "ROOT" else label


class Tree:
    """The words of a text with their governors and public relations, turned into Universal Dependencies.

    `heads` are indexes, a root is its own; `lower` the words in lower case, `tags` Penn tags.
    """

    def __init__(self, lower: Sequence[str], tags: Sequence[str], heads: Sequence[int], deps: Sequence[str]) -> None:
        self.lower = lower
        self.tags = tags
        self.heads = list(heads)
        self.deps = list(deps)
        self.below: list[list[int]] = [[] for _ in heads]
        for i, head in enumerate(heads):
            if head != i:
                self.below[head].append(i)

    def universal(self) -> tuple[list[int], list[str]]:
        """The governors and relations of all words."""
        for i in reversed(self._top_down()):
            if self.deps[i] in ("prep", "agent", "dative"):
                self._turn_preposition(i)
        for i in self._top_down():
            if self.lower[i] in _BE:
                self._turn_copula(i)
        for i, dep in enumerate(self.deps):
            if dep == "aux" and self.tags[i] == "TO":
                self.deps[i] = "mark"
            elif dep == "cc":
                self._move_conjunction(i)
        for i, dep in enumerate(self.deps):
            if dep == "conj":
                self._flatten(i)
        return self.heads, [_RELATIONS.get(dep, dep) for dep in self.deps]

    def _top_down(self) -> list[int]:
        order = [i for i, head in enumerate(self.heads) if head == i]
        for i in order:
            order.extend(self.below[i])
        return order

    def _move(self, i: int, head: int) -> None:
        if self.heads[i] != i:
            self.below[self.heads[i]].remove(i)
        self.heads[i] = head
        if head != i:
            self.below[head].append(i)

    def _replace(self, old: int, new: int) -> None:
        """Put `new` where `old` hangs, and `old` with all else that it governs below `new`."""
        root = self.heads[old] == old
        self._move(new, new if root else self.heads[old])
        for child in list(self.below[old]):
            self._move(child, new)
        self._move(old, new)

    def _turn_preposition(self, i: int) -> None:
        """A preposition becomes the case of its object, which takes its place."""
        governor = self.heads[i]
        nominal = governor != i and self.tags[governor].startswith(_NOMINAL)
        inner = next((c for c in self.below[i] if self.deps[c] == "pobj"), None)
        if inner is None:
            inner = next((c for c in self.below[i] if self.deps[c] in ("obl", "nmod", "obl:agent") and c > i), None)
        clause = next((c for c in self.below[i] if self.deps[c] == "pcomp"), None)
        if inner is not None:
            agent = self.deps[i] == "agent"
            self._replace(i, inner)
            self.deps[inner] = "obl:agent" if agent else "nmod" if nominal else "obl"
            self.deps[i] = "case"
        elif clause is not None:
            self._replace(i, clause)
            self.deps[clause] = "acl" if nominal else "advcl"
            self.deps[i] = "mark"

    def _turn_copula(self, i: int) -> None:
        """What is said of the subject becomes the head of the clause, "be" its copula."""
        children = self.below[i]
        labels = {self.deps[c] for c in children}
        if "expl" in labels:
            for child in children:
                if self.deps[child] == "attr":
                    self.deps[child] = "nsubj"
            return
        said = next((c for c in children if self.deps[c] in ("attr", "acomp")), None)
        if said is None and "nsubj" in labels and not labels & {"ccomp", "xcomp", "oprd", "advcl"}:
            said = next((c for c in children if self.deps[c] == "obl" and c > i), None)
        if said is not None:
            dep = self.deps[i]
            self._replace(i, said)
            self.deps[said], self.deps[i] = dep, "cop"

    def _flatten(self, i: int) -> None:
        """Every conjunct hangs on the first one."""
        first = self.heads[i]
        while self.deps[first] == "conj" and self.heads[first] != first:
            first = self.heads[first]
        self._move(i, first)

    def _move_conjunction(self, i: int) -> None:
        """ "and" hangs on the conjunct behind it."""
        behind = [c for c in self.below[self.heads[i]] if self.deps[c] == "conj" and c > i]
        if behind:
            self._move(i, min(behind))
