"""A session of Apache Spark."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_SETTINGS = {
    "spark.ui.enabled": "false",
    # Files are handed over whole: few at once, so that those of a batch fit the memory of a task.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "32",
    "spark.sql.session.timeZone": "UTC",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.files.maxPartitionBytes": "32m",
    "spark.sql.files.openCostInBytes": "64k",
}


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """A session of the cluster at `master` ("spark://host:7077", "yarn", "local[4]"), ended at the end.

    Every machine of the cluster needs kg with its extra `spark`; what `spark-defaults.conf` says holds. Raises
    UsageError where PySpark or a Java is missing, or the cluster cannot be reached.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError(f"--engine spark: PySpark is missing ({error}); pip install 'whomet[spark]'") from error
    if not os.environ.get("JAVA_HOME") and shutil.which("java") is None:
        raise UsageError("--engine spark: there is no Java; install one, version 17 or later")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    logging.getLogger("py4j").setLevel(logging.ERROR)
    builder = SparkSession.builder.master(master).appName("kg")
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    try:
        opened = builder.getOrCreate()
    except (PySparkException, RuntimeError, OSError) as error:
        raise UsageError(f"--master {master}: Spark does not start ({str(error).strip()[:500]})") from error
    except Exception as error:  # what the Java side raises has no common class
        raise UsageError(f"--master {master}: Spark does not start ({str(error).strip()[:500]})") from error
    opened.sparkContext.setLogLevel("ERROR")
    try:
        yield opened
    finally:
        opened.stop()


def shard(key: object) -> int:
    """In which part a key falls, the same on every machine and in every run."""
    return zlib.crc32(repr(key).encode())
