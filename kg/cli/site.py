"""`kg site`: the pages as files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import output
from kg.cli.options import StoreOption, store_at


def site(
    out: Annotated[
        str, typer.Option("-o", "--output", metavar="DIR", help="The folder that the files go to.")
    ] = "site",
    store: StoreOption = None,
) -> None:
    """Write the pages as files that any web server can host, with their tables and a search that needs no server.

    A folder that an earlier `kg site` wrote is brought up to date.
    """
    from kg.search import refresh
    from kg.serve.pages.files import write
    from kg.store import Store

    def tell(done: int, known: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done:,} of {known:,} pages", end="", file=sys.stderr, flush=True)

    place = store_at(store)
    refresh(place)
    with Store.open(place, read_only=True) as opened:
        written = write(opened, Path(out), tell)
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr)
    output.note(f"{written.pages:,} pages and {written.tables:,} tables, {written.size / 1e6:.1f} MB")
    typer.echo(output.safe(str(Path(out) / "index.html")))
