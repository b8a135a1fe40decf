"""How a pipeline is trained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from kg.language.training.augment import Shares

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How long and how a pipeline is trained; steps are batches of about `batch` words.

    With the defaults a pipeline is learnt from nothing in about two hours on one core. With `start`
    (a pipeline of ours: "en" or a folder) grammar is kept and names are learnt on from there.
    """

    grammar_steps: int = 12_000
    name_steps: int = 14_000
    batch: int = 700
    rate: float = 0.001
    dropout: float = 0.3
    shares: Shares = field(default_factory=Shares)
    seed: int = 0
    start: str | None = None
