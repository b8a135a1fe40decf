"""The parts of training: marked text, its changes, examples, the pipeline, the loop, the scores."""

from __future__ import annotations
