"""Libraries that only some formats need: loaded late, and named with the command that installs them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.errors import LibraryError


def needed(module: str, extra: str) -> Any:
    """The module of that dotted name. Raises LibraryError, with the command to give, where it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        raise LibraryError(
            f"cannot be read without {module.partition('.')[0]} ({error}); install it: pip install 'whomet[{extra}]'"
        ) from error
