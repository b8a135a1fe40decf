"""The files of a graph: shards of N-Quads, compressed with gzip, and what bulk loaders need to load them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pyspark import RDD

from kg.cluster.session import shard
from kg.rdf.iris import identity_graph

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_CODEC = "org.apache.hadoop.io.compress.GzipCodec"
FORMAT = 1
MANIFEST = "manifest.json"


class Folder:
    """A folder on a file system that Spark writes to."""

    def __init__(self, spark: SparkSession, path: str) -> None:
        context: Any = spark.sparkContext
        self._context, self._java = context, context._jvm
        self._made = self._java.org.apache.hadoop.fs.Path
        self.path = path.rstrip("/") or "/"
        self._system = self._made(self.path).getFileSystem(context._jsc.hadoopConfiguration())

    def at(self, name: str) -> str:
        """The path of something in it."""
        return f"{self.path}/{name}"

    def empty(self) -> bool:
        """Whether there is nothing in it yet, nor a file of its name."""
        there = self._made(self.path)
        return not self._system.exists(there) or (
            self._system.getFileStatus(there).isDirectory() and not self._system.listStatus(there)
        )

    def names(self, folder: str) -> list[str]:
        """The files in a folder below it, sorted."""
        return sorted(each.getPath().getName() for each in self._system.listStatus(self._made(self.at(folder))))

    def size(self, name: str) -> int:
        """The bytes of a file."""
        return int(self._system.getFileStatus(self._made(self.at(name))).getLen())

    def move(self, name: str, to: str) -> None:
        """Give a file another name."""
        self._system.rename(self._made(self.at(name)), self._made(self.at(to)))

    def remove(self, name: str) -> None:
        """Remove a file or a folder with all below it."""
        self._system.delete(self._made(self.at(name)), True)

    def write(self, name: str, text: str) -> None:
        """Write a small file."""
        stream = self._system.create(self._made(self.at(name)), True)
        stream.write(bytearray(text.encode()))
        stream.close()


def write(lines: RDD[tuple[str, str]], folder: Folder, name: str, parts: int) -> list[dict[str, object]]:
    """Write shards of lines, each with what sorts it, in that order and each once; what each shard holds.

    The same lines give the same bytes in as many parts.
    """
    ordered = lines.repartitionAndSortWithinPartitions(parts, shard).mapPartitions(_once)
    work = f"_work/{name}"
    ordered.saveAsTextFile(folder.at(work), _CODEC)
    found = []
    for part in folder.names(work):
        if part.startswith("part-"):
            kept = f"{name}-{part[5:10]}.nq.gz"
            folder.move(f"{work}/{part}", kept)
            found.append({"file": kept, "bytes": folder.size(kept)})
    return found


def _once(items: Iterable[tuple[str, str]]) -> Iterator[str]:
    for _, same in groupby(items, key=lambda item: item[0]):
        yield next(same)[1]


def manifest(base: str, counts: dict[str, int], shards: list[dict[str, object]]) -> str:
    """What stands in the folder, and the commands that load it, as JSON."""
    graph = identity_graph(base).value
    whole = {
        "format": FORMAT,
        "media_type": "application/n-quads",
        "compression": "gzip",
        "base": base,
        "conclusions": graph,
        **counts,
        "shards": shards,
        "load": {
            "oxigraph": ["oxigraph load --location data --file *.nq.gz"],
            "virtuoso": [
                "isql 1111 dba PASSWORD exec=\"ld_dir('FOLDER', '%.nq.gz', '" + graph + "')\"",
                'isql 1111 dba PASSWORD exec="rdf_loader_run()"',
                'isql 1111 dba PASSWORD exec="checkpoint"',
            ],
            "qlever": ["zcat *.nq.gz | qlever-index -i whomet -F nq -f -"],
        },
        "notes": {
            "virtuoso": "FOLDER must stand in DirsAllowed of virtuoso.ini; the graph is only for lines without one",
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
