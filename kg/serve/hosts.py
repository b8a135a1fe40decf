"""By which names the server may be called.

A page of another site can have its own name resolve to this machine and then read what is served here (DNS
rebinding); the Host header still bears the other's name.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.serve.reply import refusal

LOOPBACK = ("localhost", "127.0.0.1", "::1")


def allowed(host: str, public: str | None) -> tuple[str, ...]:
    """The names for a server that listens at `host`: on loopback its own and the public one, elsewhere any (none)."""
    if not is_loopback(host):
        return ()
    named = urlsplit(public).hostname if public else None
    return tuple(sorted({*LOOPBACK, host, *([named] if named else [])}))


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches that address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class KnownHosts:
    """ASGI middleware that answers 421 to who calls the server by a name that is not among `hosts`; none: any."""

    def __init__(self, app: ASGIApp, hosts: tuple[str, ...]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and self._hosts and _name(scope) not in self._hosts:
            reply = refusal(421, "this server is not called so; start it with --public to give it a name")
            await Response(reply.body, reply.status, {"Content-Type": reply.media})(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _name(scope: Scope) -> str:
    given = Headers(scope=scope).getlist("host")
    try:
        return urlsplit(f"//{given[0]}").hostname or "" if len(given) == 1 else ""
    except ValueError:
        return ""
