"""Step 1: paths in, documents out.

A document's text is its file's text as read, decoded and nothing more: line ends stay ("\\r\\n" is two
characters), a byte order mark is left out. Of `.md` and `.html` it is the text that was taken out of
the markup. All offsets count in that text.
"""

from __future__ import annotations

from kg.documents.formats import READERS
from kg.documents.page import Skipped, Unchanged
from kg.documents.reading import LIMIT, count, read, read_all

__all__ = ["LIMIT", "READERS", "Skipped", "Unchanged", "count", "read", "read_all"]
