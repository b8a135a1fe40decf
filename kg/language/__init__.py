"""Step 2: a document in, its analysis out. Only `backend` loads a language model."""

from __future__ import annotations
