"""Runs the application on an address until it is stopped."""

from __future__ import annotations

import contextlib
import resource
import socket
from collections.abc import Callable
from typing import Any, cast

import uvicorn

from kg.errors import UsageError
from kg.serve.app import create
from kg.serve.connection import connections
from kg.serve.settings import Settings

_BACKLOG = 1024
_SPARE = 200
"""Files that the server needs besides its connections."""


def run(settings: Settings, host: str, port: int, started: Callable[[str], None]) -> None:
    """Serve until the process is told to stop. `started` is given the address; port 0 takes a free one.

    Raises StoreError where there is no store, UsageError where the address cannot be used.
    """
    app = create(settings)
    bound = _bound(host, port)
    shown = f"[{host}]" if ":" in host else host
    _room(settings.connections)
    config = uvicorn.Config(
        app,
        http=cast(Any, connections(settings)),
        ws="none",
        log_level="error",  # a stranger's broken requests are no news, and must not fill a disk
        server_header=False,
        timeout_graceful_shutdown=5,
        backlog=_BACKLOG,
    )
    with bound:
        started(f"http://{shown}:{bound.getsockname()[1]}/")
        uvicorn.Server(config).run(sockets=[bound])


def _bound(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
    except (OSError, OverflowError) as error:
        raise UsageError(f"serve: {host}:{port} cannot be used ({error}); name another --host or --port") from error
    return bound


def _room(connections: int) -> None:
    """As many open files as the connections need, where the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < connections + _SPARE:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(connections + _SPARE, hard), hard))
