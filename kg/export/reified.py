"""RDF 1.2: the plain triple that an account tells of, as a triple term on the account.

    <meeting/…> rdf:reifies <<( <person/…> wm:met <person/…> )>>      for each pair of persons at a held meeting
    <tenure/…> rdf:reifies <<( <person/…> org:holds <office/…> )>>

The meeting or tenure thus says when, where and by which words a triple is told; the triple itself is not asserted.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.rdf.namespaces import PREFIXES, term
from kg.store import Store

_REIFIES = ox.NamedNode(PREFIXES["rdf"] + "reifies")
_MET = """
SELECT ?account ?one ?other WHERE {
    ?account wm:status wm:Held ; wm:participant ?one , ?other . ?one a wm:Person . ?other a wm:Person .
    FILTER(STR(?one) < STR(?other))
}
"""
_HOLDS = """
SELECT ?account ?one ?other WHERE { ?other a wm:Office ; wm:tenure ?account . ?account org:member ?one }
"""


def reified(store: Store) -> Iterator[ox.Quad]:
    """The triple terms of a store, each in the graph of its account."""
    for text, predicate in ((_MET, term("wm:met")), (_HOLDS, term("org:holds"))):
        for row in store.query(text):  # type: ignore[union-attr]
            triple = ox.Triple(row["one"], predicate, row["other"])
            yield ox.Quad(row["account"], _REIFIES, triple, _graph(store, row["account"]))


def _graph(store: Store, account: ox.NamedNode) -> ox.NamedNode | ox.BlankNode | ox.DefaultGraph:
    return next(store.oxigraph.quads_for_pattern(account, term("rdf:type"), None, None)).graph_name
