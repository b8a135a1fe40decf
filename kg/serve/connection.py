"""A visitor's connection: how long a request may take to arrive and an answer to be taken, and how many may wait.

uvicorn bounds the time between two requests of a connection; here the request itself and the answer are bounded, so
that nobody holds the server by sending or reading a byte now and then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.serve.settings import Settings


class Crowd:
    """The connections of a server: all that are open, and those whose request has not arrived, the oldest first."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open = 0
        self._waiting: dict[Connection, None] = {}

    def enter(self) -> None:
        """One more is open; where that is too many, the one that has kept others waiting longest goes."""
        self._open += 1
        if self._open > self._most:
            for oldest in list(self._waiting)[:1]:
                oldest.cut()

    def leave(self, one: Connection) -> None:
        """One is gone."""
        self._open -= 1
        self._waiting.pop(one, None)

    def wait(self, one: Connection) -> None:
        """Its request is awaited from now on."""
        self._waiting.pop(one, None)
        self._waiting[one] = None

    def arrived(self, one: Connection) -> None:
        """Its request is here."""
        self._waiting.pop(one, None)


class Connection(H11Protocol):
    """A connection that is cut where a request, or the taking of an answer, takes longer than the settings allow."""

    def __init__(self, settings: Settings, crowd: Crowd, **given: Any) -> None:
        super().__init__(**given)
        self._settings = settings
        self._crowd = crowd
        self._due: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A visitor is there."""
        super().connection_made(transport)
        self._await_request()
        self._crowd.enter()

    def connection_lost(self, exc: Exception | None) -> None:
        """He is gone."""
        self._crowd.leave(self)
        _cancel(self._due)
        _cancel(self._stalled)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Bytes of a request."""
        super().data_received(data)
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            _cancel(self._due)
            self._crowd.arrived(self)

    def on_response_complete(self) -> None:
        """An answer has been handed over; another request may follow."""
        super().on_response_complete()
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            self._await_request()
        if self.transport.get_write_buffer_size():
            self._watch(only_while_writing=True)

    def pause_writing(self) -> None:
        """The visitor takes no more for now."""
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        """He has taken what was waiting."""
        super().resume_writing()
        _cancel(self._stalled)

    def cut(self) -> None:
        """End it at once, whatever is under way."""
        self._crowd.arrived(self)
        self.transport.abort()

    def _await_request(self) -> None:
        _cancel(self._due)
        self._due = self.loop.call_later(self._settings.arrival, self.cut)
        self._crowd.wait(self)

    def _watch(self, only_while_writing: bool = False) -> None:
        _cancel(self._stalled)
        ended = self._cut_if_writing if only_while_writing else self.cut
        self._stalled = self.loop.call_later(self._settings.stall, ended)

    def _cut_if_writing(self) -> None:
        if self.transport.get_write_buffer_size():
            self.cut()


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    """Stop a timer, if there is one."""
    if timer is not None:
        timer.cancel()


def connections(settings: Settings) -> Callable[..., Connection]:
    """What uvicorn makes its connections with: all of one crowd."""
    return partial(Connection, settings, Crowd(settings.connections))
