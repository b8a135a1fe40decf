"""The server put together: its parts' routes, and what holds for every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.search import refresh
from kg.serve import api, endpoint, nodes
from kg.serve.headers import Safe
from kg.serve.hosts import KnownHosts
from kg.serve.outgoing import Outgoing
from kg.serve.pages import routes as pages
from kg.serve.pool import Pool
from kg.serve.reply import Reply, refusal
from kg.serve.settings import Settings
from kg.serve.site import Site, respond
from kg.store import Store

PARTS: tuple[Callable[[Site], list[Route]], ...] = (endpoint.routes, api.routes, nodes.routes, pages.routes)
"""Each part of the server: given the site, its routes. New parts are added here."""


def create(settings: Settings) -> Starlette:
    """The application. Raises StoreError where there is no store at the settings' place."""
    # where it cannot be written to, or a build goes on, the workers make an index of their own
    refresh(settings.store)
    with Store.open(settings.store, read_only=True) as store:
        base = store.base
    pool = Pool(settings)
    site = Site(settings, pool, base)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with pool:
            yield

    routes: list[BaseRoute] = [*(route for part in PARTS for route in part(site))]
    reading = Middleware(
        CORSMiddleware,
        allow_origins=settings.origins,
        allow_methods=["GET", "HEAD", "POST"],
        allow_headers=["Accept", "Content-Type"],
        expose_headers=["Link", "X-Total-Count", "Location"],
    )
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(Outgoing, settings.outgoing),
            Middleware(Safe),
            Middleware(KnownHosts, settings.hosts),
            reading,
        ],
        lifespan=lifespan,
        exception_handlers={HTTPException: _refused},
    )


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    reply = refusal(error.status_code, error.detail)
    return respond(pages.told(Reply(reply.status, reply.media, reply.body, dict(error.headers or {})), request))
