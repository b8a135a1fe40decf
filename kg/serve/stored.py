"""Runs a stored query for the API: a page of its rows, in an order that is the same every time."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg import queries
from kg.errors import DataError, QueryError
from kg.rdf.namespaces import PREFIXES
from kg.serve.negotiation import GRAPHS, JSON, RESULTS, best
from kg.serve.reply import Reply, refusal
from kg.serve.settings import Settings
from kg.store import Store
from kg.tables import Table, Triples, collect, write

OFFERS = (JSON, *RESULTS)
_LAST_ORDER = re.compile(r"ORDER BY [^{}]*\Z")


def rows(store: Store, settings: Settings, asked: Mapping[str, Any]) -> Reply:
    """A page of the answer of the query `name` with the parameters `given`: `limit` rows from `offset` on.

    404 for an unknown query, 400 for parameters that it cannot be asked with, 406 where `accept` takes no format.
    The header X-Total-Count tells how many rows there are in all.
    """
    try:
        query = queries.named(asked["name"])
    except QueryError as error:
        return refusal(404, str(error))
    text = ordered(queries.narrowed(query, queries.bind(query, asked["given"], store), store))
    try:
        result = collect(store.query(text))
    except SyntaxError as error:
        raise DataError(f"{query.path}: no SPARQL: {error}; mend the file") from error
    accept, offset, limit = asked.get("accept"), asked["offset"], asked["limit"]
    shown = slice(offset, offset + limit)
    assert not isinstance(result, bool)
    headers = {"X-Total-Count": str(len(result)), "Vary": "Accept"}
    offers = GRAPHS if isinstance(result, Triples) else OFFERS
    offer = best(accept, offers)
    if offer is None:
        return refusal(406, f"this query is answered as {', '.join(each.media for each in offers)}")
    if isinstance(result, Triples):
        assert isinstance(offer.form, ox.RdfFormat)
        body = ox.serialize(result.triples[shown], format=offer.form, prefixes=dict(PREFIXES)) or b""
    elif offer is JSON:
        body = _json(query.name, result, offset, limit)
    else:
        body = write(Table(result.columns, result.rows[shown]), offer.key).encode()
    if len(body) > settings.answer:
        return refusal(400, "the answer is too large; ask with a smaller limit")
    return Reply(200, offer.header, body, headers)


def ordered(text: str) -> str:
    """The query with all its columns as the last keys of its order, so that no two rows change places."""
    if not _LAST_ORDER.search(text):
        return text
    # a query that is asked tells its columns only once its rows are ordered: here there are none
    found = ox.Store().query(text, prefixes=dict(PREFIXES))
    if not isinstance(found, ox.QuerySolutions):
        return text
    return f"{text.rstrip()} {' '.join(str(variable) for variable in found.variables)}\n"


def _json(name: str, table: Table, offset: int, limit: int) -> bytes:
    shown = Table(table.columns, table.rows[offset : offset + limit])
    told = {
        "query": name,
        "columns": list(table.columns),
        "total": len(table),
        "offset": offset,
        "limit": limit,
        "rows": [{column: _plain(value) for column, value in row.items()} for row in shown],
    }
    return json.dumps(told, ensure_ascii=False).encode()


def _plain(value: Any) -> Any:
    """What JSON can hold: dates in ISO form, exact numbers as text."""
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
