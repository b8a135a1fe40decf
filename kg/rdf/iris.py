"""Every IRI of an instance is minted here.

A key is the last part of an IRI, what stands before it the folder: {base}meeting/2016-02-29-jlm-nec-tom-watson.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode

from kg.model import Facts, Findings, Identity, Local, Wish
from kg.rdf.graphs import ENTITY_FOLDERS as ENTITY_FOLDERS
from kg.rdf.graphs import checked_base as checked_base
from kg.rdf.graphs import document_iri as document_iri
from kg.rdf.graphs import document_slug as document_slug
from kg.rdf.graphs import identity_graph as identity_graph
from kg.rdf.graphs import inferred_graph as inferred_graph
from kg.rdf.graphs import split as split
from kg.resolve.keys import Anchor, Held, Wanted, assign, is_form_of, short_hash, slug
from kg.resolve.natural import wishes
from kg.resolve.titles import canonical, plain

ACCOUNTS = ("meeting", "statement", "tenure", "source")
Keys = Mapping[tuple[str, Local], str]
"""The key of each account, by its folder and its place."""


class Minter:
    """The IRIs of all that `facts` tell.

    Accounts of different documents may want one key ("2018-04-24-mr-x-board"): then each carries a hash of
    its document and place, unless `held` says that it has its key already.
    `keys` are those of all accounts, where they are known already.
    """

    def __init__(self, facts: Facts, base: str, held: Held | None = None, keys: Keys | None = None) -> None:
        self.base = checked_base(base)
        self._identity_of = facts.identity_of
        self._keys: dict[tuple[str, Local], str] = dict(keys or {})
        for folder in ACCOUNTS if keys is None else ():
            found = tuple(item for slug, some in facts.wishes.items() for item in _placed(folder, slug, some))
            given = assign(Wanted(key, apart(anchor, local), (held or {}).get(anchor)) for local, key, anchor in found)
            self._keys.update(((folder, local), key) for (local, _, _), key in zip(found, given, strict=True))

    def account(self, folder: str, local: Local) -> NamedNode:
        """A meeting, statement, tenure or source of one document."""
        return NamedNode(f"{self.base}{folder}/{self._keys[folder, local]}")

    def key(self, folder: str, local: Local) -> str:
        """The last part of such an IRI."""
        return self._keys[folder, local]

    def entity(self, identity: Identity) -> NamedNode:
        """A person, party, organisation or place."""
        return NamedNode(f"{self.base}{identity.kind.lower()}/{identity.key}")

    def agent(self, local: Local) -> NamedNode:
        """The entity or the unnamed source that a local id stands for."""
        identity = self._identity_of.get(local)
        return self.entity(identity) if identity else self.account("source", local)

    def conclusion(self, folder: str, key: str) -> NamedNode:
        """An occasion or office."""
        return NamedNode(f"{self.base}{folder}/{key}")

    def role(self, title: str) -> NamedNode:
        """The concept of a role, the same for all wordings of its title."""
        return self.concept("role", plain(canonical(title)))

    def concept(self, folder: str, words: str) -> NamedNode:
        """A role's name, or a form or medium that the ontology does not list."""
        return NamedNode(f"{self.base}{folder}/{slug(words)}")


def _wanted(folder: str, findings: Iterable[Findings]) -> Iterator[tuple[Local, str, Anchor]]:
    """The accounts of a folder in some documents, each with the key that it wants and where it stands."""
    for one in findings:
        yield from _placed(folder, one.document.slug, wishes(one))


def _placed(folder: str, document: str, some: Iterable[Wish]) -> Iterator[tuple[Local, str, Anchor]]:
    for wish in some:
        if wish.folder == folder:
            yield Local(document, wish.id), wish.key, Anchor(folder, document, wish.start)


def local_of(folder: str, key: str, one: Findings, start: int) -> Local | None:
    """The meeting, statement or tenure of a document that bears a key; `start` is where the graph says that it stands.

    None where the document has none.
    """
    fitting = []
    for local, natural, anchor in _wanted(folder, (one,)):
        if key == f"{natural}-{short_hash(apart(anchor, local))}":
            return local
        if is_form_of(key, natural):
            fitting.append((anchor.start != start, key != natural, local))
    return min(fitting)[2] if fitting else None


def apart(anchor: Anchor, local: Local) -> str:
    """What tells an account from others that want its key."""
    return f"{anchor.document}@{anchor.start}{local.id}"
