"""`kg build --engine spark`: the same build on a cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import typer

from kg.cli import output, reported
from kg.errors import UsageError

ENGINES = ("local", "spark")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks of a cluster."""

    master: str | None
    base: str | None
    language: str


def check(engine: str, master: str | None) -> bool:
    """Whether a cluster is to build. Raises UsageError for an unknown engine, or a master of none."""
    if engine not in ENGINES:
        raise UsageError(f"--engine {engine}: no such engine; there are {', '.join(ENGINES)}")
    if master and engine != "spark":
        raise UsageError("--master: only for --engine spark")
    return engine == "spark"


def only(asked: Mapping[str, object]) -> None:
    """Refuse what is for one machine alone, on the command line or in kg.toml. Raises UsageError that names it."""
    if unfit := [name for name, value in asked.items() if value]:
        raise UsageError(
            f"--engine spark: goes with -o, --base, --language and --master; it keeps no store and has no limits for a "
            f"document, so leave out {', '.join(unfit)}, in kg.toml too"
        )


def build(paths: Sequence[str], out: str | None, asked: Asked) -> int:
    """Build on the cluster and tell of it; the exit code.

    Raises UsageError where no folder for the graph is named, or something cannot be done on a cluster.
    """
    from kg.cluster import Plan, session
    from kg.cluster import build as run
    from kg.rdf.namespaces import BASE

    if not out:
        raise UsageError("--engine spark: name a new folder for the graph: -o FOLDER, such as hdfs:///graph")
    with session(asked.master or "local[*]") as spark:
        built = run(spark, paths, out, Plan(asked.base or BASE, asked.language))
    typer.echo(f"read {built.documents:,} document{'s' * (built.documents != 1)}, left out {built.left_out:,}")
    if built.documents:
        typer.echo(f"wrote {built.quads:,} quads in {built.shards:,} shards to {output.safe(out)}")
    reported.left_out(built.skipped)
    if built.left_out > len(built.skipped):
        output.note(f"left out: {built.left_out - len(built.skipped):,} more")
    reported.noticed(built.problems)
    return int(not built.documents or built.failures > 0)
