"""Commands that speak over the network: `kg serve`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import output
from kg.cli.options import StoreOption, store_at


def serve(
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="PORT", help="The port; 0 takes a free one.")] = 7878,
    store: StoreOption = None,
    workers: Annotated[int, typer.Option("--workers", min=1, max=64, help="Queries answered at one time.")] = 2,
    deadline: Annotated[float, typer.Option("--deadline", min=0.1, help="Seconds after which a query is ended.")] = 30,
    memory: Annotated[int, typer.Option("--memory", min=256, help="Megabytes that a worker may take.")] = 1024,
    public: Annotated[
        str | None, typer.Option("--public", metavar="URL", help="The address under which visitors see the server.")
    ] = None,
    service: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="IRI", help="An endpoint that queries may call by SERVICE; none by default."),
    ] = None,
) -> None:
    """Serve the graph: SPARQL at /sparql, the stored queries at /api/queries, pages and data of each node."""
    from kg.serve.server import run
    from kg.serve.settings import MEGABYTE, Settings

    settings = Settings(
        store_at(store),
        workers=workers,
        deadline=deadline,
        memory=memory * MEGABYTE,
        services=tuple(service or ()),
        public=public,
    )
    run(settings, host, port, lambda address: output.note(f"serving {settings.store} at {address}"))
