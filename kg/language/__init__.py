"""Step 2: a document in, its analysis out. A language model is loaded at the first use."""

from __future__ import annotations

from kg.language.backend import OWN, RULES, analyse

__all__ = ["OWN", "RULES", "analyse"]
