"""Options that several commands share, and where they fall back to `kg.toml`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from kg.config import Config, beside
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.endpoint import Login
    from kg.lookup import Source

STORE = ".kg"
StoreOption = Annotated[str | None, typer.Option("--store", metavar="DIR", help="The store's folder [default: .kg]")]
FormatOption = Annotated[
    str, typer.Option("--format", metavar="FORMAT", help="table, csv, tsv, json, xml or turtle (turtle for CONSTRUCT)")
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


def store_at(store: str | None, config: Config | None = None) -> str:
    """The store's folder: as given, else as `kg.toml` says, else `.kg`. Raises DataError for a malformed `kg.toml`."""
    return store or (config or beside()).store or STORE


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
