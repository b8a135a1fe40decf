"""An answer on its way from a worker to a visitor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reply:
    """Status, Content-Type and body of an HTTP answer, with further headers."""

    status: int
    media: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


TEXT = "text/plain; charset=utf-8"


def refusal(status: int, message: str, again: int | None = None) -> Reply:
    """An answer that says in plain words what is wrong and what to do; `again`: seconds after which to ask anew."""
    return Reply(status, TEXT, f"{message}\n".encode(), {} if again is None else {"Retry-After": str(again)})
