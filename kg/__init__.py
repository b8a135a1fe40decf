"""kg: who met whom, when and where, and who said what, as an RDF graph with its evidence."""

from __future__ import annotations

__version__ = "0.1.0"
