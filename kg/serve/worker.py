"""The process that answers queries: `python -m kg.serve.worker SETTINGS`, spoken to over its standard streams.

A frame is the length of a JSON header (four bytes, big-endian), the header, and as many bytes of body as its `body`
says. The server sends a task and its arguments, the worker an answer. The worker dies by itself when the server is
gone, when its memory is spent, and a little after the deadline, whatever the query does.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO

from kg.errors import KgError
from kg.serve.reply import Reply, refusal
from kg.serve.settings import Settings

GRACE = 2.0
"""Seconds after the deadline at which the kernel ends a worker that nobody ended."""
LENGTH = struct.Struct(">I")


def frame(header: Mapping[str, Any], body: bytes = b"") -> bytes:
    """A header and a body as they go over the line."""
    packed = json.dumps({**header, "body": len(body)}).encode()
    return LENGTH.pack(len(packed)) + packed + body


def main() -> None:
    """Answer tasks until the line is closed."""
    settings = Settings.unpacked(json.loads(sys.argv[1]))
    line_in, line_out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not fall between the frames
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    _limit(settings.memory)
    from kg.serve.tasks import Desk

    desk = Desk(settings)
    _send(line_out, {"ready": True})
    while header := _receive(line_in):
        # without a handler the alarm kills at once, inside native code too
        signal.setitimer(signal.ITIMER_REAL, settings.deadline + GRACE)
        reply = _answer(desk, header)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(line_out, {"status": reply.status, "media": reply.media, "headers": dict(reply.headers)}, reply.body)


def _limit(memory: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(desk: Any, header: Mapping[str, Any]) -> Reply:
    try:
        answered = desk.do(header["task"], header["arguments"], header["generation"])
        assert isinstance(answered, Reply)
        return answered
    except KgError as error:
        return refusal(400 if error.exit_code == 2 else 500, str(error))
    except MemoryError:
        return refusal(503, "the query needs more memory than it may have; ask for less")
    except Exception as error:
        print(f"kg serve: a mistake in kg itself: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
        return refusal(500, "the server made a mistake; its log tells more")


def _receive(line: BinaryIO) -> dict[str, Any] | None:
    length = line.read(LENGTH.size)
    if len(length) < LENGTH.size:
        return None
    header = json.loads(line.read(LENGTH.unpack(length)[0]))
    assert isinstance(header, dict)
    return header


def _send(line: BinaryIO, header: Mapping[str, Any], body: bytes = b"") -> None:
    line.write(frame(header, body))
    line.flush()


if __name__ == "__main__":
    main()
