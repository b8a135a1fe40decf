"""Where Apache Jena's command-line tools are, and how they are started.

    with tool("riot") as riot:
        subprocess.run([*riot, "--validate", "graph.ttl"])

Looked for on the PATH, below JENA_HOME, and as Debian's `libapache-jena-java`, which brings the libraries but no
commands. There the message files of Jena's own Xerces lie where Xerces does not look (`org/apache/jena/ext/xerces`
instead of `xerces` in `jena-core.jar`), so that a malformed literal ends the tool: they are unpacked beside.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import UsageError

CLASSES = {
    "riot": "riotcmd.riot",
    "arq": "arq.arq",
    "shacl": "shacl.shacl",
    "tdb2.tdbloader": "tdb2.tdbloader",
    "tdb2.tdbquery": "tdb2.tdbquery",
}
_DEBIAN = Path("/usr/share/java")
_OTHERS = (
    "caffeine", "commons-cli", "commons-codec", "commons-compress", "commons-csv", "commons-io", "commons-lang3",
    "dexx.collection", "gson", "guava", "httpclient", "httpclient-cache", "httpcore", "jackson-annotations",
    "jackson-core", "jackson-databind", "jakarta.json", "jakarta.json-api", "jcl-over-slf4j", "jsonld-java", "libintl",
    "protobuf", "slf4j-api", "slf4j-nop", "thrift", "titanium-json-ld",
)  # fmt: skip
_MISPLACED = "org/apache/jena/ext/"
_PARTS = (
    "arq", "base", "cmds", "core", "dboe-base", "dboe-index", "dboe-storage", "dboe-trans-data", "dboe-transaction",
    "iri", "rdfconnection", "shacl", "shex", "tdb", "tdb2",
)  # fmt: skip


def installed(name: str) -> bool:
    """Whether a tool (a key of `CLASSES`) can be started here."""
    return bool(_command(name)) or (bool(shutil.which("java")) and (_DEBIAN / "jena-cmds.jar").exists())


@contextmanager
def tool(name: str) -> Iterator[list[str]]:
    """The words with which a command line for the tool begins; what was unpacked for it goes at the end.

    Raises UsageError where Jena is not installed.
    """
    if command := _command(name):
        yield [command]
        return
    if not installed(name):
        raise UsageError(
            f"{name}: Apache Jena is not installed; install libapache-jena-java and a Java, or set JENA_HOME"
        )
    with tempfile.TemporaryDirectory(prefix="kg-jena-") as folder:
        with zipfile.ZipFile(_DEBIAN / "jena-core.jar") as jar:
            for entry in jar.infolist():
                if entry.filename.startswith(f"{_MISPLACED}xerces/") and entry.filename.endswith(".properties"):
                    path = Path(folder, entry.filename.removeprefix(_MISPLACED))
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(jar.read(entry))
        jars = [_DEBIAN / f"{name}.jar" for name in (*(f"jena-{part}" for part in _PARTS), *_OTHERS)]
        paths = [folder, *(str(jar) for jar in jars if jar.exists())]
        yield ["java", "-cp", os.pathsep.join(paths), CLASSES[name]]


def _command(name: str) -> str | None:
    home = os.environ.get("JENA_HOME")
    below = Path(home, "bin", name) if home else None
    return str(below) if below and below.exists() else shutil.which(name)
