"""A clock that shuts connections down when the time is over, and urllib's handlers that let it watch theirs."""

from __future__ import annotations

import contextlib
import http.client
import socket
import threading
import urllib.request
from functools import partial
from types import TracebackType
from typing import Any


class Clock:
    """Shuts the sockets that it watches when the time is over."""

    def __init__(self, seconds: float) -> None:
        self.rung = False
        """Whether the time is over."""
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(max(seconds, 0.001), self._ring)
        self._timer.daemon = True

    def watch(self, watched: socket.socket) -> None:
        """Shut this one too when the time is over, at once if it is already."""
        self._sockets.append(watched)
        if self.rung:
            self._ring()

    def _ring(self) -> None:
        self.rung = True
        for watched in self._sockets:
            with contextlib.suppress(OSError):
                watched.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> Clock:
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._timer.cancel()


class _PlainConnection(http.client.HTTPConnection):
    def __init__(self, *about: Any, clock: Clock, **more: Any) -> None:
        super().__init__(*about, **more)
        self._clock = clock

    def connect(self) -> None:
        super().connect()
        self._clock.watch(self.sock)


class _SecureConnection(http.client.HTTPSConnection):
    def __init__(self, *about: Any, clock: Clock, **more: Any) -> None:
        super().__init__(*about, **more)
        self._clock = clock

    def connect(self) -> None:
        super().connect()
        self._clock.watch(self.sock)


class Plain(urllib.request.HTTPHandler):
    """Opens http connections that a clock watches."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """What urllib calls for http."""
        return self.do_open(partial(_PlainConnection, clock=self._clock), req)


class Secure(urllib.request.HTTPSHandler):
    """Opens https connections that a clock watches."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        """What urllib calls for https."""
        return self.do_open(partial(_SecureConnection, clock=self._clock), req)
