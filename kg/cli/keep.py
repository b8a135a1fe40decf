"""Commands that keep a store whole: `kg backup`, `kg verify`, `kg restore`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import output
from kg.cli.options import StoreOption, store_at
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.backup import Copied
    from kg.tables import Table
    from kg.verify import Verified

FORMATS = ("table", "csv", "tsv", "json")
SkipOption = Annotated[
    list[str] | None,
    typer.Option(
        "--skip",
        metavar="KIND",
        help="Leave out document, reference, count, graph, evidence, shape or term; repeatable.",
    ),
]
FormatOption = Annotated[str, typer.Option("--format", metavar="FORMAT", help="table, csv, tsv or json")]


def backup(
    into: Annotated[str, typer.Argument(metavar="DIR", help="A new folder; it becomes a store like any other.")],
    store: StoreOption = None,
) -> None:
    """Copy the store as it is now, also while a build or server runs, with what people decided and linked."""
    from kg.backup import backup as run

    copied = run(store_at(store), into)
    typer.echo(f"{_held(copied)} are in {into}; kg restore {into} puts them back")


def verify(
    store: StoreOption = None,
    form: FormatOption = "table",
    skip: SkipOption = None,
) -> None:
    """Look whether a store is whole: files, texts, hashes, references, counts, shapes. Exit code 1 for findings."""
    _known(form)
    from kg.verify import verify as run

    found = run(store_at(store), skip or ())
    _show(found, form)
    raise typer.Exit(1 if found.faults else 0)


def restore(
    copy: Annotated[str, typer.Argument(metavar="DIR", help="What kg backup made.")],
    store: StoreOption = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace the store, decisions and links that are there.")
    ] = False,
    form: FormatOption = "table",
) -> None:
    """Verify a backup and put it in place of the store; where it has faults they are listed, and nothing is done."""
    _known(form)
    from kg.backup import restore as run

    place = store_at(store)
    copied, found = run(copy, place, overwrite=overwrite)
    if found.faults:
        _show(found, form)
        output.complain(f"{copy}: this backup is not whole; nothing was done")
        raise typer.Exit(1)
    typer.echo(f"{_held(copied)} are back in {place}")


def _known(form: str) -> None:
    if form not in FORMATS:
        raise UsageError(f"format {form!r}: unknown; allowed are {', '.join(FORMATS)}")


def _held(copied: Copied) -> str:
    return f"{copied.documents:,} documents in {copied.files:,} files ({copied.size / 1e6:,.1f} MB)"


def _show(found: Verified, form: str) -> None:
    if form == "json":
        told = {
            "documents": found.documents,
            "triples": found.triples,
            "files": found.files,
            "left_out": found.left_out,
            "findings": [each.as_json() for each in found.faults],
        }
        output.emit(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return
    if found.faults or form != "table":
        output.show(_table(found), form)
    for reason in found.left_out:
        output.note(f"not looked at: {reason}")
    if form == "table":
        number = len(found.faults)
        typer.echo(
            f"{number:,} finding{'s' * (number != 1)}; {found.documents:,} documents, {found.triples:,} triples and "
            f"{found.files:,} files looked at"
        )


def _table(found: Verified) -> Table:
    from kg.tables import texts

    return texts(("kind", "where", "what"), [(each.kind, each.where, each.what) for each in found.faults])
