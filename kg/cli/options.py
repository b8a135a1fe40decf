"""Options that several commands share, and where they fall back to `kg.toml`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.places import STORE as STORE
from kg.cli.places import store_at as store_at
from kg.config import STORE_MARKER, beside
from kg.errors import StoreError, UsageError

if TYPE_CHECKING:
    from kg.endpoint import Login
    from kg.lookup import Source
    from kg.store import Store

StoreOption = Annotated[str | None, typer.Option("--store", metavar="DIR", help="The store's folder [default: .kg]")]
FormatOption = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="table, csv, tsv, json, xml or turtle (turtle for CONSTRUCT)")
]
JudgementsOption = Annotated[
    str | None,
    typer.Option(
        "--judgements",
        metavar="FILE",
        help="What people decided; the store remembers it [default: kg-judgements.yaml beside .kg]",
    ),
]
EndpointOption = Annotated[
    str | None, typer.Option("--endpoint", metavar="URL", help="Ask this SPARQL endpoint, not the store here.")
]
UserOption = Annotated[
    str | None,
    typer.Option("--user", metavar="NAME", help="Log in there; the password is KG_PASSWORD or asked for."),
]
DeadlineOption = Annotated[
    float, typer.Option("--deadline", metavar="SECONDS", min=0.1, help="How long the endpoint may take.")
]
PASSWORD = "KG_PASSWORD"


def checked(judgements: str | None) -> str | None:
    """A file of judgements that is named and only read. Raises UsageError where it is missing."""
    if judgements and not Path(judgements).exists():
        raise UsageError(f"--judgements: {judgements}: there is no such file; mend the name, or leave the option out")
    return judgements


def to_write(store: str | None, judgements: str | None) -> Store:
    """The store that is there, to be changed. Raises StoreError where there is none."""
    from kg.store import Store

    config = beside()
    place = store_at(store, config)
    if not Path(place, STORE_MARKER).is_file():
        raise StoreError(f"{place}: there is no store yet; make one with 'kg build'")
    return Store.open(place, judgements=judgements or config.judgements)


def login(user: str | None) -> Login | None:
    """The user with the password from the environment or, on a terminal, from a prompt; None without a user."""
    from kg.endpoint import Login

    if user is None:
        return None
    password = os.environ.get(PASSWORD)
    return Login(user, typer.prompt(f"Password of {user}", hide_input=True, err=True) if password is None else password)


@contextmanager
def source(store: str | None, endpoint: str | None, user: str | None, deadline: float) -> Iterator[Source]:
    """What answers a query: the store here, or an endpoint elsewhere. Raises UsageError where both are named."""
    from kg.store import Store

    if endpoint is None:
        if user:
            raise UsageError("--user is for an endpoint; add --endpoint URL")
        with Store.open(store_at(store), read_only=True) as opened:
            yield opened
        return
    if store:
        raise UsageError("--store and --endpoint are both given; leave one")
    from kg.endpoint.remote import Remote
    from kg.rdf.namespaces import BASE

    yield Remote(endpoint, login(user), deadline, beside().base or BASE)
