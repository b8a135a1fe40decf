"""IRIs that answer: `/person/jane-doe` leads to a page or to data (303), by the Accept header."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve.entities import FOLDERS
from kg.serve.negotiation import GRAPHS, HTML, best
from kg.serve.reply import Reply, refusal
from kg.serve.site import Site, accepted, respond

_PAGE, _DATA = "/page", "/data"


def routes(site: Site) -> list[Route]:
    """The routes of nodes and of their data; the pages have their own."""

    async def node(request: Request) -> Response:
        offer = best(accepted(request, (*GRAPHS, HTML)), (*GRAPHS, HTML))
        if offer is None:
            return respond(refusal(406, "a node is given as text/html, text/turtle or another format of RDF"))
        place = _PAGE if offer is HTML else _DATA
        address = request.scope.get("root_path", "") + place + sent_path(request)
        query = f"?{request.url.query}" if request.url.query and place == _DATA else ""
        return respond(Reply(303, "text/plain", b"", {"Location": address + query, "Vary": "Accept"}))

    async def data(request: Request) -> Response:
        accept = accepted(request, GRAPHS)
        return respond(await site.ask(request, "entity", {"iri": _iri(site, request, _DATA), "accept": accept}))

    return [
        *(Route(f"/{folder}/{{key:path}}", node) for folder in FOLDERS),
        *(Route(f"{_DATA}/{folder}/{{key:path}}", data) for folder in FOLDERS),
    ]


def sent_path(request: Request) -> str:
    """The path as it was sent: IRIs keep their percent-encoding."""
    raw = request.scope.get("raw_path")
    path = raw.decode("ascii", "replace").partition("?")[0] if raw else request.url.path
    return str(path).removeprefix(request.scope.get("root_path", ""))


def _iri(site: Site, request: Request, below: str) -> str:
    return site.base + sent_path(request).removeprefix(below).lstrip("/")
