"""`kg export`: the graph as a file, a network or a folder of tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from kg.cli import output
from kg.cli.options import StoreOption, store_at
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.export.choice import Choice
    from kg.store import Store

TABLES, NETWORK = "csv-tables", "graphml"


def export(
    form: Annotated[
        str | None,
        typer.Option(
            "-f",
            "--format",
            metavar="FORMAT",
            help="turtle, ntriples, nquads, trig, jsonld or rdfxml; graphml for the network of who met whom; "
            "csv-tables for a folder of tables",
        ),
    ] = None,
    out: Annotated[
        str,
        typer.Option("-o", "--output", metavar="FILE", help="The file, or the folder of tables; - is standard output."),
    ] = "-",
    store: StoreOption = None,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", metavar="PART", help="Leave out the words of passages, or reasons; repeatable."),
    ] = None,
    redact: Annotated[
        bool,
        typer.Option("--redact", help="Leave out all words of the sources; names, IRIs, days and offsets stay."),
    ] = False,
    aligned: Annotated[
        bool, typer.Option("--aligned", help="Add the terms of schema.org, FOAF, ORG, PROV and others beside ours.")
    ] = False,
    describe: Annotated[
        bool, typer.Option("--describe", help="Add a description of the dataset: VoID, DCAT and PROV.")
    ] = False,
    licence: Annotated[
        str | None, typer.Option("--licence", metavar="IRI", help="The dataset's licence, for the description.")
    ] = None,
    stamp: Annotated[bool, typer.Option("--stamp", help="Put the time into the description.")] = False,
    inferred: Annotated[bool, typer.Option("--inferred", help="Add what `kg reason` inferred.")] = False,
    triple_terms: Annotated[
        bool,
        typer.Option("--triple-terms", help="Add who met whom and who holds what as triple terms (RDF 1.2)."),
    ] = False,
) -> None:
    """Write the graph, sorted: the same bytes for the same graph."""
    from datetime import UTC, datetime

    from kg.export.choice import Choice
    from kg.store import Store

    if (licence or stamp) and not describe:
        raise UsageError(
            f"export: {'--licence' if licence else '--stamp'} says something of the dataset; add --describe"
        )
    moment = datetime.now(UTC) if stamp else None
    choice = Choice(without or (), aligned, inferred, triple_terms, describe, licence, moment, redact)
    asked = form if form in (TABLES, NETWORK) else format_of(out, form)
    with Store.open(store_at(store), read_only=True) as opened:
        if asked == TABLES:
            _tables(opened, out, choice)
        else:
            output.save(writer(opened, asked, choice), out)


def format_of(out: str | None, form: str | None) -> str:
    """The export format: as asked, else by the file's ending, Turtle without one. Raises UsageError if unknown."""
    from kg.export import ENDINGS, FORMATS

    if form and form not in FORMATS:
        raise UsageError(f"format {form!r}: unknown; allowed are {', '.join((*FORMATS, NETWORK, TABLES))}")
    ending = Path(out or "").suffix
    if not form and ending == ".graphml":
        return NETWORK
    if not form and ending and ending not in ENDINGS:
        raise UsageError(f"{out}: no format has the ending {ending!r}; the endings are {', '.join(ENDINGS)}, .graphml")
    return form or ENDINGS.get(ending, "turtle")


def writer(store: Store, form: str, choice: Choice | None = None) -> Callable[[BinaryIO], None]:
    """What writes a store in that format, as `kg.cli.output.save` wants it. Raises UsageError for a choice that the
    format cannot hold.
    """
    from kg.export import write
    from kg.export.choice import Choice
    from kg.export.graphml import write as write_network

    chosen = choice or Choice()
    chosen.check(form)
    if form == NETWORK:
        return lambda out: write_network(chosen.source(store), out)
    return lambda out: write(chosen.quads(store), form, out, store.base)


def _tables(store: Store, out: str, choice: Choice) -> None:
    from kg.export.tables import write

    if out == "-":
        raise UsageError("export: csv-tables are several files; name a folder for them with -o")
    if Path(out).is_file():
        raise UsageError(f"export: {out}: there is a file of that name; name a folder for the tables with -o")
    choice.check(TABLES)
    for path in write(choice.source(store), Path(out)):
        output.note(str(path))
