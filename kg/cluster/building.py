"""The six steps on a cluster: read, analyse, find, resolve, describe, written as shards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.cluster import finding, meetings, people, posts, quads, reading, shards, small
from kg.documents import Skipped
from kg.errors import UsageError
from kg.language import OWN
from kg.model import Problem
from kg.rdf.iris import checked_base
from kg.rdf.namespaces import BASE
from kg.resolve.brief import unpacked
from kg.resolve.copies import by_document

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import DataFrame, SparkSession

_TOLD = 1000
"""Of what was left out, or noticed, so many are told by name."""
_PER_CORE = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """How to build: `base` begins the IRIs, `language` is the pipeline, `parts` the number of parts in which documents
    and conclusions are dealt out and written, by default three a core."""

    base: str = BASE
    language: str = OWN
    parts: int | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: documents, lines and shards written, documents left out; the first of these and of what was
    noticed in the others."""

    documents: int
    quads: int
    shards: int
    left_out: int
    failures: int
    skipped: tuple[Skipped, ...] = ()
    problems: tuple[Problem, ...] = ()


def build(spark: SparkSession, paths: Sequence[str], out: str, plan: Plan | None = None) -> Built:
    """Read the documents at `paths` and write their graph into the folder `out`, which must be new or empty.

    A document that cannot be read or analysed is left out, reported and counted. A task that fails, with the machine
    on which it ran, is done anew elsewhere. Raises UsageError where a path is missing or `out` holds something.
    """
    plan = plan or Plan()
    checked_base(plan.base)
    folder = shards.Folder(spark, out)
    if not folder.empty():
        raise UsageError(f"-o {out}: there is something already; name a new folder")
    parts = plan.parts or _PER_CORE * spark.sparkContext.defaultParallelism
    found = _found(spark, paths, folder, plan, parts)
    told = _told(found)
    if told.documents:
        written = graph(spark, found, folder, plan.base, parts)
        lines = spark.read.text(folder.at("*.nq.gz")).count()
        counts = {"documents": told.documents, "left_out": told.left_out, "quads": lines}
        folder.write(shards.MANIFEST, shards.manifest(plan.base, counts, written))
        told = Built(
            told.documents, lines, len(written), told.left_out, told.failures, told.skipped, told.problems
        )  # fmt: skip
    folder.remove("_work")
    return told


def _found(spark: SparkSession, paths: Sequence[str], folder: shards.Folder, plan: Plan, parts: int) -> DataFrame:
    """The findings of all documents. They are written before they are used: a machine that is lost costs none."""
    read = reading.read(spark, paths)
    finding.find(read, plan.language, parts).write.parquet(folder.at("_work/findings"))
    return spark.read.parquet(folder.at("_work/findings"))


def _told(found: DataFrame) -> Built:
    whole = found.where("slug is not null")
    left_out = found.where("reason is not null")
    first = left_out.select("path", "place", "reason", "failure").orderBy("path", "place", "reason").limit(_TOLD)
    noticed = whole.selectExpr("explode(problems) as p").selectExpr("p[0] as place", "p[1] as what")
    return Built(
        whole.count(),
        0,
        0,
        left_out.count(),
        left_out.where("failure").count(),
        tuple(Skipped(Path(r.path), r.reason, r.failure, r.place) for r in first.collect()),
        tuple(Problem(r.place, r.what) for r in noticed.orderBy("place", "what").limit(_TOLD).collect()),
    )


def graph(
    spark: SparkSession, found: DataFrame, folder: shards.Folder, base: str, parts: int
) -> list[dict[str, object]]:
    """Resolve findings and write their graph; what each shard holds.

    `found` has a row a document: its slug, text, findings and brief, as `kg.store.findings` and `kg.resolve.brief`
    pack them.
    """
    context = spark.sparkContext
    whole = found.where("slug is not null")
    sources: RDD[quads.Source] = whole.select("slug", "text", "findings").rdd.map(lambda r: (r[0], (r[1], r[2])))
    briefs = whole.select("brief").rdd.map(lambda r: unpacked(r[0])).cache()
    texts = whole.select("slug", "text").rdd.map(lambda r: (r[0], r[1]))
    stories = small.stories(briefs, texts, parts)
    copies = context.broadcast(by_document(stories))
    known = context.broadcast(small.known(briefs, parts))
    identities = people.people(briefs, known, copies, parts).cache()
    who = people.by_document(identities, parts).cache()
    documents: RDD[meetings.Told] = briefs.map(lambda one: (one.slug, one)).leftOuterJoin(who, parts).cache()
    accounts = meetings.accounts(documents, copies).cache()
    named = quads.keys(briefs, parts).cache()
    pieces: RDD[Any] = (
        meetings.held(accounts, parts).map(quads.occasion)
        .union(posts.posts(documents, parts).map(quads.office))
        .union(posts.holders(documents, parts).map(quads.holder))
    )  # fmt: skip
    concluded = (
        quads.entities(identities, base)
        .union(quads.roles(briefs, base, parts))
        .union(quads.conclusions(pieces, named, base, parts))
        .union(context.parallelize(quads.copies(stories, base), 1))
    )
    return [
        *shards.write(quads.documents(sources, who, named, base), folder, "documents", parts),
        *shards.write(concluded.map(lambda line: (line, line)), folder, "conclusions", parts),
    ]
