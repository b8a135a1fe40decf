"""Step 1: paths in, documents out.

A document's text is its file's text as read, decoded and nothing more: line ends stay ("\\r\\n" is two
characters), a byte order mark is left out. Of `.md` and `.html` it is the text that was taken out of
the markup, of `.pdf` and `.docx` the running text. A file may hold several documents: feeds, JSON Lines, Parquet,
web archives (`records`). All offsets count in that text.

Known formats, and what reads them, stand in `registry`.
"""

from __future__ import annotations

from kg.documents.page import LIMIT, Reading, Skipped, Unchanged
from kg.documents.reading import count, read, read_all
from kg.documents.registry import CONTAINERS, READERS

__all__ = ["CONTAINERS", "LIMIT", "READERS", "Reading", "Skipped", "Unchanged", "count", "read", "read_all"]
