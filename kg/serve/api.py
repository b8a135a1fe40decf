"""The stored queries as an API: `/api/queries`, `/api/queries/NAME`, `/api/openapi.json`."""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg import queries
from kg.serve.negotiation import GRAPHS
from kg.serve.openapi import document
from kg.serve.reply import Reply, refusal
from kg.serve.site import Site, accepted, respond
from kg.serve.stored import OFFERS

ROWS, MOST = 100, 1000
"""Rows on a page: unless told otherwise, and at most."""
OWN = ("limit", "offset", "format")
_NAME = re.compile(r"[a-z0-9-]+")


@cache
def catalogue() -> tuple[queries.Query, ...]:
    """All stored queries; read once."""
    return tuple(queries.load(path) for path in queries.files())


def routes(site: Site) -> list[Route]:
    """The routes of the API."""

    async def listing(request: Request) -> Response:
        return JSONResponse({"queries": [_told(query) for query in catalogue()]})

    async def described(request: Request) -> Response:
        return JSONResponse(document(catalogue(), ROWS, MOST))

    async def answered(request: Request) -> Response:
        return respond(await _answer(site, request))

    return [
        Route("/api/queries", listing),
        Route("/api/openapi.json", described),
        Route("/api/queries/{name}", answered),
    ]


def _told(query: queries.Query) -> dict[str, object]:
    return {
        "name": query.name,
        "summary": query.summary,
        "description": " ".join(query.description.split()),
        "parameters": [
            {"name": p.name, "type": p.type, "summary": p.summary, "required": p.required, "default": p.default}
            for p in query.parameters
        ],
        "address": f"/api/queries/{query.name}",
    }


async def _answer(site: Site, request: Request) -> Reply:
    name = request.path_params["name"]
    if not _NAME.fullmatch(name):
        return refusal(404, f"query {name!r}: unknown; /api/queries lists all")
    given: dict[str, str] = {}
    for key, value in request.query_params.multi_items():
        if key in given:
            return refusal(400, f"the parameter {key!r} is given twice; leave one")
        given[key] = value
    limit, offset = _number(given.pop("limit", str(ROWS)), 1, MOST), _number(given.pop("offset", "0"), 0, 10**9)
    given.pop("format", None)
    if limit is None:
        return refusal(400, f"'limit' must be a whole number from 1 to {MOST}")
    if offset is None:
        return refusal(400, "'offset' must be a whole number, 0 or more")
    accept = accepted(request, (*OFFERS, *GRAPHS))
    asked = {"name": name, "given": given, "limit": limit, "offset": offset, "accept": accept}
    reply = await site.ask(request, "stored", asked)
    if reply.status != 200:
        return reply
    links = _links(request, offset, limit, int(reply.headers["X-Total-Count"]))
    return Reply(reply.status, reply.media, reply.body, {**reply.headers, **links})


def _number(text: str, least: int, most: int) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,10}", text) and least <= int(text) <= most else None


def _links(request: Request, offset: int, limit: int, total: int) -> dict[str, str]:
    """RFC 8288 links to the other pages."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key not in ("limit", "offset")]

    def link(at: int, relation: str) -> str:
        pairs = urlencode([*kept, ("limit", str(limit)), ("offset", str(at))])
        return f'<{request.url.path}?{pairs}>; rel="{relation}"'

    links = [link(0, "first")]
    if offset > 0:
        links.append(link(max(offset - limit, 0), "prev"))
    if offset + limit < total:
        links.append(link(offset + limit, "next"))
    links.append(link(max(total - 1, 0) // limit * limit, "last"))
    return {"Link": ", ".join(links)}
