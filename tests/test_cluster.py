"""A build on Apache Spark gives what one machine gives: all shards together are the lines of its export."""

from __future__ import annotations

import gzip
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
from pyspark.sql import SparkSession
from test_formats import PAGE, archive

from kg.cli import run
from kg.cluster import Plan, building, session, shards
from kg.cluster.components import components
from kg.cluster.reading import Root
from kg.export import write
from kg.model import Findings
from kg.pipeline import Settings, build
from kg.rdf import describe
from kg.rdf.namespaces import BASE
from kg.resolve import resolve
from kg.resolve.brief import brief, packed
from kg.resolve.copies import signed
from kg.store import MEMORY, Store
from kg.store.findings import to_json

sys.path.insert(0, str(Path(__file__).resolve().parent / "bench"))

from made.papers import papers

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
STORY = """Mayor meets minister

Harbour mayor Jane Doe met the finance minister, Richard Roe, in Lisbon on 3 March 2021.

"We agreed on the port," Ms Doe told the Harbour Gazette.
"""
LATER = [
    "The mayor, Jane Doe, will meet Richard Roe again in Porto on 9 April 2021, she said.",
    "Jane Doe met Richard Roe in Porto on 9 April 2021. The finance minister said the port would be paid for.",
    "Doe, the mayor of Harbour, said: “I met Roe twice.” The Harbour Gazette reported it.",
]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    with session("local[2]") as opened:
        yield opened


def corpus(folder: Path) -> Path:
    """Documents of every sort, some of which cannot be read."""
    (folder / "sub").mkdir(parents=True)
    (folder / "port.txt").write_text(STORY, "utf-8")
    (folder / "sub" / "Odd name, ü%.TXT").write_text(f"{STORY}\nIt rained.\n", "utf-8")
    (folder / "page.html").write_text(PAGE, "utf-8")
    (folder / "empty.md").write_text(" \n", "utf-8")
    (folder / "sources.csv").write_text("file,publisher,published\nport.txt,Gazette,2021-03-04\n", "utf-8")
    records = [{"id": n, "text": text, "published": f"2021-04-{n + 1:02}"} for n, text in enumerate(LATER)]
    lines = [json.dumps(each) for each in (*records, {"id": 0, "text": "Jane Doe left."}, records[1])]
    (folder / "news.jsonl").write_text("\n".join([*lines, "{bad", ""]), "utf-8")
    pq.write_table(pa.table({"text": [f"{text} So it was." for text in LATER]}), folder / "sub" / "news.parquet")
    archive(folder / "crawl.warc.gz", zipped=True)
    return folder


def lines(folder: Path) -> list[bytes]:
    """The lines of all shards, sorted."""
    return sorted(line for path in folder.glob("*.nq.gz") for line in gzip.decompress(path.read_bytes()).splitlines())


def exported(store: Store) -> list[bytes]:
    out = io.BytesIO()
    write(store.quads(), "nquads", out)
    return sorted(out.getvalue().splitlines())


def rows(spark: SparkSession, found: list[Findings], parts: int) -> Any:
    told = [(one.document.slug, one.document.text, to_json(one), packed(brief(one))) for one in found]
    return spark.createDataFrame(told, "slug string, text string, findings string, brief string").repartition(parts)


def test_the_shards_are_what_one_machine_exports(spark: SparkSession, tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus")
    built = building.build(spark, [str(folder)], str(tmp_path / "out"), Plan(parts=2))
    with Store.open(MEMORY) as store:
        report = build([str(folder)], store, Settings())
        assert lines(tmp_path / "out") == exported(store)
    assert built.documents == len(report.documents) == 13
    told = {(each.path.name, each.where, each.reason, each.failure) for each in built.skipped}
    assert told == {(each.path.name, each.where, each.reason, each.failure) for each in report.skipped}
    assert built.left_out == len(report.skipped)
    assert built.failures == 1

    there = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert (there["documents"], there["left_out"], there["quads"]) == (13, built.left_out, built.quads)
    assert {each["file"] for each in there["shards"]} == {path.name for path in (tmp_path / "out").glob("*.nq.gz")}
    assert all((tmp_path / "out" / each["file"]).stat().st_size == each["bytes"] for each in there["shards"])
    assert not (tmp_path / "out" / "_work").exists()
    loads_into_oxigraph(tmp_path / "out", there)


def loads_into_oxigraph(folder: Path, manifest: dict[str, Any]) -> None:
    """The command of the manifest, as it stands there, loads every line."""
    (command,) = manifest["load"]["oxigraph"]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    subprocess.run(["bash", "-c", command], cwd=folder, env=environment, check=True, timeout=120, capture_output=True)
    assert len(ox.Store.read_only(str(folder / "data"))) == manifest["quads"]


@pytest.mark.parametrize("documents", [60, pytest.param(1500, marks=pytest.mark.long)])
def test_resolution_by_shuffles_decides_as_one_machine(spark: SparkSession, tmp_path: Path, documents: int) -> None:
    found = [signed(one) for one in papers(documents, 3).findings]
    out = io.BytesIO()
    write(describe(resolve(found)), "nquads", out)
    building.graph(spark, rows(spark, found, 2), shards.Folder(spark, str(tmp_path / "out")), BASE, 2)
    assert lines(tmp_path / "out") == sorted(out.getvalue().splitlines())


def test_things_that_hang_together(spark: SparkSession) -> None:
    pairs = [(n, n + 1) for n in range(40) if n % 10 != 9] + [(100, 99), (7, 3), (7, 3)]
    found = dict(components(spark.sparkContext.parallelize(pairs, 2), 2).collect())
    assert found == {n: n // 10 * 10 for n in range(40)} | {100: 99, 99: 99}


@pytest.mark.parametrize(("root", "path", "slug"), [
    (Root("file:/a", True), "file:/a/b/c.txt", "b/c.txt"),
    (Root("s3a://b/", True), "s3a://b/c.txt", "c.txt"),
    (Root("hdfs://h/a/c.txt", False), "hdfs://h/a/c.txt", "c.txt"),
])  # fmt: skip
def test_slugs(root: Root, path: str, slug: str) -> None:
    assert root.slug(path) == slug


@pytest.mark.parametrize(("arguments", "message"), [
    (["--engine", "sparks"], "no such engine; there are local, spark"),
    (["--master", "local[2]"], "--master: only for --engine spark"),
    (["--engine", "spark"], "-o FOLDER"),
    (["--engine", "spark", "-o", "x", "--store", "s"], "it keeps no store"),
    (["--engine", "spark", "-o", "x", "--workers", "0", "--document-seconds", "9"], "workers, document-seconds"),
])  # fmt: skip
def test_what_the_command_line_refuses(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", str(SEEDS), *arguments]) == 2
    assert message in capsys.readouterr().err


def test_what_stands_in_the_settings_is_refused_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Ada Morales met Jonas Lindqvist.\n", "utf-8")
    (tmp_path / "kg.toml").write_text('prune = true\njudgements = "j.yaml"\n', "utf-8")
    assert run(["build", str(tmp_path), "--engine", "spark", "-o", str(tmp_path / "out")]) == 2
    assert "leave out judgements, prune, in kg.toml too" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_what_a_cluster_refuses(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "x").write_text("mine", "utf-8")
    with pytest.raises(building.UsageError, match="something already"):
        building.build(spark, [str(SEEDS)], str(tmp_path / "out"))
    with pytest.raises(building.UsageError, match="no such file or folder"):
        building.build(spark, [str(tmp_path / "gone")], str(tmp_path / "new"))
    assert (tmp_path / "out" / "x").read_text("utf-8") == "mine"


# A cluster of two machines, one of which is lost


def executors(application: str) -> list[int]:
    """The processes of an application's executors."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = place.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"--executor-id" in words and application.encode() in words:
            found.append(int(place.parent.name))
    return found


CLUSTER = """
import sys
from kg.cluster import Plan, build, session
with session("local-cluster[2,1,1024]") as spark:
    print(spark.sparkContext.applicationId, flush=True)
    print(build(spark, [sys.argv[1]], sys.argv[2], Plan(parts=6)), flush=True)
"""


@pytest.mark.long
def test_a_machine_is_lost(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus")
    for seed in SEEDS.glob("*.txt"):
        (folder / seed.name).write_bytes(seed.read_bytes())
    environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"}
    work = tmp_path / "out" / "_work" / "findings"
    killed: list[int] = []
    command = [sys.executable, "-c", CLUSTER, str(folder), str(tmp_path / "out")]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        application = process.stdout.readline().strip()

        def kill() -> None:
            while process.poll() is None and not any(work.rglob("*.parquet*")):
                time.sleep(0.05)
            for one in executors(application)[:1]:
                os.kill(one, signal.SIGKILL)
                killed.append(one)

        thread = threading.Thread(target=kill)
        thread.start()
        told = process.stdout.read()
        thread.join()
    assert process.returncode == 0
    assert killed
    assert "documents=18" in told
    with Store.open(MEMORY) as store:
        build([str(folder)], store, Settings())
        assert lines(tmp_path / "out") == exported(store)
