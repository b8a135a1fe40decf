"""Where the store is that a command is about."""

from __future__ import annotations

from kg.config import Config, beside

STORE = ".kg"


def store_at(store: str | None, config: Config | None = None) -> str:
    """The store's folder: as given, else as `kg.toml` says, else `.kg`. Raises DataError for a malformed `kg.toml`."""
    return store or (config or beside()).store or STORE
