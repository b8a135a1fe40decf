"""Multiplies matrices with numpy's library, on one core more than twice as fast as spaCy's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy
from thinc.api import NumpyOps, get_current_ops, set_current_ops


class _Quick(NumpyOps):  # type: ignore[misc]
    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        return numpy.dot(x.T if trans1 else x, y.T if trans2 else y, out)


@contextmanager
def quick() -> Iterator[None]:
    """While it lasts, pipelines are made that multiply so, unless they are made for a GPU."""
    before = get_current_ops()
    if type(before) is NumpyOps:
        set_current_ops(_Quick())
    try:
        yield
    finally:
        set_current_ops(before)
