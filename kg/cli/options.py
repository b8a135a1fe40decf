"""Options that several commands share, and where they fall back to `kg.toml`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.config import Config, beside

STORE = ".kg"
StoreOption = Annotated[str | None, typer.Option("--store", metavar="DIR", help="The store's folder [default: .kg]")]
FormatOption = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="table, csv, tsv, json, xml or turtle (turtle for CONSTRUCT)")
]


def store_at(store: str | None, config: Config | None = None) -> str:
    """The store's folder: as given, else as `kg.toml` says, else `.kg`. Raises DataError for a malformed `kg.toml`."""
    return store or (config or beside()).store or STORE
