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
    None where it is taken from each request.
    """

    store: str
    workers: int = 2
    deadline: float = 30.0
    patience: float = 10.0
    memory: int = 1024 * MEGABYTE
    request: int = 1 * MEGABYTE
    answer: int = 64 * MEGABYTE
    services: tuple[str, ...] = ()
    public: str | None = None

    def packed(self) -> dict[str, Any]:
        """The settings as JSON can hold them."""
        return asdict(self)

    @classmethod
    def unpacked(cls, packed: Mapping[str, Any]) -> Settings:
        """The settings that `packed` gave."""
        return cls(**{**packed, "services": tuple(packed["services"])})
