"""Lines in order, each once, in bounded memory: what does not fit is sorted in runs on disk that are then merged."""

from __future__ import annotations

import heapq
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from typing import IO, BinaryIO

CHUNK = 32 * 2**20
"""Bytes of lines that are sorted in memory at once; their objects take about twice as much."""
_FILES = 128
_BLOCK = 2**20


def sorted_lines(fill: Callable[[BinaryIO], None]) -> Iterator[bytes]:
    """The lines that `fill` writes to a stream, each with its newline, sorted by their bytes and each once.

    UTF-8 sorts by bytes as text does by code points.
    """
    with ExitStack() as files:
        runs = _Runs(files)
        fill(runs)
        previous = b""
        for line in runs.merged():
            if line != previous:
                yield line
                previous = line


class _Runs(io.RawIOBase, BinaryIO):
    """A stream that takes whole lines in pieces of any length."""

    def __init__(self, files: ExitStack) -> None:
        self._files = files
        self._pieces: list[bytes] = []
        self._size = 0
        self._runs: list[IO[bytes]] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._pieces.append(bytes(data))
        self._size += len(data)
        if self._size >= CHUNK:
            self._spill()
        return len(data)

    def _taken(self) -> list[bytes]:
        """The whole lines so far, sorted; the beginning of the next one stays."""
        whole = b"".join(self._pieces)
        end = whole.rfind(b"\n") + 1
        self._pieces, self._size = [whole[end:]], len(whole) - end
        lines = whole[:end].split(b"\n")
        lines.pop()
        lines.sort()
        return lines

    def _spill(self) -> None:
        lines = self._taken()
        self._runs.append(self._saved(b"%s\n" % line for line in lines))
        if len(self._runs) >= _FILES:
            old, self._runs = self._runs, []
            self._runs.append(self._saved(heapq.merge(*old)))
            for file in old:
                file.close()

    def _saved(self, lines: Iterable[bytes]) -> IO[bytes]:
        file = self._files.enter_context(tempfile.TemporaryFile(prefix="kg-export-", buffering=_BLOCK))  # noqa: SIM115
        file.writelines(lines)
        file.seek(0)
        return file

    def merged(self) -> Iterator[bytes]:
        rest = (b"%s\n" % line for line in self._taken())
        return heapq.merge(*self._runs, rest) if self._runs else rest
