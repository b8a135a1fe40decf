"""Commands that speak over the network: `kg serve`, `kg push`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import output
from kg.cli.options import StoreOption, UserOption, login, store_at
from kg.errors import UsageError


def serve(
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="PORT", help="The port; 0 takes a free one.")] = 7878,
    store: StoreOption = None,
    workers: Annotated[
        int,
        typer.Option(
            "--workers", min=1, max=64, help="Questions answered at one time; free SPARQL never takes the last."
        ),
    ] = 3,
    deadline: Annotated[float, typer.Option("--deadline", min=0.1, help="Seconds after which a query is ended.")] = 30,
    memory: Annotated[int, typer.Option("--memory", min=256, help="Megabytes that a worker may take.")] = 1024,
    public: Annotated[
        str | None, typer.Option("--public", metavar="URL", help="The address under which visitors see the server.")
    ] = None,
    service: Annotated[
        list[str] | None,
        typer.Option("--service", metavar="IRI", help="An endpoint that queries may call by SERVICE; none by default."),
    ] = None,
    origin: Annotated[
        list[str] | None,
        typer.Option(
            "--origin",
            metavar="ORIGIN",
            help="A site whose pages may read here, * for any; by default any where --public is given, else none.",
        ),
    ] = None,
) -> None:
    """Serve the graph: SPARQL at /sparql, the stored queries at /api/queries, pages and data of each node."""
    from kg.serve.hosts import allowed
    from kg.serve.server import run
    from kg.serve.settings import MEGABYTE, Settings

    settings = Settings(
        store_at(store),
        workers=workers,
        deadline=deadline,
        memory=memory * MEGABYTE,
        services=tuple(service or ()),
        public=public,
        hosts=allowed(host, public),
        origins=tuple(origin or (["*"] if public else [])),
    )
    run(settings, host, port, lambda address: output.note(f"serving {settings.store} at {address}"))


def push(
    url: Annotated[str, typer.Argument(metavar="URL", help="The SPARQL endpoint that answers queries there.")],
    update: Annotated[
        str | None, typer.Option("--update", metavar="URL", help="Send by SPARQL Update, to this address.")
    ] = None,
    graph_store: Annotated[
        str | None,
        typer.Option("--graph-store", metavar="URL", help="Send by the Graph Store Protocol, to this address."),
    ] = None,
    graph: Annotated[
        str | None, typer.Option("--graph", metavar="IRI", help="One graph for everything, not one a document.")
    ] = None,
    user: UserOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Send what is there already, too.")] = False,
    deadline: Annotated[
        float, typer.Option("--deadline", metavar="SECONDS", min=0.1, help="How long each answer may take.")
    ] = 300,
    store: StoreOption = None,
) -> None:
    """Upload the graph to another store: only what changed, counted afterwards; run again after a failure."""
    from kg.endpoint import Endpoint, Transport
    from kg.push import Push
    from kg.push.targets import GraphStore, Updates, beside
    from kg.queries import iri
    from kg.store import Store

    if update and graph_store:
        raise UsageError("push: --update and --graph-store are both given; leave one")
    one = iri(graph, "push: --graph").value if graph else None
    known = login(user)
    with Store.open(store_at(store), read_only=True) as opened:
        endpoint, transport = Endpoint(url, known, deadline), Transport(known, deadline)
        target = Updates(update, transport) if update else GraphStore(graph_store or beside(endpoint), transport)
        done = Push(opened, target, endpoint, one).run(output.counter("sending graph"), everything)
    there = f"{done.graphs} graph{'s' * (done.graphs != 1)} with {done.triples:,} triples"
    there += f" {'is' if done.graphs == 1 else 'are'} there"
    typer.echo(f"{there}; sent {done.sent}, removed {done.removed}")
