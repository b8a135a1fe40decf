"""A client for SPARQL endpoints anywhere, through SPARQLWrapper.

    endpoint = Endpoint("https://host.example/sparql", deadline=30)
    endpoint.query("SELECT …")       # what pyoxigraph's own store would give: solutions, triples, or a truth

Queries go as POST with a form, formats are asked for by content negotiation alone. `transport.py` holds what is not
SPARQL; `remote.py` asks a graph of kg's own that lies in another store.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.request import Request

import pyoxigraph as ox

from kg.endpoint.transport import AGENT, Answer, Login, Transport, checked
from kg.errors import EndpointError, QueryError
from kg.rdf.sparql import form_of

__all__ = ["AGENT", "Answer", "Endpoint", "Login", "Transport", "checked"]

_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "text/javascript": ox.QueryResultsFormat.JSON,
    "application/javascript": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/n3": ox.RdfFormat.N3,
    "text/rdf+n3": ox.RdfFormat.N3,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
}
Parameters = Iterable[tuple[str, str]]


class Endpoint:
    """One endpoint. `deadline` is in seconds, for one query with all its retries."""

    def __init__(self, address: str, login: Login | None = None, deadline: float = 60.0) -> None:
        self.address = checked(address)
        self.server = ""
        """What the server called itself in its last answer (`Server`)."""
        self._transport = Transport(login, deadline)

    def query(self, text: str, parameters: Parameters = ()) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        """The answer of a query; `parameters` go beside it, such as ("default-graph-uri", "…").

        Raises QueryError for what is no query, EndpointError for each way in which a server fails.
        """
        form = form_of(text)
        if form is None:
            raise QueryError("SPARQL: neither SELECT, ASK, CONSTRUCT nor DESCRIBE; mend the query")
        answer = self._transport.send(self._request(text, form, parameters))
        self.server = answer.headers.get("server", "")
        if "html" in answer.media or answer.body[:200].lstrip().lower().startswith((b"<!doctype html", b"<html")):
            raise EndpointError(
                f"{self.address}: answers with a web page, not with results; is this the SPARQL endpoint itself?"
            )
        if answer.headers.get("x-sql-state"):  # Virtuoso: its own deadline was over
            raise EndpointError(f"{self.address}: the server cut the answer short; ask for less")
        return self._triples(answer) if form in ("CONSTRUCT", "DESCRIBE") else self._rows(answer, form)

    def cell(self, row: ox.QuerySolution, name: str) -> str:
        """What a row of an answer gives for a variable. Raises EndpointError where the answer has nothing there."""
        try:
            found = row[name]
        except KeyError:
            found = None
        if found is None or isinstance(found, ox.Triple):
            raise EndpointError(
                f"{self.address}: answers without ?{name}, which was asked for; is it a SPARQL endpoint?"
            )
        return str(found.value)

    def number(self, row: ox.QuerySolution, name: str) -> int:
        """The same for a whole number."""
        value = self.cell(row, name)
        try:
            return int(value)
        except ValueError as error:
            raise EndpointError(f"{self.address}: answers {value[:40]!r} where a number was asked for") from error

    def _request(self, text: str, form: str, parameters: Parameters) -> Request:
        """SPARQLWrapper's request for a query."""
        from SPARQLWrapper import JSON, POST, TURTLE, URLENCODED, SPARQLWrapper

        class Wrapper(SPARQLWrapper):
            def _parseQueryType(self, query: str) -> str:  # noqa: N802  (the library's own guesses, with warnings)
                return form

        wrapper = Wrapper(self.address, agent=AGENT)
        wrapper.setOnlyConneg(True)
        wrapper.setMethod(POST)
        wrapper.setRequestMethod(URLENCODED)
        wrapper.setReturnFormat(TURTLE if form in ("CONSTRUCT", "DESCRIBE") else JSON)
        wrapper.setQuery(text)
        for name, value in parameters:
            wrapper.addParameter(name, value)
        request = wrapper._createRequest()
        assert isinstance(request, Request)
        return request

    def _rows(self, answer: Answer, form: str) -> ox.QuerySolutions | ox.QueryBoolean:
        read = _RESULTS.get(answer.media)
        if read is None:
            raise self._unreadable(answer)
        body = answer.body
        told, rows = _measured(body, read)
        if told and read is ox.QueryResultsFormat.JSON and (bare := _bare(body)):
            body = bare
            told, rows = _measured(body, read)
        if told:
            raise self._broken(answer, told)
        if form == "ASK" and rows is not None and b"__ASK_RETVAL" in body:
            return _truth(body, read)
        if (rows is None) != (form == "ASK"):
            what = "ASK with rows" if form == "ASK" else "SELECT with yes or no"
            raise EndpointError(f"{self.address}: answers {what}; its makers have to mend that")
        most = answer.headers.get("x-sparql-maxrows", "")  # Virtuoso: rows beyond are left out without a word
        if most.isdigit() and rows and rows >= int(most):
            raise EndpointError(f"{self.address}: gives {most} rows at most, and there may be more; ask for less")
        return ox.parse_query_results(body, read)

    def _triples(self, answer: Answer) -> ox.QueryTriples:
        read = _GRAPHS.get(answer.media)
        if read is None:
            raise self._unreadable(answer)
        store = ox.Store()
        try:
            store.extend(ox.parse(answer.body, read, base_iri=self.address))
        except SyntaxError as error:
            raise self._broken(answer, str(error)) from error
        found = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
        assert isinstance(found, ox.QueryTriples)
        return found

    def _unreadable(self, answer: Answer) -> EndpointError:
        given = repr(answer.media) if answer.media else "no media type"
        return EndpointError(f"{self.address}: answers with {given}, not with results of SPARQL; mend the address")

    def _broken(self, answer: Answer, told: str) -> EndpointError:
        return EndpointError(
            f"{self.address}: the answer is broken or cut off after {len(answer.body):,} bytes ({told}); ask again"
        )


def _measured(body: bytes, form: ox.QueryResultsFormat) -> tuple[str, int | None]:
    """What is wrong with results, "" where nothing is, and their number of rows, None for a truth.

    Rows are read as they are asked for; so all are read once here, to find what is broken before any is used.
    """
    try:
        found = ox.parse_query_results(body, form)
        return "", sum(1 for _ in found) if isinstance(found, ox.QuerySolutions) else None
    except SyntaxError as error:
        return str(error), None


def _bare(body: bytes) -> bytes | None:
    """Results without what the format does not know (Comunica adds "metadata"); None for what is no JSON object."""
    try:
        read = json.loads(body)
    except ValueError:
        return None
    known = {key: read[key] for key in ("head", "results", "boolean") if key in read} if isinstance(read, dict) else {}
    return json.dumps(known).encode() if known else None


def _truth(body: bytes, form: ox.QueryResultsFormat) -> ox.QueryBoolean:
    """Virtuoso's answer to ASK, a row with a number, as the truth that it stands for."""
    rows = ox.parse_query_results(body, form)
    assert isinstance(rows, ox.QuerySolutions)
    yes = any(row[0] is not None and row[0].value in ("1", "true") for row in rows)
    told = b'{"head":{},"boolean":%s}' % (b"true" if yes else b"false")
    truth = ox.parse_query_results(told, ox.QueryResultsFormat.JSON)
    assert isinstance(truth, ox.QueryBoolean)
    return truth
