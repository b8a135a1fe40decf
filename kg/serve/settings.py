"""What a server is told at its start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the store is and how much a visitor may ask of the machine.

    `deadline` and `patience` are seconds: a query is ended at the first, and waits for a free worker no longer than
    the second. `memory` (of a worker), `request` and `answer` are the most bytes allowed. `services` are the addresses
    that a query may call with SERVICE; none by default. `public` is the address under which visitors see the server,
    None where it is taken from each request. `hosts` are the names by
    which visitors may call the server, none for any. `origins` are the sites whose pages may read here, "*" for any.

    A request must have arrived after `arrival` seconds, and a part of an answer (64 kB) be taken after `stall` seconds.
    Of more than `connections` the one whose request is awaited longest is cut. Of answers on their way, `outgoing`
    bytes are held at most.
    """

    store: str
    workers: int = 3
    deadline: float = 30.0
    patience: float = 10.0
    memory: int = 1024 * MEGABYTE
    request: int = 1 * MEGABYTE
    answer: int = 64 * MEGABYTE
    services: tuple[str, ...] = ()
    public: str | None = None
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    arrival: float = 20.0
    stall: float = 20.0
    connections: int = 1000
    outgoing: int = 256 * MEGABYTE

    def packed(self) -> dict[str, Any]:
        """The settings as JSON can hold them."""
        return asdict(self)

    @classmethod
    def unpacked(cls, packed: Mapping[str, Any]) -> Settings:
        """The settings that `packed` gave."""
        listed = {name: tuple(packed[name]) for name in ("services", "hosts", "origins")}
        return cls(**{**packed, **listed})
