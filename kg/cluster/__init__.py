"""The same steps on Apache Spark: documents from any file system that it reads, the graph as sharded N-Quads.

    with session("spark://host:7077") as spark:
        build(spark, ["s3a://archive/news"], "hdfs:///graph")

session.py     a session of Spark, and what is missing where there is none
reading.py     files to documents, by the readers of one machine
finding.py     documents to findings, in the batches of one machine
small.py       the small tables over all documents, and which names may bear on each other
people.py      who is who: names shuffled by group, each group decided by `kg.resolve`
meetings.py    accounts shuffled by block and by group, occasions by the key that they want
posts.py       offices by body and title, likely holders by title
components.py  which records hang together, however many pairs bring them together
quads.py       each document's graph and the graph of conclusions, as lines of N-Quads
shards.py      the files, and what bulk loaders need to load them

No rule stands here: `kg.find` finds, `kg.resolve` decides one group at a time, `kg.rdf` describes. All shards together
hold the lines that one machine exports, each once.
"""

from __future__ import annotations

from kg.cluster.building import Built, Plan, build
from kg.cluster.session import session

__all__ = ["Built", "Plan", "build", "session"]
