"""An index beside the store: names by parts and with typing errors, words of statements, lists in order.

    update(store)                     # after a build: brings the index up to the graph, anew where much has changed
    refresh(".kg")                    # the same before a store is only read
    index = opened(store)             # the index on disk where it is in step, else one in memory
    index.names("kier stramer"); index.words("missed opportunity"); index.parts("person/jane-doe", "meeting")

tables.py     what the index holds, and how it is made from the graph
concerned.py  which nodes a change concerns, and what of the graph tells of them
renewed.py    makes the rows of these nodes anew, and no others
keeping.py    the file on disk
index.py      what it can be asked
names.py      how near a name is to what was typed

The index says nothing that the graph does not: it holds what pages look up, in the order in which they show it. It
is an SQLite file `search.sqlite` beside the graph's files, with FTS5 tables.
"""

from __future__ import annotations

from kg.search.index import Index as Index
from kg.search.index import opened as opened
from kg.search.keeping import in_step as in_step
from kg.search.keeping import refresh as refresh
from kg.search.keeping import update as update
