"""The addresses of the pages. An answer depends on the graph and on our templates alone, and its ETag says so."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.negotiation import HTML
from kg.serve.nodes import sent_path
from kg.serve.pages.links import FOLDERS, Links
from kg.serve.pages.rendering import LISTS, STATIC, render, stamp
from kg.serve.pages.task import problem
from kg.serve.reply import Reply
from kg.serve.site import Site, respond
from kg.store import present

_PAGE = "/page/"
_FRESH = "public, max-age=0, must-revalidate"
_FOREVER = "public, max-age=31536000, immutable"
_TITLES = {400: "That cannot be asked", 404: "Not found", 503: "Not now"}


def routes(site: Site) -> list[Route]:
    """The routes of pages and of their style sheets and scripts."""

    async def page(request: Request) -> Response:
        return await _page(site, request)

    async def static(request: Request) -> Response:
        return _static(request.path_params["name"])

    return [
        Route("/", page),
        *(Route(f"/{name}", page) for name in (*LISTS, "search", "about", "query", "editor")),
        Route("/query/{name}", page),
        *(Route(f"{_PAGE}{folder}/{{key:path}}", page) for folder in FOLDERS),
        Route("/static/{name}", static),
    ]


async def _page(site: Site, request: Request) -> Response:
    tag = _tag(site, request)
    headers = {"ETag": tag, "Cache-Control": _FRESH}
    if tag and tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    here = sent_path(request).lstrip("/")
    asked = {"path": here.removeprefix(_PAGE.lstrip("/")), "here": here, "given": dict(request.query_params)}
    reply = await site.ask(request, "page", asked)
    if reply.status >= 400:
        reply = told(reply, request)
    if reply.status == 200 and tag:
        reply = Reply(reply.status, reply.media, reply.body, {**reply.headers, **headers})
    return respond(reply)


def _tag(site: Site, request: Request) -> str:
    """The ETag of what is asked for; nothing where the store does not tell its revision."""
    place = site.settings.store
    graph = present(place)
    if not graph:
        return ""
    asked = f"{graph} {stamp()} {request.url.path}?{request.url.query}"
    return f'W/"{hashlib.sha256(asked.encode()).hexdigest()[:20]}"'


def told(reply: Reply, request: Request) -> Reply:
    """A refusal as a page, where the visitor reads pages."""
    if reply.media == HTML.header or "html" not in request.headers.get("accept", ""):
        return reply
    here = sent_path(request).lstrip("/")
    made = problem(_TITLES.get(reply.status, "Something went wrong"), reply.body.decode("utf-8", "replace"))
    return Reply(reply.status, HTML.header, render(made, Links(here)).encode(), reply.headers)


def _static(name: str) -> Response:
    path = STATIC / name
    if Path(name).name != name or not path.is_file():
        return Response("not found\n", 404, media_type="text/plain")
    media = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(path.read_bytes(), media_type=media, headers={"Cache-Control": _FOREVER})
