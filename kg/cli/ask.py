"""Commands that ask the store: `kg query`, `kg sparql`, `kg explain`, `kg stats`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import output
from kg.cli.options import (
    DeadlineOption,
    EndpointOption,
    FormatOption,
    StoreOption,
    UserOption,
    source,
    store_at,
)
from kg.errors import DataError, UsageError

if TYPE_CHECKING:
    from kg.queries import Query

FORMATS = ("table", "csv", "tsv", "json", "xml", "turtle")


def query(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="The stored query; without it all are listed.")
    ] = None,
    form: FormatOption = "table",
    store: StoreOption = None,
    endpoint: EndpointOption = None,
    user: UserOption = None,
    deadline: DeadlineOption = 60.0,
    wanted: Annotated[bool, typer.Option("--help", "-h", help="Show what the query can be asked with.")] = False,
) -> None:
    """Ask a stored query, with its parameters as options: --person NAME, --from 2018 and so on."""
    from kg import queries

    if wanted and name is None:
        typer.echo(context.get_help())
        return
    if name is None:
        _catalogue(context.args)
        return
    if name.startswith("-"):
        raise UsageError(f"query: {name!r} stands before the query's name; write `kg query NAME {name} …`")
    if wanted:
        _describe(queries.named(name))
        return
    _check(form)
    found = queries.named(name)
    given = _parameters(context.args)
    with source(store, endpoint, user, deadline) as opened:
        output.show(queries.answer(found, given, opened), form)


def sparql(
    text: Annotated[
        str, typer.Argument(metavar="QUERY|FILE|-", help="SPARQL text, a file of it, or - for standard input.")
    ],
    form: FormatOption = "table",
    store: StoreOption = None,
    endpoint: EndpointOption = None,
    user: UserOption = None,
    deadline: DeadlineOption = 60.0,
    service: Annotated[
        bool, typer.Option("--allow-service", help="Let the query call other endpoints by SERVICE.")
    ] = False,
) -> None:
    """Ask in SPARQL, over all documents as one graph; the usual prefixes are known."""
    from kg import queries
    from kg.rdf.sparql import services

    _check(form)
    asked = _read(text)
    if endpoint is None and not service and (called := services(asked)):
        raise UsageError(f"sparql: the query calls {called[0]} over the network; allow that with --allow-service")
    with source(store, endpoint, user, deadline) as opened:
        output.show(queries.ask(asked, opened), form, whole=True)


def explain(
    node: Annotated[str, typer.Argument(metavar="IRI|NAME", help="A node: its IRI, its name or a part of the name.")],
    store: StoreOption = None,
) -> None:
    """Show a node, its facts, the sentence behind each with the words marked, and the reasons."""
    from kg.explain import explain as run
    from kg.store import Store

    with Store.open(store_at(store), read_only=True) as opened:
        output.explanation(run(node, opened))


def stats(store: StoreOption = None) -> None:
    """Count what the graph holds."""
    from kg.stats import counts
    from kg.store import Store

    with Store.open(store_at(store), read_only=True) as opened:
        for name, number in counts(opened).items():
            typer.echo(f"{number:>9,}  {name}")


def _check(form: str) -> None:
    if form not in FORMATS:
        raise UsageError(f"format {form!r}: unknown; allowed are {', '.join(FORMATS)}")


def _read(text: str) -> str:
    if text == "-":
        return sys.stdin.read()
    if "{" in text or "\n" in text or not Path(text).suffix:
        return text
    try:
        return Path(text).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"sparql: {text}: cannot be read ({error}); give SPARQL text, a file of it, or -") from error


def _parameters(arguments: list[str]) -> dict[str, str]:
    """`--name value` and `--name=value` as a mapping. Raises UsageError for anything else."""
    given: dict[str, str] = {}
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("--"):
            raise UsageError(f"query: {argument!r} is no parameter; write --name {argument!r}")
        name, equals, value = argument[2:].partition("=")
        found = value if equals else next(rest, None)
        if found is None:
            raise UsageError(f"query: the parameter --{name} has no value; write --{name} VALUE")
        if name in given:
            raise UsageError(f"query: the parameter --{name} is given twice; leave one")
        given[name] = found
    return given


def _catalogue(arguments: list[str]) -> None:
    """All stored queries; a file that breaks the format is named, the others are listed."""
    from kg import queries

    if arguments:
        raise UsageError("query: parameters are given but no query; `kg query` lists the queries")
    rows, broken = [], []
    for path in queries.files():
        try:
            found = queries.load(path)
            rows.append(
                [found.name, found.summary, " ".join(f"--{p.name.replace('_', '-')}" for p in found.parameters)]
            )
        except DataError as error:
            broken.append(str(error))
    output.grid(["query", "summary", "parameters"], rows)
    for message in broken:
        output.complain(message)
    raise typer.Exit(1 if broken else 0)


def _describe(found: Query) -> None:
    lines = [f"{found.name}: {found.summary}", "", " ".join(found.description.split()), ""]
    for parameter in found.parameters:
        needed = "required" if parameter.required else f"default {parameter.default}" if parameter.default else ""
        extra = f" ({needed})" if needed else ""
        lines.append(f"  --{parameter.name.replace('_', '-'):<16} {parameter.type:<9} {parameter.summary}{extra}")
    typer.echo("\n".join([*lines, "", f"Example: {found.command}"]))
