"""Commands that make something: `kg build`, `kg train`."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import cluster, output, registers, reported, watching
from kg.cli.export import format_of, writer
from kg.cli.options import JudgementsOption, StoreOption, checked, store_at
from kg.config import beside
from kg.errors import UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from kg.pipeline import Progress, Report
    from kg.registers import Register
    from kg.store import Store

_SHOWN = ("documents", "people", "parties", "organisations", "places", "meetings", "statements")


def build(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="[PATHS]", help="Files and folders; - is standard input.")
    ] = None,
    out: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Write the graph here and leave no store.")
    ] = None,
    store: StoreOption = None,
    base: Annotated[str | None, typer.Option("--base", metavar="IRI", help="Where the instances' IRIs begin.")] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="NAME", help='A pipeline: "en" (ours), an installed one, or "rules".'),
    ] = None,
    judgements: JudgementsOption = None,
    mapping: Annotated[
        list[str] | None,
        typer.Option("--mapping", metavar="FILE|NAME", help="Read .csv files in PATHS as registers, by this mapping."),
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Remove documents that are not among PATHS.")] = False,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", min=0, help="Processes that analyse side by side; all cores."),
    ] = None,
    document_bytes: Annotated[
        int | None,
        typer.Option("--document-bytes", metavar="N", min=1, help="Leave larger files out [default: 20000000]"),
    ] = None,
    document_seconds: Annotated[
        int | None,
        typer.Option(
            "--document-seconds",
            metavar="N",
            min=1,
            help="Leave a document out that takes more processor time, or four times as much by the clock; a megabyte "
            "takes a minute; with --workers 0 there is no such limit [default: 300]",
        ),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Stay, and build again whenever a file below PATHS changes.")
    ] = False,
    engine: Annotated[
        str, typer.Option("--engine", metavar="NAME", help='"local", or "spark": on a cluster, -o names a folder.')
    ] = "local",
    master: Annotated[
        str | None, typer.Option("--master", metavar="URL", help="The cluster, such as spark://host:7077 [local[*]].")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only list what would be read; nothing is written.")
    ] = False,
) -> None:
    """Read documents into a graph: adds them, and replaces those that are there already."""
    on_cluster = cluster.check(engine, master)
    config = beside(paths or ())
    given = paths or list(config.paths) or [_seeds()]
    if on_cluster:
        cluster.only(
            {
                "store": store,
                "judgements": judgements or config.judgements,
                "mapping": mapping,
                "prune": prune or config.prune,
                "watch": watch,
                "workers": workers is not None,
                "document-bytes": document_bytes or config.bytes,
                "document-seconds": document_seconds or config.seconds,
                "dry-run": dry_run,
            }
        )
        asked = cluster.Asked(master, base or config.base, language or config.language or "en")
        raise typer.Exit(cluster.build(given, out, asked))
    form = format_of(out, None)
    read = registers.among(given, mapping or ())
    if dry_run:
        raise typer.Exit(_dry(read))
    if out:
        output.check_writable(out)
    from kg import pipeline
    from kg.documents import LIMIT
    from kg.language import OWN
    from kg.pipeline.analysing import SECONDS
    from kg.store import MEMORY, Store

    place = MEMORY if out and not store else store_at(store, config)
    obeyed = checked(judgements) or config.judgements
    how = pipeline.Settings(
        language or config.language or OWN,
        prune or config.prune,
        (os.cpu_count() or 1) if workers is None else workers,
        bytes=document_bytes or config.bytes or LIMIT,
        seconds=document_seconds or config.seconds or SECONDS,
    )

    def once() -> int:
        with Store.open(place, base or config.base, judgements=obeyed) as opened, _progress() as progress:
            report = pipeline.build(read, opened, replace(how, progress=progress))
            if out and report.documents:
                write = writer(opened, form)
                output.save(write, out)
            _summary(report, opened, to_error=out == "-")
        if not report.documents and not report.skipped:
            output.complain(_nothing(given))
        return 1 if report.failures or report.unread or not report.documents else 0

    try:
        with watching.interruptible() as stop:
            code = once()
            while watch:
                watching.wait(given, stop)
                code = once()
    except KeyboardInterrupt:
        output.note("stopped; what was analysed is kept, and the same command goes on from there")
        raise typer.Exit(0 if watch else 130) from None
    raise typer.Exit(code)


def train(
    data: Annotated[str, typer.Option("--data", metavar="FOLDER", help="The texts to train on.")],
    out: Annotated[
        str, typer.Option("-o", "--output", metavar="FOLDER", help="Where the trained pipeline goes.")
    ] = "model",
    start: Annotated[
        str | None,
        typer.Option("--start", metavar="NAME|FOLDER", help="A pipeline whose names are learnt on; en is ours."),
    ] = None,
    steps: Annotated[
        int | None, typer.Option("--steps", min=1, help="Batches of about 700 words of marked text to learn from.")
    ] = None,
    rate: Annotated[float | None, typer.Option("--rate", min=1e-6, help="How fast it learns at most.")] = None,
) -> None:
    """Train a language pipeline on marked texts; the README says what the folder holds."""
    from kg.language.train import train as run
    from kg.language.training.settings import Settings

    usual = Settings()
    settings = Settings(name_steps=steps or usual.name_steps, rate=rate or usual.rate, start=start)
    run(Path(data), Path(out), output.note, settings)


def _seeds() -> str:
    from kg.data import PACKAGE

    for place in (Path("seeds"), PACKAGE.parent / "seeds"):
        if place.is_dir():
            return str(place)
    raise UsageError(
        "build: no PATHS are given and there is no folder 'seeds' here; name files or folders of documents"
    )


def _dry(paths: list[str | Register]) -> int:
    from kg.documents import Skipped, read_all
    from kg.model import Document

    skipped, read = [], 0
    texts = [path for path in paths if isinstance(path, str)]
    for register in paths:
        if not isinstance(register, str):
            read += 1
            typer.echo(output.safe(f"{Path(register.path).name}: a register"))
    for found in read_all(texts):
        if isinstance(found, Skipped):
            skipped.append(found)
        elif isinstance(found, Document):
            read += 1
            typer.echo(output.safe(f"{found.slug}: {found.title}"))
    reported.left_out(skipped)
    if not read and not skipped:
        output.complain(_nothing(texts))
    return int(not read or any(each.failure for each in skipped))


def _nothing(paths: list[str]) -> str:
    from kg.documents import CONTAINERS, READERS

    endings = ", ".join((*READERS, *CONTAINERS))
    return f"build: no documents in {', '.join(paths)}; name files or folders of {endings}"


def _progress() -> AbstractContextManager[Progress | None]:
    """A line that moves on a terminal; nothing elsewhere."""
    if not sys.stderr.isatty():
        return nullcontext()
    from kg.cli.progress import Bar

    return Bar()


def _summary(report: Report, store: Store, *, to_error: bool) -> None:
    from kg.stats import counts

    found = counts(store)
    lines = [f"read {_count(len(report.documents), 'document')}, left out {len(report.skipped)}"]
    if report.unchanged:
        lines[0] += f", {report.unchanged:,} unchanged"
    if report.records:
        lines.append(f"read {_count(report.records - len(report.unread), 'record')}, left out {len(report.unread)}")
    if report.pruned:
        lines.append(
            f"removed {_count(len(report.pruned), 'document')} that {'is' if len(report.pruned) == 1 else 'are'} gone"
        )
    lines += [f"{found[name]:>7,}  {name}" for name in _SHOWN]
    for line in lines:
        typer.echo(line, err=to_error)
    reported.left_out(report.skipped)
    for line in registers.unread(report):
        output.complain(line)
    reported.noticed(report.problems)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
