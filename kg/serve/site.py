"""What every part of the server is given, and how a worker's reply becomes an answer of Starlette's."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.negotiation import Offer
from kg.serve.pool import Pool
from kg.serve.reply import Reply, refusal
from kg.serve.settings import Settings

_DISCARDED = 8
"""How many times the allowed length is read before the line is cut."""


class OverlongError(Exception):
    """A request of more bytes than allowed."""


@dataclass(frozen=True, slots=True)
class Site:
    """The settings, the workers and the base of the instances' IRIs."""

    settings: Settings
    pool: Pool
    base: str

    def address(self, request: Request) -> str:
        """Where visitors see the server, without a slash at the end."""
        return (self.settings.public or str(request.base_url)).rstrip("/")

    async def ask(self, request: Request, task: str, arguments: Mapping[str, Any]) -> Reply:
        """A worker's reply; a visitor who goes away ends the work for him."""
        asking = asyncio.ensure_future(self.pool.ask(task, arguments))
        leaving = asyncio.ensure_future(_left(request))
        try:
            await asyncio.wait({asking, leaving}, return_when=asyncio.FIRST_COMPLETED)
            return asking.result() if asking.done() else refusal(503, "nobody waits for this answer any more")
        finally:
            leaving.cancel()
            if not asking.done():
                asking.cancel()
                await asyncio.wait({asking})


async def _left(request: Request) -> None:
    """Returns when the visitor is gone; the body must have been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def respond(reply: Reply) -> Response:
    """A reply as Starlette wants it."""
    return Response(reply.body, reply.status, {**reply.headers, "Content-Type": reply.media})


def accepted(request: Request, offers: tuple[Offer, ...]) -> str | None:
    """The Accept header; `?format=` with an offer's key or media type goes before it."""
    wanted = request.query_params.get("format")
    if wanted:
        return next((each.media for each in offers if wanted in (each.key, each.media)), wanted)
    return ", ".join(request.headers.getlist("accept")) or None


async def body_of(request: Request, most: int) -> bytes:
    """The body. Raises OverlongError where it is longer than `most` bytes.

    What is too long is read on for a while and thrown away: many clients look at no answer before all is sent.
    """
    declared = request.headers.get("content-length", "0")
    if declared.isdigit() and int(declared) > _DISCARDED * most:
        raise OverlongError
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > _DISCARDED * most:
            break
        if size <= most:
            parts.append(part)
    if size > most:
        raise OverlongError
    return b"".join(parts)
