"""Looks entities up in Wikidata or any SPARQL endpoint, and links those that are surely there.

    found = link(store, Endpoint(address), profile("wikidata"), Wish(kinds=("person",)))
    found.links        each entity with its candidates, the best first, every one with its score and reasons
    write(beside(store), found.links)       the file of candidates; the next settling of the store obeys it

A candidate far enough ahead becomes `skos:exactMatch`; `owl:sameAs` is for people to say.
"""

from __future__ import annotations

from kg.link.file import Candidate, Linked, beside, read, write
from kg.link.lookup import Found, Wish, link
from kg.link.profile import Profile, named

__all__ = ["Candidate", "Found", "Linked", "Profile", "Wish", "beside", "link", "named", "read", "write"]
