"""The API described for machines: OpenAPI 3.1, made from the headers of the stored queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import kg
from kg.queries import KINDS, STATUSES, Parameter, Query
from kg.serve.negotiation import GRAPHS, JSON, RESULTS

_PROBLEM = {"content": {"text/plain": {"schema": {"type": "string"}}}}
_ROWS = {
    "type": "object",
    "required": ["query", "columns", "total", "offset", "limit", "rows"],
    "properties": {
        "query": {"type": "string"},
        "columns": {"type": "array", "items": {"type": "string"}},
        "total": {"type": "integer", "description": "rows in all"},
        "offset": {"type": "integer"},
        "limit": {"type": "integer"},
        "rows": {"type": "array", "items": {"type": "object", "additionalProperties": True}},
    },
}


def document(queries: Iterable[Query], rows: int, most: int) -> dict[str, Any]:
    """The OpenAPI document; `rows` stand on a page unless told otherwise, and `most` at most."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kg: who met whom, and who said what",
            "version": kg.__version__,
            "description": "The stored queries of a knowledge graph made from political news.",
        },
        "paths": {
            "/api/queries": {
                "get": {
                    "operationId": "queries",
                    "summary": "All stored queries with their parameters",
                    "responses": {"200": {"description": "the queries", "content": {JSON.media: {"schema": {}}}}},
                }
            },
            **{f"/api/queries/{query.name}": {"get": _operation(query)} for query in queries},
        },
        "components": {
            "schemas": {"Rows": _ROWS},
            "parameters": {
                "limit": _own("limit", "rows on a page", {"minimum": 1, "maximum": most, "default": rows}),
                "offset": _own("offset", "rows to pass over", {"minimum": 0, "default": 0}),
            },
        },
    }


def _own(name: str, description: str, bounds: dict[str, int]) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": description, "schema": {"type": "integer", **bounds}}


def _operation(query: Query) -> dict[str, Any]:
    graph = query.text.lstrip().startswith(("CONSTRUCT", "DESCRIBE")) or "\nCONSTRUCT" in query.text
    if graph:
        content: dict[str, Any] = {each.media: {"schema": {"type": "string"}} for each in GRAPHS}
    else:
        content = {JSON.media: {"schema": {"$ref": "#/components/schemas/Rows"}}}
        content |= {each.media: {"schema": {}} for each in RESULTS}
    link = {"description": "the first, previous, next and last page (RFC 8288)", "schema": {"type": "string"}}
    return {
        "operationId": query.name,
        "summary": query.summary,
        "description": " ".join(query.description.split()),
        "parameters": [
            *(_parameter(parameter, query.example.get(parameter.name)) for parameter in query.parameters),
            {"$ref": "#/components/parameters/limit"},
            {"$ref": "#/components/parameters/offset"},
        ],
        "responses": {
            "200": {"description": "a page of the answer", "headers": {"Link": link}, "content": content},
            "400": {"description": "a parameter that cannot be understood", **_PROBLEM},
            "406": {"description": "no format that the Accept header takes", **_PROBLEM},
            "503": {"description": "too busy, or a query that took too long", **_PROBLEM},
        },
    }


def _parameter(parameter: Parameter, example: str | None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if parameter.type == "integer":
        schema = {"type": "integer"}
    elif parameter.type == "status":
        schema["enum"] = [status.lower() for status in STATUSES]
    elif parameter.type == "kind":
        schema["enum"] = list(KINDS)
    elif parameter.type == "iri":
        schema["format"] = "iri"
    elif parameter.type in ("from", "to"):
        schema["pattern"] = r"^\d{4}(-\d\d(-\d\d)?)?$"
    if parameter.default is not None:
        schema["default"] = parameter.default
    told = {"name": parameter.name, "in": "query", "required": parameter.required, "description": parameter.summary}
    return {**told, "schema": schema, **({"example": example} if example else {})}
