"""The SPARQL endpoint: `/sparql`."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from kg.serve import description, protocol
from kg.serve.negotiation import GRAPHS, RESULTS, best
from kg.serve.reply import Reply, refusal
from kg.serve.settings import MEGABYTE
from kg.serve.site import OverlongError, Site, accepted, body_of, respond

PATH = "/sparql"


def routes(site: Site) -> list[Route]:
    """The route of the endpoint."""

    async def sparql(request: Request) -> Response:
        return respond(await _answer(site, request))

    # every method comes here, so that a refusal says what is allowed
    methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"]
    return [Route(PATH, sparql, methods=methods)]


async def _answer(site: Site, request: Request) -> Reply:
    try:
        body = await body_of(request, site.settings.request) if request.method == "POST" else b""
        address = request.scope["query_string"]
        asked = protocol.read(request.method, address, request.headers.get("content-type"), body)
    except ClientDisconnect:
        return refusal(408, "the request did not arrive whole")
    except OverlongError:
        return refusal(413, f"a request may have {site.settings.request / MEGABYTE:g} MB; this one is longer")
    except protocol.RefusedError as refused:
        reply = refusal(refused.status, str(refused))
        allow = {"Allow": "GET, HEAD, POST"} if refused.status == 405 else {}
        return Reply(reply.status, reply.media, reply.body, allow)
    accept = accepted(request, (*RESULTS, *GRAPHS))
    if asked is None:
        return await _described(site, request, accept)
    arguments = {"query": asked.query, "default": asked.default, "named": asked.named, "accept": accept}
    return await site.ask(request, "sparql", arguments)


async def _described(site: Site, request: Request, accept: str | None) -> Reply:
    offer = best(accept, GRAPHS)
    if offer is None:
        offer = GRAPHS[0]  # a browser that asks for HTML: better Turtle than nothing
    told = await site.ask(request, "statistics", {})
    if told.status != 200:
        return told
    return description.service(site.address(request) + PATH, told.body, offer)
