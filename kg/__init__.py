"""kg: who met whom, when and where, and who said what, as an RDF graph with its evidence.

import kg

graph = kg.build("articles/")
for row in graph.query("who-met-whom", person="Jane Doe"):
    print(row["metName"], row["date"], row["evidence"])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.graph import Graph as Graph
    from kg.graph import build as build
    from kg.graph import open as open

__version__ = "0.1.0"
__all__ = ["Graph", "__version__", "build", "open"]


def __getattr__(name: str) -> Any:
    """The interface is loaded at its first use, so that `import kg` costs nothing."""
    if name in ("Graph", "build", "open"):
        from kg import graph

        return getattr(graph, name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")
