"""Answers on their way out: in parts, and only so many bytes of them at one time."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.reply import refusal

PART = 1 << 16
"""Bytes that are handed over at a time: the connection waits until they are taken."""


class Outgoing:
    """ASGI middleware that hands large answers over in parts, and refuses one (503) where `most` bytes are under way.

    A whole answer lies in memory until it is taken, so those who take theirs slowly would otherwise fill it.
    """

    def __init__(self, app: ASGIApp, most: int) -> None:
        self._app = app
        self._most = most
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        size, refused = 0, False

        async def sending(message: Message) -> None:
            nonlocal size, refused
            if message["type"] == "http.response.start":
                size = _size(message)
                refused = size > PART and self._held + size > self._most
                if refused:
                    size = 0
                    await _busy()(scope, receive, send)
                self._held += size
            if not refused:
                await _in_parts(message, send)

        try:
            await self._app(scope, receive, sending)
        finally:
            self._held -= size


def _size(start: Message) -> int:
    return int(Headers(raw=start["headers"]).get("content-length", "0"))


def _busy() -> Response:
    reply = refusal(503, "too many large answers are on their way; ask again in a moment, or for less", again=5)
    return Response(reply.body, reply.status, {**reply.headers, "Content-Type": reply.media})


async def _in_parts(message: Message, send: Send) -> None:
    body = message.get("body", b"")
    if message["type"] != "http.response.body" or len(body) <= PART:
        await send(message)
        return
    more = message.get("more_body", False)
    view = memoryview(body)
    for at in range(0, len(body), PART):
        last = at + PART >= len(body)
        await send({"type": message["type"], "body": bytes(view[at : at + PART]), "more_body": more or not last})
