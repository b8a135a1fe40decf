"""Documents to findings, a batch at a time, by the code of one machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.cluster.reading import document
from kg.documents import Skipped
from kg.pipeline.analysing import BATCH, analyse_batch
from kg.resolve.brief import brief, packed
from kg.store.findings import from_json

if TYPE_CHECKING:
    import pandas as pd
    from pyspark.sql import DataFrame

_SHAPE = (
    "slug string, text string, findings string, brief string, problems array<array<string>>, "
    "path string, place string, reason string, failure boolean"
)
_COLUMNS = ("slug", "text", "findings", "brief", "problems", "path", "place", "reason", "failure")


def find(read: DataFrame, language: str, parts: int) -> DataFrame:
    """What each document says: its text, findings and brief, and what was left out and why, a row each.

    Documents are dealt out evenly first, by their slugs. Each process of the cluster loads the language model once.
    """

    def make(frames: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        import pandas as pd

        for batch in _batches(frames):
            yield pd.DataFrame(_found(batch, language), columns=list(_COLUMNS))

    dealt = read.repartitionByRange(parts, "slug") if parts == 1 else read.repartition(parts, "slug")
    return dealt.mapInPandas(make, _SHAPE)


def _batches(frames: Iterable[pd.DataFrame]) -> Iterator[list[dict[str, object]]]:
    batch: list[dict[str, object]] = []
    for frame in frames:
        for row in frame.to_dict("records"):
            batch.append(row)
            if len(batch) >= BATCH:
                yield batch
                batch = []
    yield batch


def _found(batch: list[dict[str, object]], language: str) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    given = []
    for row in batch:
        if row["document"] is None:
            left_out = (row["path"], row["place"], row["reason"], row["failure"])
            rows.append((None, None, None, None, None, *left_out))
        else:
            given.append((document(str(row["document"])), ""))
    for each in analyse_batch(given, language) if given else ():
        if isinstance(each, Skipped):
            rows.append((None, None, None, None, None, str(each.path), "", each.reason, each.failure))
        else:
            told = packed(brief(from_json(each.findings, each.text)))
            problems = [[problem.where, problem.what] for problem in each.problems]
            rows.append((each.slug, each.text, each.findings, told, problems, None, None, None, None))
    return rows
