"""Files on any file system that Spark reads, to documents."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.documents import CONTAINERS, READERS, Skipped
from kg.documents.decode import decode
from kg.documents.edtf import bounds
from kg.documents.finish import Place
from kg.documents.given import documents
from kg.documents.sources import NAME, Source, parsed
from kg.errors import UsageError
from kg.model import Document

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame, SparkSession

_SHAPE = "slug string, document string, path string, place string, reason string, failure boolean"
_LARGEST = 2_000_000_000
_ROWS = 64
_FIELDS = ("slug", "name", "text", "title", "sha256", "address", "publisher", "published")
_Listed = Mapping[tuple[str, str], Mapping[str, Source]]
"""The lists of sources, by root and by folder below it."""


class Root(NamedTuple):
    """A file or folder that was given, or one that a pattern stands for, as Spark writes it."""

    path: str
    folder: bool

    def slug(self, path: str) -> str:
        """The path below the folder; of a file its name."""
        return path.removeprefix(self.path.rstrip("/") + "/") if self.folder else path.rpartition("/")[2]


def roots(spark: SparkSession, paths: Sequence[str]) -> list[Root]:
    """What the paths stand for. Raises UsageError for a path that is not there."""
    context: Any = spark.sparkContext
    configuration, path_class = context._jsc.hadoopConfiguration(), context._jvm.org.apache.hadoop.fs.Path
    found: dict[Root, None] = {}
    for path in paths:
        given = path_class(path)
        system = given.getFileSystem(configuration)
        there = system.globStatus(given)
        if not there:
            raise UsageError(f"{path}: no such file or folder; name what Spark can read, such as hdfs:///news/2020")
        found.update((Root(each.getPath().toString(), bool(each.isDirectory())), None) for each in there)
    return list(found)


def read(spark: SparkSession, paths: Sequence[str]) -> DataFrame:
    """Every document of the files, and what was left out and why, a row each: see `document` and `skipped`.

    Files are read whole, each by one task, which bounds a file to 2 GB; their documents are then dealt out anew.
    Names that begin with "." or "_" are passed over, as Spark does.
    """
    there = roots(spark, paths)
    lists = _lists(spark, there)
    shared = _shared(spark, there) if len(there) > 1 else frozenset()

    def make(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        rows = (row for frame in frames for row in _rows(frame, there, lists, shared))
        yield from _frames(rows)

    files = _files(spark, there, [*READERS, *CONTAINERS]).select("path", "content")
    return files.mapInPandas(make, _SHAPE)


def document(packed: str) -> Document:
    """The document of a row."""
    fields = json.loads(packed)
    return Document(**fields, bounds=bounds(fields["published"] or ""))


def _files(spark: SparkSession, there: Sequence[Root], endings: Iterable[str]) -> DataFrame:
    names = ",".join("".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in ending) for ending in endings)
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    return reader.option("pathGlobFilter", f"*{{{names}}}").load([root.path for root in there])


def _lists(spark: SparkSession, there: Sequence[Root]) -> _Listed:
    """The lists of sources in the folders. Raises DataError where one is malformed."""
    folders = [root for root in there if root.folder]
    if not folders:
        return {}
    found: dict[tuple[str, str], Mapping[str, Source]] = {}
    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true").option("pathGlobFilter", NAME)
    for row in reader.load([root.path for root in folders]).select("path", "content").collect():
        rows = parsed(decode(bytes(row.content)), row.path)
        for root in _over(row.path, folders):
            found[root.path, root.slug(row.path).rpartition("/")[0]] = rows
    return found


def _over(path: str, there: Sequence[Root]) -> Iterator[Root]:
    """The roots that hold a file."""
    return (root for root in there if path == root.path or (root.folder and path.startswith(root.path + "/")))


def _shared(spark: SparkSession, there: Sequence[Root]) -> frozenset[str]:
    """The slugs that files of several roots share."""
    paths = _files(spark, there, [*READERS, *CONTAINERS]).select("path").distinct()
    slugs = Counter(next(_over(row.path, there)).slug(row.path) for row in paths.toLocalIterator())
    return frozenset(slug for slug, number in slugs.items() if number > 1)


def _rows(
    frame: pd.DataFrame, there: Sequence[Root], lists: _Listed, shared: frozenset[str]
) -> Iterator[Document | Skipped]:
    import hashlib

    for path, content in zip(frame["path"], frame["content"], strict=True):
        root = next(_over(path, there))
        slug = PurePosixPath(root.slug(path))
        data = bytes(content)
        if str(slug) in shared:
            digest = hashlib.sha256(data).hexdigest()[:8]
            slug = slug.with_name(f"{slug.stem}-{digest}{slug.suffix}")
        from pathlib import Path

        place = Place(str(slug), path.rpartition("/")[2], Path(root.slug(path)))
        yield from documents(data, place, _source(root, root.slug(path), lists) or Source(0))


def _source(root: Root, slug: str, lists: _Listed) -> Source | None:
    """The row for a file: from its own folder's list, else from one above, up to the folder that was given."""
    parts = slug.split("/")
    for depth in range(1, len(parts) + 1):
        row = lists.get((root.path, "/".join(parts[:-depth])), {}).get("/".join(parts[-depth:]))
        if row is not None:
            return row
    return None


def _frames(found: Iterator[Document | Skipped]) -> Iterator[pd.DataFrame]:
    import pandas as pd

    columns = [part.split()[0] for part in _SHAPE.split(", ")]
    rows: list[tuple[object, ...]] = []
    for each in found:
        if isinstance(each, Document):
            packed = json.dumps({name: getattr(each, name) for name in _FIELDS}, ensure_ascii=False)
            rows.append((each.slug, packed, None, None, None, None))
        else:
            rows.append((None, None, str(each.path), each.where, each.reason, each.failure))
        if len(rows) >= _ROWS:
            yield pd.DataFrame(rows, columns=columns)
            rows = []
    yield pd.DataFrame(rows, columns=columns)
